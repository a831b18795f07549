"""The product's own settings for the deadline hour, without what a person must hold in their hand."""

from tests.proofs.served import *  # noqa: F403

TEMPLATES_AHEAD = True
