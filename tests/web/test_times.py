"""Instants and lengths in words."""

from __future__ import annotations

import pytest

from web import times

EVENING = 1_600_968_240.0  # 24 September 2020, 19:24 in Berlin
BERLIN = "Europe/Berlin"


def test_the_time_of_day_is_that_of_the_gathering() -> None:
    assert times.clock(EVENING, BERLIN) == "19:24"
    assert times.clock(EVENING, "Asia/Tokyo") == "02:24"
    assert times.hour(EVENING, BERLIN) == 19
    assert times.stamp(EVENING) == "2020-09-24T17:24:00Z"


def test_the_day_is_written_out() -> None:
    assert times.day(EVENING, BERLIN, "de") == "Donnerstag, 24. September 2020"
    assert times.day(EVENING, BERLIN, "en") == "Thursday, 24 September 2020"


@pytest.mark.parametrize(
    ("seconds", "german"),
    [
        (0.0, "0 min"),
        (20.0, "1 min"),
        (18 * 60.0, "18 min"),
        (3600.0, "1 h"),
        (2 * 3600 + 5 * 60.0, "2 h 05 min"),
        (3 * 86_400.0, "3 Tage"),
    ],
)
def test_a_length_is_said_roughly(seconds: float, german: str) -> None:
    assert times.length(seconds, "de") == german


@pytest.mark.parametrize(
    ("left", "shown"),
    [(228.0, "3:48"), (51.2, "0:52"), (0.0, "0:00"), (-42.9, "+0:42"), (3600.0, "60:00")],
)
def test_the_clock_counts_down_and_then_over(left: float, shown: str) -> None:
    assert times.countdown(left) == shown
