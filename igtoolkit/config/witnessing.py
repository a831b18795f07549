"""Witnessing the heads of the audit chains once a day, and mailing them to somebody elsewhere."""

import logging
import time
from datetime import timedelta

from django.conf import settings

from igtoolkit.actions.witnessing import Witnessed, heads_are_due, public_key, witness_heads
from igtoolkit.config.holding import held
from igtoolkit.web.outbox import Letter
from igtoolkit.web.posting import Posted, post_now

HEADS = 0  # no file that a worker makes has this number
KEPT = timedelta(days=30)  # so long a mail that cannot be sent is tried again
LARGEST = 2_000_000  # bytes: a longer file is told of by its SHA-256, and fetched from the folder
WORDS = """The audit trail of {address} on {at:%d %B %Y at %H:%M:%S} UTC.

File: {name}
Chains: {chains:,}
SHA-256: {sha256}
SHA-256 of the file before: {previous}
Head of the service's own chain: {service}
Ed25519 signature of the file: {signature}

Keep this mail. Should somebody cut off or rewrite a part of the trail, it shows that it was otherwise:
`igtoolkit verify --witness FOLDER`, or docs/verifier/verify_export.py, with the files. The public key is:

{key}"""
log = logging.getLogger(__name__)


def witness_and_mail() -> Witnessed:
    """Write and sign the heads as they are now, and mail them where that is asked for. Raises OSError, ValueError."""
    made = witness_heads(by=None)
    if settings.WITNESS_MAIL:
        _mail(made)
    return made


def witness_if_due() -> None:
    """Once a day, and as soon as it runs again after a day that was missed. Several workers make one file."""
    if not heads_are_due():
        return
    with held(HEADS) as mine:
        if not mine or not heads_are_due():
            return
        try:
            witness_and_mail()
        except (OSError, ValueError) as error:
            log.error("The heads of the audit chains could not be witnessed today: %s", error)


def _mail(made: Witnessed) -> None:
    """A mail that cannot be sent now is sent later; one that never can is told to the log: the file is there."""
    facts = {name: getattr(made, name) for name in ("at", "chains", "sha256", "service", "signature")}
    facts |= {"name": made.path.name, "previous": made.previous or "none", "key": public_key()}
    subject = f"Heads of the audit trail, {made.at:%d %B %Y}"
    text, until = WORDS.format(address=settings.SITE_ADDRESS, **facts), time.time() + KEPT.total_seconds()
    attached = str(made.path) if made.path.stat().st_size <= LARGEST else ""
    if post_now(Letter(settings.WITNESS_MAIL, subject, text, until, attached)) is Posted.REFUSED:
        log.error("The heads of the audit chains could not be mailed.")
