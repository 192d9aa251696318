"""Visits to booths: who came by and agreed to be remembered, and what a booth counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from rooms.people import Person
from schedule.machine import Command, Event, View

if TYPE_CHECKING:
    from rooms.fair import Fair


class Visits(Struct, frozen=True):
    """All that was counted at booths."""


class VisitsShown(Struct, frozen=True, rename="camel"):
    """What one reader may see of it."""


COMMANDS: tuple[type[Command], ...] = ()
EVENTS: tuple[type[Event], ...] = ()
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Fair, float], View]] = {}


def decide(fair: Fair, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused`."""
    return ()


def tick(fair: Fair, now: float) -> tuple[Event, ...]:
    """What happens by itself."""
    return ()


def due(fair: Fair) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    return None


def apply(visits: Visits, event: Event) -> Visits:
    """The part after `event`."""
    return visits


def show(fair: Fair, reader: Person, now: float) -> VisitsShown:
    """What `reader` may see."""
    return VisitsShown()
