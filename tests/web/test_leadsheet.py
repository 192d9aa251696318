"""Tables for spreadsheets: every cell stays what somebody wrote, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web import leadsheet

HEADS = ("Name", "Card", "Agreed on", "Stars")
ELIF: tuple[leadsheet.Cell, ...] = ("Elif Yıldız", "https://elif.example", date(2026, 9, 24), 4)
BAD = ("=", "+", "-", "@", "\t", "\r")


def read(rows: list[tuple[leadsheet.Cell, ...]], delimiter: str = ",") -> list[list[str]]:
    text = leadsheet.as_csv(HEADS, rows).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def part(book: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        return file.read(name).decode()


def test_a_row_as_text() -> None:
    assert read([ELIF]) == [
        list(HEADS),
        ["Elif Yıldız", "https://elif.example", "2026-09-24", "4"],
    ]


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 761 5550", "'+49 761 5550"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("Jo;=cmd|' /C calc'!A0", "Jo;'=cmd|' /C calc'!A0"),
        ("  =1", "  '=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a - b", "a - b"),
        ("plain", "plain"),
    ],
)
def test_no_cell_begins_a_formula(written: str, cell: str) -> None:
    assert leadsheet.harmless(written) == cell


@settings(max_examples=200)
@given(st.text(alphabet='ab=+-@\t\r\n;,|" \uff1d', max_size=12))
def test_nor_does_any_part_of_one_however_a_program_cuts_it(written: str) -> None:
    text = leadsheet.as_csv(HEADS, [(written, "", None, None)]).removeprefix("\ufeff")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 2
    for delimiter in (",", ";", "\t", "|"):
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not any(cell.startswith(BAD) for cell in row), (delimiter, row)


def test_a_workbook_holds_texts_numbers_and_days_and_no_formula() -> None:
    hostile = tuple(f"{sign}1+1" for sign in BAD)
    rows = [ELIF, *((each, each, None, None) for each in hostile)]
    book = leadsheet.as_xlsx("Leads: [2026]", HEADS, rows)
    sheet, shared = part(book, "xl/worksheets/sheet1.xml"), part(book, "xl/sharedStrings.xml")

    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "=1+1" in shared
    kinds = set(re.findall(r'<c [^>]*t="(\w+)"', sheet))
    assert kinds == {"s"}  # the rest are numbers: the stars, and the day
    assert "<v>46289</v>" in sheet
    assert 'quotePrefix="1"' in part(book, "xl/styles.xml")


def test_a_workbook_without_rows_is_one_with_headings() -> None:
    assert "Name" in part(leadsheet.as_xlsx("", HEADS, []), "xl/sharedStrings.xml")
