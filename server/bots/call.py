"""What the demo hands over to its bots: where the house is, and who plays."""

from __future__ import annotations

from msgspec import Struct

from server.bots.actor import Part


class Brings(Struct, frozen=True):
    """Slides that a person lays ready as a PDF."""

    person: str
    item: str
    title: str


class Call(Struct, frozen=True):
    """One line of JSON on the bots' standard input."""

    socket_url: str
    origin: str
    moderator: str
    "The bot that sees everything and, while nobody real does, leads the questions."
    reserved: tuple[str, ...]
    "Parts that a visitor may play instead."
    parts: tuple[Part, ...]
    decks: tuple[Brings, ...] = ()
    ends_at: float = 0.0
    "Of the evening, Unix seconds."
    plays: bool = True
    "Whether they stay, or only put up what they have."
