"""The rules of one kind of live room: its pure functions, in one hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rooms.people import Person, PersonId
from schedule.machine import Command, Event, View

State = TypeVar("State")


@dataclass(frozen=True)
class Rules(Generic[State]):
    """What hosts and replicas know of a room; they never look into its state."""

    state: type[State]
    commands: tuple[type[Command], ...]
    events: tuple[type[Event], ...]
    opening: Callable[[], State]
    "The room before anything happened; the same whenever the log is replayed."
    may: Callable[[State, Command, Person], None]
    "Raises `Refused` unless this person may say this here and now."
    decide: Callable[[State, Command, Person, float], tuple[Event, ...]]
    tick: Callable[[State, float], tuple[Event, ...]]
    due: Callable[[State], float | None]
    apply: Callable[[State, Event], State]
    show: Callable[[State, Person, float], Any]
    "The whole room as one reader may see it."
    view: Callable[[State, type[View], float], View]
    hears: Callable[[Event | View, Person], bool]
    reaches: Callable[[Event], frozenset[PersonId] | None]
    "The only people who can hear this, if they can be named; a look-up instead of asking all."
    stirs: Mapping[type[Event], tuple[type[View], ...]]
    "Which views an event changes."
    views: tuple[type[View], ...]
