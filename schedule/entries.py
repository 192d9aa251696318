"""One table of a programme, read key by key; what is wrong with it is noted with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from schedule.lines import Path

FARTHEST = 4e9  # Unix seconds, in the year 2096; what lies beyond is a slip, and breaks calendars

_TIME_OF_DAY = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_MINUTES = re.compile(r"(\d{1,4}):([0-5]\d)")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


class Problem(Struct, frozen=True, rename="camel"):
    """One thing that is wrong with a programme, and where."""

    line: int
    "From 1; 0 when it concerns the file as a whole."
    sentence: str
    "English, a message id of the catalogue, with `{placeholders}`."
    values: dict[str, str | int] = {}

    def __str__(self) -> str:
        said = self.sentence.format(**self.values)
        return f"line {self.line}: {said}" if self.line else said


class Notes:
    """The problems found so far, and the lines to find them on."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self.lines = lines
        self.problems: list[Problem] = []

    def line(self, path: Path) -> int:
        """The line of this key, or of the nearest table around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def add(self, path: Path, sentence: str, /, **values: str | int) -> None:
        """Note that something is wrong at this place."""
        self.problems.append(Problem(self.line(path), sentence, values))


class Entry:
    """One table. Each question is answered, or the problem noted and a default given."""

    def __init__(self, notes: Notes, path: Path, data: object, known: Iterable[str]) -> None:
        self.notes = notes
        self.path = path
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            notes.add(path, "This must be a table with keys of its own.")
        self._check_known(tuple(known))

    def wrong(self, key: str, sentence: str, /, **values: str | int) -> None:
        """Note that the value of this key is wrong."""
        self.notes.add((*self.path, key), sentence, **values)

    def missing(self, key: str) -> None:
        """Note that this key ought to be here."""
        self.notes.add(self.path, "“{key}” is missing here.", key=key)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not be empty."""
        value = self.data.get(key)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value.strip()
        if value is None and default is None:
            self.missing(key)
        elif value is not None:
            self.wrong(key, "“{key}” must be a text in quotation marks, and not empty.", key=key)
        return default or ""

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self.data.get(key)
        if value is None:
            return default
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(key, '“{key}” must be a list of texts, such as ["a", "b"].', key=key)
            return default
        return tuple(one.strip() for one in value)

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of these words."""
        value = self.text(key, default)
        if value in choices or key not in self.data or not isinstance(self.data[key], str):
            return value
        self.wrong(
            key,
            "“{value}” is not possible for “{key}”. Choose one of: {choices}.",
            value=value,
            key=key,
            choices=", ".join(choices),
        )
        return default or choices[0]

    def flag(self, key: str) -> bool:
        """True or false; false if it is not there."""
        value = self.data.get(key, False)
        if isinstance(value, bool):
            return value
        self.wrong(key, "“{key}” must be true or false, without quotation marks.", key=key)
        return False

    def id(self) -> str | None:
        """The id that is written down, if one is."""
        if "id" not in self.data:
            return None
        value = self.text("id")
        if value and not _ID.fullmatch(value):
            self.wrong(
                "id",
                "The id “{id}” may hold only small letters a to z, digits, dots and hyphens.",
                id=value,
            )
            return slug(value)
        return value or None

    def seconds(self, key: str, unit: float) -> float | None:
        """A length in seconds; plain numbers count in `unit` seconds, "5:30" in minutes."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, str) and (minutes := _MINUTES.fullmatch(value.strip())):
            return int(minutes[1]) * 60.0 + int(minutes[2])
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e5:
            return float(value) * unit
        if unit == 1.0:
            self.wrong(key, "“{key}” must be a number of seconds, such as 30.", key=key)
        else:
            self.wrong(
                key, '“{key}” must be a number of minutes, such as 5, 2.5 or "5:30".', key=key
            )
        return None

    def instant(self, key: str, zone: ZoneInfo, day: date, since: float | None) -> float | None:
        """Unix seconds of a moment; a time of day is the first such one after `since`."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            value = _time_of_day(value.strip()) or _date_time(value.strip())
        if isinstance(value, time):
            value = _first(datetime.combine(day, value), zone, since)
        at = _timestamp(value, zone) if isinstance(value, datetime) else None
        if not isinstance(value, datetime) or at is None:
            self.wrong(
                key,
                '“{value}” is not a time. Write it as "18:30" or as 2026-09-24T18:30:00.',
                value=str(self.data[key]),
            )
        elif value.tzinfo is None and _wall(at, zone) != value:
            self.wrong(
                key,
                "{time} does not exist on this day, because the clocks go forward. "
                "Choose another time.",
                time=value.strftime("%H:%M"),
            )
            return None
        return at

    def _check_known(self, known: tuple[str, ...]) -> None:
        for key in self.data:
            if key in known:
                continue
            if guess := get_close_matches(key, known, 1):
                sentence = "There is no key “{key}” here. Did you mean “{guess}”?"
                self.wrong(key, sentence, key=key, guess=guess[0])
            else:
                sentence = "There is no key “{key}” here. These are known: {known}."
                self.wrong(key, sentence, key=key, known=", ".join(known))


# Letters that Unicode does not take apart into one of a to z and a mark.
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "đ": "d"}
)


def slug(text: str) -> str:
    """An id made of a name or title: small letters, digits and hyphens."""
    spelled = text.lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"


def _first(when: datetime, zone: ZoneInfo, since: float | None) -> datetime:
    """This time of day, or the same on the next day if it would be before `since`."""
    at = _timestamp(when, zone)
    return when + timedelta(days=1) if at and since and at < since else when


def _timestamp(when: datetime, zone: ZoneInfo) -> float | None:
    try:
        at = (when if when.tzinfo else when.replace(tzinfo=zone)).timestamp()
    except (ValueError, OverflowError):
        return None
    return at if 0 <= at <= FARTHEST else None


def _wall(at: float, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at, zone).replace(tzinfo=None)


def _time_of_day(text: str) -> time | None:
    found = _TIME_OF_DAY.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2]), int(found[3] or 0))


def _date_time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if "T" in text or " " in text else None
    except ValueError:
        return None
