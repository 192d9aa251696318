"""What the planner needs to know of the lounge: who could meet whom, when, and what stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING

from msgspec import Struct

from rooms import booked, breakout, paired, pairing, staffing, wishes
from rooms.paired import Meeting
from rooms.people import PersonId, Role
from rooms.presence import here
from schedule.pairs.case import Attendee, Case, Plan
from schedule.pairs.case import Meeting as Pair

if TYPE_CHECKING:
    from rooms.lounge import Lounge, RoundTime

SOON = 60.0  # seconds before a round in which people are on their way to it


class Asked(Struct, frozen=True):
    """A case for a new plan, and the rounds it counts."""

    case: Case
    turns: tuple[str, ...]


class Standing(Struct, frozen=True):
    """A published plan, what is known by now, and the rounds it counts."""

    case: Case
    turns: tuple[str, ...]
    plan: Plan
    done: int
    "Rounds that are past."
    keep: tuple[str | Pair, ...]
    "Who is on their way, or has met, in the round after those."


def fresh(lounge: Lounge) -> Asked:
    """The case for the rounds that have not begun; who met before does not meet again."""
    turns = tuple(turn for turn in lounge.rounds if turn.how == "waiting")
    asked = lounge.pairing.asked
    people = pairing.taking_part(lounge, only_here=asked is not None and asked.only_here)
    strict = asked is not None and asked.strict
    present = {
        person: tuple(n for n, turn in enumerate(turns) if _comes(lounge, turn, person))
        for person in sorted(people)
    }
    return Asked(_case(lounge, len(turns), present, _met(lounge, ()), strict), _items(turns))


def standing(lounge: Lounge) -> Standing:
    """The published plan beside how things are now."""
    turns = lounge.rounds
    meetings = tuple(_pairs(lounge, turns))
    planned = {person for a, b, _ in meetings for person in (a, b)}
    people = sorted(pairing.taking_part(lounge) & lounge.pairing.people | planned)
    published = lounge.pairing.published
    value, bound = (published.value, published.bound) if published is not None else (0, 0)
    done = _done(lounge, turns)
    keep = _kept(lounge, turns, done)
    stay = {person for each in keep if not isinstance(each, str) for person in each[:2]}
    present = {
        person: tuple(
            n
            for n, turn in enumerate(turns)
            if (n == done and person in stay) or _comes(lounge, turn, person)
        )
        for person in people
    }
    case = _case(lounge, len(turns), present, _met(lounge, turns), strict=False)
    return Standing(case, _items(turns), Plan(meetings, value, bound), done, keep)


def by_round(turns: tuple[str, ...], plan: Plan) -> dict[str, tuple[Meeting, ...]]:
    """A plan in the lounge's words; a representative's two talents sit at one table."""
    tables: dict[tuple[int, str], list[str]] = {}
    for talent, other, number in plan.meetings:
        tables.setdefault((number, other), []).append(talent)
    rounds: dict[str, list[Meeting]] = {item: [] for item in turns}
    for (number, other), talents in tables.items():
        rounds[turns[number]].append(Meeting(turns[number], (*talents, other)))
    return {item: tuple(meetings) for item, meetings in rounds.items()}


def _items(turns: Iterable[RoundTime]) -> tuple[str, ...]:
    return tuple(turn.item for turn in turns)


def _case(
    lounge: Lounge,
    rounds: int,
    present: dict[PersonId, tuple[int, ...]],
    met: frozenset[frozenset[str]],
    strict: bool,
) -> Case:
    interest = tuple(_interest(lounge, present.keys(), met))
    pairs = {frozenset((a, b)) for a, b, _ in interest}
    return Case(
        rounds=max(1, rounds),
        people=tuple(_attendee(lounge, person, there) for person, there in present.items()),
        interest=interest,
        mutual=tuple(p for p in wishes.mutual_pairs(lounge) if frozenset(p) in pairs),
        desks=lounge.rules.desks,
        table=lounge.rules.table if lounge.rules.between == "talent-company" else 1,
        strict=strict,
    )


def _attendee(lounge: Lounge, person: PersonId, present: tuple[int, ...]) -> Attendee:
    known = lounge.people.get(person)
    return Attendee(
        id=person,
        side="company" if known is not None and known.role is Role.REP else "talent",
        org=_organisation(lounge, person),
        present=present,
        languages=wishes.languages_of(lounge, person) if known is not None else (),
    )


def _organisation(lounge: Lounge, person: PersonId) -> str | None:
    known = lounge.people.get(person)
    return (known.organisation or None) if known is not None and known.role is Role.REP else None


def _comes(lounge: Lounge, turn: RoundTime, person: PersonId) -> bool:
    """Whether somebody can be in a round: not on a stage, in a meeting or talk, or away."""
    if turn.how == "over":
        return True  # what was, was
    if turn.how != "waiting" and staffing.busy(lounge, person):
        return False  # a round that begins calls them away from a counter; one that is on does not
    if not wishes.takes_part(lounge, person) or person in lounge.pairing.away:
        return False
    if person in lounge.pairing.absent.get(turn.item, ()):
        return False
    span = (turn.starts_at, turn.ends_at)
    on_stage = any(
        since < span[1] and until > span[0] for since, until in lounge.busy.get(person, ())
    )
    return not on_stage and not booked.taken(lounge, person, span)


def _interest(
    lounge: Lounge, people: Iterable[PersonId], met: frozenset[frozenset[str]]
) -> Iterator[tuple[str, str, int]]:
    """All pairs that may meet, but for those who have met or will meet anyway."""
    for a, b in _candidates(lounge, people):
        found = wishes.interest(lounge, a, b)
        if found is not None and not met.intersection(_ties(lounge, a, b)):
            yield a, b, found


def _candidates(lounge: Lounge, people: Iterable[PersonId]) -> Iterable[tuple[PersonId, PersonId]]:
    """All pairs, or where the gathering has two sides, the half of them across."""
    if lounge.rules.between == "all":
        return combinations(people, 2)
    sides: dict[bool, list[PersonId]] = {False: [], True: []}
    for person in people:
        known = lounge.people.get(person)
        sides[known is not None and known.role is Role.REP].append(person)
    return product(sides[False], sides[True])


def _met(lounge: Lounge, turns: tuple[RoundTime, ...]) -> frozenset[frozenset[str]]:
    """Who has met whom, or will, in talks that are no meetings of these rounds' plan."""
    planned = {
        (turn.item, frozenset(meeting.people))
        for turn in turns
        for meeting in paired.of_round(lounge, turn.item)
    }
    groups = [
        talk.people
        for talk in lounge.breakouts.talks.values()
        if len(talk.came) > 1 and (talk.item, frozenset(talk.people)) not in planned
    ]
    groups += [booking.people for booking in booked.fixed(lounge)]
    return frozenset(
        tie for group in groups for a, b in combinations(group, 2) for tie in _ties(lounge, a, b)
    )


def _ties(lounge: Lounge, a: PersonId, b: PersonId) -> Iterator[frozenset[str]]:
    """What two have in common once they met: each other, and of a company all its people."""
    one, other = _organisation(lounge, a), _organisation(lounge, b)
    yield frozenset((a, b))
    if one is not None and other is None:
        yield frozenset((b, f"of {one}"))
    if other is not None and one is None:
        yield frozenset((a, f"of {other}"))


def _pairs(lounge: Lounge, turns: tuple[RoundTime, ...]) -> Iterator[Pair]:
    for number, turn in enumerate(turns):
        for meeting in paired.of_round(lounge, turn.item):
            *talents, other = meeting.people
            for talent in talents:
                yield talent, other, number


def _done(lounge: Lounge, turns: tuple[RoundTime, ...]) -> int:
    """How many rounds are past; one that is on counts, unless a new pair could still begin."""
    now = lounge.pairing.looked_at
    for number, turn in enumerate(turns):
        if turn.how == "waiting":
            return number
        if turn.how != "over" and turn.ends_at - now >= pairing.WORTH_IT:
            return number
    return len(turns)


def _kept(lounge: Lounge, turns: tuple[RoundTime, ...], done: int) -> tuple[str | Pair, ...]:
    if done >= len(turns):
        return ()
    turn, now = turns[done], lounge.pairing.looked_at
    if turn.how == "waiting":
        return tuple(sorted(here(lounge.presence))) if turn.starts_at - now <= SOON else ()
    lost = {
        frozenset(talk.people)
        for talk in breakout.running(lounge)
        if talk.item == turn.item and talk.given_up
    }
    return tuple(
        (talent, meeting.people[-1], done)
        for meeting in paired.of_round(lounge, turn.item)
        if frozenset(meeting.people) not in lost and breakout.may_meet(lounge, meeting.people)
        for talent in meeting.people[:-1]
    )
