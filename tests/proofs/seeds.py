"""What a proof draws by chance comes from one number, so that any failure can be played again."""

import os
import random

from tests.proofs import PROVING

GIVEN = os.environ.get("IGTOOLKIT_SEED")


def seed(usual: int) -> int:
    """IGTOOLKIT_SEED when given; in `make prove` another number each time; in `make test` always `usual`."""
    if GIVEN:
        return int(GIVEN)
    return random.SystemRandom().randrange(10**9) if PROVING else usual


def dice(drawn_from: object) -> random.Random:
    """What draws by chance, the same each time."""
    return random.Random(str(drawn_from))


def announce(number: int, module: str) -> None:
    """Print the command that plays a proof again as it went."""
    size = "IGTOOLKIT_PROVE=1 " if PROVING else ""
    print(f"replay: {size}IGTOOLKIT_SEED={number} .venv/bin/pytest tests/proofs/{module}")
