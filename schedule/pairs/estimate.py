"""An estimate from above: what no plan exceeds, found in milliseconds by prices alone.

Each seat gets a price; then everybody chooses whom they like best for that price, whether or not
others want the same. That and the prices together are never less than any plan is worth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schedule.pairs.grid import Grid, Ints

TURNS = 8  # of the prices; more bring the estimate closer and the answer later
FIRST = 300.0  # points by which a price changes at first for each who asks too much
SLOWER = 0.75
NEVER = -1e12

Floats = NDArray[np.float64]


def estimate(grid: Grid, partner: Ints) -> int:
    """At least the value of every plan with the grid's fixed meetings; `partner` is a good one."""
    rows, columns = grid.rows, grid.columns
    wanted = np.where(grid.open[rows, columns], grid.score[rows, columns].astype(float), NEVER)
    most, steps = grid.seats[:, rows].sum(0), grid.steps[rows]
    if not grid.two_sided:  # each of the two gets half of what a meeting is worth
        return int(np.floor(grid.base + _chosen(wanted / 2, steps, most)[0] + 1e-3))
    seats = grid.seats[:, columns].sum(0)
    price, best, step = _prices(grid, partner, seats), np.inf, FIRST
    for _ in range(TURNS):
        value, asked = _chosen(wanted - price[None], steps, most)
        best = min(best, value + float(price @ seats))
        price = np.maximum(price + step * np.clip(asked - seats, -3, 3), 0.0)
        step *= SLOWER
    return int(np.floor(grid.base + best + 1e-3))


def _prices(grid: Grid, partner: Ints, seats: Ints) -> Floats:
    """To begin with, the least worth of any meeting of those who have no seat left."""
    number, one = np.nonzero(partner >= 0)
    other = partner[number, one] - grid.columns.start
    last = np.maximum((partner >= 0).sum(0)[one] - 1, 0)
    least = np.full(len(seats), np.inf)
    np.minimum.at(least, other, grid.score[one, partner[number, one]] + grid.steps[one, last])
    full = np.bincount(other, minlength=len(seats)) >= seats
    return np.where(full & np.isfinite(least), least, 0.0)


def _chosen(worth: Floats, steps: Ints, most: Ints) -> tuple[float, Ints]:
    """What the rows get at these prices, and how often each of the columns is asked for."""
    size = min(steps.shape[1], worth.shape[1])
    best = np.argpartition(-worth, size - 1, axis=1)[:, :size] if size else np.zeros((0, 0), int)
    value = np.take_along_axis(worth, best, axis=1)
    order = np.argsort(-value, axis=1)
    best = np.take_along_axis(best, order, axis=1)
    value = np.take_along_axis(value, order, axis=1) + steps[:, :size]
    taken = (value > 0) & (np.arange(size)[None] < most[:, None])
    asked = np.bincount(best[taken], minlength=worth.shape[1])
    return float(value[taken].sum()), asked
