"""Chosen meetings laid into rounds, after König: whoever has no round to spare goes first."""

from __future__ import annotations

import numpy as np

from schedule.pairs.grid import Grid, Ints
from schedule.pairs.seating import seat

NOW = 10**6  # it is this round or never
PATIENCE = 1_000  # for each round a talent sat out more than others
SOON = 10  # there is one round to spare
WISHED = 20  # of two equal meetings, the mutual wish is placed first
NOISE = 60  # points of chance in a second attempt


def colour(grid: Grid, pairs: Ints, seed: int = 0) -> Ints:
    """[round, person] -> partner: each of the `pairs` in one round, or in none if none is left.

    Without absences all of them find a round. Another `seed` breaks ties otherwise.
    """
    chance = np.random.default_rng(seed)
    left = np.zeros(grid.score.shape, np.bool_)
    left[pairs[:, 0], pairs[:, 1]] = True
    left |= left.T
    partner = grid.empty()
    open_ = grid.seats > 0
    rows, columns = grid.rows, grid.columns
    for number in range(len(grid.seats)):
        if not open_[number].any():
            continue
        spare = grid.seats[number:].sum(0) - left.sum(1)
        haste = NOW * (spare < grid.seats[number]) + SOON * (spare == grid.seats[number])
        haste = haste + PATIENCE * waits(grid, partner, number) + 1
        together = open_[number:].astype(np.float32)
        common = together[:, rows].T @ together[:, columns]
        worth = (
            haste[rows, None] + haste[None, columns] + NOW * (common == 1) + SOON * (common == 2)
        )
        worth = worth + WISHED * (grid.score[rows, columns] > 100)
        if seed:
            worth = worth + chance.integers(0, NOISE, worth.shape)
        fits = left[rows, columns] & open_[number, rows, None] & open_[number, None, columns]
        row = seat(grid, number, worth * fits, seed=seed)
        partner[number] = row
        one = np.flatnonzero(row >= 0)
        left[one, row[one]] = False
        left[row[one], one] = False
    return partner


def waits(grid: Grid, partner: Ints, number: int) -> Ints:
    """[person]: how many rounds more than others a talent sat out before that round."""
    sat = sits(grid, partner)[:number].sum(0)
    sat[grid.talents :] = 0
    always = always_there(grid)
    return np.asarray(np.maximum(sat - (sat[always].min() if always.any() else 0), 0))


def sits(grid: Grid, partner: Ints) -> Ints:
    """[round, person]: whether the person is there and meets nobody."""
    idle = grid.came & (partner < 0)
    for one, other, number in grid.fixed:
        idle[number, [one, other]] = False
    return idle.astype(np.int64)


def always_there(grid: Grid) -> Ints:
    """Talents who are present in every round: those whose sitting out is compared."""
    return np.flatnonzero(grid.came[:, : grid.talents].all(0))
