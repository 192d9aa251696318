"""One round seated as well as possible while all other rounds stay as they are."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from schedule.pairs.grid import Flags, Grid, Ints

MUST = 10**11  # above every sum of gains in one round
SPLITS = 12  # where everybody may meet everybody: halves that are tried for one round


def gain(grid: Grid, partner: Ints, number: int) -> Ints:
    """[row, column]: what a meeting in that round adds, given the others; 0 = impossible."""
    rest = partner.copy()
    rest[number] = -1
    count = (rest >= 0).sum(0)
    rows, columns = grid.rows, grid.columns
    worth = grid.score[rows, columns] + _step(grid, count)[rows, None]
    if not grid.two_sided:
        worth = worth + _step(grid, count)[None, columns]
    free = (grid.seats[number] > 0) & (count < grid.most)
    if grid.two_sided:
        free[columns] = grid.seats[number, columns] > 0
    fits = grid.open[rows, columns] & free[rows, None] & free[None, columns]
    fits &= ~_met(grid, rest)
    worth *= fits
    return worth


def seat(grid: Grid, number: int, worth: Ints, start: Ints | None = None, seed: int = 0) -> Ints:
    """[person] -> partner or -1: the round with the greatest sum of `worth`.

    Exact where talents meet companies at tables of two. Where everybody may meet everybody it
    is never worse than `start`.
    """
    if not grid.two_sided:
        return _seat_any(grid, number, worth, start, seed)
    if grid.table > 1:
        return _seat_tables(grid, number, worth)
    row = np.full(len(grid.ids), -1, np.int64)
    kept, size = _without_desks(grid, number, np.arange(grid.talents, len(grid.ids)), worth)
    one, other = linear_sum_assignment(kept, maximize=True)
    real = (one < size) & (kept[one, other] > 0)
    row[one[real]] = other[real] + grid.talents
    return row


def total(grid: Grid, worth: Ints, row: Ints) -> int:
    """What a seated round is worth."""
    one = np.flatnonzero(row >= 0)
    other = row[one] - grid.columns.start
    return int(worth[one, other].sum())


def _step(grid: Grid, count: Ints) -> Ints:
    place = np.minimum(count, grid.steps.shape[1] - 1)
    return np.asarray(grid.steps[np.arange(len(grid.ids)), place])


def _met(grid: Grid, rest: Ints) -> Flags:
    """[row, column]: whether the two may not meet because of the other rounds."""
    number, one = np.nonzero(rest >= 0)
    other = rest[number, one]
    met = np.zeros((len(grid.ids), int(grid.org.max(initial=0)) + 1), np.bool_)
    met[one, grid.org[other]] = True
    if grid.two_sided:
        return np.asarray(met[grid.rows][:, grid.org[grid.columns]])
    met[grid.talents :] = False
    again = met[:, grid.org]
    again |= again.T
    again[one, other] = True
    return np.asarray(again)


def _without_desks(grid: Grid, number: int, people: Ints, worth: Ints) -> tuple[Ints, int]:
    """Below `worth`, a row for each of the columns' people who cannot get a desk, to take one."""
    present = people[grid.seats[number, people] > 0]
    counts = np.bincount(grid.org[present], minlength=grid.desks.shape[1])
    missing = np.maximum(counts - grid.desks[number], 0)
    missing[grid.org[: grid.talents]] = 0
    names = np.repeat(np.arange(len(missing)), missing)
    if not len(names):
        return worth, len(worth)
    takes = (grid.org[people][None] == names[:, None]) & (grid.seats[number, people] > 0)[None]
    return np.vstack([worth, takes * MUST]), len(worth)


def _seat_tables(grid: Grid, number: int, worth: Ints) -> Ints:
    """Tables of three: where an organisation lacks desks, its least wanted tables close."""
    worth = worth.copy()
    org = grid.org[grid.columns]
    while True:
        row = np.full(len(grid.ids), -1, np.int64)
        wide = np.repeat(worth, grid.table, axis=1)
        one, other = linear_sum_assignment(wide, maximize=True)
        real = wide[one, other] > 0
        one, other = one[real], other[real] // grid.table
        row[one] = other + grid.talents
        earned = np.bincount(other, weights=worth[one, other], minlength=worth.shape[1])
        used = np.bincount(org[earned > 0], minlength=grid.desks.shape[1])
        over = np.flatnonzero(used > grid.desks[number])
        if not len(over):
            return row
        for name in over:
            tables = np.flatnonzero((org == name) & (earned > 0))
            worst = tables[np.argsort(earned[tables], kind="stable")]
            worth[:, worst[: len(tables) - int(grid.desks[number, name])]] = 0


def _seat_any(grid: Grid, number: int, worth: Ints, start: Ints | None, seed: int) -> Ints:
    """Everybody may meet everybody: exact between two halves of the people, again and again.

    Each pair that is seated is parted by the halves, so that no attempt makes it worse.
    """
    chance = np.random.default_rng((seed, number))
    best = np.full(len(grid.ids), -1, np.int64) if start is None else start
    active = np.flatnonzero((worth > 0).any(0))
    idle = 0
    for _ in range(SPLITS if len(active) else 0):
        left = _half(grid, number, best, chance)
        one, other = active[left[active]], active[~left[active]]
        row = _seat_halves(grid, number, worth, one, other)
        better = total(grid, worth, row) > total(grid, worth, best)
        best = row if better else best
        idle = 0 if better else idle + 1
        if idle == 4:
            break
    return best


def _half(grid: Grid, number: int, row: Ints, chance: np.random.Generator) -> Flags:
    left = chance.random(len(grid.ids)) < 0.5
    one = np.flatnonzero(row > np.arange(len(row)))
    left[row[one]] = ~left[one]
    scarce = _scarce(grid, number)
    for name in scarce:  # colleagues who share desks stay together, so that desks can be counted
        left[grid.org == name] = chance.random() < 0.5
    for person in one:  # unless they sit with each other's colleagues already
        if left[person] == left[row[person]] and grid.org[person] not in scarce:
            left[person] = ~left[person]
        elif left[person] == left[row[person]] and grid.org[row[person]] not in scarce:
            left[row[person]] = ~left[row[person]]
    return np.asarray(left)


def _scarce(grid: Grid, number: int) -> set[int]:
    people = np.arange(grid.talents, len(grid.ids))
    present = people[grid.seats[number, people] > 0]
    counts = np.bincount(grid.org[present], minlength=grid.desks.shape[1])
    return set(np.flatnonzero(counts > grid.desks[number]).tolist())


def _seat_halves(grid: Grid, number: int, worth: Ints, one: Ints, other: Ints) -> Ints:
    row = np.full(len(grid.ids), -1, np.int64)
    kept, height = _without_desks(grid, number, other, worth[np.ix_(one, other)])
    turned, width = _without_desks(grid, number, one, np.ascontiguousarray(kept[:height].T))
    lacking = turned[width:].T
    whole = np.zeros((len(kept), width + lacking.shape[1]), np.int64)
    whole[:, :width] = kept
    whole[:height, width:] = lacking
    i, j = linear_sum_assignment(whole, maximize=True)
    real = (i < height) & (j < width) & (whole[i, j] > 0)
    row[one[i[real]]] = other[j[real]]
    row[other[j[real]]] = one[i[real]]
    return row
