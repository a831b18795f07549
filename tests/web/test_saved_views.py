"""Saved views of the national report, as its readers keep, find, open, change and delete them."""

import pytest
from django.test import Client

from igtoolkit.actions.views import change_view, delete_view, save_view
from igtoolkit.records.models import Organisation, Registration, SavedView
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_person
from tests.reports.small_nation import report_at, trust
from tests.web.reading import form_of, title, words
from tests.worlds import world

REPORT = f"/national/{YEAR}/update/caldicott2/"
LIST, SAVE = "/national/views/", "/national/views/save/"
ASKED = "kind=acute&region=North&sort=met&direction=desc"
NOTE = "Look at DMA007 first.\nThen ask the others."

pytestmark = pytest.mark.django_db


@pytest.fixture
def nia():
    return make_person("nia", reads_for_ndg=True)


@pytest.fixture
def nils():
    return make_person("nils", reads_for_ndg=True)


@world
def nation():
    report_at(trust("DMA001", name="Northmoor"), Stage.UPDATE, 3)
    trust("DMA002", name="Southwell", region="South")


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def saved(by, query: str = ASKED, name: str = "Acute in the North", note: str = NOTE, stage="update") -> SavedView:
    return save_view(name=name, note=note, year=YEAR, stage=stage, query=query, by=by)


def address(view: SavedView, more: str = "") -> str:
    return f"{LIST}{view.pk}/{more}"


def save_link(page) -> str:
    html = page.content.decode()
    return html.split(f'href="{SAVE}', 1)[1].split('"', 1)[0].replace("&amp;", "&")


def test_what_the_report_is_asked_is_kept_and_opened_again(nia, nation):
    client = browser(nia)
    form = client.get(SAVE + save_link(client.get(f"{REPORT}?{ASKED}&page=1&nonsense=1")))
    assert "Acute trusts, region North, most recommendations met first" in words(form)
    said = {**form_of(form, "name"), "name": "Acute in the North", "note": NOTE.replace("\n", "\r\n")}
    told = client.post(SAVE, said)
    (view,) = SavedView.objects.all()
    assert (view.query, view.year, view.stage, view.note) == (ASKED, YEAR, "update", NOTE)
    assert told.url == address(view)
    opened = client.get(told.url)
    assert opened.url == f"{REPORT}?kind=acute&region=North&sort=met&direction=desc&view={view.pk}"
    page = client.get(opened.url)
    assert "Saved: Acute in the North." in words(page)
    assert "Saved view Acute in the North Look at DMA007 first. Then ask the others." in words(page)
    assert "Saved by you, " in words(page)
    assert "1 trust of 2 matches" in words(page)


def test_unknown_values_and_names_are_dropped(nia, nation):
    query = "?year=2015-16&stage=update&kind=dentist&region=Mars&late=perhaps&view=7&page=3&sort=code&q=+north+"
    form = form_of(browser(nia).get(SAVE + query), "name")
    assert form["query"] == ["q=north"]
    forged = {**form, "query": "kind=acute&evil=1&sort=rank", "name": "x"}
    assert browser(nia).post(SAVE, forged).status_code == 302
    assert SavedView.objects.get().query == "kind=acute"


@pytest.mark.parametrize("place", ["", "?year=2012-13&stage=update", "?year=2015-16&stage=preview", "?year=x&stage=y"])
def test_a_view_of_no_report_is_not_found(nia, place):
    assert browser(nia).get(SAVE + place).status_code == 404


@pytest.mark.parametrize(
    ("given", "field"), [({"name": " "}, "name"), ({"note": "x" * 10_000}, "note"), ({"name": "é" * 101}, "name")]
)
def test_what_cannot_be_kept_stays_on_the_screen_with_what_to_do(nia, nation, given, field):
    client = browser(nia)
    form = form_of(client.get(f"{SAVE}?year={YEAR}&stage=update&{ASKED}"), "name")
    page = client.post(SAVE, {**form, "name": "North", "note": NOTE, **given})
    assert page.status_code == 422
    assert title(page).startswith("Error: ")
    assert f'<a href="#{field}">' in page.content.decode()
    kept = form_of(page, "name")
    assert kept[field] == [given[field]]
    assert kept["query"] == [ASKED]
    assert not SavedView.objects.exists()


def test_every_reader_finds_ones_own_first_and_the_others_with_who_and_the_first_line(nia, nils, nation):
    saved(nia)
    saved(nils, name="Late ones", note="", query="late=yes")
    told = words(browser(nia).get(LIST))
    own, other = told.index("Acute in the North"), told.index("Late ones")
    assert own < other
    assert "Look at DMA007 first …" in told
    assert "Then ask the others." not in told
    assert "2015-16 Performance Update" in told
    assert "Late: yes" in told
    page = browser(nia).get(LIST).content.decode()
    assert "<bdi>Nils</bdi>" in page
    assert page.count("/edit/") == page.count("/delete/") == 1


def test_another_reader_opens_it_and_may_not_change_it(nia, nils, nation):
    view, client = saved(nia), browser(nils)
    page = client.get(client.get(address(view)).url)
    assert "Saved view Acute in the North" in words(page)
    assert "Saved by Nia, " in words(page)
    assert "Change its name or note" not in words(page)
    for more in ("edit/", "delete/"):
        assert client.get(address(view, more)).status_code == client.post(address(view, more)).status_code == 403
    assert SavedView.objects.get().version == 1


def test_the_link_gives_nobody_else_anything(nia, nation):
    view = saved(nia)
    ada = Organisation.objects.get(code="DMA001").people.get()
    for person in (ada, make_person("sam", serves=True)):
        answers = [browser(person).get(path) for path in (address(view), f"{REPORT}?view={view.pk}", REPORT)]
        assert [each.status_code for each in answers] == [403] * 3
        assert len({each.content for each in answers}) == 1
    assert Client().get(address(view)).url == f"/sign-in/?next={address(view)}"


def test_a_view_that_is_not_there_is_not_found_and_its_report_has_none(nia, nation):
    client = browser(nia)
    for more in ("", "edit/", "delete/"):
        assert client.get(f"{LIST}99/{more}").status_code == 404
    assert client.get(f"{LIST}{'9' * 40}/").status_code == 404
    for key in ("99", "x", "٣", "-1", "9" * 40):
        page = client.get(REPORT, {"view": key})
        assert page.status_code == 200
        assert "Saved view " not in words(page)


def test_a_report_asked_something_else_says_so(nia, nation):
    view = saved(nia)
    page = browser(nia).get(f"{REPORT}?kind=ambulance&view={view.pk}")
    assert "This page asks something else than the view keeps. Open it as it was saved" in words(page)
    page = browser(nia).get(f"{REPORT}?view={view.pk}&direction=desc&sort=met&region=North&kind=acute")
    assert "asks something else" not in words(page)


def test_a_region_or_a_trust_that_is_gone_is_said(nia, nation):
    region, searched = saved(nia, "region=South"), saved(nia, "q=southwell")
    Registration.objects.filter(code="DMA002").delete()
    client = browser(nia)
    told = words(client.get(client.get(address(region)).url))
    assert "Part of it is gone: there is no region “South” in this report any more." in told
    assert "1 trust, by kind and then by code." in told.replace(" ,", ",")
    told = words(client.get(client.get(address(searched)).url))
    assert "No trust matches it now. What it looked for may have closed, merged or taken another name." in told


def test_a_report_that_is_gone_leaves_the_note_readable(nia, nils):
    view = saved(nia)
    SavedView.objects.update(year="1999-00")
    told = browser(nia).get(address(view), follow=True)
    assert "There is no report of 1999-00 Performance Update any more." in words(told)
    assert form_of(told, "note")["note"] == [NOTE]
    told = browser(nils).get(address(view), follow=True)
    assert "There is no report of 1999-00 Performance Update any more." in words(told)
    assert "Acute in the North" in words(told)


def test_it_is_renamed_and_a_stale_form_shows_both_and_loses_nothing(nia, nation):
    view, client = saved(nia), browser(nia)
    mine = {**form_of(client.get(address(view, "edit/")), "name"), "name": "Mine", "note": "My words."}
    change_view(view, name="Theirs", note="Other words.", version=1, by=nia)
    page = client.post(address(view, "edit/"), mine)
    assert page.status_code == 409
    assert "You saved this view in another window" in words(page)
    assert "Name Theirs Mine Note Other words. My words." in words(page)
    again = form_of(page, "name")
    assert (again["name"], again["note"]) == (["Mine"], ["My words."])
    assert client.post(address(view, "edit/"), again).url == address(view)
    assert SavedView.objects.get().note == "My words."


def test_deleting_asks_first_and_again_when_it_changed(nia, nation):
    view, client = saved(nia), browser(nia)
    page = client.get(address(view, "delete/"))
    assert "Delete this saved view?" in words(page)
    assert "Then ask the others." in words(page)
    form = form_of(page, "version")
    change_view(view, name="Renamed", note="", version=1, by=nia)
    page = client.post(address(view, "delete/"), form)
    assert page.status_code == 409
    assert "is not deleted" in words(page)
    assert client.post(address(view, "delete/"), form_of(page, "version")).url == LIST
    assert not SavedView.objects.exists()
    assert "Deleted: Renamed." in words(client.get(LIST))


def test_what_was_deleted_in_the_meantime_is_said_with_what_was_typed(nia, nation):
    view, client = saved(nia), browser(nia)
    mine = {**form_of(client.get(address(view, "edit/")), "name"), "note": "My words."}
    delete_view(view, version=1, by=nia)
    page = client.post(address(view, "edit/"), mine)
    assert page.status_code == 409
    assert "Nothing was saved. What you typed: Name Acute in the North Note My words." in words(page)
    assert client.post(address(view, "edit/")).status_code == 404


def test_awkward_names_and_notes_are_only_words(nia, nation):
    view = saved(nia, name="<b>=cmd|x</b>", note="<script>alert(1)</script>")
    for path in (LIST, f"{REPORT}?{ASKED}&view={view.pk}", address(view, "edit/"), address(view, "delete/")):
        html = browser(nia).get(path).content.decode()
        assert "<b>=cmd" not in html
        assert "<script>alert" not in html


def test_the_list_takes_the_same_queries_for_two_views_and_for_twenty(nia, nils, django_assert_num_queries):
    client = browser(nia)
    for n in range(2):
        saved((nia, nils)[n % 2], name=f"View {n}")
    client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)
    for n in range(2, 60):
        saved((nia, nils)[n % 2], name=f"View {n}")
    with django_assert_num_queries(4):
        page = client.get(LIST)
    assert "Page 1 of 2" in words(page)
