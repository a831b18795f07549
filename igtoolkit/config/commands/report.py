"""`igtoolkit report`: the reports as files, the same bytes as the downloads."""

import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from igtoolkit.config.commands.terminal import BadInput, nearest, with_records, write

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from igtoolkit.records.models import Organisation, Person, Submission

Made = tuple[str, str, int]  # year, stage, number
BoardForm = Literal["pdf", "csv", "json"]
NationalForm = Literal["pdf", "xlsx", "csv", "json"]
NOT_FOR_TERMINALS = {"pdf": "A PDF", "xlsx": "A workbook"}
WHY = "the operator makes any trust's report, and the audit trail tells of it"
NONE_YET = " Nothing has been submitted yet."
TO = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write, in place of standard output."
)
SEEN_BY = click.option("--as", "login", metavar="LOGIN", help="See only what the person with this login may see.")


@click.group()
def report() -> None:
    """The two Caldicott2 reports."""


@report.command()
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="Every organisation's, as PDFs in the folder that --out names.")
@click.option("--year", help="2015-16")
@click.option("--stage", help="baseline, update or final.")
@click.option("--number", type=click.IntRange(1), help="An earlier version, where there were corrections.")
@click.option("--format", "form", type=click.Choice(get_args(BoardForm)), default="pdf", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path), help="A file, in place of standard output; a folder with --all."
)
@SEEN_BY
@with_records
def board(
    code: str | None,
    every: bool,
    year: str | None,
    stage: str | None,
    number: int | None,
    form: BoardForm,
    out: Path | None,
    login: str | None,
) -> None:
    """The board report of the organisation CODE at one stage, or of --all.

    Without --year and --stage it says which exist.
    """
    from igtoolkit.reports.board import board_bytes

    if every:
        if code is not None or number is not None or form != "pdf":
            raise BadInput("With --all, leave out CODE and --number, and make PDFs: it takes the latest of each trust.")
        _all_boards(year, stage, out, login)
        return
    if code is None:
        raise BadInput("Say whose: a CODE, or --all with a folder for --out.")
    if out is not None and out.is_dir():
        raise BadInput(f"{out} is a folder: name a file with --out, or say --all.")
    submission = _find(_submissions(login), code.strip().upper(), year, stage, number)
    _check_out(form, out)
    content = board_bytes(submission, form)
    facts = {"year": submission.year, "stage": submission.stage, "number": submission.number}
    _tell(submission.organisation, login, report="board", format=form, digest=submission.digest, **facts)
    _deliver(content, out)


def _all_boards(year: str | None, stage: str | None, out: Path | None, login: str | None) -> None:
    """Every latest board report of one stage, into a folder."""
    from igtoolkit.config.commands.report_all import write_all
    from igtoolkit.reports.board_files import latest_boards

    if out is None:
        raise BadInput("Name a folder for the files with --out.")
    rows = _submissions(login)
    made = sorted({(*each, 1) for each in rows.values_list("year", "stage")}, key=_order)
    if not made:
        raise BadInput(f"There is no board report.{NONE_YET if login is None else ''}")
    year, stage, _ = _choose("A board report", made, year, stage, None)
    write_all(latest_boards(year, stage).filter(pk__in=rows.values("pk")), out, login)


@report.command()
@click.option("--year", help="2015-16")
@click.option("--stage", help="baseline, update or final.")
@click.option("--format", "form", type=click.Choice(get_args(NationalForm)), default="json", show_default=True)
@TO
@SEEN_BY
@with_records
def national(year: str | None, stage: str | None, form: NationalForm, out: Path | None, login: str | None) -> None:
    """The national report of one stage. Without --year and --stage, says which exist."""
    from igtoolkit.records import clock
    from igtoolkit.reports.national_files import national_file

    year, stage, _ = _choose("The national report", _nations(login), year, stage, None)
    _check_out(form, out)
    content = national_file(year, stage, form, clock.now())
    _tell(None, login, report="national", format=form, year=year, stage=stage)
    _deliver(content, out)


def _person(login: str) -> "Person":
    from igtoolkit.records.models import Person

    found = Person.objects.filter(email=login.strip().lower()).first()
    if found is None:
        raise BadInput(f"There is nobody with the login {login!a}.")
    return found


def _submissions(login: str | None) -> "QuerySet[Submission]":
    """The submissions whose board report may be made: every trust's, or those within a person's scope."""
    from igtoolkit.access import scope
    from igtoolkit.records.models import Submission

    if login is not None:
        return scope.submissions(_person(login))
    rows = scope.everything(Submission, reason=WHY).filter(kind__in=scope.reported_kinds())
    return rows.select_related("organisation", "assessment")


def _find(
    rows: "QuerySet[Submission]", code: str, year: str | None, stage: str | None, number: int | None
) -> "Submission":
    """The submission asked for. Raises BadInput in the same words whether there is none or none in scope."""
    mine = rows.filter(organisation__code=code)
    made = sorted(mine.values_list("year", "stage", "number"), key=_order)
    if not made:
        codes = list(rows.order_by("organisation__code").values_list("organisation__code", flat=True).distinct())
        raise BadInput(f"There is no board report of {code!a}.{nearest(code, codes) if codes else NONE_YET}")
    year, stage, number = _choose(f"The board report of {code}", made, year, stage, number)
    return mine.get(year=year, stage=stage, number=number)


def _order(made: Made) -> tuple[str, int, int]:
    from igtoolkit.standard.words import Stage

    year, stage, number = made
    return year, list(Stage).index(Stage(stage)), number


def _nations(login: str | None) -> list[Made]:
    """The national reports that may be made: every stage of each year in which some kind has a report, or none."""
    from igtoolkit.access.policy import Action, may
    from igtoolkit.records.frameworks import framework_for, years
    from igtoolkit.standard.words import Stage

    if login is not None and not may(_person(login), Action.VIEW_NATIONAL_REPORT):
        return []
    reported = [year for year in years() if framework_for(year).reported_kinds]
    return [(year, stage.value, 1) for year in reported for stage in Stage]


def _choose(what: str, made: Sequence[Made], year: str | None, stage: str | None, number: int | None) -> Made:
    """The one asked for, the latest of its stage unless a number is given. Raises BadInput saying which exist."""
    wanted = ((0, "year", year), (1, "stage", stage and stage.lower()), (2, "number", number))
    left = list(made)
    if not left:
        raise BadInput(f"{what} does not exist.")
    for place, name, given in wanted:
        kept = [each for each in left if given is None or each[place] == given]
        if not kept:
            near = nearest(str(given), sorted({str(each[place]) for each in left}))
            raise BadInput(f"{what} does not exist for the {name} {given!a}.{near}\n{_exist(made)}")
        left = kept
    if year is None or stage is None:
        raise BadInput(f"Say which: --year and --stage.\n{_exist(made)}")
    return left[-1]


def _exist(made: Iterable[Made]) -> str:
    lines = []
    for (year, stage), several in groupby(made, key=lambda each: each[:2]):
        numbers = [str(each[2]) for each in several]
        more = f"  (numbers {', '.join(numbers)})" if len(numbers) > 1 else ""
        lines.append(f"  --year {year} --stage {stage}{more}")
    return "\n".join(["These exist:", *lines])


def _tell(organisation: "Organisation | None", login: str | None, **facts: Any) -> None:
    """The operator made it, with a person's scope where one was named."""
    from django.db import transaction

    from igtoolkit.actions.audit import audit

    with transaction.atomic():
        audit(organisation, "report_made", by=None, seen_as=login.strip().lower() if login else None, **facts)


def _check_out(form: str, out: Path | None) -> None:
    if form in NOT_FOR_TERMINALS and out is None and _on_terminal():
        what = NOT_FOR_TERMINALS[form]
        raise BadInput(f"{what} cannot be shown on a terminal: name a file with --out, or say --format csv or json.")


def _on_terminal() -> bool:
    return sys.stdout.isatty()


def _deliver(content: bytes, out: Path | None) -> None:
    if out:
        write(out, content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
