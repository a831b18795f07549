"""Drawing a paper in a process of its own. It knows nothing of the database, so it starts quickly."""

from datetime import datetime
from typing import Any

from igtoolkit.reports.pdf.board import board_pdf


def paper(given: tuple[dict[str, Any], datetime]) -> int:
    """The size in bytes of the board report drawn from (page, instant)."""
    page, at = given
    return len(board_pdf(page, at=at))
