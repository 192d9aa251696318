"""A talk of three, by way of the house: everybody sees everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talking import line, open_round
from tests.browser.test_talk import NOW, PROGRAMME
from tests.browser.visiting import Visitors, accessible, eventually, photograph
from tests.running import Running, running, tonight

# The colours of all pictures in the circle.
COLOURS = """() => [...document.querySelectorAll(".circle video")].flatMap((video) => {
  if (!video.videoWidth || video.paused || video.hidden) return [];
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0, 8, 8);
  const [r, g, b] = pen.getImageData(4, 4, 1, 1).data;
  return r > g && r > b ? ["red"] : g > b ? ["green"] : b > 60 ? ["blue"] : [];
})"""

THIRD = """[[people]]
id = "jonas"
name = "Jonas Brandt-Okafor"
role = "talent"
organisation = "Hochschule Offental"

[[stages]]
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server whose rounds have tables of one company and two talents."""
    evening = tonight(PROGRAMME, tmp_path)
    written = evening.read_text().replace("[[stages]]\n", THIRD, 1)
    evening.write_text(written.replace("[[people]]", "[meetings]\ntable = 2\n\n[[people]]", 1))
    with running(tmp_path, evening) as started:
        yield started


def seen(page: Page) -> set[str]:
    """The colours of the pictures on the page."""
    return set(page.evaluate(COLOURS))


def test_three_see_each_other(visitors: Visitors, server: Running, clips: dict[str, Path]) -> None:
    # Given a table of a company and two talents
    with line(server, "miriam") as desk:
        open_round(desk)
    cameras = {"carla": "red", "elif": "green", "jonas": "blue"}
    pages = {person: visitors.window(person, clips[cameras[person]]) for person in cameras}

    # When all go in
    for page in pages.values():
        page.goto(f"{server.url}{NOW}?enter")

    # Then everybody sees all three, and everybody's card is there
    for person, page in pages.items():
        eventually(lambda page=page: seen(page) == set(cameras.values()), f"all at {person}'s")
    carla = pages["carla"]
    expect(carla.get_by_role("heading", name="Im Gespräch mit")).to_contain_text("Elif Yıldız")
    expect(carla.locator(".partner-card")).to_have_count(2)
    photograph(carla, "talk-three")
    accessible(carla)
