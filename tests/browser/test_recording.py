"""Recording in real browsers: consent, the sign, a withdrawal, a release, and watching again."""

from __future__ import annotations

import time
from pathlib import Path

import av
from playwright.sync_api import Page, expect

from tests.browser.test_evening import DESK, GREEN_ROOM, STAGE, go_on_stage, on_to
from tests.browser.visiting import Visitors, accessible, eventually, photograph, sees
from tests.running import Running

WITHIN = 2.0  # seconds in which a withdrawn consent stops the recording
AT = "document.querySelector('video').currentTime"


def agree(green_room: Page) -> None:
    """Read what one agrees to, and agree."""
    green_room.get_by_text("Dürfen wir Sie aufnehmen?").click()
    green_room.get_by_role("button", name="Ich willige ein").click()
    expect(green_room.get_by_text("Sie haben in die Aufnahme eingewilligt")).to_be_visible()


def sign(page: Page) -> bool:
    """Whether the page says that this is being recorded."""
    return page.locator(".tally[data-on=rec]", has_text="Aufnahme").count() > 0


def files(server: Running) -> dict[str, int]:
    """All recordings on the disk and their sizes."""
    folder = server.data / "recordings"
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.glob("*/*")}


def test_a_slot_is_recorded_released_and_watched_again(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a talent who agreed, and a moderator on stage who did not
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}{DESK}")
    jonas = visitors.window("jonas", clips["red"])
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    konrad = visitors.window("konrad")
    konrad.goto(f"{server.url}{STAGE}")
    on_to(desk, "Miriam Haldenwang")
    agree(jonas)
    photograph(jonas, "green-room-consent")
    go_on_stage(jonas)
    on_to(desk, "Jonas Brandt-Okafor")
    sees(konrad, "red")
    assert not sign(konrad)

    # When the moderator records the item
    desk.get_by_text("Aufnahme aus").click()
    desk.get_by_role("button", name="Diesen Beitrag aufnehmen").click()

    # Then everybody sees that, and the desk of whom
    for page, where in ((konrad, "stage"), (desk, "desk"), (jonas, "green room")):
        eventually(lambda page=page: sign(page), f"the sign: {where}")
    beamer = visitors.window("miriam", viewport={"width": 1440, "height": 900})
    beamer.goto(f"{server.url}/beamer/gross")
    eventually(lambda: sign(beamer), "the sign on the hall's screen")
    expect(desk.get_by_text("Jetzt aufgenommen: Jonas Brandt-Okafor.")).to_be_visible()
    photograph(konrad, "recording-stage")
    photograph(desk, "recording-desk")
    photograph(beamer, "recording-beamer")
    accessible(desk)
    beamer.close()
    eventually(lambda: any(files(server).values()), "a file that grows")
    time.sleep(3.0)

    # When it ends, then he alone may see it
    desk.get_by_role("button", name="Aufnahme beenden").click()
    eventually(lambda: not sign(konrad), "the sign is gone")
    jonas.get_by_role("link", name="Ansehen").click()
    expect(jonas.get_by_text("Bisher können nur Sie dies sehen")).to_be_visible()
    address = jonas.url
    assert konrad.request.get(address).status == 404
    film = f"{server.url}{jonas.locator('video').first.get_attribute('src')}"
    assert konrad.request.get(film).status == 404
    assert jonas.request.get(film, headers={"Range": "bytes=0-99"}).status == 206
    photograph(jonas, "recording-own")
    accessible(jonas)
    with av.open(str(next((server.data / "recordings").glob("*/*")))) as file:
        assert {stream.type for stream in file.streams} == {"video", "audio"}

    # When he releases it, then a guest finds it at the pitch and plays it
    jonas.get_by_role("button", name="Meinen Teil freigeben").click()
    expect(jonas.get_by_text("Bisher können nur Sie dies sehen")).to_have_count(0)
    konrad.goto(f"{server.url}/agenda")
    photograph(konrad, "recording-agenda")
    konrad.get_by_role("link", name="Alle Aufnahmen").click()
    photograph(konrad, "recordings")
    accessible(konrad)
    konrad.get_by_role("link", name="Eine Haut für Roboterhände").click()
    konrad.get_by_role("button", name="Abspielen").click()
    sees(konrad, "red")
    before = konrad.evaluate(AT)
    eventually(lambda: konrad.evaluate(AT) > before + 0.5, "it plays")
    with konrad.expect_download() as loaded:
        konrad.get_by_role("link", name="Jonas Brandt-Okafor").click()
    assert loaded.value.suggested_filename.endswith(".webm")


def test_a_withdrawn_consent_ends_and_deletes_at_once(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a talent who is being recorded
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}{DESK}")
    jonas = visitors.window("jonas", clips["red"])
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    on_to(desk, "Miriam Haldenwang")
    agree(jonas)
    go_on_stage(jonas)
    desk.get_by_text("Aufnahme aus").click()
    desk.get_by_role("button", name="Den Abend aufnehmen").click()
    on_to(desk, "Jonas Brandt-Okafor")
    eventually(lambda: any(size > 20_000 for size in files(server).values()), "a file that grows")

    # When he takes his consent back
    jonas.get_by_text("Sie haben in die Aufnahme eingewilligt").click()
    jonas.get_by_role("button", name="Widerrufen und alle Aufnahmen").click()

    # Then nothing of him is there two seconds later, and he stays on stage
    eventually(lambda: not files(server), "the file is gone", WITHIN)
    expect(desk.get_by_text("An, aber im Moment wird niemand aufgenommen.")).to_be_visible()
    eventually(lambda: not sign(jonas), "the sign is gone")
    time.sleep(1.0)
    assert files(server) == {}
    sees(desk, "red")
