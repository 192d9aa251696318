"""The board: jobs, theses and internships that exhibitors pin to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from rooms.people import Person
from schedule.machine import Command, Event, View

if TYPE_CHECKING:
    from rooms.fair import Fair


class Jobs(Struct, frozen=True):
    """All that hangs on the board."""


class JobsShown(Struct, frozen=True, rename="camel"):
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


def apply(jobs: Jobs, event: Event) -> Jobs:
    """The part after `event`."""
    return jobs


def show(fair: Fair, reader: Person, now: float) -> JobsShown:
    """What `reader` may see."""
    return JobsShown()
