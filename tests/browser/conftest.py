"""A real server and real browsers for every test in this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.clips import COLOURS, write_clip
from tests.browser.visiting import Visitors
from tests.running import Running, running, tonight

PROGRAMME = Path(__file__).parent / "evening.toml"


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A fake camera's clip by colour."""
    folder = tmp_path_factory.mktemp("clips")
    return {colour: write_clip(folder, colour) for colour in COLOURS}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server of its own where the evening of `evening.toml` begins now."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


@pytest.fixture
def visitors(playwright: Playwright, server: Running) -> Iterator[Visitors]:
    """Windows on the server; the guards are checked when the test is over."""
    opened = Visitors(playwright, server)
    try:
        yield opened
    finally:
        opened.close()
