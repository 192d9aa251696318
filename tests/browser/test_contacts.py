"""Contacts and protection in real windows: shown, taken back, blocked, reported."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PROGRAMME
from tests.browser.talking import line, open_round
from tests.browser.visiting import Visitors, accessible, photograph
from tests.running import Running, running, tonight
from tests.server.test_contacts import MAIL, meet, post, signed_in
from tests.server.visitor import Visitor

PATIENCE = 20_000  # milliseconds
TALKS = Path(__file__).parent / "talks.toml"


@pytest.fixture
def two(server: Running) -> tuple[Visitor, Visitor]:
    """Elif and Carla, who sat at one table and swapped contacts."""
    elif_, carla = signed_in(server, "elif"), signed_in(server, "carla")
    with ThreadPoolExecutor(1) as beside:  # Playwright's own loop runs in this thread
        beside.submit(asyncio.run, meet(elif_, carla)).result()
    post(elif_, "/contacts/card", mail=MAIL)
    post(elif_, "/contacts/carla/offer", mail="1")
    post(carla, "/contacts/elif/offer")
    return elif_, carla


@pytest.fixture
def round_soon(tmp_path: Path) -> Iterator[Running]:
    """A server whose evening has a round of talks."""
    with running(tmp_path, tonight(TALKS, tmp_path)) as started:
        yield started


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    """That server, if a test asks for it; else one with the usual evening."""
    if "round_soon" in request.fixturenames:
        yield request.getfixturevalue("round_soon")
        return
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def chat(page: Page, server: Running) -> Page:
    """The chat beside the large stage."""
    page.goto(f"{server.url}/stage/gross")
    page.get_by_role("tab", name="Chat").click(timeout=PATIENCE)
    return page


def test_what_somebody_takes_back_vanishes_from_the_open_page(
    visitors: Visitors, server: Running, two: tuple[Visitor, Visitor]
) -> None:
    carla = visitors.window("carla")
    carla.goto(f"{server.url}/contacts")
    expect(carla.get_by_role("link", name=MAIL)).to_be_visible()
    accessible(carla)
    photograph(carla, "contacts-swapped")

    post(two[0], "/contacts/carla/withdraw")

    expect(carla.get_by_text("Diese Kontaktdaten sind nicht mehr freigegeben.")).to_be_visible(
        timeout=PATIENCE
    )
    expect(carla.get_by_text(MAIL)).to_have_count(0)


def test_two_swap_contacts_in_their_talk_and_one_ends_it_by_a_report(
    visitors: Visitors, round_soon: Running
) -> None:
    # Given a talent and a company in a talk
    server = round_soon
    with line(server, "miriam") as desk:
        open_round(desk)
    elif_, carla = (visitors.window(each) for each in ("elif", "carla"))
    for page in (elif_, carla):
        page.goto(f"{server.url}/talks/now?enter")
    swap = elif_.get_by_role("region", name="Mit Carla Donati in Verbindung bleiben")

    # When one agrees and writes an address down, then the other hears of it and sees none
    swap.get_by_role("switch", name="Kontakte tauschen").click(timeout=PATIENCE)
    swap.get_by_role("switch", name="E-Mail-Adresse").click()
    swap.get_by_label("E-Mail-Adresse", exact=True).last.fill(MAIL)
    swap.get_by_role("button", name="Speichern").click()
    expect(swap.get_by_role("switch", name="E-Mail-Adresse")).to_be_checked(timeout=PATIENCE)
    wish = "Elif Yıldız möchte tauschen und würde Ihnen zeigen: E-Mail-Adresse."
    expect(carla.get_by_text(wish)).to_be_visible(timeout=PATIENCE)
    expect(carla.get_by_text(MAIL)).to_have_count(0)

    # When the other agrees as well, then it is there
    carla.get_by_role("switch", name="Kontakte tauschen").click()
    expect(carla.get_by_role("link", name=MAIL)).to_be_visible(timeout=PATIENCE)
    expect(swap.get_by_text("Carla Donati teilt mit Ihnen")).to_be_visible(timeout=PATIENCE)
    photograph(carla, "talk-swapped")
    accessible(carla)

    # And it goes when the first switches it off
    swap.get_by_role("switch", name="Kontakte tauschen").click()
    expect(carla.get_by_text(MAIL)).to_have_count(0, timeout=PATIENCE)

    # When one reports the other, the talk is over for both, and the other learns no reason
    carla.get_by_role("button", name="Mehr zu Elif Yıldız").click()
    carla.get_by_role("button", name="Den Veranstaltern melden").click()
    for page, other in ((carla, "Elif Yıldız"), (elif_, "Carla Donati")):
        over = page.get_by_role("heading", name=f"Sie haben mit {other} gesprochen")
        expect(over).to_be_visible(timeout=PATIENCE)
    expect(elif_.get_by_text("meldet")).to_have_count(0)
    photograph(elif_, "talk-ended-for-the-other")


def test_a_note_is_kept_with_its_stars_and_by_keyboard(
    visitors: Visitors, server: Running, two: tuple[Visitor, Visitor]
) -> None:
    elif_ = visitors.window("elif")
    elif_.goto(f"{server.url}/contacts")
    elif_.get_by_text("Meine Notiz").first.focus()
    elif_.keyboard.press("Enter")
    elif_.keyboard.press("Tab")
    for _ in range(4):
        elif_.keyboard.press("ArrowRight")
    elif_.keyboard.press("Tab")
    elif_.keyboard.type("Fragt nach Reinraum.")
    elif_.get_by_role("button", name="Notiz speichern").first.press("Enter")

    elif_.wait_for_url("**/contacts#carla")
    expect(elif_.get_by_label("Nur für Sie").first).to_have_value("Fragt nach Reinraum.")
    expect(elif_.get_by_role("radio", name="4 Sterne").first).to_be_checked()


def test_a_blocked_persons_lines_vanish_and_come_back(visitors: Visitors, server: Running) -> None:
    elif_, jonas = (chat(visitors.window(each), server) for each in ("elif", "jonas"))
    jonas.get_by_label("Ihre Zeile im Chat").fill("Kommst du nachher mit?")
    jonas.keyboard.press("Enter")
    expect(elif_.get_by_text("Kommst du nachher mit?")).to_be_visible(timeout=PATIENCE)

    elif_.get_by_role("button", name="Mehr zu Jonas Brandt-Okafor").click()
    photograph(elif_, "chat-menu")
    accessible(elif_)
    elif_.get_by_role("button", name="Blockieren").click()

    expect(elif_.get_by_text("Kommst du nachher mit?")).to_have_count(0, timeout=PATIENCE)
    expect(jonas.get_by_text("Kommst du nachher mit?")).to_be_visible()
    elif_.get_by_role("button", name="Rückgängig").click()
    expect(elif_.get_by_text("Kommst du nachher mit?")).to_be_visible(timeout=PATIENCE)


def test_a_report_reaches_the_desk_and_is_seen_to(visitors: Visitors, server: Running) -> None:
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}/stage/gross/desk")
    elif_, jonas = (chat(visitors.window(each), server) for each in ("elif", "jonas"))
    jonas.get_by_label("Ihre Zeile im Chat").fill("Sag deine Adresse!")
    jonas.keyboard.press("Enter")
    elif_.get_by_role("button", name="Mehr zu Jonas Brandt-Okafor").click(timeout=PATIENCE)
    elif_.get_by_role("button", name="Den Veranstaltern melden").click()

    expect(elif_.get_by_text("nichts von dem, was gesagt wurde")).to_be_visible(timeout=PATIENCE)
    expect(elif_.get_by_text("Sag deine Adresse!")).to_have_count(0, timeout=PATIENCE)
    report = desk.get_by_role("region", name="Meldungen")
    expect(report.get_by_text("Elif Yıldız meldet Jonas Brandt-Okafor")).to_be_visible(
        timeout=PATIENCE
    )
    expect(report.get_by_text("im Chat, Große Bühne")).to_be_visible()
    expect(report.get_by_text("Sag deine Adresse!")).to_have_count(0)
    photograph(desk, "desk-report")
    accessible(desk)

    report.get_by_role("button", name="Erledigt").click()
    expect(report).to_have_count(0, timeout=PATIENCE)
