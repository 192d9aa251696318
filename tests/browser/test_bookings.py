"""Two people book a talk, the agenda gets in its way, and one click moves it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.visiting import Visitors, accessible, photograph
from tests.running import Running

TIMES = ".free-times label:has(time)"


def at_talks(visitors: Visitors, server: Running, person: str) -> Page:
    """Somebody on the page of talks, when it has come to life."""
    page = visitors.window(person)
    page.goto(f"{server.url}/talks")
    page.get_by_role("heading", name="Verabredete Gespräche").wait_for()
    return page


def ask_the_company(page: Page) -> str:
    """Ask Sellmoor Photonik for the first free time, by keyboard; that time."""
    page.get_by_text("Ein Unternehmen anfragen").click()
    page.get_by_role("button", name="Gespräch anfragen Sellmoor Photonik").press("Enter")
    first = page.locator(TIMES).first
    first.wait_for()
    accessible(page)
    first.locator("input").press("Space")
    page.locator("#ask-word").fill("Ich baue Sensoren aus Papier.")
    page.locator("#ask-word").press("Tab")
    time = first.inner_text()
    page.get_by_role("button", name="Anfrage senden").press("Enter")
    page.get_by_role("heading", name="Sie haben angefragt").wait_for()
    return time


def delay(desk: Page, server: Running, until: Locator) -> None:
    """Begin what waits, and prolong it by minutes until that is to be seen."""
    desk.goto(f"{server.url}/stage/gross/desk")
    desk.locator("main[data-live=yes]").wait_for()
    desk.keyboard.press("Space")
    longer = desk.get_by_role("button", name="1 Minute mehr", exact=True)
    for _ in range(60):
        longer.click()
        desk.wait_for_timeout(100)
        if until.is_visible():
            return
    expect(until).to_be_visible()


def test_a_talk_is_asked_for_agreed_on_and_moves_with_the_agenda(
    visitors: Visitors, server: Running
) -> None:
    # Given that Elif asks a company, and Carla, who answers for it, is told
    carla, elif_ = (at_talks(visitors, server, person) for person in ("carla", "elif"))
    expect(carla.get_by_text("Noch ist kein Gespräch verabredet.")).to_be_visible()
    time = ask_the_company(elif_)
    expect(carla.get_by_role("status").filter(has_text="Elif Yıldız fragt Sie")).to_be_visible()
    expect(carla.get_by_text("Ich baue Sensoren aus Papier.")).to_be_visible()
    expect(carla.get_by_text("Wartet seit")).to_be_visible()
    accessible(carla)
    photograph(carla, "bookings-asked")

    # When she agrees
    carla.get_by_role("button", name=f"{time} zusagen").click()

    # Then both have it, on the talks' page and on the agenda
    expect(elif_.get_by_role("heading", name="Zugesagt")).to_be_visible()
    expect(elif_.get_by_role("status").filter(has_text=f"Sie sprechen um {time}")).to_be_visible()
    agenda = visitors.window("elif", viewport={"width": 390, "height": 844})
    agenda.goto(f"{server.url}/agenda")
    own = agenda.locator("[data-live=own-talks]")
    expect(own).to_contain_text(time)
    expect(own).to_contain_text("Carla Donati")
    accessible(agenda)
    photograph(agenda, "bookings-agenda-phone")

    # When the agenda slips until Elif is on stage at that time
    slipped = elif_.get_by_role("heading", name="Der Ablauf hat sich verschoben")
    delay(visitors.window("miriam"), server, until=slipped)

    # Then nothing is dropped: the talk needs another time, and one click gives it
    expect(own).to_contain_text("braucht eine andere Zeit")
    accessible(elif_)
    photograph(elif_, "bookings-moved")
    button = elif_.get_by_role("button", name=re.compile("^Auf .* verschieben$")).first
    later = button.inner_text().split()[1]
    button.click()
    expect(elif_.get_by_role("heading", name="Zugesagt")).to_be_visible()
    expect(own).to_contain_text(later)
    expect(own).not_to_contain_text("braucht eine andere Zeit")
    expect(carla.get_by_role("status").filter(has_text=f"ist jetzt um {later}")).to_be_visible()

    # When Carla cancels, she is asked once, and both are free again
    carla.get_by_role("button", name="Gespräch absagen").click()
    carla.get_by_role("dialog").get_by_role("button", name="Gespräch absagen").click()
    expect(elif_.get_by_text("abgesagt").first).to_be_visible()
    expect(own).to_be_hidden()
