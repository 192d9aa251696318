"""The sweep: every round seated anew beside the others, until none gets better."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schedule.pairs.grid import Grid, Ints
from schedule.pairs.seating import gain, seat, total

TIMES = 20  # it stands still after three or four
BOUND = 10**8  # above all that a meeting can be worth


def sweep(
    grid: Grid,
    partner: Ints,
    extra: Ints | None = None,
    on: Callable[[], bool] = lambda: True,
    seed: int = 0,
    fits: Callable[[Ints], bool] = lambda _: True,
) -> Ints:
    """`partner` or better; never worse, and stopped when `on` says that there is no more time.

    `extra`, [round, row, column], is what a meeting is worth beside its value; where that comes
    below 0 it is out of the question. Where the best round does not lead to something that
    `fits`, the best one is taken that has all the meetings with something extra that it had.
    """
    partner = partner.copy()
    open_ = [number for number, seats in enumerate(grid.seats) if (seats > 0).any()]
    still = 0  # rounds in a row that stayed as they were
    for turn in range(TIMES * len(open_)):
        if still == len(open_) or not on():
            break
        number, before = open_[turn % len(open_)], partner
        worth = gain(grid, partner, number)
        if extra is not None:
            worth = np.maximum(worth + extra[number] * (worth > 0), 0)
        partner = _with(partner, number, seat(grid, number, worth, before[number], seed + turn))
        if extra is not None and not fits(partner):
            bound = worth + BOUND * ((worth > 0) & (extra[number] > 0))
            partner = _with(before, number, seat(grid, number, bound, before[number], seed + turn))
        if total(grid, worth, partner[number]) > total(grid, worth, before[number]):
            still = 0
        else:
            partner, still = before, still + 1
    return partner


def _with(partner: Ints, number: int, row: Ints) -> Ints:
    changed = partner.copy()
    changed[number] = row
    return changed
