"""Codes that somebody types when they sign in: of their app, good once, or of their list of recovery codes."""

import logging
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.crypto import constant_time_compare

from igtoolkit.actions.audit import audit
from igtoolkit.records.models import Person

log = logging.getLogger(__name__)
APP, PASSKEY, RECOVERY = "totp", "webauthn", "recovery_codes"
STEP = 30  # seconds for which an app shows one code
DRIFT = 1  # steps by which the clock of a phone may be wrong
LONGEST = 40  # characters of a code as typed


@transaction.atomic
def spend_code(person: Person, typed: str) -> str:
    """Take a code that somebody typed: "totp" or "recovery_codes" for a good one, "" for any other.

    No code is good twice. The person is held, so that of two windows with one code only one gets in.
    """
    held: Person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    code = "".join(each for each in typed[:LONGEST] if each.isascii() and each.isdigit())
    rows = {each.type: each for each in Authenticator.objects.filter(user=held).exclude(type=PASSKEY)}
    try:
        if APP in rows and _spend_step(rows[APP], code):
            return APP
        if RECOVERY in rows and rows[RECOVERY].wrap().validate_code(code):
            rows[RECOVERY].refresh_from_db()
            rows[RECOVERY].record_usage()
            audit(held.organisation, "recovery_code_used", by=held, after={"left": codes_left(rows[RECOVERY])})
            return RECOVERY
    except InvalidToken:  # the service's secret was changed since
        log.error("The second factors of person %s cannot be read: remove them.", held.pk)
    return ""


def codes_left(row: Authenticator | None) -> int:
    """How many recovery codes have not been used; none of those that the service's secret of today cannot read."""
    try:
        return len(row.wrap().get_unused_codes()) if row else 0
    except InvalidToken:
        return 0


def matching_step(secret: str, code: str, *, after: int = -1) -> int | None:
    """The step of 30 seconds whose code this is, by the machine's clock; None for a wrong code.

    secret: in base 32. after: the step of the last code taken; none up to it is good any more.
    """
    now = int(time.time()) // STEP
    steps = (each for each in range(now - DRIFT, now + DRIFT + 1) if each > after)
    good = (each for each in steps if constant_time_compare(format_hotp_value(hotp_value(secret, each)), code))
    return next(good, None)


def _spend_step(row: Authenticator, code: str) -> bool:
    step = matching_step(decrypt(row.data["secret"]), code, after=row.data.get("step", -1))
    if step is None:
        return False
    row.data["step"] = step
    row.save(update_fields=["data"])
    row.record_usage()
    return True
