"""Stands: what each exhibitor shows at its booth, and who may set it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from rooms.people import Person
from schedule.machine import Command, Event, View

if TYPE_CHECKING:
    from rooms.fair import Fair


class Stands(Struct, frozen=True):
    """All stands as their exhibitors set them up."""


class StandsShown(Struct, frozen=True, rename="camel"):
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


def apply(stands: Stands, event: Event) -> Stands:
    """The part after `event`."""
    return stands


def show(fair: Fair, reader: Person, now: float) -> StandsShown:
    """What `reader` may see."""
    return StandsShown()
