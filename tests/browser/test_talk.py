"""Two people talk to each other in real browsers: seen, heard, and alone with each other."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clips import tone
from tests.browser.talking import Line, line, open_round
from tests.browser.visiting import Visitors, accessible, colour, eventually, photograph
from tests.running import Running, running, tonight

PROGRAMME = Path(__file__).parent / "talks.toml"
NOW = "/talks/now"
PARTNER = ".partner-picture video"
BACK_WITHIN = 4.0  # seconds until one who loads the page anew is seen again
TONES = {"green": 700, "red": 1300}  # hertz, by the colour of the camera

# The strongest tone in what the partner's voice brings, in hertz.
TONE = """async () => {
  const audio = document.querySelector('audio[data-lane="voice"]');
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
    """A server of its own whose evening has a round of talks."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


@pytest.fixture
def desk(server: Running) -> Iterator[Line]:
    """The moderator, without a page."""
    with line(server, "miriam") as opened:
        yield opened


@pytest.fixture
def sounds(tmp_path: Path) -> dict[str, Path]:
    """A fake microphone's tone for each colour."""
    return {name: tone(tmp_path, hertz) for name, hertz in TONES.items()}


def come(visitors: Visitors, server: Running, person: str, clip: Path, sound: Path) -> Page:
    """Somebody with a coloured camera and a tone for a voice, straight into the talk."""
    page = visitors.window(person, clip, sound=sound)
    page.goto(f"{server.url}{NOW}?enter")
    return page


def sees(page: Page, wanted: str, within: float = 20.0) -> None:
    """Wait until the partner's picture has this colour."""
    eventually(lambda: colour(page, PARTNER) == wanted, f"the partner in {wanted}", within)


def hears(page: Page, hertz: int) -> None:
    """Wait until the partner's voice is this tone."""
    eventually(lambda: abs(page.evaluate(TONE) - hertz) < 30, f"a tone of {hertz} Hz")


def test_two_people_see_and_hear_each_other_and_nobody_else_gets_through(
    visitors: Visitors, server: Running, desk: Line, clips: dict[str, Path], sounds: dict[str, Path]
) -> None:
    # Given a round in which a talent and a company are to meet
    open_round(desk)
    elif_ = visitors.window("elif", clips["green"], sound=sounds["green"])
    elif_.goto(f"{server.url}{NOW}")
    expect(elif_.get_by_role("heading", name="Im Gespräch mit Carla Donati")).to_be_visible()
    eventually(lambda: colour(elif_) == "green", "her own picture at the door")
    photograph(elif_, "talk-door")
    accessible(elif_)

    # When she goes in by her one click, she waits
    elif_.get_by_role("button", name="Ins Gespräch gehen").click()
    expect(elif_.get_by_text("Carla Donati ist auf dem Weg.")).to_be_visible()

    # When the other comes, then each sees and hears the other, and oneself is not heard
    carla = come(visitors, server, "carla", clips["red"], sounds["red"])
    sees(elif_, "red")
    sees(carla, "green")
    hears(elif_, TONES["red"])
    hears(carla, TONES["green"])
    photograph(elif_, "talk")
    accessible(elif_)

    # Then somebody else is turned away from their signalling, and hears nothing of it
    with line(server, "konrad") as konrad:
        assert konrad.join("lounge")["breakouts"] == {}
        for to in ("elif", "carla"):
            word = json.dumps({"description": {"type": "offer", "sdp": "v=0"}})
            answer = konrad.do(
                "lounge",
                {
                    "type": "breakout.signal",
                    "breakout": "b1",
                    "to": to,
                    "call": "stranger",
                    "body": word,
                },
            )
            assert answer["type"] == "refused"
        says = konrad.do("lounge", {"type": "breakout.say", "breakout": "b1", "text": "Hallo"})
        assert says["type"] == "refused"

        # When one loads the page anew, then both are back soon, and nobody else heard of it
        began = time.monotonic()
        carla.reload()
        sees(elif_, "red", BACK_WITHIN)
        sees(carla, "green", BACK_WITHIN - (time.monotonic() - began))
        hears(elif_, TONES["red"])
        told = {event["type"] for event in konrad.heard()}
        assert not {kind for kind in told if kind.startswith("breakout.")}

    # When one writes, the other reads it; when one mutes and hides, the other is told
    carla.get_by_label("Ihre Zeile").fill("Die Adresse steht auf der Karte.")
    carla.get_by_label("Ihre Zeile").press("Enter")
    expect(elif_.get_by_text("Die Adresse steht auf der Karte.")).to_be_visible()
    carla.get_by_role("button", name="Kamera an").click()
    expect(elif_.get_by_text("Die Kamera ist aus.")).to_be_visible()
    carla.get_by_role("button", name="Kamera aus").click()
    sees(elif_, "red")

    # When both want more, they have it
    elif_.get_by_role("button", name="2 Minuten").click()
    expect(carla.get_by_text("Elif Yıldız möchte verlängern.")).to_be_visible()
    before = carla.locator(".clock .time").inner_text()
    carla.get_by_role("button", name="2 Minuten").click()
    minutes = int(before.split(":")[0])
    expect(carla.locator(".clock .time")).to_contain_text(f"{minutes + 2}:")

    # When the round is ended, nobody is cut off, and the card stays
    assert (
        desk.do("foyer", {"type": "agenda.finish", "stage": "gross", "item": "round-1"})["type"]
        == "done"
    )
    sees(elif_, "red")
    carla.get_by_role("button", name="Gespräch verlassen").click()
    expect(elif_.get_by_text("Carla Donati ist gegangen. Die Tür bleibt offen.")).to_be_visible()


def test_a_talk_ends_well_also_for_who_has_no_devices(
    visitors: Visitors, server: Running, desk: Line, clips: dict[str, Path]
) -> None:
    # Given one at a phone, and one whose browser may use neither camera nor microphone
    open_round(desk)
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    elif_ = visitors.window("elif", clips["green"], **phone)
    elif_.goto(f"{server.url}{NOW}?enter")
    carla = visitors.window("carla")
    carla.context.clear_permissions()
    carla.goto(f"{server.url}{NOW}")
    photograph(carla, "talk-door-without")
    carla.get_by_role("button", name="Ins Gespräch gehen").click()

    # Then the one is seen, the other can write
    sees(carla, "green")
    expect(carla.get_by_text("Auch ohne Mikrofon können Sie einander schreiben.")).to_be_visible()
    carla.get_by_label("Ihre Zeile").fill("Ich höre Sie gut.")
    carla.get_by_role("button", name="Senden").click()
    expect(elif_.get_by_text("Ich höre Sie gut.")).to_be_visible()
    photograph(elif_, "talk-phone")
    accessible(elif_)

    # When the round is over, then there is time to say goodbye
    ends = {"type": "agenda.finish", "stage": "gross", "item": "round-1"}
    assert desk.do("foyer", ends)["type"] == "done"
    expect(elif_.get_by_role("heading", name="Zeit für den Abschied")).to_be_visible()
    photograph(carla, "talk-farewell")
    assert colour(carla, PARTNER) == "green"

    # Then the picture goes, and the card stays with all that can follow
    after = elif_.get_by_role("heading", name="Danke für das Gespräch.")
    expect(after).to_be_visible(timeout=30_000)
    expect(carla.locator(PARTNER)).to_have_count(0)
    expect(elif_.get_by_role("switch", name="Kontakte tauschen")).to_be_visible()
    expect(elif_.get_by_role("button", name="Wieder sprechen")).to_be_visible()
    photograph(elif_, "talk-over-phone")
    photograph(carla, "talk-over")
    accessible(carla)
