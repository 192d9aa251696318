"""Slides of a pitch: brought in the green room, turned on stage, followed by everybody."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_evening import DESK, GREEN_ROOM, STAGE, go_on_stage, on_to
from tests.browser.visiting import Visitors, accessible, photograph
from tests.running import Running
from tests.server import decks

PATIENCE = 20_000  # milliseconds
LARGE = ".scene > .slide img, .beamer > .video > img.slide-page"


def bring(page: Page, body: bytes, name: str) -> None:
    """Choose a file as one's slides."""
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": body}
    )


def seen(page: Page) -> Locator:
    """The large slide of a page that looks at the stage."""
    return page.locator(LARGE).first


def sees_slide(page: Page, says: str) -> None:
    """Wait until the page shows this slide, and its picture is there."""
    expect(seen(page)).to_have_attribute("alt", says, timeout=PATIENCE)
    page.wait_for_function(
        "(selector) => document.querySelector(selector)?.naturalWidth === 1600", arg=LARGE
    )


def test_a_talent_brings_slides_and_everybody_follows(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a talent in the green room, who first drops what is no PDF
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}{DESK}")
    jonas = visitors.window("jonas", clips["red"])
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    on_to(desk, "Miriam Haldenwang")
    visitors.guard.forgiven.append("422")  # Chromium notes a refusal as an error
    bring(jonas, b"%PDF-1.4 nothing", "Kaputt.pdf")
    expect(jonas.get_by_text("Dieses PDF lässt sich nicht lesen.")).to_be_visible(timeout=PATIENCE)

    # When the slides are brought, then they lie ready
    bring(jonas, decks.deck("Eine Haut", "So dünn", "Danke"), "Haut.pdf")
    expect(jonas.get_by_text("„Haut.pdf“, 3 Seiten, erste Seite liegt bereit")).to_be_visible(
        timeout=PATIENCE
    )
    jonas.locator(".deck-box").scroll_into_view_if_needed()
    photograph(jonas, "green-room-slides")
    accessible(jonas)

    # When the pitch begins, then all see the first page
    konrad = visitors.window("konrad")
    konrad.goto(f"{server.url}{STAGE}")
    beamer = visitors.window("hanna", viewport={"width": 1440, "height": 900})
    beamer.goto(f"{server.url}/beamer/gross")
    go_on_stage(jonas)
    on_to(desk, "Jonas Brandt-Okafor")
    for page in (konrad, beamer):
        sees_slide(page, "Folie 1: Eine Haut")

    # When the talent turns by the keys of a presenter, then all follow
    expect(jonas.get_by_role("group", name="Folien blättern")).to_be_visible(timeout=PATIENCE)
    jonas.locator("body").press("PageDown")
    for page in (konrad, beamer):
        sees_slide(page, "Folie 2: So dünn")
    expect(desk.get_by_role("group", name="Folien blättern")).to_contain_text("2 / 3")
    for page, name in (
        (konrad, "stage-slides"),
        (beamer, "beamer-slides"),
        (desk, "desk-slides"),
        (jonas, "on-stage-slides"),
    ):
        photograph(page, name)
        accessible(page)

    # When the moderator turns twice at once, then two pages back is the first
    desk.get_by_role("button", name="Nächste Folie").click()
    sees_slide(konrad, "Folie 3: Danke")
    desk.locator("body").press("ArrowLeft")
    desk.locator("body").press("ArrowLeft")
    sees_slide(konrad, "Folie 1: Eine Haut")

    # When somebody reloads, then the page is still the one that is on
    jonas.get_by_role("button", name="Nächste Folie").click()
    sees_slide(beamer, "Folie 2: So dünn")
    konrad.reload()
    sees_slide(konrad, "Folie 2: So dünn")

    # When the slides are hidden, then the camera takes their place
    desk.get_by_role("button", name="Folien verbergen").click()
    expect(konrad.locator("img.slide-page")).to_have_count(0)
    desk.get_by_role("button", name="Folien zeigen").click()
    sees_slide(konrad, "Folie 2: So dünn")

    # When the deck is exchanged meanwhile, then the page stays
    mine = visitors.window("jonas", viewport={"width": 390, "height": 844})
    mine.goto(f"{server.url}/me")
    bring(mine, decks.deck("Neu", "Neuer", "Am neuesten"), "Haut 2.pdf")
    sees_slide(konrad, "Folie 2: Neuer")
    mine.locator(".deck-box").first.scroll_into_view_if_needed()
    photograph(mine, "me-slides")
    accessible(mine)
