"""How good plans of the rounds are, and how long they take: 45 to 2,000 people, and repairs.

The bound is what no plan can exceed; a gap of 0 is a plan that is proven to be the best.
Run by `make bench`, or `python -m tests.benchmarks.matching` from the checkout.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from msgspec.structs import replace

from schedule.matching import Case, Plan, plan, repair
from tests.schedule.cases import evening, faults, spread
from tests.schedule.test_matching_repair import no_shows

CASES = 10
DONE, WITHIN = 3, 1.0


def main() -> None:
    """Print a line for each size: gaps beside the bound, time, turns; then repairs."""
    print("rounds of one-to-ones, 8 rounds, two talents to one representative")
    print("  people                gap 0  worst gap     of bound  spread   median    worst")
    for people in (45, 100, 200, 350, 500):
        planned(f"{people}, absent, booked", [evening(people, seed) for seed in range(CASES)])
    for people in (45, 500):
        whole = [evening(people, seed, whole=True) for seed in range(CASES)]
        planned(f"{people}, all there", whole)
    planned("2000, absent, booked", [evening(2000, 0)])
    strictly([evening(200, seed) for seed in range(3)])
    for people in (45, 200, 500):
        repaired(people)


def planned(name: str, cases: list[Case]) -> None:
    """Plan them all; a plan that breaks a rule ends the benchmark."""
    made = [timed(plan, case) for case in cases]
    plans, seconds = [found for found, _ in made], [took for _, took in made]
    for case, found in zip(cases, plans, strict=True):
        assert not faults(case, found)
    gaps = [each.bound - each.value for each in plans]
    worst = max(range(len(plans)), key=lambda n: gaps[n] / max(1, plans[n].bound))
    share = gaps[worst] / plans[worst].bound
    spreads = max(spread(case, each) for case, each in zip(cases, plans, strict=True))
    print(
        f"  {name:22}{gaps.count(0):4}/{len(gaps):2}{gaps[worst]:11}{share:12.4%}{spreads:9}"
        f"{statistics.median(seconds) * 1000:7.0f} ms{max(seconds) * 1000:7.0f} ms"
    )


def strictly(cases: list[Case]) -> None:
    """What it costs that nobody sits out twice more than anybody else."""
    for case in cases:
        found, seconds = timed(plan, replace(case, strict=True))
        assert not faults(case, found)
        print(
            f"  200, strict            spread {spread(case, found)}, cost {found.cost}"
            f" of {found.bound}, {seconds * 1000:.0f} ms"
        )


def repaired(people: int) -> None:
    """After round 3 of 8: 8 % no-shows, 5 % late joiners."""
    for seed in range(3):
        before, after = no_shows(evening(people, seed), seed, DONE)
        known = plan(before)
        repair(after, known, DONE, (), WITHIN)  # warm, as the worker at an event is
        found, seconds = timed(repair, after, known, DONE, (), WITHIN)
        assert not faults(after, found, DONE)
        present = {person.id: set(person.present) for person in after.people}
        to_come = {m for m in known.meetings if m[2] >= DONE}
        still = {(a, b, n) for a, b, n in to_come if n in present[a] and n in present[b]}
        changed = len(still - set(found.meetings))
        print(
            f"  {people:4} people: {len(to_come) - len(still):3} meetings lost,"
            f" changed {changed} of {len(still)} announced ({changed / len(still):.1%}),"
            f" {len(set(found.meetings) - to_come) - sum(m[2] < DONE for m in found.meetings)} new,"
            f" {seconds * 1000:.0f} ms"
        )


def timed(make: Callable[..., Plan], *words: object) -> tuple[Plan, float]:
    """What was made, and in how many seconds."""
    began = time.perf_counter()
    made = make(*words)
    return made, time.perf_counter() - began


if __name__ == "__main__":
    main()
