"""Three people at a table of the lounge, in real browsers: they see each other, and nobody else."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.visiting import Visitors, accessible, colour, eventually, photograph
from tests.running import Running

NAMES = {
    "elif": "Elif Yıldız", "jonas": "Jonas Brandt-Okafor", "konrad": "Konrad Immergrün",
}  # fmt: skip
COLOURS = {"elif": "red", "jonas": "green", "konrad": "blue"}
PHONE = {"width": 390, "height": 844}


def sees(page: Page, *people: str) -> None:
    """Wait until the page shows each of them in their own colour."""
    for person in people:
        selector = f'video[aria-label="Kamera von {NAMES[person]}"]'
        eventually(lambda s=selector, p=person: colour(page, s) == COLOURS[p], f"{person}'s colour")


PLAYS = "(all) => all.every((audio) => !audio.paused && audio.currentTime > 0)"


def hears(page: Page, seats: int) -> None:
    """Wait until sound of so many others arrives and moves."""
    sounds = page.locator("audio")
    eventually(
        lambda: sounds.count() == seats and sounds.evaluate_all(PLAYS), f"sound of {seats} others"
    )


def at_table(visitors: Visitors, clips: dict[str, Path], server: Running) -> dict[str, Page]:
    """Elif has opened a table; the two others have sat down."""
    pages = {who: visitors.window(who, clip=clips[COLOURS[who]]) for who in NAMES}
    elif_ = pages["elif"]
    elif_.goto(f"{server.url}/tables")
    elif_.get_by_label("Worum geht es?").fill("Sensoren im Wein")
    elif_.get_by_role("button", name="Eröffnen und Platz nehmen").click()
    for who in ("jonas", "konrad"):
        pages[who].goto(f"{server.url}/tables")
        pages[who].get_by_role("link", name="Sensoren im Wein").click()
        pages[who].get_by_role("button", name="Platz nehmen").click()
        expect(pages[who].get_by_role("heading", name="Am Tisch")).to_be_visible()
    return pages


def test_three_at_a_table_see_and_hear_each_other(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given three at a table
    pages = at_table(visitors, clips, server)
    elif_, jonas, konrad = (pages[who] for who in NAMES)

    # Then each sees the two others in their own colour, and hears them
    sees(elif_, "jonas", "konrad")
    sees(jonas, "elif", "konrad")
    sees(konrad, "elif", "jonas")
    for page in pages.values():
        hears(page, 2)
    accessible(elif_)
    photograph(elif_, "table-three")

    # When one writes, then the others read it
    elif_.get_by_label("An alle am Tisch").fill("Guten Abend zusammen")
    elif_.get_by_role("button", name="Senden").click()
    for page in (jonas, konrad):
        expect(page.get_by_role("log")).to_contain_text("Guten Abend zusammen")

    # When a page is loaded anew, then its place is kept and the pictures come back
    jonas.reload()
    sees(jonas, "elif", "konrad")
    sees(konrad, "jonas")
    expect(jonas.get_by_role("button", name="Aufstehen")).to_be_visible()

    # When one gets up, then the picture is gone and the seat is free
    konrad.get_by_role("button", name="Aufstehen").click()
    expect(konrad.get_by_text("Sie sind aufgestanden.")).to_be_visible()
    expect(elif_.get_by_label(f"Kamera von {NAMES['konrad']}")).to_have_count(0)
    expect(konrad.locator("video")).to_have_count(0)
    accessible(konrad)
    photograph(konrad, "table-door")
    konrad.goto(f"{server.url}/tables")
    expect(konrad.locator(".round-table")).to_contain_text("4 Plätze frei")
    accessible(konrad)
    photograph(konrad, "tables-list")
    for page, name in ((konrad, "tables"), (elif_, "table")):
        page.set_viewport_size(PHONE)
        accessible(page)
        photograph(page, f"{name}-phone")

    # When one blocks another, then the one who blocked gets up and knows why
    elif_.get_by_role("button", name=f"Mehr zu {NAMES['jonas']}").click()
    elif_.get_by_role("button", name="Blockieren").click()
    expect(elif_.get_by_text("den Sie blockiert haben")).to_be_visible()
    expect(elif_.locator("video")).to_have_count(0)

    # And the other sits on, and reads of nothing
    expect(jonas.get_by_label(f"Kamera von {NAMES['elif']}")).to_have_count(0)
    assert "lockier" not in jonas.get_by_role("main").inner_text()


def test_at_a_private_table_one_knocks(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a private table
    elif_ = visitors.window("elif", clip=clips["red"])
    elif_.goto(f"{server.url}/tables")
    elif_.get_by_label("Worum geht es?").fill("Unter vier Augen")
    elif_.get_by_label("Privat: Wer dazukommen möchte, klopft an").check()
    elif_.get_by_role("button", name="Eröffnen und Platz nehmen").click()
    jonas = visitors.window("jonas", clip=clips["green"])
    jonas.goto(f"{server.url}/tables")
    jonas.get_by_role("link", name="Unter vier Augen").click()

    # When somebody knocks and is not let in, then they are told when they may knock again
    jonas.get_by_role("button", name="Anklopfen").click()
    expect(jonas.get_by_text("Sie haben angeklopft.")).to_be_visible()
    expect(elif_.get_by_text("klopft an und möchte sich dazusetzen")).to_be_visible()
    accessible(elif_)
    accessible(jonas)
    photograph(elif_, "table-knock")
    photograph(jonas, "table-knocking")
    elif_.get_by_role("button", name="Jetzt nicht").click()
    expect(jonas.get_by_text("möchte gerade unter sich bleiben")).to_be_visible()

    # When somebody else is let in, then they sit there without another click
    konrad = visitors.window("konrad", clip=clips["blue"])
    konrad.goto(jonas.url)
    konrad.get_by_role("button", name="Anklopfen").click()
    elif_.get_by_role("button", name="Einlassen").click()
    sees(konrad, "elif")
    sees(elif_, "konrad")

    # When the table is closed, then its people say goodbye first
    elif_.get_by_role("button", name="Tisch schließen").click()
    expect(konrad.get_by_text("Dieser Tisch schließt.")).to_be_visible()
    photograph(konrad, "table-farewell")
    sees(konrad, "elif")
    expect(konrad.get_by_text("Der Tisch ist geschlossen.")).to_be_visible(timeout=30_000)
    expect(konrad.locator("video")).to_have_count(0)
    accessible(konrad)
