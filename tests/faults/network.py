"""Real Chromium windows behind a bad line: what they see of the stage, and how soon again."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from playwright.sync_api import Page, Playwright, expect

from tests.browser.test_evening import DESK, GREEN_ROOM, STAGE, go_on_stage, on_to
from tests.browser.visiting import FLAGS, Visitors, eventually
from tests.lossy import HOUSE, Lossy
from tests.running import Running, free_port, running, tonight

PROGRAMME: Final = Path(__file__).parents[1] / "browser" / "evening.toml"
STEADY: Final = 5.0  # seconds of good weather that count as the yardstick
SETTLES: Final = 4.0  # seconds a browser may take to find its way with worse weather

# Counts, every 50 ms, the pictures that came out of the decoders of all connections, and notes
# when they came again after a pause. Sound is counted as what was heard and what was only made up.
PROBE: Final = """(() => {
  const PAUSE = 400; // milliseconds without a picture
  const peers = [];
  const seen = (window.__seen = {
    frames: 0, made: 0, heard: 0, invented: 0, resumed: [],
  });
  let newest = 0;
  const before = new Map();
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(config) {
      super(config);
      peers.push(this);
      seen.made += 1;
    }
  };
  const count = (key, value, name) => {
    const last = before.get(key + name) ?? 0;
    before.set(key + name, value);
    if (value <= last) return;
    seen[name] += value - last;
    if (name !== "frames") return;
    const now = performance.timeOrigin + performance.now();
    if (now - newest > PAUSE) seen.resumed.push(now);
    newest = now;
  };
  const look = async () => {
    for (const [index, peer] of peers.entries()) {
      if (peer.connectionState === "closed") continue;
      for (const each of (await peer.getStats()).values()) {
        if (each.type !== "inbound-rtp") continue;
        const key = `${index} ${each.id} `;
        if (each.kind === "video") count(key, each.framesDecoded ?? 0, "frames");
        else {
          count(key, each.totalSamplesReceived ?? 0, "heard");
          count(key, each.concealedSamples ?? 0, "invented");
        }
      }
    }
    setTimeout(look, 50);
  };
  look();
})()"""


class Seen(NamedTuple):
    """What a window has got so far."""

    frames: int
    made: int
    "connections that were begun"
    heard: int
    "samples of sound, made up ones included"
    invented: int


class Reception(NamedTuple):
    """What came through while the weather lasted, beside what came before."""

    pictures: float
    "pictures a second as a share of those in good weather"
    sound: float
    "share of the sound that was not made up"
    joins: int
    "connections that were made anew"


class Theatre:
    """An evening with a speaker on stage and a viewer at the far end of the line."""

    def __init__(self, server: Running, line: Lossy, near: Visitors, far: Visitors) -> None:
        self.server = server
        self.line = line
        self._near = near
        self._far = far
        self.viewer: Page

    def open(self, *, speaker_far: bool = False) -> None:
        """Begin: the speaker is on stage, and the viewer sees the picture."""
        url = self.server.url
        desk = self._near.window("miriam")
        desk.goto(f"{url}{DESK}")
        jonas = (self._far if speaker_far else self._near).window("jonas")
        self.viewer = (self._near if speaker_far else self._far).window("konrad")
        self.viewer.add_init_script(PROBE)
        jonas.goto(f"{url}{GREEN_ROOM}")
        self.viewer.goto(f"{url}{STAGE}")
        on_to(desk, "Miriam Haldenwang")
        go_on_stage(jonas)
        expect(jonas.get_by_text("Sie gehen auf die Bühne, sobald")).to_be_visible()
        on_to(desk, "Jonas Brandt-Okafor")
        self.sees()

    def seen(self) -> Seen:
        """What the viewer has got so far."""
        said: dict[str, Any] = self.viewer.evaluate("() => window.__seen")
        return Seen(*(said[name] for name in Seen._fields))

    def sees(self, within: float = 30.0) -> None:
        """Wait until pictures come steadily."""
        start = self.seen().frames
        eventually(lambda: self.seen().frames > start + 20, "moving pictures", within)

    def through(self, seconds: float, **weather: float) -> Reception:
        """Let it be bad for so long, and say what came through of it."""
        usual = self._rate(STEADY)
        self.line.weather(**weather)
        self.viewer.wait_for_timeout(SETTLES * 1000)
        before = self.seen()
        rate = self._rate(seconds)
        after = self.seen()
        self.line.weather()
        heard = after.heard - before.heard
        sound = 1 - (after.invented - before.invented) / heard if heard else 0.0
        return Reception(rate / usual, sound, after.made - before.made)

    def blackout(self, seconds: float) -> float:
        """Nothing passes for so long; seconds from its end until the first new picture."""
        self.line.weather(down=True)
        self.viewer.wait_for_timeout(seconds * 1000)
        self.line.weather()
        return self.back_since(time.time())

    def back_since(self, moment: float, within: float = 60.0) -> float:
        """Seconds from `moment` until pictures come again after a pause."""
        resumed: list[float] = []

        def are_back() -> bool:
            all_of_them: list[float] = self.viewer.evaluate("() => window.__seen.resumed")
            resumed[:] = [each for each in all_of_them if each / 1000 > moment]
            return bool(resumed)

        eventually(are_back, "pictures after a pause", within)
        self.sees()
        return resumed[0] / 1000 - moment

    def _rate(self, seconds: float) -> float:
        start, began = self.seen().frames, time.monotonic()
        self.viewer.wait_for_timeout(seconds * 1000)
        return (self.seen().frames - start) / (time.monotonic() - began)


@contextmanager
def theatre(
    playwright: Playwright, line: Lossy, folder: Path, *, speaker_far: bool = False
) -> Iterator[Theatre]:
    """The whole of it, until the block ends."""
    with ExitStack() as stack:
        server = stack.enter_context(_served(folder))
        flags = [*FLAGS, f"--unsafely-treat-insecure-origin-as-secure={server.url}"]
        near = Visitors(playwright, server, line.near, flags)
        stack.callback(near.close)
        far = Visitors(playwright, server, line.far, flags)
        stack.callback(far.close)
        for each in (near, far):
            each.guard.forgiven += [""]  # what a browser says of a bad line is no fault
        shown = Theatre(server, line, near, far)
        shown.open(speaker_far=speaker_far)
        yield shown


@contextmanager
def _served(folder: Path) -> Iterator[Running]:
    port = free_port(socket.SOCK_STREAM)
    settings = {
        "FOYER_HOST": "0.0.0.0",
        "FOYER_PORT": str(port),
        "FOYER_PUBLIC_URL": f"http://{HOUSE}:{port}",
        "FOYER_MEDIA_ANNOUNCE": HOUSE,
    }
    with running(folder, tonight(PROGRAMME, folder), **settings) as server:
        yield server
