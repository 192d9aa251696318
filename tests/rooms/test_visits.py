"""Cards left at booths: who sees them until when, and counts in which everybody is once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rooms import rights, visits
from rooms.letters import LetterChanged, LetterRecalled
from rooms.people import HOUSE
from rooms.visits import Count, Counted, Left, Share, Shared, TakeAllBack, TakeBack, TakenBack
from schedule.machine import Refused
from tests.rooms.test_letters import DAY, ELIF, KAI, MIA, PEOPLE, RUTH, TIM, Fairday, T

UNTIL = T + 5 * DAY


def test_a_card_lies_there_with_what_its_owner_chose() -> None:
    day = Fairday()
    shared, laid = day.do(ELIF, Share("kernbach", UNTIL, ("phone", "mail", "mail")))
    assert shared == Shared(
        "kernbach", "elif", ("mail", "phone"), UNTIL, T, ("elif", "ruth", "kai")
    )
    assert isinstance(laid, LetterChanged)
    assert (laid.letter.id, laid.letter.kind) == ("card-kernbach-elif", "card")
    assert visits.left(day.room, "kernbach", "elif", T) == Left(("mail", "phone"), T, UNTIL)
    assert visits.left(day.room, "auwald", "elif", T) is None


def test_only_its_owner_and_that_companys_people_know_of_it() -> None:
    day = Fairday()
    (shared, *_) = day.do(ELIF, Share("kernbach", UNTIL))
    assert {each.id for each in PEOPLE if rights.hears(shared, each)} == {"elif", "ruth", "kai"}
    for each in (RUTH, KAI):
        assert visits.show(day.room, each, T).cards == {"elif": Left((), T, UNTIL)}
    for each in (TIM, MIA):
        shown = visits.show(day.room, each, T)
        assert (shown.mine, shown.cards) == ({}, {})
    assert visits.show(day.room, ELIF, T).mine == {"kernbach": Left((), T, UNTIL)}


def test_what_is_taken_back_is_gone_with_its_place_in_the_inbox() -> None:
    day = Fairday()
    day.do(ELIF, Share("kernbach", UNTIL, ("mail",)))
    gone, recalled = day.do(ELIF, TakeBack("kernbach"), T + 5)
    assert gone == TakenBack("kernbach", "elif", T + 5, ("elif", "ruth", "kai"))
    assert isinstance(recalled, LetterRecalled)
    assert visits.left(day.room, "kernbach", "elif", T + 5) is None
    assert day.room.letters.all == {}
    assert day.do(ELIF, TakeBack("kernbach"), T + 6) == ()


def test_a_change_of_fields_is_no_second_visit() -> None:
    day = Fairday()
    day.do(ELIF, Share("kernbach", UNTIL, ("mail",)))
    (changed,) = day.do(ELIF, Share("kernbach", UNTIL, ()), T + 60)
    assert isinstance(changed, Shared)
    assert day.do(ELIF, Share("kernbach", UNTIL, ()), T + 70) == ()


def test_everything_is_taken_back_at_once() -> None:
    day = Fairday()
    day.do(ELIF, Share("kernbach", UNTIL))
    day.do(ELIF, Share("auwald", UNTIL))
    day.do(ELIF, TakeAllBack())
    assert visits.show(day.room, ELIF, T).mine == {}


def test_its_time_ends_by_itself_and_nobody_sees_it_from_that_instant() -> None:
    day = Fairday()
    day.do(ELIF, Share("kernbach", T + 60))
    assert visits.due(day.room) == T + 60
    assert visits.left(day.room, "kernbach", "elif", T + 60) is None
    day.happen(*visits.tick(day.room, T + 60))
    assert visits.show(day.room, RUTH, T + 60).cards == {}
    assert visits.due(day.room) is None


def test_nobody_leaves_a_card_for_ever_for_the_past_or_at_home() -> None:
    day = Fairday()
    for until in (T, T - 1, T + DAY + visits.LONGEST + 1):
        assert "until when" in day.refused(ELIF, Share("kernbach", until))
    assert "own booth" in day.refused(RUTH, Share("kernbach", UNTIL))


def test_everybody_counts_once_and_the_staff_not_at_all() -> None:
    day = Fairday()
    assert day.do(HOUSE, Count("kernbach", "elif")) == (Counted("kernbach", "elif", "", T),)
    assert day.do(HOUSE, Count("kernbach", "elif"), T + 60) == ()
    assert day.do(HOUSE, Count("kernbach", "ruth")) == ()
    assert day.do(HOUSE, Count("nowhere", "elif")) == ()
    day.do(HOUSE, Count("kernbach", "elif", "j1"), T + 90)
    assert day.room.visits.visitors == {"kernbach": {"elif": T}}
    assert day.room.visits.readers == {"kernbach": {"j1": {"elif": T + 90}}}


def test_nobody_hears_who_was_counted() -> None:
    day = Fairday()
    (counted,) = day.do(HOUSE, Count("kernbach", "elif"))
    assert [each for each in PEOPLE if rights.hears(counted, each)] == []
    assert "elif" not in repr(visits.show(day.room, RUTH, T))


DEEDS = st.one_of(
    st.builds(
        Share,
        st.sampled_from(["kernbach", "auwald"]),
        st.floats(T + 1, T + 5 * DAY),
        st.sampled_from([(), ("mail",), ("mail", "phone")]),
    ),
    st.builds(TakeBack, st.sampled_from(["kernbach", "auwald"])),
    st.just(TakeAllBack()),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(DEEDS, st.floats(0, DAY)), max_size=15))
def test_nothing_is_seen_after_it_was_taken_back_or_its_time(
    deeds: list[tuple[Share | TakeBack | TakeAllBack, float]],
) -> None:
    """The last word of the owner holds, whatever was said before."""
    day, now = Fairday(), T
    said: dict[str, Share | None] = {}
    for command, seconds in deeds:
        now += seconds
        try:
            day.do(ELIF, command, now)
        except Refused:
            continue
        match command:
            case Share(booth=booth):
                said[booth] = command
            case TakeBack(booth=booth):
                said[booth] = None
            case TakeAllBack():
                said = {}
    for booth in ("kernbach", "auwald"):
        last, left = said.get(booth), visits.left(day.room, booth, "elif", now)
        if last is None or last.until <= now:
            assert left is None
        else:
            assert left is not None
            assert set(left.fields) == set(last.fields)
