"""A programme that is read in anew while the gathering runs: what has happened stays."""

from __future__ import annotations

from msgspec.structs import replace

from schedule.items import Gathering, Item
from schedule.tracks import Plan, Running, Track, planned


def replanned(running: Running, old: Gathering, new: Gathering, at: float) -> Running:
    """The stages under the new programme.

    What is over or runs stays as it was lived, on the stage where it happened. New items
    come in where the programme has them, removed ones vanish from those that wait, and
    changed lengths hold for all that has not begun. If the moderators changed the order
    and the organisers did not, the moderators' order stands.
    """
    happened = {item for track in running.tracks for item in _happened(track)}
    order_before = {stage.id: tuple(item.id for item in stage.items) for stage in old.stages}
    tracks = []
    for stage in new.stages:
        order = tuple(item.id for item in stage.items)
        track = _track_of(running, stage.id, stage.name)
        wanted = tuple(item for item in order if item not in happened)
        queue = _merged(track.queue, order_before.get(stage.id, ()), order, wanted)
        tracks.append(replace(track, name=stage.name, queue=queue))
    kept = {stage.id for stage in new.stages}
    tracks += [
        replace(track, queue=())
        for track in running.tracks
        if track.stage not in kept and _happened(track)
    ]
    return Running(_joined(running, planned(new)), tuple(tracks), max(at, running.now))


def _happened(track: Track) -> set[str]:
    over = {past.id for past in track.past if past.how != "deferred"}
    return over if track.live is None else over | {track.live.id}


def _track_of(running: Running, stage: str, name: str) -> Track:
    for track in running.tracks:
        if track.stage == stage:
            return track
    return Track(stage, name, ())


def _merged(
    lived: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...], wanted: tuple[str, ...]
) -> tuple[str, ...]:
    common = set(lived) & set(wanted)
    if [i for i in before if i in common] != [i for i in after if i in common]:
        return wanted
    queue = [item for item in lived if item in common]
    for place, item in enumerate(wanted):
        if item not in common:
            before_it = wanted[place - 1] if place else None
            queue.insert(queue.index(before_it) + 1 if before_it else 0, item)
    return tuple(queue)


def _joined(running: Running, plan: Plan) -> Plan:
    """The new plan, with what has happened in it even where the programme dropped it."""
    old, items = running.plan, dict(plan.items)
    earliest, casts = dict(plan.earliest), dict(plan.casts)
    for track in running.tracks:
        for item in _known(track):
            if item not in items:
                items[item], casts[item] = old.items[item], old.casts[item]
        if track.live is not None:
            # Whoever is on stage is on stage, whatever the paper says.
            casts[track.live.id] = old.casts[track.live.id]
            items[track.live.id] = _alive(old.items[track.live.id], items[track.live.id])
    return replace(plan, items=items, earliest=earliest, casts=casts, names=old.names | plan.names)


def _known(track: Track) -> set[str]:
    return {past.id for past in track.past} | _happened(track)


def _alive(old: Item, new: Item) -> Item:
    return replace(old, title=new.title, about=new.about, starts_at=new.starts_at)
