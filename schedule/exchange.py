"""The agenda for other programs: iCalendar out, frab's (and pretalx's) schedule.json in and out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import icalendar

from schedule.agenda import Agenda, as_of
from schedule.appointments import Appointment, entry
from schedule.frab import from_frab
from schedule.items import Gathering, Item, Person, Stage
from schedule.tracks import Past, Running, forecast, settled

__all__ = ["from_frab", "to_frab", "to_ical"]

Times = dict[str, tuple[float, float]]
ENTRY = 100_000  # SEQUENCE numbers for each entry in the log; more minutes than a gathering has
REFRESH = "PT5M"  # a calendar that asks more often learns nothing new


def to_ical(
    gathering: Gathering,
    agenda: Agenda | None,
    now: float,
    person: str | None = None,
    url: str = "",
    appointments: tuple[Appointment, ...] = (),
) -> bytes:
    """The calendar of everything, or of what this person is on stage for, and their appointments.

    Times are those lived or predicted when the current minute began. UIDs stay the same for
    good, and SEQUENCE rises with every change, whether somebody made it or it slipped by itself.
    """
    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//Foyer//Agenda//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("X-WR-CALNAME", gathering.name)
    calendar.add("X-WR-TIMEZONE", gathering.time_zone)
    calendar.add("X-PUBLISHED-TTL", REFRESH)
    moment = max(now // 60 * 60, 0.0 if agenda is None else agenda.changed_at)
    running = None if agenda is None else as_of(agenda, moment)
    times = _times(gathering, running, moment)
    for stage in gathering.stages:
        for item in stage.items:
            if person is None or person in item.people:
                event = _event(gathering, stage, item, times[item.id], url)
                sequence, revised_at = _revision(agenda, running, item.id, moment)
                event.add("SEQUENCE", sequence)
                event.add("DTSTAMP", _utc(revised_at))
                event.add("LAST-MODIFIED", _utc(revised_at))
                event.add("STATUS", _status(running, item.id))
                calendar.add_component(event)
    talks = f"{url}/talks" if url else ""
    for appointment in appointments:
        calendar.add_component(entry(appointment, gathering.id, gathering.city, talks))
    return bytes(calendar.to_ical())


def to_frab(
    gathering: Gathering, agenda: Agenda | None, now: float, url: str = ""
) -> dict[str, Any]:
    """The schedule as frab and pretalx export it, with the times lived or predicted.

    What only Foyer knows stands under `foyer` and is read back by `from_frab`. Only people
    who are on a stage are in it, and never their addresses.
    """
    zone = ZoneInfo(gathering.time_zone)
    times = _times(gathering, None if agenda is None else settled(agenda.running, now), now)
    dates = sorted({_day(times[item.id][0], zone) for item in _items(gathering)})
    first, last = (dates[0], dates[-1]) if dates else (_day(gathering.starts_at, zone),) * 2
    conference = {
        "acronym": gathering.id,
        "title": gathering.name,
        "start": first,
        "end": last,
        "daysCount": len(dates),
        "timeslot_duration": "00:01",
        "time_zone_name": gathering.time_zone,
        "rooms": [{"name": stage.name, "slug": stage.id} for stage in gathering.stages],
        "tracks": [],
        "days": [
            _frab_day(gathering, times, zone, index, day, url) for index, day in enumerate(dates, 1)
        ],
        "foyer": {
            "starts_at": gathering.starts_at,
            "ends_at": gathering.ends_at,
            "languages": list(gathering.languages),
            "host": gathering.host,
            "city": gathering.city,
            "about": gathering.about,
            "doors": gathering.doors,
        },
    }
    version = str(agenda.number if agenda else 0)
    return {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "foyer"},
        "schedule": {"version": version, "base_url": url, "conference": conference},
    }


def _times(gathering: Gathering, running: Running | None, now: float) -> Times:
    """When each item was, is or will be."""
    times = {item.id: (item.starts_at, item.ends_at) for item in _items(gathering)}
    if running is None:
        return times
    lived = {
        past.id: (past.started_at, past.ended_at)
        for past in _over(running)
        if past.ended_at > past.started_at
    }
    return times | lived | forecast(running, now)


def _items(gathering: Gathering) -> list[Item]:
    return [item for stage in gathering.stages for item in stage.items]


def _over(running: Running) -> list[Past]:
    return [p for track in running.tracks for p in track.past if p.how != "deferred"]


def _status(running: Running | None, item: str) -> str:
    over = [] if running is None else _over(running)
    skipped = any(past.id == item and past.how == "skipped" for past in over)
    return "CANCELLED" if skipped else "CONFIRMED"


def _revision(
    agenda: Agenda | None, running: Running | None, item: str, moment: float
) -> tuple[int, float]:
    """The item's SEQUENCE, and when it was last revised.

    Every entry in the log counts, and so does every minute in which something may have
    slipped by itself: from the beginning of the gathering until the item is over.
    """
    if agenda is None or running is None:
        return 0, moment
    origin = min([agenda.gathering.starts_at, *(deed.at for deed in agenda.deeds[:1])])
    ended = [past.ended_at + 60 for past in _over(running) if past.id == item]
    revised_at = ended[-1] if ended else moment if moment >= origin else agenda.changed_at
    minutes = max(0, _minute(revised_at) - _minute(origin) + 1)
    return agenda.number * ENTRY + min(minutes, ENTRY - 1), revised_at


def _event(
    gathering: Gathering, stage: Stage, item: Item, times: tuple[float, float], url: str
) -> icalendar.Event:
    names = {person.id: person.name for person in gathering.people}
    starts_at, ends_at = _minute(times[0]), _minute(times[1])
    event = icalendar.Event()
    event.add("UID", f"{item.id}.{gathering.id}@foyer")
    event.add("DTSTART", _utc(starts_at * 60))
    event.add("DTEND", _utc(max(ends_at, starts_at + 1) * 60))
    event.add("SUMMARY", item.title)
    event.add("LOCATION", ", ".join(part for part in (stage.name, gathering.city) if part))
    people = ", ".join(names.get(person, person) for person in item.people)
    if description := "\n\n".join(part for part in (people, item.about) if part):
        event.add("DESCRIPTION", description)
    event.add("CATEGORIES", [item.kind])
    if url:
        event.add("URL", url)
    return event


def _frab_day(
    gathering: Gathering, times: Times, zone: ZoneInfo, index: int, day: str, url: str
) -> dict[str, Any]:
    rooms = {
        stage.name: [
            _frab_event(gathering, stage, item, times[item.id], zone, url)
            for item in stage.items
            if _day(times[item.id][0], zone) == day
        ]
        for stage in gathering.stages
    }
    on_day = [times[item.id] for item in _items(gathering) if _day(times[item.id][0], zone) == day]
    return {
        "index": index,
        "date": day,
        "day_start": _iso(min(start for start, _ in on_day), zone),
        "day_end": _iso(max(end for _, end in on_day), zone),
        "rooms": rooms,
    }


def _frab_event(
    gathering: Gathering,
    stage: Stage,
    item: Item,
    times: tuple[float, float],
    zone: ZoneInfo,
    url: str,
) -> dict[str, Any]:
    starts_at, ends_at = times
    people = {person.id: person for person in gathering.people}
    minutes = round((ends_at - starts_at) / 60)
    return {
        "guid": str(uuid5(NAMESPACE_URL, f"foyer:{gathering.id}/{item.id}")),
        "id": item.id,
        "date": _iso(starts_at, zone),
        "start": datetime.fromtimestamp(starts_at, zone).strftime("%H:%M"),
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": stage.name,
        "slug": item.id,
        "url": url,
        "title": item.title,
        "subtitle": "",
        "track": None,
        "type": item.kind,
        "language": gathering.languages[0] if gathering.languages else "",
        "abstract": item.about,
        "description": "",
        "do_not_record": True,
        "persons": [_frab_person(people[person]) for person in item.people if person in people],
        "links": [],
        "attachments": [],
        "foyer": {
            "starts_at": item.starts_at,
            "seconds": item.seconds,
            "least_seconds": item.least_seconds,
            "anchor": item.anchor,
            "fixed": item.fixed,
            "starts": item.starts,
            "ends": item.ends,
            "grace": item.grace,
        },
    }


def _frab_person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "public_name": person.name,
        "biography": person.about,
        "foyer": {
            "role": person.role,
            "organisation": person.organisation,
            "languages": list(person.languages),
            "place": person.place,
        },
    }


def _minute(at: float) -> int:
    return int(at // 60)


def _utc(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC).replace(microsecond=0)


def _iso(at: float, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at, zone).isoformat(timespec="seconds")


def _day(at: float, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at, zone).date().isoformat()
