"""Booths, live: who of an exhibitor is here, who waits, and the talks at the counter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from rooms.people import Person
from schedule.machine import Command, Event, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge


class Booths(Struct, frozen=True):
    """All that happens at booths just now."""


class BoothsShown(Struct, frozen=True, rename="camel"):
    """What one reader may see of it."""


COMMANDS: tuple[type[Command], ...] = ()
EVENTS: tuple[type[Event], ...] = ()
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {}


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused`."""
    return ()


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """What happens by itself."""
    return ()


def due(lounge: Lounge) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    return None


def apply(booths: Booths, event: Event) -> Booths:
    """The part after `event`."""
    return booths


def show(lounge: Lounge, reader: Person, now: float) -> BoothsShown:
    """What `reader` may see."""
    return BoothsShown()
