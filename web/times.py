"""Instants and lengths of time in words, in the gathering's time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from web import words

WRITTEN = {"en": "en_GB"}  # days come before months, as everywhere else in the house


def clock(at: float, zone: str) -> str:
    """`19:24`, in both languages: nobody should have to add twelve."""
    return f"{_local(at, zone):%H:%M}"


def stamp(at: float) -> str:
    """For a machine, in the `datetime` of a `<time>`."""
    return datetime.fromtimestamp(at, ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(at: float, zone: str, language: str) -> str:
    """`Donnerstag, 24. September 2026`."""
    return format_date(
        _local(at, zone).date(), format="full", locale=WRITTEN.get(language, language)
    )


def hour(at: float, zone: str) -> int:
    """The hour of the day, 0 to 23."""
    return _local(at, zone).hour


def days_between(now: float, at: float, zone: str) -> int:
    """How many midnights lie between."""
    return (_local(at, zone).date() - _local(now, zone).date()).days


def minutes(seconds: float) -> int:
    """Whole minutes, rounded; a minute that has begun counts near the end."""
    return max(1, round(seconds / 60)) if seconds > 0 else 0


def length(seconds: float, language: str) -> str:
    """`18 min`, `2 h 05 min`, `3 days`: about how long."""
    whole = minutes(seconds)
    if whole < 60:
        return words.say(language, "{n} min", n=whole)
    if whole < 48 * 60:
        hours, rest = divmod(whole, 60)
        if not rest:
            return words.say(language, "{n} h", n=hours)
        return words.say(language, "{hours} h {minutes} min", hours=hours, minutes=f"{rest:02}")
    return words.number(language, "{n} day", "{n} days", round(seconds / 86_400))


def countdown(seconds: float) -> str:
    """`3:48`, and `+0:42` once the time is over, as the arch clock shows it."""
    over = seconds < 0
    whole = int(-seconds) if over else -int(-seconds // 1)
    minute, second = divmod(whole, 60)
    return f"{'+' if over else ''}{minute}:{second:02}"


def _local(at: float, zone: str) -> datetime:
    return datetime.fromtimestamp(at, ZoneInfo(zone))
