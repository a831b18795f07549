"""What was typed into a form that came after Final was submitted: all of it as one text, to be copied."""

from collections.abc import Iterator

from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.records.models import Assessment, Person, SeniorPerson
from igtoolkit.web.forms.answer import AnswerForm
from igtoolkit.web.forms.dates import PARTS, TypedDate
from igtoolkit.web.forms.evidence import EvidenceRow
from igtoolkit.web.forms.people import PeopleForm


def closed_meanwhile(person: Person, record: Assessment) -> Assessment:
    """The assessment as it is now, Final submitted while a form was on its way. Raises Refused where that is not so."""
    now = scope.find_assessment(person, record.organisation.code, record.year)
    if now is None or now.is_open:
        raise Refused("This person may not record here.")
    return now


def typed_answer(form: AnswerForm) -> str:
    """A line for each field that says something; of the evidence what differs from what is recorded."""
    return "\n".join(_answer(form))


def typed_people(form: PeopleForm) -> str:
    """A line for each post with somebody named."""
    named = ((post.label, ", ".join(filter(None, form.named[post.value]))) for post in SeniorPerson.Post)
    return "\n".join(f"{label}: {said}" for label, said in named if said)


def _answer(form: AnswerForm) -> Iterator[str]:
    if form.not_relevant or form.reason:
        yield f"{'Not relevant' if form.not_relevant else 'Reason'}: {form.reason}"
    if form.ticked:
        yield f"Criteria ticked: {', '.join(sorted(form.ticked))}"
    if form.not_yet:
        yield "Not yet at level 1"
    for row in form.rows:
        if not row.is_blank and row.is_changed:
            yield _evidence(row)
    if form.comment:
        yield f"Comment: {form.comment}"
    if form.target_level or not form.target_date.is_blank:
        yield f"Target: level {form.target_level or 'not chosen'}, by {_date(form.target_date) or 'no date'}"
    if form.owner:
        yield f"Owner: {form.owner}"


def _evidence(row: EvidenceRow) -> str:
    said = " · ".join(filter(None, (row.note, row.link, _date(row.dated))))
    return f"Evidence for {row.criterion}{', to be removed' if row.removed else ''}: {said}"


def _date(typed: TypedDate) -> str:
    return " ".join(filter(None, (getattr(typed, part) for part in PARTS)))
