"""The stages' lines as they are lived, and every step they take by themselves.

One line carries delay through the day: an item begins at

    max(stage free, earliest, its people free)

Gaps absorb delay; a break shrinks down to its least length to save the next anchor;
anchors hold. Every step is stamped with the instant it was due, never with the one
at which somebody looked, so it does not matter when or how often anybody looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from schedule.items import Gathering, Item

LONG_AGO = 0.0  # Unix seconds; earlier than any gathering


class Plan(Struct, frozen=True):
    """What the machine needs to know of the programme, ready to be looked up."""

    items: dict[str, Item]
    earliest: dict[str, float]
    "Before this instant the item does not begin by itself."
    casts: dict[str, frozenset[str]]
    "The people of each item."
    names: dict[str, str]
    "What each person is called."
    time_zone: str


class Live(Struct, frozen=True):
    """What runs on a stage."""

    id: str
    started_at: float
    seconds: float
    "Granted so far: as planned (a break perhaps shrunk), with all extensions."
    paused_at: float | None = None
    lost: float = 0.0
    "Seconds that earlier pauses took."

    def ends_at(self, now: float) -> float:
        """When its time is up, should a pause end now."""
        standing = 0.0 if self.paused_at is None else max(0.0, now - self.paused_at)
        return self.started_at + self.seconds + self.lost + standing


class Past(Struct, frozen=True):
    """What was on a stage; what was deferred waits again."""

    id: str
    started_at: float
    ended_at: float
    how: Literal["done", "skipped", "deferred"]


class Track(Struct, frozen=True):
    """One stage's line."""

    stage: str
    name: str
    queue: tuple[str, ...]
    live: Live | None = None
    past: tuple[Past, ...] = ()
    free: float = LONG_AGO
    "Since when nothing runs."
    held: bool = False
    "Nothing begins by itself until a human starts or resumes."


class Running(Struct, frozen=True):
    """All stages together, at the instant when something last happened."""

    plan: Plan
    tracks: tuple[Track, ...]
    now: float


class Step(NamedTuple):
    """What a stage does by itself, and when."""

    at: float
    starts: bool
    "Sorts endings before beginnings of the same instant: they free the people."
    track: int


def planned(gathering: Gathering) -> Plan:
    """The programme, ready to be looked up.

    The first item of a stage and an item after a gap keep their planned start as the
    earliest: delay eats the gap, and nothing creeps forward into it by itself.
    """
    items = {item.id: item for stage in gathering.stages for item in stage.items}
    earliest: dict[str, float] = {}
    for stage in gathering.stages:
        ends_at = float("-inf")
        for item in stage.items:
            if item.anchor is not None:
                earliest[item.id] = item.anchor
            elif item.starts_at > ends_at:
                earliest[item.id] = item.starts_at
            ends_at = item.ends_at
    return Plan(
        items=items,
        earliest=earliest,
        casts={item.id: frozenset(item.people) for item in items.values()},
        names={person.id: person.name for person in gathering.people},
        time_zone=gathering.time_zone,
    )


def opened(gathering: Gathering, now: float) -> Running:
    """All stages before anything has happened."""
    tracks = tuple(
        Track(stage.id, stage.name, tuple(item.id for item in stage.items))
        for stage in gathering.stages
    )
    return Running(planned(gathering), tracks, now)


def settled(running: Running, now: float) -> Running:
    """All stages after everything that was due by itself until `now`."""
    for _, after in steps(running, now):
        running = after
    return running


def steps(running: Running, until: float) -> Iterator[tuple[Step, Running]]:
    """Each step due by itself until then, in order, with the stages after it."""
    while (step := next_step(running)) is not None and step.at <= until:
        running = _taken(running, step)
        yield step, running


def next_step(running: Running, *, hurry: bool = False) -> Step | None:
    """The next step that any stage takes by itself.

    In a hurry (for predictions) humans are taken to be punctual: they start what waits
    for them at once and end what runs over when its time is up.
    """
    found: Step | None = None
    for index, track in enumerate(running.tracks):
        at = (
            _ends_at(running, track.live, hurry)
            if track.live
            else _starts_at(running, index, hurry)
        )
        if at is not None:
            step = Step(at if at > running.now else running.now, track.live is None, index)
            if found is None or step < found:
                found = step
    return found


def forecast(running: Running, now: float) -> dict[str, tuple[float, float]]:
    """Start and end of everything that is not over: the same machine, run forward.

    Pauses and holds are taken to end now.
    """
    running = settled(running, now)
    times: dict[str, tuple[float, float]] = {}
    now = max(now, running.now)
    running = replace(running, now=now, tracks=tuple(_released(t, now) for t in running.tracks))
    while (step := next_step(running, hurry=True)) is not None:
        live = running.tracks[step.track].live
        if live is not None:
            times[live.id] = (live.started_at, step.at)
        running = _taken(running, step)
    return times


def begun(running: Running, index: int, item_id: str, at: float) -> Running:
    """The stages once this waiting item runs; the stage must be free."""
    track = running.tracks[index]
    queue = tuple(waiting for waiting in track.queue if waiting != item_id)
    live = Live(item_id, at, granted(running.plan, queue, item_id, at))
    return put(running, index, replace(track, queue=queue, live=live, held=False), at)


def ended(
    running: Running, index: int, at: float, how: Literal["done", "skipped", "deferred"] = "done"
) -> Running:
    """The stages once what runs on this one is over."""
    track = running.tracks[index]
    if track.live is None:
        return running
    past = Past(track.live.id, track.live.started_at, at, how)
    return put(running, index, replace(track, live=None, past=(*track.past, past), free=at), at)


def put(running: Running, index: int, track: Track, at: float) -> Running:
    """The stages with this track changed at this instant."""
    tracks = (*running.tracks[:index], track, *running.tracks[index + 1 :])
    return Running(running.plan, tracks, max(at, running.now))


def holding(running: Running, item_id: str, index: int) -> tuple[str, str] | None:
    """Somebody (and their item) who is live elsewhere and thus holds back this item."""
    cast = running.plan.casts[item_id]
    for other, track in enumerate(running.tracks):
        if other != index and track.live is not None:
            for person in sorted(cast & running.plan.casts[track.live.id]):
                return person, track.live.id
    return None


def granted(plan: Plan, queue: tuple[str, ...], item_id: str, at: float) -> float:
    """How long an item gets that begins now, with `queue` after it: as planned, or for a
    break just as much less as saves the next anchor on its stage.
    """
    item = plan.items[item_id]
    latest = None if item.least_seconds is None else latest_start(plan, queue)
    if item.least_seconds is None or latest is None:
        return item.seconds
    grace = item.grace if item.ends else 0.0
    return min(item.seconds, max(item.least_seconds, latest - grace - at))


def latest_start(plan: Plan, queue: tuple[str, ...]) -> float | None:
    """When this queue must begin so that its first anchor is met, as well as it can be."""
    before: list[str] = []
    for waiting in queue:
        if (anchor := plan.items[waiting].anchor) is not None:
            break
        before.append(waiting)
    else:
        return None
    for waiting in reversed(before):
        item = plan.items[waiting]
        anchor -= item.seconds + (item.grace if item.ends else 0.0)
        # What cannot begin earlier anyway is not helped by a shorter break.
        anchor = max(anchor, plan.earliest.get(waiting, LONG_AGO))
    return anchor


def _ends_at(running: Running, live: Live, hurry: bool) -> float | None:
    item = running.plan.items[live.id]
    if item.ends:
        return None if live.paused_at is not None else live.ends_at(running.now) + item.grace
    return live.ends_at(running.now) if hurry else None


def _starts_at(running: Running, index: int, hurry: bool) -> float | None:
    track = running.tracks[index]
    if not track.queue:
        return None
    head = track.queue[0]
    if not hurry and (track.held or not running.plan.items[head].starts):
        return None
    if running.plan.casts[head] and holding(running, head, index) is not None:
        return None  # that item's end will bring us back
    # Whoever was freed was freed by what last happened, so `running.now` covers the people.
    return max(track.free, running.plan.earliest.get(head, LONG_AGO))


def _taken(running: Running, step: Step) -> Running:
    if step.starts:
        return begun(running, step.track, running.tracks[step.track].queue[0], step.at)
    return ended(running, step.track, step.at)


def _released(track: Track, now: float) -> Track:
    live = track.live
    if live is not None and live.paused_at is not None:
        lost = live.lost + max(0.0, now - live.paused_at)
        live = replace(live, paused_at=None, lost=lost)
    return replace(track, live=live, held=False)
