"""Bravo, Aha, Danke and applause: a picture of the crowd, never stored, one per person and word.

The three words are toggles, counted once per person and item. Applause may be
given again and again and fades.
"""

from __future__ import annotations

from math import ceil
from typing import ClassVar, Literal

from msgspec import Struct
from msgspec.structs import replace

from rooms.people import Person, PersonId
from schedule.machine import Command, Event, View

Word = Literal["bravo", "aha", "thanks"]
WORDS: tuple[Word, ...] = ("bravo", "aha", "thanks")
APPLAUSE_LASTS = 6.0  # seconds
BEATS = 2  # a second; applause fades on the beat, so that a full hall fades in few steps


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
    """One person claps until `until`, on the beat; nobody hears it, all see how many clap."""

    stored: ClassVar[bool] = False

    person: PersonId
    until: float


class ApplauseFaded(Event, frozen=True, tag="reaction.faded"):
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
EVENTS = (Reacted, Applauded, ApplauseFaded)
VIEWS = (ReactionsShown,)
STIRS: dict[type[Event], tuple[type[View], ...]] = {
    Reacted: (ReactionsShown,),
    Applauded: (ReactionsShown,),
    ApplauseFaded: (ReactionsShown,),
}


def decide(
    reactions: Reactions, command: React | Applaud, by: Person, now: float
) -> tuple[Event, ...]:
    """What follows from a word or a clap; nothing if it is already counted."""
    match command:
        case React(word=word, on=on):
            said = by.id in reactions.words.get(word, frozenset())
            return () if said == on else (Reacted(by.id, word, on),)
        case Applaud():
            until = ceil((now + APPLAUSE_LASTS) * BEATS) / BEATS
            clapping = reactions.clapping.get(by.id) == until
            return () if clapping else (Applauded(by.id, until),)


def tick(reactions: Reactions, now: float) -> tuple[Event, ...]:
    """The applause that has faded."""
    over = due(reactions)
    return () if over is None or over > now else (ApplauseFaded(now),)


def due(reactions: Reactions) -> float | None:
    """When the next hands come to rest; Unix seconds."""
    return min(reactions.clapping.values(), default=None)


def apply(reactions: Reactions, event: Event) -> Reactions:
    """The reactions after `event`."""
    match event:
        case Reacted(person=person, word=word, on=on):
            voices = reactions.words.get(word, frozenset())
            voices = voices | {person} if on else voices - {person}
            return replace(reactions, words={**reactions.words, word: voices})
        case Applauded(person=person, until=until):
            return replace(reactions, clapping={**reactions.clapping, person: until})
        case ApplauseFaded(at=at):
            rest = {person: until for person, until in reactions.clapping.items() if until > at}
            return replace(reactions, clapping=rest)
        case _:
            return reactions


def begun_anew(reactions: Reactions) -> Reactions:
    """For the next item: the words are unsaid, the applause goes on until it fades."""
    return replace(reactions, words={})


def show(reactions: Reactions) -> ReactionsShown:
    """The crowd, the same for every reader."""
    counts = {word: len(reactions.words.get(word, ())) for word in WORDS}
    return ReactionsShown(words=counts, clapping=len(reactions.clapping))


def words_of(reactions: Reactions, person: PersonId) -> tuple[Word, ...]:
    """What one person has said to this item."""
    return tuple(word for word in WORDS if person in reactions.words.get(word, ()))
