"""The audience's questions on one stage: asked, supported, put on air, answered."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from rooms.people import PersonId
from schedule.machine import Command, Event, View

QuestionId = Annotated[str, Meta(min_length=1, max_length=20)]
Wording = Annotated[str, Meta(min_length=1, max_length=240)]
QuestionState = Literal["open", "air", "answered", "dismissed", "merged"]


# Commands


class Ask(Command, frozen=True, tag="question.ask"):
    """Ask the person on stage."""

    text: Wording
    anonymous: bool = False
    "The desk sees who asks, nobody else."


class Withdraw(Command, frozen=True, tag="question.withdraw"):
    """Take one's own question back."""

    question: QuestionId


class Support(Command, frozen=True, tag="question.support"):
    """Add one's voice to a question, or take it away."""

    question: QuestionId
    on: bool = True


class PutOnAir(Command, frozen=True, tag="question.put-on-air"):
    """Show a question to everybody, on the beamer too; one at a time."""

    question: QuestionId


class Answered(Command, frozen=True, tag="question.answer"):
    """The question has been answered."""

    question: QuestionId


class PutBack(Command, frozen=True, tag="question.put-back"):
    """Later: the question is open again."""

    question: QuestionId


class Dismiss(Command, frozen=True, tag="question.dismiss"):
    """The question is not going to be asked."""

    question: QuestionId


class Merge(Command, frozen=True, tag="question.merge"):
    """Two questions are one; the voices of both count for `into`."""

    question: QuestionId
    into: QuestionId


# Events


class QuestionAsked(Event, frozen=True, tag="question.asked"):
    """There is a new question."""

    id: QuestionId
    text: Wording
    by: PersonId | None
    "Nobody's name if asked without one."
    item: str | None
    "What was on when it was asked."
    at: float


class QuestionSigned(Event, frozen=True, tag="question.signed"):
    """Who asked a question that shows no name; only the desk and the author hear it."""

    id: QuestionId
    by: PersonId


class QuestionSupported(Event, frozen=True, tag="question.supported"):
    """One person's voice for a question; only that person hears it, all see the tally."""

    id: QuestionId
    person: PersonId
    on: bool


class QuestionMoved(Event, frozen=True, tag="question.moved"):
    """A question is on air, answered, back among the open ones, dismissed or withdrawn.

    A withdrawn question is gone from the room; the others stay in their place.
    """

    id: QuestionId
    state: Literal["air", "answered", "open", "dismissed", "withdrawn"]
    votes: int
    "At this instant; questions that can no longer be asked are not tallied."
    at: float


class QuestionMerged(Event, frozen=True, tag="question.merged"):
    """A question has become part of another, and all its voices have gone over."""

    id: QuestionId
    into: QuestionId
    votes: int
    "How many support `into` now; for `id` itself nobody is left."
    at: float


class Tallied(View, frozen=True, tag="questions.tallied"):
    """How many people support each question that can still be asked."""

    votes: dict[QuestionId, int]


# State


class Question(Struct, frozen=True, rename="camel"):
    """One question, with all that only the house knows."""

    id: QuestionId
    text: str
    by: PersonId | None
    item: str | None
    at: float
    author: PersonId | None = None
    state: QuestionState = "open"
    into: QuestionId | None = None
    "What it was merged into."
    voices: frozenset[PersonId] = frozenset()


class QuestionShown(Struct, frozen=True, rename="camel"):
    """One question as one reader may see it."""

    id: QuestionId
    text: str
    by: PersonId | None
    "None if asked without a name, but for the desk and the author."
    anonymous: bool
    item: str | None
    at: float
    state: QuestionState
    into: QuestionId | None
    "What it was merged into."
    votes: int
    mine: bool
    supported: bool


class Questions(Struct, frozen=True):
    """All questions of one stage, oldest first."""

    all: dict[QuestionId, Question] = {}
    asked: int = 0
    "How many there ever were; the next one's id follows from it."


COMMANDS = (Ask, Withdraw, Support, PutOnAir, Answered, PutBack, Dismiss, Merge)
EVENTS = (QuestionAsked, QuestionSigned, QuestionSupported, QuestionMoved, QuestionMerged)
VIEWS = (Tallied,)
