"""The inbox of an exhibitor: letters and cards left at its booth, whose they are to answer.

What somebody wrote is never in the room nor in its log; `server/letters.py` keeps it sealed and
asks here who may read it. Nothing waits silently: whoever wrote sees who sees to it and since
when, and what waits too long is named as late to both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import grants, stands
from rooms.people import Person, PersonId
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.fair import Fair

MOST_WAITING = 3  # letters of one person to one booth that wait for an answer at a time
MOST_POSTED = 12  # letters of one person in `POSTED_WITHIN`
POSTED_WITHIN = 3600.0  # seconds
PATIENCE = 24 * 3600.0  # seconds until a letter without an answer is late
CARD = "card-"  # what the id of a card that lies in an inbox begins with

LetterId = Annotated[str, Meta(min_length=1, max_length=140, pattern=r"^[a-z0-9][a-z0-9.-]*$")]
BoothId = Annotated[str, Meta(min_length=1, max_length=60)]
Kind = Literal["letter", "card"]
State = Literal["new", "read", "answered", "closed"]
What = Literal["posted", "read", "taken", "answered", "closed", "late"]


# Commands


class Post(Command, frozen=True, tag="letter.post"):
    """The house has sealed what somebody wrote to an exhibitor, and lays it into the inbox."""

    letter: LetterId
    booth: BoothId
    by: PersonId


class Answer(Command, frozen=True, tag="letter.answer"):
    """The house has sealed what a representative answered."""

    letter: LetterId
    by: PersonId


class Recall(Command, frozen=True, tag="letter.recall"):
    """Whoever wrote a letter takes it back; the house erases it."""

    letter: LetterId
    by: PersonId


class Read(Command, frozen=True, tag="letter.read"):
    """A representative has read a letter."""

    letter: LetterId


class Hand(Command, frozen=True, tag="letter.hand"):
    """Take what lies in the own inbox over, or hand it to a colleague."""

    entry: LetterId
    "A letter, or a pin."
    to: PersonId


class Close(Command, frozen=True, tag="letter.close"):
    """Nothing more is to be done; whoever wrote is told."""

    letter: LetterId


# Events


class Letter(Struct, frozen=True, rename="camel"):
    """What lies in an exhibitor's inbox, without a word of it."""

    id: LetterId
    booth: str
    by: PersonId
    at: float
    kind: Kind = "letter"
    state: State = "new"
    owner: PersonId | None = None
    "Who sees to it; none while nobody has taken it."
    since: float = 0.0
    "When the state became what it is."
    answered_by: PersonId | None = None
    late: bool = False
    "Whether it has waited longer than it should."


class LetterChanged(Event, frozen=True, tag="letter.changed"):
    """A letter is like this now; the one who wrote and that exhibitor's people hear it."""

    letter: Letter
    what: What
    by: PersonId | None
    "None: by itself."
    at: float
    people: tuple[PersonId, ...]


class LetterRecalled(Event, frozen=True, tag="letter.recalled"):
    """A letter is no more."""

    letter: LetterId
    by: PersonId | None
    at: float
    people: tuple[PersonId, ...]


class PinHanded(Event, frozen=True, tag="letter.pin-handed"):
    """Somebody of an exhibitor sees to an application; its people hear it."""

    pin: str
    owner: PersonId
    by: PersonId
    at: float
    people: tuple[PersonId, ...]


# State


class Letters(Struct, frozen=True):
    """All letters to exhibitors."""

    all: dict[LetterId, Letter] = {}
    "In the order they came."
    pins: dict[str, PersonId] = {}
    "Who sees to which application."


class LettersShown(Struct, frozen=True, rename="camel"):
    """What one reader may know of: the letters they wrote, and their own organisation's inbox."""

    all: dict[LetterId, Letter]
    pins: dict[str, PersonId]
    "Who sees to which application to the reader's own organisation."


COMMANDS: tuple[type[Command], ...] = (Post, Answer, Recall, Read, Hand, Close)
EVENTS: tuple[type[Event], ...] = (LetterChanged, LetterRecalled, PinHanded)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Fair, float], View]] = {}


def waits(letter: Letter) -> bool:
    """Whether somebody waits for an answer to it."""
    return letter.kind == "letter" and letter.state in ("new", "read")


def inbox(fair: Fair, booth: str) -> tuple[Letter, ...]:
    """All that lies in an exhibitor's inbox, in the order it came."""
    return tuple(each for each in fair.letters.all.values() if each.booth == booth)


def wrote(fair: Fair, booth: str, person: PersonId) -> bool:
    """Whether somebody has a letter or a card at this booth."""
    return any(each.by == person for each in inbox(fair, booth))


def decide(fair: Fair, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused`."""
    return _DECIDES[type(command)](fair, command, by.id, now)


def tick(fair: Fair, now: float) -> tuple[Event, ...]:
    """What waits too long is late."""
    late = [each for each in _patient(fair) if each.at + PATIENCE <= now]
    return tuple(_changed(fair, replace(each, late=True), "late", None, now) for each in late)


def due(fair: Fair) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    return min((each.at + PATIENCE for each in _patient(fair)), default=None)


def apply(letters: Letters, event: Event) -> Letters:
    """The part after `event`."""
    match event:
        case LetterChanged(letter=letter):
            return replace(letters, all={**letters.all, letter.id: letter})
        case LetterRecalled(letter=gone):
            left = {key: letter for key, letter in letters.all.items() if key != gone}
            return replace(letters, all=left)
        case PinHanded(pin=pin, owner=owner):
            return replace(letters, pins={**letters.pins, pin: owner})
        case _:
            return letters


def show(fair: Fair, reader: Person, now: float) -> LettersShown:
    """What `reader` may know of."""
    booth = grants.booth_of(fair, reader)
    own = "" if booth is None else booth.id
    pins = fair.pins.all
    return LettersShown(
        all={
            key: each
            for key, each in fair.letters.all.items()
            if reader.id == each.by or each.booth == own
        },
        pins={
            pin: owner
            for pin, owner in fair.letters.pins.items()
            if pin in pins and pins[pin].booth == own
        },
    )


# What a card left at the booth means for the inbox; rooms/visits.py knows who leaves one


def laid(fair: Fair, booth: str, person: PersonId, now: float) -> tuple[Event, ...]:
    """A card lies in the inbox, new again if it was left before."""
    letter = Letter(
        id=f"{CARD}{booth}-{person}",
        booth=booth,
        by=person,
        at=now,
        kind="card",
        owner=usual_owner(fair, booth),
        since=now,
    )
    return (_changed(fair, letter, "posted", person, now),)


def taken_back(fair: Fair, booth: str, person: PersonId, now: float) -> tuple[Event, ...]:
    """A card lies there no longer."""
    letter = fair.letters.all.get(f"{CARD}{booth}-{person}")
    if letter is None:
        return ()
    return (LetterRecalled(letter.id, person, now, _concerned(fair, letter)),)


# What people ask


def _post(fair: Fair, post: Post, by: PersonId, now: float) -> tuple[Event, ...]:
    check_booth(fair, post.booth, post.by)
    own = [each for each in fair.letters.all.values() if each.by == post.by]
    if sum(waits(each) for each in own if each.booth == post.booth) >= MOST_WAITING:
        raise Refused(
            "{most} letters of yours wait for an answer here, which is the most at a time."
            " You find them under My letters.",
            most=MOST_WAITING,
        )
    lately = [each for each in own if each.kind == "letter" and each.at > now - POSTED_WITHIN]
    if len(lately) >= MOST_POSTED:
        raise Refused(
            "You have written {most} letters within an hour, which is the most."
            " Please try again later.",
            most=MOST_POSTED,
        )
    if post.letter in fair.letters.all:
        return ()
    owner = usual_owner(fair, post.booth)
    letter = Letter(post.letter, post.booth, post.by, now, owner=owner, since=now)
    return (_changed(fair, letter, "posted", post.by, now),)


def _answer(fair: Fair, answer: Answer, by: PersonId, now: float) -> tuple[Event, ...]:
    letter = _own(fair, answer.letter, answer.by)
    if letter.kind == "card":
        raise Refused("A card needs no letter. You find its addresses under Leads.")
    if letter.state == "answered":
        raise Refused("This letter has been answered already. Please load the page anew.")
    owner = letter.owner or answer.by
    after = replace(
        letter, state="answered", owner=owner, since=now, answered_by=answer.by, late=False
    )
    return (_changed(fair, after, "answered", answer.by, now),)


def _recall(fair: Fair, recall: Recall, by: PersonId, now: float) -> tuple[Event, ...]:
    letter = fair.letters.all.get(recall.letter)
    if letter is None or letter.by != recall.by or letter.kind == "card":
        raise Refused("This letter is not among yours. Please load the page anew.")
    return (LetterRecalled(letter.id, recall.by, now, _concerned(fair, letter)),)


def _read(fair: Fair, read: Read, by: PersonId, now: float) -> tuple[Event, ...]:
    letter = _own(fair, read.letter, by)
    if letter.state != "new":
        return ()
    return (_changed(fair, replace(letter, state="read", since=now), "read", by, now),)


def _hand(fair: Fair, hand: Hand, by: PersonId, now: float) -> tuple[Event, ...]:
    staff = _staff_of_pin(fair, hand.entry)
    if by in staff:
        _check_colleague(hand.to, staff)
        same = fair.letters.pins.get(hand.entry) == hand.to
        return () if same else (PinHanded(hand.entry, hand.to, by, now, staff),)
    letter = _own(fair, hand.entry, by)
    _check_colleague(hand.to, _staff(fair, letter.booth))
    if letter.owner == hand.to:
        return ()
    state: State = "read" if letter.state == "new" else letter.state
    after = replace(letter, owner=hand.to, state=state)
    return (_changed(fair, after, "taken", by, now),)


def _close(fair: Fair, close: Close, by: PersonId, now: float) -> tuple[Event, ...]:
    letter = _own(fair, close.letter, by)
    if letter.state == "closed":
        return ()
    owner = letter.owner or by
    after = replace(letter, state="closed", owner=owner, since=now, late=False)
    return (_changed(fair, after, "closed", by, now),)


_DECIDES: dict[type[Command], Callable[[Fair, Any, PersonId, float], tuple[Event, ...]]] = {
    Post: _post,
    Answer: _answer,
    Recall: _recall,
    Read: _read,
    Hand: _hand,
    Close: _close,
}


# What is checked


def in_own_inbox(fair: Fair, command: Read | Hand | Close, by: Person) -> None:
    """Raises `Refused` unless `by` works for whom this was written to."""
    entry = command.entry if isinstance(command, Hand) else command.letter
    if entry in fair.letters.all:
        _own(fair, entry, by.id)
    elif not any(by.id in _staff(fair, booth) for booth in fair.booths):
        raise Refused("Only those whom it was written to see to a letter.")


def check_booth(fair: Fair, booth: str, person: PersonId) -> None:
    """Raises `Refused` unless this is a booth, and not the person's own."""
    if booth not in fair.booths:
        raise Refused("This booth is not there any more. Please choose another.")
    if person in _staff(fair, booth):
        raise Refused("This is your own booth. What others leave here is in your inbox.")


def _own(fair: Fair, key: LetterId, by: PersonId) -> Letter:
    letter = fair.letters.all.get(key)
    if letter is None or by not in _staff(fair, letter.booth):
        raise Refused("This is not in your inbox, or no longer. Please load the page anew.")
    return letter


def _check_colleague(to: PersonId, staff: tuple[PersonId, ...]) -> None:
    if to not in staff:
        raise Refused("Please choose somebody of your organisation.")


# Details


def _patient(fair: Fair) -> Iterator[Letter]:
    return (each for each in fair.letters.all.values() if waits(each) and not each.late)


def _changed(
    fair: Fair, letter: Letter, what: What, by: PersonId | None, now: float
) -> LetterChanged:
    return LetterChanged(letter, what, by, now, _concerned(fair, letter))


def _concerned(fair: Fair, letter: Letter) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys((letter.by, *_staff(fair, letter.booth))))


def usual_owner(fair: Fair, booth: str) -> PersonId | None:
    """Whom the exhibitor named to answer letters, while that person is of its staff."""
    stand = fair.stands.stands.get(booth)
    owner = None if stand is None else stand.owner
    return owner if owner in _staff(fair, booth) else None


def _staff_of_pin(fair: Fair, pin: str) -> tuple[PersonId, ...]:
    found = fair.pins.all.get(pin)
    return () if found is None else _staff(fair, found.booth)


def _staff(fair: Fair, booth: str) -> tuple[PersonId, ...]:
    found = fair.booths.get(booth)
    return () if found is None else stands.reps(fair.people.values(), found.organisation)
