"""The files of a framework with four requirements, all sound, for tests to spoil one thing at a time."""

from pathlib import Path

HEAD = """\
code: small-1
version: 13
name: A small framework
assurance: It is true.
crosswalk: small-1
initiatives:
  - {code: IGM, name: Management, first: 100, last: 199, basis: documented, source: by hand}
  - {code: CDPA, name: Confidentiality, first: 200, last: 299, basis: documented, source: by hand}
kinds:
  - code: acute
    name: Acute trust
    plural: Acute trusts
    group: trust
    reported: true
    size: 3
    basis: documented
    source: by hand
  - code: gp
    name: General practice
    plural: General practices
    group: practice
    reported: false
    size: 1
    basis: documented
    source: by hand
kind_words:
  ACUTE - LARGE: acute
  CARE TRUST: ""
"""
CALENDAR = """\
years:
  2015-16:
    opens: 2015-06-01
    baseline: 2015-07-31
    update: 2015-10-31
    final: 2016-03-31
    basis: documented
    source: by hand
"""
CROSSWALK = """\
code: small-1
name: A small crosswalk
recommendations:
  - number: 1
    summary: The first
    text: The first recommendation.
    theme: rights
    falls_on: [trusts]
    basis: documented
    source: by hand
    conditions:
      - {requirement: 202, criterion: 3a, basis: documented, source: by hand}
      - {requirement: 101, level: 2, basis: our_reading, source: by hand}
  - number: 2
    summary: The second
    text: The second recommendation.
    falls_on: [national]
    basis: documented
    source: by hand
"""
REQUIREMENT = """\
  - number: {number}
    title: Requirement {number}
    basis: documented
    kinds: [{kind}]
    kinds_basis: documented
    source: by hand
    statement: What {number} requires.
    why: Why {number} matters.
    words_basis: our_reading
    levels:
      1:
        summary: Planned.
        criteria:
          - {{code: 1a, text: A plan., basis: our_reading, evidence: [A minute]}}
      2:
        summary: Done.
        criteria:
          - {{code: 2a, text: It is done., basis: our_reading, evidence: [A minute]}}
      3:
        summary: Checked.
        criteria:
          - {{code: 3a, text: It is checked., basis: our_reading, evidence: [A minute]}}
          - {{code: 3b, text: It is kept up., basis: our_reading, maintenance: true, evidence: [A minute]}}
"""


def requirements(initiative: str, group: str, kind: str, *numbers: int) -> str:
    """One requirements file."""
    held = "".join(REQUIREMENT.format(number=number, kind=kind) for number in numbers)
    return f"initiative: {initiative}\ngroup: {group}\nrequirements:\n{held}"


FILES = {
    "framework.yaml": HEAD,
    "calendar.yaml": CALENDAR,
    "crosswalk-small-1.yaml": CROSSWALK,
    "requirements/trust-100.yaml": requirements("IGM", "trust", "acute", 101, 105),
    "requirements/trust-200.yaml": requirements("CDPA", "trust", "acute", 202),
    "requirements/practice-200.yaml": requirements("CDPA", "practice", "gp", 210),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write the files into a folder, as they are."""
    (folder / "requirements").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def spoiled(name: str, old: str, new: str, number: int = 1) -> dict[str, str]:
    """The files with one place changed: the `number`-th time `old` stands in the named file."""
    parts = FILES[name].split(old)
    assert len(parts) > number, f"{name} does not hold “{old}” {number} times"
    text = old.join(parts[:number]) + new + old.join(parts[number:])
    return FILES | {name: text}


def line_of(text: str, words: str, number: int = 1) -> int:
    """The line, from 1, on which `words` stand for the `number`-th time."""
    lines = [at for at, line in enumerate(text.splitlines(), 1) if words in line]
    return lines[number - 1]
