"""Networks that let nothing through but a relay: everything goes by way of a real coturn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import PROGRAMME
from tests.browser.test_evening import DESK, GREEN_ROOM, STAGE, go_on_stage, on_to
from tests.browser.visiting import Visitors, sees
from tests.running import Running, running, tonight
from tests.turn_server import SECRET, TurnServer

# A firewall as the browser meets it: only relayed paths are tried. The page's own code runs
# as it is; its connections are kept so that the test can ask which path they took.
FIREWALL = """(() => {
  const only = (config) => ({ ...config, iceTransportPolicy: "relay" });
  window.__peers = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(config) {
      super(only(config));
      window.__peers.push(this);
    }
    setConfiguration(config) {
      super.setConfiguration(only(config));
    }
  };
})()"""

# [type, transport to the relay] of the local end of each open connection's path.
PATHS = """async () => {
  const paths = [];
  for (const peer of window.__peers.filter((each) => each.connectionState === "connected")) {
    const stats = await peer.getStats();
    for (const each of stats.values()) {
      const pair = each.type === "transport" && stats.get(each.selectedCandidatePairId);
      const end = pair && stats.get(pair.localCandidateId);
      if (end) paths.push([end.candidateType, end.relayProtocol]);
    }
  }
  return paths;
}"""


@pytest.fixture(params=["udp", "tcp"])
def transport(request: pytest.FixtureRequest) -> str:
    """How browsers reach the relay."""
    return str(request.param)


@pytest.fixture
def server(tmp_path: Path, transport: str) -> Iterator[Running]:
    """A server that sends browsers to a coturn of its own."""
    with ExitStack() as stack:
        relay = stack.enter_context(TurnServer(tmp_path))
        settings = {"FOYER_TURN_URLS": relay.urls(transport), "FOYER_TURN_SECRET": SECRET}
        evening = tonight(PROGRAMME, tmp_path)
        yield stack.enter_context(running(tmp_path, evening, **settings))


@pytest.fixture
def visitors(playwright: Playwright, server: Running) -> Iterator[Visitors]:
    """Windows behind a firewall; the guards are checked when the test is over."""
    opened = Visitors(playwright, server)
    try:
        yield opened
    finally:
        opened.close()


def behind_firewall(page: Page) -> Page:
    """The same window, whose connections may only be relayed from its next page on."""
    page.context.add_init_script(FIREWALL)
    return page


def test_talent_and_audience_meet_through_a_relay(
    visitors: Visitors, clips: dict[str, Path], server: Running, transport: str
) -> None:
    # Given a talent and a guest behind firewalls
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}{DESK}")
    jonas = behind_firewall(visitors.window("jonas", clips["green"]))
    konrad = behind_firewall(visitors.window("konrad"))

    # When the guest checks the device, then the page says that the way leads over a relay
    konrad.goto(f"{server.url}/check")
    konrad.get_by_role("button", name="Prüfung beginnen").click()
    expect(konrad.get_by_role("main").get_by_text("kommen über einen Umweg an")).to_be_visible(
        timeout=20_000
    )

    # When the talent goes on stage
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    konrad.goto(f"{server.url}{STAGE}")
    on_to(desk, "Miriam Haldenwang")
    go_on_stage(jonas)
    expect(jonas.get_by_text("Sie gehen auf die Bühne, sobald")).to_be_visible()
    on_to(desk, "Jonas Brandt-Okafor")

    # Then the guest sees him, and both ends are relayed
    sees(konrad, "green")
    for page in (jonas, konrad):
        paths = page.evaluate(PATHS)
        assert paths
        assert all(path == ["relay", transport] for path in paths), paths
