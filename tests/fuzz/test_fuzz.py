"""What was kept is tried again, and twenty seconds of `make fuzz` with it."""

from __future__ import annotations

from random import Random

from tests.fuzz.__main__ import fuzzed
from tests.fuzz.house import house
from tests.fuzz.kept import kept
from tests.fuzz.run import Found, try_out
from tests.fuzz.targets import targets

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


async def test_nonsense_of_any_kind_is_not_felt_by_others() -> None:
    found = [each async for each in fuzzed(SECONDS, Random(20_26))]

    assert {each.target for each in found} == TARGETS
    assert [each for each in found if not each.good] == []
