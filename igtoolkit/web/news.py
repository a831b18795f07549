"""The service's news, newest first. Kept here until the service team can write its own."""

from dataclasses import dataclass
from datetime import date

from igtoolkit.records import clock
from igtoolkit.standard.calendar import london_day


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


WHOLE_YEAR = """
    Final can be submitted: each requirement is marked complete by one person and confirmed by another, and the
    administrator accepts the assurance statement. A submitted Final is published at once, so that anyone can read
    an organisation's levels, score and grade. Comments and evidence never are.

    Companies, general practices, pharmacies, commissioning groups and community providers have their
    requirements too; small bodies answer and submit in one go. Where the grade is not satisfactory, an
    organisation can send an improvement plan.
"""
REPORTS = """
    Acute, ambulance and mental health trusts get a one-page board report on the Caldicott2 recommendations as
    soon as they submit a stage. The National Data Guardian's reader gets one report comparing them all.

    Both are worked out from what a trust recorded in its assessment: nobody types anything into a report. Every
    status opens to show the requirements, levels and arithmetic behind it, and says which of them were read in
    a source and which are our reading.

    A digest and an address at the foot of each board report let anyone who holds a copy check that it names a
    real submission.
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
    Item(4, date(2026, 11, 22), "The whole year, from Baseline to the published Final", WHOLE_YEAR),
    Item(3, date(2026, 11, 22), "Caldicott2 Performance Reports are here", REPORTS),
    Item(2, date(2026, 11, 20), "Record an assessment, and submit it", RECORDING),
    Item(1, date(2026, 11, 16), "The toolkit is being rebuilt in the open", REBUILDING),
)


# What the demonstration's service team would have told in its years, by its own clock. Invented, as all of it is.
BASELINE_OPEN = """
    The assessment of 2016-17 can be started. Baseline is due by 31 July 2016. The requirements are those of
    version 13, as in the year before.

    What reached level 3 in your last Final asks for one thing more this year: that it was checked again. Each
    requirement's page shows last year's level beside this year's criteria.
"""
PLANS_DECIDED = """
    Trusts below level 2 somewhere in their Final can send an improvement plan: what will be done, by whom and by
    when. The service team answers each one with a reason. An accepted plan is shown beside the self-assessed
    grade, which stays as it was submitted.
"""
FINAL_PUBLISHED = """
    The deadline for Final of 2015-16 was 31 March 2016. Levels, score and grade of each Final can be read by
    anyone from the organisation's page; comments and evidence are never shown. Late ones are added as they come, and
    are marked late.
"""
NEW_CODE = """
    Arden Forest Partnership NHS Foundation Trust has the code DMM902 from 1 April 2016. What it submitted before
    stays under DMM002, and addresses with the old code keep working for those years.
"""
MERGED = """
    The work of Dunmere and District NHS Foundation Trust (DMA007) goes on in Great Ottery Hospitals NHS Foundation
    Trust (DMA010) from 1 October 2015. The Baseline that Dunmere and District submitted stays as it was.
"""
DEMONSTRATION = (
    Item(105, date(2016, 6, 1), "2016-17 is open", BASELINE_OPEN),
    Item(104, date(2016, 5, 3), "Improvement plans are being answered", PLANS_DECIDED),
    Item(103, date(2016, 4, 4), "Finals of 2015-16 can be read by everybody", FINAL_PUBLISHED),
    Item(102, date(2016, 4, 1), "A trust has a new code", NEW_CODE),
    Item(101, date(2015, 10, 1), "Two trusts become one", MERGED),
)


def items() -> tuple[Item, ...]:
    """All the news. A demonstration tells its own, up to the day its clock shows."""
    if clock.demonstration() is None:
        return NEWS
    today = london_day(clock.now())
    return tuple(each for each in DEMONSTRATION if each.dated <= today)


def latest(count: int) -> tuple[Item, ...]:
    """The newest items."""
    return items()[:count]
