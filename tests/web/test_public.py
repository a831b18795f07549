"""Pages that anyone may read: home and its search, Caldicott2, help, accessibility, news, checking a digest."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from igtoolkit.access.scope import digest_exists
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework_for, years
from igtoolkit.records.models import Organisation
from igtoolkit.standard.words import Stage
from igtoolkit.web.finding import SHOWN, find, kind_words, tidy
from igtoolkit.web.news import NEWS
from igtoolkit.web.templates import day
from igtoolkit.web.views.public import STATEMENT_PREPARED
from tests.conftest import make_organisation, register
from tests.web.reading import reading_ease
from tests.worlds import world


def page(client, path: str, **query: str) -> str:
    return client.get(path, query).content.decode()


def rows_of(html: str) -> list[str]:
    return re.findall(r'<tr><td>([^<]*)</td><th scope="row"><bdi>', html)


# Home and its search


def test_home_says_what_the_service_is_and_offers_to_sign_in(db, client):
    html = page(client, "/")
    assert "they score themselves against numbered requirements, with evidence" in html
    assert '<a class="nhsuk-button" href="/sign-in/">Sign in</a>' in html
    assert "Your work" not in html


def test_home_leads_a_trusts_person_to_their_assessments(cast, client):
    register(cast.ada.organisation, year="2016-17")
    client.force_login(cast.ada)
    html = page(client, "/")
    newer = html.index('href="/organisations/DMA001/2016-17/">Your assessment of <span')
    assert newer < html.index('href="/organisations/DMA001/2015-16/">Your assessment of <span')
    assert 'class="nhsuk-button" href="/sign-in/"' not in html


def test_home_leads_the_ndg_reader_to_the_national_reports(cast, client):
    client.force_login(cast.nia)
    html = page(client, "/")
    for stage in ("baseline", "update", "final"):
        assert f'href="/national/2015-16/{stage}/caldicott2/"' in html
    assert 'National report, Performance Update of <span class="nhsuk-u-nowrap">2015-16</span>' in html


def test_home_leads_the_service_team_to_the_kinds_of_each_year(cast, client):
    client.force_login(cast.sam)
    assert "Kinds of organisations in" in page(client, "/")


@pytest.mark.parametrize("asked", ["dma001", "DMA001", "dma0", "trust dma001", "TRUST  DMA001 "])
def test_an_organisation_is_found_by_name_or_code_whatever_its_case(cast, client, asked):
    assert "DMA001" in rows_of(page(client, "/", q=asked))


def test_the_result_says_kind_and_year_and_how_many(cast, client):
    html = page(client, "/", q="dmg")
    assert "<td>General practice</td><td>2015-16</td>" in html
    assert "1 organisation has “dmg” in its name or code." in html


def test_an_organisation_of_no_kind_or_year_yet_is_found_too(db, client):
    make_organisation("AAA1", kind="")
    Organisation.objects.create(code="AAA2", name="Newly named")
    html = page(client, "/", q="aaa")
    assert rows_of(html) == ["AAA1", "AAA2"]
    assert "<td>Kind to be set</td><td>2015-16</td>" in html
    assert "<bdi>Newly named</bdi></th><td></td><td></td>" in html


def test_the_latest_year_is_the_one_told(db):
    made = make_organisation("AAA1", kind="gp")
    register(made, year="2016-17")
    assert [(row.kind, row.year) for row in find("aaa1").rows] == [("Acute trust", "2016-17")]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("St. Osyth's & Brackley Cross (North)", "osyth's & brack"),
        ("100% Care_Trust", "100% care_"),
        ("Ysbyty Tŵr-y-Felin", "TŴR"),
        ("Ysbyty Tŵr-y-Felin", "twr-y-felin"),
        ("TŶ GWYN SURGERY", "ty gwyn"),
        ("TY GWYN SURGERY", "Tŷ Gwyn"),
        ("Больница Северная", "СЕВЕРНАЯ"),
        ("Больница Северная", "больница"),
        ("Straße Clinic", "Straße"),
        ('"Quoted" \\ Trust', '"quoted" \\'),
    ],
)
def test_names_may_hold_anything(db, client, name, asked):
    make_organisation("AAA1", name=name)
    make_organisation("AAA2", name="Another")
    assert rows_of(page(client, "/", q=asked)) == ["AAA1"]


@pytest.mark.parametrize("asked", ["%", "_", "\\"])
def test_signs_of_the_query_language_are_only_signs(db, client, asked):
    make_organisation("AAA1", name="Plain name")
    assert rows_of(page(client, "/", q=asked)) == []


@pytest.mark.parametrize("asked", ["\0", " \t ", "", "a\0" * 500, "\udcff", "x" * 5000])
def test_whatever_is_typed_is_answered(db, client, asked):
    response = client.get("/", {"q": asked.encode("utf-8", "surrogateescape")})
    assert response.status_code == 200


def test_what_is_typed_is_tidied():
    assert tidy("  a\0 \n b\u0301 ") == "a b\u0301"
    assert tidy("e\u0301") == "\u00e9"
    assert len(tidy("x" * 5000)) == 200


def test_what_was_asked_is_escaped_and_kept(db, client):
    html = page(client, "/", q='<b>"x')
    assert "No organisation has “&lt;b&gt;&#34;x” in its name or code." in html
    assert 'value="&lt;b&gt;&#34;x"' in html
    assert "<b>" not in html


def test_at_most_fifty_are_shown_and_all_are_counted(db, client):
    for number in range(SHOWN + 3):
        make_organisation(f"Z{number:03}")
    html = page(client, "/", q="trust z")
    assert rows_of(html) == [f"Z{number:03}" for number in range(SHOWN)]
    assert "53 organisations have “trust z” in their name or code. These are the first 50." in html


def test_exactly_fifty_are_all_of_them(db, client):
    for number in range(SHOWN):
        make_organisation(f"Z{number:03}")
    html = page(client, "/", q="trust z")
    assert "50 organisations have" in html
    assert "the first" not in html


@pytest.mark.parametrize("count", [2, 20, 70])
def test_searching_takes_few_queries_however_many_are_found(db, client, django_assert_max_num_queries, count):
    for number in range(count):
        make_organisation(f"Z{number:03}")
    client.get("/")
    with django_assert_max_num_queries(5):
        page(client, "/", q="trust")


def test_home_takes_one_query_more_for_somebody_signed_in(cast, client, django_assert_num_queries):
    client.force_login(cast.ada)
    with django_assert_num_queries(3):  # session, person, registrations
        page(client, "/")


def test_a_visitors_home_takes_no_query(db, client, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(0):
        page(client, "/")


def test_a_kind_no_framework_names_is_told_by_its_code():
    assert kind_words("moon_base", "2015-16") == "moon_base"
    assert kind_words("acute", "1999-00") == "acute"
    assert kind_words("", "2015-16") == "Kind to be set"


# Caldicott2


def test_all_26_recommendations_are_told(db, client):
    html = page(client, "/caldicott2/")
    assert re.findall(r'id="recommendation-(\d+)"', html) == [str(number) for number in range(1, 27)]


def test_every_condition_is_told_with_its_basis(db, client):
    html = page(client, "/caldicott2/")
    crosswalk = framework_for("2015-16").crosswalk
    conditions = [each for one in crosswalk.recommendations for each in one.conditions]
    assert len(re.findall(r"<li><strong>13-\d+ at ", html)) == len(conditions)
    assert html.count(">Documented: ") == sum(each.basis == "documented" for each in conditions)
    assert html.count(">Our reading: ") == sum(each.basis == "our_reading" for each in conditions)


def test_a_recommendation_says_its_theme_whom_it_falls_on_and_what_it_rests_on(db, client):
    html = page(client, "/caldicott2/")
    first = html[html.index('id="recommendation-1"') : html.index('id="recommendation-2"')]
    assert "People&#39;s rights. Falls on: trusts and national bodies." in first
    assert "13-206 at criterion 3b</strong>" in first
    assert "13-203 at level 3</strong>" in first
    third = html[html.index('id="recommendation-3"') : html.index('id="recommendation-4"')]
    assert "<details" not in third


def test_the_seven_principles_and_four_asks_are_told(db, client):
    html = page(client, "/caldicott2/")
    principles = html[html.index("igt-principles") : html.index('id="asks"')]
    assert principles.count("<li>") == 7
    for theme in ("Leadership", "Sharing for care", "Transparency", "People&#39;s rights"):
        assert f"<dt>{theme}</dt>" in html


# Help


def test_help_tells_every_deadline_of_the_calendar(db, client):
    html = page(client, "/help/")
    for year in years():
        assert f"<caption>{year}</caption>" in html
        for stage in Stage:
            deadline = day(framework_for(year).calendar(year).deadline(stage))
            assert f'<th scope="row">{stage.words}</th><td>{deadline}</td>' in html
    assert "<td>31 October 2015</td>" in html


def test_help_tells_the_kinds_that_have_a_report(db, client):
    html = page(client, "/help/")
    assert "Both exist for acute trusts, mental health trusts and ambulance trusts." in html


def test_help_explains_every_role_and_status(db, client):
    html = page(client, "/help/")
    for role in ("Viewer", "Contributor", "Reviewer", "Administrator", "NDG reader", "Service team"):
        assert f"<dt>{role}</dt>" in html
    for status in ("Met", "Partly met", "Not met", "Not applicable", "Not submitted"):
        assert f"</span> {status}</span></dt><dd>" in html


def part(html: str, anchor: str) -> str:
    """What stands below one heading of a page, as far as the next."""
    return html.partition(f'<h2 id="{anchor}">')[2].partition("<h2 ")[0]


@pytest.mark.parametrize(
    "told",
    [
        "marked <strong>complete</strong> by one person",
        "<strong>confirmed</strong> by a second person",
        "several at once",
        "The senior people are named",
        "<strong>assurance statement</strong>",
        "<strong>declare that one person answers</strong>",
        "A <strong>small body</strong> takes a simpler path",
        "<strong>published at once</strong>",
        "an administrator opens it again",
    ],
)
def test_help_tells_the_way_to_final_and_beyond(db, client, told):
    html = page(client, "/help/")
    assert told in part(html, "final")
    assert "cannot be submitted here yet" not in html


def test_help_tells_how_an_improvement_plan_becomes_a_reviewed_grade(db, client):
    plans = part(page(client, "/help/"), "plans")
    assert "accepts the plan or returns it, with a reason" in plans
    assert "Satisfactory with improvement plan" in plans


def test_help_tells_who_confirms_manages_people_decides_and_sets_kinds(db, client):
    roles = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd>([^<]+)</dd>", part(page(client, "/help/"), "roles")))
    assert "confirms what another person marked complete" in roles["Reviewer"]
    assert "manages the organisation's people" in roles["Administrator"]
    assert "decides on improvement plans" in roles["Service team"]
    assert "Sets the kinds" in roles["Service team"]


def test_help_tells_who_sees_a_published_final_a_sent_plan_and_people(db, client):
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*)</tr>', part(page(client, "/help/"), "who-sees"))
    cells = {name: re.findall(r"<td>([^<]+)</td>", each) for name, each in rows}
    assert cells["Levels, score and grade of a submitted Final"] == ["Yes"] * 5
    assert cells["Improvement plan that was sent"] == ["No", "Yes", "No", "No", "Yes"]
    assert cells["The organisation's people and their logins"] == ["No", "Administrator", "No", "No", "Yes"]


def test_help_leads_to_tokens_and_the_api(db, client):
    programs = part(page(client, "/help/"), "programs")
    assert 'href="/account/tokens/"' in programs
    assert 'href="/api/v1/"' in programs


@pytest.mark.parametrize(
    ("anchor", "told"),
    [
        ("login", ["You are invited by mail", "ten wrong tries"]),
        (
            "second-factor",
            ["Administrators, NDG readers and the service team must have one", "passkey", "Recovery codes"],
        ),
        ("sessions", ["30 minutes", "12 hours", 'href="/account/sessions/"', "revoke your tokens"]),
        ("support-access", ["for up to 24 hours", "It can change nothing", "take it back", "in your audit trail"]),
        ("trail", ["Administrators read the trail of their own organisation", "a file of all trusts", "were refused"]),
    ],
)
def test_help_speaks_of_signing_in_and_of_who_looks_in_plain_words(db, client, anchor, told):
    html = part(page(client, "/help/"), anchor)
    assert [each for each in told if each not in html] == []
    assert reading_ease(html) >= 60


def test_every_link_within_a_page_leads_somewhere(db, client):
    for path in ("/help/", "/caldicott2/", "/accessibility/", "/news/", "/"):
        html = page(client, path)
        for target in re.findall(r'href="#([^"]+)"', html):
            assert f'id="{target}"' in html, (path, target)


# Accessibility


def test_the_statement_has_the_parts_that_the_regulations_ask_for(db, client):
    html = page(client, "/accessibility/")
    for part in (
        "partially compliant",
        "Non-compliance with the accessibility regulations",
        "Disproportionate burden",
        "not within the scope of the accessibility regulations",
        "Feedback and contact",
        "Enforcement procedure",
        "https://www.equalityadvisoryservice.com/",
    ):
        assert part in html
    assert f"prepared on {day(STATEMENT_PREPARED)}" in html


def test_the_statement_covers_the_papers_of_both_reports_and_the_workbook(db, client):
    html = page(client, "/accessibility/")
    assert "the PDF of the board report, and the PDF and the workbook (XLSX) of the national report" in html


def test_the_statement_is_less_than_eleven_months_old():
    assert datetime.now(UTC).date() - STATEMENT_PREPARED < timedelta(days=334), "Review the statement, then its date."


# News


def test_news_stands_newest_first_with_lasting_numbers(db, client):
    html = page(client, "/news/")
    assert [item.number for item in NEWS] == sorted((item.number for item in NEWS), reverse=True)
    assert [item.dated for item in NEWS] == sorted((item.dated for item in NEWS), reverse=True)
    assert re.findall(r'<article class="[^"]*" id="news-(\d+)">', html) == [str(item.number) for item in NEWS]
    assert all(item.dated >= date(2026, 1, 1) for item in NEWS)


def test_home_links_the_latest_news(db, client):
    html = page(client, "/")
    assert f'<a href="/news/#news-{NEWS[0].number}">{NEWS[0].title}</a>' in html


# Checking a digest


@world
def submission(cast, assessment):
    return submit(assessment, Stage.BASELINE, key="k", arrived=clock.now(), by=cast.ada)


@pytest.mark.parametrize("written", ["{}", "sha256:{}", "SHA256:{}"])
def test_a_known_digest_is_known_to_anybody(submission, client, written):
    response = client.get(f"/check/{written.format(submission.digest)}/")
    assert response.status_code == 200
    assert "<h1>This digest is known</h1>" in response.content.decode()


def test_a_digest_in_capitals_or_with_spaces_is_the_same(submission, client):
    spaced = submission.digest[:32].upper() + "%20" + submission.digest[32:]
    assert client.get(f"/check/{spaced}/").status_code == 200


def test_nothing_else_is_told_about_the_submission(submission, client):
    html = page(client, f"/check/{submission.digest}/").lower()
    html = re.sub(r"<select.*</select>", "", html, flags=re.DOTALL)  # every stage can be chosen, whichever it was
    html = re.sub(r'<input type="hidden" name="csrf[^>]*>', "", html)  # drawn at random: it may spell a name
    for told in ("dma001", "trust", "baseline", "2015", "ada", "acute"):
        assert told not in html.replace("baseline and performance update", ""), told


def test_an_unknown_digest_is_not_known(submission, client):
    response = client.get(f"/check/{'0' * 64}/")
    assert response.status_code == 404
    assert "<h1>This digest is not known</h1>" in response.content.decode()


@pytest.mark.parametrize("written", ["abc", "g" * 64, "0" * 63, "0" * 65, "md5:" + "0" * 64, "<b>"])
def test_a_digest_that_is_not_whole_is_explained(db, client, written, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(0):
        response = client.get(f"/check/{written}/")
    assert response.status_code == 404
    assert "<h1>This is not a whole digest</h1>" in response.content.decode()
    assert "<b>" not in response.content.decode()


def test_a_nul_in_an_address_is_nobodys_address(db, client):
    response = client.get("/check/%00/")
    assert response.status_code == 404
    assert response.content == client.get("/nowhere/").content


def test_scope_answers_for_digests(submission):
    assert digest_exists(submission.digest)
    assert not digest_exists("0" * 64)
