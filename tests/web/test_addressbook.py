"""Contacts as vCard and CSV: what other programs read, and what they must not run."""

from __future__ import annotations

import csv
import io

import pytest

from web import addressbook
from web.addressbook import Entry

HEADS = ("Name", "Organisation", "Mail", "Phone", "Card", "Note", "Stars")
CARLA = Entry(
    "Dr. Carla Donati", "Sellmoor Photonik", "carla@sellmoor.example", "+49 761 5550", note="Optik"
)


def rows(*entries: Entry) -> list[list[str]]:
    return list(csv.reader(io.StringIO(addressbook.table(entries, HEADS).removeprefix("\ufeff"))))


def test_a_contact_as_a_vcard_without_ones_own_note() -> None:
    assert addressbook.vcards([CARLA]) == (
        "BEGIN:VCARD\r\n"
        "VERSION:3.0\r\n"
        "N:Donati;Dr. Carla;;;\r\n"
        "FN:Dr. Carla Donati\r\n"
        "ORG:Sellmoor Photonik\r\n"
        "EMAIL;TYPE=INTERNET:carla@sellmoor.example\r\n"
        "TEL:+49 761 5550\r\n"
        "END:VCARD\r\n"
    )


def test_several_contacts_follow_each_other() -> None:
    text = addressbook.vcards([CARLA, Entry("Jo")])

    assert text.count("BEGIN:VCARD") == text.count("END:VCARD") == 2
    assert "N:Jo;;;;\r\nFN:Jo\r\nEND:VCARD\r\n" in text


def test_what_somebody_wrote_stays_in_its_line() -> None:
    sly = Entry("Jo; Kern, PhD", "A\\B", card="Hello\r\nEND:VCARD\nBEGIN:VCARD")
    lines = addressbook.vcards([sly]).split("\r\n")

    assert "FN:Jo\\; Kern\\, PhD" in lines
    assert "ORG:A\\\\B" in lines
    assert "NOTE:Hello\\nEND:VCARD\\nBEGIN:VCARD" in lines
    assert lines.count("END:VCARD") == 1


def test_an_address_on_the_card_is_an_address_in_the_vcard() -> None:
    assert "URL:https://jo.example/cv\r\n" in addressbook.vcards(
        [Entry("Jo", card="https://jo.example/cv")]
    )


def test_long_lines_are_folded_between_letters() -> None:
    text = addressbook.vcards([Entry("Jo", card="ü" * 200)])

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.replace("\r\n ", "").count("ü") == 200


def test_a_table_has_a_row_a_contact() -> None:
    assert rows(CARLA) == [
        list(HEADS),
        ["Dr. Carla Donati", "Sellmoor Photonik", "carla@sellmoor.example", "'+49 761 5550", "",
         "Optik", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("sly", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_becomes_a_formula(sly: str) -> None:
    entry = Entry(sly, sly, sly, sly, sly, sly, 3)

    (_, cells) = rows(entry)
    assert all(cell[0] == "'" for cell in cells[:6])
    assert cells[6] == "3"
