"""The house's clock never runs backwards."""

from __future__ import annotations

import time

import pytest

from server.clock import CATCHING_UP, WallClock


def test_it_says_what_the_machine_says() -> None:
    assert WallClock().now() == pytest.approx(time.time(), abs=1.0)


def test_set_back_it_runs_on_more_slowly_until_both_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    wall, steady = 1_000.0, 50.0
    monkeypatch.setattr(time, "time", lambda: wall)
    monkeypatch.setattr(time, "monotonic", lambda: steady)
    clock = WallClock()
    wall, steady = 995.0, 60.0  # ten seconds later it was set back by fifteen
    assert clock.now() == 1_000.0 + 10 * CATCHING_UP
    wall, steady = 1_095.0, 160.0
    assert clock.now() == pytest.approx(1_000.0 + 110 * CATCHING_UP)
    wall, steady = 2_995.0, 2_060.0
    assert clock.now() == 2_995.0


def test_set_forward_it_follows_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wall = 1_000.0
    monkeypatch.setattr(time, "time", lambda: wall)
    clock = WallClock()
    wall = 5_000.0
    assert clock.now() == 5_000.0
