"""Asserted and evidenced, worked by hand on documents in the form of a snapshot."""

from igtoolkit.records.frameworks import framework
from igtoolkit.reports.evidenced import evidenced, in_one_line
from igtoolkit.reports.ground import ground
from igtoolkit.standard.words import Grade, Status

ACUTE = framework("igt-13").for_kind("acute")
IN_YEAR, BEFORE, AFTER = "2015-04-01", "2015-03-31", "2016-04-01"


def answer(code: str, ticked: str = "", evidence: dict[str, list[str]] | None = None, **rest: object) -> dict:
    """evidence: {criterion: the dates of its evidence}"""
    pieces = [{"criterion": one, "dated": day} for one, days in (evidence or {}).items() for day in days]
    return {"requirement": code, "ticked": ticked.split(), "level": None, "evidence": pieces, **rest}


def document(*answers: dict, maintenance: tuple[str, ...] = (), met: int = 0) -> dict:
    statuses = [Status.MET] * met + [Status.NOT_MET] * (len(ACUTE.recommendations) - met)
    return {
        "framework": "igt-13",
        "framework_digest": ACUTE.digest,
        "crosswalk_digest": ACUTE.crosswalk.digest,
        "organisation": {"kind": "acute"},
        "year": "2015-16",
        "maintenance": list(maintenance),
        "answers": list(answers),
        "recommendations": [{"status": each.value} for each in statuses],
    }


def at(code: str, level: int, day: str | None = IN_YEAR, **rest: object) -> dict:
    """A requirement at a level, every criterion evidenced on a day; None without evidence."""
    codes = [each.code for each in ACUTE.requirement(code).criteria if each.level <= level and not each.maintenance]
    return answer(code, " ".join(codes), {each: [day] for each in codes} if day else {}, **rest)


def status(of, number: int) -> Status:
    return next(each.evidenced.status for each in of.pairs if each.evidenced.number == number)


def test_with_evidence_of_the_year_for_every_tick_nothing_drops() -> None:
    found = evidenced(document(at("13-302", 2), at("13-203", 2)))
    assert not any(each.drops for each in found.pairs)
    assert found.lacking == {}
    assert found.evidenced.score == found.asserted.score


def test_the_year_is_from_its_first_to_its_last_day() -> None:
    for day, counts in ((BEFORE, False), (IN_YEAR, True), ("2016-03-31", True), (AFTER, False)):
        found = evidenced(document(at("13-302", 2, day)))
        assert (status(found, 5) is Status.MET) is counts, day


def test_one_criterion_without_evidence_takes_its_level_and_what_rests_on_it() -> None:
    """302 at level 2 carries 5 whole and half of 6: without 2b it stands at level 1, and 6 had nothing else."""
    said = at("13-302", 2)
    said["evidence"] = [each for each in said["evidence"] if each["criterion"] != "2b"]
    found = evidenced(document(said))
    assert found.evidenced.standing("13-302").level == 1
    assert (status(found, 5), status(found, 6)) == (Status.NOT_MET, Status.NOT_MET)
    dropping = {each.asserted.number: each.lacking for each in found.pairs if each.drops}
    assert dropping == {5: {"13-302": ("2b",)}, 6: {"13-302": ("2b",)}}
    assert (found.asserted.score.points, found.evidenced.score.points) == (2, 1)


def test_an_older_piece_beside_a_fresh_one_does_no_harm() -> None:
    said = answer("13-302", "1a", {"1a": [BEFORE, "2015-09-01"]})
    assert evidenced(document(said)).lacking == {}


def test_last_years_level_3_must_show_its_maintenance_too() -> None:
    codes = [each.code for each in ACUTE.requirement("13-201").criteria]
    kept = next(each.code for each in ACUTE.requirement("13-201").criteria if each.maintenance)
    said = answer("13-201", " ".join(codes), {each: [IN_YEAR] for each in codes if each != kept})
    assert evidenced(document(said)).evidenced.standing("13-201").level == 3
    found = evidenced(document(said, maintenance=("13-201",)))
    assert (found.asserted.standing("13-201").level, found.evidenced.standing("13-201").level) == (3, 2)


def test_what_is_not_relevant_stays_out_of_both_sides() -> None:
    said = at("13-302", 2, None, not_relevant=True)
    found = evidenced(document(said, at("13-203", 2)))
    assert found.lacking == {}
    assert found.evidenced.score.maximum == found.asserted.score.maximum == 3 * 44
    assert status(found, 5) is Status.NOT_APPLICABLE


def test_a_scored_requirement_stays_scored_at_level_0() -> None:
    found = evidenced(document(at("13-302", 2, None), answer("13-203", not_yet=True)))
    assert found.evidenced.score.recorded == found.asserted.score.recorded == 2
    assert found.evidenced.score.grade is Grade.NOT_SATISFACTORY


def test_of_imported_levels_nothing_can_be_said() -> None:
    found = document({"requirement": "13-302", "ticked": None, "level": 2}, met=1)
    assert not evidenced(found).known
    assert in_one_line(found) == ""


def test_both_counts_in_one_line() -> None:
    line = "{} of 16 met as asserted; {} when only criteria with evidence from 2015-16 count."
    assert in_one_line(document(at("13-302", 2), at("13-203", 2, None), met=3)) == line.format(3, 1)
    assert in_one_line(document(at("13-302", 2, None), met=1)) == line.format(1, "none")
    assert in_one_line(document(at("13-302", 2), met=1)) == line.format(1, "as many")
    assert in_one_line(document()) == ""


def test_a_ground_says_when_the_framework_was_corrected_since() -> None:
    said = document(answer("13-302", "1a 9z"))
    assert not ground(said).changed
    assert ground(said).standing("13-302").ticked == {"1a"}
    assert ground({**said, "framework_digest": "another"}).changed
