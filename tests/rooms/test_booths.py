"""Booths: what is true of those who stand there, and what happens before them."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from rooms import booths, cases, circles, lounge, staffing
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
    LeaveCounter,
    LetIn,
    MakePrivate,
)
from rooms.lounge import RoundTime
from rooms.paired import Meeting, Pairing, Plan
from rooms.people import Person
from rooms.queues import estimate
from rooms.staffing import Duty, Wait
from rooms.stalls import Proposed, SomebodyBack, Waved
from rooms.turns import Call, Come, GiveBack, Next
from rooms.wishes import Describe, Profile
from tests.rooms.fairs import (
    ALL,
    ELIF,
    JONAS,
    KAI,
    MIA,
    NELE,
    NOON,
    RUTH,
    TIM,
    Fairday,
    of,
    talking,
)

NEXT, COME = Next("kernbach"), Come("kernbach")


def duty(day: Fairday, person: Person) -> Duty:
    return staffing.duty(day.room, person.id, day.now)


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
