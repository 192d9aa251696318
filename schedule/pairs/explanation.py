"""An explanation: for each round, why somebody meets this partner, or sits out."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from schedule.pairs.case import Attendee, Case, CaseError, Plan, whom

Why = Literal["booked", "mutual", "interest", "absent", "nobody", "met", "away", "taken", "turn"]


class Reason(Struct, frozen=True):
    """What one person has in one round, and why."""

    round: int
    partners: tuple[str, ...]
    "Nobody when sitting out; two at a table of three."
    why: Why
    interest: int
    "In the meeting, 0 to 100; 0 when sitting out."
    words: str
    "The same as an English sentence."


WORDS: dict[Why, str] = {
    "booked": "You booked this meeting.",
    "mutual": "You both wished to meet.",
    "interest": "You fit each other well.",
    "absent": "You are elsewhere in this round.",
    "nobody": "There is nobody here whom you could meet.",
    "met": "You meet everybody who fits you in other rounds.",
    "away": "Those who fit you are elsewhere in this round.",
    "taken": "Everybody who fits you meets somebody else in this round.",
    "turn": "There is no place for you in this round; others sit out in the other rounds.",
}


def explain(case: Case, plan: Plan, person: str) -> tuple[Reason, ...]:
    """One reason for each round; raises CaseError if nobody has that id."""
    people = {each.id: each for each in case.people}
    if person not in people:
        raise CaseError("person", f"{person} is not among the people")
    return tuple(_reason(case, plan, people, person, number) for number in range(case.rounds))


def _reason(
    case: Case, plan: Plan, people: dict[str, Attendee], person: str, number: int
) -> Reason:
    partners = tuple(
        b if a == person else a for a, b, r in plan.meetings if r == number and person in (a, b)
    )
    if not partners:
        why = _why_not(case, plan, people, person, number)
        return Reason(number, (), why, 0, WORDS[why])
    pairs = {frozenset((person, partner)) for partner in partners}
    interest = max((n for a, b, n in case.interest if frozenset((a, b)) in pairs), default=0)
    why = _why(case, pairs, number)
    return Reason(number, partners, why, interest, WORDS[why])


def _why(case: Case, pairs: set[frozenset[str]], number: int) -> Why:
    if any(frozenset((a, b)) in pairs and r == number for a, b, r in case.booked):
        return "booked"
    if any(frozenset(each) in pairs for each in case.mutual):
        return "mutual"
    return "interest"


def _why_not(case: Case, plan: Plan, people: dict[str, Attendee], person: str, number: int) -> Why:
    me = people[person]
    if number not in me.present:
        return "absent"
    fitting = [
        people[b if a == person else a]
        for a, b, _ in case.interest
        if person in (a, b) and set(people[a].languages) & set(people[b].languages)
    ]
    if not fitting:
        return "nobody"
    met = {
        (one, whom(people[one], people[other]))
        for a, b, _ in plan.meetings
        for one, other in ((a, b), (b, a))
    }
    left = [
        each
        for each in fitting
        if (person, whom(me, each)) not in met and (each.id, whom(each, me)) not in met
    ]
    if not left:
        return "met"
    here = [each for each in left if number in each.present]
    if not here:
        return "away"
    busy = {each for a, b, r in plan.meetings if r == number for each in (a, b)}
    return "taken" if all(each.id in busy for each in here) else "turn"
