"""A sponsor sets its booth up alone from one page, loses nothing, and looks at it as a talent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Visitors, accessible, eventually, photograph
from tests.running import Running, running, tonight
from tests.server import decks
from tests.server.test_crests import NAVY, drawn, saved

PROGRAMME = Path(__file__).parent / "stands.toml"
PATIENCE = 20_000  # milliseconds
KEPT = "Gespeichert um"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server of its own, with two companies."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def kept(page: Page, part: str) -> None:
    """Wait until a part says that what was written is kept."""
    expect(page.locator(f"#{part}").get_by_text(KEPT)).to_be_visible(timeout=PATIENCE)


def test_a_sponsor_sets_its_booth_up_and_sees_it_as_a_talent(
    visitors: Visitors, server: Running
) -> None:
    page = visitors.window("greta")
    page.goto(f"{server.url}/booths/auwald/setup")
    live = page.locator("#logo input[type=file]")
    expect(live).to_be_visible(timeout=PATIENCE)
    photograph(page, "setup-empty")

    page.get_by_label("Was Sie machen").fill("Wir bauen Ventile, so klein wie ein Reiskorn.")
    page.get_by_label("Wen Sie suchen").fill("Menschen, die Flüssigkeiten im Kleinen denken.")
    page.get_by_label("Kontakt").fill("stellen@auwald.example")
    kept(page, "words")
    page.get_by_label("Wer antwortet").select_option(label="Greta Sommerfeld")
    page.get_by_label("Bis wann").fill("bis morgen, 12 Uhr")
    kept(page, "letters")

    # What is still being written elsewhere outlives the page that is shown anew.
    page.get_by_label("Wie sie heißt").fill("Stellen")
    live.set_input_files(
        {"name": "auwald.png", "mimeType": "image/png", "buffer": saved(drawn((2400, 900), NAVY))}
    )
    tile = page.locator("#logo .sample[data-light=night] img")
    expect(tile).to_be_visible(timeout=PATIENCE)
    eventually(lambda: tile.evaluate("each => each.naturalWidth") == 640, "the logo is small")
    expect(page.locator("#logo")).to_contain_text("dort hängt es auf einer hellen Kachel")
    ground = tile.evaluate("each => getComputedStyle(each.parentElement).backgroundColor")
    assert ground in ("oklch(1 0 0)", "rgb(255, 255, 255)")
    expect(page.get_by_label("Wie sie heißt")).to_have_value("Stellen")
    expect(page.get_by_label("Was Sie machen")).to_have_value(
        "Wir bauen Ventile, so klein wie ein Reiskorn."
    )

    page.get_by_label("Adresse der Seite").fill("auwald.example/stellen")
    page.get_by_role("button", name="Link hinzufügen").click()
    expect(page.locator("#links").get_by_role("link", name="Stellen")).to_be_visible(
        timeout=PATIENCE
    )
    expect(page.get_by_label("Wie sie heißt")).to_have_value("")
    paper = {
        "name": "Wege_bei_Auwald.pdf",
        "mimeType": "application/pdf",
        "buffer": decks.deck("Ventile", "Pumpen"),
    }
    page.wait_for_load_state("networkidle")  # the page was sent anew, and uploads need its script
    page.locator("#downloads input[type=file]").set_input_files(paper)
    expect(page.locator("#downloads")).to_contain_text("PDF, 2 Seiten", timeout=PATIENCE)
    expect(page.locator("#downloads")).to_contain_text("1 von 2 Dateien")

    page.get_by_label("E-Mail-Adresse").fill("rosa.lind@auwald.example")
    page.get_by_role("button", name="Einladen").click()
    link = page.get_by_label("Persönlicher Link von Rosa Lind")
    expect(link).to_be_visible(timeout=PATIENCE)
    assert link.input_value().startswith(f"{server.url}/sign-in/")
    expect(page.locator("#people")).to_contain_text("3 von 4 Vertretungen")
    accessible(page)
    photograph(page, "setup-full")

    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(color_scheme="dark")
    accessible(page)
    photograph(page, "setup-phone-dark")
    page.set_viewport_size({"width": 1280, "height": 800})

    page.get_by_role("link", name="Als Talent ansehen").click()
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Auwald Mikrotechnik", timeout=PATIENCE
    )
    expect(main).to_contain_text("Wir bauen Ventile, so klein wie ein Reiskorn.")
    expect(main.get_by_role("link", name="Wege bei Auwald")).to_be_visible()
    expect(main.get_by_role("link", name="Stellen").first).to_be_visible()
    expect(main).to_contain_text("Kontakt: stellen@auwald.example")
    expect(main.locator(".crest img").first).to_be_visible()
    photograph(page, "setup-as-talent")

    elif_ = visitors.window("elif", locale="en-GB")
    elif_.goto(f"{server.url}/booths/auwald")
    with elif_.expect_download() as download:
        elif_.get_by_role("main").get_by_role("link", name="Wege bei Auwald").click()
    assert download.value.suggested_filename == "Wege_bei_Auwald.pdf"


def test_bad_input_is_explained_and_nothing_is_lost(visitors: Visitors, server: Running) -> None:
    visitors.guard.forgiven += ["422"]
    page = visitors.window("greta", locale="en-GB")
    page.goto(f"{server.url}/booths/auwald/setup")
    logo = page.locator("#logo input[type=file]")
    expect(logo).to_be_visible(timeout=PATIENCE)

    drawing = {"name": "a.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}
    logo.set_input_files(drawing)
    expect(page.locator("#logo .error")).to_contain_text("This is an SVG, which can hold programs")
    disguised = {"name": "a.png", "mimeType": "image/png", "buffer": b"<svg onload='x'/>"}
    logo.set_input_files(disguised)
    expect(page.locator("#logo .error")).to_contain_text(
        "This is an SVG, which can hold programs", timeout=PATIENCE
    )
    expect(logo).to_be_enabled()

    page.get_by_label("Name, as the others see it").fill("Rosa Lind")
    page.get_by_label("E-mail address").fill("rosa(at)auwald")
    page.get_by_label("What you make").fill("We make valves.")
    page.get_by_label("What it is called").fill("Jobs")
    page.get_by_role("button", name="Invite").click()
    wrong = page.locator("#people-wrong")
    expect(wrong).to_contain_text("Please check the e-mail address", timeout=PATIENCE)
    expect(page.get_by_label("E-mail address")).to_have_value("rosa(at)auwald")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    expect(page.get_by_label("Name, as the others see it")).to_have_value("Rosa Lind")
    expect(page.get_by_label("What you make")).to_have_value("We make valves.")
    expect(page.get_by_label("What it is called")).to_have_value("Jobs", timeout=PATIENCE)
    accessible(page)
    photograph(page, "setup-wrong")
    page.reload()
    expect(page.get_by_label("What you make")).to_have_value("We make valves.")


def test_what_is_written_while_the_line_is_gone_is_kept_afterwards(
    visitors: Visitors, server: Running
) -> None:
    visitors.guard.forgiven += ["ERR_INTERNET_DISCONNECTED"]
    page = visitors.window("greta", locale="en-GB")
    page.goto(f"{server.url}/booths/auwald/setup")
    expect(page.locator("#logo input[type=file]")).to_be_visible(timeout=PATIENCE)

    page.context.set_offline(True)
    page.get_by_label("What you make").fill("We make valves.")
    expect(page.locator("#words .error")).to_contain_text("The line is gone.", timeout=PATIENCE)
    page.context.set_offline(False)
    expect(page.locator("#words").get_by_text("Kept at")).to_be_visible(timeout=PATIENCE)
    page.reload()
    expect(page.get_by_label("What you make")).to_have_value("We make valves.")


def test_the_page_works_without_javascript(visitors: Visitors, server: Running) -> None:
    page = visitors.window("tobias", java_script_enabled=False, locale="en-GB")
    page.goto(f"{server.url}/booths/tannhof/setup")
    page.get_by_label("What you make").fill("We store power.")
    page.locator("#words").get_by_role("button", name="Keep").click()
    expect(page.locator("#words")).to_contain_text("Kept.")
    expect(page.get_by_label("What you make")).to_have_value("We store power.")
    expect(page.locator("#people")).to_contain_text("1 of 1 representatives")
    expect(page.locator("#downloads")).to_contain_text("Your package comes without downloads.")
