"""What Typst leaves undone in a tagged PDF: the first cell of each table row names its row."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object


def page_count(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def with_row_headers(pdf: bytes, *, made_by: str) -> bytes:
    """The PDF with the first cell of each table body row tagged as its header, and naming its renderer.

    Same in, same out.
    """
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        for row in _body_rows(document.Root.StructTreeRoot):
            _name_row(row)
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            told["xmp:CreatorTool"] = made_by
        document.docinfo["/Creator"] = made_by
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _inside(element: Object) -> Iterator[Object]:
    """The structure elements directly inside `element`, without its content and references."""
    kids = element.get("/K", Array())
    for each in kids if isinstance(kids, Array) else [kids]:
        if isinstance(each, Dictionary) and "/S" in each:
            yield each


def _body_rows(element: Object) -> Iterator[Object]:
    """Every table row inside a TBody, in reading order."""
    for each in _inside(element):
        if each.S == Name.TR and element.get("/S") == Name.TBody:
            yield each
        else:
            yield from _body_rows(each)


def _name_row(row: Object) -> None:
    first = next(_inside(row), None)
    if first is None:
        return
    had = first.get("/A", Array())
    first.S = Name.TH
    first.A = Array([*(had if isinstance(had, Array) else [had]), Dictionary(O=Name.Table, Scope=Name.Row)])
