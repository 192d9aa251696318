"""How the agenda looks to those who watch it: now, next, and when everything will be."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from schedule.deeds import Acted, Extend, Swap
from schedule.items import Item, Kind
from schedule.machine import View
from schedule.tracks import Live, Plan, Running, Track, forecast, settled

UPCOMING = 3  # items that wait; more people than that need not get ready
SLIGHT = 0.5  # seconds; a break shortened by less is not worth a note

Times = dict[str, tuple[float, float]]


class ItemShown(Struct, frozen=True, rename="camel"):
    """What is printed about an item."""

    title: str
    kind: Kind
    people: tuple[str, ...]
    starts_at: float
    "Planned."
    seconds: float
    "Planned."
    anchor: float | None
    fixed: bool
    starts: bool
    ends: bool
    grace: float
    about: str


class LiveShown(Struct, frozen=True, rename="camel"):
    """What runs; while `paused_at` is set its clock stands still."""

    id: str
    started_at: float
    ends_at: float
    "When its time is up; while paused, as if it went on at `now`."
    seconds: float
    "Granted, with all extensions."
    paused_at: float | None
    lost: float
    "Seconds that earlier pauses took."


class PastShown(Struct, frozen=True, rename="camel"):
    """What is over; what was deferred waits again."""

    id: str
    started_at: float
    ended_at: float
    how: Literal["done", "skipped", "deferred"]


class NoteShown(Struct, frozen=True, rename="camel"):
    """A break that is shorter than planned so that an appointment can be kept."""

    item: str
    planned: float
    granted: float
    saves: str | None
    "The anchored item it is shortened for."


class StageShown(Struct, frozen=True, rename="camel"):
    """One stage's line."""

    id: str
    name: str
    held: bool
    "Nothing begins by itself until somebody starts or resumes."
    live: LiveShown | None
    waiting: tuple[str, ...]
    past: tuple[PastShown, ...]
    drift: float
    "Seconds behind the plan; negative when ahead of it."
    note: NoteShown | None


class LastShown(Struct, frozen=True, rename="camel"):
    """The deed that an undo would take back."""

    number: int
    at: float
    by: str
    deed: str
    "The tag of the command, such as `agenda.extend`."
    stage: str
    item: str | None
    seconds: float | None
    "Of an extension."


class AgendaShown(View, frozen=True, tag="agenda.shown"):
    """The whole agenda; between two of these browsers count by themselves."""

    now: float
    number: int
    "Of the last entry in the log."
    last: LastShown | None
    stages: tuple[StageShown, ...]
    late: dict[str, float]
    "Seconds by which an anchored item comes after its anchor, if it does."
    times: dict[str, tuple[float, float]]
    "Predicted start and end of everything that is not over."
    items: dict[str, ItemShown]


class StageCue(Struct, frozen=True, rename="camel"):
    """Who is on and who should get ready, for the room that seats them."""

    live: str | None
    upcoming: tuple[str, ...]
    "The next three that wait."
    since: float | None
    "When the live item began."


def shown(running: Running, now: float, number: int, last: Acted | None) -> AgendaShown:
    """The whole agenda at `now`."""
    running = settled(running, now)
    now = max(now, running.now)
    times = forecast(running, now)
    return AgendaShown(
        now=now,
        number=number,
        last=None if last is None else _last_shown(last),
        stages=tuple(_stage_shown(running.plan, track, times, now) for track in running.tracks),
        late=_lateness(running.plan, times),
        times=times,
        items={item.id: _item_shown(item) for item in running.plan.items.values()},
    )


def cues(running: Running) -> dict[str, StageCue]:
    """Who is on and who comes next, for each stage; it must be settled."""
    return {
        track.stage: StageCue(
            live=track.live.id if track.live else None,
            upcoming=track.queue[:UPCOMING],
            since=track.live.started_at if track.live else None,
        )
        for track in running.tracks
    }


def _item_shown(item: Item) -> ItemShown:
    return ItemShown(
        title=item.title,
        kind=item.kind,
        people=item.people,
        starts_at=item.starts_at,
        seconds=item.seconds,
        anchor=item.anchor,
        fixed=item.fixed,
        starts=item.starts,
        ends=item.ends,
        grace=item.grace,
        about=item.about,
    )


def _last_shown(last: Acted) -> LastShown:
    deed = last.deed
    item = deed.first if isinstance(deed, Swap) else deed.item
    seconds = deed.seconds if isinstance(deed, Extend) else None
    tag = str(deed.__struct_config__.tag)
    return LastShown(last.number, last.at, last.by, tag, deed.stage, item, seconds)


def _lateness(plan: Plan, times: Times) -> dict[str, float]:
    late: dict[str, float] = {}
    for item_id, (starts_at, _) in times.items():
        anchor = plan.items[item_id].anchor
        if anchor is not None and starts_at > anchor:
            late[item_id] = starts_at - anchor
    return late


def _stage_shown(plan: Plan, track: Track, times: Times, now: float) -> StageShown:
    return StageShown(
        id=track.stage,
        name=track.name,
        held=track.held,
        live=None if track.live is None else _live_shown(track.live, now),
        waiting=track.queue,
        past=tuple(PastShown(p.id, p.started_at, p.ended_at, p.how) for p in track.past),
        drift=_drift(plan, track, times),
        note=_note(plan, track, times),
    )


def _live_shown(live: Live, now: float) -> LiveShown:
    return LiveShown(
        id=live.id,
        started_at=live.started_at,
        ends_at=live.ends_at(now),
        seconds=live.seconds,
        paused_at=live.paused_at,
        lost=live.lost,
    )


def _drift(plan: Plan, track: Track, times: Times) -> float:
    """How far the next change on this stage is from where the plan has it.

    The plan is taken in the order that is lived, so a swap is no delay.
    """
    over = tuple(past.id for past in track.past if past.how != "deferred")
    ideal = _ideal(plan, over + (() if track.live is None else (track.live.id,)) + track.queue)
    if track.live is not None:
        return times[track.live.id][1] - ideal[track.live.id][1]
    if track.queue:
        return times[track.queue[0]][0] - ideal[track.queue[0]][0]
    return track.past[-1].ended_at - ideal[over[-1]][1] if over else 0.0


def _ideal(plan: Plan, order: tuple[str, ...]) -> Times:
    times: Times = {}
    free = min((plan.items[item_id].starts_at for item_id in order), default=0.0)
    for item_id in order:
        starts_at = max(free, plan.earliest.get(item_id, free))
        free = starts_at + plan.items[item_id].seconds
        times[item_id] = (starts_at, free)
    return times


def _note(plan: Plan, track: Track, times: Times) -> NoteShown | None:
    order = track.queue if track.live is None else (track.live.id, *track.queue)
    for place, item_id in enumerate(order):
        item = plan.items[item_id]
        if item.least_seconds is None:
            continue
        starts_at, ends_at = times[item_id]
        if track.live is not None and track.live.id == item_id:
            seconds = track.live.seconds
        else:
            seconds = ends_at - starts_at - (item.grace if item.ends else 0.0)
        if seconds < item.seconds - SLIGHT:
            saved = (i for i in order[place + 1 :] if plan.items[i].anchor is not None)
            return NoteShown(item_id, item.seconds, seconds, next(saved, None))
    return None
