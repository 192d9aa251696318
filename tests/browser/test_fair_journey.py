"""The fair as the demo shows it: a talent, a representative and an organiser among bots."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.demo import FOLDER, PROGRAMME, VISITORS
from tests.browser.visiting import Visitors, accessible, colour, eventually, photograph
from tests.running import Running

PATIENCE = 20_000  # milliseconds
BOTS_WITHIN = 150_000  # milliseconds; they take their time, as people do
MOVES = 'video[aria-label^="Kamera von"]'
FIELD = "Mikrofluidik auf Folie"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """The demo with its bots; what is asked of it by command finds its folder."""
    demo = Running(tmp_path, PROGRAMME)
    demo.start("demo")
    try:
        ports = {name: demo.settings[name] for name in ("FOYER_PORT", "FOYER_MEDIA_PORT")}
        house = Running(tmp_path / FOLDER, PROGRAMME, **ports)
        house.log = demo.log
        yield house
    finally:
        demo.stop()


def sees_somebody(page: Page) -> None:
    """Wait until a picture of somebody else comes."""
    eventually(lambda: colour(page, MOVES) not in ("none", "black"), "a picture", 60.0)


def hangs_card(page: Page, url: str) -> None:
    """Write a CV card and hang it."""
    page.goto(f"{url}/me/cv")
    page.get_by_label("Studienfach").fill(FIELD)
    page.get_by_label("Themen").fill("Mikrofluidik, Medizintechnik")
    page.get_by_label("Verfügbar ab").fill("April")
    page.get_by_role("button", name="Meine Karte aufhängen").click()
    expect(page.get_by_text("Sie hängt an der Pinnwand.")).to_be_visible(timeout=PATIENCE)


def pins_card(page: Page, url: str, offer: str) -> None:
    """Pin the card to an offer of the board."""
    page.goto(f"{url}/board")
    page.get_by_role("link", name=offer).first.click(timeout=BOTS_WITHIN)
    page.get_by_role("link", name="Karte anheften").click(timeout=PATIENCE)
    page.get_by_role("button", name="Zustimmen und Karte anheften").click(timeout=PATIENCE)
    page.wait_for_url("**/jobs/*")


def talks_at(page: Page, url: str, booth: str) -> None:
    """Take a number, come when called, look at the one who called, and go."""
    page.goto(f"{url}/booths/{booth}")
    page.get_by_label("Worüber möchten Sie sprechen?").fill("Abschlussarbeit", timeout=PATIENCE)
    page.get_by_role("button", name="Marke ziehen").click()
    banner = page.locator("#notices .banner")
    expect(banner).to_contain_text("Sie sind dran", timeout=BOTS_WITHIN)
    banner.get_by_role("button", name="Zum Tresen kommen").click()
    page.wait_for_url(f"**/booths/{booth}/talk")
    sees_somebody(page)
    photograph(page, "fair-journey-talk")
    page.get_by_role("button", name="Vom Tresen gehen").click()
    expect(page.get_by_role("heading", name="Danke für das Gespräch.")).to_be_visible()


def serves_at(page: Page, url: str, booth: str) -> None:
    """Stand at the own booth, call the first who waits, talk, and say goodbye."""
    page.goto(f"{url}/booths/{booth}/desk")
    page.get_by_label("Ich bin am Stand").click(timeout=PATIENCE)
    expect(page.locator(".queue > li").first).to_be_visible(timeout=BOTS_WITHIN)
    photograph(page, "fair-journey-desk")
    page.get_by_role("button", name="Nächste Person rufen").click()
    page.wait_for_url(f"**/booths/{booth}/talk", timeout=BOTS_WITHIN)
    sees_somebody(page)
    page.get_by_role("button", name="Verabschieden").click()
    expect(page.get_by_role("heading", name="Danke für das Gespräch.")).to_be_visible(
        timeout=PATIENCE * 2
    )


@pytest.mark.timeout(600)
def test_the_fair_among_bots(visitors: Visitors, server: Running) -> None:
    # Given an organiser's beamer with the wall
    beamer = visitors.window(VISITORS["organiser"])
    beamer.goto(f"{server.url}/wall")

    # When a talent hangs a CV card, then the wall in the hall has it
    elif_ = visitors.window(VISITORS["talent"])
    hangs_card(elif_, server.url)
    expect(beamer.locator(".livingwall").get_by_text(FIELD)).to_be_visible(timeout=PATIENCE)
    photograph(beamer, "fair-journey-wall")

    # When the talent pins it to an offer and takes a number, then they are called and talk
    pins_card(elif_, server.url, "Blasenfreies Dosieren")
    talks_at(elif_, server.url, "auwald")

    # When the talent leaves a card at the booth, then it lies there until it is taken back
    elif_.goto(f"{server.url}/booths/auwald")
    elif_.get_by_role("switch", name="Karte hier lassen").click(timeout=PATIENCE)
    elif_.get_by_role("button", name="Karte hier lassen").click()
    share = elif_.get_by_role("switch", name="Karte hier lassen")
    expect(share).to_be_checked(timeout=PATIENCE)

    # And the company has looked at the card, and answers
    elif_.goto(f"{server.url}/me/cv")
    looked = elif_.get_by_text("Auwald Mikrotechnik, Yannick Auer").first
    expect(looked).to_be_visible(timeout=BOTS_WITHIN)
    invited = elif_.get_by_text("lädt Sie zum Gespräch ein")
    later = elif_.get_by_text("möchte später darauf zurückkommen")
    expect(invited.or_(later).first).to_be_visible(timeout=BOTS_WITHIN)

    # When a representative stands at the booth, then talents come, and are served
    henrike = visitors.window(VISITORS["rep"])
    serves_at(henrike, server.url, "rautenfeld")

    # And the report to take home tells of it, on the page and as a file; so do the contacts
    henrike.goto(f"{server.url}/booths/rautenfeld/report")
    expect(henrike.get_by_role("heading", name="Bericht für Rautenfeld Präzision")).to_be_visible()
    accessible(henrike)
    photograph(henrike, "fair-journey-report")
    with henrike.expect_download() as saved:
        henrike.get_by_role("link", name="Als PDF").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")
    henrike.goto(f"{server.url}/booths/rautenfeld/leads")
    expect(henrike.get_by_role("row").nth(1)).to_be_visible()
