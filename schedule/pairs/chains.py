"""Chains: meetings of two rounds that hang together, and so can only change rounds together."""

from __future__ import annotations

import numpy as np

from schedule.pairs.grid import Flags, Grid, Ints


def exchanged(grid: Grid, partner: Ints, early: int, late: int, person: int) -> Ints | None:
    """`partner` with the two rounds exchanged for the chain with this person, if all are free."""
    chained = chain(grid, partner, early, late, person)
    changed = partner.copy()
    changed[[early, late]] = np.where(chained, partner[[late, early]], partner[[early, late]])
    return changed if fits(grid, changed, early) and fits(grid, changed, late) else None


def chain(grid: Grid, partner: Ints, early: int, late: int, person: int) -> Flags:
    """[person]: whose meetings in the two rounds hang together with this person's."""
    chained = np.zeros(len(grid.ids), np.bool_)
    chained[person] = True
    rows = partner[[early, late]]
    fresh = [person]
    while fresh:
        one = fresh.pop()
        for row in rows:
            if one < grid.talents or not grid.two_sided:
                others = [int(row[one])] if row[one] >= 0 else []
            else:
                others = np.flatnonzero(row == one).tolist()
            for other in others:
                if not chained[other]:
                    chained[other] = True
                    fresh.append(other)
    return chained


def fits(grid: Grid, partner: Ints, number: int) -> bool:
    """Whether in that round everybody has a seat and every organisation its desks."""
    row = partner[number]
    one = np.flatnonzero(row >= 0)
    count = np.bincount(row[one], minlength=len(row))
    if grid.two_sided:
        count[one] += 1
    if (count > grid.seats[number]).any():
        return False
    reps = np.flatnonzero(count[grid.talents :]) + grid.talents
    used = np.bincount(grid.org[reps], minlength=grid.desks.shape[1])
    return bool((used <= grid.desks[number]).all())
