"""Evenings that hypothesis makes up: whoever does whatever, in any order."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from rooms.chat import Delete, Say, Silence
from rooms.floor import (
    ClearSeat,
    Cue,
    Decline,
    Enter,
    GoOut,
    Invite,
    LeaveSeat,
    Prompt,
    RaiseHand,
    SayReady,
    Share,
    SourceLight,
    TakeSeat,
    WrapUp,
)
from rooms.foyer import Check, ComeIn, Plan, ReportCheck, SayToTeam, SitDown
from rooms.insurance import (
    AskForPhone,
    End,
    GoWithout,
    Hold,
    Keep,
    LayClip,
    Play,
    Rule,
    Sight,
    Stop,
    TakeClipAway,
    UsePhone,
)
from rooms.people import HOUSE, Person, Role
from rooms.presence import Report
from rooms.questions import (
    Answered,
    Ask,
    Dismiss,
    Merge,
    PutBack,
    PutOnAir,
    Support,
    Withdraw,
)
from rooms.reactions import WORDS, Applaud, React
from rooms.slides import Hide, Lay, TakeAway, Turn
from schedule.agenda import Extend, Finish, Pause, Resume, Skip, Start, Undo
from schedule.machine import Command, Refused
from tests.rooms.scenes import (
    ASKING,
    EVERYBODY,
    GRETA,
    MIRA,
    NEXT_PITCH,
    OSKAR,
    PITCH,
    TESSA,
    TILDA,
    TOM,
    WELCOME,
    Scene,
    evening,
    written,
)

Deed = tuple[Person, Command] | float
"What somebody tries, or how many seconds pass."

LEAST = 12  # deeds; hypothesis' own lists are too short for much to come together

DESK = (MIRA, OSKAR)
ON_STAGE = (TILDA, TOM, TESSA, MIRA, GRETA)


def deeds_on_stage() -> st.SearchStrategy[list[Deed]]:
    """What happens in a pitch room; more of it is refused than not, as in life."""
    anybody = _by(
        EVERYBODY,
        st.builds(Ask, st.sampled_from(["Why?", "How?"]), st.booleans()),
        st.builds(Support, _questions(), st.booleans()),
        st.builds(Withdraw, _questions()),
        st.builds(Say, st.sampled_from(["Hello", "Bye"])),
        st.builds(Delete, _numbered("c", 4)),
        st.builds(React, st.sampled_from(WORDS), st.booleans()),
        st.just(Applaud()),
        st.builds(RaiseHand, st.booleans()),
        st.just(Decline()),
    )
    on_stage = _by(
        ON_STAGE,
        st.just(Enter()),
        st.just(GoOut()),
        st.builds(SayReady, st.sampled_from(["absent", "nearly", "ready"])),
        st.builds(TakeSeat, st.sampled_from(["speaker", "speaker", "moderator", "guest"])),
        st.just(LeaveSeat()),
        st.builds(Share, st.booleans()),
        st.builds(Prompt, st.just("Hello"), st.none()),
        st.builds(Turn, _decks(), st.integers(1, 3), st.integers(1, 3)),
        st.builds(Hide, _decks(), st.booleans()),
        st.builds(UsePhone, st.booleans()),
    )
    return st.lists(
        st.one_of(anybody, on_stage, _at_the_desk(), _by_the_house()), min_size=LEAST, max_size=40
    )


def _at_the_desk() -> st.SearchStrategy[Deed]:
    return _by(
        DESK,
        st.builds(PutOnAir, _questions()),
        st.builds(Answered, _questions()),
        st.builds(PutBack, _questions()),
        st.builds(Dismiss, _questions()),
        st.builds(Merge, _questions(), _questions()),
        st.builds(Silence, _people(), st.booleans()),
        st.builds(Invite, _people(), st.booleans()),
        st.builds(ClearSeat, st.sampled_from(["speaker", "moderator", "guest"]), _people()),
        st.just(WrapUp()),
        st.builds(Prompt, st.just("Hello"), _people()),
        st.builds(Play, _items()),
        st.just(Stop()),
        st.builds(GoWithout, st.booleans()),
        st.builds(AskForPhone, st.booleans()),
        st.just(Keep()),
        st.builds(Rule, st.booleans()),
    )


def _by_the_house() -> st.SearchStrategy[Deed]:
    slots = st.sampled_from([PITCH, ASKING, NEXT_PITCH, WELCOME])
    lights = st.sampled_from(["live", "frozen", "gone"])
    return st.one_of(
        st.floats(0.1, 20.0),
        _by(
            (HOUSE,),
            st.builds(Cue, st.none() | slots, st.lists(slots, max_size=3).map(tuple)),
            st.builds(SourceLight, _people(), st.sampled_from(["camera", "screen"]), lights),
            st.builds(Report, st.sampled_from(["one", "two"]), _crowd()),
            st.builds(Lay, _items(), _decks(), st.just("a.pdf"), st.integers(1, 3), st.just(())),
            st.builds(TakeAway, _items()),
            st.builds(LayClip, _items(), _decks(), st.just(9.0), st.just(("tilda",))),
            st.builds(TakeClipAway, _items()),
            st.builds(Hold, st.none() | _items()),
            st.builds(Sight, _people(), st.booleans()),
            st.builds(End, _decks()),
        ),
    )


def _decks() -> st.SearchStrategy[str]:
    return st.sampled_from(["deck1", "deck2"])


def _items() -> st.SearchStrategy[str]:
    return st.sampled_from([PITCH.item, NEXT_PITCH.item])


def deeds_in_foyer() -> st.SearchStrategy[list[Deed]]:
    """What happens in the foyer."""
    walk_in = Person("wanda", "Wanda Wahl", Role.GUEST)
    items = st.sampled_from(["pitch-1", "pitch-2"])
    north = st.just("north")
    some = st.lists(st.sampled_from(EVERYBODY), min_size=2, max_size=8, unique=True)
    anybody = _by(
        EVERYBODY,
        st.builds(SitDown, st.sampled_from(["home", "hall"])),
        st.builds(ReportCheck, st.sampled_from([Check(), Check("ok", "poor", "ok", "direct")])),
    )
    desk = _by(
        DESK,
        st.builds(Start, north, items, st.none() | items),
        st.builds(Finish, north, items),
        st.builds(Extend, north, items, st.sampled_from([60.0, -60.0])),
        st.builds(Pause, north, items),
        st.builds(Resume, north, items),
        st.builds(Skip, north, items),
        st.builds(Undo, st.integers(0, 8)),
        st.just(SayToTeam("Hello")),
    )
    house = _by(
        (HOUSE,),
        st.just(ComeIn(walk_in)),
        st.builds(Report, st.sampled_from(["one", "two"]), _crowd()),
        some.map(lambda people: Plan(_listing(people))),
    )
    return st.lists(
        st.one_of(anybody, desk, house, st.floats(0.1, 120.0)), min_size=LEAST, max_size=30
    )


def live(scene: Scene[Any], deeds: list[Deed]) -> None:
    """Try all of it; what is refused did not happen."""
    for deed in deeds:
        attempt(scene, deed)


def attempt(scene: Scene[Any], deed: Deed) -> tuple[Any, ...]:
    """What follows from trying this."""
    try:
        return scene.wait(deed) if isinstance(deed, float) else scene.do(*deed)
    except Refused:
        return ()


def _by(people: tuple[Person, ...], *commands: st.SearchStrategy[Any]) -> Any:
    return st.tuples(st.sampled_from(people), st.one_of(*commands))


def _questions() -> st.SearchStrategy[str]:
    return _numbered("q", 5)


def _numbered(letter: str, most: int) -> st.SearchStrategy[str]:
    return st.integers(1, most).map(lambda number: f"{letter}{number}")


def _people() -> st.SearchStrategy[str]:
    return st.sampled_from([person.id for person in ON_STAGE])


def _crowd() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(_people(), max_size=3, unique=True).map(tuple)


def _listing(people: list[Person]) -> Any:
    return replace(evening(), people=tuple(written(person) for person in people))
