"""What a publisher may send: less on a lossy or full line, more on a clean one."""

from __future__ import annotations

import pytest

from rooms.media.uplink import LEAST, LONGER, MOST, START, Uplink


@pytest.mark.parametrize(
    ("lost", "queue", "received", "allowed"),
    [
        (0.2, 0.0, 2_000_000, 1_800_000),
        (0.05, 0.0, 2_000_000, 2_000_000),
        (0.0, 0.0, 2_000_000, 2_240_000),
        (0.0, 0.08, 2_000_000, 2_000_000),
        (0.0, 0.2, 1_000_000, 800_000),
        (0.0, 0.6, 1_000_000, 500_000),
        (1.0, 3.0, 10_000, LEAST),
    ],
)
def test_a_second_decides_the_next(lost: float, queue: float, received: int, allowed: int) -> None:
    uplink = Uplink()

    uplink.judge(lost, queue, received)

    assert uplink.allowed == allowed


def test_there_is_a_most() -> None:
    uplink = Uplink()

    for _ in range(30):
        uplink.judge(0.0, 0.0, 3_000_000)

    assert uplink.allowed == MOST


def test_a_queue_that_does_not_shrink_is_a_longer_way_and_all_is_allowed_again() -> None:
    uplink = Uplink()

    said = [uplink.judge(0.0, 0.3, 500_000) for _ in range(LONGER + 1)]

    assert said == [False] * LONGER + [True]
    assert uplink.allowed == START
