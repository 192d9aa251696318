"""A talk over a real coturn: neither learns the other's address, until both agree to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talking import line, open_round
from tests.browser.test_talk import NOW, PROGRAMME, sees
from tests.browser.visiting import Visitors, eventually, photograph
from tests.running import Running, running, tonight
from tests.turn_server import SECRET, TurnServer

# The page's own code runs as it is; its connections are kept so that the test can ask them.
KEPT = """(() => {
  window.__peers = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(config) {
      super(config);
      window.__peers.push(this);
    }
  };
})()"""

# Both ends of the path that carries, and every address the partner told.
PATHS = """async () => {
  const ends = [];
  const told = new Set();
  for (const peer of window.__peers.filter((each) => each.connectionState === "connected")) {
    const stats = await peer.getStats();
    for (const each of stats.values()) {
      if (each.type === "remote-candidate") told.add(each.candidateType);
      const pair = each.type === "transport" && stats.get(each.selectedCandidatePairId);
      if (pair) ends.push([
        stats.get(pair.localCandidateId).candidateType,
        stats.get(pair.remoteCandidateId).candidateType,
      ]);
    }
  }
  return { ends, told: [...told] };
}"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server that sends browsers to a coturn set up as the README says."""
    with ExitStack() as stack:
        relay = stack.enter_context(TurnServer(tmp_path))
        settings = {"FOYER_TURN_URLS": relay.urls("udp"), "FOYER_TURN_SECRET": SECRET}
        evening = tonight(PROGRAMME, tmp_path)
        yield stack.enter_context(running(tmp_path, evening, **settings))


def paths(page: Page) -> dict[str, Any]:
    """How the page's connections go."""
    found: dict[str, Any] = page.evaluate(PATHS)
    return found


def goes(page: Page, way: str) -> None:
    """Wait until both ends of the page's one connection are of this kind."""
    eventually(lambda: paths(page)["ends"] == [[way, way]], f"a connection by {way}")


def test_addresses_stay_hidden_until_both_agree(
    visitors: Visitors, server: Running, clips: dict[str, Path]
) -> None:
    # Given two in a talk of a house that has a relay
    with line(server, "miriam") as desk:
        open_round(desk)
    pages = [visitors.window("elif", clips["green"]), visitors.window("carla", clips["red"])]
    for page in pages:
        page.context.add_init_script(KEPT)
        page.goto(f"{server.url}{NOW}?enter")
    elif_, carla = pages

    # Then they see each other over the relay alone, and the page says so
    sees(elif_, "red")
    sees(carla, "green")
    for page in pages:
        assert paths(page) == {"ends": [["relay", "relay"]], "told": ["relay"]}
        expect(page.get_by_text("Ihre Adresse bleibt verborgen: Bild und Ton")).to_be_visible()

    # When one would like a direct connection, then nothing changes but that the other is asked
    elif_.get_by_role("button", name="Direkt verbinden").click()
    expect(carla.get_by_text("Elif Yıldız bietet eine direkte Verbindung an.")).to_be_visible()
    photograph(carla, "talk-direct")
    assert paths(carla)["told"] == ["relay"]

    # When the other agrees, then they are connected directly
    carla.get_by_role("button", name="Direkt verbinden").click()
    expect(carla.get_by_text("Sie sind direkt verbunden, wie Sie beide")).to_be_visible()
    for page in pages:
        goes(page, "host")
    sees(elif_, "red")

    # When one takes it back, then addresses are hidden again
    elif_.get_by_role("button", name="Direkt verbinden").click()
    goes(elif_, "relay")
    sees(carla, "green")
