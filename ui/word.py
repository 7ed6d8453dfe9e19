"""Pieces as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from ui.pieces import Piece, Style

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_STYLES = {
    Style.TITLE: "Title",
    Style.HEADING: "Heading 1",
    Style.TEXT: "Normal",
    Style.ITEM: "List Bullet",
    Style.SOURCE: "Normal",
    Style.QUOTE: "Quote",
    Style.ASIDE: "Caption",
}
_INDENT_CM = 0.8


def word_file(pieces: Sequence[Piece], made: datetime, language: str) -> bytes:
    """Return pieces as the bytes of a .docx file.

    Args:
        pieces: What it holds, in order.
        made: When it was made, for the file's properties.
        language: ISO 639-1 code, for the file's properties.
    """
    from docx import Document

    file = Document()
    _dress(file)
    for piece in pieces:
        _add(file, piece)
    about = file.core_properties
    about.title = next((piece.text for piece in pieces if piece.style is Style.TITLE), "")[:255]
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = made.replace(tzinfo=None)
    about.language = language
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _dress(file: WordDocument) -> None:
    """Set sizes and colours that read well on paper; the template's own are for slides of its day."""
    from docx.shared import Pt, RGBColor

    ink, soft = RGBColor(0x1B, 0x21, 0x27), RGBColor(0x56, 0x61, 0x6C)
    for name, size, colour in (
        ("Normal", 11, ink),
        ("Title", 22, ink),
        ("Heading 1", 14, ink),
        ("Quote", 11, ink),
        ("Caption", 9.5, soft),
    ):
        font = file.styles[name].font
        font.size, font.color.rgb = Pt(size), colour
    file.styles["Caption"].font.bold = False


def _add(file: WordDocument, piece: Piece) -> None:
    from docx.shared import Cm

    if piece.style is Style.TABLE:
        _table(file, piece)
        return
    text = f"“{piece.text}”" if piece.style is Style.QUOTE else piece.text
    paragraph = file.add_paragraph(text, style=_STYLES[piece.style])
    if piece.style is Style.QUOTE:
        paragraph.paragraph_format.left_indent = Cm(_INDENT_CM)
    # A source and its quote stay on one page, and so do a question and the start of its answer.
    paragraph.paragraph_format.keep_with_next = piece.style in (Style.HEADING, Style.SOURCE)


def _table(file: WordDocument, piece: Piece) -> None:
    from docx.oxml import OxmlElement

    table = file.add_table(rows=0, cols=len(piece.rows[0]), style="Table Grid")
    for row in piece.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    head = table.rows[0]
    for cell in head.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    # Word repeats the head on every page that the table reaches.
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    file.add_paragraph()
