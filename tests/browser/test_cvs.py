"""CV cards in real windows: written, pinned, looked at, and withdrawn while the company looks."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Visitors, accessible, photograph
from tests.running import Running, running, tonight
from tests.server.hostile import NEW_EUROPASS, attached
from tests.server.test_cvs import at_the_fair, signed_in
from tests.server.visitor import Visitor, do

PATIENCE = 20_000  # milliseconds
FAIR = Path(__file__).parent / "fair.toml"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server of its own with booths, and an offer of the Sellmoor company on the board."""
    with running(tmp_path, tonight(FAIR, tmp_path)) as started:
        with ThreadPoolExecutor(1) as beside:  # Playwright's own loop runs in this thread
            beside.submit(asyncio.run, pin_offer(signed_in(started, "carla"))).result()
        yield started


async def pin_offer(rep: Visitor) -> None:
    offer = {"title": "Werkstudium Optik", "kind": "working-student"}
    async with at_the_fair(rep) as (line, _):
        done = await do(
            line,
            "fair",
            "job.pin",
            booth="sellmoor",
            offer={**offer, "validUntil": time.time() + 86_400},
        )
        assert done["type"] == "done", done


def write_card(page: Page, url: str) -> None:
    """Fill the card's fields from a Europass CV, and hang it."""
    page.goto(f"{url}/me/cv")
    body = attached(NEW_EUROPASS.encode())
    page.get_by_label("PDF auswählen").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": body}, timeout=PATIENCE
    )
    expect(page.get_by_label("Studienfach")).to_have_value("Mechatronik", timeout=PATIENCE)
    page.get_by_label("Themen").fill("Optik, Messtechnik")
    page.get_by_label("Verfügbar ab").fill("März 2027")
    page.get_by_role("button", name="Meine Karte aufhängen").click()
    expect(page.get_by_text("Sie hängt an der Pinnwand.")).to_be_visible(timeout=PATIENCE)


def test_a_card_is_pinned_and_withdrawn_while_the_company_looks_at_it(
    visitors: Visitors, server: Running
) -> None:
    # Given a talent who wrote a card with a CV, and pinned it to an offer
    elif_, carla = visitors.window("elif"), visitors.window("carla")
    write_card(elif_, server.url)
    accessible(elif_)
    elif_.goto(f"{server.url}/me/cv/pin/j1")
    expect(elif_.get_by_text("Sellmoor Photonik sieht dann Ihre Karte")).to_be_visible()
    accessible(elif_)
    for also in ("Auch meine E-Mail-Adresse und Telefonnummer", "Auch meinen Lebenslauf als PDF"):
        expect(elif_.get_by_label(also)).not_to_be_checked()
        elif_.get_by_label(also).check()
    photograph(elif_, "cv-pin")
    elif_.get_by_role("button", name="Zustimmen und Karte anheften").click()
    elif_.wait_for_url("**/jobs/j1")

    # When the company opens the card from the board, it has a name, and the talent learns of it
    carla.goto(f"{server.url}/board")
    carla.locator(".pin.cv a").first.click(timeout=PATIENCE)
    expect(carla.get_by_role("heading", name="Elif Yıldız")).to_be_visible(timeout=PATIENCE)
    expect(carla.get_by_role("link", name="nele@beispiel.example")).to_be_visible()
    card = carla.url
    accessible(carla)
    photograph(carla, "cv-card")
    elif_.goto(f"{server.url}/me/cv")
    looked = elif_.get_by_text("Sellmoor Photonik, Carla Donati").first
    expect(looked).to_be_visible(timeout=PATIENCE)

    # And it gets the CV as a file, which is listed as well
    with carla.expect_download() as saved:
        carla.get_by_role("button", name="Lebenslauf herunterladen").click()
    assert saved.value.suggested_filename.endswith(".pdf")
    expect(elif_.get_by_text("hat den Lebenslauf heruntergeladen")).to_be_visible(timeout=PATIENCE)
    photograph(elif_, "cv-own")

    # When the company invites, the talent sees it
    carla.get_by_role("button", name="Zum Gespräch einladen").click()
    expect(elif_.get_by_text("lädt Sie zum Gespräch ein")).to_be_visible(timeout=PATIENCE)
    expect(carla.get_by_role("button", name="Gespräch anfragen").first).to_be_visible()

    # When the talent switches it off, it is gone from the open page
    off = elif_.get_by_role("switch", name=re.compile("Sellmoor Photonik"))
    expect(off).to_be_checked()
    off.click()
    begun = time.monotonic()
    expect(carla.get_by_text("Diese Karte wird nicht mehr gezeigt")).to_be_visible(timeout=PATIENCE)
    print(f"gone after {time.monotonic() - begun:.2f} s")
    expect(carla.get_by_text("Elif")).to_have_count(0)
    expect(carla.get_by_text("nele@beispiel.example")).to_have_count(0)
    photograph(carla, "cv-gone")

    # And no link of the company's brings the name back
    for address in (card, f"{server.url}/board", card):
        carla.goto(address)
        expect(carla.get_by_role("main")).to_be_visible(timeout=PATIENCE)
        expect(carla.get_by_text("Elif")).to_have_count(0)


def test_a_page_the_browser_kept_shows_no_card_that_was_taken_back(
    visitors: Visitors, server: Running
) -> None:
    elif_, carla = visitors.window("elif"), visitors.window("carla")
    write_card(elif_, server.url)
    who = elif_.get_by_role("switch", name=re.compile("Sellmoor Photonik"))
    who.click(timeout=PATIENCE)
    expect(elif_.get_by_text("Karte, bis").first).to_be_visible(timeout=PATIENCE)
    carla.goto(f"{server.url}/board")
    carla.locator(".pin.cv a").first.click(timeout=PATIENCE)
    expect(carla.get_by_role("heading", name="Elif Yıldız")).to_be_visible(timeout=PATIENCE)
    carla.goto(f"{server.url}/board")

    who.click()
    expect(elif_.get_by_text("nicht freigegeben").first).to_be_visible(timeout=PATIENCE)
    carla.go_back()

    expect(carla.get_by_role("heading", name="Mechatronik")).to_be_visible(timeout=PATIENCE)
    expect(carla.get_by_text("Elif")).to_have_count(0)


def test_the_pages_stand_in_english_in_the_dark_and_on_a_phone(
    visitors: Visitors, server: Running
) -> None:
    write_card(visitors.window("elif"), server.url)
    phone = visitors.window(
        "elif", viewport={"width": 390, "height": 844}, locale="en-GB", color_scheme="dark"
    )

    phone.goto(f"{server.url}/me/cv?lang=en")
    expect(phone.get_by_role("heading", name="Who saw my CV")).to_be_visible(timeout=PATIENCE)
    expect(phone.get_by_role("switch", name="Sellmoor Photonik")).to_be_visible(timeout=PATIENCE)
    accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.screenshot(path="artefacts/screens/cv-phone-dark.png", full_page=True)
    phone.goto(f"{server.url}/board")
    phone.locator(".pin.cv a").first.click(timeout=PATIENCE)
    accessible(phone)

    phone.goto(f"{server.url}/me/cv")
    phone.get_by_text("Erase everything …").click()
    phone.get_by_role("button", name="Yes, erase my card and my CV").click()
    expect(phone.get_by_text("Your card and your CV are erased.")).to_be_visible(timeout=PATIENCE)
