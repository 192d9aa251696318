"""How long the agenda takes to replay and to predict: 240 items, 4 stages, 400 commands.

Targets: replay in at most 25 ms, predict in at most 10 ms.
Run by `make bench`, or `python -m tests.benchmarks.agenda` from the checkout.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from schedule import agenda
from schedule.agenda import Agenda, Extend, Move, Pause, Resume, Start, Swap
from schedule.machine import Command, Event, Refused
from schedule.programme import Gathering, Item, Person, Stage

STAGES, ITEMS, COMMANDS, LENGTH = 4, 60, 400, 300.0
RUNS = 30


def main() -> None:
    """Print the best and the middle time of each."""
    plan = gathering()
    log, now = evening(plan)
    state = replay(plan, log, now)
    early = replay(plan, log[:3], 400.0)
    print(f"{STAGES * ITEMS} items on {STAGES} stages, {len(log)} commands")
    report("replay of the log, target 25 ms", lambda: replay(plan, log, now))
    report("predict at the start, target 10 ms", lambda: agenda.predict(early, 400.0))
    report("predict at the end, target 10 ms", lambda: agenda.predict(state, now))
    report("shown at the start", lambda: agenda.shown(early, 400.0))
    report("undo after all commands", lambda: undone(state, now))


def gathering() -> Gathering:
    """Four full days in parallel; every third item shares its people with another stage."""
    stages = []
    for stage in range(STAGES):
        items = [_item(stage, place) for place in range(ITEMS)]
        stages.append(Stage(f"stage-{stage}", f"Stage {stage}", tuple(items)))
    people = tuple(Person(f"p{n}", f"P {n}", "talent") for n in range(ITEMS * STAGES))
    ends_at = ITEMS * LENGTH
    return Gathering("g", "G", "Europe/Berlin", ("de",), 0.0, ends_at, tuple(stages), people)


def evening(plan: Gathering) -> tuple[list[Event], float]:
    """A log of 400 commands as four busy moderators would make them."""
    state, log, now = agenda.opening(plan, 0.0), list[Event](), 0.0
    while len(log) < COMMANDS:
        now += 45.0
        for stage in range(STAGES):
            for event in agenda.tick(state, now):
                state = agenda.apply(state, event)
            for event in act(state, stage, len(log), now):
                log.append(event)
                state = agenda.apply(state, event)
    return log, now


def act(state: Agenda, stage: int, turn: int, now: float) -> tuple[Event, ...]:
    """One sensible command for what this stage looks like now."""
    track = state.running.tracks[stage]
    live = track.live
    if live is None and track.queue:
        return _try(state, Start(track.stage, track.queue[0], None), now)
    if live is None:
        return ()
    if live.paused_at is not None:
        return _try(state, Resume(track.stage, live.id), now)
    match turn % 5:
        case 0:
            return _try(state, Pause(track.stage, live.id), now)
        case 1 | 2:
            return _try(state, Extend(track.stage, live.id, 20.0), now)
        case 3 if len(track.queue) > 4:
            return _try(state, Swap(track.stage, track.queue[2], track.queue[3]), now)
        case _ if len(track.queue) > 4:
            return _try(state, Move(track.stage, track.queue[1], 3), now)
        case _:
            return _try(state, Extend(track.stage, live.id, -10.0), now)


def replay(plan: Gathering, log: list[Event], now: float) -> Agenda:
    """The agenda as a restarted server rebuilds it."""
    state = agenda.opening(plan, 0.0)
    for event in log:
        state = agenda.apply(state, event)
    for event in agenda.tick(state, now):
        state = agenda.apply(state, event)
    return state


def undone(state: Agenda, now: float) -> Agenda:
    """The agenda after the last of all commands is taken back."""
    for event in agenda.decide(state, agenda.Undo(state.deeds[-1].number), "m", now):
        state = agenda.apply(state, event)
    return state


def report(what: str, run: Callable[[], object]) -> None:
    """Time it often enough that another program on the machine does not decide the figure."""
    spent = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    print(f"  {what:40} best {spent[0]:6.2f} ms   median {spent[RUNS // 2]:6.2f} ms")


def _item(stage: int, place: int) -> Item:
    number = stage * ITEMS + place
    starts_at = place * LENGTH
    is_break = place % 10 == 9
    return Item(
        id=f"s{stage}-{place}",
        title=f"Item {number}",
        kind="break" if is_break else "pitch.talent",
        starts_at=starts_at,
        seconds=LENGTH,
        least_seconds=60.0 if is_break else None,
        anchor=starts_at if place % 20 == 10 else None,
        people=(f"p{place}",) if place % 3 == 0 else (f"p{number}",),
        starts=place % 4 != 0,
        grace=10.0,
    )


def _try(state: Agenda, command: Command, now: float) -> tuple[Event, ...]:
    try:
        return agenda.decide(state, command, "moderator", now)
    except Refused:
        return ()


if __name__ == "__main__":
    main()
