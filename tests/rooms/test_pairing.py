"""The plan at the desk in virtual time: asked for, published, mended and taken back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rooms import breakout, cases, lounge, pairing, rights
from rooms.breakout import Enter, Leave
from rooms.lounge import Admit, Cue, How, Lounge, RoundTime
from rooms.paired import Meeting, Plan
from rooms.pairing import Ask, Discard, Draft, Fail, Hold, Mend, Mine, Publish, Undo
from rooms.people import HOUSE, Person, Role
from rooms.presence import Report
from rooms.safety import Block
from rooms.wishes import Describe, Profile, Refuse, Wish
from schedule import matching
from schedule.items import Meetings
from schedule.machine import Command, Event, Refused
from tests.rooms.talks import ELIF, JONAS, MIA, NELE, NOON, RUTH, TIM

UWE = Person(id="uwe", name="Uwe Lang", role=Role.REP, organisation="Langfeld")
PEOPLE = {each.id: each for each in (ELIF, JONAS, NELE, RUTH, TIM, UWE, MIA)}
BREAK = 720.0  # seconds from the beginning of a round to that of the next


class Desk:
    """A lounge with rounds ahead, everybody in the house, and a planner that answers."""

    def __init__(self, *here: Person, rules: Meetings | None = None, rounds: int = 3) -> None:
        self.now = NOON - 1000
        self.room: Lounge = lounge.opening()
        self.happened: list[Event] = []
        self.hows: list[How] = ["waiting" for _ in range(rounds)]
        self.busy: dict[str, tuple[tuple[float, float], ...]] = {}
        self.take(lounge.decide(self.room, Admit(PEOPLE, rules or Meetings()), HOUSE, self.now))
        self.come(*(here or PEOPLE.values()))
        self.cue()

    def come(self, *people: Person) -> None:
        """These and nobody else are in the house."""
        self.here = tuple(person.id for person in people)
        self.do(Report("one", self.here))

    def cue(self) -> None:
        turns = tuple(
            RoundTime(f"r{n}", f"Runde {n}", NOON + n * BREAK, NOON + n * BREAK + 600, how)
            for n, how in enumerate(self.hows)
        )
        self.do(Cue(turns, self.busy))

    def begin(self, number: int) -> None:
        """A round begins on time, and those before it are over."""
        self.until(NOON + number * BREAK)
        ahead = len(self.hows) - 1 - number
        self.hows = [*self._all("over", number), "live", *self._all("waiting", ahead)]
        self.cue()

    def do(self, command: Command, by: Person = HOUSE) -> tuple[Event, ...]:
        rights.may(self.room, command, by)
        events = lounge.decide(self.room, command, by, self.now)
        self.take(events)
        self._settle()
        return events

    def until(self, moment: float) -> None:
        """Time passes; who is in the house stays, and the planner mends what is to be mended."""
        while self.now < moment:
            self.now = min(self.now + 1.0, moment)
            if int(self.now) % 5 == 0:
                self.do(Report("one", self.here))
            self._settle()
            if self.room.pairing.wanted:
                self.mend()

    def mend(self) -> None:
        stands = cases.standing(self.room)
        plan = matching.repair(stands.case, stands.plan, stands.done, stands.keep, 5.0)
        rounds = cases.by_round(stands.turns, plan)
        self.do(Mend(self.published.number, rounds, plan.value, plan.bound))

    def plan(self, *, only_here: bool = False) -> None:
        """The desk asks, the planner answers, the desk publishes."""
        self.draft(only_here=only_here)
        self.do(Publish(self.room.pairing.number), MIA)

    def draft(self, *, only_here: bool = False) -> None:
        self.do(Ask(only_here=only_here), MIA)
        asked = cases.fresh(self.room)
        plan = matching.plan(asked.case)
        number = self.room.pairing.number
        self.do(Draft(number, cases.by_round(asked.turns, plan), plan.value, plan.bound))

    @property
    def published(self) -> Plan:
        assert self.room.pairing.published is not None
        return self.room.pairing.published

    def partner(self, person: Person, number: int) -> str | None:
        """Whom the published plan has for somebody in a round."""
        for meeting in self.published.rounds.get(f"r{number}", ()):
            if person.id in meeting.people:
                return next(each for each in meeting.people if each != person.id)
        return None

    def enter(self, *people: Person) -> None:
        for person in people:
            (talk,) = breakout.current(self.room, person.id)
            self.do(Enter(talk.id), person)

    def talk_of(self, person: Person) -> breakout.Breakout:
        (talk,) = breakout.current(self.room, person.id)
        return talk

    def told(self) -> set[str]:
        """Who was told anew of their partners since the last time."""
        told = {event.person for event in self.happened if isinstance(event, Mine)}
        self.happened.clear()
        return told

    def take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.room = lounge.apply(self.room, event)
        self.happened += events

    def _all(self, how: How, number: int) -> list[How]:
        return [how for _ in range(number)]

    def _settle(self) -> None:
        for _ in range(50):
            events = lounge.tick(self.room, self.now)
            if not events:
                return
            self.take(events)
        raise AssertionError("the lounge does not come to rest")


def person(key: str | None) -> Person:
    assert key is not None
    return PEOPLE[key]


def test_a_draft_is_the_desk_s_alone_until_it_is_published() -> None:
    desk = Desk()

    desk.draft()

    assert desk.room.pairing.published is None
    assert pairing.show(desk.room, ELIF, desk.now).desk is None
    shown = pairing.show(desk.room, MIA, desk.now).desk
    assert shown is not None
    assert shown.draft is not None
    assert shown.draft.value == shown.draft.bound
    assert shown.draft.coverage == dict.fromkeys(("elif", "jonas", "nele", "ruth", "tim", "uwe"), 3)
    assert shown.draft.sitting_out == {"r0": (), "r1": (), "r2": ()}


def test_publishing_tells_everybody_their_own_partners() -> None:
    desk = Desk()

    desk.plan()

    mine = pairing.show(desk.room, ELIF, desk.now).mine
    assert [each.item for each in mine] == ["r0", "r1", "r2"]
    assert {each.partners[0] for each in mine} == {"ruth", "tim", "uwe"}
    assert desk.told() == {"elif", "jonas", "nele", "ruth", "tim", "uwe"}


def test_where_partners_are_kept_for_the_moment_nobody_is_told_them() -> None:
    desk = Desk(rules=Meetings(announced=False))

    desk.plan()

    told = [event for event in desk.happened if isinstance(event, Mine)]
    assert {event.meetings for event in told} == {()}
    assert pairing.show(desk.room, ELIF, desk.now).mine == ()
    assert pairing.show(desk.room, ELIF, desk.now).planned


def test_mutual_wishes_are_in_the_plan_and_refusals_are_not() -> None:
    desk = Desk()
    desk.do(Wish("ruth", 0), ELIF)
    desk.do(Wish("elif", 0), RUTH)
    desk.do(Refuse("tim"), ELIF)

    desk.plan()

    partners = [desk.partner(ELIF, number) for number in range(3)]
    assert "ruth" in partners
    assert "tim" not in partners
    (wished,) = [m for m in pairing.show(desk.room, ELIF, desk.now).mine if m.mutual]
    assert wished.partners == ("ruth",)


def test_who_is_on_a_stage_sits_that_round_out() -> None:
    desk = Desk()
    desk.busy = {"elif": ((NOON + 300, NOON + 700),)}
    desk.cue()

    desk.plan()

    assert [desk.partner(ELIF, number) is None for number in range(3)] == [True, False, False]


def test_only_those_who_are_here_if_the_desk_says_so_and_the_others_when_they_come() -> None:
    desk = Desk(ELIF, JONAS, RUTH, TIM, MIA)

    desk.plan(only_here=True)
    before = desk.partner(NELE, 0), desk.partner(UWE, 0)
    desk.come(*PEOPLE.values())
    desk.until(NOON - 900)

    assert before == (None, None)
    assert (desk.partner(NELE, 0), desk.partner(UWE, 0)) == ("uwe", "nele")


def test_an_older_draft_cannot_be_published_nor_a_thrown_away_one() -> None:
    desk = Desk()
    desk.draft()
    desk.draft()

    with pytest.raises(Refused, match="another draft"):
        desk.do(Publish(1), MIA)
    desk.do(Discard(), MIA)
    with pytest.raises(Refused, match="another draft"):
        desk.do(Publish(2), MIA)


def test_an_answer_that_comes_too_late_changes_nothing() -> None:
    desk = Desk()
    desk.do(Ask(), MIA)
    desk.do(Ask(strict=True), MIA)

    assert desk.do(Draft(1, {}, 0, 0)) == ()
    assert desk.do(Fail(1)) == ()
    desk.do(Fail(2))
    assert desk.room.pairing.failed
    desk.plan()
    assert desk.do(Mend(3, {}, 0, 0)) == ()


def test_no_plan_without_a_round_ahead() -> None:
    desk = Desk()
    desk.hows = ["over", "over", "over"]
    desk.cue()

    with pytest.raises(Refused, match="no round ahead"):
        desk.do(Ask(), MIA)


def test_the_plan_is_the_desk_s() -> None:
    desk = Desk()

    with pytest.raises(Refused, match="moderator"):
        desk.do(Ask(), ELIF)
    with pytest.raises(Refused, match="by itself"):
        desk.do(Draft(1, {}, 0, 0), MIA)


def test_stop_after_this_one() -> None:
    desk = Desk()
    desk.plan()
    desk.begin(0)
    desk.do(Hold(), MIA)

    desk.begin(1)
    held = [talk.item for talk in desk.room.breakouts.talks.values()]
    desk.do(Hold(on=False), MIA)

    assert held == ["r0", "r0", "r0"]
    assert len(desk.room.breakouts.talks) == 6


def test_two_no_shows_leave_two_who_meet_each_other() -> None:
    desk = Desk(rounds=1)
    desk.plan()
    rep, gone = person(desk.partner(ELIF, 0)), JONAS
    waits = person(desk.partner(JONAS, 0))
    desk.come(*(p for p in PEOPLE.values() if p not in (gone, rep)))
    desk.begin(0)
    desk.enter(ELIF, waits)

    desk.until(NOON + 45)

    assert desk.talk_of(ELIF) == desk.talk_of(waits)
    assert desk.talk_of(ELIF).opens_at <= NOON + 43
    assert desk.room.pairing.repaired is not None
    assert desk.room.pairing.repaired.reasons == ("no-show",)


def test_those_on_their_way_keep_their_partners() -> None:
    desk = Desk()
    desk.plan()
    kept = desk.partner(NELE, 0)
    rep, waits = person(desk.partner(ELIF, 0)), person(desk.partner(JONAS, 0))
    desk.come(*(p for p in PEOPLE.values() if p not in (JONAS, rep)))
    desk.begin(0)
    desk.enter(ELIF, waits)
    desk.enter(person(kept))
    desk.until(NOON + 30)
    desk.enter(NELE)

    desk.until(NOON + 100)

    assert desk.partner(NELE, 0) == kept
    assert desk.talk_of(NELE).id in ("b1", "b2", "b3")


def test_who_waits_and_has_nobody_else_still_gets_the_partner_who_comes_late() -> None:
    desk = Desk()
    desk.plan()
    late = person(desk.partner(ELIF, 0))
    others = (JONAS, NELE)
    desk.come(*(p for p in PEOPLE.values() if p != late))
    desk.begin(0)
    desk.enter(ELIF, *others, *(person(desk.partner(p, 0)) for p in others))

    desk.until(NOON + 120)
    desk.come(*PEOPLE.values())
    desk.enter(late)
    desk.until(NOON + 130)

    assert desk.talk_of(ELIF).entered.keys() == {"elif", late.id}
    assert not desk.talk_of(ELIF).given_up


def test_who_comes_back_after_the_other_has_somebody_else_gets_whoever_is_free() -> None:
    desk = Desk(rounds=1)
    desk.plan()
    late, waits = person(desk.partner(ELIF, 0)), person(desk.partner(JONAS, 0))
    desk.come(*(p for p in PEOPLE.values() if p not in (late, JONAS)))
    desk.begin(0)
    desk.enter(ELIF, waits)
    desk.until(NOON + 60)

    desk.come(*PEOPLE.values())
    desk.until(NOON + 70)

    assert desk.partner(late, 0) == "jonas"
    assert desk.talk_of(late) == desk.talk_of(JONAS)


def test_who_is_in_the_house_and_enters_too_late_gets_whoever_is_free_too() -> None:
    desk = Desk(rounds=1)
    desk.plan()
    late, waits = person(desk.partner(ELIF, 0)), person(desk.partner(JONAS, 0))
    desk.begin(0)
    desk.enter(ELIF, waits)
    theirs = desk.talk_of(late).id, desk.talk_of(JONAS).id
    desk.until(NOON + 60)

    for key, each in zip(theirs, (late, JONAS), strict=True):
        desk.do(Enter(key), each)
    desk.until(NOON + 70)

    assert desk.talk_of(ELIF) == desk.talk_of(waits)
    assert desk.talk_of(late) == desk.talk_of(JONAS)


def test_a_late_joiner_meets_who_sat_out() -> None:
    desk = Desk(*(p for p in PEOPLE.values() if p != UWE))
    desk.plan(only_here=True)
    desk.begin(0)
    (idle,) = [p for p in (ELIF, JONAS, NELE) if desk.partner(p, 0) is None]
    seated = [p for p in (ELIF, JONAS, NELE) if p != idle]
    desk.enter(*seated, RUTH, TIM)
    desk.until(NOON + 60)

    desk.come(*PEOPLE.values())
    desk.until(NOON + 70)

    assert desk.talk_of(UWE) == desk.talk_of(idle)
    assert desk.talk_of(UWE).opens_at >= NOON + 60


def test_a_refusal_in_mid_event_takes_the_pair_out_of_later_rounds() -> None:
    desk = Desk()
    desk.plan()
    later = person(desk.partner(ELIF, 2))
    desk.begin(0)
    desk.enter(*(p for p in PEOPLE.values() if p != MIA))

    desk.do(Refuse(later.id), ELIF)
    desk.until(NOON + 20)

    assert later.id not in [desk.partner(ELIF, number) for number in range(3)]
    assert desk.room.pairing.repaired is not None
    assert desk.room.pairing.repaired.reasons == ("kept-apart",)


def test_a_block_in_mid_talk_ends_it_and_the_plan_comes_to_rest() -> None:
    desk = Desk()
    desk.plan()
    other = person(desk.partner(ELIF, 0))
    desk.begin(0)
    desk.enter(*(p for p in PEOPLE.values() if p != MIA))

    desk.do(Block(other.id), ELIF)
    desk.until(NOON + 30)
    number = desk.room.pairing.number
    desk.until(NOON + 60)

    assert desk.room.pairing.number == number
    assert desk.partner(ELIF, 0) is None
    assert breakout.current(desk.room, "elif") == ()


def test_who_stops_taking_part_has_no_partners_any_more() -> None:
    desk = Desk()
    desk.plan()

    desk.do(Describe(Profile(takes_part=False)), ELIF)
    desk.until(desk.now + 10)

    assert [desk.partner(ELIF, number) for number in range(3)] == [None, None, None]


def test_a_moved_agenda_moves_the_partners_of_who_must_be_on_stage() -> None:
    desk = Desk()
    desk.plan()
    desk.told()

    desk.busy = {"elif": ((NOON + BREAK + 60, NOON + BREAK + 300),)}
    desk.cue()
    desk.until(desk.now + 10)

    assert desk.partner(ELIF, 1) is None
    assert "elif" in desk.told()


def test_an_undo_brings_the_plan_before_the_repair_back_once() -> None:
    desk = Desk()
    desk.plan()
    rounds = desk.published.rounds
    desk.do(Describe(Profile(takes_part=False)), ELIF)
    desk.until(desk.now + 5)
    number = desk.published.number

    desk.do(Undo(number), MIA)
    desk.until(desk.now + 30)

    assert desk.published.rounds == rounds
    with pytest.raises(Refused, match="changed again"):
        desk.do(Undo(number), MIA)


def test_a_new_plan_in_mid_event_leaves_the_round_that_is_on_and_repeats_nobody() -> None:
    desk = Desk()
    desk.plan()
    desk.begin(0)
    desk.enter(*(p for p in PEOPLE.values() if p != MIA))
    first = desk.partner(ELIF, 0)
    talks = desk.room.breakouts.running

    desk.plan()
    desk.until(NOON + 30)

    assert desk.room.breakouts.running == talks
    assert desk.partner(ELIF, 0) == first
    assert first not in (desk.partner(ELIF, 1), desk.partner(ELIF, 2))
    assert [each.item for each in pairing.show(desk.room, ELIF, desk.now).mine] == [
        "r0", "r1", "r2",
    ]  # fmt: skip


def test_an_odd_number_sits_out_in_turn() -> None:
    desk = Desk(*(p for p in PEOPLE.values() if p != UWE))

    desk.plan(only_here=True)

    idle = [p.id for n in range(3) for p in (ELIF, JONAS, NELE) if desk.partner(p, n) is None]
    assert sorted(idle) == ["elif", "jonas", "nele"]


def test_a_table_of_three_is_one_talk() -> None:
    desk = Desk(ELIF, JONAS, RUTH, MIA, rules=Meetings(table=2))

    desk.plan(only_here=True)
    desk.begin(0)

    assert desk.published.rounds["r0"] == (Meeting("r0", ("elif", "jonas", "ruth")),)
    assert [talk.via for talk in desk.room.breakouts.talks.values()] == ["sfu"]


def test_all_with_all_where_the_gathering_says_so() -> None:
    desk = Desk(ELIF, JONAS, MIA, rules=Meetings(between="all"))

    desk.plan(only_here=True)

    assert {desk.partner(ELIF, n) for n in range(3)} == {"jonas", None}


def test_the_log_of_a_round_replays_to_the_same_plan_and_talks() -> None:
    desk = Desk()
    start = replace(desk.room)
    desk.happened.clear()
    desk.plan()
    desk.begin(0)
    desk.enter(ELIF)
    desk.until(NOON + 100)

    again = start
    for event in desk.happened:
        if event.stored:
            again = lounge.apply(again, event)

    assert replace(again.pairing, looked_at=0.0) == replace(desk.room.pairing, looked_at=0.0)
    assert again.breakouts == desk.room.breakouts


PLANNED = (ELIF, JONAS, NELE, RUTH, TIM, UWE)
STEPS = st.lists(
    st.tuples(st.sampled_from(["come", "go", "refuse", "block"]), st.sampled_from(PLANNED)),
    max_size=6,
)


@settings(max_examples=25)
@given(STEPS, st.sets(st.sampled_from(PLANNED)))
def test_whoever_comes_and_goes_nobody_is_in_two_talks_and_the_plan_comes_to_rest(
    steps: list[tuple[str, Person]], there: set[Person]
) -> None:
    desk = Desk(*there, MIA, rounds=2)
    desk.plan()
    desk.begin(0)
    for deed, who in steps:
        match deed:
            case "come":
                there.add(who)
            case "go":
                there.discard(who)
                _leave(desk, who)
            case "refuse" if (partner := desk.partner(who, 1)) is not None:
                desk.do(Refuse(partner), who)
            case "block" if (partner := desk.partner(who, 0)) is not None:
                desk.do(Block(partner), who)
        desk.come(*there, MIA)
        _enter(desk, there)
        desk.until(desk.now + 15)
        _enter(desk, there)
    desk.until(desk.now + 60)
    number = desk.room.pairing.number

    desk.until(desk.now + 30)

    assert desk.room.pairing.number == number
    for meetings in desk.published.rounds.values():
        planned = [each for meeting in meetings for each in meeting.people]
        assert len(planned) == len(set(planned))


def _enter(desk: Desk, people: set[Person]) -> None:
    for each in sorted(people, key=lambda who: who.id):
        own = breakout.current(desk.room, each.id)
        if own:
            desk.do(Enter(own[-1].id), each)
        entered = [talk for talk in breakout.running(desk.room) if each.id in talk.entered]
        assert len(entered) <= 1


def _leave(desk: Desk, who: Person) -> None:
    for talk in breakout.current(desk.room, who.id):
        desk.do(Leave(talk.id), who)
