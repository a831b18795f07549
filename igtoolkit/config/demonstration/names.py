"""The nation's organisations: their codes, kinds, regions and names."""

from collections.abc import Iterator
from dataclasses import dataclass

from igtoolkit.config.demonstration import invented
from igtoolkit.config.demonstration.dice import pick

REGIONS = {
    "N": "North of England Commissioning Region",
    "M": "Midlands and East of England Commissioning Region",
    "L": "London Commissioning Region",
    "S": "South of England Commissioning Region",
}
SPECIALIST = ("Children's", "Women's", "Orthopaedic", "Eye", "Heart", "Cancer", "Young Persons'")
TEACHING = ("University", "Teaching")


@dataclass(frozen=True)
class Size:
    """How many organisations of each sort the nation has; the first so many of each list."""

    acute: int = 154
    mental_health: int = 50
    ambulance: int = 10
    practices: int = 8

    @property
    def organisations(self) -> int:
        return self.acute + self.mental_health + self.ambulance + self.practices


FULL = Size()


@dataclass(frozen=True)
class Invented:
    """One invented organisation. `kind_words` is its kind as the published file of 2015-16 would put it."""

    code: str
    name: str
    kind: str
    kind_words: str
    region: str

    @property
    def host(self) -> str:
        """The end of its addresses: logins, and links to evidence."""
        return f"{self.code.lower()}.example"


def organisations(size: Size = FULL) -> tuple[Invented, ...]:
    """Every organisation of a nation of this size, in code order within each kind."""
    return (
        *_listed(invented.ACUTE, "DMA", "acute", size.acute),
        *_listed(invented.MENTAL_HEALTH, "DMM", "mental_health", size.mental_health),
        *_listed(invented.AMBULANCE, "DMB", "ambulance", size.ambulance),
        *_listed(invented.PRACTICES, "DMG", "gp", size.practices),
    )


def _listed(lines: str, letters: str, kind: str, wanted: int) -> Iterator[Invented]:
    for number, line in enumerate(lines.splitlines()[:wanted], start=1):
        region, name = line.split(" ", 1)
        code = f"{letters}{number:03d}"
        yield Invented(code, name, kind, _kind_words(kind, name, code), REGIONS[region])


def _kind_words(kind: str, name: str, code: str) -> str:
    if kind != "acute":
        return {
            "mental_health": "Mental Health and Learning Disability",
            "ambulance": "Ambulance",
            "gp": "General Practice",
        }[kind]
    if any(each in name for each in SPECIALIST):
        return "Acute - Specialist"
    if any(each in name for each in TEACHING):
        return "Acute - Teaching"
    return "Acute - " + pick(("Large", "Medium", "Small"), code, "size")
