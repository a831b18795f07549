"""Checking a copy: what was typed from a paper, read kindly, and how often it may be tried."""

import re
from collections.abc import Mapping
from typing import Any

from igtoolkit.actions.tries import Limit
from igtoolkit.reports.checking import Printed
from igtoolkit.standard.words import Stage

DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
YEAR = re.compile(r"(20\d\d)\D*(?:20)?(\d\d)")
COUNTS = {"met": "Met", "partly_met": "Partly met", "not_met": "Not met", "not_applicable": "Do not apply"}
FIELDS = ("code", "year", "stage", *COUNTS, "percent")
LARGEST = 2_000_000  # bytes: a report made here is a tenth of it
TEN_MINUTES, DAY = 10 * 60, 24 * 60 * 60


def digest_in(written: str) -> str | None:
    """The 64 digits of a digest as somebody wrote it; None when it is not a whole one."""
    found = DIGEST.fullmatch("".join(written.lower().split()))
    return found[1] if found else None


def file_limits(network: str) -> list[Limit]:
    """A digest of bytes cannot be guessed: only the work is limited."""
    return [Limit("check a file", network, 10, TEN_MINUTES)]


def figure_limits(network: str, digest: str) -> list[Limit]:
    """Figures could be guessed by trying, so a submission answers seldom, whoever asks; no one network uses it up."""
    return [
        Limit("check figures", network, 10, TEN_MINUTES),
        Limit("check figures of one", f"{network} {digest}", 20, DAY),
        Limit("check figures of", digest, 10, TEN_MINUTES),
        Limit("check figures of", digest, 40, DAY),
    ]


def wait_words(seconds: int) -> str:
    """in 1 minute, in 9 minutes, in 3 hours: until something may be tried again."""
    number, unit = (-(-seconds // 60), "minute") if seconds <= 90 * 60 else (-(-seconds // 3600), "hour")
    return f"in {number} {unit}{'' if number == 1 else 's'}"


def typed(posted: Mapping[str, Any]) -> dict[str, str]:
    """{field: what was typed, without spaces around it}"""
    return {name: str(posted.get(name, "")).strip()[:100] for name in FIELDS}


def read(said: Mapping[str, str]) -> tuple[Printed | None, dict[str, str]]:
    """The figures as typed, else {field: what to do}."""
    errors = {}
    code, year = "".join(said["code"].split()).upper(), YEAR.fullmatch(said["year"].replace(" ", ""))
    if not code:
        errors["code"] = "Type the code of the organisation"
    if not year:
        errors["year"] = "Type the year as 2015-16"
    if said["stage"] not in [each.value for each in Stage]:
        errors["stage"] = "Choose the stage"
    counts = {name: _count(said[name]) for name in COUNTS}
    if not said["not_applicable"]:
        counts["not_applicable"] = 0
    errors |= {name: f"{COUNTS[name]}: type a number" for name, each in counts.items() if each is None}
    percent = _count(said["percent"].removesuffix("%"))
    if said["percent"] and percent is None:
        errors["percent"] = "Type the score as a number, such as 78"
    if errors or not year:
        return None, errors
    known = {name: each for name, each in counts.items() if each is not None}
    return Printed(code=code, year=f"{year[1]}-{year[2]}", stage=said["stage"], percent=percent, **known), {}


def _count(written: str) -> int | None:
    """A whole number of up to three plain digits; None for anything else."""
    found = re.fullmatch(r"[0-9]{1,3}", "".join(written.split()))
    return int(found[0]) if found else None
