"""What of an address is kept as a view: its filters and order, as the report's own page writes them."""

from collections.abc import Mapping

from igtoolkit.reports.national_counts import counted
from igtoolkit.reports.national_table import asked, choices_of


def kept_query(year: str, stage: str, given: Mapping[str, str]) -> str:
    """The query that asks the same, in one order and without what is unknown or usual. Raises NoSuchReport."""
    known = choices_of(year, counted(year, stage).regions)
    return asked(given, known).address().removeprefix("?")
