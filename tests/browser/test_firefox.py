"""Firefox sees what Chromium sends, and Chromium sees what Firefox sends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.conftest import PROGRAMME
from tests.browser.firefox import Firefox, Window, firefox
from tests.browser.test_evening import DESK, GREEN_ROOM, STAGE, go_on_stage, on_to
from tests.browser.test_sources import connected
from tests.browser.visiting import COLOUR, Visitors, accessible, eventually, photograph, sees
from tests.devices.starting import camera
from tests.namespace import ADDRESS, apart
from tests.running import Running, running, tonight

# The camera Firefox brings for tests changes its colour all the time; this one is green.
GREEN_CAMERA = """() => {
  const ask = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (wanted) {
    const stream = await ask.call(this, wanted);
    const [camera] = stream.getVideoTracks();
    if (!camera) return stream;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 360];
    const pen = canvas.getContext("2d");
    let frame = 0;
    setInterval(() => {
      pen.fillStyle = "#00c000";
      pen.fillRect(0, 0, 640, 360);
      pen.fillStyle = "#00a000";
      pen.fillRect((frame++ * 8) % 640, 340, 40, 20);
    }, 66);
    const [green] = canvas.captureStream(15).getVideoTracks();
    green.getSettings = () => camera.getSettings();
    stream.removeTrack(camera);
    stream.addTrack(green);
    return stream;
  };
}"""


@pytest.fixture
def network() -> Iterator[str]:
    """Everything in a network of its own."""
    with apart() as name:
        yield name


@pytest.fixture
def server(network: str, tmp_path: Path) -> Iterator[Running]:
    """The usual server, in that network."""
    programme = tonight(PROGRAMME, tmp_path)
    with running(tmp_path, programme, FOYER_MEDIA_ANNOUNCE=ADDRESS) as started:
        yield started


@pytest.fixture
def visitors(
    playwright: Playwright, network: str, server: Running, tmp_path: Path
) -> Iterator[Visitors]:
    """Chromium, in that network as well."""
    there = tmp_path / "chromium"
    there.write_text(f'#!/bin/sh\nexec ip netns exec {network} chromium "$@"\n')
    there.chmod(0o700)
    opened = Visitors(playwright, server, str(there))
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def fox(network: str, tmp_path: Path) -> Iterator[Firefox]:
    """Firefox, there too."""
    with firefox(tmp_path / "firefox") as started:
        yield started


def test_firefox_and_chromium_see_each_other(
    visitors: Visitors, server: Running, fox: Firefox, clips: dict[str, Path]
) -> None:
    # Given a talent in Chromium, a viewer in Firefox
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}{DESK}")
    jonas = visitors.window("jonas", clips["red"])
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    on_to(desk, "Miriam Haldenwang")
    go_on_stage(jonas)
    on_to(desk, "Jonas Brandt-Okafor")
    viewer = signed_in(fox, server, "konrad")
    viewer.goto(f"{server.url}{STAGE}")

    # Then Firefox shows what Chromium sends
    eventually(lambda: viewer.evaluate(COLOUR, "video") == "red", "red in Firefox")
    viewer.photograph("firefox-stage")

    # When the next talent comes with Firefox, to the questions of the one before
    on_to(desk, "Fragen an Jonas Brandt-Okafor")
    elif_ = signed_in(fox, server, "elif")
    elif_.first_of_all(GREEN_CAMERA)
    elif_.goto(f"{server.url}{GREEN_ROOM}")
    eventually(lambda: elif_.press("Auf die Bühne gehen"), "the click of one's own in Firefox")
    eventually(lambda: "Sie gehen auf die Bühne" in words(elif_), "her word that she comes")
    on_to(desk, "Elif Yıldız")

    # Then Chromium shows what Firefox sends, and so does the other Firefox
    sees(desk, "green")
    eventually(lambda: viewer.evaluate(COLOUR, "video") == "green", "green in Firefox")
    elif_.photograph("firefox-on-stage")


def test_the_desk_says_who_cannot_see_an_h264_camera(
    visitors: Visitors, server: Running, fox: Firefox
) -> None:
    # Given a desk in Chromium, and a viewer in a Firefox that has no H264
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}{DESK}")
    viewer = signed_in(fox, server, "konrad")
    viewer.goto(f"{server.url}{STAGE}")

    # When FFmpeg's H264 is on stage, then the desk sees it and is told who does not
    with camera("ffmpeg", server.data, *connected(desk, "Saaltotale", "guest")):
        desk.get_by_role("button", name="Saaltotale auf die Bühne nehmen").click()
        sees(desk, "red")
        expect(desk.get_by_text("1 Person sieht Saaltotale nicht")).to_be_visible(timeout=10_000)
        photograph(desk, "desk-no-h264")
        accessible(desk)
        assert viewer.evaluate(COLOUR, "video") == "none"

    # When the camera is VP8 instead, then both see it, and nothing is left to be said
    with camera("gstreamer", server.data, *connected(desk, "Pult", "speaker")):
        desk.get_by_role("button", name="Pult auf die Bühne nehmen").click()
        eventually(lambda: viewer.evaluate(COLOUR, "video") == "green", "green in Firefox")
        expect(desk.get_by_text("1 Person sieht")).to_have_count(0)


def signed_in(fox: Firefox, server: Running, person: str) -> Window:
    """A window of Firefox that has used a personal link."""
    window = fox.window()
    window.goto(server.link(person))
    window.press("Hereinkommen")
    eventually(lambda: "/sign-in/" not in window.evaluate("() => location.pathname"), "the foyer")
    return window


def words(window: Window) -> str:
    """All that is to be read in the room and above it."""
    said: str = window.evaluate("() => document.body.innerText")
    return said
