"""Who meets whom in which round, and the repair of a plan that was announced.

The value of a plan is counted in tiers: mutual wishes, then that every talent has meetings, then
interest. `Plan.bound` is what no plan can exceed.
"""

from __future__ import annotations

import numpy as np

from schedule.pairs.bound import Bound, bound
from schedule.pairs.case import Attendee, Case, CaseError, Meeting, Plan, check
from schedule.pairs.colouring import colour
from schedule.pairs.difference import Change, diff
from schedule.pairs.explanation import Reason, explain
from schedule.pairs.grid import Grid, Ints, fixing, grid
from schedule.pairs.placing import place
from schedule.pairs.proof import prove
from schedule.pairs.repairing import repair
from schedule.pairs.strictly import strictly
from schedule.pairs.sweep import sweep
from schedule.pairs.turns import turns

__all__ = [
    "Attendee",
    "Case",
    "CaseError",
    "Change",
    "Meeting",
    "Plan",
    "Reason",
    "check",
    "diff",
    "explain",
    "plan",
    "repair",
]

TRIES = 8  # other colourings while a gap remains
FEW_TRIES = 2  # of those with more people than MANY, where each takes a second
MANY = 800


def plan(case: Case, *, strict: bool = False) -> Plan:
    """The best meetings there are, or nearly; the same case gives the same plan.

    Sit-outs of talents who are always there differ by at most two where the best meetings allow
    it. With `strict`, here or in the case, by at most one, and `Plan.cost` says what that costs.
    Raises CaseError if the case is wrong.
    """
    check(case)
    whole = fixing(grid(case), case.booked)
    limit = bound(whole)
    best, top = _best(whole, limit)
    best = turns(whole, best, 2)
    if not (strict or case.strict):
        return _plan(whole, best, top)
    even, value = strictly(whole, limit)
    cost = max(0, whole.worth(best) - whole.worth(even))
    return _plan(whole, even, _points(whole.base + value), cost)


def _best(whole: Grid, limit: Bound) -> tuple[Ints, int]:
    """Colour and sweep, again while a gap remains, then search; the best and its bound."""
    top = _points(whole.base + limit.value)
    best = whole.empty()
    for seed in range(TRIES if len(whole.ids) <= MANY else FEW_TRIES):
        laid = place(whole, colour(whole, limit.chosen, seed), limit.chosen)
        best = max(best, sweep(whole, laid, seed=seed), key=whole.worth)
        if whole.worth(best) >= top:
            return best, top
    best, gap = prove(whole, limit, best, top - whole.worth(best))
    return best, whole.worth(best) + gap


def _plan(whole: Grid, partner: Ints, top: int, cost: int | None = None) -> Plan:
    """In the case's own words."""
    meetings = tuple((whole.ids[i], whole.ids[j], r) for i, j, r in whole.meetings(partner))
    return Plan(meetings, whole.worth(partner), max(top, whole.worth(partner)), cost)


def _points(value: float) -> int:
    """Values are whole numbers, so that a bound may be rounded down."""
    return int(np.floor(value + 1e-3))
