"""A booth in real browsers: tickets, calls, and talks at the counter one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.clips import tone
from tests.browser.visiting import Visitors, accessible, colour, eventually, photograph
from tests.running import Running, running, tonight

PROGRAMME = Path(__file__).parent / "fair.toml"
NAMES = {
    "elif": "Elif Yıldız", "jonas": "Jonas Brandt-Okafor", "carla": "Carla Donati",
    "greta": "Greta Sommerfeld",
}  # fmt: skip
COLOURS = {"elif": "red", "jonas": "green", "carla": "blue", "greta": "green"}
TONES = {"elif": 700, "jonas": 1000, "carla": 1300}  # hertz
PHONE: ViewportSize = {"width": 390, "height": 844}
MISSED_WITHIN = 150_000  # milliseconds; who is called has two minutes to come

# The strongest tone in what comes from somebody's seat, in hertz.
TONE = """async () => {
  const audio = document.querySelector("audio[data-seat]");
  if (!audio?.srcObject) return 0;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(audio.srcObject).connect(analyser);
  await new Promise((done) => setTimeout(done, 400));
  const found = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(found);
  const top = found.indexOf(Math.max(...found));
  const hertz = (top * context.sampleRate) / analyser.fftSize;
  await context.close();
  return found[top] > -70 ? hertz : 0;
}"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server of its own whose gathering has booths."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def sees(page: Page, person: str) -> None:
    """Wait until the page shows somebody in their own colour."""
    selector = f'video[aria-label="Kamera von {NAMES[person]}"]'
    eventually(lambda: colour(page, selector) == COLOURS[person], f"{person}'s colour")


def hears(page: Page, person: str) -> None:
    """Wait until the one voice that comes is somebody's tone."""
    eventually(lambda: abs(page.evaluate(TONE) - TONES[person]) < 30, f"{person}'s tone")


def at_desk(page: Page, server: Running, booth: str) -> None:
    """A representative opens the booth's desk and stands there."""
    page.goto(f"{server.url}/booths/{booth}/desk")
    page.get_by_label("Ich bin am Stand").click()
    expect(page.get_by_label("Ich bin am Stand")).to_be_checked()


def takes_ticket(page: Page, server: Running, booth: str, topic: str = "") -> None:
    """Somebody takes a ticket at a booth."""
    page.goto(f"{server.url}/booths/{booth}")
    page.get_by_label("Worüber möchten Sie sprechen?").fill(topic)
    page.get_by_role("button", name="Marke ziehen").click()
    expect(page.get_by_role("heading", name="Ihre Marke: Nummer")).to_be_visible()


def calls_next(page: Page) -> None:
    """The representative calls whoever is next."""
    page.get_by_role("button", name="Nächste Person rufen").click()


def comes(page: Page, booth: str) -> None:
    """Somebody follows the call, wherever in the house they are."""
    banner = page.locator("#notices .banner")
    expect(banner).to_contain_text("Sie sind dran am Stand von")
    banner.get_by_role("button", name="Zum Tresen kommen").click()
    page.wait_for_url(f"**/booths/{booth}/talk")


def test_two_who_wait_are_served_in_order_with_picture_and_sound(
    visitors: Visitors, clips: dict[str, Path], server: Running, tmp_path: Path
) -> None:
    # Given a representative at her booth, and two who take tickets one after the other
    sounds = {person: tone(tmp_path, hertz) for person, hertz in TONES.items()}
    elif_, jonas, carla = (
        visitors.window(who, clips[COLOURS[who]], sound=sounds[who])
        for who in ("elif", "jonas", "carla")
    )
    at_desk(carla, server, "sellmoor")
    takes_ticket(elif_, server, "sellmoor", "Werkstudium in der Optik")
    takes_ticket(jonas, server, "sellmoor")
    expect(carla.locator(".queue > li")).to_have_count(2)
    expect(carla.locator(".queue > li").first).to_contain_text("Werkstudium in der Optik")

    # When the second loads the page anew, then the number and the place are the same
    jonas.reload()
    expect(jonas.get_by_role("heading", name="Ihre Marke: Nummer 2")).to_be_visible()
    expect(jonas.locator(".ticket")).to_contain_text("Vor Ihnen steht eine Person")
    accessible(jonas)
    accessible(carla)
    photograph(jonas, "booth-ticket")
    photograph(carla, "booth-desk-waiting")

    # When the first goes elsewhere and is called as the page loads, then a banner leads there
    elif_.goto(f"{server.url}/agenda")
    calls_next(carla)
    expect(elif_.locator("#notices .banner")).to_contain_text("Sellmoor Photonik")
    accessible(elif_)
    photograph(elif_, "booth-called")
    comes(elif_, "sellmoor")

    # And both see and hear each other, the representative without another click
    sees(elif_, "carla")
    sees(carla, "elif")
    hears(elif_, "carla")
    hears(carla, "elif")
    for page, name in ((elif_, "visitor"), (carla, "rep")):
        accessible(page)
        photograph(page, f"booth-talk-{name}")

    # When the second is next, then nobody is before him, and his page says how it stands
    expect(jonas.locator(".ticket")).to_contain_text("Vor Ihnen steht niemand")
    expect(jonas.locator(".staff")).to_contain_text("im Gespräch")

    # When the representative says goodbye, then there is time for it
    carla.get_by_role("button", name="Verabschieden").click()
    expect(elif_.locator(".ending")).to_contain_text("Zeit, sich zu verabschieden")
    elif_.get_by_role("button", name="Vom Tresen gehen").click()

    # And afterwards cards can be swapped
    for page in (elif_, carla):
        expect(page.get_by_role("heading", name="Danke für das Gespräch.")).to_be_visible()
        expect(page.get_by_label("Kontakte tauschen").first).to_be_visible()
        expect(page.locator("video")).to_have_count(0)
        accessible(page)
    photograph(elif_, "booth-afterwards")

    # When the second is called, then he is served as well, with picture and sound
    carla.get_by_role("link", name="Zu meinem Pult am Stand").click()
    calls_next(carla)
    comes(jonas, "sellmoor")
    sees(jonas, "carla")
    sees(carla, "jonas")
    hears(carla, "jonas")
    hears(jonas, "carla")
    expect(carla.get_by_label(f"Kamera von {NAMES['elif']}")).to_have_count(0)

    # When the first asks to stand along and is let in, then all three see each other
    elif_.goto(f"{server.url}/booths/sellmoor")
    elif_.get_by_role("button", name="Fragen, ob ich mich dazustellen darf").click()
    expect(carla.locator(".knock")).to_contain_text("Elif Yıldız möchte sich dazustellen.")
    carla.get_by_role("button", name="Einlassen").click()
    elif_.wait_for_url("**/booths/sellmoor/talk")
    sees(elif_, "carla")
    sees(elif_, "jonas")
    sees(jonas, "elif")
    photograph(elif_, "booth-talk-three")
    for page, name in ((carla, "rep"), (jonas, "visitor")):
        page.set_viewport_size(PHONE)
        accessible(page)
        photograph(page, f"booth-talk-{name}-phone")


def test_a_visitor_is_handed_over_and_a_missed_call_keeps_a_place(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given one who was called at another booth and does not come
    jonas, wenzel = visitors.window("jonas", clips["green"]), visitors.window("wenzel")
    at_desk(wenzel, server, "auwald")
    takes_ticket(jonas, server, "auwald")
    calls_next(wenzel)
    expect(jonas.locator("#notices .banner")).to_contain_text("Auwald Mikrotechnik")
    expect(wenzel.locator(".up-next")).to_contain_text("ist gerufen")

    # And one who talks with a representative whose colleague is there
    elif_, carla = visitors.window("elif", clips["red"]), visitors.window("carla", clips["blue"])
    greta = visitors.window("greta", clips["green"])
    at_desk(carla, server, "sellmoor")
    at_desk(greta, server, "sellmoor")
    takes_ticket(elif_, server, "sellmoor")
    calls_next(carla)
    comes(elif_, "sellmoor")
    sees(elif_, "carla")

    # When she is handed over, then the colleague is asked, takes over, and they see each other
    carla.get_by_role("button", name="Übergeben").click()
    banner = greta.locator("#notices .banner")
    expect(banner).to_contain_text("möchte Ihnen einen Besuch übergeben")
    accessible(greta)
    banner.get_by_role("button", name="Übernehmen").click()
    sees(elif_, "greta")
    sees(greta, "elif")
    expect(carla.get_by_role("heading", name="Danke für das Gespräch.")).to_be_visible()
    expect(elif_.get_by_label(f"Kamera von {NAMES['carla']}")).to_have_count(0)
    photograph(greta, "booth-handed-over")

    # When her page is loaded anew in the middle, then the talk goes on
    elif_.reload()
    sees(elif_, "greta")
    sees(greta, "elif")

    # When the two minutes of the other one are over, then his place near the front is kept
    expect(jonas.locator(".ticket")).to_contain_text(
        "Ihr Platz weit vorn bleibt einmal frei", timeout=MISSED_WITHIN
    )
    expect(wenzel.locator(".queue > li")).to_contain_text("einmal verpasst")
    accessible(jonas)
    photograph(jonas, "booth-missed")

    # And he is called once more, and comes
    calls_next(wenzel)
    comes(jonas, "auwald")
    sees(wenzel, "jonas")


def test_whoever_looks_sees_what_is_shown_and_is_told_when_somebody_is_back(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a booth where nobody stands
    elif_, carla = visitors.window("elif"), visitors.window("carla", clips["blue"])
    elif_.goto(f"{server.url}/booths/sellmoor")
    expect(elif_.locator(".take-number")).to_contain_text("Gerade ist niemand da")
    accessible(elif_)
    photograph(elif_, "booth-nobody")

    # When somebody who asked for it is elsewhere, then she is told that somebody is back
    elif_.get_by_role("button", name="Bescheid geben, wenn jemand da ist").click()
    expect(elif_.get_by_role("button", name="Sie bekommen Bescheid")).to_be_visible()
    elif_.goto(f"{server.url}/booths")
    at_desk(carla, server, "sellmoor")
    toast = elif_.locator(".toast")
    expect(toast).to_contain_text("Am Stand von Sellmoor Photonik ist wieder jemand da.")
    accessible(elif_)
    photograph(elif_, "booths")
    toast.get_by_role("button", name="Zum Stand").click()

    # When the representative shows something, then whoever looks sees it large
    carla.get_by_label("Was zeigen Sie?").fill("das Spektrometer")
    carla.get_by_role("button", name="Am Stand zeigen").click()
    sees(elif_, "carla")
    expect(elif_.locator(".counter .plate")).to_contain_text("das Spektrometer")
    expect(elif_.locator(".counter .tally")).to_contain_text("Am Stand")
    photograph(elif_, "booth-showing")

    # And what is asked at the booth is read at its desk
    elif_.get_by_label("An alle am Stand").fill("Wie klein wird das noch?")
    elif_.get_by_role("button", name="Senden").last.click()
    expect(carla.get_by_role("log")).to_contain_text("Wie klein wird das noch?")
    elif_.get_by_role("button", name="Winken").click()
    expect(carla.locator(".toast")).to_contain_text("Elif Yıldız winkt.")
    accessible(carla)
    photograph(carla, "booth-desk-showing")

    # When the representative goes on a break, then the picture is gone and the page says so
    carla.get_by_label("Pause").click()
    expect(elif_.locator(".staff")).to_contain_text("macht Pause")
    expect(elif_.locator("video")).to_have_count(0)
    elif_.set_viewport_size(PHONE)
    accessible(elif_)
    photograph(elif_, "booth-phone")
