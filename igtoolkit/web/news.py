"""The service's news, newest first. Kept here until the service team can write its own."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Item:
    """One piece of news. `number` is its anchor on the news page and never changes."""

    number: int
    dated: date
    title: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        """Its text, parted at empty lines."""
        return [" ".join(each.split()) for each in self.text.split("\n\n")]


REPORTS = """
    Acute, ambulance and mental health trusts get a one-page board report on the Caldicott2 recommendations as
    soon as they submit a stage. The National Data Guardian's reader gets one report comparing them all.

    Both are worked out from what a trust recorded in its assessment: nobody types anything into a report. Every
    status opens to show the requirements, levels and arithmetic behind it, and says which of them were read in
    a source and which are our reading.

    A digest and an address at the foot of each board report let anyone who holds a copy check that it names a
    real submission. They cover Baseline and Performance Update so far. The Final stage comes next.
"""
RECORDING = """
    A trust can start its assessment of version 13, tick the criteria it meets, give evidence with the date it
    is from, set targets, and submit its Baseline and Performance Update. Levels, score and grade follow from
    the ticks and are never typed.

    Nobody's work is overwritten: when two people change one requirement at the same time, the second is shown
    both texts. Every page works with the keyboard alone and without JavaScript.
"""
REBUILDING = """
    The Information Governance Toolkit was where health and care organisations in England assessed how they
    handle personal information, from 2003 until the Data Security and Protection Toolkit took its place in 2018.
    This is that service, built again from public sources, with its code open to everybody.

    It begins with version 13 of the requirements, of 2015-16, for acute, ambulance and mental health trusts. The
    words of the requirements are our own, and each says what it rests on.
"""
NEWS = (
    Item(3, date(2026, 11, 22), "Caldicott2 Performance Reports are here", REPORTS),
    Item(2, date(2026, 11, 20), "Record an assessment, and submit it", RECORDING),
    Item(1, date(2026, 11, 16), "The toolkit is being rebuilt in the open", REBUILDING),
)


def latest(count: int) -> tuple[Item, ...]:
    """The newest items."""
    return NEWS[:count]
