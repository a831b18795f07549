"""The national report in words for paper: the story on its first page, then every count, then every organisation."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from igtoolkit.reports.charts import Chart, national_charts
from igtoolkit.reports.national import Organisation, Report, framework_of, status_of
from igtoolkit.reports.national_made import Made, words
from igtoolkit.reports.national_meanings import MEANINGS, SELF_ASSESSED, SHARE, rests_on
from igtoolkit.reports.national_moved import Moved, Tied
from igtoolkit.reports.national_page import Group, Line, Page, Row
from igtoolkit.reports.national_second_look import Asked as Questions
from igtoolkit.reports.national_second_look import national_second_look
from igtoolkit.reports.national_table import Section, applying, met, sections
from igtoolkit.reports.national_words import change_words, headline, movement, story, trusts
from igtoolkit.standard.words import Stage, Status

Paper = dict[str, Any]

# One letter a status in the long table; what is not submitted is said in words across the row.
LETTERS = {Status.MET: "M", Status.PARTLY_MET: "P", Status.NOT_MET: "N", Status.NOT_APPLICABLE: "–"}
HEADINGS = {
    Status.MET: "Met",
    Status.PARTLY_MET: "Part",
    Status.NOT_MET: "Not",
    Status.NOT_APPLICABLE: "n/a",
    Status.NOT_SUBMITTED: "Not sub.",
}
CODES_SHOWN = 12
NAMES_SHOWN = 24


def national_paper(report: Report, page: Page, made: Made) -> Paper:
    """Everything the paper says, JSON-ready (tests/reports/test_national_pdf.py prints some by hand)."""
    return {
        **_masthead(page, made),
        "statuses": [each.value for each in Status],
        "status_words": {each.value: each.words for each in Status},
        "short": {each.value: words for each, words in HEADINGS.items()},
        "groups": [_group(each) for each in (page.total, *page.groups)],
        "weakest": [_row(each) for each in page.rows],
        "recommendations": [_row(each) for each in sorted(page.rows, key=lambda each: each.number)],
        "pictures": [_picture(each) for each in national_charts(page, later=False).every],
        "moved": _moved(page.moved, page) if page.moved else None,
        "second_look": [_second_look(each) for each in national_second_look(page.year, page.stage)],
        "letters": {letter: status.value for status, letter in LETTERS.items()},
        "numbers": [each.number for each in framework_of(report).recommendations],
        "sections": [_section(each) for each in sections(report)],
        "missing": [_missing(each, several, page) for each, several in page.not_submitted],
        "notes": _notes(report),
    }


def _masthead(page: Page, made: Made) -> Paper:
    address = f"{settings.SITE_ADDRESS.split('://')[-1]}/national/{page.year}/{page.stage.value}/caldicott2"
    return {
        "title": f"Caldicott2 performance report: all trusts, {page.year} {page.stage.words}",
        "demonstration": made.demonstration,
        "work_in_progress": page.stage is not Stage.FINAL,
        "year": page.year,
        "stage": page.stage.words,
        "before": page.before.words if page.before else "",
        "headline": headline(page),
        "story": " ".join(story(page)),
        "any_submitted": bool(page.total.submitted),
        "made_from": words(page, made),
        "digest": f"sha256:{made.sha256}",
        "short_digest": f"sha256:{made.sha256[:12]}",
        "address": address,
    }


def _group(group: Group) -> Paper:
    return {
        "name": group.words,
        "registered": group.registered,
        "submitted": group.submitted,
        "missing": group.missing,
        "late": group.late,
    }


def _row(row: Row) -> Paper:
    """One recommendation: `lines` has all trusts first, then each kind."""
    facts = {"number": row.number, "summary": row.recommendation.summary}
    return {**facts, "lines": [_line(each) for each in (row.total, *row.lines)]}


def _line(line: Line) -> Paper:
    direction = "up" if (line.change or 0) > 0 else "down" if line.change else "same"
    return {
        "counts": [line.counts[each] for each in Status],
        "applying": line.applying,
        "percent": line.percent,
        "change": direction,
        "change_words": change_words(line.change),
    }


def _moved(moved: Moved, page: Page) -> Paper:
    who = f"{trusts(moved.both)} submitted both stages: {movement(moved)}." if moved.both else ""
    return {"words": who, "up": list(_tied(moved.most_up)), "down": list(_tied(moved.most_down))}


def _tied(several: Iterable[Tied]) -> Iterable[Paper]:
    """A line for each that is named, one for each crowd that is only counted."""
    for tied in several:
        if not tied.named:
            crowd = f"{trusts(tied.n)}, each {change_words(tied.change)}"
            yield {"code": "", "name": crowd, "words": ""}
            continue
        for each in tied.movers:
            facts = {"code": each.organisation["code"], "name": each.organisation["name"]}
            yield {**facts, "words": f"{each.then} to {each.now}"}


def _picture(chart: Chart) -> Paper:
    """A chart: its finding, its drawing, what is drawn for those who cannot see it, and what it is taken of."""
    figures = chart.figures
    return {"title": figures.title, "svg": chart.for_paper, "description": figures.description, "note": chart.note}


def _second_look(asked: Questions) -> Paper:
    """The codes are those of the trusts it asks still."""
    more = f" and {asked.open - CODES_SHOWN:,} more" if asked.open > CODES_SHOWN else ""
    noticed = f"{asked.noticed}. Still asked" if asked.open and asked.closed else asked.noticed
    return {"noticed": noticed, "codes": ", ".join([*asked.trusts][:CODES_SHOWN]) + more}


def _section(section: Section) -> Paper:
    submitted = sum(each["submitted"] for each in section.organisations)
    return {
        "name": section.kind.plural,
        "words": f"{submitted:,} of {section.registered:,} submitted",
        "rows": [_organisation(each) for each in section.organisations],
    }


def _organisation(each: Organisation) -> Paper:
    """`letters`: one for each recommendation; empty when it has not submitted."""
    letters = "".join(LETTERS[Status(status_of(each, int(number)))] for number in each["statuses"])
    facts = {"code": each["code"], "name": each["name"], "late": bool(each["late"]), "letters": letters}
    return {**facts, "met": f"{met(each)} of {applying(each)}"}


def _missing(group: Group, several: Sequence[Organisation], page: Page) -> Paper:
    """Those of a kind that have not submitted, `named` unless they are many and the table above names them."""
    trusts = [{"code": each["code"], "name": each["name"]} for each in several]
    facts = {"name": group.words, "words": f"{group.missing:,} of {group.registered:,}", "trusts": trusts}
    return {**facts, "named": len(trusts) <= NAMES_SHOWN or not page.total.submitted}


def _notes(report: Report) -> list[str]:
    meanings = " ".join(f"{status.words}: {words[0].lower()}{words[1:]}" for status, words in MEANINGS.items())
    return [meanings, SHARE, f"{rests_on(framework_of(report))} {SELF_ASSESSED}"]
