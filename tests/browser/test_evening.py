"""An evening in real browsers: two pitches with questions, an overrun, an undo, and accidents."""

from __future__ import annotations

import contextlib
import os
import re
import signal
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Error, Page, expect

from tests.browser.visiting import Visitors, accessible, colour, eventually, photograph, sees
from tests.running import Running

STAGE = "/stage/gross"
DESK = "/stage/gross/desk"
GREEN_ROOM = "/stage/gross/green-room"
MINUTE = timedelta(minutes=1)


def on_to(desk: Page, name: str) -> None:
    """Press the one big button, which names who comes, until it names somebody else.

    Just after a step the desk takes a press for a slip of the same finger.
    """
    button = desk.get_by_role("button", name=f"Weiter zu {name}", exact=True)
    button.wait_for()

    def done() -> bool:
        if button.is_visible():
            with contextlib.suppress(Error):  # gone just now: the press before was taken
                button.click(timeout=2_000)
        return not button.is_visible()

    eventually(done, f"the step on to {name}")


def go_on_stage(green_room: Page) -> None:
    """The one click of one's own."""
    green_room.get_by_role("button", name="Auf die Bühne gehen").click()


def live_title(page: Page) -> str:
    """What the stage says is on."""
    return page.locator("main h1").first.inner_text()


def remaining(page: Page) -> float:
    """Seconds the clock on the page still shows; negative over time."""
    shown = page.locator(".clock .time").first.inner_text()
    minutes, seconds = shown.replace("+", "").split(":")
    return (int(minutes) * 60 + int(seconds)) * (-1 if shown.startswith("+") else 1)


def expected_start(page: Page, title: str) -> datetime:
    """When the agenda page expects an item to begin."""
    row = page.locator("li", has_text=title).first
    written = row.locator("time").first.get_attribute("datetime")
    assert written is not None
    return datetime.fromisoformat(written)


def again(page: Page, title: str) -> datetime:
    """The same after a reload."""
    page.reload()
    return expected_start(page, title)


def test_an_evening_runs_from_the_welcome_to_the_second_pitch(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a moderator at the desk, a talent in the green room, and two in the audience
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}{DESK}")
    jonas = visitors.window("jonas", clips["red"])
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    konrad = visitors.window("konrad")
    konrad.goto(f"{server.url}{STAGE}")

    # When the welcome begins and then the first pitch, to which the talent had agreed
    on_to(desk, "Miriam Haldenwang")
    eventually(lambda: live_title(konrad) == "Begrüßung", "the welcome on the stage page")
    expect(jonas.get_by_text("Als Nächstes sind Sie dran.")).to_be_visible(timeout=20_000)
    photograph(jonas, "green-room-next")
    accessible(jonas)
    go_on_stage(jonas)
    expect(jonas.get_by_text("Sie gehen auf die Bühne, sobald")).to_be_visible()
    on_to(desk, "Jonas Brandt-Okafor")

    # Then everybody sees him
    sees(konrad, "red")
    sees(desk, "red")
    assert live_title(konrad) == "Eine Haut für Roboterhände"
    for page, name in ((konrad, "stage"), (desk, "desk"), (jonas, "on-stage")):
        photograph(page, name)
        accessible(page)

    # When a guest asks, another supports, and the moderator puts the question on air
    konrad.get_by_label("Ihre Frage").fill("Wie lange hält die Folie?")
    konrad.get_by_role("button", name="Frage stellen").click()
    hanna = visitors.window("hanna", viewport={"width": 390, "height": 844})
    hanna.goto(f"{server.url}{STAGE}")
    hanna.get_by_role("button", name=re.compile("Frage unterstützen")).click()
    expect(desk.locator(".question .votes, .question .num").first).to_contain_text("2")
    desk.get_by_role("button", name="Auf die Bühne", exact=True).click()

    # Then the hall screen shows it
    beamer = visitors.window("miriam", viewport={"width": 1440, "height": 900})
    beamer.goto(f"{server.url}/beamer/gross")
    expect(beamer.get_by_text("Wie lange hält die Folie?")).to_be_visible(timeout=20_000)
    sees(beamer, "red")
    photograph(beamer, "beamer")
    accessible(beamer)
    photograph(hanna, "stage-phone")
    accessible(hanna)
    beamer.close()
    hanna.close()

    # When the pitch is given two more minutes, then everything after it moves by two
    konrad.goto(f"{server.url}/agenda")
    planned = expected_start(konrad, "Fragen an Elif Yıldız")
    firm = expected_start(konrad, "Einstieg bei Sellmoor Photonik")
    desk.get_by_role("button", name="1 Minute mehr", exact=True).click()
    desk.get_by_role("button", name="1 Minute mehr", exact=True).click()
    eventually(
        lambda: again(konrad, "Fragen an Elif Yıldız") == planned + 2 * MINUTE,
        "the questions two minutes later",
    )
    photograph(konrad, "agenda")
    accessible(konrad)
    assert expected_start(konrad, "Einstieg bei Sellmoor Photonik") == firm  # its anchor holds

    # When the moderator takes one step back, then one of the minutes is gone
    desk.get_by_role("button", name=re.compile("^Zurück: ")).click()
    eventually(
        lambda: again(konrad, "Fragen an Elif Yıldız") == planned + MINUTE,
        "the questions one minute later",
    )

    # When the next talent comes, with a viewer who negotiated once
    konrad.goto(f"{server.url}{STAGE}")
    sees(konrad, "red")
    on_to(desk, "Fragen an Jonas Brandt-Okafor")
    elif_ = visitors.window("elif", clips["green"])
    elif_.goto(f"{server.url}{GREEN_ROOM}")
    expect(elif_.get_by_text("Als Nächstes sind Sie dran.")).to_be_visible(timeout=20_000)
    go_on_stage(elif_)
    assert colour(konrad) == "red"
    on_to(desk, "Elif Yıldız")

    # Then the picture changes, and a reload changes nothing
    sees(konrad, "green")
    konrad.reload()
    sees(konrad, "green")
    elif_.reload()
    sees(konrad, "green")


def test_picture_and_agenda_survive_the_death_of_their_processes(
    visitors: Visitors, clips: dict[str, Path], server: Running
) -> None:
    # Given a talent on stage, and a viewer
    desk = visitors.window("miriam")
    desk.goto(f"{server.url}{DESK}")
    jonas = visitors.window("jonas", clips["blue"])
    jonas.goto(f"{server.url}{GREEN_ROOM}")
    konrad = visitors.window("konrad")
    konrad.goto(f"{server.url}{STAGE}")
    on_to(desk, "Miriam Haldenwang")
    go_on_stage(jonas)
    expect(jonas.get_by_text("Sie gehen auf die Bühne, sobald")).to_be_visible()
    on_to(desk, "Jonas Brandt-Okafor")
    sees(konrad, "blue")
    visitors.guard.forgiven += ["ERR_CONNECTION_REFUSED", "WebSocket connection", "503"]

    # When the media process is killed
    (media,) = server.health()["media"]  # type: ignore[misc]
    os.kill(media["measured"]["pid"], signal.SIGKILL)

    # Then a new one takes over and the picture moves again without a click
    eventually(lambda: picture_moves(konrad), "a moving picture after the media process died")
    sees(konrad, "blue")

    # When the server is killed and started again
    before = remaining(konrad)
    server.kill()
    expect(konrad.get_by_text("wir verbinden Sie neu")).to_be_visible(timeout=20_000)
    photograph(konrad, "stage-without-server")
    server.start()

    # Then the same item is on with the same time left, and the picture comes back
    expect(konrad.get_by_text("wir verbinden Sie neu")).to_be_hidden(timeout=30_000)
    assert live_title(konrad) == "Eine Haut für Roboterhände"
    assert remaining(konrad) < before
    eventually(lambda: picture_moves(konrad), "a moving picture after the server came back", 30)
    sees(konrad, "blue")
    sees(desk, "blue")


def picture_moves(page: Page) -> bool:
    """Whether a video on the page shows new frames."""
    moved: bool = page.evaluate(
        """async () => {
          const shown = () => [...document.querySelectorAll("video")]
            .map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
          const before = shown();
          await new Promise((done) => setTimeout(done, 700));
          return shown().some((frames, place) => frames > (before[place] ?? frames));
        }"""
    )
    return moved
