"""The exhibition: what hangs at each work, what is asked and said there, and the favourite.

What is asked and answered is told to nobody by the room itself: each browser fetches it, as the
one who reads it may see it, when it hears that something at a work has changed. So people who
keep apart never read each other here either, and the room need not know who they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import ballot
from rooms.ballot import Ballot, BallotShown
from rooms.people import DESK, Person, PersonId
from rooms.reactions import WORDS, Word
from schedule.items import Exhibit
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.fair import Fair

FAVOURITE = "favourite"
"The name of the audience's ballot."
MOST_OPEN = 3  # questions of one person at one work that wait for an answer
MOST_ANSWERS = 10  # to one question; then it is a talk
MOST_PICTURES = 6

WorkId = Annotated[str, Meta(min_length=1, max_length=70, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
QuestionId = Annotated[str, Meta(min_length=1, max_length=20, pattern=r"^[a-z0-9]+$")]
HangingId = Annotated[str, Meta(min_length=8, max_length=40, pattern=r"^[0-9a-f]+$")]
Wording = Annotated[str, Meta(min_length=1, max_length=500)]
What = Literal["poster", "picture", "clip"]


class Hanging(Struct, frozen=True, rename="camel"):
    """A file that hangs at a work: its poster, a picture or a short clip."""

    id: HangingId
    what: What
    name: str = ""
    "Of the file as it was brought."
    sizes: tuple[tuple[int, int], ...] = ()
    "Width and height of each page or picture, in pixels."
    seconds: float = 0.0
    "Of a clip."
    caption: str = ""
    "What a picture shows, also for those who do not see it."


# Commands


class Describe(Command, frozen=True, tag="gallery.describe"):
    """Write the abstract of a work."""

    work: WorkId
    abstract: Annotated[str, Meta(max_length=3000)]


class Caption(Command, frozen=True, tag="gallery.caption"):
    """Say what a picture shows."""

    work: WorkId
    hanging: HangingId
    text: Annotated[str, Meta(max_length=200)]


class Hang(Command, frozen=True, tag="gallery.hang"):
    """The house hangs what was brought; a new poster or clip takes the place of the old one."""

    work: WorkId
    hanging: Hanging


class TakeDown(Command, frozen=True, tag="gallery.take-down"):
    """The house takes something down."""

    work: WorkId
    hanging: HangingId


class Ask(Command, frozen=True, tag="gallery.ask"):
    """Ask those who made a work."""

    work: WorkId
    text: Wording


class Answer(Command, frozen=True, tag="gallery.answer"):
    """Answer a question about one's own work."""

    question: QuestionId
    text: Wording


class Withdraw(Command, frozen=True, tag="gallery.withdraw"):
    """Take one's own question back, with its answers."""

    question: QuestionId


class Hide(Command, frozen=True, tag="gallery.hide"):
    """Show a question to nobody but its author and the desk, or to all again."""

    question: QuestionId
    on: bool = True


class React(Command, frozen=True, tag="gallery.react"):
    """Say a word to a work, or take it back."""

    durable: ClassVar[bool] = False

    work: WorkId
    word: Word
    on: bool = True


# Events


class Described(Event, frozen=True, tag="gallery.described"):
    """A work has another abstract."""

    work: WorkId
    abstract: str


class Captioned(Event, frozen=True, tag="gallery.captioned"):
    """A picture has another caption."""

    work: WorkId
    hanging: HangingId
    text: str


class Hung(Event, frozen=True, tag="gallery.hung"):
    """Something hangs at a work."""

    work: WorkId
    hanging: Hanging


class TakenDown(Event, frozen=True, tag="gallery.taken-down"):
    """Something hangs there no longer."""

    work: WorkId
    hanging: HangingId


class Asked(Event, frozen=True, tag="gallery.asked"):
    """There is a question at a work."""

    id: QuestionId
    work: WorkId
    by: PersonId
    text: str
    at: float


class Answered(Event, frozen=True, tag="gallery.answered"):
    """A question has another answer."""

    question: QuestionId
    by: PersonId
    text: str
    at: float


class Withdrawn(Event, frozen=True, tag="gallery.withdrawn"):
    """A question was taken back."""

    question: QuestionId


class Hidden(Event, frozen=True, tag="gallery.hidden"):
    """The desk hid a question, or shows it again."""

    question: QuestionId
    on: bool


class Reacted(Event, frozen=True, tag="gallery.reacted"):
    """One person's word to a work; only that person hears it, all hear the count."""

    person: PersonId
    work: WorkId
    word: Word
    on: bool


class Counted(Event, frozen=True, tag="gallery.counted"):
    """So many have said this word to this work."""

    stored: ClassVar[bool] = False

    work: WorkId
    word: Word
    count: int


class Stirred(Event, frozen=True, tag="gallery.stirred"):
    """Something at a work is not as it was: whoever looks at it asks for it anew."""

    stored: ClassVar[bool] = False

    work: WorkId
    revision: int


# State


class Reply(Struct, frozen=True, rename="camel"):
    """An answer."""

    by: PersonId
    text: str
    at: float


class Question(Struct, frozen=True, rename="camel"):
    """A question, and what was answered."""

    id: QuestionId
    work: WorkId
    by: PersonId
    text: str
    at: float
    replies: tuple[Reply, ...] = ()
    hidden: bool = False


class Work(Struct, frozen=True):
    """What is at one work besides what the organisers wrote."""

    abstract: str | None = None
    "None: what the organisers wrote."
    hangings: tuple[Hanging, ...] = ()
    words: dict[Word, frozenset[PersonId]] = {}
    revision: int = 0
    "How often something changed that everybody may see."


class Gallery(Struct, frozen=True):
    """All that happened at the works."""

    works: dict[WorkId, Work] = {}
    questions: dict[QuestionId, Question] = {}
    "Oldest first."
    asked: int = 0
    "How many there ever were; the next one's id follows from it."
    favourite: Ballot = Ballot()


class GalleryShown(Struct, frozen=True, rename="camel"):
    """What one reader may see of it; what hangs and is asked at a work has a page of its own."""

    words: dict[WorkId, dict[Word, int]]
    "How many said each word, where somebody did."
    mine: dict[WorkId, tuple[Word, ...]]
    revisions: dict[WorkId, int]
    favourite: BallotShown


COMMANDS: tuple[type[Command], ...] = (
    Describe,
    Caption,
    Hang,
    TakeDown,
    Ask,
    Answer,
    Withdraw,
    Hide,
    React,
    *ballot.COMMANDS,
)
EVENTS: tuple[type[Event], ...] = (
    Described,
    Captioned,
    Hung,
    TakenDown,
    Asked,
    Answered,
    Withdrawn,
    Hidden,
    Reacted,
    Counted,
    Stirred,
    *ballot.EVENTS,
)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Fair, float], View]] = {}

NOTHING = Work()


# What others ask


def work(fair: Fair, id_: WorkId) -> Work:
    """What is at a work."""
    return fair.gallery.works.get(id_, NOTHING)


def hanging(fair: Fair, id_: WorkId, what: What) -> tuple[Hanging, ...]:
    """All of one kind that hang at a work, in the order they were brought."""
    return tuple(each for each in work(fair, id_).hangings if each.what == what)


def hangings(fair: Fair) -> frozenset[HangingId]:
    """Everything that hangs anywhere."""
    return frozenset(each.id for one in fair.gallery.works.values() for each in one.hangings)


def thread(fair: Fair, id_: WorkId, reader: Person, apart: Iterable[PersonId]) -> list[Question]:
    """What was asked at a work, oldest first, without those from whom the reader keeps apart.

    What the desk hid is still seen by who asked, so that nobody asks again, and at the desk.
    """
    away = frozenset(apart)
    return [
        replace(each, replies=tuple(reply for reply in each.replies if reply.by not in away))
        for each in fair.gallery.questions.values()
        if each.work == id_ and each.by not in away
        if not each.hidden or reader.role in DESK or each.by == reader.id
    ]


def may_edit(exhibit: Exhibit, person: Person) -> bool:
    """Whether somebody may write and hang at a work: who made it, and the desk."""
    return person.role in DESK or person.id in exhibit.authors


def may_answer(fair: Fair, exhibit: Exhibit, person: Person) -> bool:
    """Those who made it answer, and for a work whose authors are not here, the desk."""
    here = any(each in fair.people for each in exhibit.authors)
    return person.id in exhibit.authors or (not here and person.role in DESK)


# In which state of the fair; see rooms/rights.py


def own_work(fair: Fair, command: Describe | Caption, by: Person) -> None:
    """Only those who made a work, and the desk, write at it."""
    exhibit = fair.exhibits.get(command.work)
    if exhibit is not None and not may_edit(exhibit, by):
        raise Refused("Only those who made this work can change it. You can ask them there.")


def own_to_answer(fair: Fair, command: Answer, by: Person) -> None:
    """Only those who made a work answer for it."""
    question = fair.gallery.questions.get(command.question)
    exhibit = fair.exhibits.get(question.work) if question is not None else None
    if exhibit is not None and not may_answer(fair, exhibit, by):
        raise Refused("Only those who made this work can answer. You can ask a question as well.")


def own_question(fair: Fair, command: Withdraw, by: Person) -> None:
    """Only who asked takes a question back."""
    question = fair.gallery.questions.get(command.question)
    if question is not None and question.by != by.id:
        raise Refused("Only the person who asked can take this question back.")


# What people do


def decide(fair: Fair, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused`."""
    if type(command) in ballot.COMMANDS:
        return _choose(fair, command, by, now)
    return _DECIDES[type(command)](fair, command, by, now)


def _choose(fair: Fair, command: Any, by: Person, now: float) -> tuple[Event, ...]:
    if command.ballot != FAVOURITE:
        raise Refused("There is no such vote here. Please reload the page.")
    return ballot.decide(fair.gallery.favourite, command, by, now, tuple(fair.exhibits))


def _describe(fair: Fair, describe: Describe, by: Person, now: float) -> tuple[Event, ...]:
    exhibit = _exhibit(fair, describe.work)
    text = describe.abstract.strip()
    known = work(fair, exhibit.id).abstract
    if text == (exhibit.about if known is None else known):
        return ()
    return (Described(exhibit.id, text), _stirred(fair, exhibit.id))


def _caption(fair: Fair, caption: Caption, by: Person, now: float) -> tuple[Event, ...]:
    picture = _hanging(fair, caption.work, caption.hanging)
    text = " ".join(caption.text.split())
    if picture.caption == text:
        return ()
    return (Captioned(caption.work, picture.id, text), _stirred(fair, caption.work))


def _hang(fair: Fair, hang: Hang, by: Person, now: float) -> tuple[Event, ...]:
    exhibit = _exhibit(fair, hang.work)
    before = hanging(fair, exhibit.id, hang.hanging.what)
    if hang.hanging.what == "picture":
        if len(before) >= MOST_PICTURES:
            raise Refused(
                "There are {most} pictures already. Please take one down first.",
                most=MOST_PICTURES,
            )
        before = ()
    down = tuple(TakenDown(exhibit.id, each.id) for each in before)
    hung = Hung(exhibit.id, hang.hanging)
    return (*down, hung, _stirred(fair, exhibit.id, len(down) + 1))


def _take_down(fair: Fair, take: TakeDown, by: Person, now: float) -> tuple[Event, ...]:
    if all(each.id != take.hanging for each in work(fair, take.work).hangings):
        return ()
    return (TakenDown(take.work, take.hanging), _stirred(fair, take.work))


def _ask(fair: Fair, ask: Ask, by: Person, now: float) -> tuple[Event, ...]:
    exhibit = _exhibit(fair, ask.work)
    text = ask.text.strip()
    if not text:
        raise Refused("There is no question in it yet. Please write it first.")
    waiting = [
        each
        for each in fair.gallery.questions.values()
        if each.work == exhibit.id and each.by == by.id and not each.replies
    ]
    if len(waiting) >= MOST_OPEN:
        raise Refused(
            "{most} of your questions here wait for an answer. Please take one back, or wait.",
            most=MOST_OPEN,
        )
    new = f"w{fair.gallery.asked + 1}"
    return (Asked(new, exhibit.id, by.id, text, now), _stirred(fair, exhibit.id))


def _answer(fair: Fair, answer: Answer, by: Person, now: float) -> tuple[Event, ...]:
    question = _question(fair, answer.question)
    text = answer.text.strip()
    if not text:
        raise Refused("There is no answer in it yet. Please write it first.")
    if len(question.replies) >= MOST_ANSWERS:
        raise Refused("There are many answers to this one already. Please talk to each other.")
    return (Answered(question.id, by.id, text, now), _stirred(fair, question.work))


def _withdraw(fair: Fair, withdraw: Withdraw, by: Person, now: float) -> tuple[Event, ...]:
    question = fair.gallery.questions.get(withdraw.question)
    return () if question is None else (Withdrawn(question.id), _stirred(fair, question.work))


def _hide(fair: Fair, hide: Hide, by: Person, now: float) -> tuple[Event, ...]:
    question = _question(fair, hide.question)
    if question.hidden == hide.on:
        return ()
    return (Hidden(question.id, hide.on), _stirred(fair, question.work))


def _react(fair: Fair, react: React, by: Person, now: float) -> tuple[Event, ...]:
    exhibit = _exhibit(fair, react.work)
    said = work(fair, exhibit.id).words.get(react.word, frozenset())
    if react.on == (by.id in said):
        return ()
    count = len(said) + (1 if react.on else -1)
    counted = Counted(exhibit.id, react.word, count)
    return (Reacted(by.id, exhibit.id, react.word, react.on), counted)


def _exhibit(fair: Fair, id_: WorkId) -> Exhibit:
    if id_ not in fair.exhibits:
        raise Refused("This work is not in the exhibition any more. Please choose another one.")
    return fair.exhibits[id_]


def _hanging(fair: Fair, id_: WorkId, wanted: HangingId) -> Hanging:
    for each in work(fair, id_).hangings:
        if each.id == wanted:
            return each
    raise Refused("This picture is not there any more. Please reload the page.")


def _question(fair: Fair, wanted: QuestionId) -> Question:
    if wanted not in fair.gallery.questions:
        raise Refused("This question was taken back. Please reload the page.")
    return fair.gallery.questions[wanted]


def _stirred(fair: Fair, id_: WorkId, changes: int = 1) -> Stirred:
    return Stirred(id_, work(fair, id_).revision + changes)


_DECIDES: dict[type[Command], Callable[[Fair, Any, Person, float], tuple[Event, ...]]] = {
    Describe: _describe,
    Caption: _caption,
    Hang: _hang,
    TakeDown: _take_down,
    Ask: _ask,
    Answer: _answer,
    Withdraw: _withdraw,
    Hide: _hide,
    React: _react,
}


def tick(fair: Fair, now: float) -> tuple[Event, ...]:
    """Nothing happens by itself."""
    return ()


def due(fair: Fair) -> float | None:
    """Never."""
    return None


# What follows


def apply(gallery: Gallery, event: Event) -> Gallery:
    """The part after `event`."""
    match event:
        case Described(work=id_, abstract=abstract):
            return _changed(gallery, id_, abstract=abstract)
        case Captioned(work=id_, hanging=wanted, text=text):
            known = gallery.works.get(id_, NOTHING).hangings
            after = (replace(each, caption=text) if each.id == wanted else each for each in known)
            return _changed(gallery, id_, hangings=tuple(after))
        case Hung(work=id_, hanging=hung):
            known = gallery.works.get(id_, NOTHING).hangings
            return _changed(gallery, id_, hangings=(*known, hung))
        case TakenDown(work=id_, hanging=gone):
            known = gallery.works.get(id_, NOTHING).hangings
            return _changed(gallery, id_, hangings=tuple(each for each in known if each.id != gone))
        case Reacted(person=person, work=id_, word=word, on=on):
            return _reacted(gallery, person, id_, word, on)
        case _ if type(event) in ballot.EVENTS:
            return replace(gallery, favourite=ballot.apply(gallery.favourite, event))
        case _:
            return _threaded(gallery, event)


def _threaded(gallery: Gallery, event: Event) -> Gallery:
    match event:
        case Asked(id=id_, work=at_work, by=by, text=text, at=at):
            question = Question(id_, at_work, by, text, at)
            asked = replace(gallery, asked=gallery.asked + 1)
            return _kept(asked, question)
        case Answered(question=id_, by=by, text=text, at=at) if id_ in gallery.questions:
            known = gallery.questions[id_]
            return _kept(gallery, replace(known, replies=(*known.replies, Reply(by, text, at))))
        case Hidden(question=id_, on=on) if id_ in gallery.questions:
            return _kept(gallery, replace(gallery.questions[id_], hidden=on))
        case Withdrawn(question=id_) if id_ in gallery.questions:
            known = gallery.questions[id_]
            rest = {key: each for key, each in gallery.questions.items() if key != id_}
            return _changed(replace(gallery, questions=rest), known.work)
        case _:
            return gallery


def _kept(gallery: Gallery, question: Question) -> Gallery:
    questions = {**gallery.questions, question.id: question}
    return _changed(replace(gallery, questions=questions), question.work)


def _reacted(gallery: Gallery, person: PersonId, id_: WorkId, word: Word, on: bool) -> Gallery:
    known = gallery.works.get(id_, NOTHING)
    said = known.words.get(word, frozenset()) - {person}
    words = {**known.words, word: said | {person} if on else said}
    return replace(gallery, works={**gallery.works, id_: replace(known, words=words)})


def _changed(gallery: Gallery, id_: WorkId, **changes: Any) -> Gallery:
    known = gallery.works.get(id_, NOTHING)
    after = replace(known, revision=known.revision + 1, **changes)
    return replace(gallery, works={**gallery.works, id_: after})


def show(fair: Fair, reader: Person, now: float) -> GalleryShown:
    """What `reader` may see."""
    works = {key: each for key, each in fair.gallery.works.items() if key in fair.exhibits}
    words = {key: counts(each) for key, each in works.items()}
    mine = {key: words_of(each, reader.id) for key, each in works.items()}
    return GalleryShown(
        words={key: each for key, each in words.items() if each},
        mine={key: each for key, each in mine.items() if each},
        revisions={key: each.revision for key, each in works.items() if each.revision},
        favourite=ballot.show(fair.gallery.favourite, reader.id),
    )


def counts(known: Work) -> dict[Word, int]:
    """How many said each word; without those nobody said."""
    return {word: len(known.words[word]) for word in WORDS if known.words.get(word)}


def words_of(known: Work, person: PersonId) -> tuple[Word, ...]:
    """What one person said."""
    return tuple(word for word in WORDS if person in known.words.get(word, ()))
