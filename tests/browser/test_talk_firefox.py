"""A talk between Firefox and Chromium: seen and heard at both ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.clips import tone
from tests.browser.firefox import Firefox
from tests.browser.talking import line, open_round
from tests.browser.test_firefox import GREEN_CAMERA, fox, network, signed_in, visitors
from tests.browser.test_talk import NOW, PARTNER, PROGRAMME, TONE, TONES, sees
from tests.browser.test_talk_relay import KEPT
from tests.browser.visiting import COLOUR, Visitors, eventually
from tests.namespace import ADDRESS
from tests.running import Running, running, tonight

# How much sound arrived; without a loudspeaker this Firefox lets no page analyse it.
ENERGY = """async () => {
  let energy = 0;
  for (const peer of window.__peers) {
    for (const each of (await peer.getStats()).values()) {
      const heard = each.type === "inbound-rtp" && each.kind === "audio";
      if (heard) energy += each.totalAudioEnergy ?? 0;
    }
  }
  return energy;
}"""

__all__ = ["fox", "network", "visitors"]


@pytest.fixture
def server(network: str, tmp_path: Path) -> Iterator[Running]:
    """The server of a round of talks, in that network."""
    programme = tonight(PROGRAMME, tmp_path)
    with running(tmp_path, programme, FOYER_MEDIA_ANNOUNCE=ADDRESS) as started:
        yield started


def test_firefox_and_chromium_talk(
    visitors: Visitors, server: Running, fox: Firefox, clips: dict[str, Path], tmp_path: Path
) -> None:
    # Given a company in Chromium, with a red camera and a tone for a voice
    with line(server, "miriam") as desk:
        open_round(desk)
    carla = visitors.window("carla", clips["red"], sound=tone(tmp_path, TONES["red"]))
    carla.goto(f"{server.url}{NOW}?enter")

    # When the talent comes with Firefox
    elif_ = signed_in(fox, server, "elif")
    elif_.first_of_all(GREEN_CAMERA)
    elif_.first_of_all(KEPT)
    elif_.goto(f"{server.url}{NOW}")
    eventually(lambda: elif_.press("Ins Gespräch gehen"), "her one click in Firefox")

    # Then each sees and hears the other
    eventually(lambda: elif_.evaluate(COLOUR, PARTNER) == "red", "red in Firefox")
    sees(carla, "green")
    eventually(lambda: elif_.evaluate(ENERGY) > 0.01, "the sound of Chromium in Firefox")
    eventually(lambda: carla.evaluate(TONE) > 0, "the sound of Firefox in Chromium")
    elif_.photograph("firefox-talk")
