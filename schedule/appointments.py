"""An appointment: a meeting of two people as it stands in one's calendar."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
from msgspec import Struct


class Appointment(Struct, frozen=True):
    """A meeting as one of the two sees it."""

    id: str
    "Stays the same for good, however often the meeting moves."
    title: str
    about: str
    starts_at: float
    "Unix seconds."
    ends_at: float
    revision: int
    "Rises with every change."
    revised_at: float
    cancelled: bool


def entry(appointment: Appointment, gathering: str, place: str, url: str) -> icalendar.Event:
    """The calendar's entry: one UID for good, and SEQUENCE rises when it moves (RFC 5545)."""
    event = icalendar.Event()
    event.add("UID", f"{appointment.id}.{gathering}@foyer")
    event.add("DTSTART", _utc(appointment.starts_at))
    event.add("DTEND", _utc(appointment.ends_at))
    event.add("SUMMARY", appointment.title)
    if place:
        event.add("LOCATION", place)
    if appointment.about:
        event.add("DESCRIPTION", appointment.about)
    if url:
        event.add("URL", url)
    event.add("SEQUENCE", appointment.revision)
    event.add("DTSTAMP", _utc(appointment.revised_at))
    event.add("LAST-MODIFIED", _utc(appointment.revised_at))
    event.add("STATUS", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    return event


def _utc(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC).replace(microsecond=0)
