"""Booked talks: asking, agreeing, moving; nobody is ever booked twice."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rooms import booked, breakout, calendar, lounge, rights, safety, slots, wishes
from rooms.booked import Booking, Conflict
from rooms.bookings import (
    AcceptTalk,
    AskForTalk,
    BookingChanged,
    CancelTalk,
    DeclineTalk,
    HandOn,
    MoveTalk,
    ProposeTimes,
)
from rooms.lounge import Admit, Cue, Lounge
from rooms.people import HOUSE, Person, Role
from schedule.items import Meetings
from schedule.machine import Command, Event, Refused

SEVEN = 1_600_020_000.0  # 18:00 UTC, when the gathering begins
MINUTE = 60.0
HOUR = 3600.0

MIA = Person("mia", "Mia Roth", Role.MODERATOR)
ELIF = Person("elif", "Elif Demir", Role.TALENT)
JONAS = Person("jonas", "Jonas Weil", Role.TALENT)
SAMI = Person("sami", "Sami Lund", Role.TALENT)
RUTH = Person("ruth", "Ruth Kern", Role.REP, organisation="Kernbach")
RICO = Person("rico", "Rico Berg", Role.REP, organisation="Kernbach")
CARLA = Person("carla", "Carla Donati", Role.REP, organisation="Sellmoor")
PEOPLE = {each.id: each for each in (MIA, ELIF, JONAS, SAMI, RUTH, RICO, CARLA)}


def at(minutes: float) -> float:
    """So many minutes after seven; Unix seconds."""
    return SEVEN + minutes * MINUTE


class Evening:
    """A lounge in virtual time, from seven to ten; `room` is how it is now."""

    def __init__(self, rules: Meetings | None = None) -> None:
        self.now = SEVEN
        self.log: list[Event] = []
        self.room = lounge.opening()
        self.do(HOUSE, Admit(PEOPLE, rules or Meetings()))
        self.on_stage()

    def on_stage(self, **busy: tuple[float, float]) -> None:
        """The agenda says when people are on a stage, in minutes after seven."""
        spans = {key: ((at(since), at(until)),) for key, (since, until) in busy.items()}
        self.do(HOUSE, Cue((), spans, (SEVEN, SEVEN + 3 * HOUR)))

    def do(self, by: Person, *commands: Command) -> tuple[Event, ...]:
        """What follows from the last of them; raises `Refused` as the host would."""
        events: tuple[Event, ...] = ()
        for command in commands:
            rights.may(self.room, command, by)
            events = self._take(lounge.decide(self.room, command, by, self.now))
            self.wait(0)
        return events

    def refusal(self, by: Person, command: Command) -> str:
        with pytest.raises(Refused) as refused:
            self.do(by, command)
        return str(refused.value)

    def wait(self, minutes: float) -> tuple[Event, ...]:
        """What happens by itself until then, at the instants at which it is due."""
        until, happened = self.now + minutes * MINUTE, []
        while (due := lounge.due(self.room)) is not None and due <= until:
            self.now = max(self.now, due)
            events = lounge.tick(self.room, self.now)
            assert events, "due, and then nothing to do"
            happened += self._take(events)
        self.now = until
        return tuple(happened)

    def _take(self, events: Iterable[Event]) -> tuple[Event, ...]:
        taken = tuple(events)
        for event in taken:
            self.room = lounge.apply(self.room, event)
        self.log += taken
        return taken

    def __getitem__(self, key: str) -> Booking:
        return self.room.bookings.all[key]

    def taken(self, person: Person, minutes: float) -> bool:
        """Whether a booking or a proposal takes ten minutes of theirs from then on."""
        return booked.taken(self.room, person.id, (at(minutes), at(minutes + 10)))

    def whats(self) -> list[str]:
        """What has happened to bookings."""
        return [event.what for event in self.log if isinstance(event, BookingChanged)]


def ask(who: Person, *minutes: float, word: str = "") -> AskForTalk:
    return AskForTalk(tuple(map(at, minutes)), to=who.id, word=word)


def asked(*minutes: float) -> Evening:
    """Elif has asked Ruth for a talk at one of these times."""
    evening = Evening()
    evening.do(ELIF, ask(RUTH, *minutes))
    return evening


def agreed(minutes: float) -> Evening:
    """Elif and Ruth have agreed on a talk."""
    evening = asked(minutes)
    evening.do(RUTH, AcceptTalk("m1", at(minutes)))
    return evening


# Asking


def test_a_request_says_who_asked_whom_for_when_and_when_it_lapses() -> None:
    evening = Evening()

    evening.do(ELIF, ask(RUTH, 60, 40, word=" About your sensors "))

    assert evening["m1"] == Booking(
        id="m1",
        stands="asked",
        asker="elif",
        owner="ruth",
        turn="ruth",
        slots=(at(40), at(60)),
        seconds=600.0,
        asked_at=SEVEN,
        since=SEVEN,
        readers=("elif", "ruth"),
        word="About your sensors",
        expires_at=at(45),
    )


def test_a_request_takes_time_of_the_asker_alone() -> None:
    evening = asked(40, 60)

    assert [evening.taken(ELIF, minute) for minute in (40, 60, 50)] == [True, True, False]
    assert not any(evening.taken(RUTH, minute) for minute in (40, 60))


def test_a_time_one_is_on_stage_is_not_free() -> None:
    evening = Evening()
    evening.on_stage(ruth=(35, 45))

    sentence = evening.refusal(ELIF, ask(RUTH, 40))

    assert sentence == "This time is no longer free for both of you. Please choose another."


def test_a_time_beyond_the_gathering_is_not_free() -> None:
    assert "no longer free" in Evening().refusal(ELIF, ask(RUTH, 175))


def test_whoever_keeps_somebody_away_has_as_far_as_they_learn_no_time() -> None:
    busy = Evening()
    busy.on_stage(ruth=(0, 180))
    for away in (safety.Block("elif"), wishes.Refuse("elif")):
        evening = Evening()
        evening.do(RUTH, away)

        assert evening.refusal(ELIF, ask(RUTH, 40)) == busy.refusal(ELIF, ask(RUTH, 40))
        assert slots.shared(evening.room, "elif", "ruth", 600, at(20)) == ()


def test_talents_meet_companies_unless_the_gathering_says_otherwise() -> None:
    assert "talents and companies" in Evening().refusal(ELIF, ask(JONAS, 40))

    evening = Evening(Meetings(between="all"))
    evening.do(ELIF, ask(JONAS, 40))

    assert evening["m1"].owner == "jonas"


def test_nobody_asks_themselves_or_nobody() -> None:
    evening = Evening(Meetings(between="all"))
    for request in (ask(ELIF, 40), AskForTalk((at(40),)), AskForTalk((at(40),), to="nobody")):
        assert "Please choose a person" in evening.refusal(ELIF, request)


def test_the_other_side_has_time_to_answer() -> None:
    evening = Evening()
    for request in (ask(RUTH, 14), ask(RUTH, 40, 40)):
        assert "at least 15 minutes" in evening.refusal(ELIF, request)


def test_there_is_one_talk_between_two_at_a_time() -> None:
    evening = asked(40)
    assert "already" in evening.refusal(ELIF, ask(RUTH, 60))
    assert "already" in evening.refusal(RUTH, ask(ELIF, 60))


def test_five_requests_wait_at_a_time_and_the_limit_is_said() -> None:
    evening = Evening(Meetings(between="all"))
    for place, person in enumerate((JONAS, SAMI, RUTH, RICO, CARLA)):
        evening.do(ELIF, ask(person, 30 + 10 * place))

    sentence = evening.refusal(ELIF, ask(MIA, 100))

    assert sentence == (
        "5 requests of yours wait for an answer, which is the most at a time."
        " Please withdraw one first."
    )
    evening.do(ELIF, CancelTalk("m1"))
    evening.do(ELIF, ask(MIA, 100))


def test_who_has_declined_twice_is_not_asked_again() -> None:
    evening = Evening()
    for key in ("m1", "m2"):
        evening.do(ELIF, ask(RUTH, 40))
        evening.do(RUTH, DeclineTalk(key))

    assert "asked here 2 times" in evening.refusal(ELIF, ask(RUTH, 40))
    evening.do(RUTH, ask(ELIF, 40))  # she may change her mind


def test_twelve_requests_an_hour_are_the_most() -> None:
    evening = Evening(Meetings(between="all"))
    others = [JONAS, SAMI, RUTH, RICO, CARLA, MIA]
    for place, person in enumerate(others * 2):
        evening.do(ELIF, ask(person, 100))
        evening.do(ELIF, CancelTalk(f"m{place + 1}"))

    assert "asked here" in evening.refusal(ELIF, ask(MIA, 100))
    assert "12 requests within an hour" in evening.refusal(
        ELIF, AskForTalk((at(100),), organisation="Sellmoor")
    )


# Answering


def test_whoever_agrees_has_the_time_in_both_calendars() -> None:
    evening = asked(40, 60)

    evening.do(RUTH, AcceptTalk("m1", at(60)))

    assert (evening["m1"].stands, evening["m1"].slots) == ("agreed", (at(60),))
    assert evening.taken(ELIF, 60)
    assert evening.taken(RUTH, 60)
    assert not evening.taken(ELIF, 40)


def test_a_time_that_was_taken_meanwhile_cannot_be_agreed_to() -> None:
    evening = asked(40)
    evening.do(JONAS, ask(RUTH, 40))
    evening.do(RUTH, AcceptTalk("m2", at(40)))

    assert "no longer free" in evening.refusal(RUTH, AcceptTalk("m1", at(40)))
    evening.do(RUTH, ProposeTimes("m1", (at(50),)))


def test_only_the_one_who_is_asked_answers() -> None:
    evening = asked(40)

    assert "not answered yet" in evening.refusal(ELIF, AcceptTalk("m1", at(40)))
    assert "not among yours" in evening.refusal(JONAS, AcceptTalk("m1", at(40)))
    assert "not among yours" in evening.refusal(RUTH, DeclineTalk("m9"))
    evening.do(RUTH, DeclineTalk("m1"))
    assert "answered already" in evening.refusal(RUTH, AcceptTalk("m1", at(40)))
    assert not evening.taken(ELIF, 40)


def test_a_time_nobody_proposed_cannot_be_agreed_to() -> None:
    assert "no longer proposed" in asked(40).refusal(RUTH, AcceptTalk("m1", at(50)))


def test_proposing_another_time_turns_the_request_around() -> None:
    evening = asked(40)
    evening.wait(5)

    evening.do(RUTH, ProposeTimes("m1", (at(70), at(60))))

    assert (evening["m1"].turn, evening["m1"].slots) == ("elif", (at(60), at(70)))
    assert evening["m1"].since == at(5)
    assert (evening.taken(ELIF, 40), evening.taken(ELIF, 60), evening.taken(RUTH, 60)) == (
        False,
        False,
        True,
    )
    evening.do(ELIF, AcceptTalk("m1", at(70)))
    assert evening["m1"].stands == "agreed"


def test_whoever_proposed_last_can_take_it_back() -> None:
    evening = asked(40)
    assert "nothing left" in evening.refusal(RUTH, CancelTalk("m1"))
    evening.do(RUTH, ProposeTimes("m1", (at(60),)))

    evening.do(RUTH, CancelTalk("m1"))

    assert evening["m1"].stands == "declined"
    assert not evening.taken(RUTH, 60)


def test_a_request_lapses_fifteen_minutes_before_its_last_time() -> None:
    evening = asked(40, 60)

    evening.wait(26)
    assert evening["m1"].slots == (at(60),)
    evening.wait(18)
    assert evening["m1"].stands == "asked"
    evening.wait(1)

    assert evening["m1"].stands == "expired"
    assert evening.whats() == ["asked", "narrowed", "expired"]
    assert not evening.taken(ELIF, 60)


def test_a_request_lapses_after_twelve_hours() -> None:
    evening = Evening()
    evening.do(HOUSE, Cue((), {}, (SEVEN, SEVEN + 30 * HOUR)))
    evening.do(ELIF, ask(RUTH, 20 * 60))

    evening.wait(12 * 60 - 1)
    assert evening["m1"].stands == "asked"
    evening.wait(1)

    assert evening["m1"].stands == "expired"


# Moving and cancelling


def test_moving_is_one_step_and_the_calendars_entry_counts_it() -> None:
    evening = agreed(40)
    assert (evening["m1"].noted, evening["m1"].revision) == (True, 0)

    evening.do(ELIF, MoveTalk("m1", at(55)))

    assert (evening["m1"].slots, evening["m1"].revision) == ((at(55),), 1)
    assert (evening.taken(RUTH, 40), evening.taken(RUTH, 55)) == (False, True)


def test_a_talk_may_move_by_less_than_its_own_length() -> None:
    evening = agreed(40)
    evening.do(RUTH, MoveTalk("m1", at(45)))
    assert evening["m1"].slots == (at(45),)


def test_a_talk_does_not_move_onto_anything_else() -> None:
    evening = agreed(40)
    evening.do(JONAS, ask(RUTH, 60))
    evening.do(RUTH, AcceptTalk("m2", at(60)))

    assert "no longer free" in evening.refusal(ELIF, MoveTalk("m1", at(55)))
    evening.wait(30)
    assert "passed" in evening.refusal(ELIF, MoveTalk("m1", at(20)))


def test_either_side_cancels_and_it_counts_in_the_calendar() -> None:
    for person in (ELIF, RUTH):
        evening = agreed(40)
        evening.do(person, CancelTalk("m1"))
        assert (evening["m1"].stands, evening["m1"].revision) == ("cancelled", 1)
        assert not evening.taken(ELIF, 40)
        assert "nothing left" in evening.refusal(person, CancelTalk("m1"))


def test_only_what_is_agreed_on_can_be_moved() -> None:
    assert "both agreed on" in asked(40).refusal(ELIF, MoveTalk("m1", at(50)))


# An organisation's inbox


def to_kernbach(evening: Evening, by: Person, *minutes: float) -> None:
    evening.do(by, AskForTalk(tuple(map(at, minutes)), organisation="Kernbach"))


def test_a_request_to_an_organisation_has_one_owner_and_all_its_people_see_it() -> None:
    evening = Evening()
    evening.on_stage(rico=(30, 50))

    to_kernbach(evening, ELIF, 40)

    assert (evening["m1"].owner, evening["m1"].organisation) == ("ruth", "Kernbach")
    assert set(evening["m1"].readers) == {"elif", "ruth", "rico"}
    shown = lounge.show(evening.room, RICO, SEVEN).bookings
    assert shown.mine == {"m1": evening["m1"]}
    assert lounge.show(evening.room, CARLA, SEVEN).bookings.mine == {}


def test_requests_are_spread_over_an_organisations_people() -> None:
    evening = Evening()
    to_kernbach(evening, ELIF, 40)
    to_kernbach(evening, JONAS, 40)
    assert {evening["m1"].owner, evening["m2"].owner} == {"rico", "ruth"}


def test_a_request_is_handed_on_and_goes_on_waiting() -> None:
    evening = Evening()
    to_kernbach(evening, ELIF, 40)
    evening.wait(3)
    assert "Take it over first" in evening.refusal(RUTH, AcceptTalk("m1", at(40)))

    evening.do(RUTH, HandOn("m1", "ruth"))

    assert (evening["m1"].owner, evening["m1"].turn) == ("ruth", "ruth")
    assert evening["m1"].since == SEVEN
    evening.do(RUTH, AcceptTalk("m1", at(40)))
    assert evening.taken(RUTH, 40)
    assert not evening.taken(RICO, 40)


def test_what_came_to_one_person_can_be_handed_to_a_colleague() -> None:
    evening = asked(40)
    assert "not among yours" in evening.refusal(RICO, HandOn("m1", "rico"))

    evening.do(RUTH, HandOn("m1", "rico"))

    assert (evening["m1"].owner, evening["m1"].organisation) == ("rico", "Kernbach")
    assert set(evening["m1"].readers) == {"elif", "rico", "ruth"}


def test_a_request_is_handed_on_within_the_organisation_only() -> None:
    evening = asked(40)
    assert "somebody else of your organisation" in evening.refusal(RUTH, HandOn("m1", "carla"))
    assert "waits for your organisation" in evening.refusal(ELIF, HandOn("m1", "rico"))


# By itself


def test_a_room_opens_for_the_two_when_it_is_time() -> None:
    evening = agreed(40)

    events = evening.wait(40)

    opened = [event for event in events if isinstance(event, breakout.Opened)]
    assert [(each.breakout.id, each.breakout.kind, each.breakout.people) for each in opened] == [
        ("m1", "booked", ("elif", "ruth"))
    ]
    assert opened[0].breakout.opens_at == at(40)
    assert evening["m1"].stands == "met"


def test_two_talks_begin_at_the_same_time_in_rooms_of_their_own() -> None:
    evening = agreed(40)
    evening.do(JONAS, ask(CARLA, 40))
    evening.do(CARLA, AcceptTalk("m2", at(40)))

    events = evening.wait(40)

    opened = [event for event in events if isinstance(event, breakout.Opened)]
    assert {each.breakout.id for each in opened} == {"m1", "m2"}


def test_an_agenda_that_moves_shows_the_conflict_with_proposals() -> None:
    evening = agreed(40)

    evening.on_stage(ruth=(35, 45))

    assert evening["m1"].conflict == Conflict(("ruth",), (at(45), at(50), at(25)))
    assert evening["m1"].slots == (at(40),)
    assert evening.whats()[-1] == "in-conflict"


def test_a_proposal_is_taken_with_one_step() -> None:
    evening = agreed(40)
    evening.on_stage(ruth=(35, 45))

    evening.do(RUTH, MoveTalk("m1", at(45)))

    assert (evening["m1"].slots, evening["m1"].conflict) == ((at(45),), None)
    assert evening["m1"].revision == 1


def test_a_conflict_goes_away_with_the_agenda() -> None:
    evening = agreed(40)
    evening.on_stage(ruth=(35, 45))
    evening.on_stage(ruth=(20, 30))

    assert evening["m1"].conflict is None
    assert evening.whats()[-2:] == ["in-conflict", "fits"]


def test_an_agenda_that_slips_on_keeps_proposals_that_still_hold() -> None:
    evening = agreed(40)
    evening.on_stage(ruth=(35, 45))
    evening.on_stage(ruth=(35, 44))
    assert evening.whats().count("in-conflict") == 1

    evening.on_stage(ruth=(35, 47))

    assert evening.whats().count("in-conflict") == 2
    assert evening["m1"].conflict == Conflict(("ruth",), (at(50), at(25), at(55)))


def test_a_conflict_nobody_solved_moves_by_itself_to_the_next_time_free_for_both() -> None:
    evening = agreed(40)
    evening.on_stage(ruth=(35, 50))
    evening.do(JONAS, ask(RUTH, 50))
    evening.do(RUTH, AcceptTalk("m2", at(50)))

    evening.wait(40)

    assert (evening["m1"].stands, evening["m1"].slots) == ("agreed", (at(60),))
    assert (evening["m1"].revision, evening["m1"].conflict) == (1, None)
    evening.wait(20)
    assert evening["m1"].stands == "met"


def test_two_talks_of_one_person_never_move_to_the_same_time() -> None:
    evening = agreed(40)
    evening.do(JONAS, ask(RICO, 40))
    evening.do(RICO, AcceptTalk("m2", at(40)))
    evening.on_stage(ruth=(40, 50), rico=(40, 50))

    evening.wait(40)

    assert evening["m1"].slots == evening["m2"].slots == (at(50),)


def test_a_talk_for_which_no_time_is_left_says_so() -> None:
    evening = agreed(40)
    evening.on_stage(ruth=(35, 180))

    assert evening["m1"].conflict == Conflict(("ruth",), (at(25), at(20), at(15)))
    evening.wait(40)

    assert (evening["m1"].stands, evening["m1"].revision) == ("missed", 1)


def test_a_block_ends_what_was_agreed_and_what_was_asked_without_a_reason() -> None:
    evening = agreed(40)
    evening.do(CARLA, ask(ELIF, 60))

    evening.do(ELIF, safety.Block("ruth"), safety.Block("carla"))

    assert (evening["m1"].stands, evening["m2"].stands) == ("cancelled", "expired")
    changed = [event for event in evening.log if isinstance(event, BookingChanged)]
    assert [event.by for event in changed[-2:]] == [None, None]


def test_a_block_hands_an_organisations_request_to_a_colleague() -> None:
    evening = Evening()
    to_kernbach(evening, ELIF, 40)

    evening.do(ELIF, safety.Block("rico"))

    assert (evening["m1"].stands, evening["m1"].owner) == ("asked", "ruth")


def test_who_is_no_longer_on_the_list_has_no_talks() -> None:
    evening = agreed(40)
    rest = {key: person for key, person in PEOPLE.items() if key != "ruth"}

    evening.do(HOUSE, Admit(rest, Meetings()))

    assert evening["m1"].stands == "cancelled"


def test_the_fixed_talks_are_those_agreed_on() -> None:
    evening = agreed(60)
    evening.do(JONAS, ask(CARLA, 40))
    evening.do(SAMI, ask(RICO, 30))
    evening.do(RICO, AcceptTalk("m3", at(30)))

    assert [booking.id for booking in booked.fixed(evening.room)] == ["m3", "m1"]


# Whatever happens


NAMES = {"elif": ELIF, "jonas": JONAS, "ruth": RUTH, "rico": RICO, "carla": CARLA}
persons = st.sampled_from(sorted(NAMES))
times = st.sampled_from([40.0, 45.0, 50.0, 75.0])  # few, so that much comes together
several = st.lists(times, min_size=1, max_size=2, unique=True).map(
    lambda found: tuple(map(at, found))
)
keys = st.integers(1, 5).map(lambda number: f"m{number}")
deeds = st.one_of(
    st.builds(AskForTalk, several, persons),
    st.builds(AskForTalk, several, st.none(), st.just("Kernbach"), st.sampled_from([600, 900])),
    st.builds(AcceptTalk, keys, times.map(at)),
    st.builds(ProposeTimes, keys, several),
    st.builds(MoveTalk, keys, times.map(at)),
    st.builds(HandOn, keys, persons),
    st.builds(DeclineTalk, keys),
    st.builds(CancelTalk, keys),
    st.builds(safety.Block, persons, st.booleans()),
)
slips = st.dictionaries(persons, times.map(lambda since: (since, since + 15)), max_size=3)
asking = st.tuples(persons, st.builds(AskForTalk, several, st.sampled_from(["ruth", "elif"])))
agreeing = st.tuples(st.just("accept"), keys)
happenings = st.one_of(
    asking, asking, agreeing, agreeing, st.tuples(persons, deeds), st.floats(0.5, 30), slips
)


def lived(happened: list[object]) -> Evening:
    evening = Evening(Meetings(between="all"))
    for each in happened:
        with suppress(Refused):
            if isinstance(each, float):
                evening.wait(each)
            elif isinstance(each, dict):
                evening.on_stage(**each)
            elif isinstance(each, tuple) and each[0] == "accept":
                booking = evening.room.bookings.all.get(str(each[1]))
                if booking is not None:
                    answer = AcceptTalk(booking.id, booking.slots[-1])
                    evening.do(PEOPLE[booking.turn], answer)
            elif isinstance(each, tuple):
                evening.do(NAMES[each[0]], each[1])
        check(evening)
    return evening


def check(evening: Evening) -> None:
    part = evening.room.bookings
    deadlines = [
        booking.starts_at
        if booking.stands == "agreed"
        else min(booking.slots[0] - 900, booking.expires_at or booking.slots[0])
        for booking in part.all.values()
        if booking.stands in ("agreed", "asked")
    ]
    assert part.due_at == min(deadlines, default=None)
    for person in NAMES:
        meetings = sorted(
            (booking.starts_at, booking.ends_at)
            for booking in part.all.values()
            if person in booking.people and booking.stands == "agreed"
        )
        # Nobody is ever booked twice.
        assert all(one[1] <= two[0] for one, two in pairwise(meetings))
    for booking in part.all.values():
        if booking.stands == "asked":
            # A request holds at most two times, of its proposer alone, and lapses.
            assert len(booking.slots) in (1, 2)
            assert booking.expires_at is not None
            assert booking.expires_at <= min(booking.since + 12 * HOUR, booking.slots[-1] - 900)
            assert evening.now < booking.expires_at
            assert not safety.blocked(evening.room, *booking.people)
            alone = replace(
                part,
                all={booking.id: booking},
                ahead=dict.fromkeys(booking.people, (booking.id,)),
            )
            room = replace(evening.room, bookings=alone)
            span = (booking.slots[0], booking.slots[0] + booking.seconds)
            assert booked.taken(room, booking.proposer, span)
            assert not booked.taken(room, booking.turn, span)
        if booking.stands == "agreed":
            for person in booking.people:
                free = calendar.free(
                    evening.room, person, (booking.starts_at, booking.ends_at), booking.id
                )
                # What the agenda is in the way of is shown, never dropped.
                assert free or (booking.conflict and person in booking.conflict.people)


@given(st.lists(happenings, min_size=8, max_size=30))
def test_nobody_is_booked_twice_and_no_conflict_goes_unseen(happened: list[object]) -> None:
    lived(happened)


@given(st.lists(happenings, min_size=8, max_size=25))
def test_the_log_makes_the_same_bookings_again(happened: list[object]) -> None:
    evening = lived(happened)
    room = lounge.opening()
    for event in evening.log:
        if type(event).stored:
            room = lounge.apply(room, event)
    part = replace(room.bookings, looked=evening.room.bookings.looked)
    assert part == evening.room.bookings
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(evening.room), type=Lounge)
    assert again.bookings == evening.room.bookings


@given(st.lists(happenings, min_size=8, max_size=25))
def test_a_calendars_entry_never_changes_without_a_higher_sequence(happened: list[object]) -> None:
    evening = lived(happened)
    seen: dict[str, tuple[int, tuple[float, ...], bool]] = {}
    for event in evening.log:
        if isinstance(event, BookingChanged) and event.booking.noted:
            booking = event.booking
            now = (booking.revision, booking.slots, booking.stands in ("cancelled", "missed"))
            before = seen.get(booking.id)
            assert before is None or before[1:] == now[1:] or before[0] < now[0]
            seen[booking.id] = now
