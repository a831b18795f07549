"""The proofs that docs/trust.md rests on: short in `make test`, in full in `make prove`."""

import os
from typing import TypeVar

Size = TypeVar("Size")
PROVING = os.environ.get("IGTOOLKIT_PROVE") == "1"


def full(short: Size, long: Size) -> Size:
    """The size of a proof: `long` in `make prove`, else `short`."""
    return long if PROVING else short


def report(name: str, figures: str) -> None:
    """Print what a proof found, as docs/trust.md quotes it; `make prove` shows these lines at its end."""
    print(f"PROOF {name}: {figures}")
    if path := os.environ.get("IGTOOLKIT_PROOFS"):
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"PROOF {name}: {figures}\n")
