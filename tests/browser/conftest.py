"""A real server and real browsers for every test in this folder."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.clips import COLOURS, write_clip
from tests.browser.visiting import Visitors
from tests.running import Running, running, tonight

LAST_WORDS = 6_000  # characters of the server's log beside a failure
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show beside a failure what every window showed, and what the server said."""
    report = yield
    if report.when == "call" and report.failed:
        fixtures: dict[str, object] = getattr(item, "funcargs", {})
        windows, house = fixtures.get("visitors"), fixtures.get("server")
        if isinstance(windows, Visitors):
            report.sections.append(("windows", windows.looks()))
        if isinstance(house, Running):
            report.sections.append(("server", house.log.read_text()[-LAST_WORDS:]))
    return report
