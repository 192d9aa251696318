"""The running order as it is lived: what was planned, what people did, what follows from it.

The log holds only what people did. Everything automatic is derived from it by
`schedule.tracks`, stamped with its own due instant. So a restart is a rerun, an undo is a
rerun without the last deed, and a prediction is the same machine run forward.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from schedule import outlook, tracks
from schedule.acting import acted
from schedule.deeds import (
    Acted,
    Deed,
    Extend,
    Finish,
    Move,
    Pause,
    Planned,
    Resume,
    Skip,
    Start,
    Stepped,
    Swap,
    Undo,
    Undone,
)
from schedule.items import Gathering
from schedule.machine import Command, Event, Refused
from schedule.outlook import AgendaShown, StageCue
from schedule.replanning import replanned
from schedule.tracks import Running

__all__ = [
    "COMMANDS",
    "EVENTS",
    "VIEWS",
    "Acted",
    "Agenda",
    "AgendaShown",
    "Deed",
    "Extend",
    "Finish",
    "Move",
    "Pause",
    "Planned",
    "Resume",
    "Skip",
    "StageCue",
    "Start",
    "Stepped",
    "Swap",
    "Undo",
    "Undone",
    "apply",
    "as_of",
    "cues",
    "decide",
    "due",
    "opening",
    "plan",
    "predict",
    "shown",
    "tick",
]


COMMANDS = (Start, Finish, Extend, Pause, Resume, Skip, Move, Swap, Undo)
EVENTS = (Acted, Undone, Planned, Stepped)
VIEWS = (AgendaShown,)


class Agenda(Struct, frozen=True):
    """All stages of a gathering, with the deeds that made them what they are."""

    gathering: Gathering
    base: Running
    "The stages when this programme was read in."
    deeds: tuple[Acted, ...]
    "What people did since, without what was undone."
    running: Running
    "What follows from both; always `base` with `deeds` rerun."
    number: int = 0
    "Of the last entry in the log."
    changed_at: float = 0.0
    "When that was; Unix seconds."


def opening(gathering: Gathering, now: float) -> Agenda:
    """The agenda before anything has happened; nothing begins before `now`."""
    running = tracks.opened(gathering, now)
    return Agenda(gathering, running, (), running, changed_at=now)


def decide(agenda: Agenda, command: Command, by: str, now: float) -> tuple[Event, ...]:
    """What happens if this person does that now.

    Raises `Refused` if the command means something that is no longer so.
    """
    number, at = agenda.number + 1, _instant(agenda, now)
    match command:
        case Undo(last=last):
            _check_undo(agenda, last)
            return (Undone(number, at, by),)
        case Start() | Finish() | Extend() | Pause() | Resume() | Skip() | Move() | Swap():
            acted(
                tracks.settled(agenda.running, at), command, at
            )  # refuses, or its result is apply's
            return (Acted(number, at, by, command),)
        case _:
            raise TypeError(f"{type(command).__name__} is not a command of the agenda")


def plan(agenda: Agenda, gathering: Gathering, by: str, now: float) -> tuple[Event, ...]:
    """What happens if this programme takes the place of the one before."""
    if gathering == agenda.gathering:
        return ()
    return (Planned(agenda.number + 1, _instant(agenda, now), by, gathering),)


def tick(agenda: Agenda, now: float) -> tuple[Event, ...]:
    """What the stages do by themselves until now, each at its own instant."""
    events: list[Event] = []
    running = agenda.running
    for step, after in tracks.steps(running, now):
        track = after.tracks[step.track]
        if step.starts and track.live is not None:
            events.append(Stepped(track.stage, track.live.id, "started", step.at))
        elif not step.starts:
            events.append(Stepped(track.stage, track.past[-1].id, "finished", step.at))
    return tuple(events)


def due(agenda: Agenda) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    step = tracks.next_step(agenda.running)
    return None if step is None else step.at


def apply(agenda: Agenda, event: Event) -> Agenda:
    """The agenda after `event`."""
    match event:
        case Stepped(at=at):
            return replace(agenda, running=tracks.settled(agenda.running, at))
        case Acted(number=number, at=at):
            deeds, running = (*agenda.deeds, event), _after(agenda.running, event)
        case Undone(number=number, at=at):
            deeds = agenda.deeds[:-1]
            running = tracks.settled(_rerun(agenda.base, deeds), at)
        case Planned(number=number, at=at, gathering=gathering):
            before = tracks.settled(agenda.running, at)
            running = replanned(before, agenda.gathering, gathering, at)
            return Agenda(gathering, running, (), running, number, at)
        case _:
            return agenda
    return replace(agenda, deeds=deeds, running=running, number=number, changed_at=at)


def as_of(agenda: Agenda, moment: float) -> Running:
    """The stages at an earlier moment, but not before the last entry in the log."""
    moment = max(moment, agenda.changed_at)
    return tracks.settled(_rerun(agenda.base, agenda.deeds), moment)


def predict(agenda: Agenda, now: float) -> dict[str, tuple[float, float]]:
    """When everything that is not over begins and ends; Unix seconds.

    Exact if nobody does anything and all is automatic; else humans are taken to be
    punctual, and pauses and holds to end now.
    """
    return tracks.forecast(agenda.running, now)


def shown(agenda: Agenda, now: float) -> AgendaShown:
    """How the agenda looks now, complete in itself."""
    last = agenda.deeds[-1] if agenda.deeds else None
    return outlook.shown(agenda.running, now, agenda.number, last)


def cues(agenda: Agenda, now: float) -> dict[str, StageCue]:
    """Who is on and who comes next, for each stage."""
    return outlook.cues(tracks.settled(agenda.running, now))


def _instant(agenda: Agenda, now: float) -> float:
    # A clock that steps back cannot put a deed before what has already happened.
    return max(now, agenda.running.now)


def _check_undo(agenda: Agenda, last: int) -> None:
    if not agenda.deeds:
        raise Refused("There is no step left to take back.")
    if agenda.deeds[-1].number != last:
        raise Refused("Another step was taken meanwhile. Please look, then take back that one.")


def _rerun(base: Running, deeds: tuple[Acted, ...]) -> Running:
    for deed in deeds:
        base = _after(base, deed)
    return base


def _after(running: Running, event: Acted) -> Running:
    running = tracks.settled(running, event.at)
    try:
        return acted(running, event.deed, event.at)
    except Refused:
        return running  # it was decided on this very state, so only a log from elsewhere ends here
