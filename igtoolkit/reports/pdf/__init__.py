"""Reports on paper: tagged one-page and many-page PDFs, set by Typst from JSON."""

from igtoolkit.reports.pdf.board import RENDERER, DoesNotFit, board_pdf

__all__ = ["RENDERER", "DoesNotFit", "board_pdf"]
