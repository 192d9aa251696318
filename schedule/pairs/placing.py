"""Chosen meetings for which no round was left get one where others can change theirs."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np

from schedule.pairs.chains import exchanged, fits
from schedule.pairs.grid import Grid, Ints

FEW = 8  # missing meetings, up to which it is worth looking further


def place(grid: Grid, partner: Ints, pairs: Ints) -> Ints:
    """`partner` with those of the `pairs` in it that two rounds can make room for."""
    met = np.zeros(grid.score.shape, np.bool_)
    number, one = np.nonzero(partner >= 0)
    met[one, partner[number, one]] = True
    missing = pairs[~met[pairs[:, 0], pairs[:, 1]]]
    for i, j in missing[np.argsort(-grid.score[missing[:, 0], missing[:, 1]], kind="stable")]:
        changed = _placed(grid, partner, int(i), int(j))
        if changed is None and len(missing) <= FEW:
            changed = _placed_after_another(grid, partner, int(i), int(j))
        partner = partner if changed is None else changed
    return partner


def _placed_after_another(grid: Grid, partner: Ints, i: int, j: int) -> Ints | None:
    """When one exchange does not make room, one before it may."""
    for early, late in combinations(range(len(partner)), 2):
        for person in (j, i):
            moved = exchanged(grid, partner, early, late, person)
            changed = None if moved is None else _placed(grid, moved, i, j)
            if changed is not None:
                return changed
    return None


def _placed(grid: Grid, partner: Ints, i: int, j: int) -> Ints | None:
    for early, late in product(_free(grid, partner, i), _free(grid, partner, j)):
        if early == late:
            changed = _put(grid, partner, i, j, early)
            if changed is not None:
                return changed
            continue
        for person, number in ((j, early), (i, late)):
            moved = exchanged(grid, partner, early, late, person)
            changed = None if moved is None else _put(grid, moved, i, j, number)
            if changed is not None:
                return changed
    return None


def _free(grid: Grid, partner: Ints, person: int) -> list[int]:
    """Rounds in which the person has a seat left."""
    count = (partner == person).sum(1)
    if grid.two_sided:
        count = count + (partner[:, person] >= 0)
    return np.flatnonzero(count < grid.seats[:, person]).tolist()


def _put(grid: Grid, partner: Ints, i: int, j: int, number: int) -> Ints | None:
    if partner[number, i] >= 0 or (not grid.two_sided and partner[number, j] >= 0):
        return None
    changed = partner.copy()
    changed[number, i] = j
    if not grid.two_sided:
        changed[number, j] = i
    return changed if fits(grid, changed, number) else None
