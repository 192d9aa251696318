"""Where no WebRTC gets through, the evening is still seen."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_evening import DESK, GREEN_ROOM, STAGE, go_on_stage, on_to
from tests.browser.visiting import Visitors
from tests.running import Running

# Connections are made, offered and answered, and no packet ever gets through.
NOTHING_OUT = """(() => {
  const only = (config) => ({ ...config, iceTransportPolicy: "relay", iceServers: [] });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(config) {
      super(only(config));
    }
    setConfiguration(config) {
      super.setConfiguration(only(config));
    }
  };
})()"""

# The middle of the still that is on the page.
LOOK = """async () => {
  const image = document.querySelector(".video img.over");
  if (!image || !image.complete || !image.naturalWidth) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, 64, 36);
  return [...context.getImageData(20, 18, 1, 1).data];
}"""


def note_stills(page: Page) -> list[float]:
    """The moments at which stills arrive from now on."""
    arrived: list[float] = []

    def note(frame: str | bytes) -> None:
        if '"media.still"' in str(frame[:40]):
            arrived.append(time.monotonic())

    page.on("websocket", lambda line: line.on("framereceived", note))
    return arrived


def test_a_viewer_behind_a_wall_sees_the_speaker_by_stills(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a speaker on stage, and a guest whose network lets nothing through
    desk, jonas = visitors.window("miriam"), visitors.window("jonas", clips["green"])
    desk.goto(f"{server.url}{DESK}")
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    konrad = visitors.window("konrad")
    konrad.context.add_init_script(NOTHING_OUT)
    arrived = note_stills(konrad)
    konrad.goto(f"{server.url}{STAGE}")
    on_to(desk, "Miriam Haldenwang")
    go_on_stage(jonas)
    expect(jonas.get_by_text("Sie gehen auf die Bühne, sobald")).to_be_visible()
    on_to(desk, "Jonas Brandt-Okafor")

    # When the guest waits, then the speaker's picture comes, about once a second
    end = time.monotonic() + 40
    while len(arrived) < 6 and time.monotonic() < end:
        konrad.wait_for_timeout(200)
    red, green, blue, _ = konrad.evaluate(LOOK)
    assert green > 100 > max(red, blue)
    assert arrived[5] - arrived[0] < 8

    # And the page says why, and the evening's words go on
    expect(konrad.get_by_text("Sie sehen Standbilder.")).to_be_visible()
    expect(konrad.get_by_role("tab", name="Fragen")).to_be_visible()
