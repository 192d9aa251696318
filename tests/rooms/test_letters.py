"""An exhibitor's inbox: whose a letter is, what both sides see of it, and who hears none of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms import fair, letters, rights
from rooms.fair import Admit, Fair
from rooms.letters import (
    PATIENCE,
    Answer,
    Close,
    Hand,
    Letter,
    LetterChanged,
    LetterRecalled,
    PinHanded,
    Post,
    Read,
    Recall,
)
from rooms.people import HOUSE, Person, Role
from rooms.pins import Pin, PinPut
from rooms.stands import NameOwner
from schedule.items import Booth, Package
from schedule.machine import Command, Event, Refused

T = 1_800_000_000.0
DAY = 86_400.0
RUTH = Person("ruth", "Ruth Kern", Role.REP, "Kernbach")
KAI = Person("kai", "Kai Lund", Role.REP, "Kernbach")
TIM = Person("tim", "Tim Auer", Role.REP, "Auwald")
ELIF = Person("elif", "Elif Demir", Role.TALENT)
JONAS = Person("jonas", "Jonas Weil", Role.TALENT)
MIA = Person("mia", "Mia Roth", Role.MODERATOR)
PEOPLE = (RUTH, KAI, TIM, ELIF, JONAS, MIA)
GOLD = Package("gold", "Gold")
BOOTHS = (Booth("kernbach", "Kernbach", 1, GOLD), Booth("auwald", "Auwald", 2, GOLD))


class Fairday:
    """A fair in which the house seals whatever is written."""

    def __init__(self) -> None:
        self.room: Fair = fair.opening()
        self.do(HOUSE, Admit({each.id: each for each in PEOPLE}, BOOTHS, (), (T - DAY, T + DAY)))

    def do(self, by: Person, command: Command, now: float = T) -> tuple[Event, ...]:
        rights.may(self.room, command, by)
        return self.happen(*fair.decide(self.room, command, by, now))

    def happen(self, *events: Event) -> tuple[Event, ...]:
        for event in events:
            self.room = fair.apply(self.room, event)
        return events

    def written(self, letter: str = "l1", by: Person = ELIF, now: float = T) -> Letter:
        self.do(HOUSE, Post(letter, "kernbach", by.id), now)
        return self.letter(letter)

    def letter(self, letter: str = "l1") -> Letter:
        return self.room.letters.all[letter]

    def refused(self, by: Person, command: Command, now: float = T) -> str:
        with pytest.raises(Refused) as refused:
            self.do(by, command, now)
        return str(refused.value)


def test_a_letter_is_new_and_nobodys_until_somebody_takes_it() -> None:
    day = Fairday()
    assert day.written() == Letter("l1", "kernbach", "elif", T, since=T)

    day.do(RUTH, Hand("l1", "ruth"), T + 60)
    assert (day.letter().state, day.letter().owner) == ("read", "ruth")
    day.do(RUTH, Hand("l1", "kai"), T + 90)
    assert day.letter().owner == "kai"


def test_whoever_is_named_for_letters_owns_them_at_once() -> None:
    day = Fairday()
    day.do(RUTH, NameOwner("kernbach", "kai"))
    assert day.written().owner == "kai"


def test_an_answer_is_given_once_and_makes_its_writer_the_owner() -> None:
    day = Fairday()
    day.written()
    day.do(HOUSE, Answer("l1", "kai"), T + 60)
    assert day.letter() == Letter(
        "l1", "kernbach", "elif", T, "letter", "answered", "kai", T + 60, "kai"
    )
    assert "answered already" in day.refused(HOUSE, Answer("l1", "ruth"), T + 70)


def test_only_those_it_was_written_to_read_hand_answer_or_close_it() -> None:
    day = Fairday()
    day.written()
    for other in (TIM, ELIF, JONAS, MIA):
        for command in (Read("l1"), Hand("l1", other.id), Close("l1")):
            assert day.refused(other, command)
        assert day.refused(HOUSE, Answer("l1", other.id))
    assert day.refused(RUTH, Hand("l1", "tim")) == "Please choose somebody of your organisation."
    assert day.letter().state == "new"


def test_its_writer_and_that_companys_people_hear_of_it_and_nobody_else() -> None:
    day = Fairday()
    (event,) = day.do(HOUSE, Post("l1", "kernbach", "elif"))
    assert isinstance(event, LetterChanged)
    hearing = {each.id for each in PEOPLE if rights.hears(event, each)}
    assert hearing == {"elif", "ruth", "kai"}
    knowing = {each.id for each in PEOPLE if letters.show(day.room, each, T).all}
    assert knowing == {"elif", "ruth", "kai"}


def test_what_waits_for_a_day_is_late_once() -> None:
    day = Fairday()
    day.written()
    assert fair.due(day.room) == T + PATIENCE
    assert letters.tick(day.room, T + PATIENCE - 1) == ()

    events = day.happen(*letters.tick(day.room, T + PATIENCE))
    assert [each.what for each in events if isinstance(each, LetterChanged)] == ["late"]
    assert letters.due(day.room) is None

    day.do(HOUSE, Answer("l1", "ruth"), T + PATIENCE + 60)
    assert not day.letter().late


def test_its_writer_alone_takes_it_back() -> None:
    day = Fairday()
    day.written()
    assert "not among yours" in day.refused(HOUSE, Recall("l1", "ruth"))
    (event,) = day.do(HOUSE, Recall("l1", "elif"), T + 9)
    assert event == LetterRecalled("l1", "elif", T + 9, ("elif", "ruth", "kai"))
    assert day.room.letters.all == {}


def test_nobody_writes_to_the_own_booth_or_floods_another() -> None:
    day = Fairday()
    assert "own booth" in day.refused(HOUSE, Post("l1", "kernbach", "ruth"))
    assert "not there any more" in day.refused(HOUSE, Post("l1", "nowhere", "elif"))
    for number in range(letters.MOST_WAITING):
        day.written(f"l{number}")
    assert "wait for an answer" in day.refused(HOUSE, Post("l9", "kernbach", "elif"))
    day.do(HOUSE, Post("l9", "auwald", "elif"))


def test_many_letters_within_an_hour_are_too_many() -> None:
    day = Fairday()
    for number in range(letters.MOST_POSTED):
        day.written(f"l{number}", now=T + number)
        day.do(HOUSE, Answer(f"l{number}", "ruth"), T + number)
    assert "within an hour" in day.refused(HOUSE, Post("l99", "auwald", "elif"), T + 60)
    day.do(HOUSE, Post("l99", "auwald", "elif"), T + 3700)


def test_an_application_has_an_owner_as_well() -> None:
    day = Fairday()
    day.happen(PinPut(Pin("n1", "j1", "kernbach", "elif", "k1", T, T + DAY), ("elif",)))
    (event,) = day.do(RUTH, Hand("n1", "kai"))
    assert event == PinHanded("n1", "kai", "ruth", T, ("ruth", "kai"))
    assert letters.show(day.room, RUTH, T).pins == {"n1": "kai"}
    assert letters.show(day.room, TIM, T).pins == {}
    assert day.refused(TIM, Hand("n1", "tim"))


DEEDS = st.one_of(
    st.builds(Post, st.sampled_from(["l1", "l2"]), st.just("kernbach"), st.just("elif")),
    st.builds(Answer, st.sampled_from(["l1", "l2"]), st.sampled_from(["ruth", "kai", "tim"])),
    st.builds(Recall, st.sampled_from(["l1", "l2"]), st.sampled_from(["elif", "jonas"])),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DEEDS, st.floats(0, 2 * DAY)), max_size=12))
def test_whoever_waits_is_either_not_late_yet_or_named_as_late(
    deeds: list[tuple[Command, float]],
) -> None:
    day, now = Fairday(), T
    for command, seconds in deeds:
        now += seconds
        day.happen(*letters.tick(day.room, now))
        try:
            day.do(HOUSE, command, now)
        except Refused:
            continue
    for letter in day.room.letters.all.values():
        waited = now - letter.at
        assert letters.waits(letter) == (letter.answered_by is None)
        if letters.waits(letter) and waited > PATIENCE:
            assert letter.late or letters.tick(day.room, now)
