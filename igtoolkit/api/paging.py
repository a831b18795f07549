"""Lists a page at a time, in the order of the codes: stable while organisations come and go."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from pydantic import BaseModel, Field

from igtoolkit.access import paging
from igtoolkit.records.models import Organisation

CODE_LONGEST = 30
MOST = 500
USUAL = 100


class PageAsked(BaseModel):
    """Which page of a list."""

    after: str = Field(
        "",
        max_length=CODE_LONGEST,
        pattern=r"^[^\x00]*$",
        description="The code after which the page begins: that of the last item you have.",
        examples=["DMA001"],
    )
    limit: int = Field(USUAL, ge=1, le=MOST, description="How many items at most.")


def page_of(organisations: QuerySet[Organisation], asked: PageAsked) -> paging.Page:
    """The page asked for, in one query."""
    return paging.page_of(organisations, asked.after, asked.limit)


def written(name: str, items: Sequence[dict[str, Any]], after: str | None, asked: PageAsked) -> dict[str, Any]:
    """The page as its operation answers it. name: of the operation's address."""
    following = urlencode({"after": after, "limit": asked.limit}) if after is not None else ""
    return {"items": items, "next": f"{reverse(name)}?{following}" if following else None}
