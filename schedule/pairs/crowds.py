"""Crowds: chosen meetings of a person or an organisation that only fit into the same few rounds.

The programme does not see rounds. Where it chooses more meetings than the rounds hold that are
open to both, it is told so, and its bound comes nearer to what is possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from schedule.pairs.grid import Flags, Grid, Ints

LONGEST = 10  # rounds; of more, there are too many sets to look at each
COLLEAGUES = 6  # of one organisation; likewise


@dataclass(frozen=True)
class Crowd:
    """In these rounds, these people hold at most so many meetings."""

    people: Flags
    rounds: int
    "As bits."
    limit: int

    def holds(self, common: Ints) -> Flags:
        """[person, person]: whose meeting would have to be in these rounds."""
        inside = (common & ~self.rounds) == 0
        return np.asarray(inside & (self.people[:, None] | self.people[None]))


def common(grid: Grid) -> Ints:
    """[person, person]: in which rounds both have a seat, as bits."""
    bits = np.zeros(grid.score.shape, np.int64)
    if len(grid.seats) <= LONGEST:
        for number, seats in enumerate(grid.seats > 0):
            bits |= (seats[:, None] & seats[None]).astype(np.int64) << number
    return bits


def crowds(grid: Grid, bits: Ints, pairs: Ints, share: NDArray[np.float64]) -> list[Crowd]:
    """The worst crowd of each person and organisation, where the chosen pairs have one."""
    if len(grid.seats) > LONGEST or not len(pairs):
        return []
    which = np.arange(1 << len(grid.seats))
    member = (which[:, None] >> np.arange(len(grid.seats))[None]) & 1
    held = bits[pairs[:, 0], pairs[:, 1]]
    found = list[Crowd]()
    one, other = pairs.T
    alone = ((np.array([each]), grid.seats[:, each]) for each in np.unique(pairs))
    for people, seats in (*alone, *_colleagues(grid)):
        among = np.zeros(len(grid.ids), np.bool_)
        among[people] = True
        mine = among[one] | among[other]
        if mine.sum() < 2:
            continue
        inside = (held[mine][None] & ~which[:, None]) == 0
        over = inside @ share[mine] - member @ seats
        worst = int(over.argmax())
        if over[worst] > 1e-6:
            found.append(Crowd(among, worst, int(member[worst] @ seats)))
    return found


def _colleagues(grid: Grid) -> Iterator[tuple[Ints, Ints]]:
    """Representatives who lack desks in some round, and how many meetings they hold in each."""
    reps = np.arange(grid.talents, len(grid.ids))
    for org in np.unique(grid.org[reps]):
        names, desks = reps[grid.org[reps] == org], grid.desks[:, org]
        if ((grid.seats[:, names] > 0).sum(1) <= desks).all():
            continue
        for size in range(2 if len(names) <= COLLEAGUES else len(names), len(names) + 1):
            for some in combinations(names.tolist(), size):
                here = (grid.seats[:, some] > 0).sum(1)
                if (here > desks).any():
                    yield np.array(some), grid.table * np.minimum(here, desks)
