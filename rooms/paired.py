"""The plan of the rounds: who meets whom in which round, as drafted, published and repaired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from rooms.people import PersonId

if TYPE_CHECKING:
    from rooms.lounge import Lounge

Reason = Literal["no-show", "joined", "left", "kept-apart", "agenda"]
"Why a published plan does not hold any more."


class Meeting(Struct, frozen=True, rename="camel"):
    """Those who meet in a round: two, or three at a table of three."""

    item: str
    "The round's item on the agenda."
    people: tuple[PersonId, ...]


class Plan(Struct, frozen=True, rename="camel"):
    """A plan with its worth, and the worth that no plan could exceed."""

    number: int
    rounds: dict[str, tuple[Meeting, ...]]
    "By the round's item."
    value: int
    bound: int
    at: float
    "When it was made; Unix seconds."
    cost: int | None = None
    "What spreading strictly costs in value, if that was asked for."
    people: tuple[PersonId, ...] = ()
    "All whom it has thought of; sorted."


class Asked(Struct, frozen=True, rename="camel"):
    """What the desk wants a draft for."""

    number: int
    only_here: bool
    strict: bool
    at: float


class Repair(Struct, frozen=True, rename="camel"):
    """What a repair did to the published plan."""

    number: int
    reasons: tuple[Reason, ...]
    added: tuple[Meeting, ...]
    dropped: tuple[Meeting, ...]
    at: float


class Pairing(Struct, frozen=True):
    """The plan at the desk."""

    number: int = 0
    "Of the last plan that was asked for or repaired."
    asked: Asked | None = None
    "A draft is being made."
    failed: bool = False
    "The last draft could not be made."
    draft: Plan | None = None
    published: Plan | None = None
    held: bool = False
    "Rounds that have not begun open no talks."
    wanted: tuple[Reason, ...] = ()
    "Why the published plan is to be repaired."
    people: frozenset[PersonId] = frozenset()
    "All whom the published plan has thought of."
    away: frozenset[PersonId] = frozenset()
    "Of them, who did not come and is not in the house."
    looked_at: float = 0.0
    "When the plan was last held against how things are; Unix seconds."
    absent: dict[str, frozenset[PersonId]] = {}
    "By round, who is known not to come."
    before: Plan | None = None
    "The plan before the last repair, for an undo."
    repaired: Repair | None = None
    taken_back: frozenset[Meeting] = frozenset()
    "What the desk brought back by an undo; it stands as long as those two may meet."


def of_round(lounge: Lounge, item: str) -> tuple[Meeting, ...]:
    """The published meetings of a round."""
    published = lounge.pairing.published
    if published is None:
        return ()
    return published.rounds.get(item, ())


def of_person(lounge: Lounge, person: PersonId) -> tuple[Meeting, ...]:
    """The published meetings of somebody, in the rounds' order."""
    published = lounge.pairing.published
    if published is None:
        return ()
    return tuple(
        meeting
        for turn in lounge.rounds
        for meeting in published.rounds.get(turn.item, ())
        if person in meeting.people
    )
