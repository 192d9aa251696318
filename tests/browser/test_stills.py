"""Where no WebRTC gets through, the evening is still seen."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import expect

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

# The middle of the still that is on the page, and which still it is.
LOOK = """async () => {
  const image = document.querySelector(".video img.over");
  if (!image || !image.complete || !image.naturalWidth) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, 64, 36);
  const [red, green, blue] = context.getImageData(20, 18, 1, 1).data;
  return { green: green > 100 && red < 90 && blue < 90, still: image.src };
}"""


def test_a_viewer_behind_a_wall_sees_the_speaker_by_stills(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a speaker on stage, and a guest whose network lets nothing through
    desk, jonas = visitors.window("miriam"), visitors.window("jonas", clips["green"])
    desk.goto(f"{server.url}{DESK}")
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    konrad = visitors.window("konrad")
    konrad.context.add_init_script(NOTHING_OUT)
    konrad.goto(f"{server.url}{STAGE}")
    on_to(desk, "Miriam Haldenwang")
    go_on_stage(jonas)
    expect(jonas.get_by_text("Sie gehen auf die Bühne, sobald")).to_be_visible()
    on_to(desk, "Jonas Brandt-Okafor")

    # When some seconds have passed, then stills of the speaker come, one after the other
    seen: list[str] = []
    end = time.monotonic() + 40
    while len(set(seen)) < 5 and time.monotonic() < end:
        look = konrad.evaluate(LOOK)
        if look and look["green"]:
            seen.append(look["still"])
        konrad.wait_for_timeout(150)
    assert len(set(seen)) >= 5

    # And the page says why, and the evening's words go on
    expect(konrad.get_by_text("Sie sehen Standbilder.")).to_be_visible()
    expect(konrad.get_by_role("tab", name="Fragen")).to_be_visible()
    konrad.screenshot(path="artefacts/stills.png")
