"""Bad lines: what comes through, and how soon the picture is back. `make faults` does more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.faults.network import theatre
from tests.lossy import Lossy, lossy, unavailable

pytestmark = pytest.mark.skipif(bool(unavailable()), reason=unavailable())


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Lossy]:
    """A line that can be made bad."""
    with lossy(tmp_path) as made:
        yield made


def test_a_lossy_line_still_shows_the_stage_and_a_dark_moment_heals(
    playwright: Playwright, line: Lossy, tmp_path: Path
) -> None:
    with theatre(playwright, line, tmp_path) as shown:
        lossy_line = shown.through(8.0, loss=0.1)
        back = shown.blackout(2.0)
    print(lossy_line, back)

    # A busy machine drops pictures by itself; without repairs hardly one in ten would be whole.
    assert lossy_line.pictures >= 0.4
    assert lossy_line.joins == 0
    assert back <= 5.0
