"""The check of the line names the way that is shut, in words one can forward."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import PROGRAMME
from tests.browser.test_evening import STAGE
from tests.browser.visiting import Visitors
from tests.running import Running, running, tonight
from tests.turn_server import SECRET, TurnServer

# A firewall as the browser meets it: what would go directly finds no path.
NO_UDP_OUT = """(() => {
  const only = (config) => ({ ...config, iceTransportPolicy: "relay" });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(config) {
      super(only(config));
    }
    setConfiguration(config) {
      super.setConfiguration(only(config));
    }
  };
})()"""


def shut_port() -> int:
    """A TCP port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[TurnServer]:
    """A coturn that speaks UDP and TCP."""
    with TurnServer(tmp_path) as started:
        yield started


@pytest.fixture
def server(tmp_path: Path, relay: TurnServer) -> Iterator[Running]:
    """A server whose relay is there by UDP and TCP, and said to be there by TLS."""
    urls = f"{relay.urls('udp')},{relay.urls('tcp')},turns:127.0.0.1:{shut_port()}?transport=tcp"
    settings = {"FOYER_TURN_URLS": urls, "FOYER_TURN_SECRET": SECRET}
    with running(tmp_path, tonight(PROGRAMME, tmp_path), **settings) as started:
        yield started


@pytest.fixture
def visitors(playwright: Playwright, server: Running) -> Iterator[Visitors]:
    """Windows of one test; the guards are checked when it is over."""
    opened = Visitors(playwright, server)
    try:
        yield opened
    finally:
        opened.close()


def legs(page: Page) -> list[tuple[str, bool]]:
    """Each way that was tried, and whether it is open."""
    lines = page.locator(".legs > li")
    return [
        (line.locator("b").inner_text(), line.get_attribute("data-is") == "open")
        for line in lines.all()
    ]


def test_each_way_is_tried_and_the_one_that_is_shut_is_named(
    visitors: Visitors, server: Running, relay: TurnServer
) -> None:
    # Given a guest behind a network that lets UDP only reach the relay
    konrad = visitors.window("konrad")
    konrad.context.add_init_script(NO_UDP_OUT)
    konrad.goto(f"{server.url}/check")

    # When the way is tried
    konrad.get_by_role("button", name="Prüfung beginnen").click()

    # Then each leg has its line, and the verdict is that a detour works
    expect(konrad.get_by_role("main").get_by_text("kommen über einen Umweg an")).to_be_visible(
        timeout=20_000
    )
    assert legs(konrad) == [
        ("Direkt, über UDP", False),
        ("Über ein Relais, UDP", True),
        ("Über ein Relais, TCP", True),
        ("Über ein Relais, TLS", False),
    ]

    # And the letter says what is shut and what to allow
    konrad.get_by_text("Für die Menschen, die Ihr Netz betreuen").click()
    letter = konrad.locator(".forward pre").inner_text()
    assert f"Über ein Relais, UDP: 127.0.0.1:{relay.port} antwortet." in letter
    assert "- TCP (TLS) → 127.0.0.1:" in letter
    assert f"- UDP → 127.0.0.1:{server.settings['FOYER_MEDIA_PORT']}" in letter


def test_who_sees_no_picture_on_the_stage_finds_out_why(
    visitors: Visitors, server: Running, relay: TurnServer
) -> None:
    # Given a guest whose network lets nothing through at all
    relay.stop()
    konrad = visitors.window("konrad")
    konrad.context.add_init_script(NO_UDP_OUT)
    konrad.goto(f"{server.url}{STAGE}")

    # When the stage says so, and the guest asks why
    konrad.get_by_role("button", name="Woran liegt das?").click(timeout=60_000)

    # Then every way is named, and the evening goes on behind the dialog
    dialog = konrad.get_by_role("dialog")
    says = dialog.get_by_text("Ihr Netz lässt weder Bild noch Ton durch")
    expect(says).to_be_visible(timeout=20_000)
    assert [is_open for _, is_open in legs(konrad)] == [False] * 4
    dialog.get_by_role("button", name="Schließen").click()
    expect(konrad.get_by_role("tab", name="Fragen")).to_be_visible()
