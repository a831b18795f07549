"""A passkey as a browser would have made it, for those of the crawl who have one."""

from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

WHERE, ID = "testserver", b"crawl"


def made_passkey() -> dict[str, Any]:
    """The answer of a browser, as it is kept: the pages that ask for a passkey read the key in it."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid.NONE, ID, key)
    shown = AuthenticatorData.create(sha256(WHERE.encode()).digest(), AuthenticatorData.FLAG.AT, 0, credential)
    said = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"challenge", f"http://{WHERE}")
    attested = AttestationObject.create("none", shown, {})
    answer = AuthenticatorAttestationResponse(client_data=said, attestation_object=attested)
    return dict(RegistrationResponse(raw_id=ID, response=answer))
