"""Turns at a booth: numbers, and whom a representative calls, and what comes of it."""

from __future__ import annotations

from rooms import lounge, rights
from rooms.fronts import (
    BeThere,
)
from rooms.hosting import (
    LeaveCounter,
)
from rooms.people import HOUSE
from rooms.queues import COMES, Called, GivenBack, Missed
from rooms.turns import Call, Come, GiveBack, Next, TakeNumber
from tests.rooms.fairs import (
    ALL,
    BOOTHS,
    ELIF,
    JONAS,
    KAI,
    NELE,
    NOON,
    RUTH,
    TIM,
    Fairday,
    of,
    replayed,
    talking,
)

NEXT, COME = Next("kernbach"), Come("kernbach")


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
