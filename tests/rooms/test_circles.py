"""Circles: who shares pictures with whom through the house, at tables, counters and in talks."""

from __future__ import annotations

from msgspec.structs import replace

from rooms import circles, lounge
from rooms.breakout import Breakout, Breakouts
from rooms.circles import Circle
from rooms.counters import Counter
from rooms.lounge import Lounge
from rooms.stalls import Booths, Showing
from rooms.tabletop import Table, Tables

NOON = 1_600_000_200.0
THREE = Breakout(
    id="b1", kind="round", people=("ruth", "elif", "jonas"), item="first", via="sfu",
    opens_at=NOON, ends_at=NOON + 580, closes_at=NOON + 600,
)  # fmt: skip
TWO = replace(THREE, id="b2", people=("ruth", "elif"), via="pair")
OVER = replace(THREE, id="b3", phase="over")
TABLE = Table("t1", "Optics", None, seats={"mia": 4})


def room() -> Lounge:
    known = {each.id: each for each in (THREE, TWO, OVER)}
    talks = Breakouts(talks=known, running=("b1", "b2"))
    tables = Tables(
        tables={"t1": TABLE, "t2": Table("t2", "Law", None)}, screens={"talk-b1": "elif"}
    )
    return replace(lounge.opening(), breakouts=talks, tables=tables)


def test_tables_and_talks_of_three_are_circles_and_empty_tables_are_not() -> None:
    assert list(circles.circles(room())) == [
        Circle("table-t1", {"mia": 4}, None),
        Circle("talk-b1", {"ruth": 1, "elif": 2, "jonas": 3}, "elif"),
    ]


def test_a_counter_is_a_circle_and_what_a_booth_shows_is_one_for_everybody() -> None:
    counter = Counter("c1", "kernbach", ("ruth",), {"ruth": 1, "elif": 2}, NOON)
    booths = Booths(counters={"c1": counter}, showing={"auwald": Showing("tim", "A valve")})
    shown = replace(lounge.opening(), booths=booths)

    assert list(circles.circles(shown)) == [
        Circle("counter-c1", {"ruth": 1, "elif": 2}, None),
        Circle("show-auwald", {"tim": 1}, None, public=True),
    ]
    assert [circles.people(shown, name) for name in ("counter-c1", "counter-c2", "show-x")] == [
        ("ruth", "elif"),
        (),
        (),
    ]


def test_two_who_talk_and_those_whose_talk_is_over_are_none() -> None:
    found = [circles.people(room(), name) for name in ("talk-b1", "talk-b2", "talk-b3", "talk-b9")]

    assert found == [("ruth", "elif", "jonas"), (), (), ()]


def test_a_name_of_another_kind_is_no_circle() -> None:
    assert [circles.find(room(), name) for name in ("stage-gross", "table-b1", "lounge")] == [
        *(None, None, None),
    ]
