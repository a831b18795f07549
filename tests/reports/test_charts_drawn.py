"""The pictures themselves: fit for a page, named, the same for the same figures, and told apart by every eye."""

import re
import subprocess
import sys
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.core.cache import caches

from igtoolkit.reports.charts import drawn
from igtoolkit.reports.charts.drawn import Figures, pictures, svg
from igtoolkit.reports.charts.looks import BARS, DOTS, INK, PAPER, QUIET, STAGES
from igtoolkit.reports.charts.sheet import wrapped

ROWS = [
    {"number": 8, "summary": "Consent decisions are recorded", "met": 3, "partly_met": 2, "not_met": 1, "applying": 6},
    {"number": 11, "summary": "People can object", "met": 0, "partly_met": 0, "not_met": 5, "applying": 5},
    {"number": 15, "summary": "A Guardian and leads", "met": 6, "partly_met": 0, "not_met": 0, "applying": 6},
]
AVERAGES = [
    {"heading": "By region"},
    {"name": "A & <b> $x$ \x07 region \u202e", "average": 9.5, "size": "many", "words": ["9.5", "20 trusts"]},
    {"name": "Elsewhere", "average": 9.5, "size": "few", "words": ["9.5", "1 trust"]},
]
STEP = {"year": "2015-16", "stage": "final", "average": 9.0, "words": "9.0", "submitted": 4}
DATA = {
    "distribution": {"rows": [{**each, "percent": "50%"} for each in ROWS], "usual": 6},
    "movement": {
        "rows": [{**each, "shares": {"baseline": 0.0, "final": 1.0}, "percent": "100%"} for each in ROWS],
        "stages": {"baseline": "Baseline", "final": "Final"},
    },
    "places": {"rows": AVERAGES, "average": 9.5, "average_words": "all trusts 9.5", "most": 16},
    "trend": {"runs": [[{**STEP, "average": None, "words": ""}], [STEP, {**STEP, "year": "2016-17"}]], "most": 16},
}


def read(written) -> ElementTree.Element:
    return ElementTree.fromstring(written)  # noqa: S314 (our own drawing)


def figures(kind) -> Figures:
    return Figures(kind, "A finding & <more>", "What is drawn", DATA[kind])


@pytest.fixture(scope="module", params=[(kind, form) for kind in DATA for form in ("wide", "narrow")], ids="-".join)
def picture(request):
    """(kind, form, the SVG as written)"""
    kind, form = request.param
    return kind, form, svg(figures(kind), form)


def test_a_picture_is_named_described_and_as_large_as_its_place(picture):
    kind, form, written = picture
    root = read(written)
    named = {each.get("id"): each.text for each in root[:2]}
    assert named == {f"igt-{kind}-{form}-title": "A finding & <more>", f"igt-{kind}-{form}-desc": "What is drawn"}
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", f"igt-{kind}-{form}-title")
    assert root.get("width") is root.get("height") is None
    assert root.get("viewBox").startswith("0 0 600 " if form == "wide" else "0 0 300 ")


def test_nothing_in_a_picture_needs_inline_style_or_script(picture):
    *_, written = picture
    root = read(written)
    tags = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert tags <= {"svg", "title", "desc", "path", "text", "defs", "use", "pattern", "rect"}
    names = {name for each in root.iter() for name in each.attrib}
    assert not any(name == "style" or name.startswith("on") or "}" in name for name in names)


def test_ids_are_a_picture_s_own_and_each_reference_finds_one(picture):
    kind, form, written = picture
    ids = re.findall(r'id="([^"]+)"', written)
    assert len(ids) == len(set(ids))
    assert all(each.startswith(f"igt-{kind}-{form}-") for each in ids)
    used = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', written)
    assert {a or b for a, b in used} <= set(ids)


def test_the_same_figures_give_the_same_bytes(picture):
    kind, form, written = picture
    assert svg(figures(kind), form) == written


def test_words_stay_words_and_nobody_s_name_is_markup(picture):
    kind, _, written = picture
    text = " ".join("".join(each.itertext()) for each in read(written).iter() if each.tag[-4:] == "text")
    if kind == "places":
        assert "A & <b> $x$ □ region" in text.replace("  ", " ")
    if kind == "movement":
        assert "People can object" in text
        assert "100%" in text


def test_a_part_that_is_nobody_is_not_drawn():
    def marks(row):
        data = {"rows": [{**row, "percent": "50%"}], "usual": 6}
        return svg(Figures("distribution", "T", "D", data)).count("<path")

    three, two = ({**ROWS[2], "met": 4, "partly_met": n, "not_met": 2 - n} for n in (1, 2))
    assert marks(three) == marks(two) + 1, "not met, with nobody in it, has no bar"


def test_a_stage_that_had_nothing_to_be_met_has_no_dot():
    def dots(written):
        return written.count("<use")

    everything = {"runs": [[STEP], [STEP, {**STEP, "year": "2016-17"}]], "most": 16}
    assert dots(svg(Figures("trend", "T", "D", everything))) == 3
    assert dots(svg(figures("trend"))) == 2


def test_the_line_joins_the_stages_of_a_year_and_not_its_years():
    def lines(*years):
        run = [{**STEP, "year": year} for year in years]
        return svg(Figures("trend", "T", "D", {"runs": [run], "most": 16})).count("<path")

    joined, apart = lines("2015-16", "2015-16"), lines("2014-15", "2015-16")
    assert joined == apart  # one line fewer, and one more under the second year


def test_a_narrow_picture_has_short_words_for_stages_and_none_where_they_would_touch():
    def words(n, form):
        data = {"runs": [[{**STEP, "stage": "baseline"}] * n], "most": 16}
        drawn = read(svg(Figures("trend", "T", "D", data), form)).iter()
        return {"".join(each.itertext()) for each in drawn if each.tag[-4:] == "text"}

    assert "Base." in words(6, "narrow")
    assert not {"B", "Base.", "Baseline"} & words(9, "narrow")
    assert "Baseline" in words(6, "wide")


def test_a_picture_is_drawn_once_and_again_for_other_figures(monkeypatch):
    caches["drawings"].clear()
    made = []
    monkeypatch.setitem(drawn.DRAWINGS, "trend", lambda data, form: made.append(form) or "<svg viewBox='0 0 1 1'/>")
    assert pictures(figures("trend")) == pictures(figures("trend"))
    assert made == ["wide", "narrow"]
    pictures(Figures("trend", "Another finding", "What is drawn", DATA["trend"]))
    assert len(made) == 4


def test_the_drawing_library_is_loaded_by_a_drawing_and_not_before():
    script = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup();"
        "import igtoolkit.config.urls, igtoolkit.reports.charts; sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_lines_are_no_wider_than_their_room_unless_one_word_is():
    assert wrapped("The public is told", 10, 60) == ["The public", "is told"]
    assert wrapped("Incomprehensibilities", 10, 20) == ["Incomprehensibilities"]
    assert wrapped("", 10, 20) == [""]


# ---- seen without colour, and by colour-blind people ----

# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB; grey is luminance alone.
SEEN_BY = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def luminance(colour, eyes) -> float:
    """Relative luminance (0-1) of #rrggbb as these eyes see it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    seen = [min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SEEN_BY[eyes]]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), seen, strict=True))


def contrast(one, other, eyes) -> float:
    low, high = sorted(luminance(each, eyes) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("together", [BARS, STAGES, DOTS], ids=["bars", "stages", "dots"])
def test_marks_that_stand_together_differ_in_more_than_colour(together, eyes):
    for one, other in combinations(together.values(), 2):
        shaped = (one.hatch, one.shape) != (other.hatch, other.shape)
        assert shaped or contrast(one.fill, other.fill, eyes) >= 3
    for each in together.values():
        assert contrast(each.edge, PAPER, eyes) >= 3


def test_met_stands_out_from_what_is_beside_it_for_every_eye():
    for eyes in SEEN_BY:
        assert min(contrast(BARS["met"].fill, BARS[each].fill, eyes) for each in ("partly_met", "not_met")) >= 4.5


@pytest.mark.parametrize("colour", [INK, QUIET])
def test_words_can_be_read(colour):
    assert min(contrast(colour, PAPER, eyes) for eyes in SEEN_BY) >= 4.5
