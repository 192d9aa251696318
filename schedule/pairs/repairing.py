"""The repair: an announced plan after somebody did not come, came late, or left.

What is past stays. Meetings that can still take place have a price, which only a mutual wish or a
talent who is left behind is worth; those of people on their way stand. The sweep fills the gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from msgspec.structs import replace as altered

from schedule.pairs.case import Attendee, Case, CaseError, Meeting, Plan, check, whom
from schedule.pairs.estimate import estimate
from schedule.pairs.grid import Grid, Ints, fixing, grid
from schedule.pairs.patience import lasting
from schedule.pairs.sweep import sweep

PRICE = 3_000  # of an announced meeting: three steps of a talent, thirty times the best interest
NEXT = 10 * PRICE  # in the round about to start, where people look for each other already
FEW = 0.01  # of the announced meetings to come may change, to rescue wishes
FEWEST = 2  # where they are few

Keep = int | tuple[str | Meeting, ...]


def repair(case: Case, plan: Plan, done: int, keep: Keep, within: float) -> Plan:
    """`plan` made to fit `case` as it is now, with few changes; the same if nothing is broken.

    `done` rounds are past and stay as they were. `keep` holds ids of people who are on their way
    in round `done`, or single meetings; those stand as long as both are present. A number means
    that everybody is on their way, and is the price of any later meeting where above PRICE.
    Returns after `within` seconds with the best so far, most often much sooner. A booking lapses
    when one of the two is not present. Raises CaseError if something cannot be meant.
    """
    on = lasting(within)
    if not 0 <= done <= case.rounds:
        raise CaseError("done", f"{done} rounds of {case.rounds} cannot be past")
    case = _standing(case, plan, done)
    check(case)
    past = _past(case, plan, done)
    certain = [*past, *case.booked]
    whole = fixing(grid(case, done), certain)
    still = _still(case, whole, plan, done, certain)
    rest = fixing(whole, _on_their_way(still, done, keep))
    partner = _seated(rest, still)
    if case.strict or plan.cost is not None:
        rest = _no_more_than_before(rest, partner)
    price = max(PRICE, keep) if isinstance(keep, int) else PRICE
    few = _few(partner)
    prices = _prices(rest, partner, done, price)
    found = sweep(rest, partner, prices, on, fits=few)
    found = _with_those_left_behind(rest, partner, found)
    value = rest.worth(found)
    names = tuple((rest.ids[i], rest.ids[j], r) for i, j, r in rest.meetings(found))
    return Plan(names, value, max(value, estimate(whole, found)), plan.cost)


def _standing(case: Case, plan: Plan, done: int) -> Case:
    """The case with those of its bookings that are to come and can take place."""
    present = {person.id: set(person.present) for person in case.people}
    met = {frozenset((a, b)) for a, b, number in plan.meetings if number < done}
    booked = tuple(
        (a, b, number)
        for a, b, number in case.booked
        if number >= done
        and frozenset((a, b)) not in met
        and number in present.get(a, {number})
        and number in present.get(b, {number})
    )
    return altered(case, booked=booked)


def _past(case: Case, plan: Plan, done: int) -> list[Meeting]:
    """What took place; whoever met somebody must still be in the case."""
    known = {person.id for person in case.people}
    for n, (a, b, number) in enumerate(plan.meetings):
        for person in (a, b):
            if number < done and person not in known:
                raise CaseError(f"plan.meetings[{n}]", f"{person} is not among the people")
    return [meeting for meeting in plan.meetings if meeting[2] < done]


def _still(
    case: Case, whole: Grid, plan: Plan, done: int, certain: Iterable[Meeting]
) -> list[Meeting]:
    """The announced meetings to come that can take place beside the certain ones."""
    people = {person.id: person for person in case.people}
    number = {name: n for n, name in enumerate(whole.ids)}
    met = {key for a, b, _ in certain for key in _met(people[a], people[b])}
    seats, desks = whole.seats.copy(), whole.desks.copy()
    still = list[Meeting]()
    for a, b, r in plan.meetings:
        if r < done or r >= case.rounds or a not in number or b not in number:
            continue
        i, j = sorted((number[a], number[b]))
        keys = set(_met(people[a], people[b]))
        if not (whole.open[i, j] and seats[r, i] and seats[r, j]) or keys & met:
            continue
        fresh = [n for n in (i, j) if n >= whole.talents and seats[r, n] == whole.seats[r, n]]
        if any(desks[r, whole.org[n]] < 1 for n in fresh):
            continue
        met |= keys
        desks[r, whole.org[fresh]] -= 1
        seats[r, [i, j]] -= 1
        still.append((a, b, r))
    return still


def _met(one: Attendee, other: Attendee) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one.id, whom(one, other)), (other.id, whom(other, one))


def _on_their_way(still: list[Meeting], done: int, keep: Keep) -> list[Meeting]:
    if isinstance(keep, int):
        return [meeting for meeting in still if meeting[2] == done]
    people = {each for each in keep if isinstance(each, str)}
    meetings = {(frozenset(each[:2]), each[2]) for each in keep if not isinstance(each, str)}
    return [
        (a, b, number)
        for a, b, number in still
        if (number == done and (a in people or b in people))
        or (frozenset((a, b)), number) in meetings
    ]


def _seated(rest: Grid, still: list[Meeting]) -> Ints:
    """The announced meetings that are not fixed."""
    number = {name: n for n, name in enumerate(rest.ids)}
    partner = rest.empty()
    for a, b, r in still:
        i, j = sorted((number[a], number[b]))
        if (i, j, r) not in rest.fixed:
            partner[r, i] = j
            if not rest.two_sided:
                partner[r, j] = i
    return partner


def _prices(rest: Grid, partner: Ints, done: int, price: int) -> Ints:
    """[round, row, column]: what each announced meeting is worth because people know of it."""
    rows, columns = rest.rows, rest.columns
    prices = np.zeros((len(partner), rows.stop, columns.stop - columns.start), np.int64)
    r, one = np.nonzero(partner >= 0)
    prices[r, one, partner[r, one] - columns.start] = np.where(r == done, max(NEXT, price), price)
    return prices


def _few(partner: Ints) -> Callable[[Ints], bool]:
    """Whether, beside those that cannot take place, hardly any announced meeting changes."""
    known = partner >= 0
    most = max(FEWEST, int(known.sum() * FEW))
    return lambda found: int((known & (found != partner)).sum()) <= most


def _with_those_left_behind(rest: Grid, announced: Ints, found: Ints) -> Ints:
    """Who would meet nobody at all takes one meeting of somebody who has others, while few change.

    No price is asked for that, but the plan has to be worth more: no mutual wish goes for it.
    """
    if not rest.two_sided:
        return found
    few, found = _few(announced), found.copy()
    for talent in np.flatnonzero(_had(rest, found)[: rest.talents] == 0).tolist():
        after = _given_one(rest, found, talent)
        if after is not None and few(after) and rest.worth(after) > rest.worth(found):
            found = after
    return found


def _had(rest: Grid, partner: Ints) -> Ints:
    """How many meetings each of the rows has, past ones and fixed ones too."""
    counted: Ints = rest.earlier[: partner.shape[1]] + (partner >= 0).sum(0)
    return counted


def _given_one(rest: Grid, partner: Ints, talent: int) -> Ints | None:
    """The same with the best meeting for `talent` that another can spare."""
    spare = _had(rest, partner) > 1
    best: tuple[int, int, int] | None = None
    for number in np.flatnonzero(rest.seats[:, talent] > 0).tolist():
        for other in np.flatnonzero((partner[number] >= 0) & spare).tolist():
            rep = int(partner[number, other])
            if rest.open[talent, rep]:
                gained = int(rest.score[talent, rep] - rest.score[other, rep])
                best = max(best or (gained, number, other), (gained, number, other))
    if best is None:
        return None
    _, number, other = best
    changed = partner.copy()
    changed[number, talent], changed[number, other] = partner[number, other], -1
    return changed


def _no_more_than_before(rest: Grid, partner: Ints) -> Grid:
    """A plan that was made strictly stays even: nobody gets more than somebody had announced."""
    had = rest.earlier + (partner >= 0).sum(0)
    highest = int(had[: rest.talents].max(initial=0))
    most = rest.most.copy()
    talents = slice(0, rest.talents)
    most[talents] = np.clip(highest - rest.earlier[talents], 0, most[talents])
    return replace(rest, most=most)
