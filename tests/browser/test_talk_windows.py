"""What may happen in a talk: a screen beside the camera, a second window, a path that dies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talking import line, open_round
from tests.browser.test_talk import BACK_WITHIN, NOW, PARTNER, PROGRAMME, sees
from tests.browser.test_talk_relay import KEPT
from tests.browser.visiting import Visitors, colour, eventually, photograph
from tests.running import Running, running, tonight

SHARED = ".shared video"

# Whether the partner's picture comes in just now.
MOVES = """async (selector) => {
  const video = document.querySelector(selector);
  const before = video?.getVideoPlaybackQuality().totalVideoFrames;
  await new Promise((done) => setTimeout(done, 300));
  const [track] = video?.srcObject?.getVideoTracks() ?? [];
  return track?.readyState === "live" && video.getVideoPlaybackQuality().totalVideoFrames > before;
}"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server whose evening has a round of talks."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def test_a_screen_beside_the_camera_and_the_newest_window(
    visitors: Visitors, server: Running, clips: dict[str, Path]
) -> None:
    # Given two who talk
    with line(server, "miriam") as desk:
        open_round(desk)
    elif_ = visitors.window("elif", clips["green"])
    carla = visitors.window("carla", clips["red"])
    for page in (elif_, carla):
        page.goto(f"{server.url}{NOW}?enter")
    sees(carla, "green")
    sees(elif_, "red")

    # When one shows a screen, then the other sees it beside the camera
    slides = elif_.context.new_page()
    slides.set_content("<title>Folien</title><body style='background: blue'></body>")
    elif_.bring_to_front()
    elif_.get_by_role("button", name="Bildschirm zeigen").click()
    eventually(lambda: colour(carla, SHARED) == "blue", "the screen")
    sees(carla, "green")
    photograph(carla, "talk-screen")

    # When it is shown no longer, then only the camera is there
    elif_.get_by_role("button", name="Nicht mehr zeigen").click()
    expect(carla.locator(SHARED)).to_have_count(0)
    sees(carla, "green")

    # When one opens the talk in another window, then that has it, and the first one says so
    again = elif_.context.new_page()
    again.goto(f"{server.url}{NOW}")
    sees(again, "red")
    banner = elif_.get_by_role("heading", name="Ihr Gespräch läuft in einem anderen Fenster")
    expect(banner).to_be_visible()

    # When one takes it back to the first, then that has it
    elif_.bring_to_front()
    elif_.get_by_role("button", name="Hier weitersprechen").click()
    sees(elif_, "red")
    sees(carla, "green")
    expect(banner).to_have_count(0)


def moves(page: Page, within: float) -> None:
    """Wait until the partner's picture moves."""
    eventually(lambda: page.evaluate(MOVES, PARTNER), "a picture that moves again", within)


def test_a_path_that_dies_is_replaced(
    visitors: Visitors, server: Running, clips: dict[str, Path]
) -> None:
    # Given two who talk
    with line(server, "miriam") as desk:
        open_round(desk)
    elif_ = visitors.window("elif", clips["green"])
    carla = visitors.window("carla", clips["red"])
    for page in (elif_, carla):
        page.context.add_init_script(KEPT)
        page.goto(f"{server.url}{NOW}?enter")
    sees(carla, "green")
    sees(elif_, "red")

    # When one end is gone without a word, then the other notices, and both are back soon
    began = time.monotonic()
    elif_.evaluate("() => window.__peers.forEach((peer) => peer.close())")
    for page in (elif_, carla):
        left = BACK_WITHIN - (time.monotonic() - began)
        moves(page, left)
