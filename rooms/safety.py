"""Who keeps whom away, and what is reported to the organisers: persons, place and time only.

A block works in both directions everywhere in the house; whoever is blocked is never told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.people import DESK, Person, PersonId
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge

MOST_BLOCKS = 100  # per person: far more than anybody meets in an evening
MOST_REPORTS = 5  # per person and `REPORTS_WITHIN`: more of them are for a talk at the desk
REPORTS_WITHIN = 3600.0  # seconds
SAME_REPORT = 600.0  # seconds in which a second tap on the same person is the same report
KEPT = 500  # reports in the room; older ones stay in the log

Where = Literal["talk", "meeting", "table", "stage", "people"]
"In which kind of place it happened."
PlaceId = Annotated[str, Meta(max_length=70, pattern=r"^[a-z0-9-]*$")]
ReportId = Annotated[str, Meta(min_length=1, max_length=20)]


# Commands


class Block(Command, frozen=True, tag="safety.block"):
    """Keep somebody away from oneself everywhere, from now on; or no longer."""

    person: PersonId
    on: bool = True


class Report(Command, frozen=True, tag="safety.report"):
    """Tell the organisers that somebody went too far, and keep that person away as well."""

    person: PersonId
    where: Where
    place: PlaceId = ""
    "The talk, table or stage, if it was in one."


class Settle(Command, frozen=True, tag="safety.settle"):
    """Somebody at the desk has seen to a report."""

    report: ReportId


# Events


class Blocked(Event, frozen=True, tag="safety.blocked"):
    """Somebody keeps somebody away, or no longer; told to the one who decided, and nobody else."""

    by: PersonId
    person: PersonId
    on: bool


class Reported(Event, frozen=True, tag="safety.reported"):
    """Somebody was reported; heard by the reporter and the desk, never by the person concerned."""

    id: ReportId
    by: PersonId
    person: PersonId
    where: Where
    place: str
    at: float


class Settled(Event, frozen=True, tag="safety.settled"):
    """The desk has seen to a report; the one who reported may know."""

    id: ReportId
    by: PersonId
    "Who reported."
    person: PersonId
    "Who was reported."
    settled_by: PersonId
    at: float


# State


class ReportShown(Struct, frozen=True, rename="camel"):
    """A report: who, whom, where and when; nothing of what was said."""

    id: ReportId
    by: PersonId
    person: PersonId
    where: Where
    place: str
    at: float
    settled_by: PersonId | None = None
    settled_at: float | None = None


class Safety(Struct, frozen=True):
    """Who keeps whom away, and all reports."""

    blocks: dict[PersonId, frozenset[PersonId]] = {}
    "By each person, whom they keep away."
    reports: tuple[ReportShown, ...] = ()
    reported: int = 0
    "How many reports there ever were; the next one's id follows from it."


class SafetyShown(Struct, frozen=True, rename="camel"):
    """What one reader may know: never who keeps them away, never a report about themselves."""

    blocked: tuple[PersonId, ...]
    "Whom the reader keeps away, sorted."
    reports: tuple[ReportShown, ...]
    "The desk sees all but those about the reader, others their own."


COMMANDS: tuple[type[Command], ...] = (Block, Report, Settle)
EVENTS: tuple[type[Event], ...] = (Blocked, Reported, Settled)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {}


def blocked(lounge: Lounge, a: PersonId, b: PersonId) -> bool:
    """Whether one of the two keeps the other away."""
    blocks = lounge.safety.blocks
    return b in blocks.get(a, ()) or a in blocks.get(b, ())


def apart(lounge: Lounge, person: PersonId) -> frozenset[PersonId]:
    """All those `person` keeps away, and all who keep `person` away."""
    blocks = lounge.safety.blocks
    others = (other for other, kept in blocks.items() if person in kept)
    return blocks.get(person, frozenset()).union(others)


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` for who is unknown or oneself, and beyond the limits."""
    match command:
        case Block(person=person, on=True):
            _check_somebody_else(lounge, person, by)
            _check_not_at_desk(lounge, person)
            return _blocking(lounge, person, by)
        case Block(person=person):
            known = person in lounge.safety.blocks.get(by.id, ())
            return (Blocked(by.id, person, on=False),) if known else ()
        case Report():
            return _report(lounge, command, by, now)
        case Settle(report=report):
            return _settle(lounge.safety, report, by, now)
        case _:
            return ()


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Nothing happens by itself: what people decided here holds until they change it."""
    return ()


def due(lounge: Lounge) -> float | None:
    """Never."""
    return None


def apply(safety: Safety, event: Event) -> Safety:
    """Blocks and reports after `event`."""
    match event:
        case Blocked(by=by, person=person, on=on):
            kept = safety.blocks.get(by, frozenset())
            kept = kept | {person} if on else kept - {person}
            return replace(safety, blocks={**safety.blocks, by: kept})
        case Reported(id=id_, by=by, person=person, where=where, place=place, at=at):
            report = ReportShown(id_, by, person, where, place, at)
            reports = (*safety.reports, report)[-KEPT:]
            return replace(safety, reports=reports, reported=safety.reported + 1)
        case Settled(id=id_, settled_by=settled_by, at=at):
            reports = tuple(
                replace(each, settled_by=settled_by, settled_at=at) if each.id == id_ else each
                for each in safety.reports
            )
            return replace(safety, reports=reports)
        case _:
            return safety


def show(lounge: Lounge, reader: Person, now: float) -> SafetyShown:
    """What `reader` may know of it."""
    desk, safety = reader.role in DESK, lounge.safety
    return SafetyShown(
        blocked=tuple(sorted(safety.blocks.get(reader.id, ()))),
        reports=tuple(
            each
            for each in safety.reports
            if each.by == reader.id or (desk and each.person != reader.id)
        ),
    )


def _report(lounge: Lounge, report: Report, by: Person, now: float) -> tuple[Event, ...]:
    """At the desk nobody can be blocked, but everybody be reported: to the others there."""
    _check_somebody_else(lounge, report.person, by)
    at_desk = lounge.people[report.person].role in DESK
    blocking = () if at_desk else _blocking(lounge, report.person, by)
    own = [each for each in lounge.safety.reports if each.by == by.id]
    if any(each.person == report.person and each.at > now - SAME_REPORT for each in own):
        return blocking
    if sum(each.at > now - REPORTS_WITHIN for each in own) >= MOST_REPORTS:
        raise Refused(
            "You have sent {most} reports within an hour. Please talk to the organisers at the"
            " desk; you can still block people.",
            most=MOST_REPORTS,
        )
    id_ = f"r{lounge.safety.reported + 1}"
    told = Reported(id_, by.id, report.person, report.where, report.place, now)
    return (*blocking, told)


def _blocking(lounge: Lounge, person: PersonId, by: Person) -> tuple[Event, ...]:
    kept = lounge.safety.blocks.get(by.id, frozenset())
    if person in kept:
        return ()
    if len(kept) >= MOST_BLOCKS:
        raise Refused(
            "You have blocked {most} people, and there is no room for more. Please talk to the"
            " organisers at the desk.",
            most=MOST_BLOCKS,
        )
    return (Blocked(by.id, person, on=True),)


def _settle(safety: Safety, id_: ReportId, by: Person, now: float) -> tuple[Event, ...]:
    # Whoever a report is about does not even learn that it exists.
    report = next((each for each in safety.reports if each.id == id_ and each.person != by.id), 0)
    if not isinstance(report, ReportShown):
        raise Refused("This report is not there any more. Please reload the page.")
    if report.settled_at is not None:
        return ()
    return (Settled(id_, report.by, report.person, by.id, now),)


def _check_somebody_else(lounge: Lounge, person: PersonId, by: Person) -> None:
    if person == by.id:
        raise Refused("This is your own name tag. Please choose somebody else.")
    if person not in lounge.people:
        raise Refused("This person is not on the list of this gathering. Please reload the page.")


def _check_not_at_desk(lounge: Lounge, person: PersonId) -> None:
    if lounge.people[person].role in DESK:
        raise Refused(
            "Whoever runs the evening cannot be blocked. You can report them to the organisers."
        )
