"""The speed table: the demonstration nation in a database of its own, each row beside its bar.

    python -m bench            SQLite in a temporary folder, as durable as in production
    python -m bench --national the same over a register of 65,000 organisations, without the demonstration
    IGTOOLKIT_DATABASE=…       PostgreSQL: the given database is filled, so give an empty one

Figures are medians on whatever machine this is; machines are noisy, so quote them with n and the machine.
"""

import os
import sys
import tempfile


def main() -> int:
    """Prints the table. Returns 0 whatever it says: timings are told, not gated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igtoolkit.config.settings")
    os.environ["IGTOOLKIT_HOME"] = tempfile.mkdtemp(prefix="igtoolkit-bench-")
    os.environ["IGTOOLKIT_PLAIN_STATIC"] = "1"
    os.environ["IGTOOLKIT_HOSTS"] = "testserver"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import measures, national
    from bench.timing import once, stopwatch, table
    from igtoolkit.config.demonstration import build

    call_command("migrate", verbosity=0)
    if "--national" in sys.argv[1:]:
        rows = list(national.all_rows())
    else:
        with stopwatch() as building:
            build()
        rows = [once("the demonstration nation is built", building.seconds, bar=30), *measures.all_rows()]
    print(f"\n{connection.vendor}, Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
