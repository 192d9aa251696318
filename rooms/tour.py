"""The tour: the moderator leads those who follow from stand to stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from rooms.people import Person
from schedule.machine import Command, Event, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge


class Tour(Struct, frozen=True):
    """Where the tour is."""


class TourShown(Struct, frozen=True, rename="camel"):
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


def apply(tour: Tour, event: Event) -> Tour:
    """The part after `event`."""
    return tour


def show(lounge: Lounge, reader: Person, now: float) -> TourShown:
    """What `reader` may see."""
    return TourShown()
