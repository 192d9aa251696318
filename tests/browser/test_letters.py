"""A booth with nobody there: a letter, a card, an answer, a lead, and all of it taken back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Visitors, accessible, photograph
from tests.running import Running, running
from tests.server.companies import fairground

PATIENCE = 20_000  # milliseconds
MAIL = "elif@breisenau.example"
PHONE_SCREEN = {"width": 390, "height": 844}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """An evening with two companies that have booths."""
    with running(tmp_path, fairground(tmp_path)) as started:
        yield started


def exported(page: Page, kind: str, path: Path) -> bytes:
    """A file of leads, as a click brings it."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=kind).click()
    waiting.value.save_as(path)
    return path.read_bytes()


def names(file: bytes) -> list[str]:
    text = file.decode().removeprefix("\ufeff")
    return [row["Name"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_a_letter_and_a_card_at_an_empty_booth(
    visitors: Visitors, server: Running, tmp_path: Path
) -> None:
    # Given a talent at a booth where nobody is
    elif_ = visitors.window("elif")
    elif_.goto(f"{server.url}/booths/sellmoor")
    box = elif_.get_by_role("region", name="Lieber schreiben?")
    expect(box.get_by_text("Das Unternehmen antwortet innerhalb eines Tages.")).to_be_visible(
        timeout=PATIENCE
    )

    # When she writes and leaves her card with her address
    box.get_by_label("Nachricht an Sellmoor Photonik").fill("Haben Sie Platz für eine Arbeit?")
    box.get_by_role("button", name="Senden").click()
    expect(box.get_by_role("link", name="Haben Sie Platz für eine Arbeit?")).to_be_visible(
        timeout=PATIENCE
    )
    switch = elif_.get_by_role("switch", name="Karte hier lassen")
    switch.click()
    elif_.get_by_role("checkbox", name="E-Mail-Adresse").check()
    elif_.get_by_role("textbox", name="E-Mail-Adresse").fill(MAIL)
    photograph(elif_, "booth-letterbox")
    elif_.get_by_role("button", name="Karte hier lassen").click()
    expect(switch).to_be_checked(timeout=PATIENCE)
    accessible(elif_)

    # Then both lie in the inbox of the company, in German and English, on a phone as well
    elif_.goto(f"{server.url}/letters")
    carla = visitors.window("carla")
    carla.goto(f"{server.url}/booths/sellmoor/inbox")
    letter = carla.get_by_role("listitem").filter(has_text="Haben Sie Platz")
    expect(letter.get_by_text("noch kümmert sich niemand")).to_be_visible(timeout=PATIENCE)
    photograph(carla, "inbox")
    accessible(carla)

    # When one of its people takes and answers it, its writer sees each at once
    letter.get_by_role("button", name="Ich kümmere mich").click()
    expect(elif_.get_by_text("Carla Donati kümmert sich")).to_be_visible(timeout=PATIENCE)
    letter.get_by_role("button", name="Antworten").click()
    letter.get_by_label("Antwort an Elif Yıldız").fill("Ja, ab März. Schreiben Sie mir gern.")
    letter.get_by_role("button", name="Antworten").click()
    expect(elif_.get_by_text("Ja, ab März.")).to_be_visible(timeout=PATIENCE)
    expect(elif_.get_by_text("Sellmoor Photonik hat Ihren Brief beantwortet.")).to_be_visible(
        timeout=PATIENCE
    )
    accessible(elif_)
    photograph(elif_, "letters")

    # Then the card is a lead with why and until when, and goes into the files
    carla.goto(f"{server.url}/booths/sellmoor/leads")
    row = carla.get_by_role("row").filter(has_text="Elif Yıldız")
    expect(row.get_by_text("Hat die Karte am Stand gelassen")).to_be_visible()
    expect(row.get_by_role("link", name=MAIL)).to_be_visible()
    accessible(carla)
    photograph(carla, "leads")
    assert names(exported(carla, "CSV", tmp_path / "one.csv")) == ["Elif Yıldız"]
    assert exported(carla, "Excel", tmp_path / "one.xlsx").startswith(b"PK")

    # When she takes it back, it is gone from the open page and from the next file
    elif_.get_by_role("button", name="Karte zurückziehen").click()
    expect(row).to_have_count(0, timeout=PATIENCE)
    assert names(exported(carla, "CSV", tmp_path / "two.csv")) == []

    # And the report knows of it in numbers alone
    carla.goto(f"{server.url}/booths/sellmoor/report")
    expect(carla.get_by_role("heading", name="Bericht für Sellmoor Photonik")).to_be_visible()
    expect(carla.get_by_role("img", name="Erste Besuche nach Uhrzeit: 1 insgesamt")).to_be_visible()
    accessible(carla)
    photograph(carla, "report")


def test_the_pages_read_in_english_on_a_phone_in_the_dark(
    visitors: Visitors, server: Running
) -> None:
    page = visitors.window("carla", viewport=PHONE_SCREEN, color_scheme="dark")
    for name in ("inbox", "leads", "report"):
        page.goto(f"{server.url}/booths/sellmoor/{name}?lang=en")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Sellmoor Photonik")
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, name
        accessible(page)
        photograph(page, f"{name}-phone-dark")
    page.goto(f"{server.url}/letters")
    expect(page.get_by_role("heading", name="My letters")).to_be_visible()
    accessible(page)
