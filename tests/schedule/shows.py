"""Good verbs for the agenda's tests: small programmes, a driver, and hypothesis strategies."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from schedule import agenda
from schedule.agenda import (
    Acted,
    Agenda,
    Extend,
    Finish,
    Move,
    Pause,
    Planned,
    Resume,
    Skip,
    Start,
    Swap,
    Undo,
    Undone,
)
from schedule.machine import Command, Event, Refused
from schedule.programme import Gathering, Item, Person, Stage

T = 1_790_000_000.0  # a Monday afternoon in September
Stored = Acted | Undone | Planned


def item(name: str, at: float, seconds: float, **more: Any) -> Item:
    """An item planned `at` seconds after T; so is its anchor."""
    if more.get("anchor") is not None:
        more["anchor"] += T
    return Item(name, name.upper(), more.pop("kind", "talk"), T + at, seconds, **more)


def gathering(**stages: tuple[Item, ...]) -> Gathering:
    return Gathering(
        id="evening",
        name="An evening",
        time_zone="Europe/Berlin",
        languages=("de", "en"),
        starts_at=T,
        ends_at=T + 10_000,
        stages=tuple(Stage(name, name.title(), items) for name, items in stages.items()),
        people=tuple(Person(p, p.upper(), "talent") for p in "xyz"),
    )


class Evening:
    """An agenda as its host keeps it: ticked, decided, logged and applied. Times count from T."""

    def __init__(self, gathering: Gathering, at: float = 0) -> None:
        self.agenda = agenda.opening(gathering, T + at)
        self.log: list[Stored] = []

    def wait(self, until: float) -> Evening:
        for event in agenda.tick(self.agenda, T + until):
            assert not event.stored
            self.agenda = agenda.apply(self.agenda, event)
        return self

    def do(self, command: Command, at: float) -> Evening:
        return self.take(agenda.decide(self.wait(at).agenda, command, "miriam", T + at))

    def take(self, events: tuple[Event, ...]) -> Evening:
        for event in events:
            self.log.append(event)
            self.agenda = agenda.apply(self.agenda, event)
        return self

    def may(self, command: Command, at: float) -> Evening:
        try:
            return self.do(command, at)
        except Refused:
            return self

    def undo(self, at: float) -> Evening:
        last = self.agenda.deeds[-1].number if self.agenda.deeds else 0
        return self.do(Undo(last), at)

    def past(self, stage: str = "main") -> list[tuple[str, float, float, str]]:
        track = next(t for t in self.agenda.running.tracks if t.stage == stage)
        return [(p.id, p.started_at - T, p.ended_at - T, p.how) for p in track.past]

    def live(self, stage: str = "main") -> str | None:
        track = next(t for t in self.agenda.running.tracks if t.stage == stage)
        return track.live.id if track.live else None

    def waiting(self, stage: str = "main") -> tuple[str, ...]:
        return next(t for t in self.agenda.running.tracks if t.stage == stage).queue

    def predicted(self, at: float) -> dict[str, tuple[float, float]]:
        times = agenda.predict(self.agenda, T + at)
        return {i: (start - T, end - T) for i, (start, end) in times.items()}


def rerun(gathering: Gathering, log: list[Stored], now: float) -> Agenda:
    """A new agenda from the log as it was stored."""
    state = agenda.opening(gathering, T)
    for event in msgspec.json.decode(msgspec.json.encode(log), type=list[Stored]):
        state = agenda.apply(state, event)
    for event in agenda.tick(state, T + now):
        state = agenda.apply(state, event)
    return state


@st.composite
def gatherings(
    draw: st.DrawFn,
    stages: tuple[str, ...] = ("main", "side"),
    people: str = "xyz",
    automatic: bool = False,
) -> Gathering:
    """Up to two stages of up to five items, with gaps, anchors, breaks and shared people."""
    lines: dict[str, tuple[Item, ...]] = {}
    for name in stages:
        at, items = 0, []
        for place in range(draw(st.integers(0, 5))):
            at += draw(st.sampled_from([0, 0, 0, 7]))
            seconds = draw(st.integers(1, 20))
            is_break = draw(st.integers(0, 3)) == 0
            anchored = draw(st.integers(0, 3)) == 0
            cast = draw(st.sets(st.sampled_from(people), max_size=1)) if people else ()
            items.append(
                item(
                    f"{name}-{place}",
                    at,
                    seconds,
                    kind="break" if is_break else "talk",
                    least_seconds=float(seconds // 2) if is_break else None,
                    anchor=at - draw(st.integers(0, 3)) if anchored else None,
                    people=tuple(cast),
                    starts=automatic or draw(st.booleans()),
                    ends=automatic or draw(st.booleans()),
                    grace=float(draw(st.sampled_from([0, 0, 3]))),
                )
            )
            at += seconds
        lines[name] = tuple(items)
    return gathering(**lines)


# Seconds since the last one, a verb, the stage, two places among its items, an amount.
Wish = tuple[int, str, int, int, int, int]
VERBS = ("start", "finish", "extend", "pause", "resume", "skip", "move", "swap", "undo")


def wishes(most: int = 12, verbs: tuple[str, ...] = VERBS) -> st.SearchStrategy[list[Wish]]:
    """What people try to do; most of it makes sense when its time comes."""
    one = st.tuples(
        st.integers(0, 12),
        st.sampled_from(verbs),
        st.integers(0, 1),
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(-10, 10),
    )
    return st.lists(one, max_size=most)


def command(state: Agenda, wish: Wish) -> Command:
    _, verb, stage, first, second, amount = wish
    track = state.running.tracks[stage % len(state.running.tracks)]
    live = track.live.id if track.live else None
    order = ((live,) if live else ()) + track.queue or ("none",)
    one, other = order[first % len(order)], order[second % len(order)]
    match verb:
        case "start":
            queue = track.queue or ("none",)
            return Start(track.stage, queue[first // 3 % len(queue)], live)
        case "finish":
            return Finish(track.stage, live or one)
        case "extend":
            return Extend(track.stage, live or one, amount)
        case "pause":
            return Pause(track.stage, live)
        case "resume":
            return Resume(track.stage, None if track.held else live or one)
        case "skip":
            return Skip(track.stage, one)
        case "move":
            return Move(track.stage, one, amount)
        case "swap":
            return Swap(track.stage, one, other)
        case _:
            return Undo(state.deeds[-1].number if state.deeds else 0)


def lived(gathering: Gathering, wishes: list[Wish]) -> tuple[Evening, float]:
    """The evening after all these wishes, and how late it is."""
    evening, at = Evening(gathering), 0.0
    for wish in wishes:
        at += wish[0]
        evening.wait(at)
        evening.may(command(evening.agenda, wish), at)
    return evening, at
