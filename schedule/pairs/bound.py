"""The bound: the best meetings there are when it does not matter in which round each takes place.

A linear programme over pairs of people. Where talents meet companies its matrix is totally
unimodular: its corners are integral and are meetings that can be chosen. It is first solved over
the best partners of each person; prices then show which other pairs belong into it, until none
does, so that the bound holds for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from schedule.pairs.crowds import Crowd, common, crowds
from schedule.pairs.grid import Flags, Grid, Ints

BEST = 20  # partners of each person to begin with
SLACK = 1e-6  # of the solver, in points of the value
NEAR = 15.0  # points; pairs that miss the programme by less come along when others join it
MOST = 60  # crowds that the programme is told of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bound:
    """What the programme says about what is left to plan."""

    value: float
    "The steps and scores of the chosen meetings; no meetings are worth more."
    chosen: Ints
    "[n, 2]: pairs the programme takes wholly, smaller number first."
    share: Floats
    "[n]: how much of each of them; 1 but in odd circles, where everybody may meet everybody."
    loss: Floats
    "[person, person]: at least what a plan loses that has this pair (upper triangle)."


def bound(grid: Grid) -> Bound:
    """Solve it; deterministic."""
    wanted = _possible(grid)
    taken = _best(grid, wanted)
    bits, known = common(grid), list[Crowd]()
    while True:
        programme = _Programme(grid, np.argwhere(taken), bits, known)
        value, share, loss = programme.solve()
        if (wanted & ~taken & (loss < -SLACK)).any():
            near = wanted & (loss < NEAR)
            many = near.sum() > 2 * taken.sum()  # in a crowd of thousands, nearly all are near
            taken |= wanted & (loss < -SLACK) if many else near
            continue
        some = share > 1e-6
        more = crowds(grid, bits, programme.pairs[some], share[some])
        if not more or len(known) + len(more) > MOST:
            break
        known += more
    return Bound(value, programme.pairs[some], share[some], loss)


def _possible(grid: Grid) -> Flags:
    """[person, person], upper triangle: pairs that may meet and are both there in some round."""
    here = (grid.seats > 0).astype(np.float32)
    wanted = grid.open & (here.T @ here > 0)
    wanted &= (grid.most > 0)[:, None] & (grid.most > 0)[None]
    if grid.two_sided:
        wanted[grid.columns] = False
    return np.asarray(np.triu(wanted, 1))


def _best(grid: Grid, wanted: Flags) -> Flags:
    score = np.where(wanted | wanted.T, grid.score, -1)
    if len(score) <= BEST:
        return wanted.copy()
    least = np.partition(score, -BEST, axis=1)[:, -BEST]
    good = (score >= least[:, None]) & (score >= 0)
    return np.asarray(wanted & (good | good.T))


@dataclass(frozen=True)
class _Rule:
    """For each name: the pairs under that name are at most so many."""

    names: Ints
    edges: Ints
    limits: Floats
    "By name."

    def price(self, row: Ints, prices: Floats) -> Floats:
        """By name: what one more would be worth, where the name has a row."""
        known = np.zeros(len(self.limits))
        known[self.names] = prices[row]
        return known


class _Programme:
    """Each pair once at most; and the rules for talents' steps, seats, organisations and desks."""

    def __init__(self, grid: Grid, pairs: Ints, bits: Ints, known: list[Crowd]) -> None:
        self.grid, self.pairs, self.bits, self.known = grid, pairs, bits, known
        ends = pairs.T.ravel()
        others = pairs[:, ::-1].T.ravel()
        edges = np.tile(np.arange(len(pairs)), 2)
        talks = ends < grid.talents
        self.talents = _Rule(ends[talks], edges[talks], np.zeros(grid.talents))
        self.rules = (
            _Rule(ends[~talks], edges[~talks], grid.most.astype(float)),
            self._once(ends[talks], others[talks], edges[talks]),
            self._desks(ends[~talks], edges[~talks]),
            self._crowds(),
        )

    def solve(self) -> tuple[float, Floats, Floats]:
        """Value, share of each pair, and [person, person] what taking a pair would lose."""
        grid, size = self.grid, len(self.pairs)
        if not size:
            return 0.0, np.zeros(0), np.zeros(grid.score.shape)
        talent, place = np.nonzero(
            np.arange(grid.steps.shape[1])[None] < grid.most[: grid.talents, None]
        )
        costs = -np.concatenate(
            [grid.score[self.pairs[:, 0], self.pairs[:, 1]], grid.steps[talent, place]]
        )
        equal = csr_array(
            (
                np.repeat([1.0, -1.0], [len(self.talents.names), len(talent)]),
                (
                    np.concatenate([self.talents.names, talent]),
                    np.concatenate([self.talents.edges, size + np.arange(len(talent))]),
                ),
            ),
            shape=(grid.talents, len(costs)),
        )
        rows, upper, limits = self._upper(len(costs))
        found = linprog(
            costs.astype(float), upper, limits, equal, np.zeros(grid.talents),
            bounds=(0, 1), method="highs-ds",
        )  # fmt: skip
        prices = -found.ineqlin.marginals
        seat, once, desk, crowded = (
            rule.price(row, prices) for rule, row in zip(self.rules, rows, strict=True)
        )
        node = seat + np.where(np.arange(len(seat)) < grid.talents, 0, desk[grid.org])
        node[: grid.talents] -= found.eqlin.marginals
        again = once.reshape(len(grid.ids), -1)[:, grid.org]
        loss = node[:, None] + node[None] + again + again.T - grid.score
        for crowd, price in zip(self.known, crowded, strict=True):
            if price > 0:
                loss += price * crowd.holds(self.bits)
        return -found.fun, found.x[:size], loss

    def _once(self, talents: Ints, others: Ints, edges: Ints) -> _Rule:
        """A talent meets an organisation once; rows only where there is a choice."""
        groups = self.grid.desks.shape[1]
        names = talents * groups + self.grid.org[others]
        count = np.bincount(names, minlength=len(self.grid.ids) * groups)
        some = count[names] > 1
        return _Rule(names[some], edges[some], np.ones(len(count)))

    def _desks(self, people: Ints, edges: Ints) -> _Rule:
        """An organisation's representatives share its desks; rows only where they are short."""
        grid = self.grid
        reps = grid.seats[:, grid.talents :] > 0
        limit, whole = np.zeros(grid.desks.shape[1]), np.zeros(grid.desks.shape[1])
        for number, here in enumerate(reps):
            org = grid.org[grid.talents :][here]
            count = np.bincount(org, minlength=len(limit))
            whole += grid.table * count
            limit += grid.table * np.minimum(count, grid.desks[number])
        names = grid.org[people]
        short = (limit < whole)[names]
        return _Rule(names[short], edges[short], limit)

    def _crowds(self) -> _Rule:
        """What the rounds of a person or an organisation hold."""
        one, other = self.pairs.T
        edges = [np.flatnonzero(crowd.holds(self.bits)[one, other]) for crowd in self.known]
        names = np.repeat(np.arange(len(edges)), [len(each) for each in edges])
        limits = np.array([crowd.limit for crowd in self.known], float)
        return _Rule(names, np.concatenate([np.zeros(0, np.int64), *edges]), limits)

    def _upper(self, width: int) -> tuple[list[Ints], csr_array, Floats]:
        rows, limits = list[Ints](), list[Floats]()
        for rule in self.rules:
            known, place = np.unique(rule.names, return_inverse=True)
            rows.append(sum(len(part) for part in limits) + place)
            limits.append(rule.limits[known])
        row, edge = np.concatenate(rows), np.concatenate([rule.edges for rule in self.rules])
        limit = np.concatenate(limits)
        matrix = csr_array((np.ones(len(row)), (row, edge)), shape=(len(limit), width))
        return rows, matrix, limit
