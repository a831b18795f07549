"""What stands around every page: header, demonstration banner, messages, footer, marks and controls."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from django.test import Client

from igtoolkit.records import clock
from igtoolkit.records.models import Demonstration
from igtoolkit.standard.words import Grade, Status

WORKING_DAY = datetime(2015, 10, 20, 8, tzinfo=UTC)


@pytest.fixture
def demonstration(db, time_machine):
    """A demonstration whose clock says 20 October 2015 at 09:00 in London, while the machine's stands still."""
    time_machine.move_to(datetime(2026, 1, 5, 12, tzinfo=UTC), tick=False)
    Demonstration.objects.create(clock_starts=WORKING_DAY, began=datetime.now(UTC))
    clock.demonstration.cache_clear()
    yield
    clock.demonstration.cache_clear()


def page(client: Client, path: str = "/help/") -> str:
    return client.get(path).content.decode()


def header_of(html: str) -> str:
    return html[html.index("<header") : html.index("</header>")]


def made(source: str, **facts: object) -> str:
    imports = "{% import 'macros/forms.jinja' as forms %}{% import 'macros/marks.jinja' as marks %}"
    return engines["jinja2"].from_string(imports + source).render(facts)


def test_a_page_says_its_language_and_fits_a_phone(db, client):
    html = page(client)
    assert html.startswith('<!doctype html>\n<html lang="en-GB">')
    assert '<meta name="viewport" content="width=device-width, initial-scale=1' in html
    assert "<title>Help – IG Toolkit</title>" in html


def test_a_page_holds_no_inline_script_or_style(db, client):
    for path in ("/", "/help/", "/caldicott2/", "/sign-in/"):
        html = page(client, path)
        assert "<style" not in html
        assert " style=" not in html
        assert re.findall(r"<script(?![^>]* src=)", html) == []


def test_the_skip_link_leads_to_the_main_content(db, client):
    html = page(client)
    assert 'href="#maincontent">Skip to main content' in html
    assert html.index("Skip to main content") < html.index("<header")
    assert html.count('id="maincontent"') == 1


def test_the_footer_says_how_long_the_page_took(db, client):
    assert re.search(r"This page took \d+\.\d\d seconds to make\.", page(client))


def test_the_footer_links_help_accessibility_caldicott2_and_news(db, client):
    footer = page(client).split("<footer")[1]
    for path in ("/help/", "/accessibility/", "/caldicott2/", "/news/"):
        assert f'href="{path}"' in footer


def test_a_visitor_is_offered_to_sign_in(db, client):
    header = header_of(page(client))
    assert '<a class="igt-header__link" href="/sign-in/">Sign in</a>' in header
    assert "Sign out" not in header
    assert "Your assessment" not in header


def test_a_signed_in_person_is_named_with_their_place_and_signs_out_by_post(cast, client):
    client.force_login(cast.ada)
    header = header_of(page(client))
    assert "<bdi>Ada</bdi>" in header
    assert "<bdi>Administrator at Trust DMA001 (DMA001)</bdi>" in header
    assert '<form method="post" action="/sign-out/"><input type="hidden" name="csrfmiddlewaretoken"' in header
    assert 'href="/sign-in/"' not in header


def test_a_page_tells_scripts_one_person_from_another_without_saying_who(cast, client):
    told = []
    for person in (cast.con, cast.rex, cast.con):
        client.force_login(person)
        told += re.findall(r'<body[^>]* data-igt-who="([0-9a-f]{64})">', page(client))
    assert told[0] == told[2] != told[1]
    client.logout()
    assert ' data-igt-who="">' in page(client)


def test_the_menu_leads_to_the_persons_own_assessment_of_the_year(cast, client, demonstration):
    client.force_login(cast.ada)
    assert 'href="/organisations/DMA001/2015-16/">Your assessment</a>' in header_of(page(client))


def test_the_menu_leads_the_ndg_reader_to_the_national_report(cast, client, demonstration):
    client.force_login(cast.nia)
    header = header_of(page(client))
    assert 'href="/national/2015-16/baseline/caldicott2/">National report</a>' in header
    assert "Your assessment" not in header


def test_the_menu_leads_home_while_no_year_is_open(cast, client):
    client.force_login(cast.ada)
    assert 'href="/">Your assessment</a>' in header_of(page(client))


def test_the_service_team_has_neither_in_its_menu(cast, client):
    client.force_login(cast.sam)
    header = header_of(page(client))
    assert "Service team" in header
    assert "Your assessment" not in header
    assert "National report" not in header


def test_the_page_one_is_on_is_marked_in_the_menu(db, client):
    assert 'href="/help/" aria-current="page"' in header_of(page(client))


def test_the_header_of_a_signed_in_person_adds_no_query(cast, client, django_assert_num_queries):
    page(client)
    client.force_login(cast.ada)
    with django_assert_num_queries(2):  # the session, and the person with their organisation
        page(client)


def test_names_are_escaped_in_the_header(cast, client):
    cast.ada.name = "<script>alert(1)</script>"
    cast.ada.save()
    client.force_login(cast.ada)
    header = header_of(page(client))
    assert "<script>" not in header
    assert "&lt;script&gt;" in header


def test_a_demonstration_is_marked_on_every_page_with_its_clock(client, demonstration):
    for path in ("/", "/help/", "/caldicott2/", "/accessibility/", "/news/", "/sign-in/", "/check/no/"):
        html = page(client, path)
        assert "<strong>Demonstration</strong> Invented organisations and scores." in html
        assert "Its clock says 20 October 2015 at 09:00." in html


def test_the_clock_on_a_page_is_the_rules_own_at_each_page(client, demonstration, monkeypatch):
    assert "Its clock says 20 October 2015 at 09:00." in page(client)
    monkeypatch.setattr(clock, "now", lambda: WORKING_DAY + timedelta(hours=3))
    assert "Its clock says 20 October 2015 at 12:00." in page(client)


def test_a_real_service_carries_no_such_mark(db, client):
    assert "Demonstration" not in page(client)


def test_a_way_back_stands_in_a_landmark_of_its_own(db, client):
    assert '<nav class="igt-crumbs" aria-label="Way back">' in page(client, "/sign-in/forgotten/")
    assert "igt-crumbs" not in page(client, "/help/")


@pytest.mark.parametrize("status", Status)
def test_a_status_is_a_shape_and_a_word_and_a_colour(status):
    html = made("{{ marks.status(code) }}", code=status.value)
    assert f"igt-status--{status.value}" in html
    assert f'aria-hidden="true">{status.mark}</span> {status.words}</span>' in html


def test_the_shapes_are_all_different():
    assert len({status.mark for status in Status}) == len(Status)


def test_a_bare_mark_says_its_word_to_those_who_listen():
    assert '<span class="nhsuk-u-visually-hidden">Partly met</span>' in made("{{ marks.mark('partly_met') }}")


def test_an_unknown_status_is_no_status():
    with pytest.raises(ValueError, match="nearly_met"):
        made("{{ marks.status('nearly_met') }}")


def test_a_level_is_told_in_words_and_pips():
    assert made("{{ marks.level(2) }}").endswith('aria-hidden="true">■■□</span> Level 2</span>')
    assert "Level 0" in made("{{ marks.level(0) }}")
    assert "Not scored" in made("{{ marks.level(none) }}")


def test_a_grade_is_told_in_words():
    assert "Not satisfactory" in made("{{ marks.grade(code) }}", code=Grade.NOT_SATISFACTORY)
    assert made("{{ marks.grade(none) }}") == ""


def test_what_is_wrong_is_told_first_and_beside_the_field():
    errors = {"comment": "Comment must be 10,000 characters or fewer"}
    html = made(
        "{{ forms.error_summary(errors) }}{{ forms.textarea('comment', 'Comment', value, errors, hint='In words') }}",
        errors=errors,
        value="<b>",
    )
    assert '<h2 class="nhsuk-error-summary__heading">There is a problem</h2>' in html
    assert '<a href="#comment">Comment must be 10,000 characters or fewer</a>' in html
    assert 'id="comment-error"><span class="nhsuk-u-visually-hidden">Error: </span>Comment must' in html
    assert 'aria-describedby="comment-hint comment-error"' in html
    assert "&lt;b&gt;</textarea>" in html


def test_nothing_wrong_has_no_summary():
    assert made("{{ forms.error_summary({}) }}").strip() == ""


def test_a_text_that_begins_with_an_empty_line_keeps_it():
    html = made("{{ forms.textarea('comment', 'Comment', value) }}", value="\nsecond line")
    assert 'rows="5">\n\nsecond line</textarea>' in html


def test_a_password_is_never_written_back():
    assert "secret" not in made("{{ forms.text_input('password', 'Password', 'secret', type='password') }}")


def test_a_date_keeps_what_was_typed_and_its_error_leads_to_the_day():
    html = made(
        "{{ forms.date_input('due', 'Due', typed, {'due': 'There is no 31 February'}) }}",
        typed={"day": "31", "month": "2", "year": "2016"},
    )
    assert 'id="due" name="due-day" type="text" inputmode="numeric" value="31"' in html
    assert 'name="due-month" type="text" inputmode="numeric" value="2"' in html
    assert 'name="due-year" type="text" inputmode="numeric" value="2016"' in html
    assert '<fieldset class="nhsuk-fieldset" role="group" aria-describedby="due-error">' in html


def test_checkboxes_keep_their_ticks():
    html = made("{{ forms.checkboxes('ticked', 'Criteria', rows, ['1b']) }}", rows=[("1a", "One"), ("1b", "Two")])
    assert 'id="ticked" name="ticked" type="checkbox" value="1a">' in html
    assert 'id="ticked-1b" name="ticked" type="checkbox" value="1b" checked>' in html


def test_a_choice_keeps_what_was_chosen():
    html = made("{{ forms.select('target', 'Target', [('', 'None'), (2, 'Level 2')], '2') }}")
    assert '<option value="2" selected>Level 2</option>' in html


def test_buttons_say_which_was_pressed():
    html = made("{{ forms.button('Save and mark complete', 'secondary', 'then', 'complete') }}")
    assert 'type="submit" name="then" value="complete">Save and mark complete</button>' in html
