"""The same meetings in other rounds, so that sitting out comes to everybody by turns."""

from __future__ import annotations

from collections.abc import Iterator

from schedule.pairs.chains import exchanged
from schedule.pairs.colouring import always_there, sits
from schedule.pairs.grid import Grid, Ints

PASSES = 6  # over all rounds; one more changes nothing


def turns(grid: Grid, partner: Ints, spread: int) -> Ints:
    """Move meetings until sit-outs so far differ by at most `spread` in every round, or nearly.

    Meetings that are chained to each other change rounds together; none is lost or new.
    """
    partner, always = partner.copy(), always_there(grid)
    if not len(always):
        return partner
    for _ in range(PASSES):
        moved = False
        for number in range(len(grid.seats)):
            moved |= _even(grid, partner, number, always, spread)
        if not moved:
            break
    return partner


def _even(grid: Grid, partner: Ints, number: int, always: Ints, spread: int) -> bool:
    """Bring the sit-outs up to that round together; whether anything was moved."""
    moved = False
    so_far = sits(grid, partner)[: number + 1, always].sum(0)
    least, most = int(so_far.min()), int(so_far.max())
    if most - least <= spread:
        return False
    for talent in always[so_far >= max(least + spread, most)].tolist():
        moved |= any(
            _swap(grid, partner, early, late, talent, always)
            for early, late in _idle_then_busy(grid, partner, number, talent)
        )
    for talent in always[so_far == least].tolist():
        moved |= any(
            _swap(grid, partner, early, late, talent, always)
            for early, late in _busy_then_idle(grid, partner, number, talent)
        )
    return moved


def _idle_then_busy(
    grid: Grid, partner: Ints, number: int, talent: int
) -> Iterator[tuple[int, int]]:
    for early in range(number, -1, -1):
        for late in range(number + 1, len(grid.seats)):
            if partner[early, talent] < 0 <= partner[late, talent] and grid.seats[early, talent]:
                yield early, late


def _busy_then_idle(
    grid: Grid, partner: Ints, number: int, talent: int
) -> Iterator[tuple[int, int]]:
    for early in range(number, -1, -1):
        for late in range(number + 1, len(grid.seats)):
            if partner[late, talent] < 0 <= partner[early, talent] and grid.seats[late, talent]:
                yield early, late


def _swap(grid: Grid, partner: Ints, early: int, late: int, talent: int, always: Ints) -> bool:
    """Exchange the two rounds of all meetings chained to this talent's, if turns get fairer."""
    changed = exchanged(grid, partner, early, late, talent)
    if changed is None:
        return False
    unfair, then = (
        int((sits(grid, each)[:, always].cumsum(0)[early:late] ** 2).sum())
        for each in (partner, changed)
    )
    if then < unfair:
        partner[[early, late]] = changed[[early, late]]
    return then < unfair
