"""Reads a schedule.json as frab and pretalx write it, and says what is wrong with it."""

from __future__ import annotations

import itertools
import re
from datetime import datetime
from typing import Annotated, Any, TypeVar, cast, get_args
from zoneinfo import ZoneInfo

from msgspec import Meta, ValidationError, convert
from msgspec.structs import replace

from schedule.entries import FARTHEST, Problem, slug
from schedule.items import Doors, Gathering, Item, Kind, Person, Place, Role, Stage
from schedule.programme import ProgrammeWrong

KINDS: dict[str, Kind] = {
    "pause": "break",
    "coffee": "break",
    "podium": "panel",
    "discussion": "panel",
    "workshop": "round",
    "meetup": "round",
    "opening": "welcome",
    "award ceremony": "award",
}
"What other programs call some of our kinds; anything else is a talk."
DURATION = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})")
Instant = Annotated[float, Meta(ge=0, le=FARTHEST)]
Length = Annotated[float, Meta(ge=0, le=1e7)]
T = TypeVar("T")


def from_frab(data: object) -> Gathering:
    """The gathering that this schedule describes.

    Raises `ProgrammeWrong`; each problem says where in the file it is, since JSON that has
    been parsed has no lines.
    """
    reading = _Reading()
    gathering = reading.gathering(data)
    if reading.problems:
        raise ProgrammeWrong(tuple(reading.problems))
    return gathering


class _Reading:
    """One reading of one file: it goes on after every problem, to find the others too."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.people: dict[str, Person] = {}
        self.items: dict[str, str] = {}
        "Where each item's id was first used."

    def wrong(self, sentence: str, /, **values: str | int) -> None:
        self.problems.append(Problem(0, sentence, values))

    def take(self, data: object, key: str, kind: type[T], where: str, default: T) -> T:
        """The value of this key, which must be there."""
        value = data.get(key) if isinstance(data, dict) else None
        if isinstance(value, kind):
            return value
        self.wrong("“{key}” is missing or not as it should be in {where}.", key=key, where=where)
        return default

    def gathering(self, data: object) -> Gathering:
        schedule = self.take(data, "schedule", dict, "schedule.json", {})
        conference = self.take(schedule, "conference", dict, "schedule", {})
        if self.problems:
            return _nothing()
        title = self.take(conference, "title", str, "conference", "")
        zone = self._zone(conference)
        stages = self._stages(conference, zone)
        items = [item for stage in stages for item in stage.items]
        if not items and not self.problems:
            self.wrong("This schedule holds no events. Please export it again.")
        more = _extra(conference)
        return Gathering(
            id=slug(_text(conference, "acronym") or title),
            name=title,
            time_zone=zone.key,
            languages=_known(more, "languages", tuple[str, ...], _languages(conference)),
            starts_at=_known(
                more, "starts_at", Instant, min((i.starts_at for i in items), default=0)
            ),
            ends_at=_known(more, "ends_at", Instant, max((i.ends_at for i in items), default=0)),
            stages=stages,
            people=tuple(self.people.values()),
            host=_known(more, "host", str, ""),
            city=_known(more, "city", str, ""),
            about=_known(more, "about", str, ""),
            doors=_known(more, "doors", Doors, "invited"),
        )

    def _zone(self, conference: dict[str, Any]) -> ZoneInfo:
        name = _text(conference, "time_zone_name") or "UTC"
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            self.wrong(
                "The time zone “{value}” is not known. Use a name such as Europe/Berlin.",
                value=name,
            )
            return ZoneInfo("UTC")

    def _stages(self, conference: dict[str, Any], zone: ZoneInfo) -> tuple[Stage, ...]:
        ids = {_text(room, "name"): _text(room, "slug") for room in _list(conference, "rooms")}
        rooms: dict[str, list[Item]] = {name: [] for name in ids if name}
        for number, day in enumerate(self.take(conference, "days", list, "conference", [])):
            where = f"days[{number}]"
            rooms_today = self.take(day, "rooms", dict, where, {})
            for room in rooms_today:
                line = rooms.setdefault(str(room), [])
                for place, event in enumerate(_list(rooms_today, room)):
                    item = self._item(event, f"{where}.rooms.{room}[{place}]", zone)
                    line += [] if item is None else [item]
        stages: list[Stage] = []
        for name, items in rooms.items():
            items.sort(key=lambda item: item.starts_at)
            self._check_overlap(items, zone)
            stage_id = _free(slug(ids.get(name) or name), {stage.id for stage in stages})
            stages.append(Stage(stage_id, name, tuple(items)))
        return tuple(stages)

    def _check_overlap(self, items: list[Item], zone: ZoneInfo) -> None:
        for before, item in itertools.pairwise(items):
            if item.starts_at < before.ends_at:
                self.wrong(
                    "“{title}” begins at {time}, while “{other}” still lasts until {until}.",
                    title=item.title,
                    time=datetime.fromtimestamp(item.starts_at, zone).strftime("%H:%M"),
                    other=before.title,
                    until=datetime.fromtimestamp(before.ends_at, zone).strftime("%H:%M"),
                )

    def _item(self, event: object, where: str, zone: ZoneInfo) -> Item | None:
        title = self.take(event, "title", str, where, "")
        starts_at = self._instant(self.take(event, "date", str, where, ""), where, zone)
        seconds = self._seconds(self.take(event, "duration", str, where, ""), where)
        if not isinstance(event, dict) or starts_at is None or seconds is None:
            return None
        item = Item(
            id=self._item_id(event, title, where),
            title=title,
            kind=_kind(_text(event, "type")),
            starts_at=starts_at,
            seconds=seconds,
            people=tuple(dict.fromkeys(self._cast(event, where))),
            about=_text(event, "abstract") or _text(event, "description"),
        )
        more = _extra(event)
        return replace(
            item,
            starts_at=_known(more, "starts_at", Instant, item.starts_at),
            seconds=_known(more, "seconds", Length, item.seconds),
            least_seconds=_known(more, "least_seconds", Length, None),
            anchor=_known(more, "anchor", Instant, None),
            fixed=_known(more, "fixed", bool, False),
            starts=_known(more, "starts", bool, True),
            ends=_known(more, "ends", bool, True),
            grace=_known(more, "grace", Length, 0.0),
        )

    def _item_id(self, event: dict[str, Any], title: str, where: str) -> str:
        made = slug(_text(event, "slug") or _text(event, "guid") or title)
        if made in self.items:
            self.wrong(
                "{where} has the same id as {other}. Give each event a slug of its own.",
                where=where,
                other=self.items[made],
            )
        self.items.setdefault(made, where)
        return made

    def _instant(self, value: str, where: str, zone: ZoneInfo) -> float | None:
        if not value:
            return None
        try:
            when = datetime.fromisoformat(value)
            at = (when if when.tzinfo else when.replace(tzinfo=zone)).timestamp()
        except (ValueError, OverflowError):
            at = -1.0
        if 0 <= at <= FARTHEST:
            return at
        sentence = "“{value}” in {where} is not a date with a time."
        self.wrong(sentence, value=value, where=where)
        return None

    def _seconds(self, value: str, where: str) -> float | None:
        if not value:
            return None
        found = DURATION.fullmatch(value)
        if found is None:
            sentence = "“{value}” in {where} is not a duration such as 00:30."
            self.wrong(sentence, value=value, where=where)
            return None
        return int(found[1] or 0) * 86400.0 + int(found[2]) * 3600.0 + int(found[3]) * 60.0

    def _cast(self, event: dict[str, Any], where: str) -> list[str]:
        cast_ids = []
        for data in _list(event, "persons"):
            name = _text(data, "public_name") or _text(data, "name")
            if not name:
                self.wrong("Somebody in {where} has no name.", where=where)
                continue
            person_id = slug(_text(data, "id") or _text(data, "code") or name)
            cast_ids.append(person_id)
            self.people.setdefault(person_id, _person(person_id, name, data))
        return cast_ids


def _person(person_id: str, name: str, data: dict[str, Any]) -> Person:
    more = _extra(data)
    return Person(
        id=person_id,
        name=name,
        role=_known(more, "role", Role, "talent"),
        organisation=_known(more, "organisation", str, ""),
        languages=_known(more, "languages", tuple[str, ...], ("de",)),
        place=_known(more, "place", Place, "home"),
        about=_text(data, "biography"),
    )


def _kind(written: str) -> Kind:
    if written in get_args(Kind):
        return cast(Kind, written)
    return KINDS.get(written.lower(), "talk")


def _text(data: object, key: str) -> str:
    """A text or a number as text; empty if there is neither."""
    value = data.get(key) if isinstance(data, dict) else None
    return str(value).strip() if isinstance(value, str | int) else ""


def _list(data: object, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, list) else []


def _extra(data: object) -> dict[str, Any]:
    """What only Foyer writes."""
    more = data.get("foyer") if isinstance(data, dict) else None
    return more if isinstance(more, dict) else {}


def _known(more: dict[str, Any], key: str, kind: Any, default: Any) -> Any:
    try:
        return convert(more[key], kind) if more.get(key) is not None else default
    except ValidationError:
        return default


def _languages(conference: dict[str, Any]) -> tuple[str, ...]:
    spoken = [
        _text(event, "language")
        for day in _list(conference, "days")
        for rooms in [day.get("rooms") if isinstance(day, dict) else None]
        for room in (rooms if isinstance(rooms, dict) else {})
        for event in _list(rooms, room)
    ]
    return tuple(dict.fromkeys(one for one in spoken if one)) or ("de", "en")


def _free(wanted: str, taken: set[str]) -> str:
    number, free = 2, wanted
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free


def _nothing() -> Gathering:
    return Gathering("", "", "UTC", (), 0.0, 0.0, (), ())
