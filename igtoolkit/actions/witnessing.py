"""Bearing witness: the heads of every audit chain, signed and kept where who changes the records cannot reach them.

A chain whose end was cut off, or that was written anew, fits in itself; only what somebody else saw of it does not.
Each file names the SHA-256 of the one before, so that the files are a chain too.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from igtoolkit.access.scope import everything
from igtoolkit.actions.audit import audit
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent, Person
from igtoolkit.standard.canonical import canonical

FORM = "igtoolkit-heads-1"
EVENT = "heads_witnessed"
WHY = "a witness sees where every chain ends, and nothing of what it says"


@dataclass(frozen=True)
class Witnessed:
    """One file of heads, written and signed. `previous` is the SHA-256 of the file before, None for the first."""

    path: Path
    at: datetime
    chains: int
    sha256: str
    previous: str | None
    service: str
    signature: str


def witness_heads(*, by: Person | None) -> Witnessed:
    """Write the heads of every chain into the folder, sign them, and tell the service's chain.

    Raises OSError when the folder or the key cannot be used, ValueError for a key of another kind.
    """
    folder: Path = settings.WITNESS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, at, previous = signing_key(), clock.now(), _previous(folder)
    heads = list(_heads())
    content = "".join(_written(at, previous, heads)).encode()
    path = folder / f"heads-{at:%Y%m%dT%H%M%SZ}.json"
    signature = key.sign(content)
    _keep(path.with_name(f"{path.name}.sig"), signature)
    _keep(path, content)
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        facts = {"file": path.name, "sha256": sha256, "chains": len(heads), "previous_file": previous}
        audit(None, EVENT, by=by, **facts)
    service = next((f"{number} {seal}" for chain, number, seal in heads if chain == "service"), "")
    return Witnessed(path, at, len(heads), sha256, previous, service, signature.hex())


def heads_are_due() -> bool:
    """Whether no heads were witnessed yet on this day, by UTC."""
    told = everything(AuditEvent, reason=WHY).filter(organisation=None, event=EVENT).order_by("-number").first()
    return told is None or told.at.date() < clock.now().date()


def signing_key() -> Ed25519PrivateKey:
    """The key in IGTOOLKIT_WITNESS_KEY, or the one in the home folder, made when it is first needed."""
    path: Path = settings.WITNESS_KEY
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _keep(path, made)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} holds no Ed25519 key.")
    return key


def public_key() -> str:
    """What the signatures are checked with, as PEM: to be handed out by another way than the files."""
    public = signing_key().public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return public.public_bytes(serialization.Encoding.PEM, form).decode()


def _heads() -> Iterator[tuple[str, int, str]]:
    """(chain, number, hash) of the last event of every chain, in the order of their names."""
    rows: Any = everything(AuditEvent, reason=WHY)
    last = rows.filter(chain=OuterRef("chain")).order_by("-number")
    firsts = rows.filter(number=1).order_by("chain")
    ends = firsts.annotate(end=Subquery(last.values("number")[:1]), seal=Subquery(last.values("hash")[:1]))
    yield from ends.values_list("chain", "end", "seal").iterator(chunk_size=5000)


def _written(at: datetime, previous: str | None, heads: list[tuple[str, int, str]]) -> Iterator[str]:
    """One JSON object, a head on each line: 65,000 organisations make about 6 MB."""
    begin = {"form": FORM, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "previous": previous, "chains": len(heads)}
    yield f'{canonical(begin).removesuffix("}")},"heads":[\n'
    yield ",\n".join(json.dumps(each, separators=(",", ":")) for each in heads)
    yield "\n]}\n"


def _previous(folder: Path) -> str | None:
    files = sorted(folder.glob("heads-*.json"))
    return hashlib.sha256(files[-1].read_bytes()).hexdigest() if files else None


def _keep(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read, on the disk before it has its name. Raises FileExistsError."""
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)  # unlike a rename it takes no other file's place
    finally:
        beside.unlink()
