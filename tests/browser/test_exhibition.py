"""The exhibition in real browsers: hung, asked about, voted for; and a tour that leads some."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.visiting import PATIENCE, Visitors, accessible, photograph
from tests.running import Running, running, tonight
from tests.server import decks, works

SOON = PATIENCE * 1000  # milliseconds


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A house with three works; the first is Elif's."""
    folder = tmp_path_factory.mktemp("exhibition")
    with running(folder, tonight(works.evening(folder), folder)) as started:
        yield started


def bring(page: Page, what: str, name: str, kind: str, body: bytes) -> None:
    """Bring a file as an author does; the page then shows it."""
    file: FilePayload = {"name": name, "mimeType": kind, "buffer": body}
    page.locator("summary", has_text="Diese Arbeit einrichten").wait_for()
    with page.expect_navigation(timeout=SOON):
        page.locator(f"input[data-what={what}]").set_input_files(file)


def drawn(page: Page) -> None:
    """Wait until the first picture of the page is really there."""
    picture = page.locator("main img").first
    picture.wait_for()
    page.wait_for_function(
        "() => document.querySelector('main img')?.naturalWidth > 0", timeout=SOON
    )


def test_a_work_is_hung_asked_about_and_voted_for(visitors: Visitors, server: Running) -> None:
    # Given an author who hangs a poster and a picture, and writes what it is about
    elif_ = visitors.window("elif")
    elif_.goto(f"{server.url}/exhibition/w1")
    bring(elif_, "poster", "Bach.pdf", "application/pdf", decks.deck("Ein Bach", "Zwei"))
    bring(elif_, "picture", "küche.jpg", "image/jpeg", works.picture())
    elif_.locator("summary", has_text="Diese Arbeit einrichten").click()
    elif_.get_by_role("textbox", name="Worum es geht").fill("Ein Bach im Glas, und er fließt.")
    elif_.get_by_role("button", name="Text speichern").click()
    expect(elif_.locator(".abstract")).to_have_text("Ein Bach im Glas, und er fließt.")

    # When a visitor comes through the gallery
    carla = visitors.window("carla")
    carla.goto(f"{server.url}/exhibition")
    drawn(carla)
    carla.get_by_label("Titel, Name oder Wörter").fill("Elif")
    expect(carla.locator(".work:visible")).to_have_count(1)
    accessible(carla)
    photograph(carla, "exhibition")
    carla.get_by_role("link", name="Arbeit 1").click()

    # Then the poster hangs there, and its author can be asked for a talk
    drawn(carla)
    expect(carla.locator(".hung img")).to_have_count(3)
    carla.get_by_role("button", name="Ich möchte mit Ihnen sprechen").click()
    expect(carla.get_by_role("dialog")).to_contain_text("Elif Yıldız")
    carla.keyboard.press("Escape")

    # When the visitor asks, then the author answers, and both read it as it happens
    carla.get_by_label("Ihre Frage dazu").fill("Wie viel Wasser?")
    carla.get_by_role("button", name="Fragen", exact=True).click()
    thread = elif_.locator(".thread")
    expect(thread).to_contain_text("Wie viel Wasser?", timeout=SOON)
    thread.get_by_role("button", name="Antworten").click()
    elif_.get_by_label("Ihre Antwort").fill("Zwei Liter.")
    elif_.locator("form", has=elif_.get_by_label("Ihre Antwort")).get_by_role("button").click()
    expect(carla.locator(".replies")).to_contain_text("Zwei Liter.", timeout=SOON)

    # And a word is counted for all
    carla.get_by_role("button", name="Bravo").click()
    expect(elif_.get_by_role("button", name="Bravo 1")).to_be_visible(timeout=SOON)
    accessible(carla)
    accessible(elif_)
    photograph(carla, "exhibition-work")

    # When the desk opens the vote, then nobody sees how it stands, not even the desk
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}/stage/haus/desk")
    desk.locator("summary", has_text="Rundgang und Publikumsliebling").click()
    desk.get_by_role("button", name="Wahl eröffnen").click()
    favourite = carla.get_by_role("button", name="Mein Liebling")
    favourite.click()
    expect(favourite).to_have_attribute("aria-pressed", "true")
    panel = desk.locator(".desk-tour")
    expect(panel).to_contain_text("Wie es steht, sieht niemand")
    for page in (desk, elif_, carla):
        assert not re.search(r"\d+ Stimmen?\b", page.locator("main").inner_text())

    # When it is closed, then everybody sees who won
    panel.get_by_role("button", name="Wahl schließen").click()
    desk.get_by_role("dialog").get_by_role("button", name="Wahl schließen").click()
    for page in (carla, elif_):
        expect(page.locator("section.favourite")).to_contain_text("Arbeit 1", timeout=SOON)
        expect(page.locator("section.favourite")).to_contain_text("1 Stimme")


def test_a_tour_leads_who_follows_and_nobody_else(visitors: Visitors, server: Running) -> None:
    # Given two somewhere in the house, and a tour that begins
    konrad, hanna = visitors.window("konrad"), visitors.window("hanna")
    konrad.goto(f"{server.url}/agenda")
    hanna.goto(f"{server.url}/people")
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}/stage/haus/desk")
    desk.get_by_role("button", name=re.compile("^Weiter zu ")).click()

    # When one goes along, then the tour leads that one, and the other stays
    invitation = konrad.get_by_role("region", name="Der Rundgang beginnt.")
    expect(invitation).to_be_visible(timeout=SOON)
    accessible(konrad)
    photograph(konrad, "tour-invitation")
    expect(hanna.get_by_role("region", name="Der Rundgang beginnt.")).to_be_visible()
    invitation.get_by_role("button", name="Mitgehen").click()
    expect(konrad.locator(".tour-bar")).to_contain_text("Sie gehen mit.")
    panel = desk.locator(".desk-tour")
    expect(panel).to_contain_text("1 geht mit", timeout=SOON)
    panel.get_by_role("button", name="Losgehen").click()
    konrad.wait_for_url("**/booths/sellmoor", timeout=SOON)
    expect(konrad.locator(".tour-bar")).to_be_visible(timeout=SOON)
    accessible(konrad)
    photograph(konrad, "tour")

    # And a reload keeps following, but a text that is being written is not taken away
    konrad.reload()
    expect(konrad.locator(".tour-bar")).to_be_visible(timeout=SOON)
    panel.get_by_role("button", name=re.compile("^Weiter")).click()
    konrad.wait_for_url("**/booths/auwald", timeout=SOON)
    panel.get_by_role("button", name=re.compile("^Weiter")).click()
    konrad.wait_for_url("**/exhibition/w1", timeout=SOON)
    accessible(desk)
    photograph(desk, "desk-tour")
    konrad.get_by_label("Ihre Frage dazu").fill("Und wie")
    panel.get_by_role("button", name=re.compile("^Weiter")).click()
    expect(konrad.get_by_role("link", name="Zum Rundgang")).to_be_visible(timeout=SOON)
    konrad.get_by_role("link", name="Zum Rundgang").click()
    konrad.wait_for_url("**/exhibition/w2", timeout=SOON)

    # When the one follows no longer, then the tour goes on without
    konrad.get_by_role("button", name="Nicht mehr mitgehen").click()
    expect(konrad.locator(".tour-bar")).to_have_count(0)
    panel.get_by_role("button", name=re.compile("^Zurück")).click()
    expect(panel.locator("p a")).to_have_text(re.compile("Arbeit 1"), timeout=SOON)
    assert konrad.url.endswith("/exhibition/w2")
    assert hanna.url.endswith("/people")

    # And it ends with its item
    desk.get_by_role("button", name=re.compile("beenden", re.IGNORECASE)).first.click()
    expect(hanna.get_by_role("region", name="Der Rundgang beginnt.")).to_have_count(0, timeout=SOON)
