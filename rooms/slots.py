"""Slots: the times at which two people are both free to meet."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rooms import calendar, safety, wishes
from rooms.people import PersonId, Role

if TYPE_CHECKING:
    from rooms.lounge import Lounge

STEP = 300.0  # seconds; meetings begin at five past, ten past ...
LENGTHS = (600.0, 900.0)  # seconds
NOTICE = 900.0  # seconds before a slot at which a request for it lapses
ANSWER = 300.0  # seconds that somebody has at least to answer before that
MOST = 288  # slots that are offered: a day of them


def may_meet(lounge: Lounge, one: PersonId, other: PersonId) -> bool:
    """Whether these two may have a meeting, at whatever time.

    A block or a "no thanks" is nobody else's business: whoever asks is told of no free time.
    """
    return (
        one != other
        and one in lounge.people
        and other in lounge.people
        and wishes.sides_fit(lounge, one, other)
        and not wishes.vetoed(lounge, one, other)
        and not safety.blocked(lounge, one, other)
    )


def both_free(
    lounge: Lounge, one: PersonId, other: PersonId, slot: float, seconds: float, but: str = ""
) -> bool:
    """Whether both are free, and the gathering is on, from `slot` for `seconds`."""
    span = (slot, slot + seconds)
    since, until = lounge.hours
    return since <= span[0] and span[1] <= until and not engaged(lounge, (one, other), span, but)


def engaged(
    lounge: Lounge, people: tuple[PersonId, ...], span: tuple[float, float], but: str = ""
) -> tuple[PersonId, ...]:
    """Who of these is needed elsewhere in that time; the booking `but` does not count."""
    return tuple(person for person in people if not calendar.free(lounge, person, span, but))


def shared(
    lounge: Lounge,
    one: PersonId,
    other: PersonId,
    seconds: float,
    since: float,
    but: str = "",
) -> tuple[float, ...]:
    """Every slot from `since` on at which the two may meet, the earliest first."""
    if not may_meet(lounge, one, other):
        return ()
    return tuple(
        slot
        for slot in _grid(lounge, seconds, since)
        if both_free(lounge, one, other, slot, seconds, but)
    )


def with_organisation(
    lounge: Lounge, one: PersonId, organisation: str, seconds: float, since: float
) -> tuple[float, ...]:
    """Every slot at which somebody of the organisation can meet this person."""
    found: set[float] = set()
    for rep in reps(lounge, organisation):
        found.update(shared(lounge, one, rep, seconds, since))
    return tuple(sorted(found))


def askable(now: float) -> float:
    """From when on a slot can be asked for: the other side is to have time to answer."""
    return now + NOTICE + ANSWER


def reps(lounge: Lounge, organisation: str) -> tuple[PersonId, ...]:
    """The representatives of an organisation, who share its inbox."""
    return tuple(
        key
        for key, person in sorted(lounge.people.items())
        if organisation and person.role is Role.REP and person.organisation == organisation
    )


def _grid(lounge: Lounge, seconds: float, since: float) -> Iterator[float]:
    opens, closes = lounge.hours
    first = math.ceil(max(since, opens) / STEP)
    last = math.floor((closes - seconds) / STEP)
    yield from (number * STEP for number in range(first, min(last + 1, first + MOST)))
