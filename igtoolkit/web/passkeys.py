"""Passkeys: what a browser is asked, and whether its answer is good. The device checks that it is its owner."""

import json
import struct
from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from igtoolkit.actions.codes import PASSKEY
from igtoolkit.actions.passkeys import use_passkey
from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.records.models import Person
from igtoolkit.web.notices import tell_of_change

STATE = "passkey"  # in a session: the question that was asked last, good for one answer
OURS = "Information Governance Toolkit"
MOST = 20_000  # characters of an answer
ONCE = 12 * 60 * 60  # seconds: as long as a question may stand in a session
AN_HOUR = 60 * 60
OWNER = UserVerificationRequirement.REQUIRED
COPIED = "This passkey was refused: it may have been copied. Use another way to sign in, then remove it on your account"
TOLD = (
    "Your passkey “{}” was used and refused: its device counts how often it is used, and the count went back, as it "
    "does when somebody has copied the passkey. Remove it, and make a new one."
)
# What the library, and the decoders under it, say of an answer that is none.
BAD = (ValueError, TypeError, LookupError, AttributeError, NotImplementedError, RecursionError, struct.error)


class Copied(Exception):
    """A passkey whose device counts fewer answers than it gave before."""


def ask_to_make(request: HttpRequest, person: Person) -> str:
    """What the browser is asked for making a passkey, as JSON."""
    who = PublicKeyCredentialUserEntity(id=_handle(person), name=person.email, display_name=str(person))
    made, state = _server(request).register_begin(
        who, _keys(_rows(person)), resident_key_requirement=ResidentKeyRequirement.PREFERRED, user_verification=OWNER
    )
    return _asked(request, "make", made, state)


def made(request: HttpRequest, answer: str) -> dict[str, Any] | None:
    """The passkey a browser made, as it is kept; None for an answer that is not to the question asked last."""
    state = _state(request, "make")
    try:
        found = json.loads(answer[:MOST])
        _server(request).register_complete(state, found)
    except BAD:
        return None
    return cast(dict[str, Any], found)


def ask_to_show(request: HttpRequest, person: Person | None = None) -> str:
    """What the browser is asked for showing a passkey, as JSON: anybody's, or one of the person's."""
    asked, state = _server(request).authenticate_begin(_keys(_rows(person)) if person else None, OWNER)
    return _asked(request, "show", asked, state)


def shown(request: HttpRequest, answer: str, person: Person | None = None) -> Authenticator | None:
    """The row of the passkey a browser showed: of the person, or else of whomever it names; None for a bad answer.

    Raises Copied for a good one of a passkey that seems to be held by two devices; its owner is told.
    """
    state = _state(request, "show")
    try:
        found = json.loads(answer[:MOST])
        rows = _rows(person) if person else _rows_of(websafe_decode(found["response"]["userHandle"]))
        good = _server(request).authenticate_complete(state, _keys(rows), found)
    except BAD:
        return None
    row = next(each for each in rows if _key(each).credential_id == good.credential_id)
    if use_passkey(row, AuthenticationResponse.from_dict(found).response.authenticator_data.counter):
        return row
    if not seconds_to_wait([Limit("told of a copy", str(row.pk), 1, AN_HOUR)]):
        tell_of_change(row.user, TOLD.format(row.wrap().name))
    raise Copied


def _server(request: HttpRequest) -> Fido2Server:
    """Bound to the name of our host, which Django has checked, and by default to https and localhost."""
    host = request.get_host().rsplit(":", 1)[0]
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=OURS))


def _asked(request: HttpRequest, what: str, options: Any, state: Any) -> str:
    request.session[STATE] = {what: state}
    return json.dumps(dict(options))


def _state(request: HttpRequest, what: str) -> Any:
    """The question that is answered, once: of several answers at once, each of which finds it, one is the first."""
    found = request.session.pop(STATE, {}).get(what)
    if found and seconds_to_wait([Limit("passkey answer", found["challenge"], 1, ONCE)]):
        return None
    return found


def _rows(person: Person) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user_id=person.pk, type=PASSKEY))


def _rows_of(handle: bytes) -> list[Authenticator]:
    """The passkeys of the person whom an answer names."""
    rows = Authenticator.objects.filter(type=PASSKEY, user__pk=int(handle.decode("ascii")), user__is_active=True)
    return list(rows.select_related("user__organisation"))


def _handle(person: Person) -> bytes:
    return str(person.pk).encode()


def _key(row: Authenticator) -> AttestedCredentialData:
    return cast(AttestedCredentialData, row.wrap().authenticator_data.credential_data)


def _keys(rows: list[Authenticator]) -> list[AttestedCredentialData]:
    return [_key(each) for each in rows]
