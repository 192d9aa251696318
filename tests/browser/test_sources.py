"""Hall cameras in real browsers: connected at the desk, put on stage, seen by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.settings import own_addresses
from tests.browser.visiting import Visitors, accessible, photograph, sees
from tests.devices.starting import camera
from tests.running import Running, running, tonight

PROGRAMME = Path(__file__).parent / "evening.toml"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server that announces an address which every device can pair with."""
    announced = own_addresses()[0]
    programme = tonight(PROGRAMME, tmp_path)
    with running(tmp_path, programme, FOYER_MEDIA_ANNOUNCE=announced) as started:
        yield started


def connected(desk: Page, name: str, place: str) -> tuple[str, str]:
    """Let a camera in at the desk; the address and the key it shows for it."""
    desk.get_by_role("button", name="Kamera anbinden").click()
    desk.get_by_label("Wie heißt sie?").fill(name)
    desk.get_by_label("Für welchen Platz?").select_option(place)
    photograph(desk, f"desk-connect-{place}")
    accessible(desk)
    desk.get_by_role("button", name="Adresse und Schlüssel erstellen").click()
    url = desk.get_by_label("Adresse", exact=True).input_value()
    secret = desk.get_by_label("Schlüssel (Bearer-Token)", exact=True).input_value()
    photograph(desk, f"desk-key-{place}")
    accessible(desk)
    desk.get_by_role("button", name="Fertig").click()
    return url, secret


def test_two_hall_cameras_come_on_stage_and_go(visitors: Visitors, server: Running) -> None:
    # Given a desk, somebody in the audience, and two cameras that nobody here wrote
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}/stage/gross/desk")
    konrad = visitors.window("konrad")
    konrad.goto(f"{server.url}/stage/gross")
    total = connected(desk, "Saaltotale", "guest")
    lectern = connected(desk, "Pult", "speaker")
    rows = {place: desk.locator(f'[data-source="in-{place}"]') for place in ("guest", "speaker")}
    expect(rows["guest"]).to_contain_text("sendet nichts")

    with camera("ffmpeg", server.data, *total), camera("gstreamer", server.data, *lectern):
        # When they send, their lights come on at the desk and nobody else sees them
        expect(rows["guest"]).to_contain_text("H264", timeout=20_000)
        expect(rows["speaker"]).to_contain_text("VP8", timeout=20_000)
        expect(konrad.get_by_label("Kamera von Saaltotale")).to_have_count(0)

        # When one is put on stage, then everybody sees its H264 picture
        desk.get_by_role("button", name="Saaltotale auf die Bühne nehmen").click()
        sees(konrad, "red")
        sees(desk, "red")
        expect(konrad.get_by_label("Kamera von Saaltotale")).to_be_visible()
        photograph(konrad, "stage-camera")
        photograph(desk, "desk-camera")
        accessible(konrad)
        accessible(desk)

        # When the other takes the speaker's seat, then its VP8 picture is the large one
        desk.get_by_role("button", name="Pult auf die Bühne nehmen").click()
        sees(konrad, "green")

        # When both are taken off, then the stage is empty again
        for name in ("Saaltotale", "Pult"):
            desk.get_by_role("button", name=f"{name} von der Bühne nehmen").click()
        expect(konrad.get_by_label("Kamera von Pult")).to_have_count(0)

        # When the desk looks at one alone, then nobody else does
        rows["speaker"].get_by_role("button", name="Mehr zu Pult").click()
        desk.get_by_role("button", name="In der Vorschau zeigen").click()
        expect(desk.get_by_label("Vorschau: Pult")).to_be_visible(timeout=20_000)
        expect(konrad.get_by_label("Kamera von Pult")).to_have_count(0)

    expect(rows["guest"]).to_contain_text(re.compile("sendet nichts"), timeout=20_000)
