"""Whom people would like to meet: who is told, what counts, and how much."""

from __future__ import annotations

import msgspec
import pytest

from rooms import lounge, rights, wishes
from rooms.lounge import Admit, Lounge
from rooms.people import HOUSE, Person, Role
from rooms.safety import Block
from rooms.wishes import Declined, Describe, Described, Profile, Refuse, Wish, Wished, Write
from schedule import items
from schedule.items import Meetings
from schedule.machine import Command, Event, Refused
from tests.rooms.scenes import EVERYBODY, GRETA, MIRA, OSKAR, RHEA, TESSA, TILDA, TOM, T

RUTH = Person("ruth", "Ruth Rieger", Role.REP)
PAUL = Person("paul", "Paul Pole", Role.REP, languages=("pl",))
ALL = (*EVERYBODY, RUTH, PAUL)

OPTICS = Profile(offers=("Optik",), jobs=("thesis",))
SEEKS_OPTICS = Profile(seeks=("optik", "Laser"), jobs=("thesis", "job"))


def full(rules: Meetings | None = None) -> Lounge:
    people = {each.id: each for each in ALL}
    return did(lounge.opening(), HOUSE, Admit(people, rules or Meetings()))[0]


def did(room: Lounge, by: Person, *commands: Command) -> tuple[Lounge, tuple[Event, ...]]:
    events: tuple[Event, ...] = ()
    for command in commands:
        rights.may(room, command, by)
        events = lounge.decide(room, command, by, T)
        for event in events:
            room = lounge.apply(room, event)
    return room, events


def refusal(room: Lounge, by: Person, command: Command) -> str:
    with pytest.raises(Refused) as refused:
        did(room, by, command)
    return str(refused.value)


# Describing oneself


def test_a_profile_is_tidied_and_everybody_hears_it() -> None:
    said = Profile(seeks=(" Optik ", "OPTIK", "Dünne  Schichten"), degree=" Master ")

    room, events = did(full(), TILDA, Describe(said))

    tidy = Profile(seeks=("Optik", "Dünne Schichten"), degree="Master")
    assert events == (Described("tilda", tidy),)
    assert all(rights.hears(events[0], person) for person in ALL)
    assert wishes.show(room, RHEA, T).profiles == {"tilda": tidy}
    assert did(room, TILDA, Describe(said))[1] == ()


def test_what_the_organisers_wrote_holds_until_somebody_speaks_for_themselves() -> None:
    tilda = items.Person("tilda", "Tilda Tann", "talent", offers=("Optik",), about="Master")
    rhea = items.Person("rhea", "Rhea Rot", "rep", seeks=("Optik",))
    room, events = did(full(), HOUSE, wishes.written((tilda, rhea)))
    assert events == (
        Described("tilda", Profile(offers=("Optik",), about="Master"), own=False),
        Described("rhea", Profile(seeks=("Optik",)), own=False),
    )

    room, _ = did(room, TILDA, Describe(Profile(offers=("Laser",))))
    room, events = did(room, HOUSE, Write({"tilda": Profile(), "rhea": Profile(seeks=("Laser",))}))

    assert events == (Described("rhea", Profile(seeks=("Laser",)), own=False),)
    assert wishes.topics_in_common(room, "rhea", "tilda") == ("Laser",)


def test_whoever_is_kept_away_sees_no_profile() -> None:
    room, _ = did(full(), TILDA, Describe(OPTICS))
    room, _ = did(room, TILDA, Block("rhea"))

    assert wishes.show(room, RHEA, T).profiles == {}
    assert wishes.show(room, RUTH, T).profiles == {"tilda": OPTICS}


# Lists


def test_wishes_are_ranked_moved_and_taken_off() -> None:
    room, _ = did(full(), TILDA, Wish("rhea", 0), Wish("ruth", 0), Wish("paul", 19))
    assert room.wishes.lists["tilda"] == ("ruth", "rhea", "paul")

    room, events = did(room, TILDA, Wish("paul", 1))
    assert events == (Wished("tilda", ("ruth", "paul", "rhea")),)

    room, events = did(room, TILDA, Wish("ruth"))
    assert events == (Wished("tilda", ("paul", "rhea")),)
    assert did(room, TILDA, Wish("ruth"))[1] == ()


def test_nobody_else_learns_of_a_wish_or_a_refusal() -> None:
    room, (wished,) = did(full(), TILDA, Wish("rhea", 0))
    room, events = did(room, RHEA, Refuse("tilda"))

    assert [each.id for each in (*ALL, HOUSE) if rights.hears(wished, each)] == ["tilda"]
    assert events == (Declined("rhea", "tilda", on=True),)
    assert [each.id for each in (*ALL, HOUSE) if rights.hears(events[0], each)] == ["rhea"]
    for person in (TOM, MIRA, OSKAR, RUTH):
        seen = wishes.show(room, person, T)
        assert (seen.mine, seen.refused) == ((), ())
    assert (wishes.show(room, TILDA, T).mine, wishes.show(room, TILDA, T).refused) == (
        ("rhea",),
        (),
    )


def test_the_snapshots_of_others_hold_no_trace_of_a_refusal() -> None:
    plain = full()
    refused, _ = did(plain, RHEA, Refuse("tilda"))
    for person in (TILDA, TOM, MIRA, OSKAR, RUTH):
        one, other = lounge.show(plain, person, T), lounge.show(refused, person, T)
        assert msgspec.json.encode(one) == msgspec.json.encode(other)


def test_a_refusal_takes_off_the_list_and_a_wish_takes_the_refusal_back() -> None:
    room, _ = did(full(), TILDA, Wish("rhea", 0))

    room, events = did(room, TILDA, Refuse("rhea"))
    assert events == (Wished("tilda", ()), Declined("tilda", "rhea", on=True))

    room, events = did(room, TILDA, Wish("rhea", 0))
    assert events == (Declined("tilda", "rhea", on=False), Wished("tilda", ("rhea",)))
    assert not wishes.vetoed(room, "tilda", "rhea")


def test_only_people_one_may_meet_are_wished_for() -> None:
    words = "You cannot meet this person here. Please choose somebody else."
    for person in ("tom", "tilda", "greta", "nobody"):
        assert refusal(full(), TILDA, Wish(person, 0)) == words
    room, _ = did(full(Meetings(between="all")), TILDA, Wish("tom", 0), Wish("greta", 1))
    assert room.wishes.lists["tilda"] == ("tom", "greta")


def test_a_list_has_an_end() -> None:
    many = {f"r{n}": Person(f"r{n}", f"R {n}", Role.REP) for n in range(21)}
    room, _ = did(lounge.opening(), HOUSE, Admit({**many, "tilda": TILDA}, Meetings()))
    room, _ = did(room, TILDA, *(Wish(f"r{n}", n) for n in range(20)))
    assert refusal(room, TILDA, Wish("r20", 0)) == (
        "Your list is full with 20 people. Please take somebody off it first."
    )
    assert did(room, TILDA, Wish("r3", 0))[0].wishes.lists["tilda"][:2] == ("r3", "r0")


# How much two should meet


def test_somebody_who_sets_nothing_still_has_a_little_interest() -> None:
    assert wishes.interest(full(), "tilda", "rhea") == 10


def test_interest_grows_with_topics_work_and_wishes_and_is_the_same_both_ways() -> None:
    room, _ = did(full(), TILDA, Describe(OPTICS))
    room, _ = did(room, RHEA, Describe(SEEKS_OPTICS))
    assert wishes.topics_in_common(room, "rhea", "tilda") == ("optik",)
    assert wishes.topics_in_common(room, "tilda", "rhea") == ("Optik",)
    assert wishes.interest(room, "tilda", "rhea") == 10 + 15 + 10

    room, _ = did(room, TILDA, Wish("ruth", 0), Wish("rhea", 1))
    assert wishes.interest(room, "tilda", "rhea") == 10 + 15 + 10 + 42
    room, _ = did(room, RHEA, Wish("tilda", 0))
    assert wishes.interest(room, "tilda", "rhea") == 100
    for a in room.people:
        for b in room.people:
            assert wishes.interest(room, a, b) == wishes.interest(room, b, a)
    assert list(wishes.mutual_pairs(room)) == [("rhea", "tilda")]


def test_without_topics_the_words_of_both_count() -> None:
    room, _ = did(full(), HOUSE, Write({"tilda": Profile(about="Masterarbeit, Robotik")}))
    room, _ = did(room, HOUSE, Write({"rhea": Profile(about="Leitung Robotik")}))
    assert wishes.interest(room, "tilda", "rhea") == 10 + 5
    assert wishes.interest(room, "tom", "rhea") == 10


def test_who_must_not_meet_has_no_interest() -> None:
    room = full()
    assert wishes.interest(room, "tilda", "tom") is None
    assert wishes.interest(room, "tilda", "tilda") is None
    assert wishes.interest(room, "tilda", "nobody") is None
    assert wishes.interest(room, "tilda", "paul") is None
    assert wishes.interest(did(room, RHEA, Refuse("tilda"))[0], "tilda", "rhea") is None
    assert wishes.interest(did(room, RHEA, Block("tilda"))[0], "tilda", "rhea") is None


def test_languages_one_adds_oneself_count() -> None:
    room, _ = did(full(), TILDA, Describe(Profile(languages=("pl", "de"))))
    assert wishes.interest(room, "tilda", "paul") == 10


# Taking part


def test_talents_and_representatives_take_part_unless_they_say_otherwise() -> None:
    room, _ = did(full(), TESSA, Describe(Profile(takes_part=False)))
    room, _ = did(room, GRETA, Describe(Profile(takes_part=True)))
    taking = [each.id for each in ALL if wishes.takes_part(room, each.id)]
    assert taking == ["tilda", "tom", "rhea", "ruth", "paul"]
    assert not wishes.takes_part(room, "nobody")


def test_where_all_meet_all_the_desk_alone_has_to_say_so() -> None:
    room, _ = did(full(Meetings(between="all")), MIRA, Describe(Profile(takes_part=True)))
    assert wishes.takes_part(room, "mira")
    assert not wishes.takes_part(room, "oskar")
    assert wishes.takes_part(room, "greta")
