"""Drawing papers in processes of their own. Nothing here knows the database, so that they start quickly."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from typing import Any

from igtoolkit.reports.pdf.board import board_pdf

Page = dict[str, Any]
Drawn = Callable[[], bytes]
Draw = Callable[[Page, datetime], Drawn]


def paper(page: Page, at: datetime) -> bytes:
    """The board report with these words, as of a submission's instant."""
    return board_pdf(page, at=at)


def here(page: Page, at: datetime) -> Drawn:
    """Draw it in this process, when it is asked for."""
    return lambda: paper(page, at)


@contextmanager
def several(processes: int) -> Iterator[Draw]:
    """Draw in so many processes, begun afresh: one that was forked after a paper was drawn would hang."""
    with ProcessPoolExecutor(processes, get_context("spawn"), _deaf_to_ctrl_c) as pool:
        try:
            yield lambda page, at: pool.submit(paper, page, at).result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _deaf_to_ctrl_c() -> None:
    """Ctrl-C reaches every process at a terminal: the one that asked for the papers ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
