"""Calls: when the agenda wants somebody, wherever they sit meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rooms import calendar
from rooms.people import PersonId

if TYPE_CHECKING:
    from rooms.lounge import Lounge


def begins(lounge: Lounge, person: PersonId) -> tuple[float, ...]:
    """When each of this person's turns begins, those that are not over; Unix seconds."""
    return tuple(since for since, _ in calendar.engagements(lounge, person))
