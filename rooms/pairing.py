"""The plan at the desk: asked for, looked at, published, repaired by itself, and taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms import breakout, paired, wishes
from rooms.paired import Asked, Meeting, Pairing, Plan, Reason, Repair
from rooms.people import DESK, Person, PersonId
from rooms.presence import here
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.lounge import Lounge, RoundTime

WORTH_IT = 180.0  # seconds a round must have left for a new pair to begin in it
LOOKS = 2.0  # seconds between two looks whether the published plan still holds
AT_ONCE = 0.0  # Unix seconds; long ago, so the house looks as soon as it can

Number = Annotated[int, Meta(ge=0)]
Rounds = dict[str, tuple[Meeting, ...]]


# Commands


class Ask(Command, frozen=True, tag="pairing.ask"):
    """Have a draft made: for everybody who takes part, or only for those who are here."""

    only_here: bool = False
    strict: bool = False
    "Sitting out differs by one at most, whatever that costs."


class Draft(Command, frozen=True, tag="pairing.draft"):
    """The house has a draft."""

    number: Number
    rounds: Rounds
    value: int
    bound: int
    cost: int | None = None
    "What spreading strictly costs in value."


class Fail(Command, frozen=True, tag="pairing.fail"):
    """The house could make no plan."""

    number: Number


class Publish(Command, frozen=True, tag="pairing.publish"):
    """Tell everybody their partners."""

    number: Number


class Discard(Command, frozen=True, tag="pairing.discard"):
    """Throw the draft away; what is published stays."""


class Hold(Command, frozen=True, tag="pairing.hold"):
    """Rounds that have not begun open no talks; or do again."""

    on: bool = True


class Mend(Command, frozen=True, tag="pairing.mend"):
    """The house has repaired the published plan."""

    number: Number
    "Of the plan that was repaired."
    rounds: Rounds
    value: int
    bound: int


class Undo(Command, frozen=True, tag="pairing.undo"):
    """Take the last repair back."""

    number: Number


# Events


class WasAsked(Event, frozen=True, tag="pairing.asked"):
    """A draft is being made."""

    asked: Asked


class Drafted(Event, frozen=True, tag="pairing.drafted"):
    """There is a draft."""

    plan: Plan


class Failed(Event, frozen=True, tag="pairing.failed"):
    """No draft could be made."""


class Published(Event, frozen=True, tag="pairing.published"):
    """The draft holds; everybody is told their own part of it by `pairing.mine`."""

    number: int
    people: tuple[PersonId, ...]
    "All who were thought of."
    keeps: tuple[str, ...] = ()
    "Rounds that have begun; theirs stays as it was."


class Discarded(Event, frozen=True, tag="pairing.discarded"):
    """The draft is gone."""


class Held(Event, frozen=True, tag="pairing.held"):
    """Later rounds open no talks, or do again."""

    on: bool


class Wanted(Event, frozen=True, tag="pairing.wanted"):
    """The published plan does not hold any more, and why."""

    reasons: tuple[Reason, ...]
    absent: dict[str, tuple[PersonId, ...]]
    "By round, who is known by now not to come."
    people: tuple[PersonId, ...]
    "Who takes part that was not thought of, or is back."
    away: tuple[PersonId, ...]
    "Who did not come and is not in the house."
    at: float


class Mended(Event, frozen=True, tag="pairing.repaired"):
    """The published plan is another one."""

    plan: Plan
    repair: Repair


class Undone(Event, frozen=True, tag="pairing.undone"):
    """The last repair is taken back."""

    number: int


class Looked(Event, frozen=True, tag="pairing.looked"):
    """The published plan was held against how things are."""

    stored: ClassVar[bool] = False

    at: float


class OwnMeeting(Struct, frozen=True, rename="camel"):
    """One of somebody's own meetings, as the plan has it."""

    item: str
    partners: tuple[PersonId, ...]
    topics: tuple[str, ...]
    "What they have in common."
    mutual: bool
    "Each listed the other."


class Mine(Event, frozen=True, tag="pairing.mine"):
    """Somebody's own partners, after they were published or changed."""

    stored: ClassVar[bool] = False

    person: PersonId
    meetings: tuple[OwnMeeting, ...]


# Views


class PlanShown(Struct, frozen=True, rename="camel"):
    """A plan with what the desk wants to know of it."""

    number: int
    rounds: Rounds
    value: int
    bound: int
    "What no plan can exceed."
    cost: int | None
    "What spreading strictly costs in value."
    at: float
    coverage: dict[PersonId, int]
    "How many meetings everybody has who was thought of."
    sitting_out: dict[str, tuple[PersonId, ...]]
    "By round, who has none though they could have."
    unmet: tuple[tuple[PersonId, PersonId], ...]
    "Who listed each other and do not meet."


class PairingShown(View, frozen=True, tag="pairing.shown"):
    """The plan as the desk sees it."""

    asked: Asked | None
    failed: bool
    draft: PlanShown | None
    published: PlanShown | None
    held: bool
    wanted: tuple[Reason, ...]
    repaired: Repair | None
    can_undo: bool


class PairingPart(Struct, frozen=True, rename="camel"):
    """What one reader sees of the plan."""

    mine: tuple[OwnMeeting, ...]
    planned: bool
    "Whether a plan is published at all."
    held: bool
    "Whether rounds that have not begun open no talks for now."
    desk: PairingShown | None
    "For the desk."
    talks: breakout.TalksShown | None
    "How the talks go; for the desk."


COMMANDS: tuple[type[Command], ...] = (Ask, Draft, Fail, Publish, Discard, Hold, Mend, Undo)
EVENTS: tuple[type[Event], ...] = (
    WasAsked, Drafted, Failed, Published, Discarded, Held, Wanted, Mended, Undone, Looked, Mine,
)  # fmt: skip
VIEWS: tuple[type[View], ...] = (PairingShown,)
STIRS: dict[type[Event], tuple[type[View], ...]] = dict.fromkeys(
    (WasAsked, Drafted, Failed, Published, Discarded, Held, Wanted, Mended, Undone),
    (PairingShown,),
)


# What people and the house do


def decide(lounge: Lounge, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows if this person does that now; raises `Refused` if it is not possible."""
    return _DECIDES[type(command)](lounge, command, now)


def _ask(lounge: Lounge, ask: Ask, now: float) -> tuple[Event, ...]:
    if not any(turn.how == "waiting" for turn in lounge.rounds):
        raise Refused("There is no round ahead on the agenda. Please add one to the programme.")
    number = lounge.pairing.number + 1
    return (WasAsked(Asked(number, ask.only_here, ask.strict, now)),)


def _draft(lounge: Lounge, draft: Draft, now: float) -> tuple[Event, ...]:
    asked = lounge.pairing.asked
    if asked is None or asked.number != draft.number:
        return ()
    people = tuple(sorted(taking_part(lounge, asked.only_here)))
    plan = Plan(draft.number, draft.rounds, draft.value, draft.bound, now, draft.cost, people)
    return (Drafted(plan),)


def _fail(lounge: Lounge, fail: Fail, now: float) -> tuple[Event, ...]:
    asked = lounge.pairing.asked
    return (Failed(),) if asked is not None and asked.number == fail.number else ()


def _publish(lounge: Lounge, publish: Publish, now: float) -> tuple[Event, ...]:
    draft = lounge.pairing.draft
    if draft is None or draft.number != publish.number:
        raise Refused("There is another draft by now. Please look at it, then publish that one.")
    keeps = tuple(turn.item for turn in lounge.rounds if turn.how != "waiting")
    plan = _beside(draft, lounge.pairing.published, keeps)
    everybody = sorted(taking_part(lounge))
    return (Published(draft.number, draft.people, keeps), *_told(lounge, everybody, plan))


def _beside(draft: Plan, before: Plan | None, keeps: tuple[str, ...]) -> Plan:
    """The draft, but for rounds that have begun under another plan."""
    if before is None:
        return draft
    kept = {item: before.rounds[item] for item in keeps if item in before.rounds}
    return replace(
        draft, rounds={**kept, **{k: v for k, v in draft.rounds.items() if k not in kept}}
    )


def _discard(lounge: Lounge, discard: Discard, now: float) -> tuple[Event, ...]:
    part = lounge.pairing
    return (Discarded(),) if part.draft is not None or part.asked is not None else ()


def _hold(lounge: Lounge, hold: Hold, now: float) -> tuple[Event, ...]:
    return (Held(hold.on),) if hold.on != lounge.pairing.held else ()


def _mend(lounge: Lounge, mend: Mend, now: float) -> tuple[Event, ...]:
    before = lounge.pairing.published
    if before is None or before.number != mend.number or not lounge.pairing.wanted:
        return ()
    number = lounge.pairing.number + 1
    plan = Plan(number, mend.rounds, mend.value, mend.bound, now, before.cost, before.people)
    added, dropped = _difference(before, plan)
    repair = Repair(number, lounge.pairing.wanted, added, dropped, now)
    return (Mended(plan, repair), *_told(lounge, _concerned(before, plan), plan))


def _undo(lounge: Lounge, undo: Undo, now: float) -> tuple[Event, ...]:
    part = lounge.pairing
    if part.published is None or part.before is None or part.published.number != undo.number:
        raise Refused("The plan was changed again meanwhile. Please look at it first.")
    concerned = _concerned(part.published, part.before)
    return (Undone(undo.number), *_told(lounge, concerned, part.before))


def _difference(before: Plan, after: Plan) -> tuple[tuple[Meeting, ...], tuple[Meeting, ...]]:
    old = {(each.item, frozenset(each.people)): each for each in _all(before)}
    new = {(each.item, frozenset(each.people)): each for each in _all(after)}
    added = tuple(each for key, each in new.items() if key not in old)
    return added, tuple(each for key, each in old.items() if key not in new)


def _concerned(before: Plan, after: Plan) -> tuple[PersonId, ...]:
    """Exactly those whose meetings are others now."""
    changed = (meeting for meetings in _difference(before, after) for meeting in meetings)
    return tuple(sorted({person for meeting in changed for person in meeting.people}))


def _told(lounge: Lounge, people: Iterable[PersonId], plan: Plan) -> Iterator[Mine]:
    """To each of them what is theirs now; nothing, if partners are kept for the moment."""
    for person in people:
        yield Mine(person, own(lounge, plan, person) if lounge.rules.announced else ())


def _all(plan: Plan) -> tuple[Meeting, ...]:
    return tuple(meeting for meetings in plan.rounds.values() for meeting in meetings)


_DECIDES: dict[type[Command], Callable[[Lounge, Any, float], tuple[Event, ...]]] = {
    Ask: _ask,
    Draft: _draft,
    Fail: _fail,
    Publish: _publish,
    Discard: _discard,
    Hold: _hold,
    Mend: _mend,
    Undo: _undo,
}


# What happens by itself


def taking_part(lounge: Lounge, only_here: bool = False) -> frozenset[PersonId]:
    """All who are to be planned, or those of them who are in the house."""
    around = here(lounge.presence) if only_here else lounge.people.keys()
    return frozenset(person for person in around if wishes.takes_part(lounge, person))


def tick(lounge: Lounge, now: float) -> tuple[Event, ...]:
    """Every two seconds the published plan is held against how things are."""
    if not _watched(lounge) or now < lounge.pairing.looked_at + LOOKS:
        return ()
    found = tuple(_reasons(lounge, now))
    if not found:
        return (Looked(now),)
    absent: dict[str, tuple[PersonId, ...]] = {}
    for _, item, missing in found:
        if item:
            absent[item] = tuple(sorted({*absent.get(item, ()), *missing}))
    joined = tuple(sorted({p for reason, _, people in found if reason == "joined" for p in people}))
    reasons = tuple(dict.fromkeys(reason for reason, _, _ in found))
    away = {person for people in absent.values() for person in people} - here(lounge.presence)
    return (Looked(now), Wanted(reasons, absent, joined, tuple(sorted(away)), now))


def due(lounge: Lounge) -> float | None:
    """When `tick` next has something to do; Unix seconds."""
    return lounge.pairing.looked_at + LOOKS if _watched(lounge) else None


def _watched(lounge: Lounge) -> bool:
    ahead = any(turn.how != "over" for turn in lounge.rounds)
    return ahead and lounge.pairing.published is not None and not lounge.pairing.wanted


Found = tuple[Reason, str, tuple[PersonId, ...]]


def _reasons(lounge: Lounge, now: float) -> Iterator[Found]:
    """Why the plan does not hold: the reason, the round and who is absent there, if any."""
    yield from _no_shows(lounge)
    part = lounge.pairing
    new = taking_part(lounge, only_here=True) - (part.people - part.away)
    late = frozenset(_late(lounge))
    if new or late:
        yield "joined", "", tuple(sorted(new | late))
    for turn in lounge.rounds:
        if turn.how in ("live", "paused") and turn.ends_at - now >= WORTH_IT:
            yield from _parted(lounge, turn.item)
        elif turn.how == "waiting":
            yield from _unplayable(lounge, turn)


def _unplayable(lounge: Lounge, turn: RoundTime) -> Iterator[Found]:
    """Meetings of a round ahead that cannot be, but for those the desk brought back."""
    span = (turn.starts_at, turn.ends_at)
    for meeting in paired.of_round(lounge, turn.item):
        if not breakout.may_meet(lounge, meeting.people):
            yield "kept-apart", "", ()
        elif meeting in lounge.pairing.taken_back:
            continue
        elif not all(wishes.takes_part(lounge, person) for person in meeting.people):
            yield "left", "", ()
        elif any(_on_stage(lounge, person, span) for person in meeting.people):
            yield "agenda", "", ()


def _parted(lounge: Lounge, item: str) -> Iterator[Found]:
    """Pairs of a round that is on who must not meet, and do not any more."""
    for meeting in paired.of_round(lounge, item):
        if breakout.may_meet(lounge, meeting.people):
            continue
        if not all(breakout.engaged(lounge, person) for person in meeting.people):
            yield "kept-apart", "", ()


def _late(lounge: Lounge) -> Iterator[PersonId]:
    """Who was given up in a round that is on, and came after all."""
    part = lounge.breakouts
    for turn in lounge.rounds:
        if turn.how != "live":
            continue
        for person in lounge.pairing.absent.get(turn.item, ()):
            own = (part.talks[key] for key in part.of.get(person, ()))
            if any(talk.item == turn.item and person in talk.came for talk in own):
                yield person


def _no_shows(lounge: Lounge) -> Iterator[Found]:
    for talk in breakout.running(lounge):
        known = lounge.pairing.absent.get(talk.item, frozenset())
        gone = tuple(p for p in talk.people if p not in talk.came and p not in known)
        if talk.kind == "round" and talk.given_up and gone:
            yield "no-show", talk.item, gone


def _on_stage(lounge: Lounge, person: PersonId, span: tuple[float, float]) -> bool:
    return any(since < span[1] and until > span[0] for since, until in lounge.busy.get(person, ()))


# The state


def apply(part: Pairing, event: Event) -> Pairing:
    """The plan after `event`."""
    match event:
        case WasAsked(asked=asked):
            return replace(part, number=asked.number, asked=asked, failed=False)
        case Drafted(plan=plan):
            return replace(part, asked=None, draft=plan)
        case Failed():
            return replace(part, asked=None, failed=True)
        case Published(people=people, keeps=keeps):
            draft = part.draft and _beside(part.draft, part.published, keeps)
            return replace(
                part, published=draft, draft=None, before=None, repaired=None,
                wanted=(), absent={}, taken_back=frozenset(),
                people=frozenset(people), away=frozenset(),
            )  # fmt: skip
        case Discarded():
            return replace(part, asked=None, draft=None)
        case Held(on=on):
            return replace(part, held=on)
        case Wanted():
            return _wanting(part, event)
        case Mended(plan=plan, repair=repair):
            changed = repair.added or repair.dropped
            return replace(
                part, number=plan.number, published=plan, wanted=(),
                before=part.published if changed else part.before,
                repaired=repair if changed else part.repaired,
            )  # fmt: skip
        case Undone():
            back = part.repaired.dropped if part.repaired is not None else ()
            taken_back = part.taken_back.union(back)
            return replace(
                part, published=part.before, before=None, repaired=None, taken_back=taken_back
            )
        case Looked(at=at):
            return replace(part, looked_at=at)
        case _:
            return part


def _wanting(part: Pairing, event: Wanted) -> Pairing:
    absent = dict(part.absent)
    for item, people in event.absent.items():
        absent[item] = absent.get(item, frozenset()) | frozenset(people)
    joined = frozenset(event.people)
    absent = {item: people - joined for item, people in absent.items()}
    away = (part.away | frozenset(event.away)) - joined
    return replace(
        part, wanted=event.reasons, absent=absent, people=part.people | joined, away=away
    )


# What is shown


def own(lounge: Lounge, plan: Plan, person: PersonId) -> tuple[OwnMeeting, ...]:
    """Somebody's meetings of a plan, in the rounds' order."""
    return tuple(
        _own_meeting(lounge, meeting, person)
        for turn in lounge.rounds
        for meeting in plan.rounds.get(turn.item, ())
        if person in meeting.people
    )


def _own_meeting(lounge: Lounge, meeting: Meeting, person: PersonId) -> OwnMeeting:
    partners = tuple(each for each in meeting.people if each != person)
    topics = dict.fromkeys(
        topic for each in partners for topic in wishes.topics_in_common(lounge, person, each)
    )
    mutual = any(wishes.mutual(lounge, person, each) for each in partners)
    return OwnMeeting(meeting.item, partners, tuple(topics), mutual)


def show(lounge: Lounge, reader: Person, now: float) -> PairingPart:
    """The plan as `reader` may see it."""
    published = lounge.pairing.published
    hidden = published is None or not lounge.rules.announced
    return PairingPart(
        mine=() if hidden or published is None else own(lounge, published, reader.id),
        planned=published is not None,
        held=lounge.pairing.held,
        desk=shown(lounge, now) if reader.role in DESK else None,
        talks=breakout.talks(lounge, now) if reader.role in DESK else None,
    )


def shown(lounge: Lounge, now: float) -> PairingShown:
    """The plan as the desk sees it."""
    part = lounge.pairing
    return PairingShown(
        asked=part.asked,
        failed=part.failed,
        draft=None if part.draft is None else _plan_shown(lounge, part.draft),
        published=None if part.published is None else _plan_shown(lounge, part.published),
        held=part.held,
        wanted=part.wanted,
        repaired=part.repaired,
        can_undo=part.before is not None,
    )


def _plan_shown(lounge: Lounge, plan: Plan) -> PlanShown:
    people = taking_part(lounge)
    meetings = _all(plan)
    count = Counter(person for meeting in meetings for person in meeting.people)
    met = {frozenset((a, b)) for each in meetings for a in each.people for b in each.people}
    return PlanShown(
        number=plan.number,
        rounds=plan.rounds,
        value=plan.value,
        bound=plan.bound,
        cost=plan.cost,
        at=plan.at,
        coverage={person: count[person] for person in sorted(people | count.keys())},
        sitting_out={
            turn.item: _idle(lounge, people, plan.rounds.get(turn.item, ()), turn)
            for turn in lounge.rounds
            if turn.item in plan.rounds
        },
        unmet=tuple(pair for pair in _wished(lounge, people) if frozenset(pair) not in met),
    )


def _idle(
    lounge: Lounge, people: Iterable[PersonId], meetings: tuple[Meeting, ...], turn: Any
) -> tuple[PersonId, ...]:
    busy = {person for meeting in meetings for person in meeting.people}
    span = (turn.starts_at, turn.ends_at)
    return tuple(sorted(p for p in people if p not in busy and not _on_stage(lounge, p, span)))


def _wished(lounge: Lounge, people: frozenset[PersonId]) -> Iterator[tuple[PersonId, PersonId]]:
    for a, b in wishes.mutual_pairs(lounge):
        if a in people and b in people:
            yield a, b


VIEWED: dict[type[View], Callable[[Lounge, float], View]] = {PairingShown: shown}
