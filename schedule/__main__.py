"""`python -m schedule plan|repair`: a case from standard input, its plan to standard output."""

from __future__ import annotations

import sys

import msgspec
from msgspec import Struct

from schedule import matching
from schedule.matching import Case, CaseError, Meeting, Plan
from schedule.pairs.case import read

USAGE = "usage: python -m schedule plan|repair < case.json > plan.json"


class Task(Struct, frozen=True, forbid_unknown_fields=True):
    """What `repair` reads; the fields are the arguments of `schedule.matching.repair`."""

    case: Case
    plan: Plan
    done: int
    keep: int | tuple[str | Meeting, ...]
    within: float


def main(words: list[str]) -> int:
    """0 if there is a plan; 2 and one line on standard error if the case is wrong."""
    if words not in (["plan"], ["repair"]):
        print(USAGE, file=sys.stderr)
        return 2
    text = sys.stdin.buffer.read()
    try:
        found = planned(text) if words == ["plan"] else repaired(text)
    except CaseError as error:
        print(error, file=sys.stderr)
        return 2
    print(msgspec.json.encode(found).decode())
    return 0


def planned(text: bytes) -> Plan:
    """The plan of a case in JSON."""
    return matching.plan(read(text, Case))


def repaired(text: bytes) -> Plan:
    """The repaired plan of a task in JSON."""
    task = read(text, Task)
    return matching.repair(task.case, task.plan, task.done, task.keep, task.within)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
