"""A stage's chat: what people say beside the show, and the moderator's hand over it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.people import DESK, Person, PersonId
from schedule.machine import Command, Event, Refused

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
    "Sorted."


COMMANDS = (Say, Delete, Silence)
EVENTS = (Said, Deleted, Silenced)


def decide(
    chat: Chat, command: Say | Delete | Silence, by: Person, now: float
) -> tuple[Event, ...]:
    """What follows; raises `Refused` for who is silenced, and for a line that is gone."""
    match command:
        case Say(text=text):
            _check_may_write(chat, text, by)
            return (Said(f"c{chat.said + 1}", by.id, text.strip(), now),)
        case Delete(line=line):
            if author_of(chat, line) is None:
                raise Refused("This line is gone already. There is nothing left to do.")
            return (Deleted(line),)
        case Silence(person=person, on=on):
            return () if on == (person in chat.silenced) else (Silenced(person, on),)


def apply(chat: Chat, event: Event) -> Chat:
    """The chat after `event`."""
    match event:
        case Said():
            return replace(chat, lines=(*chat.lines, event)[-KEPT:], said=chat.said + 1)
        case Deleted(id=gone):
            return replace(chat, lines=tuple(line for line in chat.lines if line.id != gone))
        case Silenced(person=person, on=on):
            silenced = chat.silenced | {person} if on else chat.silenced - {person}
            return replace(chat, silenced=silenced)
        case _:
            return chat


def author_of(chat: Chat, line: LineId) -> PersonId | None:
    """Who said this line, if it is still there."""
    return next((said.by for said in chat.lines if said.id == line), None)


def show(chat: Chat, reader: Person) -> ChatShown:
    """The chat as `reader` may see it."""
    known = chat.silenced if reader.role in DESK else chat.silenced & {reader.id}
    return ChatShown(lines=chat.lines, silenced=tuple(sorted(known)))


def _check_may_write(chat: Chat, text: str, by: Person) -> None:
    if by.id in chat.silenced and by.role not in DESK:
        raise Refused(
            "The moderator has paused your chat here. You can still ask questions and raise a hand."
        )
    if not text.strip():
        raise Refused("There is nothing in this line yet. Please write something first.")
