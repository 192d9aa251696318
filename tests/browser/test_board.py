"""The board in real browsers: pinned from a pasted text, seen at once on board and wall."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.visiting import Visitors, accessible, photograph
from tests.running import Running, running, tonight

PROGRAMME = Path(__file__).parent / "fair.toml"
PHONE: ViewportSize = {"width": 390, "height": 844}
BEAMER: ViewportSize = {"width": 1920, "height": 1080}
AT_ONCE = 2.0  # seconds
THESIS = """Abschlussarbeit (m/w/d): Blasenfreies Dosieren

Auwald Mikrotechnik entwickelt Mikroventile.

Standort: Sankt Auwald, zwei Tage Homeoffice möglich
Beginn: ab sofort
Themen: Mikrofluidik, Messtechnik
Kontakt: Carla Donati, jobs@sellmoor.example
"""
TRAINEE = """Trainee (all genders) Spektrometer

Ort: Tannberg
Themen: Optik
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server of its own whose gathering has booths."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def fills(page: Page, server: Running, text: str) -> None:
    """A representative pastes a text, and finds it in the form."""
    page.goto(f"{server.url}/board/new")
    page.get_by_label("Ihre Ausschreibung").fill(text)
    page.get_by_role("button", name="Formular ausfüllen").click()
    expect(page.get_by_text("Das haben wir in Ihrem Text gefunden.")).to_be_visible()


def pins(page: Page) -> float:
    """Pin what stands in the form; when it hung."""
    page.get_by_role("button", name="An die Pinnwand heften").click()
    expect(page.get_by_text("Ihr Angebot hängt an der Pinnwand.")).to_be_visible()
    return time.monotonic()


def opens(page: Page, server: Running, path: str) -> None:
    """Open a page and wait until it lives."""
    page.goto(f"{server.url}{path}")
    expect(page.locator("main[data-live='yes']")).to_be_visible()


def test_a_new_pin_is_everywhere_at_once(visitors: Visitors, server: Running) -> None:
    # Given a talent at the board, the wall on the beamer, and a company with a text
    visitors.guard.forgiven += ["status of 410"]
    carla, elif_ = visitors.window("carla"), visitors.window("elif")
    beamer = visitors.window("miriam", viewport=BEAMER)
    opens(elif_, server, "/board")
    opens(beamer, server, "/wall")
    fills(carla, server, THESIS)
    expect(carla.get_by_label("Titel")).to_have_value("Abschlussarbeit: Blasenfreies Dosieren")
    expect(carla.get_by_label("Art der Arbeit")).to_have_value("thesis")
    expect(carla.get_by_label("Ort", exact=True)).to_have_value("Sankt Auwald")
    accessible(carla)
    photograph(carla, "job-form")

    # When it is pinned, both have it within two seconds
    pinned = pins(carla)
    for page in (elif_, beamer):
        left = max(0.1, AT_ONCE - (time.monotonic() - pinned))
        title = page.get_by_role("heading", name="Abschlussarbeit: Blasenfreies Dosieren")
        expect(title).to_be_visible(timeout=left * 1000)
    expect(beamer.locator("li.pin[data-fresh]")).to_have_count(1)
    expect(elif_.get_by_text("1 Stelle und 0 Lebenslaufkarten.")).to_be_visible()
    for page, name in ((elif_, "board"), (beamer, "wall"), (carla, "job")):
        accessible(page)
        photograph(page, name)

    # Then the strip can be torn off, on the wall as well
    for page in (elif_, beamer):
        page.get_by_text("Abreißen").click()
        expect(page.get_by_role("link", name="jobs@sellmoor.example")).to_be_visible()

    # And a bookmark stays, also after a reload
    elif_.get_by_role("button", name="Merken: Abschlussarbeit").click()
    expect(elif_.get_by_role("button", name="Nicht mehr merken")).to_be_visible()
    opens(elif_, server, "/board")
    expect(elif_.get_by_role("button", name="Nicht mehr merken")).to_have_attribute(
        "aria-pressed", "true"
    )

    # And what is found narrows down as one types, by topic, by kind, and by what one remembered
    fills(carla, server, TRAINEE)
    carla.get_by_label("Art der Arbeit").select_option("job")
    pins(carla)
    shown = elif_.locator("li.pin h3")
    expect(shown).to_have_text(["Trainee Spektrometer", "Abschlussarbeit: Blasenfreies Dosieren"])
    elif_.get_by_label("Suchen").first.fill("tannberg")
    expect(shown).to_have_text(["Trainee Spektrometer"])
    elif_.get_by_label("Suchen").first.fill("")
    elif_.get_by_text("Eingrenzen").click()
    elif_.get_by_label("Thema").select_option("Optik")
    expect(shown).to_have_text(["Trainee Spektrometer"])
    assert elif_.url.endswith("/board?topic=Optik")
    elif_.get_by_label("Thema").select_option("")
    elif_.get_by_label("Nur Gemerktes").check()
    expect(shown).to_have_text(["Abschlussarbeit: Blasenfreies Dosieren"])
    elif_.get_by_role("button", name="Karten", exact=True).click()
    expect(elif_.get_by_text("So etwas hängt hier nicht.")).to_be_visible()
    accessible(elif_)

    # And what is taken down goes everywhere, and its page says so
    carla.goto(f"{server.url}/jobs/j1")
    carla.get_by_text("Abnehmen", exact=True).click()
    carla.get_by_role("button", name="Endgültig abnehmen").click()
    carla.wait_for_url("**/board")
    expect(beamer.locator("li.pin h3")).to_have_text(["Trainee Spektrometer"])
    elif_.goto(f"{server.url}/jobs/j1")
    expect(elif_.get_by_role("heading", name="Dieses Angebot ist abgenommen")).to_be_visible()
    accessible(elif_)


def test_a_stranger_reads_and_prints_an_offer(visitors: Visitors, server: Running) -> None:
    carla = visitors.window("carla")
    fills(carla, server, THESIS)
    pins(carla)
    stranger = visitors.window(reduced_motion="reduce")  # colours change at once
    stranger.goto(f"{server.url}/jobs/j1")
    expect(stranger.get_by_role("link", name="Sellmoor Photonik")).to_have_attribute(
        "href", "/booths/sellmoor"
    )
    for look in ("light", "dark"):
        stranger.emulate_media(color_scheme=look)
        accessible(stranger)
    stranger.set_viewport_size(PHONE)
    accessible(stranger)
    photograph(stranger, "job-public-phone")

    stranger.get_by_role("link", name="Karte zum Drucken").click()
    expect(stranger.get_by_role("button", name="Drucken")).to_be_visible()
    accessible(stranger)
    photograph(stranger, "job-card")
    document = pypdfium2.PdfDocument(stranger.pdf(prefer_css_page_size=True))
    try:
        pages = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
    finally:
        document.close()
    assert pages == [(105, 148)]


def test_the_board_works_with_keys_and_on_a_phone(visitors: Visitors, server: Running) -> None:
    carla = visitors.window("carla")
    fills(carla, server, THESIS)
    pins(carla)
    elif_ = visitors.window("elif", viewport=PHONE, reduced_motion="reduce")
    opens(elif_, server, "/board")
    mark = elif_.get_by_role("button", name="Merken: Abschlussarbeit")
    mark.focus()
    elif_.keyboard.press("Space")
    expect(elif_.get_by_role("button", name="Nicht mehr merken")).to_be_focused()
    elif_.keyboard.press("Tab")
    expect(elif_.get_by_role("link", name="Karte anheften")).to_be_focused()
    for look in ("light", "dark"):
        elif_.emulate_media(color_scheme=look)
        accessible(elif_)
    assert elif_.evaluate("document.documentElement.scrollWidth <= innerWidth")
    photograph(elif_, "board-phone")
    opens(elif_, server, "/wall")
    accessible(elif_)
    assert elif_.evaluate("document.documentElement.scrollWidth <= innerWidth")
