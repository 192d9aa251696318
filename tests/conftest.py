"""What all tests share: made-up examples are judged by what they show, not by how fast."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Playwright, sync_playwright

# Two busy cores make any example slow now and then; benchmarks measure speed, tests do not.
# A run that decides whether something lands must say the same twice; all others look further.
settings.register_profile(
    "house",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers come last: what drives them keeps an event loop of its own until the end."""
    items.sort(key=_drives)


def _drives(item: pytest.Item) -> bool:
    return "playwright" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One Playwright for all tests."""
    with sync_playwright() as started:
        yield started
