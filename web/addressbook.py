"""Contacts as files that other programs read: vCard (RFC 2426) and CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

LINE: Final = 75  # bytes of a line before it is folded (RFC 2425 §5.8.1)
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"What a spreadsheet takes for the beginning of something to calculate."
ESCAPED: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;", "\r": ""})


class Entry(Struct, frozen=True):
    """One contact; empty is what is not known or not shared."""

    name: str
    organisation: str = ""
    mail: str = ""
    phone: str = ""
    card: str = ""
    note: str = ""
    "The reader's own; it goes into the table, but not onto a card that may be handed on."
    stars: int = 0


def vcards(entries: Iterable[Entry]) -> str:
    """One card after the other, version 3.0: what every address book still reads."""
    return "".join(_vcard(entry) for entry in entries)


def table(entries: Iterable[Entry], heads: tuple[str, ...]) -> str:
    """All contacts as a table with these seven headings, for a spreadsheet.

    No cell can become a formula, whatever somebody wrote into it.
    """
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out)
    writer.writerow(heads)
    for each in entries:
        cells = (each.name, each.organisation, each.mail, each.phone, each.card, each.note)
        writer.writerow([*(_harmless(cell) for cell in cells), each.stars or ""])
    return out.getvalue()


def _vcard(entry: Entry) -> str:
    given, _, family = entry.name.rpartition(" ")
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(family)};{_escaped(given)};;;",
        f"FN:{_escaped(entry.name)}",
    ]
    link = entry.card if entry.card.startswith(("https://", "http://")) else ""
    more = {
        "ORG": entry.organisation,
        "EMAIL;TYPE=INTERNET": entry.mail,
        "TEL": entry.phone,
        "URL": link,
        "NOTE": "" if link else entry.card,
    }
    lines += [f"{name}:{_escaped(value)}" for name, value in more.items() if value]
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCARD"))


def _escaped(value: str) -> str:
    return value.replace("\r\n", "\n").translate(ESCAPED)


def _folded(line: str) -> str:
    """Cut between characters, since a byte alone means nothing; what follows is indented."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > LINE:
            parts.append(part)
            part = " "
        part += letter
    return "\r\n".join((*parts, part))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
