"""The register as it stands, read once before a file is held against it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from igtoolkit.access.scope import assessed
from igtoolkit.actions.register.files import Row
from igtoolkit.records.models import FormerCode, Organisation, Registration
from igtoolkit.standard.calendar import span


@dataclass(frozen=True)
class Held:
    """Who had a code, from and until when; `until` is empty for who has it now."""

    organisation: Organisation
    since: date | None
    until: date | None

    def was_held(self, first: date, last: date) -> bool:
        return (not self.since or self.since <= last) and (not self.until or self.until > first)

    def was_given_up(self, by: date, opened: date | None) -> bool:
        """Whether its holder no longer had it on a day, or when another body opened: from then it may be anybody's."""
        return self.until is not None and (self.until <= by or (opened is not None and self.until <= opened))


class Register:
    """Every organisation and its codes, and one year's registrations. Its rows are held until the transaction ends."""

    def __init__(self, year: str) -> None:
        self.year = year
        self.first_day, self.last_day = span(year)
        # Held, so that of two loads at once the second sees what the first wrote.
        self.organisations = {each.pk: each for each in Organisation.objects.select_for_update(no_key=True)}
        self.registered = {each.organisation_id: each for each in Registration.objects.filter(year=year)}
        newest = Registration.objects.values_list("organisation").annotate(newest=Max("year"))
        self.newest: dict[int, str] = dict(newest.order_by())
        self.assessed = assessed(year)
        self.held = self._held()

    def _held(self) -> dict[str, list[Held]]:
        """{code: who had it}, the present holder last."""
        found: defaultdict[str, list[Held]] = defaultdict(list)
        for each in FormerCode.objects.order_by("until"):
            found[each.code].append(Held(self.organisations[each.organisation_id], each.since, each.until))
        for organisation in self.organisations.values():
            found[organisation.code].append(Held(organisation, organisation.code_since, None))
        return dict(found)

    def meant(self, row: Row) -> Organisation | None:
        """Whom a row speaks of: who opened on its day; or who had its code in the year, or on the closing day it gives.

        None for nobody known: never who had given the code up by then. Where a body that closed before the row's
        opened is all there is, that one.
        """
        first, last = (row.closed, row.closed) if row.closed else (self.first_day, self.last_day)
        by = min(self.first_day, first)
        held = [each for each in self.held.get(row.code, []) if not each.was_given_up(by, row.opened)]
        exact = [each for each in held if row.opened and each.organisation.opened == row.opened]
        then = [each for each in held if each.was_held(first, last) and not is_over(each.organisation, row)]
        return (exact or then or held)[-1].organisation if held else None

    def had_last(self, code: str) -> Held | None:
        """Who had a code last, where nobody has it now."""
        held = self.held.get(code, [])
        return held[-1] if held and held[-1].until else None

    def holder(self, code: str) -> Organisation | None:
        """Who has a code now, or had it last."""
        held = self.held.get(code)
        return held[-1].organisation if held else None

    def is_named_last(self, organisation: Organisation) -> bool:
        """Whether no later year has registered it: then its present name follows this year's."""
        return self.newest.get(organisation.pk, "") <= self.year

    def with_lost_zeros(self, code: str) -> str:
        """A registered code that this one of figures alone would be with its zeros; empty for none."""
        longer = [code.zfill(length) for length in range(len(code) + 1, 7)] if code.isdecimal() else []
        return next((each for each in longer if each in self.held), "") if code not in self.held else ""


def is_over(organisation: Organisation, row: Row) -> bool:
    """Whether an organisation had closed when the row's opened."""
    return bool(organisation.closed and row.opened and row.opened > organisation.closed)


def is_another_body(row: Row, organisation: Organisation) -> bool:
    """Whether a row speaks of a body that was given the code of this one, after its closing day."""
    return organisation.code == row.code and is_over(organisation, row)
