"""A camera in three qualities: each viewer gets the one it shows, at once and without a seam."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.test_evening import DESK, GREEN_ROOM, STAGE, go_on_stage, on_to
from tests.browser.visiting import Visitors, eventually, sees
from tests.running import Running

# Notes when the stage was asked for, when its first picture came, and the longest time between
# two pictures since `restart`.
WATCH = """
window.noted = { asked: 0, first: 0, gap: 0, last: 0 };
const describe = RTCPeerConnection.prototype.setRemoteDescription;
RTCPeerConnection.prototype.setRemoteDescription = function (...given) {
  noted.asked ||= performance.now();
  return describe.apply(this, given);
};
addEventListener("loadeddata", ({ target }) => {
  const watch = () => {
    const now = performance.now();
    noted.first ||= now;
    noted.gap = Math.max(noted.gap, now - (noted.last || now));
    noted.last = now;
    target.requestVideoFrameCallback(watch);
  };
  if (target instanceof HTMLVideoElement) target.requestVideoFrameCallback(watch);
}, true);
"""

SMALL = {"width": 390, "height": 844}
LARGE = {"width": 1280, "height": 800}


def width(page: Page) -> int:
    """Of the picture that arrives, in pixels, however large it is shown."""
    found: int = page.evaluate(
        "() => Math.max(0, ...[...document.querySelectorAll('video')].map((v) => v.videoWidth))"
    )
    return found


def gap(page: Page) -> float:
    """The longest time without a new picture since this was last asked, in seconds."""
    found: float = page.evaluate(
        "() => { const { gap } = noted; noted.gap = 0; return gap / 1000 }"
    )
    return found


def test_a_viewer_gets_the_quality_it_shows_and_sees_no_seam(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a talent whose camera is live
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}{DESK}")
    jonas = visitors.window("jonas", clips["red"])
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    on_to(desk, "Miriam Haldenwang")
    go_on_stage(jonas)
    on_to(desk, "Jonas Brandt-Okafor")
    sees(desk, "red")

    # When somebody joins the running stage, then the picture is there within a moment
    konrad = visitors.window("konrad", viewport=LARGE)
    konrad.add_init_script(WATCH)
    konrad.goto(f"{server.url}{STAGE}")
    sees(konrad, "red")
    eventually(lambda: konrad.evaluate("() => noted.first > 0"), "a note of the first picture")
    seconds = konrad.evaluate("() => (noted.first - noted.asked) / 1000")
    assert 0 < seconds < 3.0, seconds
    large = 640  # pixels, what the camera of the test has
    eventually(lambda: width(konrad) == large, "a large picture")

    # When it is shown small, then a small one comes, and none is missed
    gap(konrad)
    konrad.set_viewport_size(SMALL)
    eventually(lambda: 0 < width(konrad) <= large / 2, "a small picture")
    assert gap(konrad) < 1.5

    # When it is shown large again, then so does the large one
    konrad.set_viewport_size(LARGE)
    eventually(lambda: width(konrad) == large, "the large picture again")
    assert gap(konrad) < 1.5
    sees(konrad, "red")
