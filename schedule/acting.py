"""What each deed does to the stages; the guard stands on the line above the deed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from schedule.deeds import Deed, Extend, Finish, Move, Pause, Resume, Skip, Start, Swap
from schedule.machine import Refused
from schedule.tracks import Live, Past, Running, Track, begun, ended, holding, put

LONGEST_EXTENSION = 4 * 3600.0  # seconds; more is a slip of the hand


def acted(running: Running, deed: Deed, at: float) -> Running:
    """The stages after this deed; they must be settled until `at`.

    Raises `Refused` if what the deed means is no longer so.
    """
    index = _found(running, deed.stage)
    match deed:
        case Start(item=item, after=after):
            return _start(running, index, item, after, at)
        case Finish(item=item):
            return _finish(running, index, item, at)
        case Extend(item=item, seconds=seconds):
            return _extend(running, index, item, seconds, at)
        case Pause(item=item):
            return _pause(running, index, item, at)
        case Resume(item=item):
            return _resume(running, index, item, at)
        case Skip(item=item):
            return _skip(running, index, item, at)
        case Move(item=item, to=to):
            return _move(running, index, item, to, at)
        case Swap(first=first, second=second):
            return _swap(running, index, first, second, at)


def _start(running: Running, index: int, item: str, after: str | None, at: float) -> Running:
    live = running.tracks[index].live
    if live is not None and live.id == item:
        raise Refused("“{title}” is already on stage.", title=_title(running, item))
    if (live.id if live else None) != after and not _just_ended(running.tracks[index], after):
        raise _moved_on(running, live)
    _check_waiting(running, index, item)
    _check_may_begin(running, index, item, at)
    return begun(ended(running, index, at), index, item, at)


def _just_ended(track: Track, item: str | None) -> bool:
    # Whoever presses "next" in the moment when the time is up means just that.
    return track.live is None and any(p.id == item and p.how == "done" for p in track.past[-1:])


def _finish(running: Running, index: int, item: str, at: float) -> Running:
    _live(running, index, item)
    running = ended(running, index, at)
    return put(running, index, replace(running.tracks[index], held=True), at)


def _extend(running: Running, index: int, item: str, seconds: float, at: float) -> Running:
    live = _live(running, index, item)
    if not 0 < abs(seconds) <= LONGEST_EXTENSION:
        raise Refused("An extension lasts up to four hours. Please choose another length.")
    if seconds > 0:
        return _relive(running, index, replace(live, seconds=live.seconds + seconds), at)
    gone = live.seconds - (live.ends_at(at) - at)
    if gone >= live.seconds:
        raise Refused(
            "The time of “{title}” is up. Finish it, or start the next item.",
            title=_title(running, item),
        )
    return _relive(running, index, replace(live, seconds=max(live.seconds + seconds, gone)), at)


def _pause(running: Running, index: int, item: str | None, at: float) -> Running:
    if item is None:
        return _hold(running, index, at)
    live = _live(running, index, item)
    if live.paused_at is not None:
        raise Refused("“{title}” is already paused.", title=_title(running, item))
    return _relive(running, index, replace(live, paused_at=at), at)


def _hold(running: Running, index: int, at: float) -> Running:
    track = running.tracks[index]
    if track.live is not None:
        raise _moved_on(running, track.live)
    if track.held:
        raise Refused("The stage is already held.")
    return put(running, index, replace(track, held=True), at)


def _resume(running: Running, index: int, item: str | None, at: float) -> Running:
    if item is None:
        return _release(running, index, at)
    live = _live(running, index, item)
    if live.paused_at is None:
        raise Refused("“{title}” is not paused.", title=_title(running, item))
    lost = live.lost + at - live.paused_at
    return _relive(running, index, replace(live, paused_at=None, lost=lost), at)


def _release(running: Running, index: int, at: float) -> Running:
    track = running.tracks[index]
    if not track.held:
        raise Refused("The stage is not held; it goes on by itself.")
    return put(running, index, replace(track, held=False), at)


def _skip(running: Running, index: int, item: str, at: float) -> Running:
    track = running.tracks[index]
    if track.live is not None and track.live.id == item:
        return ended(running, index, at, "skipped")
    _check_waiting(running, index, item)
    queue = tuple(waiting for waiting in track.queue if waiting != item)
    past = (*track.past, Past(item, at, at, "skipped"))
    return put(running, index, replace(track, queue=queue, past=past), at)


def _move(running: Running, index: int, item: str, to: int, at: float) -> Running:
    live = running.tracks[index].live
    if live is not None and live.id == item:
        running = ended(running, index, at, "deferred")
        return _insert(running, index, item, max(to, 1), at)
    _check_waiting(running, index, item)
    return _insert(running, index, item, max(to, 0), at)


def _insert(running: Running, index: int, item: str, to: int, at: float) -> Running:
    track = running.tracks[index]
    queue = [waiting for waiting in track.queue if waiting != item]
    queue.insert(min(to, len(queue)), item)
    # With nobody else to go first, what was sent back must not come on again at once.
    held = track.held or (item not in track.queue and queue == [item])
    return put(running, index, replace(track, queue=tuple(queue), held=held), at)


def _swap(running: Running, index: int, first: str, second: str, at: float) -> Running:
    live = running.tracks[index].live
    if live is not None and live.id in (first, second) and first != second:
        return _swap_live(running, index, live.id, second if live.id == first else first, at)
    _check_waiting(running, index, first)
    _check_waiting(running, index, second)
    if first == second:
        raise Refused("Please choose two different items to swap.")
    other = {first: second, second: first}
    track = running.tracks[index]
    queue = tuple(other.get(waiting, waiting) for waiting in track.queue)
    return put(running, index, replace(track, queue=queue), at)


def _swap_live(running: Running, index: int, live: str, item: str, at: float) -> Running:
    _check_waiting(running, index, item)
    _check_may_begin(running, index, item, at)
    running = ended(running, index, at, "deferred")
    track = running.tracks[index]
    running = put(running, index, replace(track, queue=(live, *track.queue)), at)
    return begun(running, index, item, at)


def _found(running: Running, stage: str) -> int:
    for index, track in enumerate(running.tracks):
        if track.stage == stage:
            return index
    raise Refused("This stage is not in the programme. Please load the page anew.")


def _live(running: Running, index: int, item: str) -> Live:
    live = running.tracks[index].live
    if live is None or live.id != item:
        raise _moved_on(running, live)
    return live


def _relive(running: Running, index: int, live: Live, at: float) -> Running:
    track: Track = replace(running.tracks[index], live=live)
    return put(running, index, track, at)


def _check_waiting(running: Running, index: int, item: str) -> None:
    if item not in running.tracks[index].queue:
        raise Refused(
            "“{title}” is not waiting any more. Please look at the agenda and choose again.",
            title=_title(running, item),
        )


def _check_may_begin(running: Running, index: int, item: str, at: float) -> None:
    anchor = running.plan.items[item].anchor
    if anchor is not None and at < anchor:
        raise Refused(
            "“{title}” does not begin before {time}. Please start something else until then.",
            title=_title(running, item),
            time=_time_of_day(running, anchor),
        )
    if (held_by := holding(running, item, index)) is not None:
        person, other = held_by
        raise Refused(
            "{name} is still on stage in “{title}”. Please finish that first.",
            name=running.plan.names.get(person, person),
            title=_title(running, other),
        )


def _moved_on(running: Running, live: Live | None) -> Refused:
    if live is None:
        return Refused("The agenda has moved on: nothing is on stage now. Please look again.")
    return Refused(
        "The agenda has moved on: “{title}” is on stage now. Please look again.",
        title=_title(running, live.id),
    )


def _title(running: Running, item: str) -> str:
    known = running.plan.items.get(item)
    return item if known is None else known.title


def _time_of_day(running: Running, at: float) -> str:
    zone = ZoneInfo(running.plan.time_zone)
    return datetime.fromtimestamp(at, zone).strftime("%H:%M")
