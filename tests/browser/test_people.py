"""The directory in real windows: found, wished for, ranked by keys; one's own topics as chips."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PROGRAMME
from tests.browser.visiting import Visitors, accessible, photograph
from tests.running import Running, running, tonight

PATIENCE = 20_000  # milliseconds


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server of its own, for what people wish."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def test_people_are_found_wished_for_and_ranked(visitors: Visitors, server: Running) -> None:
    page = visitors.window("elif", locale="en-GB")
    page.goto(f"{server.url}/people")
    carla = page.locator("#carla")
    carla.get_by_role("button", name="I would like to meet").click(timeout=PATIENCE)
    expect(page.locator(".wish-list li")).to_have_count(1)
    expect(page.locator(".wish-list")).to_contain_text("Carla Donati")
    expect(carla.get_by_role("button", name="On my list")).to_have_attribute("aria-pressed", "true")
    accessible(page)
    photograph(page, "people-wishes")

    page.get_by_label("Name, organisation or words").fill("brandt")
    expect(page.locator("#jonas")).to_be_visible()
    expect(carla).to_be_hidden()
    page.get_by_label("Name, organisation or words").fill("nobody at all")
    expect(page.get_by_text("Nobody found")).to_be_visible()
    page.get_by_label("Name, organisation or words").fill("")

    carla.scroll_into_view_if_needed()
    expect(carla.get_by_role("button", name="More about")).to_be_in_viewport()
    carla.get_by_role("button", name="More about").click()
    carla.get_by_role("button", name="No thanks").click(timeout=PATIENCE)
    expect(page.locator(".wish-list")).to_have_count(0)
    expect(carla.get_by_role("button", name="No thanks")).to_have_attribute("aria-pressed", "true")


def test_topics_are_chips_on_ones_own_page(visitors: Visitors, server: Running) -> None:
    page = visitors.window("elif", locale="en-GB")
    page.goto(f"{server.url}/me")
    field = page.get_by_label("Topics you offer")
    expect(page.get_by_text("Enter or a comma adds a topic").first).to_be_visible(timeout=PATIENCE)
    field.fill("Mikrofluidik")
    field.press("Enter")
    field.fill("Blut,")
    page.get_by_role("button", name="Remove Blut").click()
    accessible(page)
    photograph(page, "me-profile")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Kept.")).to_be_visible(timeout=PATIENCE)
    page.goto(f"{server.url}/people?topic=Mikrofluidik")
    expect(page.locator("#elif")).to_be_visible()
    expect(page.locator("[data-person]")).to_have_count(1)
