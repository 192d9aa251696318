"""What the demo's companies and talents bring to the fair, as `assets/fair.toml` says it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

FILE: Final = Path(__file__).parents[2] / "assets" / "fair.toml"


class Link(Struct, frozen=True):
    """A page of the company's own."""

    title: str
    url: str


class Paper(Struct, frozen=True):
    """Something to take along, drawn as a PDF of one page."""

    title: str
    lines: tuple[str, ...]


class Stand(Struct, frozen=True, forbid_unknown_fields=True):
    """How a company sets up its booth."""

    booth: str
    mark: str
    "Which figure its logo shows; see `server/bots/drawn.py`."
    colour: str
    light: str
    "The figure's colour on it."
    sentences: tuple[str, str]
    promise: str
    contact: str
    links: tuple[Link, ...] = ()
    papers: tuple[Paper, ...] = ()


class Offer(Struct, frozen=True, forbid_unknown_fields=True):
    """A job, a thesis or whatever else a company pins to the board."""

    booth: str
    title: str
    kind: str
    place: str
    text: str
    remote: str = "no"
    starts: str = ""
    degree: str = ""
    topics: tuple[str, ...] = ()


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """What a talent adds to what the programme says."""

    person: str
    available: str
    about: str


class Work(Struct, frozen=True, forbid_unknown_fields=True):
    """A work of the exhibition."""

    id: str
    about: str


class Contents(Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    stands: tuple[Stand, ...]
    jobs: tuple[Offer, ...]
    cards: tuple[Card, ...]
    works: tuple[Work, ...]


def contents() -> Contents:
    """What stands in the file."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return msgspec.convert(data, Contents)
