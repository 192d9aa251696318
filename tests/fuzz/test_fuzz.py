"""What was kept is tried again, and twenty seconds of `make fuzz` with it."""

from __future__ import annotations

import logging
from pathlib import Path
from random import Random

import pytest

from rooms.media import control
from tests.fuzz import kept as keeping
from tests.fuzz.__main__ import fuzzed
from tests.fuzz.house import house
from tests.fuzz.kept import kept
from tests.fuzz.run import Found, try_out
from tests.fuzz.targets import Target, targets

SECONDS = 20.0
TARGETS = {
    "stranger",
    "stun",
    "dtls",
    "proven",
    "rtp",
    "rtcp of a publisher",
    "rtcp of a viewer",
    "payload",
    "sdp",
    "control",
    "websocket",
}


async def test_what_was_kept_does_no_harm_any_more() -> None:
    async with house() as media:
        for target in targets(media):
            found = Found(target.name)
            for data in kept(target.name):
                try_out(target, data, media, found)
            assert found.faults == []


def stumble(data: bytes) -> None:
    if data == b"raises":
        raise KeyError("x")
    if data == b"logs":
        logging.getLogger("rooms.media.mux").error("a packet could not be handled")


async def test_what_breaks_something_is_found_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "FOLDER", tmp_path)
    found = Found("fragile")
    async with house() as media:
        fragile = Target("fragile", lambda chance: b"", stumble)
        for data in (b"harmless", b"raises", b"logs"):
            try_out(fragile, data, media, found)
        media.board.answer(control.Close("viewer"))

    assert kept("fragile") == [b"logs", b"raises"]
    assert len(found.faults) == 2
    assert media.lost == ["viewer"]
    assert not found.good


async def test_nonsense_of_any_kind_is_not_felt_by_others() -> None:
    found = [each async for each in fuzzed(SECONDS, Random(20_26))]

    assert {each.target for each in found} == TARGETS
    assert [each for each in found if not each.good] == []
