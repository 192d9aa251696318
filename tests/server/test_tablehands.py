"""What the media processes are told of the circles, and whom they part from."""

from __future__ import annotations

from msgspec.structs import replace

from rooms import lounge
from rooms.counters import Counter
from rooms.lounge import Lounge
from rooms.stalls import Booths, Showing
from rooms.tabletop import Table, Tables
from server import tablehands
from server.tablehands import Call, Tablehands

Routed = tuple[str, str, str | None]


class Notes:
    """Media processes that only take notes."""

    def __init__(self) -> None:
        self.routed: list[Routed] = []
        self.closed: list[str] = []

    async def route(self, stage: str, seat: str, source: str | None) -> None:
        self.routed.append((stage, seat, source))

    async def close(self, peer: str) -> None:
        self.closed.append(peer)


def sitting(seats: dict[str, int], screen: str | None = None) -> Lounge:
    table = Table("t1", "Optics", None, seats=seats)
    screens = {"table-t1": screen} if screen else {}
    return replace(lounge.opening(), tables=Tables(tables={"t1": table}, screens=screens))


async def test_everybody_is_seen_where_they_sit_and_empty_seats_are_empty() -> None:
    hands, notes = Tablehands(), Notes()

    await hands.tend(sitting({"elif": 1, "jonas": 2}, screen="jonas"), notes)

    assert sorted(notes.routed) == [
        ("circle/table-t1", "screen", "table-t1/jonas/screen"),
        ("circle/table-t1", "seat-1", "table-t1/elif/camera"),
        ("circle/table-t1", "seat-2", "table-t1/jonas/camera"),
        ("circle/table-t1", "seat-3", None),
        ("circle/table-t1", "seat-4", None),
        ("circle/table-t1", "seat-5", None),
        ("circle/table-t1", "seat-6", None),
    ]


async def test_only_what_changes_is_said() -> None:
    hands, notes = Tablehands(), Notes()
    await hands.tend(sitting({"elif": 1, "jonas": 2}), notes)
    notes.routed.clear()

    await hands.tend(sitting({"elif": 1}), notes)
    await hands.tend(sitting({"elif": 1}), notes)

    assert notes.routed == [("circle/table-t1", "seat-2", None)]


async def test_a_table_that_is_gone_leaves_nothing_behind() -> None:
    hands, notes = Tablehands(), Notes()
    await hands.tend(sitting({"elif": 1}), notes)
    notes.routed.clear()

    await hands.tend(lounge.opening(), notes)
    await hands.tend(lounge.opening(), notes)

    assert notes.routed == [("circle/table-t1", "seat-1", None)]


async def test_all_is_said_again_to_a_media_process_that_came_back() -> None:
    hands, notes = Tablehands(), Notes()
    state = sitting({"elif": 1})
    await hands.tend(state, notes)
    notes.routed.clear()

    hands.forget()
    await hands.tend(state, notes)

    assert ("circle/table-t1", "seat-1", "table-t1/elif/camera") in notes.routed


async def test_the_connections_of_those_who_got_up_are_ended() -> None:
    hands, notes = Tablehands(), Notes()
    mine, theirs = (Call("ab12", "view-1234", "table-t1", who) for who in ("elif", "jonas"))
    for call in (mine, theirs):
        assert hands.peer_changed(call.peer, "connecting")

    await hands.tend(sitting({"elif": 1}), notes)

    assert notes.closed == ["ab12.view-1234.table-t1.jonas"]


async def test_a_connection_made_after_its_owner_got_up_is_ended_too() -> None:
    hands, notes = Tablehands(), Notes()
    state = sitting({"elif": 1})
    await hands.tend(state, notes)

    hands.peer_changed("ab12.view-1234.table-t1.jonas", "connected")
    await hands.tend(state, notes)

    assert notes.closed == ["ab12.view-1234.table-t1.jonas"]


async def test_whoever_looks_at_what_a_booth_shows_is_let_in_and_not_seen() -> None:
    hands, notes = Tablehands(), Notes()
    showing = Booths(showing={"kernbach": Showing("ruth")})
    hands.peer_changed("ab12.view-1234.show-kernbach.elif", "connected")
    await hands.tend(replace(lounge.opening(), booths=showing), notes)

    assert ("circle/show-kernbach", "seat-1", "show-kernbach/ruth/camera") in notes.routed
    assert ("circle/show-kernbach", "seat-2", None) in notes.routed
    assert notes.closed == []


async def test_nobody_watches_a_booth_that_shows_nothing_any_more() -> None:
    hands, notes = Tablehands(), Notes()
    hands.peer_changed("ab12.view-1234.show-kernbach.elif", "connected")
    showing = Booths(showing={"kernbach": Showing("ruth")})
    await hands.tend(replace(lounge.opening(), booths=showing), notes)
    await hands.tend(lounge.opening(), notes)

    assert notes.closed == ["ab12.view-1234.show-kernbach.elif"]
    assert notes.routed[-1] == ("circle/show-kernbach", "seat-1", None)


async def test_who_leaves_a_counter_is_seen_there_no_longer() -> None:
    hands, notes = Tablehands(), Notes()
    two = Counter("c1", "kernbach", ("ruth",), {"ruth": 1, "elif": 2}, 0.0)
    await hands.tend(replace(lounge.opening(), booths=Booths(counters={"c1": two})), notes)
    notes.routed.clear()
    hands.peer_changed("ab12.view-1234.counter-c1.elif", "connected")
    one = replace(two, seats={"ruth": 1})
    await hands.tend(replace(lounge.opening(), booths=Booths(counters={"c1": one})), notes)

    assert notes.routed == [("circle/counter-c1", "seat-2", None)]
    assert notes.closed == ["ab12.view-1234.counter-c1.elif"]


def test_connections_of_stages_cameras_and_probes_are_left_alone() -> None:
    assert tablehands.read("ab12.view-1234") is None
    assert tablehands.read("whip.gross.guest.abcdef.1") is None
    assert tablehands.read("whep.gross.guest.abcdef") is None
    assert tablehands.read("ab12.view-1234.show-kernbach.elif") == Call(
        "ab12", "view-1234", "show-kernbach", "elif"
    )
    assert tablehands.read("ab12.view-1234.talk-b3.elif") == Call(
        "ab12", "view-1234", "talk-b3", "elif"
    )
