"""How the evening stands for one reader: what is on, what is theirs, what comes when.

Pure: the agenda as everybody sees it and who is reading go in, what the pages
print comes out. Words are added by the templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Protocol

from msgspec import Struct

from schedule.outlook import AgendaShown, ItemShown, StageShown

BELLS = (20 * 60.0, 10 * 60.0, 60.0)  # seconds before one's turn: first, second, third
SOON = 60.0  # seconds left at which the clock turns brass
SLIGHT = 30.0  # seconds; less is not called late
FOR_ALL = frozenset({"round", "award", "tour"})
"Kinds of items that are on everybody's evening, whichever stage they stand at."
AT_HOME = FOR_ALL | {"welcome", "panel", "break"}
"Kinds that are on the evening of those who belong to their stage."

Phase = Literal["before", "during", "after"]
How = Literal["done", "skipped", "air", "next", "waiting"]


class Person(Protocol):
    """What the pages need to know of somebody."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def place(self) -> str: ...


class Line(Struct, frozen=True):
    """One item as a line of the programme."""

    id: str
    title: str
    kind: str
    stage: str
    stage_name: str
    people: tuple[Person, ...]
    about: str
    at: float
    "When it begins: predicted, or as it was."
    planned: float
    ends_at: float
    how: How
    mine: bool
    fixed: bool
    late: bool = False
    "Whether it comes noticeably later than planned."
    early: bool = False

    @property
    def drift(self) -> int:
        """Whole minutes behind the plan; negative when ahead."""
        return round((self.at - self.planned) / 60)


class Clock(Struct, frozen=True):
    """The arch clock of what runs, as it stands now."""

    state: Literal["calm", "soon", "over", "paused"]
    left: float
    "Seconds; below zero when over."
    share: float
    "Of the time granted, 0 to 1."


class Scene(Struct, frozen=True):
    """One stage: what is on, and what follows."""

    id: str
    name: str
    now: Line | None
    clock: Clock | None
    held: bool
    next: tuple[Line, ...]


class Turn(Struct, frozen=True):
    """The reader's own next time on a stage."""

    line: Line
    seconds: float
    "Until it begins; 0 when it is on."
    rung: int
    "How many of the three bells have rung."
    next_bell: float | None
    "When the next one rings, Unix seconds."

    @property
    def on(self) -> bool:
        """Whether it is now."""
        return self.line.how == "air"

    @property
    def share(self) -> float:
        """Of the last twenty minutes before it, what is left, 0 to 1."""
        return min(1.0, self.seconds / BELLS[0])


class Evening(Struct, frozen=True):
    """Everything the foyer and the agenda page say about time."""

    phase: Phase
    starts_at: float
    drift: int
    "Whole minutes that the stage furthest behind is behind the plan; negative if all are ahead."
    scenes: tuple[Scene, ...]
    mine: tuple[Line, ...]
    turn: Turn | None
    stages: tuple[tuple[str, str, tuple[Line, ...]], ...]
    "Every line of every stage: id, name, lines."


def evening(
    agenda: AgendaShown, people: Mapping[str, Person], reader: str | None, now: float
) -> Evening:
    """How things stand `now` (Unix seconds) for the person with the id `reader`."""
    lines = {stage.id: tuple(_lines(agenda, stage, people, reader)) for stage in agenda.stages}
    every = [line for stage in agenda.stages for line in lines[stage.id]]
    return Evening(
        phase=_phase(agenda),
        starts_at=min((line.at for line in every), default=now),
        drift=_drift(agenda),
        scenes=tuple(_scene(stage, lines[stage.id], agenda.now, now) for stage in agenda.stages),
        mine=_mine(every),
        turn=_turn(every, now),
        stages=tuple((stage.id, stage.name, lines[stage.id]) for stage in agenda.stages),
    )


def _lines(
    agenda: AgendaShown, stage: StageShown, people: Mapping[str, Person], reader: str | None
) -> Iterator[Line]:
    def line(item: str, how: How, at: float, ends_at: float) -> Line:
        planned: ItemShown = agenda.items[item]
        return Line(
            id=item,
            title=planned.title,
            kind=planned.kind,
            stage=stage.id,
            stage_name=stage.name,
            people=tuple(people[each] for each in planned.people if each in people),
            about=planned.about,
            at=at,
            planned=planned.starts_at,
            ends_at=ends_at,
            how=how,
            mine=reader in planned.people,
            fixed=planned.fixed,
            late=at - planned.starts_at >= SLIGHT,
            early=planned.starts_at - at >= SLIGHT,
        )

    for past in stage.past:
        if past.how == "done":
            yield line(past.id, "done", past.started_at, past.ended_at)
        elif past.how == "skipped":
            instead = agenda.items[past.id].starts_at
            yield line(past.id, "skipped", instead, instead)
    if stage.live is not None:
        yield line(stage.live.id, "air", stage.live.started_at, stage.live.ends_at)
    for place, item in enumerate(stage.waiting):
        at, ends_at = agenda.times[item]
        yield line(item, "waiting" if place else "next", at, ends_at)


def _phase(agenda: AgendaShown) -> Phase:
    if not any(stage.live or stage.waiting for stage in agenda.stages):
        return "after"
    if any(stage.live or stage.past for stage in agenda.stages):
        return "during"
    return "before"


def _drift(agenda: AgendaShown) -> int:
    drifts = [
        stage.drift for stage in agenda.stages if stage.live is not None or stage.waiting
    ] or [0.0]
    worst = max(drifts)
    return round(worst / 60) if abs(worst) >= SLIGHT else 0


def _scene(stage: StageShown, lines: tuple[Line, ...], seen_at: float, now: float) -> Scene:
    return Scene(
        id=stage.id,
        name=stage.name,
        now=next((line for line in lines if line.how == "air"), None),
        clock=clock(stage, seen_at, now),
        held=stage.held,
        next=tuple(line for line in lines if line.how in ("next", "waiting"))[:2],
    )


def clock(stage: StageShown, seen_at: float, now: float) -> Clock | None:
    """The clock of what runs on a stage as the agenda was `seen_at`, or None between items."""
    live = stage.live
    if live is None:
        return None
    # While it stands still, `ends_at` is as if it went on at the instant it was looked at.
    left = live.ends_at - (now if live.paused_at is None else seen_at)
    share = min(1.0, max(0.0, left / live.seconds)) if live.seconds > 0 else 0.0
    if live.paused_at is not None:
        return Clock("paused", left, share)
    if left < 0:
        return Clock("over", left, 1.0)
    return Clock("soon" if left <= SOON else "calm", left, share)


def _mine(lines: list[Line]) -> tuple[Line, ...]:
    """The reader's own lines and those meant for them, each once, by time.

    People belong to the stages they are on, all others to the first.
    """
    home = {line.stage for line in lines if line.mine} or {line.stage for line in lines[:1]}
    shared: set[tuple[str, float]] = set()
    kept: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.at, not line.mine)):
        if line.mine:
            kept.append(line)
        elif line.kind in (AT_HOME if line.stage in home else FOR_ALL):
            # The same break may stand in the running order of every stage.
            if (line.title, line.planned) not in shared:
                kept.append(line)
            shared.add((line.title, line.planned))
    return tuple(kept)


def _turn(lines: list[Line], now: float) -> Turn | None:
    own = [line for line in lines if line.mine and line.how in ("air", "next", "waiting")]
    if not own:
        return None
    line = min(own, key=lambda line: (line.how != "air", line.at))
    seconds = 0.0 if line.how == "air" else max(0.0, line.at - now)
    rung = sum(seconds <= before for before in BELLS)
    ahead = line.at - BELLS[rung] if rung < len(BELLS) else None
    return Turn(line, seconds, rung, ahead)
