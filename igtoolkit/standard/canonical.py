"""The canonical form of a record, and its digest: the same bytes on every database and machine.

Sorted keys, no spaces, UTF-8, whole numbers only (RFC 8785 in what we use of it).
"""

import hashlib
import json


def canonical(value: object) -> str:
    """The one way to write this value as JSON. Raises TypeError for a float or an unknown type."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("A record holds whole numbers and words only, never a float.")
    if isinstance(value, dict):
        for key, each in value.items():
            if not isinstance(key, str):
                raise TypeError("A record's keys are words.")
            _refuse_floats(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            _refuse_floats(each)
