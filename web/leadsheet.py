"""A table of people as files for a spreadsheet: CSV (RFC 4180) and XLSX, in which nothing runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from xlsxwriter import Workbook

Cell = str | date | int | None

BEGINS: Final = re.compile(r"(^|[;,|\t\r\n])(\s*)([=+\-@\uff0b\uff0d\uff1d\uff20])")
"What a spreadsheet may take for the beginning of a formula: at the beginning of a cell, and, as \
programs of other countries cut cells at other signs, behind each of those; wide forms as well."
LEADING: Final = ("\t", "\r", "\n")
WIDEST: Final = 48  # characters of a column


def harmless(cell: str) -> str:
    """The cell with an apostrophe before whatever could begin a formula."""
    quoted = BEGINS.sub(r"\1\2'\3", cell)
    return f"'{quoted}" if quoted.startswith(LEADING) else quoted


def as_csv(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """All rows with their heading, each cell in quotes, days as 2026-09-24."""
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([harmless(head) for head in heads])
    for row in rows:
        writer.writerow([harmless(_said(cell)) for cell in row])
    return out.getvalue()


def as_xlsx(title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The same as a workbook; its cells are texts, numbers and days, and never formulas."""
    out = io.BytesIO()
    nothing_runs = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(out, nothing_runs) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        head = book.add_format({"bold": True, "bottom": 1})
        # A text stays a text when somebody edits the cell, or saves it in another form.
        text = book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        for column, name in enumerate(heads):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, _width(name, [row[column] for row in rows]))
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                match cell:
                    case date():
                        sheet.write_datetime(number, column, cell, day)
                    case int():
                        sheet.write_number(number, column, cell)
                    case str() if cell:
                        sheet.write_string(number, column, cell, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    return out.getvalue()


def _said(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _sheet_name(title: str) -> str:
    """What is left of it without the signs that workbooks forbid, at most 31 letters."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "Foyer"


def _width(head: str, cells: Sequence[Cell]) -> int:
    return min(WIDEST, max(len(head), *(len(_said(cell)) for cell in cells), 8) + 2)
