"""The sweep: every round seated anew beside the others, until none gets better."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schedule.pairs.grid import Grid, Ints
from schedule.pairs.seating import gain, seat, total

TIMES = 20  # it stands still after three or four


def sweep(
    grid: Grid,
    partner: Ints,
    extra: Ints | None = None,
    on: Callable[[], bool] = lambda: True,
    seed: int = 0,
) -> Ints:
    """`partner` or better; never worse, and never slower than `on` says there is time.

    `extra`, [round, row, column], is what a meeting is worth beside its value; where that comes
    below 0 it is out of the question.
    """
    partner = partner.copy()
    open_ = [number for number, seats in enumerate(grid.seats) if (seats > 0).any()]
    still = 0  # rounds in a row that stayed as they were
    for turn in range(TIMES * len(open_)):
        if still == len(open_) or not on():
            break
        number = open_[turn % len(open_)]
        worth = gain(grid, partner, number)
        if extra is not None:
            worth = np.maximum(worth + extra[number] * (worth > 0), 0)
        row = seat(grid, number, worth, partner[number], seed + turn)
        better = total(grid, worth, row) > total(grid, worth, partner[number])
        if better:
            partner[number] = row
        still = 0 if better else still + 1
    return partner
