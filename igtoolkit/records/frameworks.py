"""The frameworks this installation holds, read once."""

from functools import cache

from igtoolkit.frameworks import folders
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.loading import load


@cache
def frameworks() -> dict[str, Framework]:
    """{framework code: framework}, in code order."""
    return {folder.name: load(folder) for folder in folders()}


def framework(code: str) -> Framework:
    """Raises LookupError for a framework this installation does not hold."""
    try:
        return frameworks()[code]
    except KeyError:
        raise LookupError(f"There is no framework {code}.") from None


def framework_for(year: str) -> Framework:
    """The framework in force in a year, the newest where two are. Raises LookupError for another year."""
    for each in reversed(frameworks().values()):
        if year in each.calendars:
            return each
    raise LookupError(f"No framework covers {year}.")


def years() -> tuple[str, ...]:
    """Every year that a framework covers, first to last."""
    return tuple(sorted({year for each in frameworks().values() for year in each.calendars}))
