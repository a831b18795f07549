"""docs/limits.md: what it says may be typed, sent and tried is what the service takes, and one more is not."""

import ast
import re
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from igtoolkit.actions import plans, reviews, second_looks, submissions, support, views
from igtoolkit.actions.answers import answer_to, save_answer
from igtoolkit.actions.assessments import check_people
from igtoolkit.actions.people import person_problems
from igtoolkit.actions.register.kind_files import ROWS_MAX
from igtoolkit.actions.register.kinds import _source_problems
from igtoolkit.actions.register.tables import UNPACKED_MAX
from igtoolkit.actions.said import EvidenceSaid, Invalid, Said
from igtoolkit.actions.second_factors import passkey_problems
from igtoolkit.actions.submissions import submit
from igtoolkit.actions.tokens import make_token
from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Person
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.words import Stage
from igtoolkit.web.pages.checking import LARGEST
from igtoolkit.web.views.kinds import FILE_MAX
from tests.access.pages import PAGES

ROOT = Path(__file__).parents[2]
CODE = "13-202"
# But for what tests and development alone use.
VARIABLE = re.compile(r"""environ(?:\.get\(|\[)["'](IGTOOLKIT_(?!PLAIN_STATIC)\w+)""")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading of docs/limits.md."""
    part = (ROOT / "docs" / "limits.md").read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [re.split(r" \| ", line.strip("| \n")) for line in re.findall(r"^\| `.*\|$", part, re.M)]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def figures(cell: str) -> list[int]:
    return [int(each.replace(",", "")) for each in re.findall(r"[\d,]+", cell)]


def refused(act: Callable[..., object], *given: object, **named: object) -> dict[str, str]:
    """{field: words} of what was refused; empty when it was taken."""
    try:
        act(*given, **named)
    except Invalid as invalid:
        return invalid.errors
    return {}


@pytest.fixture(autouse=True)
def every_plan_stands(monkeypatch):
    monkeypatch.setattr(reviews, "is_superseded", lambda plan: False)


@pytest.fixture
def saying(assessment, cast) -> Callable[..., dict[str, str]]:
    """What is refused of something said about a requirement."""

    def said(**given: object) -> dict[str, str]:
        version = answer_to(assessment, CODE).version
        return refused(save_answer, assessment, CODE, Said(**given), version=version, by=cast.con)

    return said


def evidence(**given: object) -> tuple[EvidenceSaid]:
    usual = {"criterion": "2a", "note": "Poster", "dated": date(2015, 6, 1)}
    return (EvidenceSaid(**{**usual, **given}),)


def person(cast, **given: str) -> dict[str, str]:
    facts = {"email": "zoe@example.org", "organisation": cast.ada.organisation, "role": "viewer", "name": "Zoe"}
    return person_problems(Person(**{**facts, **given}))


def text(n: int) -> str:
    return "x" * n


WORDS: dict[str, Callable] = {
    "comment": lambda n, said, cast: said(comment=text(n)),
    "reason": lambda n, said, cast: said(not_relevant=False, reason=text(n)),
    "owner": lambda n, said, cast: said(owner=text(n)),
    "note": lambda n, said, cast: said(evidence=evidence(note=text(n))),
    "link": lambda n, said, cast: said(evidence=evidence(link="https://e.example/".ljust(n, "x"))),
    "senior name": lambda n, said, cast: refused(check_people, {"siro": (text(n), "")}),
    "senior title": lambda n, said, cast: refused(check_people, {"siro": ("Margaret", text(n))}),
    "plan action": lambda n, said, cast: planned(action=text(n)),
    "plan owner": lambda n, said, cast: planned(owner=text(n)),
    "correction reason": lambda n, said, cast: corrected(text(n)),
    "review reason": lambda n, said, cast: refused(reviews._check, None, text(n)),
    "dismissal reason": lambda n, said, cast: refused(second_looks._check, text(n)),
    "look reason": lambda n, said, cast: refused(support._check, text(n), 1, standing=None),
    "kind source": lambda n, said, cast: _source_problems(text(n)),
    "view name": lambda n, said, cast: refused(views._checked, text(n), ""),
    "view note": lambda n, said, cast: refused(views._checked, "View", text(n)),
    "token name": lambda n, said, cast: refused(make_token, text(n), by=cast.ben),
    "passkey name": lambda n, said, cast: passkey_problems(text(n), []),
    "person name": lambda n, said, cast: person(cast, name=text(n)),
    "login": lambda n, said, cast: person(cast, email=f"{'a' * 64}@{('b' * 60 + '.') * 3}".ljust(n - 3, "c") + ".uk"),
}


def planned(**given: str) -> dict[str, str]:
    said = plans.Planned(**{"action": "Train", "owner": "Lead", **given})
    return dict(plans._problems(CODE, said, None, london_day(clock.now())))


def corrected(reason: str) -> dict[str, str]:
    return refused(submissions._check, None, Stage.BASELINE, reason, assured=False, correcting=True)


def test_every_field_that_is_written_down_is_tried_here():
    assert [quoted(name)[0] for name, _ in rows("Words")] == list(WORDS)


@pytest.mark.parametrize(("field", "most"), [(quoted(name)[0], figures(most)[0]) for name, most in rows("Words")])
def test_as_many_characters_as_are_written_down_are_taken_and_one_more_is_not(field, most, saying, cast):
    at_most, beyond = WORDS[field](most, saying, cast), WORDS[field](most + 1, saying, cast)
    assert [words for words in at_most.values() if "characters" in words] == []
    assert any("characters" in words or "long" in words for words in beyond.values()), beyond


MAINTAINED = next(each.code for each in framework_for("2015-16").requirement(CODE).criteria if each.maintenance)
TOGETHER: dict[str, tuple[str, Callable]] = {
    "ticked, not_yet": ("not_yet", lambda said: said(ticked=frozenset({"1a", "1b"}), not_yet=True)),
    "not_relevant, reason": ("reason", lambda said: said(not_relevant=True)),
    "target_level, target_date": ("target_date", lambda said: said(target_level=2)),
    "target_date, today": (
        "target_date",
        lambda said: said(target_level=2, target_date=london_day(clock.now()) - timedelta(1)),
    ),
    "dated, today": (
        "evidence-dated",
        lambda said: said(evidence=evidence(dated=london_day(clock.now()) + timedelta(1))),
    ),
    "note, link": ("evidence-note", lambda said: said(evidence=evidence(note=""))),
    "ticked, requirement": ("ticked", lambda said: said(ticked=frozenset({"9z"}))),
    "ticked, last year": ("ticked", lambda said: said(ticked=frozenset({MAINTAINED}))),
    "complete, ticked": ("ticked", lambda said: said(complete=True)),
    "senior title, senior name": ("siro-name", lambda said: refused(check_people, {"siro": ("", "Director")})),
    "correction, reason": ("reason", lambda said: corrected("")),
}


def test_every_rule_that_is_written_down_is_tried_here():
    told = [", ".join(quoted(fields)) for fields, _ in rows("What must fit together")]
    assert told == [*TOGETHER, "final, assurance"]


@pytest.mark.parametrize("rule", TOGETHER)
def test_what_does_not_fit_together_is_refused_beside_its_field(rule, saying):
    field, tried = TOGETHER[rule]
    assert field in tried(saying), rule


def test_final_without_the_assurance_statement_is_refused(assessment, cast):
    found = refused(submit, assessment, Stage.FINAL, key="k", arrived=clock.now(), by=cast.ada)
    assert "assurance" in found


# Settings


def test_every_variable_that_the_code_reads_is_written_down():
    read = {name for path in (ROOT / "igtoolkit").rglob("*.py") for name in VARIABLE.findall(path.read_text("utf-8"))}
    named = {f"IGTOOLKIT_OIDC_{each}" for each in ("SERVER", "CLIENT", "SECRET", "NAME", "TRUSTED_FACTOR")}
    told = (ROOT / "docs" / "running.md").read_text("utf-8")
    assert {
        each for each in read | named if each not in told and each.replace("IGTOOLKIT_OIDC", "`") not in told
    } == set()


# Files


def test_the_pages_that_take_files_are_those_written_down(cast, client):
    taking = set()
    for template in (ROOT / "igtoolkit" / "web" / "jinja2").rglob("*.jinja"):
        if 'type="file"' in template.read_text("utf-8"):
            taking.add(template.relative_to(ROOT / "igtoolkit" / "web" / "jinja2").as_posix())
    assert taking == {"public/_check_forms.jinja", "register/kinds_upload.jinja"}
    assert [quoted(page)[0] for page, *_ in rows("Files that are taken")] == ["check", "kinds_upload"]
    most = {quoted(page)[0]: (size, unpacked, lines) for page, _, size, unpacked, lines in rows("Files that are taken")}
    assert figures(most["check"][0]) == [LARGEST]
    assert [figures(each)[0] for each in most["kinds_upload"]] == [FILE_MAX, UNPACKED_MAX, ROWS_MAX]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("kinds.csv", b"code,kind\n" + b"x" * FILE_MAX, "over 2 MB"),
        ("kinds.csv", b"MZ\x90\x00\xff\xfe program", "not UTF-8 text"),
        ("kinds.csv", b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "not UTF-8 text"),
        ("kinds.csv", b"<svg onload=alert(1)>", "code"),
        ("kinds.xlsx", b"PK\x03\x04 and no more", "cannot be read as an XLSX workbook"),
        ("kinds.xls", b"\xd0\xcf\x11\xe0 old", "old kind of spreadsheet"),
    ],
)
def test_another_kind_of_file_is_refused_with_words_whatever_its_name(cast, client, name, content, said):
    client.force_login(cast.sam)
    sent = {"file": SimpleUploadedFile(name, content), "source": "A list"}
    response = client.post(reverse("kinds_upload", kwargs=PAGES["kinds_upload"].address), sent)
    assert response.status_code == 422
    assert said in response.content.decode()


# Tries


def limits_in_the_code() -> dict[str, set[tuple[int, int]]]:
    """{what is tried: {(most, seconds)}} of every Limit that the code makes, read from its text."""
    found: dict[str, set[tuple[int, int]]] = {}
    for path in sorted((ROOT / "igtoolkit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Limit":
                module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                most, within = [number for each in node.args[2:] for number in worth(each, module)]
                found.setdefault(node.args[0].value, set()).add((most, within))
    return found


def worth(node: ast.expr, module: object) -> list[int]:
    """What a figure, the name of one, or the name of several stands for."""
    if isinstance(node, ast.Starred):
        return list(getattr(module, node.value.id))
    return [node.value if isinstance(node, ast.Constant) else getattr(module, node.id)]


def test_every_limit_of_tries_in_the_code_is_written_down_with_its_figures():
    told = {quoted(what)[0]: (figures(most), figures(within)) for what, _, most, within in rows("Tries")}
    written = {what: set(zip(most, within, strict=True)) for what, (most, within) in told.items()}
    assert written == limits_in_the_code()


@pytest.mark.parametrize(
    ("what", "most", "within"),
    [(quoted(what)[0], figures(most)[0], figures(within)[0]) for what, _, most, within in rows("Tries")],
)
def test_as_many_tries_as_are_written_down_are_let_through_and_the_next_waits(db, what, most, within, time_machine):
    time_machine.move_to("2026-01-05T09:00:00Z", tick=False)
    limit = [Limit(what, "somebody", most, within)]
    assert {seconds_to_wait(limit) for _ in range(most)} == {0}
    assert 0 < seconds_to_wait(limit) <= within
    time_machine.shift(within)
    assert seconds_to_wait(limit) == 0
