"""`igtoolkit scores export`: levels and whole assessments, out to files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from igtoolkit.config.commands.terminal import BadInput, check_year, with_records, write

if TYPE_CHECKING:
    from igtoolkit.records.models import Assessment, Organisation, Person

WHY = "the operator takes out any organisation's scores, and the audit trail tells of it"


@click.command()
@click.argument("code")
@click.option("--year", help="2015-16; a file of levels holds every year without it.")
@click.option("--format", "form", type=click.Choice(["levels", "full"]), default="levels", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write, in place of standard output."
)
@click.option("--as", "login", metavar="LOGIN", help="See only what the person with this login may see.")
@with_records
def export(code: str, year: str | None, form: str, out: Path | None, login: str | None) -> None:
    """Write the scores of the organisation CODE.

    As levels: CSV, the latest submission of each stage, in the columns that `scores import` takes.
    In full: JSON of one year's assessment as it is recorded now, with ticks, comments and evidence.
    """
    from igtoolkit.reports.scores import scores_csv
    from igtoolkit.reports.scores_full import assessment_json

    if year is not None:
        check_year(year)
    if form == "full" and year is None:
        raise BadInput("Say which year's assessment: --year 2015-16.")
    organisation, found = _assessments(code, year, login)
    if form == "full":
        content = assessment_json(found[0])
    else:
        submissions = [one for each in found for one in each.submissions.select_related("organisation")]
        if not submissions:
            raise BadInput(f"{organisation.code} has submitted nothing{f' in {year}' if year else ''}.")
        content = scores_csv(submissions)
    _tell(organisation, login, format=form, year=year)
    if out:
        write(out, content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


def person_called(login: str | None) -> "Person | None":
    """Who has this login; None for no login. Raises BadInput for one that nobody has."""
    from igtoolkit.records.models import Person

    if login is None:
        return None
    found = Person.objects.filter(email=login.strip().lower()).first()
    if found is None:
        raise BadInput(f"There is nobody with the login {login!a}.")
    return found


def _assessments(code: str, year: str | None, login: str | None) -> "tuple[Organisation, list[Assessment]]":
    """The organisation and its assessments, or the one of a year. Raises BadInput in the same words out of scope."""
    from igtoolkit.access import scope
    from igtoolkit.records.models import Assessment

    person = person_called(login)
    rows = scope.assessments(person) if person else scope.everything(Assessment, reason=WHY)
    rows = rows.filter(organisation__code=code.strip().upper()).select_related("organisation")
    found = list((rows.filter(year=year) if year else rows).order_by("year"))
    if not found:
        raise BadInput(f"There is no assessment of {code!a}{f' in {year}' if year else ''}.")
    return found[0].organisation, found


def _tell(organisation: "Organisation", login: str | None, **facts: Any) -> None:
    """The operator took it out, with a person's scope where one was named."""
    from django.db import transaction

    from igtoolkit.actions.audit import audit

    with transaction.atomic():
        audit(organisation, "scores_exported", by=None, seen_as=login.strip().lower() if login else None, **facts)
