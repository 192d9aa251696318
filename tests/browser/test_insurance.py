"""A speaker's camera dies on stage: back by phone within twenty seconds, or plan B plays."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.test_evening import DESK, GREEN_ROOM, STAGE, go_on_stage, on_to
from tests.browser.visiting import Visitors, accessible, photograph, sees
from tests.running import Running
from tests.server.videos import write_video

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

# A cable that is pulled ends its track; a script's own `stop` alone tells nobody.
PULL = """() => {
  const [track] = document.querySelector("video.mirrored").srcObject.getVideoTracks();
  track.stop();
  track.dispatchEvent(new Event("ended"));
}"""


def speaking(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> tuple[Page, Page, Page]:
    """The desk, Jonas on stage with a red camera, and Konrad who sees it."""
    desk, jonas = visitors.window("miriam"), visitors.window("jonas", clips["red"])
    desk.goto(f"{server.url}{DESK}")
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    konrad = visitors.window("konrad")
    konrad.goto(f"{server.url}{STAGE}")
    on_to(desk, "Miriam Haldenwang")
    go_on_stage(jonas)
    expect(jonas.get_by_text("Sie gehen auf die Bühne, sobald")).to_be_visible()
    on_to(desk, "Jonas Brandt-Okafor")
    sees(konrad, "red")
    return desk, jonas, konrad


def test_a_speaker_whose_camera_is_pulled_is_back_by_phone_within_twenty_seconds(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a speaker on stage, and a phone at hand
    desk, jonas, konrad = speaking(visitors, clips, server)
    phone = visitors.window(None, clips["green"], **PHONE)

    # When the laptop's camera is pulled
    jonas.evaluate(PULL)
    pulled = time.monotonic()

    # Then viewers keep the last picture, and the desk is offered what helps
    expect(konrad.get_by_text("Einen Moment, bitte.")).to_be_visible(timeout=8_000)
    ask = desk.get_by_role("button", name="Handy als Kamera")
    ask.wait_for(timeout=15_000)
    offered = time.monotonic() - pulled
    photograph(desk, "insurance-desk")

    # When the moderator asks for the phone and the speaker scans the code
    ask.click()
    code = jonas.locator("[data-phone-address]")
    code.wait_for()
    photograph(jonas, "insurance-code")
    phone.goto(code.get_attribute("href") or "")
    phone.get_by_role("button", name="Dieses Handy als Kamera verwenden").click()

    # Then everybody sees the phone's picture
    sees(konrad, "green", within=25.0)
    back = time.monotonic() - pulled
    assert offered < 11.0
    assert back < 20.0
    expect(konrad.get_by_text("Einen Moment, bitte.")).to_be_hidden()
    expect(phone.get_by_text("Sie sind zu sehen.")).to_be_visible()
    expect(jonas.get_by_text("Ihr Handy ist Kamera und Mikrofon.")).to_be_visible()
    for page, name in ((phone, "insurance-phone"), (jonas, "insurance-on-phone")):
        photograph(page, name)
        accessible(page)

    # When the computer's camera is in order again, one tap gives the picture back
    jonas.get_by_role("button", name="Kamera dieses Computers verwenden").click()
    sees(konrad, "red", within=25.0)
    expect(phone.get_by_text("Ihr Computer ist wieder Ihre Kamera.")).to_be_visible()


def test_plan_b_plays_for_everybody_until_the_speaker_is_seen_again(
    visitors: Visitors, clips: dict[str, Path], server: Running, tmp_path: Path
) -> None:
    # Given a speaker on stage who has brought a blue plan B, and a moderator who lets the clock
    # stop
    video = write_video(tmp_path / "plan.webm", colour="blue", seconds=60.0)
    desk, jonas, konrad = speaking(visitors, clips, server)
    own = visitors.window("jonas")
    own.goto(f"{server.url}/me")
    own.get_by_label("Ein Video als Plan B").set_input_files(video)
    expect(own.get_by_text("Ein Video von 1:00 liegt bereit.")).to_be_visible(timeout=60_000)
    photograph(own, "insurance-clip")
    own.close()
    desk.get_by_role("button", name="Uhr hält an, wenn das Bild fehlt").click()

    # When the camera is pulled, then nothing plays by itself, and the clock stands still
    jonas.evaluate(PULL)
    play = desk.get_by_role("button", name="Plan B abspielen")
    play.wait_for(timeout=20_000)
    expect(desk.get_by_role("button", name="Weiter", exact=True)).to_be_visible(timeout=10_000)
    accessible(desk)

    # When the moderator plays plan B, then a viewer and one who comes later see it
    play.click()
    sees(konrad, "blue")
    photograph(desk, "insurance-playing")
    photograph(konrad, "insurance-viewer")
    hanna = visitors.window("hanna")
    hanna.goto(f"{server.url}{STAGE}")
    sees(hanna, "blue")
    accessible(konrad)

    # When the media process dies, then plan B goes on where it is by now
    media: Any = server.health()["media"]
    os.kill(media[0]["measured"]["pid"], signal.SIGKILL)
    konrad.wait_for_timeout(1_500)
    sees(konrad, "blue")

    # When the camera is there again and the moderator stops plan B, then the speaker is seen
    jonas.get_by_role("button", name="Kamera aus").click()
    desk.get_by_role("button", name="Plan B anhalten").click()
    sees(konrad, "red")
    expect(desk.get_by_text("Plan B von")).to_be_hidden()
