"""The product's own settings for a server that a proof starts, without what a person must hold in their hand."""

import os

os.environ.setdefault("IGTOOLKIT_PLAIN_STATIC", "1")

from igtoolkit.config.settings import *  # noqa: F403

SECOND_FACTOR = False  # a proof has no telephone; what a second factor asks is proved in tests/web
TEMPLATES_AHEAD = False  # a proof starts a server hundreds of times, and looks at few pages of each
