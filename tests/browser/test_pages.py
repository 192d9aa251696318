"""Every page in both languages, in light and dark, wide and narrow, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, Playwright, ViewportSize, expect

from tests.browser.conftest import PROGRAMME
from tests.browser.visiting import Visitors, accessible, eventually, photograph
from tests.running import Running, running, tonight
from web.words import catalogue

PHONE: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1280, "height": 800}
LOCALES = {"de": "de-DE", "en": "en-GB"}

# By person: path, name of its picture, what its heading says in German and in English.
PAGES: dict[str | None, list[tuple[str, str, str, str]]] = {
    None: [
        ("/sign-in", "sign-in", "Schön, dass Sie da sind.", "Good to see you."),
        ("/join/gross", "join", "Fragen Sie mit", "Ask along"),
        ("/sign-in/nobodys-link", "link-unknown", "", "We do not know this link"),
    ],
    "jonas": [
        ("/", "foyer", "", "Good "),
        ("/agenda", "agenda-page", "Ablauf", "Agenda"),
        ("/people", "people", "", "People"),
        ("/me", "me", "Jonas Brandt-Okafor", "Jonas Brandt-Okafor"),
        ("/contacts", "contacts", "Meine Kontakte", "My contacts"),
        ("/talks", "talks", "Gespräche", "Talks"),
        ("/tables", "tables", "Tische in der Lounge", "Tables in the lounge"),
        ("/booths", "booths", "Stände", "Booths"),
        ("/booths/sellmoor", "booth", "Sellmoor Photonik", "Sellmoor Photonik"),
        ("/booths/sellmoor/talk", "booth-talk", "nicht am Tresen", "not at the counter"),
        ("/booths/sellmoor/desk", "booth-desk-forbidden", "", ""),
        ("/board", "board-empty", "Pinnwand", "Board"),
        ("/board/new", "board-forbidden", "", ""),
        ("/exhibition", "exhibition", "Ausstellung", "Exhibition"),
        ("/exhibition/bach", "work", "Ein Bach im Glas", "Ein Bach im Glas"),
        ("/check", "check", "", "Check camera, microphone and line"),
        ("/stage/gross", "stage-waiting", "", ""),
        ("/stage/gross/green-room", "green-room", "", "Green room"),
        ("/stage/nowhere", "not-found", "", ""),
        ("/stage/gross/desk", "forbidden", "", ""),
    ],
    "carla": [
        ("/booths", "booths-rep", "Stände", "Booths"),
        ("/booths/sellmoor", "booth-own", "Sellmoor Photonik", "Sellmoor Photonik"),
        ("/booths/sellmoor/desk", "booth-desk", "Pult von Sellmoor", "Desk of Sellmoor"),
        ("/board/new", "board-new", "Stelle anheften", "Pin an offer"),
    ],
    "miriam": [
        ("/exhibition/bach", "work-own", "Ein Bach im Glas", "Ein Bach im Glas"),
        ("/stage/gross/desk", "desk-waiting", "", "Desk of Große Bühne"),
        ("/beamer/gross", "beamer-waiting", "", ""),
        ("/wall", "wall-empty", "Pinnwand", "Board"),
    ],
}
LIVE = (
    "foyer", "stage-waiting", "green-room", "desk-waiting", "beamer-waiting", "check", "booth",
    "booths", "booths-rep", "booth-own", "booth-desk", "booth-talk", "board-empty", "wall-empty",
)  # fmt: skip

# All words a reader meets, also those only heard.
WORDS = """() => {
  const told = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const inside = walker.currentNode.parentElement;
    if (inside.closest("script, style, [lang]:not(html)")) continue;
    told.add(walker.currentNode.textContent.trim());
  }
  for (const element of document.querySelectorAll("*")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      told.add((element.getAttribute(name) ?? "").trim());
    }
  }
  told.add(document.title);
  return [...told].filter(Boolean);
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests here: none of them changes the evening."""
    folder = tmp_path_factory.mktemp("pages")
    with running(folder, tonight(PROGRAMME, folder)) as started:
        yield started


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("person", list(PAGES))
def test_every_page_is_whole(
    visitors: Visitors, server: Running, person: str | None, language: str
) -> None:
    # Given somebody whose browser asks for a language
    visitors.guard.forgiven += ["status of 404", "status of 403"]
    page = visitors.window(person, locale=LOCALES[language], reduced_motion="reduce")
    for path, name, *headings in PAGES[person]:
        # When they open a page
        page.set_viewport_size(WIDE)
        page.goto(f"{server.url}{path}")
        come_to_life(page, name)

        # Then it speaks that language, has a title and a heading
        assert page.locator("html").get_attribute("lang") == language
        assert page.title().strip(), path
        heading = page.locator("h1").first.inner_text()
        assert heading.strip(), path
        assert headings[language == "en"] in heading, path
        assert_no_foreign_words(page, language)

        # And it is accessible in light and dark, on the desk and in the hand
        page.emulate_media(color_scheme="light")
        accessible(page)
        photograph(page, f"{name}-{language}")
        page.emulate_media(color_scheme="dark")
        accessible(page)
        photograph(page, f"{name}-{language}-dark")
        assert_fits(page, path)
        page.set_viewport_size(PHONE)
        accessible(page)
        photograph(page, f"{name}-{language}-phone")
        assert_fits(page, path)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_personal_link_greets_by_name(visitors: Visitors, server: Running, language: str) -> None:
    page = visitors.window(locale=LOCALES[language])
    page.goto(server.link("hanna"))
    expect(page.get_by_role("main").get_by_role("button")).to_contain_text("Hanna Wieczorek")
    assert_no_foreign_words(page, language)
    accessible(page)
    photograph(page, f"link-{language}")
    page.set_viewport_size(PHONE)
    assert_fits(page, "/sign-in/…")


def test_the_switch_on_a_page_changes_its_language_for_good(
    visitors: Visitors, server: Running
) -> None:
    page = visitors.window("konrad")
    page.goto(f"{server.url}/agenda")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"{server.url}/people")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_pages_without_life_read_without_javascript(visitors: Visitors, server: Running) -> None:
    visitors.guard.forgiven += ["status of 404"]
    page = visitors.window("konrad", java_script_enabled=False)
    said = {
        "/": "Große Bühne",
        "/agenda": "Blutwerte aus einem Tropfen",
        "/people": "Elif Yıldız",
        "/me": "Konrad Immergrün",
        "/booths": "Laserquellen",
        "/exhibition": "Ein Liter Bach",
        "/exhibition/bach": "Hedda Lorenz",
        "/booths/sellmoor": "Lieber schreiben?",
        "/stage/gross": "Große Bühne",
        "/beamer/gross": "Begrüßung",
        "/stage/nowhere": "Foyer",
    }
    for path, words in said.items():
        page.goto(f"{server.url}{path}")
        expect(page.get_by_text(words).first).to_be_visible()
        expect(page.locator("h1").first).not_to_be_empty()
    page.goto(f"{server.url}/people?q=carla")
    expect(page.get_by_text("Carla Donati")).to_be_visible()
    expect(page.get_by_text("Elif Yıldız")).to_be_hidden()


def test_a_page_asks_for_patience_while_the_house_restarts(
    visitors: Visitors, server: Running
) -> None:
    visitors.guard.forgiven += ["ERR_CONNECTION_REFUSED", "WebSocket connection", "503"]
    page = visitors.window("konrad")
    page.goto(f"{server.url}/stage/gross")
    come_to_life(page, "stage-waiting")
    server.stop()
    banner = page.locator("#notices .banner")
    expect(banner).to_contain_text("Das Haus startet neu", timeout=15_000)
    assert_no_foreign_words(page, "de")
    accessible(page)
    photograph(page, "restart")
    server.start()
    expect(banner).to_be_hidden(timeout=30_000)


def test_the_foyer_before_the_evening(playwright: Playwright, tmp_path: Path) -> None:
    day = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=2)
    programme = tmp_path / "evening.toml"
    text = re.sub(r"(?m)^date = .*$", f"date = {day:%Y-%m-%d}", PROGRAMME.read_text())
    programme.write_text(text)
    with house_of(playwright, tmp_path, programme) as visitors:
        page = visitors.window("jonas", reduced_motion="reduce")
        look_at_foyer(page, "before", "Ihr Platz ist frei gehalten.")


def test_the_foyer_after_the_evening(playwright: Playwright, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.mkdir()
    welcome = PROGRAMME.read_text().partition('[[stages.items]]\nid = "hand"')[0]
    programme = short / "evening.toml"
    programme.write_text(welcome)
    with house_of(playwright, tmp_path, tonight(programme, tmp_path)) as visitors:
        desk = visitors.window("miriam")
        desk.goto(f"{visitors.guard.origin}/stage/gross/desk")
        desk.get_by_role("button", name="Weiter zu Miriam Haldenwang").click()
        over = desk.get_by_role("button", name="„Begrüßung“ beenden")
        over.wait_for()
        eventually(lambda: ended(over), "the end of the welcome")
        page = visitors.window("jonas", reduced_motion="reduce")
        look_at_foyer(page, "after", "Danke, dass Sie dabei waren")


@contextmanager
def house_of(playwright: Playwright, folder: Path, programme: Path) -> Iterator[Visitors]:
    """Windows on a server with another programme."""
    with running(folder, programme) as server:
        visitors = Visitors(playwright, server)
        try:
            yield visitors
        finally:
            visitors.close()


def ended(over: Locator) -> bool:
    """Press until it is done: just after a step a press counts as a slip."""
    if over.is_visible():
        over.click()
    return not over.is_visible()


def look_at_foyer(page: Page, phase: str, words: str) -> None:
    """The foyer says so, in German, accessible, on the desk and in the hand."""
    come_to_life(page, "foyer")
    expect(page.get_by_role("main")).to_contain_text(words)
    assert_no_foreign_words(page, "de")
    accessible(page)
    photograph(page, f"foyer-{phase}")
    page.set_viewport_size(PHONE)
    accessible(page)
    assert_fits(page, f"the foyer {phase}")
    photograph(page, f"foyer-{phase}-phone")


def come_to_life(page: Page, name: str) -> None:
    """Wait until a live page has spoken with the house."""
    if name not in LIVE:
        return
    eventually(lambda: page.evaluate("document.readyState") == "complete", "the page")
    if page.locator("main[data-screen]:not([data-screen=foyer])").count():
        page.locator("main[data-live=yes]").wait_for()
    page.wait_for_timeout(200)  # the first view of a room may follow its snapshot


def assert_fits(page: Page, path: str) -> None:
    """Nothing to push sideways."""
    wide, seen = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert wide <= seen, f"{path} is {wide} px wide in a window of {seen} px"


def assert_no_foreign_words(page: Page, language: str) -> None:
    """No sentence that has a translation stands there in the other language."""
    translated = {said: other for said, other in catalogue("de").items() if said != other}
    foreign = set(translated) if language == "de" else set(translated.values()) - set(translated)
    # A name of the programme may be a word of the other language.
    foreign -= {"Große Bühne", "Werkstattbühne", "Foyer", "Pause", "Begrüßung"}
    assert foreign.intersection(page.evaluate(WORDS)) == set()
