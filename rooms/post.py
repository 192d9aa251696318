"""The post: a line to somebody, wherever in the house they are, that a letter came or was answered.

The letters themselves lie at the fair, which few pages have open; the lounge reaches everybody.
Nothing of it is kept: the inbox and the page of letters know all of it anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from rooms.people import Person, PersonId
from schedule.machine import Command, Event, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

News = Literal["letter", "card", "answered", "closed", "late"]


class Bring(Command, frozen=True, tag="post.bring"):
    """The house brings these people news of a letter."""

    people: tuple[PersonId, ...]
    booth: str
    news: News


class Brought(Event, frozen=True, tag="post.brought"):
    """There is news of a letter to this booth; only those whom it concerns hear it."""

    people: tuple[PersonId, ...]
    booth: str
    news: News
    stored: ClassVar[bool] = False


class Post(Struct, frozen=True):
    """Nothing: what was brought is not kept here."""


class PostShown(Struct, frozen=True, rename="camel"):
    """Nothing."""


COMMANDS: tuple[type[Command], ...] = (Bring,)
EVENTS: tuple[type[Event], ...] = (Brought,)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {}


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """Those of them who are at the gathering hear it."""
    match command:
        case Bring(people=people, booth=booth, news=news):
            there = tuple(each for each in people if each in lounge.people)
            return (Brought(there, booth, news),) if there else ()
        case _:
            return ()


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Nothing happens by itself."""
    return ()


def due(lounge: Lounge) -> float | None:
    """Never."""
    return None


def apply(post: Post, event: Event) -> Post:
    """Nothing is kept."""
    return post


def show(lounge: Lounge, reader: Person, now: float) -> PostShown:
    """Nothing to be shown."""
    return PostShown()
