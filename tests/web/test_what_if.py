"""What if, and asserted and evidenced, as pages: nothing is saved, all of it stands in the address."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from igtoolkit.records.models import AuditEvent, Submission
from igtoolkit.web.pages.what_if import what_if
from tests.reports.board_example import handed_in
from tests.reports.test_evidenced import ACUTE, at, document
from tests.web.reading import form_of, words
from tests.web.test_imported import bring
from tests.worlds import world

TRUST = "/organisations/DMA001/2015-16/"
WHAT_IF = TRUST + "baseline/what-if/"
EVIDENCED = TRUST + "baseline/evidenced/"


@world
def baseline(cast, assessment) -> Submission:
    """The trust that was worked out by hand: 8 of 16 met, 64 percent."""
    return handed_in(assessment, cast.ada)


@pytest.fixture
def read(client, cast, baseline):
    client.force_login(cast.ben)  # looking is enough

    def opened(address):
        response = client.get(address)
        assert response.status_code == 200
        return response

    return opened


def total(response) -> str:
    return re.search(r'data-igt-count="([^"]*)"', response.content.decode())[1]


def link(response, text: str) -> str:
    """The address behind a link."""
    return unescape(re.search(rf'href="([^"]*)"[^>]*>{text}', response.content.decode())[1])


def test_nothing_supposed_says_what_was_submitted(read):
    response = read(WHAT_IF)
    assert total(response) == "8 of 16 would be met; score 64%"
    said = words(response)
    assert "8 of 16 recommendations are met, 3 partly, 5 not." in said
    assert "As recorded: nothing supposed yet" in said
    assert "Nothing is saved and nothing is submitted." in said


def test_a_raised_requirement_moves_the_report_and_nothing_is_kept(read, baseline):
    """112 at level 2 turns 14, and makes 88 points of 135."""
    events = AuditEvent.unscoped.count()
    response = read(WHAT_IF + "?13-112=2")
    assert total(response) == "9 of 16 would be met, 8 now; score 65%"
    (row,) = re.findall(r'<tr role="row" class="what-if-moves">.*?</tr>', response.content.decode(), re.DOTALL)
    read_out = " ".join(re.sub(r"<[^>]+>", " ", row).split())
    assert read_out == "14 Staff are trained to protect and to share ■ Not met ● Met"
    assert form_of(response, "13-112")["13-112"] == ["2"]
    assert total(read(WHAT_IF)) == "8 of 16 would be met; score 64%"
    assert AuditEvent.unscoped.count() == events
    assert Submission.unscoped.get().document == baseline.document


def test_a_criterion_by_itself_is_enough_where_a_condition_asks_for_it_alone(read):
    """202 stands at level 1, and 6 asks for 2c alone: 302 is there already."""
    response = read(WHAT_IF + "?tick=13-202.2c")
    assert total(response) == "9 of 16 would be met, 8 now; score 64%"
    assert form_of(response, "tick")["tick"] == ["13-202.2c"]


def test_what_is_picked_gets_the_smallest_set_with_its_reasons(read):
    """2 asks for 201 at level 3 and 207 at level 2, 20 for 207 at level 2: five criteria, three of them shared."""
    response = read(WHAT_IF + "?pick=2&pick=20")
    said = words(response)
    assert "To turn recommendations 2 and 20: 5 criteria" in said
    assert "Tick 2a, 2b and 2c: level 1 becomes level 2." in said
    assert (
        "recommendation 2 misses 5 and 20 misses 3; what they share is ticked once, which saves 3: together 5." in said
    )
    assert "Recommendation 4 comes with them for nothing more." in said
    tried = read(link(response, "Try this").partition("#")[0])
    assert total(tried).startswith("11 of 16 would be met, 8 now")
    assert "What is raised now turns them already." in words(tried)
    assert form_of(tried, "pick")["pick"] == ["2", "20"]


def test_each_rung_of_the_ladder_does_what_it_says(read):
    html = read(WHAT_IF).content.decode()
    rungs = re.findall(r'href="([^"#]*)#result">Try<span class="nhsuk-u-visually-hidden"> (\d+) more', html)
    assert rungs
    for address, more in rungs:
        assert total(read(unescape(address))).startswith(f"{8 + int(more)} of 16")
    assert rungs[-1][1] == "8"


def test_what_cannot_be_tried_is_left_out_and_said(read):
    response = read(WHAT_IF + "?13-112=2&13-999=3&13-203=1&tick=13-206.9z&pick=5&pick=99&13-112=<b>")
    said = words(response)
    assert total(response).startswith("9 of 16")
    for told in (
        "“13-999” is not a requirement behind these recommendations.",
        "13-203 stands at level 2 and can only be raised: level “1” was left out.",
        "13-206 “9z” cannot be ticked by itself: raise 13-206 to a level instead.",
        "Recommendation 5 is met: there is nothing to turn.",
        "And 1 more.",
    ):
        assert told in said
    assert "<b>" not in response.content.decode()


def test_a_step_of_the_board_report_leads_to_itself_tried(read):
    """The first step brings 202 to level 3, and 6, 8 and 11 become met."""
    board = read(TRUST + "baseline/caldicott2/")
    address = link(board, r"What if\?<span")
    assert address == WHAT_IF + "?13-202=3"
    assert total(read(address)).startswith("11 of 16 would be met, 8 now")


def test_the_draft_and_an_earlier_version_can_be_tried_too(read):
    assert total(read(TRUST + "preview/what-if/?13-112=2")).startswith("9 of 16")
    assert total(read(TRUST + "baseline/1/what-if/?13-112=2")).startswith("9 of 16")
    assert (
        'href="/organisations/DMA001/2015-16/baseline/1/caldicott2/"'
        in read(TRUST + "baseline/1/what-if/").content.decode()
    )


def test_the_reader_for_the_ndg_is_told_nothing_of_evidence(client, cast, baseline):
    client.force_login(cast.nia)
    board = words(client.get(TRUST + "baseline/caldicott2/"))
    assert "evidence" not in board.lower()
    assert "What if" not in board
    for address in (WHAT_IF, EVIDENCED):
        assert client.get(address).status_code == 404


def test_both_sides_stand_beside_each_other_with_what_is_lacking(read):
    """Each requirement has one piece of evidence, for 1a, of June 2015: as evidenced nothing reaches level 1."""
    said = words(read(EVIDENCED))
    assert "from 1 April 2015 to 31 March 2016" in said
    assert "As asserted Every criterion ticked 8 of 16 met" in said
    assert "As evidenced Criteria with evidence of 2015-16 0 of 16 met None of 16 recommendations is met." in said
    html = read(EVIDENCED).content.decode()
    assert '<a href="#work-13-302">13-302</a> 1b' in html
    assert 'id="work-13-302"' in html
    assert f'href="{TRUST}requirements/13-302/"' in html
    line = "8 of 16 met as asserted; none when only criteria with evidence from 2015-16 count."
    assert line in words(read(TRUST + "baseline/caldicott2/"))


def test_the_draft_has_its_own_work_list(read):
    said = words(read(TRUST + "preview/evidenced/"))
    assert "0 of 16 met" in said
    assert "Add it, with its date, to the requirement." in said


def test_an_imported_stage_says_what_is_not_known(client, cast):
    bring(cast.ada.organisation, "Baseline", 2)
    client.force_login(cast.ada)
    said = words(client.get(EVIDENCED))
    assert "These levels came from a file" in said
    assert "As asserted" not in said
    said = words(client.get(WHAT_IF + "?pick=2"))
    assert "which criteria are ticked is not known" in said
    assert "To turn recommendation 2: 1 level" in said
    assert "Bring it from level 2 to level 3, and record its criteria." in said
    assert "the fewest levels to climb" in said
    assert "when only criteria with evidence" not in words(client.get(TRUST + "baseline/caldicott2/"))


def test_imported_levels_are_raised_by_level_and_counted_in_levels():
    """302 at level 1 and 206 at level 3 from a file: 5 waits for a level, 1 for the criteria of 206 recorded."""
    levels = {"13-302": 1, "13-206": 3, "13-203": 3, "13-205": 2}
    said = document(*({"requirement": code, "ticked": None, "level": n} for code, n in levels.items()))
    page = what_if(said, [("13-206", "3"), ("pick", "5"), ("13-302", "1")])
    assert not page.ground.known
    assert (page.before.met, page.after.met) == (2, 3)  # 7 and 9 by 203, then 1
    assert page.moved == [1]
    assert page.smallest.amount == "1 level"
    assert [part.doing for part in page.smallest.parts] == ["Bring it from level 1 to level 2, and record its criteria"]
    assert "only levels are counted" in " ".join(page.smallest.reasons)
    assert page.rungs[0].amount == "0 levels"
    assert [part.short for part in page.rungs[0].parts] == ["its criteria recorded"]
    assert (page.rungs[0].becoming, page.rungs[0].query) == ("1", "13-206=3")
    assert page.supposed.left_out == []


def test_a_rung_that_costs_no_less_than_the_next_is_left_out():
    """2, 4 and 20 all wait for level 2 of 207: one more or two more would take the same three criteria as three."""
    named = {each.requirement for one in ACUTE.recommendations for each in one.conditions}
    page = what_if(document(*(at(code, 1 if code == "13-207" else 3) for code in sorted(named))), [])
    assert [(each.more, each.amount) for each in page.rungs] == [(3, "3 criteria")]


def test_a_choice_says_which_criteria_come_with_it_and_a_name_says_its_status_once(read):
    html = read(WHAT_IF).content.decode()
    assert '<option value="2">Level 2 (with 2a, 2b, 2c)</option>' in html
    assert re.search(r"<option value=\"3\">Level 3 \(with \d+ criteria\)</option>", html) is None
    (label,) = re.findall(r'<label for="pick-14">(.*?)</label>', html)
    heard = re.sub(r'<span class="igt-mark[^>]*aria-hidden="true">.</span>', "", label)
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", heard)) == "14 Staff are trained to protect and to share not met"


def test_where_all_is_met_there_is_no_ladder_and_nothing_to_pick():
    named = {each.requirement for one in ACUTE.recommendations for each in one.conditions}
    page = what_if(document(*(at(code, 3) for code in sorted(named))), [("pick", "1")])
    assert (page.fields, page.open, page.rungs, page.smallest) == ([], [], [], None)
    assert page.supposed.left_out == ["Recommendation 1 is met: there is nothing to turn."]


@pytest.mark.parametrize("address", [WHAT_IF + "?pick=1&pick=2&13-202=3", EVIDENCED, TRUST + "preview/what-if/"])
def test_queries_are_few(read, address):
    read(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read(address)
    assert len(asked) <= 12
