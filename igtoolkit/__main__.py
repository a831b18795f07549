"""`python -m igtoolkit` is the same as the installed command `igtoolkit`."""

from igtoolkit.config.commands import main

if __name__ == "__main__":
    main()
