"""Requests about peers, sources and stages, without any network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from rooms.media import control, switchboard
from rooms.media.control import Tiding
from rooms.media.mux import Mux
from rooms.media.switchboard import Switchboard
from tests.rooms.media.test_sdp import CHROMIUM


class Process:
    """A switchboard, and what it tells."""

    def __init__(self) -> None:
        self.told: list[Tiding] = []
        self.board = Switchboard(Mux(), ("192.0.2.7",), self.told.append)

    def ask(self, request: control.Request) -> control.Answer | None:
        return self.board.answer(request)

    def measured(self) -> tuple[int, int, int]:
        answer = self.ask(control.Stats(1))
        assert isinstance(answer, control.Measured)
        return answer.viewers, answer.publishers, answer.stages


@pytest.fixture
async def process() -> AsyncIterator[Process]:
    process = Process()
    running = asyncio.create_task(process.board.run())
    await asyncio.sleep(0)
    yield process
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_viewer_gets_an_offer(process: Process) -> None:
    answer = process.ask(control.OpenViewer(3, "v1", "main"))

    assert isinstance(answer, control.Offered)
    assert answer.id == 3
    assert answer.sdp.count("m=") == 8
    assert process.told == [control.PeerChanged("v1", "connecting")]
    assert process.board.greet()[1:] == (control.PeerChanged("v1", "connecting"),)


async def test_the_numbers_of_a_seat_are_the_same_for_all(process: Process) -> None:
    offers = [process.ask(control.OpenViewer(1, f"v{at}", "main")) for at in range(2)]

    first, second = (
        [line for line in str(offer).split("\\r\\n") if "a=ssrc" in line] for offer in offers
    )
    assert first == second


async def test_the_same_name_again_replaces_the_peer(process: Process) -> None:
    process.ask(control.OpenViewer(1, "v1", "main"))
    process.ask(control.OpenPublisher(2, "v1", "elif/camera", CHROMIUM))

    assert process.measured() == (0, 1, 0)
    assert process.told == [control.PeerChanged("v1", "connecting")] * 2


async def test_closing_twice_does_no_harm(process: Process) -> None:
    process.ask(control.OpenViewer(1, "v1", "main"))

    process.ask(control.Close("v1"))
    process.ask(control.Close("v1"))

    assert process.measured() == (0, 0, 0)
    assert process.told.count(control.PeerChanged("v1", "gone")) == 1


async def test_a_stage_is_kept_while_something_is_routed_to_it(process: Process) -> None:
    process.ask(control.Route("main", "speaker", "elif/camera"))
    assert process.measured() == (0, 0, 1)

    process.ask(control.Route("main", "speaker", None))
    process.ask(control.Route("main", "roof", "elif/camera"))

    assert process.measured() == (0, 0, 0)


async def test_an_answer_is_taken_once(process: Process) -> None:
    process.ask(control.OpenViewer(1, "v1", "main"))

    assert process.ask(control.Accept(2, "v1", CHROMIUM)) == control.Done(2)
    assert process.ask(control.Accept(3, "v1", CHROMIUM)) == control.Failed(3, switchboard.UNKNOWN)


async def test_who_offers_nothing_we_can_take_is_told_so(process: Process) -> None:
    offer = CHROMIUM.replace("VP8", "VP7").replace("opus", "speex")

    answer = process.ask(control.OpenPublisher(1, "p1", "elif/camera", offer))

    assert answer == control.Failed(1, switchboard.NOTHING)
    assert process.measured() == (0, 0, 0)


async def test_only_so_many_may_be_connecting(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switchboard, "HALF_OPEN", 3)
    for at in range(3):
        process.ask(control.OpenViewer(at, f"v{at}", "main"))

    assert process.ask(control.OpenViewer(9, "v9", "main")) == control.Failed(
        9, switchboard.CROWDED
    )
    process.ask(control.Close("v0"))
    assert isinstance(process.ask(control.OpenViewer(9, "v9", "main")), control.Offered)


async def test_who_never_connects_is_let_go(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rooms.media.peer.CONNECTING", -1.0)
    process.ask(control.OpenViewer(1, "v1", "main"))

    process.board._sweep()

    assert process.told[-1] == control.PeerChanged("v1", "gone")
