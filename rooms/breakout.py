"""The talks: two or three people who meet for a while, say goodbye, and are never cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import combinations, count
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import calendar, paired, places, safety, wishes
from rooms.people import Person, PersonId
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge, RoundTime, Span

FAREWELL = 20.0  # seconds to say goodbye, after which the picture goes
EXTENSION = 120.0  # seconds more, if all want it
EXTENSIONS = 2  # per talk; who wants to talk longer books a meeting
TOLD = 20.0  # seconds after which the one who waits is told that the other is missing
REPLACED = 40.0  # and after which they need not wait any more
SHOWN = 1800.0  # seconds a talk that is over stays on its people's pages
AT_ONCE = 0.0  # Unix seconds; long ago, so the house looks as soon as it can
CLOSE = 0.5  # seconds; the agenda's times are only so exact

BreakoutId = Annotated[str, Meta(min_length=2, max_length=12, pattern=r"^[bm][0-9]+$")]
CallId = Annotated[str, Meta(min_length=4, max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]
Kind = Literal["round", "booked"]
Phase = Literal["open", "farewell", "over"]


class Breakout(Struct, frozen=True, rename="camel"):
    """One talk."""

    id: BreakoutId
    kind: Kind
    people: tuple[PersonId, ...]
    item: str
    "The round's item on the agenda, or the booking."
    opens_at: float
    ends_at: float
    "When the farewell begins; Unix seconds."
    closes_at: float
    paused_at: float | None = None
    "Since when the moderator holds the round; its end moves on meanwhile."
    phase: Phase = "open"
    entered: dict[PersonId, float] = {}
    "Who has come and has not left, since when."
    came: tuple[PersonId, ...] = ()
    "Who was ever here."
    missing: tuple[PersonId, ...] = ()
    "Whom those who wait were told to be missing."
    given_up: bool = False
    "Whoever waits here is free for somebody else."
    wants_more: tuple[PersonId, ...] = ()
    extended: int = 0
    direct: tuple[PersonId, ...] = ()
    "Who agreed to show the other their own network address."
    via: Literal["pair", "sfu"] = "pair"
    places: dict[PersonId, str] = {}
    "Where each one goes: `room`, `table 3`, `tablet 3`."

    @property
    def waiting(self) -> bool:
        """Whether somebody is here and somebody is not."""
        return self.phase == "open" and 0 < len(self.entered) < len(self.people)


# Commands


class Enter(Command, frozen=True, tag="breakout.enter"):
    """Come to one's talk, or back to it."""

    breakout: BreakoutId


class Leave(Command, frozen=True, tag="breakout.leave"):
    """Go; one can come back while it lasts."""

    breakout: BreakoutId


class Extend(Command, frozen=True, tag="breakout.extend"):
    """Want two minutes more, or no longer; they are given once all want them."""

    breakout: BreakoutId
    on: bool = True


class AgreeDirect(Command, frozen=True, tag="breakout.agree-direct"):
    """Agree to a direct connection, which shows one's network address to the other."""

    breakout: BreakoutId
    on: bool = True


class Signal(Command, frozen=True, tag="breakout.signal"):
    """Pass a description or a candidate on to the other's browser."""

    durable: ClassVar[bool] = False

    breakout: BreakoutId
    to: PersonId
    call: CallId
    "Which page this is about; one that was loaded anew calls anew."
    body: Annotated[str, Meta(max_length=40_000)]


class Say(Command, frozen=True, tag="breakout.say"):
    """Write a line to those in the same talk. It is kept nowhere."""

    durable: ClassVar[bool] = False

    breakout: BreakoutId
    text: Annotated[str, Meta(min_length=1, max_length=1000)]


# Events; `people` are those of the talk, who alone hear them


class Opened(Event, frozen=True, tag="breakout.opened"):
    """A talk is open."""

    breakout: Breakout


class EnteredTalk(Event, frozen=True, tag="breakout.entered"):
    """Somebody is there."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    person: PersonId
    at: float


class CameLate(Event, frozen=True, tag="breakout.came-late"):
    """Somebody came when the other had somebody else already, and is free for others too."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    person: PersonId


class Left(Event, frozen=True, tag="breakout.left"):
    """Somebody went."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    person: PersonId


class Missed(Event, frozen=True, tag="breakout.missed"):
    """Somebody is still not there."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    missing: tuple[PersonId, ...]


class GivenUp(Event, frozen=True, tag="breakout.given-up"):
    """Whoever waits here need not wait any more, and is free for somebody else."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]


class WantedMore(Event, frozen=True, tag="breakout.wanted-more"):
    """Somebody would like to go on for two minutes, or no longer would."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    person: PersonId
    on: bool


class Retimed(Event, frozen=True, tag="breakout.retimed"):
    """The end moved: by the pair, or with the round."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    ends_at: float
    closes_at: float
    paused_at: float | None
    extended: int


class FarewellBegan(Event, frozen=True, tag="breakout.farewell"):
    """Twenty seconds to say goodbye."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    closes_at: float


class Closed(Event, frozen=True, tag="breakout.closed"):
    """It is over."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    at: float


class AgreedDirect(Event, frozen=True, tag="breakout.agreed-direct"):
    """Somebody agrees to a direct connection, or no longer does."""

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    person: PersonId
    on: bool


class Signalled(Event, frozen=True, tag="breakout.signalled"):
    """A description or a candidate for one browser; heard by `to` alone."""

    stored: ClassVar[bool] = False

    breakout: BreakoutId
    by: PersonId
    to: PersonId
    call: CallId
    body: str


class SaidInTalk(Event, frozen=True, tag="breakout.said"):
    """A line in a talk."""

    stored: ClassVar[bool] = False

    breakout: BreakoutId
    people: tuple[PersonId, ...]
    by: PersonId
    text: str
    at: float


# View


class TalksShown(View, frozen=True, tag="breakout.shown"):
    """How the talks go, for the desk: numbers, never who says what."""

    talking: int
    waiting: int
    "Talks in which somebody waits alone."
    empty: int
    farewell: int
    over: int


# State


class Breakouts(Struct, frozen=True):
    """All talks of the evening."""

    talks: dict[BreakoutId, Breakout] = {}
    running: tuple[BreakoutId, ...] = ()
    "Those that are not over."
    opened: int = 0
    "How many there ever were; the next one's id follows from it."
    of: dict[PersonId, tuple[BreakoutId, ...]] = {}
    "By person."
    made: frozenset[str] = frozenset()
    "Which meetings of which rounds have had their talk."
    begun: frozenset[str] = frozenset()
    "Rounds that have opened talks."


COMMANDS: tuple[type[Command], ...] = (Enter, Leave, Extend, AgreeDirect, Signal, Say)
EVENTS: tuple[type[Event], ...] = (
    Opened, EnteredTalk, CameLate, Left, Missed, GivenUp, WantedMore, Retimed, FarewellBegan,
    Closed, AgreedDirect, Signalled, SaidInTalk,
)  # fmt: skip
VIEWS: tuple[type[View], ...] = (TalksShown,)
STIRS: dict[type[Event], tuple[type[View], ...]] = dict.fromkeys(
    (Opened, EnteredTalk, Left, FarewellBegan, Closed), (TalksShown,)
)


# What others ask


def running(lounge: Lounge) -> Iterator[Breakout]:
    """All talks that are not over."""
    part = lounge.breakouts
    return (part.talks[key] for key in part.running)


def current(lounge: Lounge, person: PersonId) -> tuple[Breakout, ...]:
    """The talks of somebody that are not over."""
    part = lounge.breakouts
    talks = (part.talks[key] for key in part.of.get(person, ()))
    return tuple(talk for talk in talks if talk.phase != "over")


def engaged(lounge: Lounge, person: PersonId) -> bool:
    """Whether somebody is in a talk just now, and not merely expected or left alone there."""
    return any(
        person in talk.entered and not (talk.given_up and len(talk.entered) == 1)
        for talk in current(lounge, person)
    )


def may_meet(lounge: Lounge, people: tuple[PersonId, ...]) -> bool:
    """Whether nobody of them keeps another away, or would rather not meet them."""
    return not any(
        safety.blocked(lounge, *pair) or wishes.vetoed(lounge, *pair)
        for pair in combinations(people, 2)
    )


def opening(
    lounge: Lounge, kind: Kind, people: tuple[PersonId, ...], item: str, span: Span
) -> Breakout:
    """A new talk for these people from the first to the last moment of `span`."""
    number = lounge.breakouts.opened + 1
    return _made(lounge, f"b{number}", number, kind, people, item, span)


def _made(
    lounge: Lounge,
    key: str,
    number: int,
    kind: Kind,
    people: tuple[PersonId, ...],
    item: str,
    span: Span,
) -> Breakout:
    opens_at, closes_at = span
    return Breakout(
        id=key,
        kind=kind,
        people=people,
        item=item,
        opens_at=opens_at,
        ends_at=max(opens_at, closes_at - FAREWELL),
        closes_at=max(closes_at, opens_at + FAREWELL),
        via="sfu" if len(people) > 2 else "pair",
        places=places.of([lounge.people[person] for person in people], number),
    )


# What people do


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows if this person does that now; raises `Refused` if it is not possible."""
    if isinstance(command, Enter) and _too_late(lounge, command.breakout, by):
        return (CameLate(command.breakout, (by.id,), by.id),)
    talk = _own(lounge, command.breakout, by)  # type: ignore[attr-defined]
    return _DECIDES[type(command)](lounge, talk, command, by, now)


def _too_late(lounge: Lounge, key: BreakoutId, by: Person) -> bool:
    """Whether their talk of the round that is on was closed before they ever came."""
    talk = lounge.breakouts.talks.get(key)
    if talk is None or by.id not in talk.people or by.id in talk.came or talk.phase != "over":
        return False
    return any(turn.item == talk.item and turn.how == "live" for turn in lounge.rounds)


def _own(lounge: Lounge, key: BreakoutId, by: Person) -> Breakout:
    talk = lounge.breakouts.talks.get(key)
    if talk is None or by.id not in talk.people:
        raise Refused("This talk is between others. Your own talks are on the page Talks.")
    if talk.phase == "over":
        raise Refused("This talk is over. You can book another meeting with the same person.")
    return talk


def _enter(
    lounge: Lounge, talk: Breakout, enter: Enter, by: Person, now: float
) -> tuple[Event, ...]:
    if by.id in talk.entered:
        return ()
    others = [each for each in current(lounge, by.id) if each.id != talk.id]
    left = (Left(each.id, each.people, by.id) for each in others if by.id in each.entered)
    return (*left, EnteredTalk(talk.id, talk.people, by.id, now))


def _leave(
    lounge: Lounge, talk: Breakout, leave: Leave, by: Person, now: float
) -> tuple[Event, ...]:
    return (Left(talk.id, talk.people, by.id),) if by.id in talk.entered else ()


def _extend(
    lounge: Lounge, talk: Breakout, extend: Extend, by: Person, now: float
) -> tuple[Event, ...]:
    if not extend.on:
        return (
            (WantedMore(talk.id, talk.people, by.id, on=False),) if by.id in talk.wants_more else ()
        )
    if by.id in talk.wants_more:
        return ()
    if talk.extended >= EXTENSIONS:
        raise Refused("This talk was extended twice. Book a meeting to go on talking.")
    starved = _starved(lounge, talk)
    if starved == by.id:
        raise Refused(
            "You are expected elsewhere right after this. Book a meeting to go on talking."
        )
    if starved is not None:
        raise Refused(
            "{name} is expected elsewhere right after this. Book a meeting to go on talking.",
            name=lounge.people[starved].name,
        )
    wanted = WantedMore(talk.id, talk.people, by.id, on=True)
    if {*talk.wants_more, by.id} < set(talk.people):
        return (wanted,)
    return (wanted, _moved(talk, talk.closes_at + EXTENSION, talk.extended + 1))


def _starved(lounge: Lounge, talk: Breakout) -> PersonId | None:
    """Who of them somebody else would wait for."""
    span = (talk.closes_at, talk.closes_at + EXTENSION)
    waited_for = (
        person for person in talk.people if not calendar.free(lounge, person, span, talk.id)
    )
    return next(waited_for, None)


def _agree_direct(
    lounge: Lounge, talk: Breakout, agree: AgreeDirect, by: Person, now: float
) -> tuple[Event, ...]:
    if (by.id in talk.direct) == agree.on:
        return ()
    return (AgreedDirect(talk.id, talk.people, by.id, agree.on),)


def _signal(
    lounge: Lounge, talk: Breakout, signal: Signal, by: Person, now: float
) -> tuple[Event, ...]:
    if signal.to not in talk.people or signal.to == by.id:
        raise Refused("You are connected with those in your own talk only.")
    return (Signalled(talk.id, by.id, signal.to, signal.call, signal.body),)


def _say(lounge: Lounge, talk: Breakout, say: Say, by: Person, now: float) -> tuple[Event, ...]:
    text = say.text.strip()
    if not text:
        raise Refused("There is nothing in this line yet. Please write something first.")
    return (SaidInTalk(talk.id, talk.people, by.id, text, now),)


_DECIDES: dict[
    type[Command], Callable[[Lounge, Breakout, Any, Person, float], tuple[Event, ...]]
] = {
    Enter: _enter,
    Leave: _leave,
    Extend: _extend,
    AgreeDirect: _agree_direct,
    Signal: _signal,
    Say: _say,
}


# What happens by itself


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Rounds open their talks; ends follow the agenda; farewells begin and end."""
    agenda = _Agenda(lounge)
    going_on = (e for talk in running(lounge) for e in _goes_on(agenda, talk, now))
    return (*_openings(lounge, now), *going_on)


def due(lounge: Lounge) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    if next(_to_open(lounge), None) is not None:
        return AT_ONCE
    agenda = _Agenda(lounge)
    instants = (_next(agenda, talk) for talk in running(lounge))
    return min((at for at in instants if at is not None), default=None)


def _openings(lounge: Lounge, now: float) -> Iterator[Event]:
    numbers = count(lounge.breakouts.opened + 1)
    for turn, meeting in _to_open(lounge):
        number = next(numbers)
        span = (now, max(turn.ends_at, now + FAREWELL))
        yield Opened(_made(lounge, f"b{number}", number, "round", meeting.people, turn.item, span))


class _Agenda:
    """What the lounge wants of its talks just now, looked up once for all of them."""

    def __init__(self, lounge: Lounge) -> None:
        self.lounge = lounge
        self.turns = {turn.item: turn for turn in lounge.rounds}

    @cached_property
    def planned(self) -> dict[tuple[str, PersonId], str]:
        """By round and person, whom they meet in it as the published plan has it now."""
        return {
            (turn.item, person): _key(turn.item, meeting.people)
            for turn in self.turns.values()
            if turn.how != "waiting"
            for meeting in paired.of_round(self.lounge, turn.item)
            for person in meeting.people
        }


def _to_open(lounge: Lounge) -> Iterator[tuple[RoundTime, paired.Meeting]]:
    """The meetings of the rounds that are on and have no talk yet."""
    made = lounge.breakouts.made
    for turn in lounge.rounds:
        if turn.how not in ("live", "paused"):
            continue
        if lounge.pairing.held and turn.item not in lounge.breakouts.begun:
            continue
        for meeting in paired.of_round(lounge, turn.item):
            if _key(turn.item, meeting.people) in made:
                continue
            if all(person in lounge.people for person in meeting.people) and may_meet(
                lounge, meeting.people
            ):
                yield turn, meeting


def _key(item: str, people: tuple[PersonId, ...]) -> str:
    return " ".join((item, *sorted(people)))


def _goes_on(agenda: _Agenda, talk: Breakout, now: float) -> Iterator[Event]:
    if _must_end(agenda, talk):
        yield Closed(talk.id, talk.people, now)
        return
    retimed = _retimed(agenda, talk, now)
    if retimed is not None:
        yield retimed
        return
    yield from _waits(talk, now)
    if talk.paused_at is None and talk.phase == "open" and now >= talk.ends_at:
        yield FarewellBegan(talk.id, talk.people, max(talk.closes_at, now + FAREWELL))
    elif talk.paused_at is None and talk.phase == "farewell" and now >= talk.closes_at:
        yield Closed(talk.id, talk.people, now)


def _next(agenda: _Agenda, talk: Breakout) -> float | None:
    """When this talk next needs a look; at once, if it is not as it should be."""
    if _must_end(agenda, talk) or _retimed(agenda, talk, talk.opens_at) is not None:
        return AT_ONCE
    instants = []
    if talk.paused_at is None:
        instants.append(talk.ends_at if talk.phase == "open" else talk.closes_at)
    if talk.waiting and not talk.missing:
        instants.append(talk.opens_at + TOLD)
    if _alone_in_vain(talk):
        instants.append(talk.opens_at + REPLACED)
    return min(instants, default=None)


def _waits(talk: Breakout, now: float) -> Iterator[Event]:
    if talk.waiting and not talk.missing and now >= talk.opens_at + TOLD:
        absent = tuple(person for person in talk.people if person not in talk.entered)
        yield Missed(talk.id, talk.people, absent)
    if _alone_in_vain(talk) and now >= talk.opens_at + REPLACED:
        yield GivenUp(talk.id, talk.people)


def _alone_in_vain(talk: Breakout) -> bool:
    """One is here, and no other of them ever was."""
    return talk.waiting and not talk.given_up and len(talk.came) == 1


def _must_end(agenda: _Agenda, talk: Breakout) -> bool:
    """Somebody keeps somebody away, or whoever would wait here has another partner by now.

    Who waits and has nobody else keeps the talk, so that the missing one is let in.
    """
    if any(safety.blocked(agenda.lounge, *pair) for pair in combinations(talk.people, 2)):
        return True
    if talk.kind != "round" or len(talk.came) > 1:
        return False
    expected = [agenda.planned.get((talk.item, person)) for person in talk.came or talk.people]
    return any(key not in (None, _key(talk.item, talk.people)) for key in expected)


def _retimed(agenda: _Agenda, talk: Breakout, now: float) -> Retimed | None:
    """The end as the round has it, where that is another one; the same for every later `now`."""
    if talk.kind != "round":
        return None
    turn = agenda.turns.get(talk.item)
    if turn is None or turn.how == "over":
        ended = turn.ends_at if turn is not None else talk.paused_at
        return None if ended is None else _hastened(talk, ended)
    closes_at = turn.ends_at + talk.extended * EXTENSION
    if (turn.how == "paused") != (talk.paused_at is not None):
        paused_at = max(now, talk.opens_at) if turn.how == "paused" else None
        return replace(_moved(talk, closes_at, talk.extended), paused_at=paused_at)
    later = closes_at > talk.closes_at + CLOSE
    sooner = closes_at < talk.closes_at - CLOSE and talk.phase == "open"
    if talk.paused_at is None and turn.how == "live" and (later or sooner):
        return _moved(talk, closes_at, talk.extended)
    return None


def _hastened(talk: Breakout, ended: float) -> Retimed | None:
    """The round was ended: its talks are over twenty seconds later, but for time they won."""
    closes_at = ended + FAREWELL + talk.extended * EXTENSION
    if talk.phase != "open" or (talk.paused_at is None and talk.closes_at <= closes_at + CLOSE):
        return None
    return replace(_moved(talk, closes_at, talk.extended), paused_at=None)


def _moved(talk: Breakout, closes_at: float, extended: int) -> Retimed:
    return Retimed(talk.id, talk.people, closes_at - FAREWELL, closes_at, talk.paused_at, extended)


# The state


def apply(part: Breakouts, event: Event) -> Breakouts:
    """The talks after `event`."""
    if isinstance(event, Opened):
        return _with_new(part, event.breakout)
    if isinstance(event, Signalled | SaidInTalk):
        return part
    talk = part.talks.get(event.breakout)  # type: ignore[attr-defined]
    if talk is None:
        return part
    after = _APPLIES[type(event)](talk, event)
    ended = after.phase == "over"
    stay = tuple(key for key in part.running if key != talk.id) if ended else part.running
    return replace(part, talks={**part.talks, talk.id: after}, running=stay)


def _with_new(part: Breakouts, talk: Breakout) -> Breakouts:
    number = int(talk.id[1:]) if talk.id.startswith("b") else part.opened
    of = {person: (*part.of.get(person, ()), talk.id) for person in talk.people}
    return replace(
        part,
        talks={**part.talks, talk.id: talk},
        running=(*part.running, talk.id),
        opened=max(part.opened, number),
        of={**part.of, **of},
        made=part.made | {_key(talk.item, talk.people)},
        begun=part.begun | {talk.item},
    )


def _entered(talk: Breakout, event: EnteredTalk) -> Breakout:
    return replace(
        talk,
        entered={**talk.entered, event.person: event.at},
        came=talk.came if event.person in talk.came else (*talk.came, event.person),
        missing=tuple(person for person in talk.missing if person != event.person),
        given_up=False,
    )


def _left(talk: Breakout, event: Left) -> Breakout:
    stay = {person: at for person, at in talk.entered.items() if person != event.person}
    more = tuple(person for person in talk.wants_more if person != event.person)
    return replace(talk, entered=stay, wants_more=more)


def _wanted_more(talk: Breakout, event: WantedMore) -> Breakout:
    return replace(talk, wants_more=_with(talk.wants_more, event.person, event.on))


def _retime(talk: Breakout, event: Retimed) -> Breakout:
    granted = event.extended > talk.extended
    return replace(
        talk,
        ends_at=event.ends_at,
        closes_at=event.closes_at,
        paused_at=event.paused_at,
        extended=event.extended,
        wants_more=() if granted else talk.wants_more,
        phase="open",
    )


def _with(people: tuple[PersonId, ...], person: PersonId, on: bool) -> tuple[PersonId, ...]:
    rest = tuple(each for each in people if each != person)
    return (*rest, person) if on else rest


_APPLIES: dict[type[Event], Callable[[Breakout, Any], Breakout]] = {
    EnteredTalk: _entered,
    CameLate: lambda talk, event: replace(talk, came=(*talk.came, event.person)),
    Left: _left,
    Missed: lambda talk, event: replace(talk, missing=event.missing),
    GivenUp: lambda talk, event: replace(talk, given_up=True),
    WantedMore: _wanted_more,
    Retimed: _retime,
    FarewellBegan: lambda talk, event: replace(talk, phase="farewell", closes_at=event.closes_at),
    Closed: lambda talk, event: replace(talk, phase="over", closes_at=event.at, entered={}),
    AgreedDirect: lambda talk, event: replace(
        talk, direct=_with(talk.direct, event.person, event.on)
    ),
}


# What is shown


def show(lounge: Lounge, reader: Person, now: float) -> dict[BreakoutId, Breakout]:
    """The reader's own talks that are not long over."""
    part = lounge.breakouts
    own = (part.talks[key] for key in part.of.get(reader.id, ()))
    return {talk.id: talk for talk in own if talk.phase != "over" or now - talk.closes_at < SHOWN}


def talks(lounge: Lounge, now: float) -> TalksShown:
    """How many talk, wait, and are done."""
    open_ones = [talk for talk in running(lounge) if talk.phase == "open"]
    waiting = sum(len(talk.entered) == 1 for talk in open_ones)
    empty = sum(not talk.entered for talk in open_ones)
    return TalksShown(
        talking=len(open_ones) - waiting - empty,
        waiting=waiting,
        empty=empty,
        farewell=len(lounge.breakouts.running) - len(open_ones),
        over=len(lounge.breakouts.talks) - len(lounge.breakouts.running),
    )


VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {TalksShown: talks}
