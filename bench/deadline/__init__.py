"""The deadline hour: many trusts at once, against the real server. `python -m bench.deadline --help`."""
