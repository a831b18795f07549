"""The national form: every registered trust, what each said, and counts that agree with it."""

import csv
import json
from collections import Counter
from datetime import date
from io import StringIO

import pytest

from igtoolkit.records.models import FormerCode, Organisation, Registration, RollUp
from igtoolkit.reports import national as module
from igtoolkit.reports.national import NoSuchReport, earlier_statuses, national_bytes, national_report
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_organisation
from tests.reports.small_nation import NUMBERS, report_at, statuses, trust
from tests.worlds import world

KINDS = ["acute", "mental_health", "ambulance"]
NONE = {"met": 0, "partly_met": 0, "not_met": 0, "not_applicable": 0, "not_submitted": 0}

pytestmark = pytest.mark.django_db


@world
def nation():
    """Two acute trusts at levels 3 and 2 (the second late), a third with nothing; a mental health trust at 0."""
    report_at(trust("DMA001", name="Ashby", region="North"), Stage.BASELINE, 3)
    report_at(trust("DMA003", name="Calder", region="South"), Stage.BASELINE, 2, late=True)
    trust("DMA002", name="Bell", region="")
    report_at(trust("DMM001", kind="mental_health", name="Dune"), Stage.BASELINE, 0)
    make_organisation("DMG001", kind="gp")


def counts(report, number: int):
    return next(each["counts"] for each in report["recommendations"] if each["number"] == number)


def csv_of(stage: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(national_bytes(YEAR, stage, "csv").decode(), newline="")))


def test_the_form_is_as_designed(nation):
    report = national_report(YEAR, "baseline")
    assert list(report) == [
        "report", "year", "stage", "framework", "crosswalk", "kinds", "recommendations", "organisations",
    ]  # fmt: skip
    assert [report[name] for name in ("report", "year", "stage", "framework", "crosswalk", "kinds")] == [
        "national", YEAR, "baseline", "igt-13", "caldicott2-1", KINDS,
    ]  # fmt: skip
    assert [each["number"] for each in report["recommendations"]] == list(NUMBERS)


def test_organisations_come_in_code_order_with_what_each_said(nation):
    assert national_report(YEAR, "baseline")["organisations"] == [
        {"code": "DMA001", "name": "Ashby", "kind": "acute", "region": "North",
         "submitted": True, "late": False, "statuses": statuses(3)},
        {"code": "DMA002", "name": "Bell", "kind": "acute", "region": "",
         "submitted": False, "late": None, "statuses": {}},
        {"code": "DMA003", "name": "Calder", "kind": "acute", "region": "South",
         "submitted": True, "late": True, "statuses": statuses(2)},
        {"code": "DMM001", "name": "Dune", "kind": "mental_health", "region": "North",
         "submitted": True, "late": False, "statuses": statuses(0)},
    ]  # fmt: skip


def test_counts_by_kind_have_all_five_statuses(nation):
    report = national_report(YEAR, "baseline")
    assert counts(report, 1) == {
        "acute": {**NONE, "met": 1, "partly_met": 1, "not_submitted": 1},
        "mental_health": {**NONE, "not_met": 1},
        "ambulance": NONE,
    }
    assert counts(report, 11) == {
        "acute": {**NONE, "met": 1, "not_met": 1, "not_submitted": 1},
        "mental_health": {**NONE, "not_met": 1},
        "ambulance": NONE,
    }
    assert counts(report, 25)["acute"] == {**NONE, "met": 2, "not_submitted": 1}


@pytest.mark.parametrize(("first", "corrected"), [(0, 3), (3, 0)])
def test_a_correction_counts_once_and_keeps_the_first_lateness(nation, first, corrected):
    by = trust("DMA004")
    report_at(by, Stage.BASELINE, first)
    by.organisation.name = "Renamed since"
    by.organisation.save()
    report_at(by, Stage.BASELINE, corrected, late=True, reason="A slip")
    report = national_report(YEAR, "baseline")
    (found,) = [each for each in report["organisations"] if each["code"] == "DMA004"]
    assert (found["name"], found["late"], found["statuses"]) == ("Renamed since", False, statuses(corrected))
    met = 1 + (corrected == 3)
    assert counts(report, 11)["acute"] == {**NONE, "met": met, "not_met": 3 - met, "not_submitted": 1}


def test_a_stage_nobody_submitted_says_not_submitted_everywhere(nation):
    report = national_report(YEAR, "final")
    assert {each["submitted"] for each in report["organisations"]} == {False}
    assert all(
        each["counts"] == {
            "acute": {**NONE, "not_submitted": 3},
            "mental_health": {**NONE, "not_submitted": 1},
            "ambulance": NONE,
        }
        for each in report["recommendations"]
    )  # fmt: skip
    rows = csv_of("final")
    assert len(rows) == 4 * 16
    assert {each["status"] for each in rows} == {"not_submitted"}


def test_who_submitted_is_named_as_on_that_day_and_who_did_not_as_registered(nation):
    Organisation.objects.filter(code__in=["DMA001", "DMA002"]).update(name="Renamed since that year")
    Registration.objects.filter(organisation__code__in=["DMA001", "DMA002"]).update(name="Renamed", region="West")
    found = {
        each["code"]: (each["name"], each["region"]) for each in national_report(YEAR, "baseline")["organisations"]
    }
    assert found["DMA001"] == ("Ashby", "North")
    assert found["DMA002"] == ("Renamed", "West")


@pytest.mark.parametrize(
    ("facts", "listed"),
    [
        ({"closed": date(2015, 7, 30)}, False),
        ({"closed": date(2015, 7, 31)}, True),
        ({"opened": date(2015, 8, 1)}, False),
        ({"opened": date(2015, 7, 31)}, True),
    ],
)
def test_a_trust_that_was_not_open_on_the_last_day_is_not_one_that_did_not_submit(nation, facts, listed):
    Organisation.objects.filter(code__in=["DMA001", "DMA002"]).update(**facts)
    found = {each["code"]: each["submitted"] for each in national_report(YEAR, "baseline")["organisations"]}
    assert ("DMA002" in found) is listed
    assert found["DMA001"] is True  # it did submit, and that stays counted


def test_a_trust_goes_by_its_code_of_that_year(nation):
    changed = Organisation.objects.get(code="DMA001")
    FormerCode.objects.create(organisation=changed, code="DMA001", until=date(2016, 5, 1))
    Organisation.objects.filter(pk=changed.pk).update(code="NEW01", code_since=date(2016, 5, 1))
    found = {each["code"]: each["submitted"] for each in national_report(YEAR, "baseline")["organisations"]}
    assert (found.get("DMA001"), "NEW01" in found) == (True, False)


def test_a_year_without_reported_kinds_has_no_national_report(db):
    with pytest.raises(NoSuchReport, match="No kind of organisation has a Caldicott2 report in 2013-14"):
        national_report("2013-14", "baseline")


def test_a_trust_whose_kind_changed_after_it_submitted_is_counted_once(nation):
    Registration.objects.filter(organisation__code="DMA001").update(kind="mental_health")
    report = national_report(YEAR, "baseline")
    assert [each["kind"] for each in report["organisations"] if each["code"] == "DMA001"] == ["acute"]
    assert sum(sum(each.values()) for each in counts(report, 1).values()) == 4


@pytest.mark.parametrize("stage", ["baseline", "update", "final"])
def test_totals_reconcile_between_counts_organisations_csv_and_json(nation, stage):
    report = national_report(YEAR, stage)
    rows = csv_of(stage)
    assert json.loads(national_bytes(YEAR, stage, "json")) == report
    in_rows = Counter((int(each["recommendation"]), each["kind"], each["status"]) for each in rows)
    in_counts = Counter(
        {
            (each["number"], kind, status): n
            for each in report["recommendations"]
            for kind, by_status in each["counts"].items()
            for status, n in by_status.items()
            if n
        }
    )
    assert in_rows == in_counts
    assert len(rows) == 16 * len(report["organisations"])


def test_the_csv_has_a_row_for_each_organisation_and_recommendation(nation):
    text = national_bytes(YEAR, "baseline", "csv").decode()
    assert text.startswith(
        "year,stage,framework,crosswalk,organisation_code,organisation_name,kind,region,submitted,late,"
        "recommendation,summary,theme,status\r\n"
        "2015-16,baseline,igt-13,caldicott2-1,DMA001,Ashby,acute,North,true,false,1,"
        '"People can see their records, and who has looked",rights,met\r\n'
    )
    assert "\r\n2015-16,baseline,igt-13,caldicott2-1,DMA002,Bell,acute,,false,,11," in text


def test_a_name_that_looks_like_a_formula_is_made_safe_in_the_csv_and_kept_in_the_json():
    trust("DMA001", name="=cmd|'/c calc'!A1", region="@SUM(A1)")
    (row, *_) = csv_of("baseline")
    assert (row["organisation_name"], row["region"]) == ("'=cmd|'/c calc'!A1", "'@SUM(A1)")
    assert json.loads(national_bytes(YEAR, "baseline", "json"))["organisations"][0]["name"] == "=cmd|'/c calc'!A1"


def test_the_json_is_indented_utf_8_and_ends_in_a_newline():
    trust("DMA001", name="Llanfair-y-Dŵr Больница")
    content = national_bytes(YEAR, "baseline", "json")
    assert content.startswith(b'{\n  "report": "national",\n')
    assert content.endswith(b"}\n")
    assert "Llanfair-y-Dŵr Больница".encode() in content
    assert content == national_bytes(YEAR, "baseline", "json")


@pytest.mark.parametrize(
    ("year", "stage"), [("2012-13", "baseline"), ("2015-16", "preview"), ("", ""), ("2015-16", "BASELINE")]
)
def test_an_unknown_year_or_stage_has_no_report(year, stage):
    for make in (lambda: national_report(year, stage), lambda: national_bytes(year, stage, "csv")):
        with pytest.raises(NoSuchReport):
            make()


def test_the_stage_before_is_where_changes_are_measured_from(nation):
    assert earlier_statuses(national_report(YEAR, "baseline")) == {}
    before = earlier_statuses(national_report(YEAR, "update"))
    assert before == {"DMA001": statuses(3), "DMA003": statuses(2), "DMM001": statuses(0)}


def test_a_submission_that_lands_between_two_queries_makes_the_report_read_again(nation, monkeypatch):
    by = trust("DMA009")
    read = module._rolled_up

    def land_then_read(*where):
        if not by.organisation.submissions.exists():
            report_at(by, Stage.BASELINE, 3)
        return read(*where)

    monkeypatch.setattr(module, "_rolled_up", land_then_read)
    report = national_report(YEAR, "baseline")
    assert [each["submitted"] for each in report["organisations"] if each["code"] == "DMA009"] == [True]
    assert counts(report, 11)["acute"] == {**NONE, "met": 2, "not_met": 1, "not_submitted": 1}


def test_roll_ups_that_never_agree_are_reported_and_say_to_verify(nation, caplog):
    RollUp.objects.filter(recommendation=1, status="met").update(n=7)
    report = national_report(YEAR, "baseline")
    assert counts(report, 1)["acute"]["met"] == 7
    assert "igtoolkit verify" in caplog.text


def test_the_queries_are_as_many_for_two_trusts_as_for_twenty(django_assert_num_queries):
    for numbers in (range(1, 3), range(3, 21)):
        for number in numbers:
            report_at(trust(f"DMA{number:03d}"), Stage.BASELINE, 2)
        for stage, queries in (("baseline", 3), ("update", 4)):
            with django_assert_num_queries(queries):
                earlier_statuses(national_report(YEAR, stage))
