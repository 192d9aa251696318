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
    """Browsers come last: what drives them keeps an event loop of its own until the end.

    In several processes each kind has one to itself, since all of them mostly wait; those with
    cameras among themselves, since they must not wait for each other.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_kind(item)))
    items.sort(key=lambda item: _kind(item) != "house")


def _kind(item: pytest.Item) -> str:
    fixtures = getattr(item, "fixturenames", ())
    if "playwright" not in fixtures:
        return "house"
    return "cameras" if "clips" in fixtures else "pages"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One Playwright for all tests."""
    with sync_playwright() as started:
        yield started
