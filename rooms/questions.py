"""The audience's questions on one stage: asked, supported, put on air, answered."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.people import DESK, Person, PersonId
from schedule.machine import Command, Event, Refused, View

QuestionId = Annotated[str, Meta(min_length=1, max_length=20)]
Wording = Annotated[str, Meta(min_length=1, max_length=240)]
MOST_OPEN = 5  # of one person; enough to be curious, too few to flood
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
STIRS: dict[type[Event], tuple[type[View], ...]] = {
    QuestionAsked: (Tallied,),
    QuestionSupported: (Tallied,),
    QuestionMoved: (Tallied,),
    QuestionMerged: (Tallied,),
}

Handled = Ask | Withdraw | Support | PutOnAir | Answered | PutBack | Dismiss | Merge
Moved = Literal["air", "answered", "open", "dismissed", "withdrawn"]

CAN_BE_ASKED: frozenset[QuestionState] = frozenset({"open", "air"})

MOVES: dict[type[Command], tuple[frozenset[QuestionState], Moved]] = {
    Withdraw: (CAN_BE_ASKED, "withdrawn"),
    PutOnAir: (frozenset({"open", "air"}), "air"),
    Answered: (frozenset({"open", "air", "answered"}), "answered"),
    PutBack: (frozenset({"air", "answered", "dismissed", "open"}), "open"),
    Dismiss: (frozenset({"open", "air", "dismissed"}), "dismissed"),
}
"From which states a question can be moved, and where to."


def decide(
    questions: Questions, command: Handled, by: Person, now: float, item: str | None
) -> tuple[Event, ...]:
    """What follows; `item` is what is on. Raises `Refused` if it is not possible any more."""
    match command:
        case Ask():
            return _ask(questions, command, by, now, item)
        case Support():
            return _support(questions, command, by)
        case Merge():
            return _merge(questions, command, now)
        case _:
            return _move(questions, command, now)


def apply(questions: Questions, event: Event) -> Questions:
    """The questions after `event`."""
    match event:
        case QuestionAsked():
            return _with_asked(questions, event)
        case QuestionSigned(id=id, by=by):
            return _with(questions, id, author=by, voices=frozenset({by}))
        case QuestionSupported(id=id, person=person, on=on):
            voices = questions.all[id].voices
            return _with(questions, id, voices=voices | {person} if on else voices - {person})
        case QuestionMoved(id=id, state="withdrawn"):
            rest = {other: question for other, question in questions.all.items() if other != id}
            return replace(questions, all=rest)
        case QuestionMoved(id=id, state=state):
            return _with(questions, id, state=state)
        case QuestionMerged(id=id, into=into):
            voices = questions.all[into].voices | questions.all[id].voices
            questions = _with(questions, into, voices=voices)
            return _with(questions, id, state="merged", into=into, voices=frozenset())
        case _:
            return questions


def author_of(questions: Questions, question: QuestionId) -> PersonId | None:
    """Who asked, whether the name is shown or not."""
    known = questions.all.get(question)
    return known.author if known else None


def show(questions: Questions, reader: Person) -> tuple[QuestionShown, ...]:
    """All questions as `reader` may see them, oldest first."""
    return tuple(_shown(question, reader) for question in questions.all.values())


def tally(questions: Questions) -> Tallied:
    """How many people support each question that can still be asked."""
    return Tallied(
        votes={
            question.id: len(question.voices)
            for question in questions.all.values()
            if question.state in CAN_BE_ASKED
        }
    )


def _ask(
    questions: Questions, ask: Ask, by: Person, now: float, item: str | None
) -> tuple[Event, ...]:
    if not ask.text.strip():
        raise Refused("There is no question in it yet. Please write it first.")
    mine = [q for q in questions.all.values() if q.author == by.id and q.state == "open"]
    if len(mine) >= MOST_OPEN:
        raise Refused(
            "{count} of your questions are still open. Withdraw one, or wait for an answer.",
            count=len(mine),
        )
    new = f"q{questions.asked + 1}"
    name = None if ask.anonymous else by.id
    asked = QuestionAsked(id=new, text=ask.text.strip(), by=name, item=item, at=now)
    return (asked, QuestionSigned(new, by.id)) if ask.anonymous else (asked,)


def _support(questions: Questions, support: Support, by: Person) -> tuple[Event, ...]:
    question = _one(questions, support.question)
    if question.state == "merged":
        raise Refused("This question is now part of another one. Please support that one.")
    if question.state not in CAN_BE_ASKED:
        raise Refused("This question is closed. Please support one that is still open.")
    if question.author == by.id and not support.on:
        raise Refused("Your own voice stays with your question. You can withdraw the question.")
    if support.on == (by.id in question.voices):
        return ()
    return (QuestionSupported(question.id, by.id, support.on),)


def _move(
    questions: Questions,
    command: Withdraw | PutOnAir | Answered | PutBack | Dismiss,
    now: float,
) -> tuple[Event, ...]:
    question = _one(questions, command.question)
    allowed, state = MOVES[type(command)]
    if state == "withdrawn":
        _check_withdrawable(questions, question)
    if question.state not in allowed:
        raise Refused(
            "This question has been dealt with meanwhile. Put it back among the open ones first."
        )
    if question.state == state:
        return ()
    before = _taken_off_air(questions, now) if state == "air" else ()
    return (*before, _moved(question, state, now))


def _check_withdrawable(questions: Questions, question: Question) -> None:
    if question.state not in CAN_BE_ASKED:
        raise Refused("This question has been dealt with and stays where it is.")
    if any(other.into == question.id for other in questions.all.values()):
        raise Refused("Questions of others are part of this one by now, so it stays.")


def _merge(questions: Questions, merge: Merge, now: float) -> tuple[Event, ...]:
    question, into = _one(questions, merge.question), _resolved(questions, merge.into)
    if question.id == into.id or question.state == "merged":
        raise Refused("These two are one question already. There is nothing left to do.")
    if question.state not in CAN_BE_ASKED or into.state not in CAN_BE_ASKED:
        raise Refused("Only open questions can become one. Put the closed one back first.")
    votes = len(question.voices | into.voices)
    merged = QuestionMerged(question.id, into.id, votes, now)
    if question.state == "air":  # what the hall is looking at stays before its eyes
        return (merged, QuestionMoved(into.id, "air", votes, now))
    return (merged,)


def _one(questions: Questions, wanted: QuestionId) -> Question:
    if wanted not in questions.all:
        raise Refused("This question has been withdrawn. Please choose another one.")
    return questions.all[wanted]


def _resolved(questions: Questions, wanted: QuestionId) -> Question:
    question = _one(questions, wanted)
    while question.into is not None:
        question = _one(questions, question.into)
    return question


def _taken_off_air(questions: Questions, now: float) -> tuple[QuestionMoved, ...]:
    on_air = (question for question in questions.all.values() if question.state == "air")
    return tuple(_moved(question, "answered", now) for question in on_air)


def _moved(question: Question, state: Moved, now: float) -> QuestionMoved:
    return QuestionMoved(question.id, state, len(question.voices), now)


def _with_asked(questions: Questions, event: QuestionAsked) -> Questions:
    question = Question(
        id=event.id,
        text=event.text,
        by=event.by,
        item=event.item,
        at=event.at,
        author=event.by,
        voices=frozenset() if event.by is None else frozenset({event.by}),
    )
    every = {**questions.all, event.id: question}
    return replace(questions, all=every, asked=questions.asked + 1)


def _with(questions: Questions, changed: QuestionId, **changes: Any) -> Questions:
    question = replace(questions.all[changed], **changes)
    return replace(questions, all={**questions.all, changed: question})


def _shown(question: Question, reader: Person) -> QuestionShown:
    mine = question.author == reader.id
    return QuestionShown(
        id=question.id,
        text=question.text,
        by=question.author if mine or reader.role in DESK else question.by,
        anonymous=question.by is None,
        item=question.item,
        at=question.at,
        state=question.state,
        into=question.into,
        votes=len(question.voices),
        mine=mine,
        supported=reader.id in question.voices,
    )
