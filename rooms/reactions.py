"""Bravo, Aha, Danke and applause: a picture of the crowd, never stored, one per person and word.

The three words are toggles, counted once per person and item. Applause may be
given again and again and fades.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from rooms.people import PersonId
from schedule.machine import Command, Event, View

Word = Literal["bravo", "aha", "thanks"]
APPLAUSE_LASTS = 6.0  # seconds


class React(Command, frozen=True, tag="reaction.send"):
    """Say one of the three words, or take it back."""

    durable: ClassVar[bool] = False

    word: Word
    on: bool = True


class Applaud(Command, frozen=True, tag="reaction.applaud"):
    """Clap."""

    durable: ClassVar[bool] = False


class Reacted(Event, frozen=True, tag="reaction.sent"):
    """One person's word; only that person hears it, all see the count."""

    stored: ClassVar[bool] = False

    person: PersonId
    word: Word
    on: bool


class Applauded(Event, frozen=True, tag="reaction.applauded"):
    """One person claps until `until`; nobody hears it, all see how many clap."""

    stored: ClassVar[bool] = False

    person: PersonId
    until: float


class Faded(Event, frozen=True, tag="reaction.faded"):
    """Those who have not clapped again since are no longer counted."""

    stored: ClassVar[bool] = False

    at: float


class ReactionsShown(View, frozen=True, tag="reactions.shown"):
    """How many said each word during this item, and how many clap just now."""

    words: dict[Word, int]
    clapping: int


class Reactions(Struct, frozen=True):
    """The crowd's reactions to the item on stage."""

    words: dict[Word, frozenset[PersonId]] = {}
    clapping: dict[PersonId, float] = {}


COMMANDS = (React, Applaud)
EVENTS = (Reacted, Applauded, Faded)
VIEWS = (ReactionsShown,)
