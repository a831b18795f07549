"""How fast it is, beside the bars of the design: `make bench`."""
