"""Who is expected where and when: on a stage, in a round, in a meeting or in a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rooms import booked, paired
from rooms.people import PersonId

if TYPE_CHECKING:
    from rooms.lounge import Lounge, Span


def free(lounge: Lounge, person: PersonId, span: Span, but: str = "") -> bool:
    """Whether nobody expects this person in that time. `but` is a booking or talk left out."""
    since, until = span
    expected = (*_stages(lounge, person), *_rounds(lounge, person), *_talks(lounge, person, but))
    if booked.taken(lounge, person, span, but):
        return False
    return all(ends_at <= since or begins_at >= until for begins_at, ends_at in expected)


def engagements(lounge: Lounge, person: PersonId) -> tuple[Span, ...]:
    """When others expect this person, sorted; what overlaps is not joined."""
    talks = (*_talks(lounge, person, ""), *booked.spans(lounge, person))
    return tuple(sorted((*_stages(lounge, person), *_rounds(lounge, person), *talks)))


def _stages(lounge: Lounge, person: PersonId) -> tuple[Span, ...]:
    return lounge.busy.get(person, ())


def _rounds(lounge: Lounge, person: PersonId) -> tuple[Span, ...]:
    """Rounds in which this person has a partner and which have not begun."""
    waiting = {
        turn.item: (turn.starts_at, turn.ends_at) for turn in lounge.rounds if turn.how == "waiting"
    }
    return tuple(
        waiting[meeting.item]
        for meeting in paired.of_person(lounge, person)
        if meeting.item in waiting
    )


def _talks(lounge: Lounge, person: PersonId, but: str) -> tuple[Span, ...]:
    part = lounge.breakouts
    talks = (part.talks[key] for key in part.of.get(person, ()) if key != but)
    return tuple((talk.opens_at, talk.closes_at) for talk in talks if talk.phase != "over")
