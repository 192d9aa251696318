"""A stage's chat: what people say beside the show, and the moderator's hand over it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from rooms.people import PersonId
from schedule.machine import Command, Event

LineId = Annotated[str, Meta(min_length=1, max_length=20)]
KEPT = 200  # lines in the room; older ones stay in the log


class Say(Command, frozen=True, tag="chat.say"):
    """Say something to everybody in the room."""

    text: Annotated[str, Meta(min_length=1, max_length=500)]


class Delete(Command, frozen=True, tag="chat.delete"):
    """Take a line away: one's own, or the moderator anybody's."""

    line: LineId


class Silence(Command, frozen=True, tag="chat.silence"):
    """The moderator stops somebody from writing here, or lets them write again."""

    person: PersonId
    on: bool = True


class Said(Event, frozen=True, tag="chat.said"):
    """Somebody said something."""

    id: LineId
    by: PersonId
    text: str
    at: float


class Deleted(Event, frozen=True, tag="chat.deleted"):
    """A line is gone."""

    id: LineId


class Silenced(Event, frozen=True, tag="chat.silenced"):
    """Somebody may no longer write here, or may again; they and the desk hear it."""

    person: PersonId
    on: bool


class Chat(Struct, frozen=True, rename="camel"):
    """The last lines, and who is silenced."""

    lines: tuple[Said, ...] = ()
    silenced: frozenset[PersonId] = frozenset()
    said: int = 0
    "How many lines there ever were; the next one's id follows from it."


class ChatShown(Struct, frozen=True, rename="camel"):
    """The chat as one reader may see it: the desk sees all who are silenced, others themselves."""

    lines: tuple[Said, ...]
    silenced: tuple[PersonId, ...]


COMMANDS = (Say, Delete, Silence)
EVENTS = (Said, Deleted, Silenced)
