"""One requirement's page: read, saved by plain posts, and never a typed word lost."""

from datetime import UTC, date, datetime
from html import unescape

import pytest

from igtoolkit.access import scope
from igtoolkit.actions.answers import answer_to, save_answer
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment
from igtoolkit.standard.words import Stage
from igtoolkit.web.views import requirement as views
from tests.conftest import make_organisation, record, started, up_to
from tests.web.reading import form_of, title, words

PLACE = "/organisations/DMA001/2015-16/"
PAGE = PLACE + "requirements/13-202/"
CODE = "13-202"


@pytest.fixture(autouse=True)
def summer(monkeypatch):
    """1 July 2015 in the morning."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2015, 7, 1, 9, 0, tzinfo=UTC))


@pytest.fixture
def con(client, cast, assessment):
    """A contributor's browser."""
    client.force_login(cast.con)
    return client


def recorded(cast, code=CODE):
    return answer_to(scope.find_assessment(cast.ada, "DMA001", "2015-16"), code)


def row(criterion="2a", index=0, note="Poster", link="", dated=(3, 6, 2015), **more):
    """The fields of one row of evidence, as a browser sends them."""
    field = f"evidence-{criterion}-{index}"
    parts = dict(zip(("day", "month", "year"), map(str, dated), strict=True))
    told = {f"{field}-note": note, f"{field}-link": link, **{f"{field}-dated-{part}": parts[part] for part in parts}}
    return {**told, **{f"{field}-{name}": value for name, value in more.items()}}


def test_the_page_says_what_is_asked_and_why(con, assessment):
    asked = assessment.framework.requirement(CODE)
    page = words(con.get(PAGE))
    for text in (asked.title, asked.statement, asked.why, *asked.summaries.values()):
        assert text in page
    for each in asked.criteria:
        assert f"{each.code} {each.text}" in page
        assert each.maintenance or all(example in page for example in each.evidence)
    assert "in our words" in page


def test_a_code_is_found_whatever_its_case_and_another_is_not(con):
    assert con.get(PAGE.replace("DMA001", "dma001")).status_code == 200
    for code in ("13-999", "13-2020", "202", "%00", "13-202%0A"):
        assert con.get(f"{PLACE}requirements/{code}/").status_code == 404
    assert con.post(f"{PLACE}requirements/13-999/", {"version": "0"}).status_code == 404


def test_a_save_is_recorded_and_told_after_a_redirect(con, cast):
    told = con.post(PAGE, {"ticked": ["1a", "1b"], "comment": "Written in May.", "version": "0"})
    assert (told.status_code, told.url) == (302, PAGE)
    assert recorded(cast).comment == "Written in May."
    shown = con.get(PAGE)
    assert title(shown).startswith("Saved: 13-202")
    page = words(shown)
    assert "13-202 saved: level 1." in page
    assert "Last saved by Con, 1 July 2015 at 10:00" in page
    assert "13-202 saved" not in words(con.get(PAGE))
    assert title(con.get(PAGE)).startswith("13-202 ")


def test_the_page_shows_the_level_and_what_the_next_one_needs(con, assessment, cast):
    page = con.get(PAGE)
    assert "Not scored Level 1 still needs: 1a" in words(page)
    record(assessment, {CODE: 2}, by=cast.con)
    page = con.get(PAGE)
    assert "■■□ Level 2 Level 3 still needs: 3a" in words(page)
    assert '<a href="#criterion-3a">' in page.content.decode()
    assert 'id="criterion-3a"' in page.content.decode()
    save_answer(assessment, CODE, Said(ticked=up_to(assessment, CODE, 3)), version=1, by=cast.con)
    assert "■■■ Level 3 Nothing more is needed." in words(con.get(PAGE))


def test_the_recommendations_that_rest_on_it_are_named(con, assessment, cast):
    record(assessment, {CODE: 2}, by=cast.con)
    page = words(con.get(PAGE))
    assert "what rests on it: Caldicott2 recommendations 6, 8 and 11" in page
    assert "Caldicott2 recommendations that rest on 13-202" in page
    assert "6 No legal basis means a breach, and the board hears: needs 2c, which holds" in page
    assert "8 Consent decisions are recorded and respected: needs 3a, which does not hold" in page
    assert "rests on it" not in words(con.get(f"{PLACE}requirements/13-604/"))


def test_a_maintenance_criterion_says_whether_it_applies(con, cast, monkeypatch):
    assert "Does not apply this year" in words(con.get(PAGE))
    assert 'value="3c"' not in con.get(PAGE).content.decode()
    monkeypatch.setattr(Assessment, "maintained", frozenset({CODE}))
    page = con.get(PAGE)
    assert "Applies: this requirement was at level 3 in last year’s Final." in words(page)
    assert 'value="3c"' in page.content.decode()


def test_evidence_is_added_changed_and_removed(con, cast):
    con.post(
        PAGE, {"version": "0", **row(), **row(index=1, note="", link="https://e.example/a"), **row("1a", 0, "Plan")}
    )
    assert [(each.criterion, str(each), each.dated) for each in recorded(cast).evidence_list()] == [
        ("1a", "Plan", date(2015, 6, 3)),
        ("2a", "Poster", date(2015, 6, 3)),
        ("2a", "https://e.example/a", date(2015, 6, 3)),
    ]
    sent = form_of(con.get(PAGE), "version")
    sent["evidence-2a-0-note"] = ["Poster on every ward"]
    sent["evidence-2a-1-remove"] = ["1"]
    assert con.post(PAGE, sent).status_code == 302
    assert [str(each) for each in recorded(cast).evidence_list()] == ["Plan", "Poster on every ward"]


def test_a_recorded_link_can_be_followed_and_goes_nowhere_else(con):
    con.post(PAGE, {"version": "0", **row(link="https://e.example/a?b=1&c=2")})
    html = con.get(PAGE).content.decode()
    assert (
        '<a class="igt-evid__link" href="https://e.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">' in html
    )


def test_the_page_as_it_stands_can_be_sent_back_and_changes_nothing(con, cast):
    con.post(PAGE, {"version": "0", "ticked": ["1a"], "comment": "\n Two\r\nlines \n", **row(), "then": "complete"})
    sent = form_of(con.get(PAGE), "version")
    assert con.post(PAGE, sent).status_code == 302
    answer = recorded(cast)
    assert (answer.version, answer.is_complete, answer.comment) == (1, True, "\n Two\nlines \n")
    assert "nothing had changed, so nothing was saved" in words(con.get(PAGE))


def test_add_another_saves_nothing_and_keeps_everything_typed(con, cast):
    typed = {"version": "0", "ticked": ["1a"], "comment": "Typed", "target_date-day": "x", **row(note="Half a row")}
    page = con.post(PAGE, {**typed, "add": "2a"})
    assert page.status_code == 200
    assert title(page).startswith("Not saved yet: ")
    sent = form_of(page, "version")
    assert {name: sent[name] for name in typed} == {
        **{name: [value] for name, value in typed.items()},
        "ticked": ["1a"],
    }
    assert sent["evidence-2a-1-note"] == [""]
    assert 'name="evidence-2a-1-note" rows="2" autofocus>' in page.content.decode()
    assert recorded(cast).pk is None
    again = form_of(con.post(PAGE, {**sent, "add": "2a"}), "version")
    assert "evidence-2a-2-note" in again


def test_marking_complete_and_going_on(con, cast):
    con.post(PAGE, {"ticked": ["1a"], "version": "0", "then": "complete"})
    page = words(con.get(PAGE))
    assert "13-202 saved and marked complete: level 0." in page
    assert "Complete marked by Con, 1 July 2015 at 10:00" in page
    con.post(PAGE, {"ticked": ["1a"], "version": "1", "then": "not_complete"})
    assert not recorded(cast).is_complete
    assert con.post(PAGE, {"ticked": ["1b"], "version": "2", "then": "next"}).url == f"{PLACE}requirements/13-203/"
    last = f"{PLACE}requirements/13-604/"
    assert title(con.get(f"{PLACE}requirements/13-203/")).startswith("13-202 saved: 13-203 ")
    assert con.post(last, {"not_yet": "1", "version": "0", "then": "next"}).url == PLACE


def test_save_and_next_goes_to_the_next_of_those_the_list_was_narrowed_to(con, assessment, cast):
    record(assessment, {"13-203": 2}, by=cast.con)
    page = con.get(PAGE, {"show": "unscored"})
    assert "Save and next in “Not scored”" in words(page)
    assert f'href="{PLACE}?show=unscored"' in page.content.decode()
    sent = {**form_of(page, "version"), "ticked": ["1a"]}
    assert sent["show"] == ["unscored"]
    assert con.post(PAGE, {**sent, "then": "next"}).url == f"{PLACE}requirements/13-205/?show=unscored"
    assert con.post(PAGE, {**sent, "then": "save"}).url == f"{PAGE}?show=unscored"
    last = f"{PLACE}requirements/13-604/"
    then = {"not_yet": "1", "version": "0", "then": "next", "show": "unscored"}
    assert con.post(last, then).url == f"{PLACE}?show=unscored"
    assert con.post(PAGE, {**sent, "then": "next", "show": "\x00"}).url == f"{PLACE}requirements/13-203/"


@pytest.mark.parametrize("month", ["2", "02", "Feb", "february", "FEB.", "Febr"])
def test_a_month_may_be_a_word(con, cast, month):
    target = {"target_level": "3", "target_date-day": "1", "target_date-month": month, "target_date-year": "2016"}
    for _ in range(2):
        assert con.post(PAGE, {"version": "0", **target, **row(dated=(3, month, 2015))}).status_code == 302
    answer = recorded(cast)
    assert (answer.target_date, answer.version) == (date(2016, 2, 1), 1)
    assert [each.dated for each in answer.evidence_list()] == [date(2015, 2, 3)]
    page = con.post(PAGE, {"version": "0", "comment": "Later", **target, **row(dated=(3, month, 2015))})
    assert con.post(PAGE, form_of(page, "version")).status_code == 302
    assert len(recorded(cast).evidence_list()) == 1


@pytest.mark.parametrize("month", ["ma", "Febuary", "0", "13", ".", "2."])
def test_a_month_that_is_none_is_kept_as_typed(con, month):
    page = con.post(PAGE, {"version": "0", **row(dated=(3, month, 2015))})
    assert "Date must be a real date, for example 31 3 2016" in words(page)
    assert form_of(page, "version")["evidence-2a-0-dated-month"] == [month]


def test_not_relevant_is_offered_where_it_is_offered(con, cast):
    assert 'name="not_relevant"' not in con.get(PAGE).content.decode()
    page = f"{PLACE}requirements/13-209/"
    assert 'name="not_relevant"' in con.get(page).content.decode()
    refused = con.post(page, {"version": "0", "not_relevant": "1"})
    assert "Give the reason why this requirement is not relevant" in words(refused)
    con.post(page, {"version": "0", "not_relevant": "1", "reason": "Nothing leaves the UK."})
    assert recorded(cast, "13-209").not_relevant
    assert "Where it stands Not relevant" in words(con.get(page))


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"ticked": ["1a", "4a"]}, "ticked", "13-202 has no criterion 4a: tick only the criteria listed here"),
        ({"target_level": "4"}, "target_level", "Target level must be 1, 2 or 3"),
        ({"target_level": "three"}, "target_level", "Target level must be 1, 2 or 3"),
        (
            {"target_level": "3", "target_date-day": "1", "target_date-month": "6", "target_date-year": "2015"},
            "target_date",
            "Target date must be today or in the future",
        ),
        (
            {"target_level": "3", "target_date-day": "31", "target_date-month": "2", "target_date-year": "2016"},
            "target_date",
            "Target date must be a real date, for example 31 3 2016",
        ),
        (
            {"target_level": "3", "target_date-day": "٣", "target_date-month": "2", "target_date-year": "2016"},
            "target_date",
            "Target date must be a real date, for example 31 3 2016",
        ),
        (
            {"target_level": "3", "target_date-month": "2"},
            "target_date",
            "Target date must include a day and a year",
        ),
        (
            {"target_level": "3", "target_date-day": "1", "target_date-month": "2", "target_date-year": "16"},
            "target_date",
            "Target date must have a year of four numbers",
        ),
        ({"owner": "x" * 101}, "owner", "Owner must be 100 characters or fewer; it has 101"),
        ({"comment": "x" * 10_001}, "comment", "Comment must be 10,000 characters or fewer; it has 10,001"),
        ({"comment": "the minutes\x00"}, "comment", "after “the minutes”: remove it or type it again"),
        (row(link="javascript:alert(1)"), "evidence-2a-0-link", "Link must be a web address that begins with https://"),
        (row(note="", link=""), "evidence-2a-0-note", "Describe the evidence, or give a link to it"),
        (row(dated=(30, 2, 2015)), "evidence-2a-0-dated", "Date must be a real date"),
        (row(dated=(2, 7, 2015)), "evidence-2a-0-dated", "The date the evidence is from must be today or in the past"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(con, cast, given, field, said):
    typed = {"version": "0", "ticked": ["1a"], "comment": "Typed with care", "not_yet": "1", **row("3b", 4, "Survey")}
    page = con.post(PAGE, {**typed, **given})
    assert page.status_code == 422
    assert title(page).startswith("Error: ")
    assert f'<a href="#{field}">' in page.content.decode()
    assert f'id="{field}-error"' in page.content.decode()
    assert page.content.decode().count(f'id="{field}"') == 1
    place = f"Evidence for {field.split('-')[1]}: " if field.startswith("evidence") else ""
    assert f"{place}{said[:1].lower() if place else said[:1]}{said[1:]}" in words(page)
    assert said in words(page).split("Error: ", 2)[-1]
    sent = form_of(page, "version")
    for name, value in {**typed, **given}.items():
        kept = [each for each in value if each != "4a"] if isinstance(value, list) else [value.replace("\x00", "\x00")]
        assert sent[name] == kept, name
    assert recorded(cast).pk is None


def test_every_error_is_listed_in_the_order_of_the_page(con, assessment):
    wrong = {
        "version": "0",
        "comment": "\x01",
        "target_level": "9",
        **row("3a", link="x"),
        **row("1b", note="", link=""),
        "ticked": sorted(up_to(assessment, CODE, 1)),
        "not_yet": "1",
    }
    html = con.post(PAGE, wrong).content.decode()
    fields = ["evidence-1b-0-note", "not_yet", "evidence-3a-0-link", "comment", "target_level"]
    places = [html.index(f'<a href="#{field}">') for field in fields]
    assert places == sorted(places)


@pytest.mark.parametrize("sent", [b"comment=%ED%A0%80", b"comment=%FF%FE", b"ticked=%ED%A0%80", b"version=%00"])
def test_a_lone_surrogate_and_a_broken_encoding_are_no_failure(con, sent):
    answered = con.generic("POST", PAGE, b"version=0&" + sent, content_type="application/x-www-form-urlencoded")
    assert answered.status_code in (302, 422)
    assert con.get(PAGE).status_code == 200


def test_a_stale_save_shows_both_texts_and_keeps_the_typed_one(con, assessment, cast):
    record(assessment, {CODE: 1}, by=cast.con)
    mine = form_of(con.get(PAGE), "version")
    theirs = Said(
        ticked=frozenset({"1a", "1b", "2a"}),
        comment="Ada's words",
        evidence=(
            *(EvidenceSaid(e.criterion, e.note, e.link, e.dated, e.pk) for e in recorded(cast).evidence_list()),
            EvidenceSaid("2b", note="Register of flows", dated=date(2015, 6, 9)),
        ),
        target_level=3,
        target_date=date(2015, 12, 1),
    )
    save_answer(assessment, CODE, theirs, version=1, by=cast.ada)
    page = con.post(
        PAGE, {**mine, "comment": "Con's words", "ticked": ["1a", "1b", "3a"], **row("2c", 0, "Board paper")}
    )
    assert page.status_code == 409
    told = words(page)
    assert "Ada saved 13-202 on 1 July 2015 at 10:00, after you opened it." in told
    assert "Ticked by them and not by you: 2a. Ticked by you and not by them: 3a." in told
    assert "Comment Ada's words Con's words" in told
    assert "Target Level 3 by 1 December 2015 Nothing" in told
    assert "2b: Register of flows · 9 June 2015 2c: Board paper · 3 June 2015" in told
    assert recorded(cast).comment == "Ada's words"
    sent = form_of(page, "version")
    assert (sent["comment"], sent["ticked"], sent["version"]) == (["Con's words"], ["1a", "1b", "3a"], ["2"])
    assert con.post(PAGE, sent).status_code == 302
    answer = recorded(cast)
    assert (answer.comment, answer.ticked) == ("Con's words", ["1a", "1b", "3a"])
    assert {each.note for each in answer.evidence_list()} == {
        "Minutes of the group",
        "Register of flows",
        "Board paper",
    }


def test_evidence_removed_by_somebody_else_is_new_in_a_stale_form(con, assessment, cast):
    con.post(PAGE, {"version": "0", **row()})
    mine = form_of(con.get(PAGE), "version")
    save_answer(assessment, CODE, Said(comment="Cleared out."), version=1, by=cast.ada)
    page = con.post(PAGE, mine)
    assert page.status_code == 409
    assert con.post(PAGE, form_of(page, "version")).status_code == 302
    assert [each.note for each in recorded(cast).evidence_list()] == ["Poster"]


def test_evidence_saved_by_an_earlier_click_is_not_doubled_by_a_later_one(con, cast):
    con.post(PAGE, {"version": "0", **row()})
    page = con.post(PAGE, {"version": "0", "comment": "An afterthought", **row()})
    assert page.status_code == 409
    assert title(page).startswith("Changed in another window: ")
    assert "You saved this in another window" in words(page)
    assert "You saved 13-202 on 1 July 2015 at 10:00" in words(page)
    assert "omebody else" not in words(page)
    assert con.post(PAGE, form_of(page, "version")).status_code == 302
    answer = recorded(cast)
    assert (answer.comment, [each.note for each in answer.evidence_list()]) == ("An afterthought", ["Poster"])


def test_a_double_click_saves_once_and_doubles_no_evidence(con, cast):
    for _ in range(2):
        assert con.post(PAGE, {"version": "0", "ticked": ["1a"], **row()}).status_code == 302
    answer = recorded(cast)
    assert (answer.version, len(answer.evidence_list())) == (1, 1)


def test_a_form_that_names_no_version_overwrites_nothing(con, assessment, cast):
    record(assessment, {CODE: 1}, by=cast.ada)
    for version in ({}, {"version": ""}, {"version": "-1"}, {"version": "9" * 5_000}, {"version": "٢"}):
        assert con.post(PAGE, {"comment": "Mine", **version}).status_code == 409
    assert recorded(cast).comment == ""


def test_a_viewer_reads_everything_and_has_no_form(client, assessment, cast):
    record(assessment, {CODE: 2}, by=cast.con)
    client.force_login(cast.ben)
    page = client.get(PAGE)
    assert "Ticked: 2c" in words(page)
    assert "Not ticked: 3a" in words(page)
    assert "Minutes of the group" in words(page)
    assert "Contributors, reviewers and administrators of your organisation record answers." in words(page)
    assert 'name="version"' not in page.content.decode()
    assert client.post(PAGE, {"version": "1"}).status_code == 403


def test_a_closed_assessment_takes_no_more_answers(con, assessment, cast):
    scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
    assert "Final has been submitted, so answers can no longer change." in words(con.get(PAGE))
    assert con.post(PAGE, {"ticked": ["1a"], "version": "0"}).status_code == 409
    assert assessment.standings() == {}


@pytest.mark.parametrize("button", [{}, {"add": "2a"}, {"then": "next"}])
def test_what_was_typed_while_final_was_submitted_is_given_back_and_not_saved(con, assessment, cast, button):
    record(assessment, {CODE: 1}, by=cast.con)
    before = answer_to(assessment, CODE).facts()
    typed = {
        "version": "1",
        "ticked": ["1a", "2a"],
        "target_level": "3",
        "comment": "Two weeks' <b>work</b>",
        **row("2a", note="Poster of June", dated=(31, 2, "x")),
    }
    scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
    page = con.post(PAGE, {**typed, **button})
    assert page.status_code == 409
    assert title(page).startswith("Not saved: ")
    assert "Final was submitted meanwhile, so this was not saved" in words(page)
    html = page.content.decode()
    given = unescape(html[html.index('id="unsaved"') : html.index("</textarea>")])
    for each in (
        "Criteria ticked: 1a, 2a",
        "Evidence for 2a: Poster of June · 31 2 x",
        "Comment: Two weeks' <b>work</b>",
    ):
        assert each in given
    assert "Target: level 3, by no date" in given
    assert "<b>work" not in html
    assert answer_to(assessment, CODE).facts() == before
    con.force_login(cast.ben)
    assert con.post(PAGE, typed).status_code == 403
    con.force_login(cast.cleo)
    assert con.post(PAGE, typed).status_code == 404


def test_final_submitted_between_the_door_and_the_save_loses_nothing_either(con, assessment, cast, monkeypatch):
    def after_final(*given, **named):
        scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
        return save_answer(*given, **named)

    monkeypatch.setattr(views, "save_answer", after_final)
    page = con.post(PAGE, {"version": "0", "comment": "Two weeks of work"})
    assert page.status_code == 409
    assert "Comment: Two weeks of work" in page.content.decode()
    assert "answers can no longer change" in words(page)


def test_before_the_start_the_requirement_can_be_read(client, cast):
    client.force_login(cast.cleo)
    page = client.get("/organisations/DMA002/2015-16/requirements/13-202/")
    assert "This assessment has not been started" in words(page)


def test_hostile_text_is_shown_as_text(con, cast):
    con.post(PAGE, {"version": "0", "comment": "</textarea><script>alert(1)</script>", **row(note="<b>\u202e&amp;")})
    html = con.get(PAGE).content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;\u202e&amp;amp;" in html
    assert form_of(con.get(PAGE), "version")["comment"] == ["</textarea><script>alert(1)</script>"]


def test_the_queries_are_as_many_with_much_evidence_as_with_none(con, cast, django_assert_max_num_queries):
    con.get(PAGE)
    with django_assert_max_num_queries(12) as few:
        con.get(PAGE)
    rows = {name: value for index in range(30) for name, value in row("2a", index).items()}
    con.post(PAGE, {"version": "0", **rows})
    con.get(PAGE)
    with django_assert_max_num_queries(12) as many:
        con.get(PAGE)
    assert len(recorded(cast).evidence_list()) == 30
    assert len(many) <= len(few) + 1  # nothing recorded: no evidence to ask for


def test_another_kinds_set_has_its_own_requirements(client, cast):
    person = cast.cleo
    make_organisation("DMA002")
    started(person)
    client.force_login(person)
    assert client.get("/organisations/DMA002/2015-16/requirements/13-202/").status_code == 200
    client.force_login(cast.dev)
    assert client.get("/organisations/DMG001/2015-16/requirements/13-202/").status_code == 404
