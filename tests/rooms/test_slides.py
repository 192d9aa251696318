"""Slides: laid ready, turned by those who may, seen while their item is on."""

from __future__ import annotations

from rooms import pitch
from rooms.floor import Cue, Slot
from rooms.people import HOUSE
from rooms.pitch import Pitch
from rooms.slides import (
    Deck,
    Hidden,
    Hide,
    Laid,
    Lay,
    LiveSlides,
    TakeAway,
    TakenAway,
    Turn,
    Turned,
)
from tests.rooms.scenes import (
    ASKING,
    GRETA,
    MIRA,
    NEXT_PITCH,
    PITCH,
    TESSA,
    TILDA,
    TOM,
    Scene,
    T,
    stage,
)

LIGHT = Lay("pitch-1", "light", "Light.pdf", 3, ("tilda", "tom"))
SOUND = Lay("pitch-2", "sound", "Sound.pdf", 2, ("tessa",))
LIGHT_DECK = Deck("light", "Light.pdf", 3, ("tilda", "tom"), T)


def with_decks(live: Slot | None = PITCH) -> Scene[Pitch]:
    """A stage with two decks, and the first of their items on."""
    scene = stage(live=live, upcoming=(NEXT_PITCH,))
    scene.do(HOUSE, LIGHT)
    scene.do(HOUSE, SOUND)
    return scene


def seen(scene: Scene[Pitch]) -> tuple[str, int, bool] | None:
    """Which deck, which page, and whether it is hidden."""
    live = pitch.show(scene.room, GRETA, scene.now).slides.live
    return live and (live.id, live.page, live.hidden)


def test_an_item_begins_with_the_first_page_of_its_deck() -> None:
    assert seen(with_decks()) == ("light", 1, False)


def test_between_two_items_no_slides_are_seen() -> None:
    scene = with_decks()
    scene.do(HOUSE, Cue(None, (NEXT_PITCH,)))

    assert seen(scene) is None
    assert scene.refusal(MIRA, Turn("light", 1, 2)).startswith("No slides are on stage")


def test_the_next_item_brings_its_own_deck() -> None:
    scene = with_decks()
    scene.do(HOUSE, Cue(NEXT_PITCH, ()))

    assert seen(scene) == ("sound", 1, False)


def test_who_is_asked_goes_back_to_the_slides() -> None:
    scene = with_decks()
    scene.do(TILDA, Turn("light", 1, 3))
    scene.do(HOUSE, Cue(ASKING, (NEXT_PITCH,)))

    assert seen(scene) == ("light", 3, False)
    assert scene.do(TILDA, Turn("light", 3, 2)) == (Turned("pitch-1", 2),)


def test_questions_to_others_bring_no_slides() -> None:
    scene = with_decks(live=NEXT_PITCH)
    scene.do(HOUSE, Cue(ASKING, ()))

    assert seen(scene) is None


def test_an_item_that_comes_back_goes_on_where_it_was() -> None:
    scene = with_decks()
    scene.do(TILDA, Turn("light", 1, 3))
    scene.do(HOUSE, Cue(NEXT_PITCH, ()))
    scene.do(HOUSE, Cue(PITCH, (NEXT_PITCH,)))

    assert seen(scene) == ("light", 3, False)


def test_speaker_and_moderator_turn() -> None:
    scene = with_decks()

    assert scene.do(TILDA, Turn("light", 1, 2)) == (Turned("pitch-1", 2),)
    assert scene.do(TOM, Turn("light", 2, 3)) == (Turned("pitch-1", 3),)
    assert scene.do(MIRA, Turn("light", 3, 1)) == (Turned("pitch-1", 1),)


def test_nobody_else_turns() -> None:
    scene = with_decks()
    sentence = "Only the speaker and the moderator can turn the slides."

    assert scene.refusal(GRETA, Turn("light", 1, 2)) == sentence
    assert scene.refusal(TESSA, Turn("light", 1, 2)) == sentence
    assert scene.refusal(GRETA, Hide("light", on=True)) == sentence


def test_two_who_turn_at_once_turn_one_page() -> None:
    scene = with_decks()
    scene.do(TILDA, Turn("light", 1, 2))

    assert scene.do(MIRA, Turn("light", 1, 2)) == ()
    assert seen(scene) == ("light", 2, False)


def test_no_page_is_turned_to_that_is_not_there() -> None:
    scene = with_decks()

    assert scene.do(TILDA, Turn("light", 1, 4)) == ()
    assert scene.do(TILDA, Turn("sound", 1, 2)) == ()


def test_slides_are_hidden_and_shown_again() -> None:
    scene = with_decks()

    assert scene.do(MIRA, Hide("light", on=True)) == (Hidden("pitch-1", True),)
    assert scene.do(TILDA, Hide("light", on=True)) == ()
    assert seen(scene) == ("light", 1, True)
    assert scene.do(TILDA, Hide("light", on=False)) == (Hidden("pitch-1", False),)


def test_a_new_deck_keeps_the_page_as_far_as_it_goes() -> None:
    scene = with_decks()
    scene.do(TILDA, Turn("light", 1, 3))

    scene.do(HOUSE, Lay("pitch-1", "longer", "Light 2.pdf", 9, ("tilda", "tom")))
    assert seen(scene) == ("longer", 3, False)

    scene.do(HOUSE, Lay("pitch-1", "shorter", "Light 3.pdf", 2, ("tilda", "tom")))
    assert seen(scene) == ("shorter", 2, False)


def test_a_deck_is_taken_away_once() -> None:
    scene = with_decks()

    assert scene.do(HOUSE, TakeAway("pitch-1")) == (TakenAway("pitch-1", ("tilda", "tom")),)
    assert scene.do(HOUSE, TakeAway("pitch-1")) == ()
    assert seen(scene) is None


def test_before_its_turn_a_deck_is_seen_by_its_speakers_and_the_desk_alone() -> None:
    scene = with_decks(live=None)

    shown = {p.id: set(pitch.show(scene.room, p, T).slides.decks) for p in (MIRA, TILDA, GRETA)}

    assert shown == {"mira": {"pitch-1", "pitch-2"}, "tilda": {"pitch-1"}, "greta": set()}
    assert seen(scene) is None


def test_whoever_looks_hears_what_is_on_stage() -> None:
    scene = with_decks()
    events = scene.do(HOUSE, SOUND)

    assert events == (Laid("pitch-2", Deck("sound", "Sound.pdf", 2, ("tessa",), T)),)
    assert pitch.view(scene.room, LiveSlides, T) == LiveSlides(LIGHT_DECK)
