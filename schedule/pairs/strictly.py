"""Strict turns: nobody sits out twice more than anybody else, before interest and wishes count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from schedule.pairs.bound import Bound, bound
from schedule.pairs.colouring import always_there, colour, sits, waits
from schedule.pairs.grid import Grid, Ints
from schedule.pairs.seating import gain, seat
from schedule.pairs.sweep import sweep
from schedule.pairs.turns import turns

FLOOR = 10**7  # above all that one talent's meetings are worth
TURN = 10**8  # for each round somebody sat out more than others
CHOSEN = 2 * 10**5  # a meeting of the programme before all others
WISHED = 10**6  # and a wish of both before those

NOISE = 5 * 10**5  # of chance in another attempt
TRIES = 12  # while turns still differ by more than one


def strictly(grid: Grid, free: Bound) -> tuple[Ints, float]:
    """Meetings in turns, and what no plan with so even a number of meetings can exceed."""
    even, floors = _even(grid, free)
    limit = bound(even)
    count = np.bincount(limit.chosen.ravel(), np.repeat(limit.share, 2), len(grid.ids))
    value = limit.value - FLOOR * float(np.minimum(count[: grid.talents], floors).sum())
    plans = list[Ints]()
    for seed in range(TRIES):
        plans.append(turns(grid, sweep(even, colour(even, limit.chosen, seed)), 1))
        plans.append(_kept(even, _by_turns(even, limit.chosen, seed)))
        best = max(plans, key=lambda each: (-max(spread(grid, each), 1), grid.worth(each)))
        if spread(grid, best) <= 1:
            break
    return best, value


def _kept(grid: Grid, seated: Ints) -> Ints:
    """Better partners for those who are seated, while everybody else keeps sitting out."""
    pattern = np.where((seated >= 0)[:, :, None], TURN, -TURN * 10)
    both = pattern[:, grid.rows]
    if not grid.two_sided:
        both = np.minimum(both, pattern.transpose(0, 2, 1))
    return sweep(grid, seated, both)


def spread(grid: Grid, partner: Ints) -> int:
    """The greatest difference in sit-outs so far, after any round, of those always there."""
    always = always_there(grid)
    if not len(always):
        return 0
    so_far = sits(grid, partner)[:, always].cumsum(0)
    return int((so_far.max(1) - so_far.min(1)).max())


def _even(grid: Grid, free: Bound) -> tuple[Grid, Ints]:
    """Nobody gets two meetings more than the least anybody must be content with."""
    earlier = grid.earlier
    talents = slice(0, grid.talents)
    count = np.bincount(free.chosen.ravel(), np.repeat(free.share, 2), len(grid.ids))
    had = earlier[talents] + np.floor(count[talents] + 1e-6).astype(np.int64)
    possible = [len(np.unique(grid.org[grid.open[one]])) for one in range(grid.talents)]
    always = np.zeros(grid.talents, np.bool_)
    always[always_there(grid)] = True
    could = always & (had < earlier[talents] + np.minimum(possible, grid.most[talents]))
    least = int(had[could].min()) if could.any() else len(grid.seats)
    most, steps = grid.most.copy(), grid.steps.copy()
    most[talents] = np.clip(least + 1 - earlier[talents], 0, most[talents])
    floors = np.where(could, np.clip(least - earlier[talents], 0, None), 0)
    steps[talents] += FLOOR * (np.arange(steps.shape[1])[None] < floors[:, None])
    return replace(grid, most=most, steps=steps), floors


def _by_turns(grid: Grid, pairs: Ints, seed: int) -> Ints:
    """Round by round, those who sat out most first; of them the chosen meetings first."""
    left = np.zeros(grid.score.shape, np.bool_)
    left[pairs[:, 0], pairs[:, 1]] = True
    left |= left.T
    partner, rows, columns = grid.empty(), grid.rows, grid.columns
    chance = np.random.default_rng(seed)
    for number in range(len(grid.seats)):
        worth = gain(grid, partner, number)
        spare = grid.seats[number:].sum(0) - left.sum(1)
        haste = CHOSEN * (spare < grid.seats[number]) // 2 + CHOSEN * (spare <= 1) // 8 + CHOSEN
        now = TURN * waits(grid, partner, number)
        first = (haste[rows, None] + haste[None, columns]) * left[rows, columns]
        wished = WISHED * (left & (grid.score > 100))[rows, columns]
        worth += (first + wished + now[rows, None] + now[None, columns]) * (worth > 0)
        if seed:
            worth += chance.integers(0, NOISE, worth.shape) * (worth > 0)
        row = seat(grid, number, worth, partner[number], seed)
        partner[number] = row
        one = np.flatnonzero(row >= 0)
        left[one, row[one]] = False
        left[row[one], one] = False
    return partner
