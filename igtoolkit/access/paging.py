"""Organisations a page at a time, in the order of their codes' bytes.

A database may sort by the rules of a language, and two databases by two rules: then a page that begins after
`A1` would skip or repeat rows. Bytes compare the same everywhere, and each database has an index in that order
(on PostgreSQL the one made for patterns, which `~>~` and `~<~` go by).
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Lookup, OrderBy, QuerySet

from igtoolkit.records.models import Organisation


@dataclass(frozen=True)
class Page:
    """Organisations in code order, and the code after which the next page begins; None on the last."""

    rows: list[Organisation]
    after: str | None


def page_of(organisations: QuerySet[Organisation], after: str, limit: int) -> Page:
    """At most `limit` organisations whose code comes after `after`, in one query."""
    following = organisations.filter(_After(F("code"), after)) if after else organisations
    rows = list(following.order_by(_InBytes(F("code")))[: limit + 1])
    return Page(rows[:limit], rows[limit - 1].code if len(rows) > limit else None)


class _InBytes(OrderBy):
    """ORDER BY code, byte by byte."""

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        # Django looks for the word ASC to see where the expression ends.
        return self.as_sql(compiler, connection, template="%(expression)s USING ~<~ /* ASC */")


class _After(Lookup):
    """Whether a code's bytes come after those of another."""

    lookup_name = "bytes_after"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any, operator: str = ">") -> Any:
        left, left_parameters = self.process_lhs(compiler, connection)
        right, right_parameters = self.process_rhs(compiler, connection)
        return f"{left} {operator} {right}", (*left_parameters, *right_parameters)

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, "~>~")
