"""The heads of audit chains as witness files hold them, read for `igtoolkit verify`."""

import hashlib
import json
from collections import Counter
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from igtoolkit.reports.verify_chains import Faults, Heads


def read_witness(folder: Path, key: str, heads: Heads, counted: Counter[str]) -> Faults:
    """Faults of the files in a folder: of their signatures, their order, and between each other.

    key: the public key, as PEM. heads: gains every head. counted: gains how many files and heads there were.
    """
    before: str | None = None
    for path in sorted(folder.glob("heads-*.json")):
        content = path.read_bytes()
        counted["witness files"] += 1
        if not _is_signed(path, content, key):
            yield f"Witness file {path.name}: its signature does not fit."
        try:
            told = json.loads(content)
            follows, said = told["previous"], [(str(chain), int(n), str(seal)) for chain, n, seal in told["heads"]]
        except (ValueError, KeyError, TypeError):
            yield f"Witness file {path.name} cannot be read."
            continue
        if before is not None and follows != before:
            yield f"Witness file {path.name} does not follow the one before it."
        before = hashlib.sha256(content).hexdigest()
        for chain, number, seal in said:
            counted["witnessed heads"] += 1
            if heads.setdefault(chain, {}).setdefault(number, seal) != seal:
                yield f"Witness file {path.name} and an earlier one disagree about event {number} of {chain}."


def _is_signed(path: Path, content: bytes, key: str) -> bool:
    public = load_pem_public_key(key.encode())
    signature = path.with_name(f"{path.name}.sig")
    if not isinstance(public, Ed25519PublicKey) or not signature.exists():
        return False
    try:
        public.verify(signature.read_bytes(), content)
    except InvalidSignature:
        return False
    return True
