"""Booths, live: numbers, calls, talks at the counter, and what is said of who is there."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from rooms import acquaintance, booths, cases, circles, lounge, rights, staffing
from rooms.fronts import (
    BeThere,
    BeWilling,
    SayAtBooth,
    ShowAtBooth,
    TakeBreak,
    TellMe,
    UnsayAtBooth,
    WatchBooth,
    Wave,
)
from rooms.hosting import (
    Finish,
    HandOver,
    JoinCounter,
    LeaveCounter,
    LetIn,
    MakePrivate,
    StayAtCounter,
    TakeOver,
)
from rooms.lounge import RoundTime
from rooms.paired import Meeting, Pairing, Plan
from rooms.people import HOUSE, Person
from rooms.queues import COMES, Called, GivenBack, Missed, estimate
from rooms.safety import Block
from rooms.staffing import Duty, Wait
from rooms.stalls import Proposed, SomebodyBack, Waved
from rooms.tables import OpenTable, ShareScreen
from rooms.turns import Call, Come, GiveBack, Next, TakeNumber
from rooms.wishes import Describe, Profile
from schedule.machine import Event
from tests.rooms.fairs import (
    ALL,
    BOOTHS,
    ELIF,
    JONAS,
    KAI,
    MIA,
    NELE,
    NOON,
    OTHERS,
    RUTH,
    TIM,
    Fairday,
    replayed,
)

NEXT, COME = Next("kernbach"), Come("kernbach")


def duty(day: Fairday, person: Person) -> Duty:
    return staffing.duty(day.room, person.id, day.now)


def talking(*visitors: Person) -> Fairday:
    """Ruth talks with the first of them; the others wait."""
    day = Fairday().opened().queue(*visitors)
    day.do(RUTH, NEXT)
    day.do(visitors[0], COME)
    return day


def of(kind: type[Event], events: tuple[Event, ...]) -> list[Event]:
    return [each for each in events if isinstance(each, kind)]


# Numbers


def test_numbers_are_given_in_turn_and_said_to_their_owner_and_the_booth_alone() -> None:
    day = Fairday().opened()
    (taken,) = day.do(ELIF, TakeNumber("kernbach", " Optics "))
    day.do(JONAS, TakeNumber("kernbach"))

    assert [day.ticket(each).number for each in (ELIF, JONAS)] == [1, 2]
    assert day.ticket(ELIF).topic == "Optics"
    assert [each for each in ALL.values() if rights.hears(taken, each)] == [RUTH, KAI, ELIF]


def test_a_second_click_draws_no_second_number() -> None:
    day = Fairday().opened().queue(ELIF)

    assert day.do(ELIF, TakeNumber("kernbach")) == ()


def test_where_nobody_is_and_at_ones_own_booth_there_are_no_numbers() -> None:
    day = Fairday()
    assert "Nobody is at this booth" in day.refusal(ELIF, TakeNumber("kernbach"))
    day.opened()
    assert "your own booth" in day.refusal(KAI, TakeNumber("kernbach"))
    assert "not there any more" in day.refusal(ELIF, TakeNumber("nowhere"))


def test_a_place_survives_the_network_and_a_restart() -> None:
    day = Fairday().opened().queue(ELIF, JONAS)
    day.here("ruth", "jonas")
    day.wait(1200)

    assert day.waiting() == ["elif", "jonas"]
    assert replayed(day.log).booths.queues == day.room.booths.queues


def test_what_waits_for_somebody_gone_from_the_list_is_cleared_away() -> None:
    day = Fairday().opened().queue(ELIF, JONAS)
    others = {key: each for key, each in ALL.items() if each is not ELIF}
    day.do(HOUSE, lounge.Admit(others, day.room.rules, BOOTHS))

    assert day.waiting() == ["jonas"]


# Calls


def test_the_first_is_called_and_has_two_minutes() -> None:
    day = Fairday().opened().queue(ELIF, JONAS)
    day.do(RUTH, NEXT)

    assert day.called() == {"ruth": "elif"}
    assert day.ticket(ELIF).called_until == NOON + COMES
    assert day.do(RUTH, NEXT) == ()


def test_whoever_does_not_come_is_second_once_and_the_next_is_called() -> None:
    day = Fairday().opened().queue(ELIF, JONAS, NELE)
    day.do(RUTH, NEXT)
    happened = day.wait(COMES)

    assert [type(each) for each in happened if isinstance(each, Missed | Called)] == [
        Missed,
        Called,
    ]
    assert day.waiting() == ["jonas", "elif", "nele"]
    assert day.called() == {"ruth": "jonas"}


def test_the_second_missed_turn_gives_the_number_back() -> None:
    day = Fairday().opened().queue(ELIF)
    day.do(RUTH, NEXT)
    day.wait(COMES)
    assert day.waiting() == ["elif"]
    assert day.called() == {}, "nobody is called twice in a row by itself"
    day.do(RUTH, NEXT)
    (given,) = of(GivenBack, day.wait(COMES))

    assert isinstance(given, GivenBack)
    assert given.why == "missed"
    assert day.waiting() == []


def test_whoever_was_called_out_of_turn_does_not_gain_by_not_coming() -> None:
    day = Fairday().opened().queue(ELIF, JONAS, NELE)
    day.do(RUTH, Call("kernbach", "nele"))
    day.wait(COMES)

    assert day.waiting() == ["elif", "jonas", "nele"]


def test_whoever_is_in_a_talk_elsewhere_is_skipped_and_keeps_the_place() -> None:
    day = talking(ELIF, JONAS)
    day.do(TIM, BeThere("auwald"))
    day.do(ELIF, TakeNumber("auwald"))
    day.do(NELE, TakeNumber("auwald"))
    day.do(TIM, Next("auwald"))

    assert day.called() == {"tim": "nele"}
    assert day.waiting("auwald") == ["elif", "nele"]


def test_who_loads_a_page_is_not_overtaken_and_who_is_long_gone_is_skipped() -> None:
    day = Fairday().opened().queue(ELIF, JONAS)
    day.here("ruth", "jonas")
    day.wait(8)
    day.do(RUTH, NEXT)
    assert day.called() == {"ruth": "elif"}
    day.do(JONAS, GiveBack("kernbach"))
    day.queue(JONAS)
    day.wait(COMES)

    assert day.called() == {"ruth": "jonas"}
    assert day.waiting() == ["jonas", "elif"]
    day.do(JONAS, COME)
    day.do(RUTH, LeaveCounter("c1"))
    day.wait(20)
    assert "can come just now" in day.refusal(RUTH, NEXT)


def test_whoever_is_called_at_one_booth_is_not_called_at_another() -> None:
    day = Fairday().opened().queue(ELIF)
    day.do(TIM, BeThere("auwald"))
    day.do(ELIF, TakeNumber("auwald"))
    day.do(RUTH, NEXT)

    assert "can come just now" in day.refusal(TIM, Next("auwald"))


def test_whom_the_agenda_wants_soon_is_not_called() -> None:
    day = Fairday().opened().queue(ELIF, JONAS)
    day.agenda({"elif": ((NOON + 60, NOON + 300),)})
    day.do(RUTH, NEXT)

    assert day.called() == {"ruth": "jonas"}


def test_a_call_that_the_agenda_overtakes_costs_nobody_the_place() -> None:
    day = Fairday().opened().queue(ELIF, JONAS)
    day.do(RUTH, NEXT)
    day.agenda({"elif": ((NOON + 10, NOON + 300),)})
    day.wait(15)

    assert day.called() == {"ruth": "jonas"}
    assert day.waiting() == ["elif", "jonas"]
    assert day.ticket(ELIF).missed == 0


def test_a_call_ends_when_the_representative_goes_on_stage() -> None:
    day = Fairday().opened().queue(ELIF)
    day.do(RUTH, NEXT)
    day.agenda({"ruth": ((NOON + 10, NOON + 300),)})
    day.wait(15)

    assert day.called() == {}
    assert day.waiting() == ["elif"]
    assert "does not hold" not in day.refusal(ELIF, COME)


def test_who_gives_a_called_number_back_makes_way_for_the_next() -> None:
    day = Fairday().opened().queue(ELIF, JONAS)
    day.do(RUTH, NEXT)
    day.do(ELIF, GiveBack("kernbach"))

    assert day.waiting() == ["jonas"]
    assert day.called() == {"ruth": "jonas"}


def test_a_call_holds_a_minute_longer_when_the_house_itself_was_away() -> None:
    day = Fairday().opened().queue(ELIF)
    day.do(RUTH, NEXT)
    day.room = replayed(day.log)
    day.now += 600
    day.here("ruth", "elif")

    assert day.ticket(ELIF).called_until == day.now + 60
    day.do(ELIF, COME)
    assert day.talks() == [["ruth", "elif"]]


# At the counter


def test_who_comes_sits_with_the_one_who_called() -> None:
    day = talking(ELIF, JONAS)

    assert day.talks() == [["ruth", "elif"]]
    assert day.waiting() == ["jonas"]
    assert acquaintance.met(day.room, "ruth", "elif")
    assert circles.people(day.room, "counter-c1") == ("ruth", "elif")


def test_only_who_is_called_can_come() -> None:
    day = Fairday().opened().queue(ELIF)

    assert "not your turn" in day.refusal(ELIF, COME)


def test_who_comes_from_a_table_gets_up_there() -> None:
    day = Fairday().opened().queue(ELIF)
    day.do(ELIF, OpenTable("Optics"))
    day.do(RUTH, NEXT)
    day.do(ELIF, COME)

    assert [list(each.seats) for each in day.room.tables.tables.values()] == [[]]


def test_who_sits_down_at_a_table_leaves_the_counter() -> None:
    day = talking(ELIF)
    day.do(ELIF, OpenTable("Optics"))

    assert day.talks() == []


def test_a_talk_ends_softly() -> None:
    day = talking(ELIF)
    day.do(RUTH, Finish("c1"))
    assert day.room.booths.counters["c1"].ends_at == NOON + 20
    day.wait(20)

    assert day.talks() == []
    assert day.room.booths.talks["kernbach"][0].visitors == ("elif",)


def test_seats_are_kept_for_a_while_and_no_longer() -> None:
    day = talking(ELIF)
    day.do(ELIF, StayAtCounter("c1", leaving=True))
    day.wait(9)
    day.do(ELIF, StayAtCounter("c1"))
    day.do(RUTH, StayAtCounter("c1"))
    day.wait(60)
    assert day.talks() == [["ruth", "elif"]]
    day.do(RUTH, StayAtCounter("c1"))
    day.wait(31)

    assert day.talks() == []


def test_a_talk_is_handed_to_a_colleague_who_takes_it() -> None:
    day = talking(ELIF)
    day.do(RUTH, HandOver("c1", "kai"))
    assert day.talks() == [["ruth", "elif"]]
    day.do(KAI, TakeOver("c1"))

    assert sorted(day.talks()[0]) == ["elif", "kai"]
    assert day.room.booths.counters["c1"].reps == ("kai",)


def test_a_talk_is_handed_to_nobody_else() -> None:
    day = talking(ELIF)

    assert "Only a colleague" in day.refusal(RUTH, HandOver("c1", "tim"))
    assert "Only those of this booth" in day.refusal(ELIF, HandOver("c1", "kai"))
    assert "not handed to you" in day.refusal(KAI, TakeOver("c1"))


def test_who_asks_is_let_in_and_nobody_asks_where_they_are_among_themselves() -> None:
    day = talking(ELIF)
    day.do(JONAS, JoinCounter("c1"))
    day.do(RUTH, LetIn("c1", "jonas"))
    assert day.talks() == [["ruth", "elif", "jonas"]]
    day.do(RUTH, MakePrivate("c1"))

    assert "among themselves" in day.refusal(NELE, JoinCounter("c1"))


def test_at_most_six_stand_around_a_counter() -> None:
    day = Fairday(ALL | OTHERS).opened().queue(ELIF)
    day.do(RUTH, NEXT)
    day.do(ELIF, COME)
    for each in list(OTHERS.values())[:4]:
        day.do(each, JoinCounter("c1"))
        day.do(RUTH, LetIn("c1", each.id))

    assert len(day.talks()[0]) == 6
    assert "no room" in day.refusal(OTHERS["p5"], JoinCounter("c1"))


def test_who_waits_can_be_called_to_a_talk_that_goes_on() -> None:
    day = talking(ELIF, JONAS)
    day.do(RUTH, LetIn("c1", "jonas"))
    day.do(JONAS, COME)

    assert day.talks() == [["ruth", "elif", "jonas"]]
    assert day.waiting() == []


def test_without_its_representative_a_talk_says_goodbye() -> None:
    day = talking(ELIF)
    day.do(RUTH, LeaveCounter("c1"))
    assert day.talks() == [["elif"]]
    day.wait(20)

    assert day.talks() == []


def test_the_agenda_calls_people_away_a_minute_before() -> None:
    day = talking(ELIF)
    day.agenda({"ruth": ((NOON + 100, NOON + 300),)})
    day.wait(45)

    assert day.room.booths.counters["c1"].called == {"ruth": NOON + 100}


def test_a_screen_is_shared_at_a_counter_as_at_a_table() -> None:
    day = talking(ELIF)
    day.do(ELIF, ShareScreen("counter-c1"))
    circle = circles.find(day.room, "counter-c1")
    assert circle is not None
    assert circle.screen == "elif"
    day.do(ELIF, LeaveCounter("c1"))

    assert day.room.tables.screens == {}


# Who keeps whom away


def test_who_keeps_each_other_away_do_not_meet_and_nobody_learns_why() -> None:
    day = Fairday().opened().queue(ELIF, JONAS)
    day.do(ELIF, Block("ruth"))
    day.do(RUTH, NEXT)
    assert day.called() == {"ruth": "jonas"}
    day.do(JONAS, GiveBack("kernbach"))

    assert "can come just now" in day.refusal(RUTH, NEXT)
    assert "cannot come just now" in day.refusal(RUTH, Call("kernbach", "elif"))
    day.do(KAI, NEXT)
    assert day.called() == {"kai": "elif"}


def test_who_keeps_somebody_away_in_a_talk_is_out_of_it() -> None:
    day = talking(ELIF)
    day.do(ELIF, Block("ruth"))

    assert day.talks() == []


# What is true of those of the booth


def test_a_representative_is_what_one_sees() -> None:
    day = Fairday()
    assert duty(day, RUTH) == Duty("away")
    day.opened().queue(ELIF)
    assert duty(day, RUTH) == Duty("free")
    day.do(RUTH, TakeBreak("kernbach", until=NOON + 300))
    assert duty(day, RUTH) == Duty("break", NOON + 300)
    assert day.do(RUTH, BeThere("kernbach")) == (), "a page that is loaded anew ends no break"
    day.do(RUTH, NEXT)
    assert duty(day, RUTH) == Duty("talk")
    day.do(ELIF, COME)
    assert duty(day, RUTH) == Duty("talk", NOON + 360)
    day.do(RUTH, LeaveCounter("c1"))
    day.agenda({"ruth": ((NOON, NOON + 200),)})
    assert duty(day, RUTH) == Duty("stage", NOON + 200)
    day.agenda()
    day.here("elif")
    assert duty(day, RUTH) == Duty("away")


def test_who_talks_at_a_counter_is_not_fetched_into_a_round_that_is_on() -> None:
    day = talking(ELIF, JONAS)
    turn = RoundTime("first", "Erste Runde", NOON - 60, NOON + 540, "live")
    day.agenda(rounds=(turn, replace(turn, item="second", how="waiting")))
    for person in (RUTH, ELIF, JONAS):
        day.do(person, Describe(Profile(takes_part=True)))
    case = cases.fresh(day.room).case

    assert {each.id: each.present for each in case.people}["elif"] == (0,), "the next one calls"
    meetings = {"first": (Meeting("first", ("jonas", "ruth")),)}
    plan = Plan(1, meetings, value=0, bound=0, at=NOON)
    pairing = Pairing(number=1, published=plan, people=frozenset(ALL), looked_at=NOON)
    standing = cases.standing(replace(day.room, pairing=pairing))
    present = {each.id: each.present for each in standing.case.people}
    assert (present["elif"], present["jonas"]) == ((1,), (0, 1))


def test_who_is_long_gone_stands_at_no_booth() -> None:
    day = Fairday().opened()
    day.here("elif")
    day.wait(599)
    assert staffing.at_booth(day.room, "kernbach") == ("ruth",)
    day.wait(30)

    assert staffing.at_booth(day.room, "kernbach") == ()


def test_the_estimate_counts_those_ahead_and_the_rest_of_the_talk() -> None:
    day = talking(ELIF, JONAS, NELE)
    day.now += 100

    assert staffing.wait(day.room, "kernbach", "jonas", day.now) == Wait(0, 260)
    assert staffing.wait(day.room, "kernbach", "nele", day.now) == Wait(1, 620)
    assert staffing.wait(day.room, "kernbach", "elif", day.now) is None


def test_nobody_there_promises_nothing() -> None:
    assert estimate((), 360, 0, NOON) is None
    assert estimate((0.0, NOON + 100), 360, 1, NOON) == 100
    assert estimate((NOON - 50,), 360, 0, NOON) == 60


def test_what_all_see_names_no_visitor() -> None:
    shown = msgspec.json.encode(lounge.view(talking(ELIF, JONAS).room, booths.VIEWS[0], NOON))

    assert b"ruth" in shown
    assert b"elif" not in shown
    assert b"jonas" not in shown


def test_each_reader_sees_their_own_alone() -> None:
    day = talking(ELIF, JONAS)
    seen = {each.id: booths.show(day.room, each, day.now) for each in ALL.values()}

    assert seen["elif"].counter is not None
    assert list(seen["jonas"].tickets) == ["kernbach"]
    assert seen["kai"].desk is not None
    assert list(seen["kai"].desk.tickets) == ["jonas"]
    assert seen["tim"].desk is not None
    assert seen["tim"].desk.tickets == {}
    assert (seen["mia"].desk, seen["mia"].counter, seen["mia"].tickets) == (None, None, {})


def test_only_those_of_a_booth_serve_it() -> None:
    day = talking(ELIF, JONAS)
    for command in (NEXT, Call("kernbach", "jonas"), BeThere("kernbach"), TakeBreak("kernbach"),
                    ShowAtBooth("kernbach"), Finish("c1"), LetIn("c1", "jonas"),
                    MakePrivate("c1")):  # fmt: skip
        for person in (TIM, ELIF, MIA):
            assert day.refusal(person, command) == "Only those of this booth can do this."


# Before the booth


def test_what_is_shown_is_seen_by_everybody_until_a_talk_begins() -> None:
    day = Fairday().opened().queue(ELIF)
    day.do(RUTH, ShowAtBooth("kernbach", caption="The valve"))
    circle = circles.find(day.room, "show-kernbach")
    assert circle is not None
    assert circle.public
    assert list(circle.seats) == ["ruth"]
    day.do(RUTH, NEXT)
    day.do(ELIF, COME)

    assert circles.find(day.room, "show-kernbach") is None
    assert "leave it first" in day.refusal(RUTH, ShowAtBooth("kernbach"))


def test_the_chat_is_for_those_who_come_later_too_and_lines_can_be_taken_back() -> None:
    day = Fairday().opened()
    day.do(ELIF, SayAtBooth("kernbach", "Which valve is it?"))
    day.do(JONAS, SayAtBooth("kernbach", "Nonsense"))
    day.do(RUTH, UnsayAtBooth("kernbach", "l2"))
    (seen,) = day.do(NELE, WatchBooth("kernbach", fresh=True))

    assert [line["text"] for line in msgspec.to_builtins(seen)["lines"]] == ["Which valve is it?"]
    assert "your own lines" in day.refusal(NELE, UnsayAtBooth("kernbach", "l1"))


def test_those_who_look_are_counted_while_they_do() -> None:
    day = Fairday().opened()
    day.do(ELIF, WatchBooth("kernbach"))
    day.do(JONAS, WatchBooth("kernbach"))
    day.do(KAI, WatchBooth("kernbach"))
    assert staffing.stall(day.room, "kernbach", day.now).watching == 2, "but for its own people"
    day.do(JONAS, WatchBooth("kernbach", on=False))
    day.wait(95)

    assert staffing.stall(day.room, "kernbach", day.now).watching == 0


def test_a_wave_reaches_those_who_stand_there() -> None:
    day = Fairday().opened()
    (waved,) = day.do(ELIF, Wave("kernbach"))

    assert waved == Waved("kernbach", "elif", NOON, ("ruth",))
    assert day.do(ELIF, Wave("kernbach")) == ()


def test_who_wants_to_is_told_when_somebody_is_back() -> None:
    day = Fairday()
    day.do(ELIF, TellMe("kernbach"))
    assert of(SomebodyBack, day.wait(60)) == []
    day.do(RUTH, BeThere("kernbach"))

    assert of(SomebodyBack, tuple(day.log)) == [SomebodyBack("kernbach", "elif")]


def test_an_idle_booth_is_proposed_idle_talents_who_agreed_and_whose_topics_fit() -> None:
    day = Fairday().opened()
    day.do(RUTH, Describe(Profile(seeks=("optics",))))
    for person, topic in ((ELIF, "optics"), (JONAS, "optics"), (NELE, "law")):
        day.do(person, Describe(Profile(offers=(topic,))))
    day.do(ELIF, BeWilling())
    day.do(NELE, BeWilling())
    (proposed,) = of(Proposed, day.wait(10))
    assert proposed == Proposed("kernbach", ("elif",), ("ruth", "kai"))
    assert "agreed to be invited" in day.refusal(RUTH, Call("kernbach", "jonas"))
    day.do(RUTH, Call("kernbach", "elif"))
    assert day.ticket(ELIF).invited
    day.do(ELIF, GiveBack("kernbach"))

    assert day.waiting() == []
    assert "agreed to be invited" in day.refusal(RUTH, Call("kernbach", "elif"))
