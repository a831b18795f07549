"""Bodies that open, close, follow each other, change their code or name, and codes that pass to another."""

from collections import Counter
from datetime import date

import pytest

from igtoolkit.access import scope
from igtoolkit.actions.register import codes, lives
from igtoolkit.actions.register.files import read_organisations
from igtoolkit.actions.register.loading import Loaded, load_organisations
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework
from igtoolkit.records.models import FormerCode, Organisation, Registration, Succession
from igtoolkit.reports.verify import verify
from igtoolkit.standard.words import Stage
from tests.conftest import make_organisation, make_person, register, started

YEAR = "2015-16"
pytestmark = pytest.mark.django_db


def load(rows: str, year: str = YEAR, header: str = "code,name,kind,opened,closed,successor,predecessor,merger date\n"):
    width = header.count(",")
    padded = "".join(f"{each}{',' * (width - each.count(','))}\n" for each in rows.splitlines())
    file = read_organisations((header + padded).encode(), "file.csv", framework("igt-13"))
    assert file.wrong == ()
    return load_organisations(file, year)


def reasons(loaded: Loaded) -> list[str]:
    return [each.reason for each in loaded.wrong]


def organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def faults() -> list[str]:
    return list(verify(Counter()))


# Openings and closings


def test_days_come_from_the_file_and_a_file_without_them_takes_none_away():
    load("R1A,A trust,ACUTE,19910401,20160930\n")
    assert (organisation("R1A").opened, organisation("R1A").closed) == (date(1991, 4, 1), date(2016, 9, 30))
    again = load("R1A,A trust,ACUTE\n")
    assert again.unchanged == 1
    assert organisation("R1A").closed == date(2016, 9, 30)


def test_a_body_that_was_not_there_in_the_year_is_known_and_not_registered(told):
    rows = "R1A,Closed before,ACUTE,19910401,20150331\nR1B,Opened after,ACUTE,20160401\nR1C,There,ACUTE,20160331"
    loaded = load(rows)
    assert (loaded.not_of_year, len(loaded.new), loaded.kinds) == (2, 3, {"acute": 1})
    assert list(Registration.objects.values_list("code", flat=True)) == ["R1C"]
    after = {"name": "Closed before", "opened": "1991-04-01", "closed": "2015-03-31"}
    facts = {"year": YEAR, "before": {}, "after": after}
    assert told(organisation("R1A")) == [("organisation_added", "operator", facts)]
    again = load(rows)
    assert (again.unchanged, again.written) == (3, False)


def test_what_a_file_says_nothing_of_stays():
    load("R1A,A trust,North,ACUTE\n", header="code,name,region,kind\n")
    loaded = load("R1A,A trust\n", header="code,name\n")
    assert loaded.unchanged == 1
    registration = Registration.objects.get()
    assert (registration.region, registration.kind, registration.kind_words) == ("North", "acute", "ACUTE")


def test_a_national_grouping_fills_a_region_that_is_not_known_and_no_other():
    load("R1A,A trust,North\nR1B,B trust,\n", header="code,name,region\n")
    load("R1A,A trust,Y56\nR1B,B trust,Y56\n", header="code,name,national grouping\n")
    assert dict(Registration.objects.values_list("code", "region")) == {"R1A": "North", "R1B": "London"}


def test_figures_that_lost_their_zeros_are_told_by_the_register():
    load("00204,A body,ACUTE\n")
    assert reasons(load("204,A body,ACUTE\n")) == [
        "code 204 is not registered, and 00204 is: look up whether a spreadsheet dropped the zeros"
    ]


# Names


def test_an_older_year_does_not_rename_back():
    load("R1A,New name,ACUTE\n", "2016-17")
    load("R1A,Old name,ACUTE\n")
    assert organisation("R1A").name == "New name"
    assert dict(Registration.objects.values_list("year", "name")) == {"2015-16": "Old name", "2016-17": "New name"}
    assert load("R1A,Old name,ACUTE\n").unchanged == 1
    assert load("R1A,Newest name,ACUTE\n", "2016-17").written
    assert organisation("R1A").name == "Newest name"


def test_a_new_name_in_the_middle_of_a_year(told):
    made = make_organisation("R1A", name="Old name")
    register(made, year="2014-15")
    register(made, year="2016-17")
    lives.rename("r1a", " New  name ", on=date(2015, 10, 1), year=YEAR)
    assert organisation("R1A").name == "New name"
    names = {"2014-15": "Old name", "2015-16": "New name", "2016-17": "New name"}
    assert dict(Registration.objects.values_list("year", "name")) == names
    after = {"name": "New name", "on": "2015-10-01"}
    assert told(made) == [
        ("organisation_renamed", "operator", {"year": YEAR, "before": {"name": "Old name"}, "after": after})
    ]


def test_a_name_of_an_earlier_year_leaves_the_present_one():
    made = make_organisation("R1A", name="Present name", year="2016-17")
    Registration.objects.create(organisation=made, year=YEAR, code="R1A", name="Old name", source="tests")
    lives.rename("R1A", "Better old name", on=date(2015, 10, 1), year=YEAR)
    assert (organisation("R1A").name, made.registrations.get(year="2016-17").name) == ("Present name", "Present name")


# Successions


def test_successions_are_many_to_many_and_dated(told):
    loaded = load(
        "R1A,A trust,ACUTE,,20150930,R1C;R1D\nR1B,B trust,ACUTE,,20150930,R1C\nR1C,C trust,ACUTE\nR1D,D trust,ACUTE"
    )
    assert loaded.successions == 3
    pairs = Succession.objects.values_list("predecessor__code", "successor__code", "on", "source")
    on = date(2015, 10, 1)
    assert sorted(pairs) == [
        ("R1A", "R1C", on, "file.csv"),
        ("R1A", "R1D", on, "file.csv"),
        ("R1B", "R1C", on, "file.csv"),
    ]
    assert told(organisation("R1A"))[-1][2]["after"] == [
        {"code": "R1C", "on": "2015-10-01"},
        {"code": "R1D", "on": "2015-10-01"},
    ]
    assert [each["code"] for each in told(organisation("R1C"))[-1][2]["after"]] == ["R1A", "R1B"]
    assert faults() == []


def test_predecessors_and_the_day_of_the_merger_count_from_the_other_side():
    load("R1A,A trust,ACUTE\nR1B,B trust,ACUTE,,,,R1A,2015-07-01\n")
    assert Succession.objects.get().on == date(2015, 7, 1)
    assert not load("R1A,A trust,ACUTE\nR1B,B trust,ACUTE,,,,R1A,2015-07-01\n").written


def test_a_succession_of_somebody_unknown_is_left_out_and_told():
    loaded = load("R1A,A trust,ACUTE,,20150930,R1Z\n")
    assert [(each.predecessor, each.successor) for each in loaded.unknown] == [("R1A", "R1Z")]
    assert (loaded.written, Succession.objects.count()) == (True, 0)


# Codes that pass on


@pytest.fixture
def passed(cast):
    """DMA001 submitted Baseline in 2015-16, closed, and its code went to another body in 2016-17."""
    submit(started(cast.ada), Stage.BASELINE, key="k", arrived=clock.now(), by=cast.ada)
    lives.close("DMA001", on=date(2016, 4, 30))
    load("DMA001,Another body,ACUTE,2016-06-01\n", "2016-17")
    return organisation("DMA001"), organisation("DMA001~1")


def test_a_code_given_to_another_body_makes_another_organisation(passed, told):
    new, old = passed
    assert (new.name, new.opened, new.code_since) == ("Another body", date(2016, 6, 1), date(2016, 6, 1))
    assert (old.name, old.closed, old.code_since) == ("Trust DMA001", date(2016, 4, 30), date(2016, 6, 1))
    former = FormerCode.objects.get()
    assert (former.organisation, former.code, former.since, former.until) == (old, "DMA001", None, date(2016, 6, 1))
    assert old.registrations.get(year=YEAR).code == "DMA001"
    assert told(old)[-1] == (
        "code_passed_on",
        "operator",
        {"before": {"code": "DMA001"}, "after": {"code": "DMA001~1", "on": "2016-06-01"}},
    )
    assert [each[0] for each in told(new)] == ["organisation_added"]
    assert load("DMA001,Another body,ACUTE,2016-06-01\n", "2016-17").unchanged == 1
    assert faults() == []


def test_a_file_of_the_earlier_year_still_speaks_of_the_earlier_body(passed):
    new, old = passed
    load("DMA001,Its old name,ACUTE\n")
    assert old.registrations.get(year=YEAR).name == "Its old name"
    assert not new.registrations.filter(year=YEAR).exists()
    assert load("DMA001,Another body,ACUTE,2016-06-01\n").not_of_year == 1  # the new one's day, in the old one's year


def test_the_new_bodys_people_never_see_the_old_ones_rows(passed, cast, client):
    new, _ = passed
    register(new, year=YEAR)  # even where somebody registered it for that year
    newcomer = make_person("newcomer", new, "administrator")
    assert scope.find_assessment(newcomer, "DMA001", YEAR).pk is None
    assert scope.find_submission(newcomer, "DMA001", YEAR, "baseline") is None
    client.force_login(newcomer)
    page = client.get("/organisations/DMA001/2015-16/")
    assert page.status_code == 200
    assert "has not been started" in page.content.decode()
    for address in ("baseline/caldicott2/", "baseline/caldicott2.json", "baseline/submitted/", "preview/caldicott2/"):
        assert client.get(f"/organisations/DMA001/2015-16/{address}").status_code in (403, 404)
    assert client.get("/organisations/DMA001~1/2015-16/").status_code == 404


def test_the_old_bodys_people_and_the_ndg_find_its_report_under_the_code_of_that_year(passed, cast, client):
    for person in (cast.ben, cast.nia):
        client.force_login(type(person).objects.get(pk=person.pk))
        report = client.get("/organisations/DMA001/2015-16/baseline/caldicott2.json").json()
        assert (report["organisation"]["code"], report["organisation"]["name"]) == ("DMA001", "Trust DMA001")
    assert scope.find_published("DMA001", "2016-17") is None


def test_another_code_in_the_middle_of_a_year(cast, client, told):
    submit(started(cast.ada), Stage.BASELINE, key="k", arrived=clock.now(), by=cast.ada)
    register(cast.ada.organisation, year="2014-15")
    codes.change_code("dma001", "dma009", on=date(2015, 10, 1))
    assert dict(Registration.objects.filter(organisation=cast.ada.organisation).values_list("year", "code")) == {
        "2014-15": "DMA001",
        "2015-16": "DMA009",
    }
    facts = {"before": {"code": "DMA001"}, "after": {"code": "DMA009", "on": "2015-10-01"}}
    assert told(organisation("DMA009"))[-1] == ("code_changed", "operator", facts)
    client.force_login(type(cast.ada).objects.get(pk=cast.ada.pk))
    for code in ("DMA001", "DMA009"):
        report = client.get(f"/organisations/{code}/2015-16/baseline/caldicott2.json").json()
        assert report["organisation"]["code"] == "DMA001"
    assert faults() == []


def test_a_file_with_the_code_before_the_change_speaks_of_the_same_body():
    make_organisation("R1A", name="A trust")
    codes.change_code("R1A", "R1Z", on=date(2015, 10, 1))
    assert load("R1A,A trust,ACUTE\n").new == ()
    assert Organisation.objects.count() == 1
    assert reasons(load("R1A,A trust,ACUTE\nR1Z,A trust,ACUTE\n")) == [
        "R1Z was a code of R1Z, of which line 2 speaks too: keep one of them"
    ]


def test_a_code_can_be_taken_over_from_a_closed_body(told):
    make_organisation("R1A", name="Old holder")
    make_organisation("R1B", name="New holder")
    lives.close("R1A", on=date(2015, 8, 31))
    codes.change_code("R1B", "R1A", on=date(2015, 9, 1))
    assert organisation("R1A").name == "New holder"
    assert organisation("R1A~1").name == "Old holder"
    assert told(organisation("R1A~1"))[-1][0] == "code_passed_on"
    assert faults() == []


NONSENSE = {
    "an unknown code": (("R9Z", "R1Z", date(2015, 9, 1)), "No organisation has the code 'R9Z'"),
    "the same code": (("R1A", "r1a", date(2015, 9, 1)), "R1A is its code already"),
    "no code": (("R1A", "8E+61", date(2015, 9, 1)), "is a number with an exponent"),
    "somebody's code": (("R1A", "R1B", date(2015, 9, 1)), "R1B is the code of B trust, which is open"),
    "a day to come": (("R1A", "R1Z", date(2999, 9, 1)), "2999-09-01 has not come yet"),
    "a day before it was": (("R1A", "R1Z", date(1990, 9, 1)), "R1A opened on 1991-04-01: give a later day"),
    "a day after it was": (("R1C", "R1Z", date(2015, 9, 1)), "R1C closed on 2015-08-31: give an earlier day"),
    "too early for the code": (("R1A", "R1C", date(2015, 8, 31)), "R1C is the code of C trust until 2015-08-31"),
}


@pytest.mark.parametrize("case", NONSENSE)
def test_a_change_of_code_that_cannot_be_is_refused(case):
    load("R1A,A trust,ACUTE,19910401\nR1B,B trust,ACUTE\nR1C,C trust,ACUTE,,20150831\n")
    (old, new, on), words = NONSENSE[case]
    with pytest.raises(Invalid, match=words.replace("+", r"\+")):
        codes.change_code(old, new, on=on)
    assert not FormerCode.objects.exists()


def test_the_former_holder_of_a_code_is_named():
    make_organisation("R1A", name="A trust")
    codes.change_code("R1A", "R1Z", on=date(2015, 10, 1))
    with pytest.raises(Invalid, match=r"No organisation has the code 'R1A'. A trust \(R1Z\) had it until 2015-10-01"):
        lives.close("R1A", on=date(2015, 12, 31))


def test_a_closing_with_successors(told):
    for code in ("R1A", "R1B", "R1C"):
        make_organisation(code)
    lives.close("R1A", on=date(2015, 9, 30), successors=("r1b", "R1C"))
    assert organisation("R1A").closed == date(2015, 9, 30)
    assert set(Succession.objects.values_list("successor__code", "on")) == {
        ("R1B", date(2015, 10, 1)),
        ("R1C", date(2015, 10, 1)),
    }
    assert [each[0] for each in told(organisation("R1A"))] == ["organisation_closed", "successors_recorded"]
    assert [each[0] for each in told(organisation("R1B"))] == ["predecessors_recorded"]


CLOSINGS = {
    "itself": (("R1A", date(2015, 9, 30), ("R1A",)), "R1A cannot succeed itself"),
    "a closed one": (("R1A", date(2015, 9, 30), ("R1C",)), "R1C closed on 2015-08-31, so it cannot follow"),
    "closed already": (("R1C", date(2015, 9, 30), ()), "R1C closed on 2015-08-31 already"),
    "before it opened": (("R1A", date(1990, 9, 30), ()), "R1A opened on 1991-04-01"),
    "nobody": (("R1A", date(2015, 9, 30), ("R9Z",)), "No organisation has the code 'R9Z'"),
}


@pytest.mark.parametrize("case", CLOSINGS)
def test_a_closing_that_cannot_be_is_refused(case):
    load("R1A,A trust,ACUTE,19910401\nR1C,C trust,ACUTE,,20150831\n")
    (code, on, successors), words = CLOSINGS[case]
    with pytest.raises(Invalid, match=words):
        lives.close(code, on=on, successors=successors)
    assert (Succession.objects.count(), organisation("R1A").closed) == (0, None)


RENAMINGS = {
    "no name": (("R1A", " ", date(2015, 9, 1), YEAR), "No name"),
    "a formula": (("R1A", "=1", date(2015, 9, 1), YEAR), "begins with ="),
    "the same": (("R1A", "A trust", date(2015, 9, 1), YEAR), "is its name already"),
    "another year": (("R1A", "B", date(2015, 9, 1), "2016-17"), "is not registered for 2016-17"),
    "a day of another year": (("R1A", "B", date(2016, 9, 1), YEAR), "2016-09-01 is not in 2015-16"),
}


@pytest.mark.parametrize("case", RENAMINGS)
def test_a_name_that_cannot_be_is_refused(case):
    load("R1A,A trust,ACUTE,19910401\n")
    (code, name, on, year), words = RENAMINGS[case]
    with pytest.raises(Invalid, match=words):
        lives.rename(code, name, on=on, year=year)
    assert organisation("R1A").name == "A trust"
