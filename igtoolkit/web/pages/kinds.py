"""The page on which the service team sets kinds: those to be set first, then by code, fifty at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from markupsafe import Markup, escape

from igtoolkit.access import scope
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Registration
from igtoolkit.web.finding import code_begins, name_holds, tidy

AT_ONCE = 50
FEW = 1000
Key = tuple[int, str, str]  # pk, code, kind
TO_BE_SET = "To be set"
SHOWS = {"to_be_set": "Kind to be set", "all": "All"}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. after: "0 CODE" or "1 CODE", the last row before; 1 among those that have a kind."""

    q: str
    show: str
    after: tuple[bool, str] | None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        show = query.get("show", "all")
        part, _, code = tidy(query.get("after", "")).partition(" ")
        after = (part == "1", code) if code and part in ("0", "1") else None
        return cls(tidy(query.get("q", "")), show if show in SHOWS else "all", after)

    def query(self, after: str = "") -> str:
        """The same question as part of an address, perhaps for later rows."""
        given = {"q": self.q, "show": self.show if self.show != "all" else "", "after": after}
        filled = {name: each for name, each in given.items() if each}
        return f"?{urlencode(filled)}" if filled else ""

    @property
    def again(self) -> str:
        return self.query(f"{int(self.after[0])} {self.after[1]}" if self.after else "")


@dataclass(frozen=True)
class KindRow:
    """One organisation's row. has_started: its kind cannot change any more. theirs: what somebody else chose since."""

    pk: int
    code: str
    name: str
    words: str
    source: str
    kind: str
    chosen: str
    options: Markup
    has_started: bool
    theirs: str | None


def kinds_page(
    year: str,
    asked: Asked,
    chosen: Mapping[int, tuple[str, str]] | None = None,
    theirs: Mapping[int, str] | None = None,
) -> dict[str, Any]:
    """What the page shows, in at most five queries. chosen and theirs: what a refused form holds, and why."""
    rows = _matching(year, asked)
    few = list(rows.order_by().values_list("pk", "code", "kind")[: FEW + 1]) if asked.q else []
    if asked.q and len(few) <= FEW:
        found, counts = _picked(year, few, asked), _counted(few)
    else:
        found = _some(rows, asked)
        counts = rows.aggregate(total=Count("pk"), to_be_set=Count("pk", filter=Q(kind="")))
    found = _chosen_rows(year, chosen) if chosen else found
    started = scope.assessed(year, among=[each.organisation_id for each in found])
    last = found[AT_ONCE - 1] if len(found) > AT_ONCE else None
    return {
        "rows": _rows(year, found[:AT_ONCE] if not chosen else found, started, chosen or {}, theirs or {}),
        "next": asked.query(f"{int(bool(last.kind))} {last.code}") if last else "",
        "year": year,
        "asked": asked,
        "kind_name": lambda kind: kind_names(year).get(kind, kind),
        "shows": SHOWS,
        **counts,
    }


def _matching(year: str, asked: Asked) -> QuerySet[Registration]:
    rows = Registration.objects.filter(year=year)
    if asked.q:
        rows = rows.filter(code_begins(asked.q) | name_holds(asked.q, Registration))
    return rows.filter(kind="") if asked.show == "to_be_set" else rows


def _some(rows: QuerySet[Registration], asked: Asked) -> list[Registration]:
    """The rows asked for and one more: those to be set, then the others, each by code."""
    part, code = asked.after or (False, "")
    ordered = rows.order_by("code", "pk")
    found: list[Registration] = []
    if not part:
        found = list(ordered.filter(kind="", code__gt=code)[: AT_ONCE + 1])
    if len(found) <= AT_ONCE and asked.show == "all":
        others = ordered.exclude(kind="").filter(code__gt=code if part else "")
        found += others[: AT_ONCE + 1 - len(found)]
    return found


def _picked(year: str, few: Iterable[Key], asked: Asked) -> list[Registration]:
    """The same, of a search that found few: put in order here, for by code the register is walked through for long."""
    part, code = asked.after or (False, "")
    ordered = sorted((bool(kind), code, pk) for pk, code, kind in few)
    keys = [pk for has_kind, its_code, pk in ordered if (has_kind, its_code) > (part, code)][: AT_ONCE + 1]
    held = Registration.objects.filter(year=year).in_bulk(keys)
    return [held[pk] for pk in keys if pk in held]


def _counted(few: Iterable[Key]) -> dict[str, int]:
    kinds = [kind for _, _, kind in few]
    return {"total": len(kinds), "to_be_set": kinds.count("")}


def _chosen_rows(year: str, chosen: Mapping[int, tuple[str, str]]) -> list[Registration]:
    keys = list(chosen)[: AT_ONCE * 2]
    return list(Registration.objects.filter(year=year, pk__in=keys).order_by("code", "pk"))


def _rows(
    year: str,
    found: Iterable[Registration],
    started: set[int],
    chosen: Mapping[int, tuple[str, str]],
    theirs: Mapping[int, str],
) -> list[KindRow]:
    names = kind_names(year)
    options: dict[str, Markup] = {}
    rows = []
    for each in found:
        wanted = chosen.get(each.pk, (each.kind, ""))[0]
        if wanted not in options:
            options[wanted] = _options(names, wanted)
        rows.append(
            KindRow(
                each.pk,
                each.code,
                each.name,
                each.kind_words,
                each.source,
                each.kind,
                wanted,
                options[wanted],
                each.organisation_id in started,
                names.get(theirs[each.pk], theirs[each.pk]) if each.pk in theirs else None,
            )
        )
    return rows


def kind_names(year: str) -> dict[str, str]:
    """{kind: its name} of the year's framework, “To be set” first."""
    return {"": TO_BE_SET, **{each.code: each.name for each in framework_for(year).kinds}}


def _options(names: Mapping[str, str], chosen: str) -> Markup:
    """A list's options, made once for the rows that have the same one chosen: fifty lists of twenty are a slow page."""
    return Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(kind, Markup(" selected") if kind == chosen else "", name)
        for kind, name in names.items()
    ) + (Markup('<option value="{0}" selected>{0}</option>').format(escape(chosen)) if chosen not in names else "")
