"""A posted form for people: which fields they typed, under the words that stood beside them."""

import re
from dataclasses import dataclass

from igtoolkit.web.forms.dates import PARTS
from igtoolkit.web.typed import Fields

# What a page's forms carry for themselves. It is sent again, and says nothing to people.
CARRIED = re.compile(
    r"version|key|draft|then|add|show|next|query|proposed|number|what|how|plan|seen-\d+|.*-seen|.*-pk|q|page"
)
WORDS = {
    "ticked": "Criteria ticked",
    "not_yet": "Not yet at level 1",
    "not_relevant": "Not relevant to this organisation",
    "reason": "Reason",
    "comment": "Comment",
    "target_level": "Level to be reached",
    "target_date": "By when",
    "owner": "Who sees to it",
    "login": "E-mail address",
    "role": "Role",
    "name": "Name",
    "note": "Note",
    "decision": "Decision",
    "assurance": "Assurance statement",
    "source": "Where the kinds are from",
    "siro": "Senior Information Risk Owner",
    "caldicott_guardian": "Caldicott Guardian",
    "ig_lead": "Information governance lead",
    "chief_executive": "Chief executive",
}
MARKS = re.compile(r"not_yet|not_relevant|.*-remove")  # boxes of which only the tick counts
EVIDENCE = re.compile(r"evidence-([0-9A-Za-z]+)-(\d+)-(.+)")
OF_EVIDENCE = {"note": "what it is", "link": "link", "dated": "date it is from", "remove": "remove when I save"}
OF_REQUIREMENT = re.compile(r"([0-9A-Za-z]{1,4}-[0-9A-Za-z]{1,5})-(action|owner|due)")
OF_PLAN = {"action": "what will be done", "owner": "owner", "due": "due date"}
OF_POST = re.compile(r"(.+)-(name|title)")
OF_PERSON = {"name": "name", "title": "job title"}


@dataclass(frozen=True)
class Line:
    """One thing that was typed, under its words."""

    label: str
    value: str


def lines(fields: Fields) -> list[Line]:
    """What was typed, in order: empty fields left out, ticks of one group and the parts of a date together."""
    found: dict[str, list[str]] = {}
    for name, value in fields:
        if value.strip() and not CARRIED.fullmatch(name):
            found.setdefault(_whole(name), []).append(_said(name, value.replace("\r\n", "\n")))
    dates = {_whole(name) for name, _ in fields if _whole(name) != name}
    return [Line(label(name), (" " if name in dates else ", ").join(values)) for name, values in found.items()]


def label(name: str) -> str:
    """The words for a field's name: of its form where they are known, else the name itself, written plainly."""
    if match := EVIDENCE.fullmatch(name):
        part = OF_EVIDENCE.get(match[3], match[3])
        return f"Evidence {int(match[2]) + 1} for {match[1]}: {part}"
    if match := OF_REQUIREMENT.fullmatch(name):
        return f"{match[1]}: {OF_PLAN[match[2]]}"
    if (match := OF_POST.fullmatch(name)) and match[1] in WORDS:
        return f"{WORDS[match[1]]}: {OF_PERSON[match[2]]}"
    return WORDS.get(name) or re.sub(r"[_-]+", " ", name).strip().capitalize()


def _whole(name: str) -> str:
    """The name of the date that a field is a part of; any other name as it is."""
    stem, _, part = name.rpartition("-")
    return stem if stem and part in PARTS else name


def _said(name: str, value: str) -> str:
    return "Yes" if MARKS.fullmatch(name) else value
