"""The lounge: what it learns of the agenda and of the people, and whom it holds free."""

from __future__ import annotations

import msgspec

from rooms import foyer, lounge
from rooms.foyer import Foyer
from rooms.lounge import Admit, Admitted, Cue, Cued, Lounge, RoundTime
from rooms.people import HOUSE, Person, Role
from schedule import agenda
from schedule.items import Gathering, Item, Meetings, Stage

NOON = 1_600_000_200.0
ELIF = Person(id="elif", name="Elif Demir", role=Role.TALENT)
JONAS = Person(id="jonas", name="Jonas Weil", role=Role.TALENT)
RUTH = Person(id="ruth", name="Ruth Kern", role=Role.REP, organisation="Kernbach")


def taken(room: Lounge, command: Admit | Cue) -> tuple[Lounge, tuple[object, ...]]:
    events = lounge.decide(room, command, HOUSE, NOON)
    for event in events:
        room = lounge.apply(room, event)
    return room, events


def evening() -> Foyer:
    """A pitch of Elif's for five minutes, then a round of ten."""
    items = (
        Item(id="blood", title="Blutwerte", kind="pitch.talent", starts_at=NOON, seconds=300,
             people=("elif",)),
        Item(id="first", title="Erste Runde", kind="round", starts_at=NOON + 300, seconds=600),
    )  # fmt: skip
    gathering = Gathering(
        id="ytmi", name="Talente", time_zone="Europe/Berlin", languages=("de",),
        starts_at=NOON, ends_at=NOON + 900, stages=(Stage("gross", "Große Bühne", items),),
        people=(),
    )  # fmt: skip
    return foyer.opening(gathering, NOON - 60)


def test_only_those_who_are_new_or_changed_are_written_down() -> None:
    room, _ = taken(lounge.opening(), Admit({"elif": ELIF, "jonas": JONAS}, Meetings()))

    room, events = taken(room, Admit({"elif": ELIF, "ruth": RUTH}, Meetings()))

    assert events == (Admitted({"ruth": RUTH}, ("jonas",), Meetings()),)
    assert room.people == {"elif": ELIF, "ruth": RUTH}


def test_the_same_people_and_times_again_change_nothing() -> None:
    cue = Cue((), {"elif": ((NOON, NOON + 300),)})
    room, _ = taken(lounge.opening(), Admit({"elif": ELIF}, Meetings()))
    room, _ = taken(room, cue)

    assert taken(room, Admit({"elif": ELIF}, Meetings()))[1] == ()
    assert taken(room, cue)[1] == ()


def test_the_agenda_says_when_rounds_are_and_who_is_on_a_stage() -> None:
    cue = foyer.lounge_cue(evening(), NOON - 60)

    assert cue.rounds == (
        RoundTime("first", "Erste Runde", starts_at=NOON + 300, ends_at=NOON + 900, how="waiting"),
    )
    assert cue.busy == {"elif": ((NOON, NOON + 300),)}


def test_a_talk_that_takes_longer_moves_the_round() -> None:
    room = evening()
    for event in foyer.tick(room, NOON):
        room = foyer.apply(room, event)
    moderator = Person(id="mia", name="Mia Roth", role=Role.MODERATOR)
    for event in foyer.decide(room, agenda.Extend("gross", "blood", 120.0), moderator, NOON + 10):
        room = foyer.apply(room, event)

    (first,) = foyer.lounge_cue(room, NOON + 10).rounds

    assert (first.starts_at, first.ends_at) == (NOON + 420, NOON + 1020)


def test_somebody_is_free_before_and_after_a_turn_on_stage() -> None:
    room, _ = taken(lounge.opening(), Cue((), {"elif": ((NOON, NOON + 300),)}))

    assert lounge.free(room, "elif", (NOON - 60, NOON))
    assert lounge.free(room, "elif", (NOON + 300, NOON + 400))
    assert not lounge.free(room, "elif", (NOON + 299, NOON + 400))
    assert lounge.free(room, "jonas", (NOON, NOON + 300))


def test_the_state_travels_between_processes() -> None:
    room, _ = taken(lounge.opening(), Admit({"elif": ELIF}, Meetings(table=2)))
    room = lounge.apply(room, Cued((), {"elif": ((NOON, NOON + 300),)}))

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(room), type=Lounge) == room
