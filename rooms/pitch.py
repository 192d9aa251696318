"""A pitch room: one stage with its floor, questions, chat, reactions and audience."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from rooms import (
    chat,
    floor,
    insurance,
    presence,
    questions,
    reactions,
    recording,
    seating,
    slides,
    sources,
)
from rooms.chat import Chat, ChatShown
from rooms.floor import Cued, Feed, Floor, FloorShown
from rooms.insurance import Insurance, InsuranceShown
from rooms.people import Person
from rooms.presence import Presence, PresenceShown
from rooms.questions import Questions, QuestionShown, Tallied
from rooms.reactions import Reactions, ReactionsShown, Word
from rooms.recording import Recording, RecordingShown
from rooms.slides import LiveSlides, Slides, SlidesShown
from rooms.sources import Sources, SourcesShown
from schedule.machine import Command, Event, View

Deciding = Callable[["Pitch", Any, Person, float], tuple[Event, ...]]


class Pitch(Struct, frozen=True):
    """Everything that lives in one pitch room."""

    stage: str
    floor: Floor = Floor()
    questions: Questions = Questions()
    chat: Chat = Chat()
    reactions: Reactions = Reactions()
    presence: Presence = Presence()
    sources: Sources = Sources()
    slides: Slides = Slides()
    recording: Recording = Recording()
    insurance: Insurance = Insurance()


class PitchShown(Struct, frozen=True, tag_field="type", tag="pitch", rename="camel"):
    """A pitch room as one reader may see it; browsers fold events and views into it."""

    stage: str
    floor: FloorShown
    questions: tuple[QuestionShown, ...]
    chat: ChatShown
    reactions: ReactionsShown
    my_words: tuple[Word, ...]
    presence: PresenceShown
    sources: SourcesShown
    slides: SlidesShown
    recording: RecordingShown
    insurance: InsuranceShown


PARTS = (floor, questions, chat, reactions, presence, slides, sources, recording, insurance)
COMMANDS: tuple[type[Command], ...] = tuple(c for part in PARTS for c in part.COMMANDS)
EVENTS: tuple[type[Event], ...] = tuple(e for part in PARTS for e in part.EVENTS)
VIEWS: tuple[type[View], ...] = (
    *questions.VIEWS,
    *reactions.VIEWS,
    *presence.VIEWS,
    *sources.VIEWS,
    *slides.VIEWS,
)
STIRS: dict[type[Event], tuple[type[View], ...]] = {
    **questions.STIRS,
    **reactions.STIRS,
    **presence.STIRS,
    **sources.STIRS,
    **slides.STIRS,
    Cued: (ReactionsShown, LiveSlides),
}
"Which views look different after an event."


def opening(stage: str) -> Pitch:
    """The room before anybody has come."""
    return Pitch(stage)


def decide(pitch: Pitch, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows if this person does that now; raises `Refused` if it is not possible."""
    return _DECIDES[type(command)](pitch, command, by, now)


def tick(pitch: Pitch, now: float) -> tuple[Event, ...]:
    """What happens by itself: presence fades, recordings begin and end, outages are noticed."""
    return (
        *reactions.tick(pitch.reactions, now),
        *presence.tick(pitch.presence, now),
        *recording.tick(pitch.recording, pitch.floor, now),
        *insurance.tick(pitch.insurance, pitch.floor, _covered(pitch), now),
    )


def due(pitch: Pitch) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    instants = (
        reactions.due(pitch.reactions),
        presence.due(pitch.presence),
        recording.due(pitch.recording, pitch.floor),
        insurance.due(pitch.insurance, pitch.floor, _covered(pitch)),
    )
    return min((at for at in instants if at is not None), default=None)


def apply(pitch: Pitch, event: Event) -> Pitch:
    """The room after `event`."""
    return _APPLIES[type(event)](pitch, event)


def show(pitch: Pitch, reader: Person, now: float) -> PitchShown:
    """The room as `reader` may see it."""
    return PitchShown(
        stage=pitch.stage,
        floor=floor.show(pitch.floor, reader),
        questions=questions.show(pitch.questions, reader),
        chat=chat.show(pitch.chat, reader),
        reactions=reactions.show(pitch.reactions),
        my_words=reactions.words_of(pitch.reactions, reader.id),
        presence=presence.show(pitch.presence),
        sources=sources.show(pitch.sources, reader),
        slides=slides.show(pitch.slides, reader),
        recording=recording.show(pitch.recording, reader),
        insurance=insurance.show(pitch.insurance, reader),
    )


def view(pitch: Pitch, kind: type[View], now: float) -> View:
    """How one part of the room looks, the same for every reader."""
    return _VIEWED[kind](pitch)


def routes(pitch: Pitch) -> dict[Feed, str | None]:
    """Which source stands behind each feed, `None` for none."""
    return {
        **floor.routes(pitch.floor),
        **sources.routes(pitch.sources, pitch.stage),
        **insurance.routes(pitch.insurance),
    }


def _covered(pitch: Pitch) -> bool:
    return "speaker" in pitch.sources.on_air


def _ask(pitch: Pitch, command: questions.Handled, by: Person, now: float) -> tuple[Event, ...]:
    item = pitch.floor.live.item if pitch.floor.live else None
    return questions.decide(pitch.questions, command, by, now, item)


def _cued(pitch: Pitch, event: Cued) -> Pitch:
    begins = event.live is not None and (
        pitch.floor.live is None or pitch.floor.live.item != event.live.item
    )
    return replace(
        pitch,
        floor=floor.apply(pitch.floor, event),
        slides=slides.began(pitch.slides, event.live),
        reactions=reactions.begun_anew(pitch.reactions) if begins else pitch.reactions,
    )


_DECIDES: dict[type[Command], Deciding] = {
    **dict.fromkeys(floor.COMMANDS, lambda p, *rest: seating.decide(p.floor, *rest)),
    **dict.fromkeys(questions.COMMANDS, _ask),
    **dict.fromkeys(chat.COMMANDS, lambda p, *rest: chat.decide(p.chat, *rest)),
    **dict.fromkeys(reactions.COMMANDS, lambda p, *rest: reactions.decide(p.reactions, *rest)),
    **dict.fromkeys(presence.COMMANDS, lambda p, *rest: presence.decide(p.presence, *rest)),
    **dict.fromkeys(slides.COMMANDS, lambda p, *rest: slides.decide(p.slides, *rest)),
    **dict.fromkeys(sources.COMMANDS, lambda p, *rest: sources.decide(p.sources, *rest)),
    **dict.fromkeys(
        recording.COMMANDS, lambda p, *rest: recording.decide(p.recording, p.floor, *rest)
    ),
    **dict.fromkeys(
        insurance.COMMANDS, lambda p, *rest: insurance.decide(p.insurance, p.floor, *rest)
    ),
}

_APPLIES: dict[type[Event], Callable[[Pitch, Any], Pitch]] = {
    **dict.fromkeys(floor.EVENTS, lambda p, e: replace(p, floor=floor.apply(p.floor, e))),
    **dict.fromkeys(
        questions.EVENTS, lambda p, e: replace(p, questions=questions.apply(p.questions, e))
    ),
    **dict.fromkeys(chat.EVENTS, lambda p, e: replace(p, chat=chat.apply(p.chat, e))),
    **dict.fromkeys(
        reactions.EVENTS, lambda p, e: replace(p, reactions=reactions.apply(p.reactions, e))
    ),
    **dict.fromkeys(
        presence.EVENTS, lambda p, e: replace(p, presence=presence.apply(p.presence, e))
    ),
    **dict.fromkeys(slides.EVENTS, lambda p, e: replace(p, slides=slides.apply(p.slides, e))),
    **dict.fromkeys(sources.EVENTS, lambda p, e: replace(p, sources=sources.apply(p.sources, e))),
    **dict.fromkeys(
        recording.EVENTS, lambda p, e: replace(p, recording=recording.apply(p.recording, e))
    ),
    **dict.fromkeys(
        insurance.EVENTS, lambda p, e: replace(p, insurance=insurance.apply(p.insurance, e))
    ),
    Cued: _cued,
}

_VIEWED: dict[type[View], Callable[[Pitch], View]] = {
    Tallied: lambda pitch: questions.tally(pitch.questions),
    ReactionsShown: lambda pitch: reactions.show(pitch.reactions),
    PresenceShown: lambda pitch: presence.show(pitch.presence),
    SourcesShown: lambda pitch: sources.view(pitch.sources),
    LiveSlides: lambda pitch: slides.view(pitch.slides),
}
