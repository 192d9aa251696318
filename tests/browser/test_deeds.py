"""What people do with keys, bad input, second devices, lost lines and a shared screen."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect

from tests.browser.test_evening import DESK, GREEN_ROOM, STAGE, go_on_stage, on_to, picture_moves
from tests.browser.visiting import Visitors, accessible, colour, eventually, photograph, sees
from tests.running import Running

NEXT = re.compile("^Weiter zu ")
UNDO = re.compile("^Zurück: ")
# Whoever presses has not yet seen what the house said in the meantime.
PRESSES_LATE = """() => void setTimeout(() => {
  const seen = performance.now();
  while (performance.now() - seen < 2000);
  document.querySelector(".keys .btn.primary.big").click();
})"""
OUTLINE = "() => getComputedStyle(document.activeElement).outlineStyle"


def at_desk(visitors: Visitors, server: Running, person: str = "miriam") -> Page:
    """A desk that has come to life."""
    desk = visitors.window(person)
    desk.goto(f"{server.url}{DESK}")
    desk.locator("main[data-live=yes]").wait_for()
    return desk


def at_stage(visitors: Visitors, server: Running, person: str) -> Page:
    """A seat in the audience, with the page alive."""
    page = visitors.window(person)
    page.goto(f"{server.url}{STAGE}")
    page.locator("main[data-live=yes]").wait_for()
    return page


def say(page: Page, text: str) -> None:
    """Send a line to the chat."""
    page.get_by_role("tab", name="Chat").click()
    page.locator("#chat-line").fill(text)
    page.get_by_role("button", name="Senden").click()


def test_a_moderator_runs_two_items_with_keys_alone(visitors: Visitors, server: Running) -> None:
    # Given a desk nobody has clicked on
    desk = at_desk(visitors, server)
    step = desk.get_by_role("button", name=NEXT)

    # When Space is pressed, then the welcome is on
    expect(step).to_contain_text("Miriam Haldenwang")
    desk.keyboard.press("Space")
    expect(step).to_contain_text("Jonas Brandt-Okafor")

    # When a minute is added and taken back
    desk.keyboard.press("Shift++")
    expect(desk.get_by_role("button", name=UNDO)).to_contain_text("1 Minute")
    desk.keyboard.press("u")
    expect(desk.get_by_role("button", name=UNDO)).not_to_contain_text("1 Minute")

    # When keys are typed into a field, then they are letters
    field = desk.locator("#team-line")
    field.focus()
    desk.keyboard.type("u + p")
    expect(field).to_have_value("u + p")
    expect(step).to_contain_text("Jonas Brandt-Okafor")
    expect(desk.get_by_role("button", name="Anhalten")).to_have_attribute("aria-pressed", "false")

    # When the field is left and Space is pressed, then the pitch is on
    field.blur()
    desk.wait_for_timeout(1600)  # a press just after a step counts as a slip
    desk.keyboard.press("Space")
    expect(step).to_contain_text("Fragen an Jonas Brandt-Okafor")


def test_the_keyboard_finds_the_content_and_shows_where_it_is(
    visitors: Visitors, server: Running
) -> None:
    page = visitors.window("konrad")
    page.goto(f"{server.url}/agenda")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert page.evaluate(OUTLINE) != "none"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")
    assert page.evaluate(OUTLINE) != "none"


def test_alt_b_brings_the_focus_to_the_banner(visitors: Visitors, server: Running) -> None:
    desk = at_desk(visitors, server)
    talent = visitors.window("jonas")
    talent.goto(f"{server.url}{GREEN_ROOM}")
    on_to(desk, "Miriam Haldenwang")
    go = talent.get_by_role("button", name="Auf die Bühne gehen")
    go.wait_for()
    talent.keyboard.press("Alt+b")
    assert talent.evaluate("Boolean(document.activeElement.closest('.banner'))")
    assert talent.evaluate(OUTLINE) != "none"


def test_what_cannot_be_done_is_said_and_nothing_is_lost(
    visitors: Visitors, server: Running
) -> None:
    # Given a guest with two desks behind the scene
    desk, second = at_desk(visitors, server), at_desk(visitors, server, "paul")
    guest = at_stage(visitors, server, "konrad")
    question = guest.get_by_label("Ihre Frage")
    ask = guest.get_by_role("button", name="Frage stellen")

    # A question of nothing is not sent
    question.fill("   ")
    ask.click()
    expect(question).to_have_value("   ")

    # One too long does not fit
    question.fill("")
    question.focus()
    guest.keyboard.insert_text("ä" * 300)
    expect(question).to_have_value("ä" * 240)

    # Those beyond the fourth are refused in words, and stay in the field
    for n in range(1, 9):
        question.fill(f"Frage Nummer {n}?")
        ask.click()
        eventually(
            lambda: (
                question.input_value() == "" or guest.locator(".toast[data-tone=wrong]").count()
            ),
            "an answer to the question",
        )
        if question.input_value():
            break
    wrong = guest.locator(".toast[data-tone=wrong]")
    expect(wrong).to_contain_text("noch offen")
    expect(question).to_have_value(re.compile("Frage Nummer"))
    accessible(guest)
    photograph(guest, "toast-refused")

    # Whoever is silenced reads why
    say(guest, "Hallo zusammen")
    desk.get_by_role("tab", name="Chat").click()
    desk.get_by_role("button", name="Konrad Immergrün stumm schalten").click()
    expect(guest.get_by_text("Die Moderation hat")).to_be_visible()
    accessible(guest)

    # The second of two who press at once is told politely
    second.evaluate(PRESSES_LATE)
    on_to(desk, "Miriam Haldenwang")
    expect(second.locator(".toast[data-tone=wrong]")).to_be_visible()
    expect(second.get_by_role("button", name=NEXT)).to_contain_text("Jonas")
    photograph(second, "desk-second")


def test_two_devices_of_one_person_agree_until_one_signs_the_other_out(
    visitors: Visitors, server: Running
) -> None:
    # Given a moderator at two devices with one link
    first, second = at_desk(visitors, server), at_desk(visitors, server)

    # When one goes on, then the other shows it and can take it back
    on_to(first, "Miriam Haldenwang")
    expect(second.get_by_role("button", name=NEXT)).to_contain_text("Jonas")
    second.get_by_role("button", name=UNDO).click()
    expect(first.get_by_role("button", name=NEXT)).to_contain_text("Miriam")

    # When one signs the other out, then that one is told so
    first.goto(f"{server.url}/me")
    others = first.locator(".devices").get_by_role("button", name="Abmelden")
    assert others.count() >= 1
    others.last.click()
    expect(second.locator("#notices .banner")).to_contain_text("abgemeldet", timeout=5_000)
    accessible(second)
    photograph(second, "signed-out")


def test_who_was_away_for_a_moment_gets_everything_back_without_a_click(
    visitors: Visitors, server: Running, clips: dict[str, Path]
) -> None:
    # Given a talent on stage and a viewer
    desk = at_desk(visitors, server)
    talent = visitors.window("jonas", clips["green"])
    talent.goto(f"{server.url}{GREEN_ROOM}")
    on_to(desk, "Miriam Haldenwang")
    go_on_stage(talent)
    expect(talent.get_by_text("Sie gehen auf die Bühne, sobald")).to_be_visible()
    on_to(desk, "Jonas Brandt-Okafor")
    viewer = at_stage(visitors, server, "konrad")
    sees(viewer, "green")
    viewer.get_by_role("tab", name="Chat").click()
    visitors.guard.forgiven += ["ERR_INTERNET_DISCONNECTED", "WebSocket connection"]

    # When the viewer loses the line for three seconds, in which somebody writes
    viewer.context.set_offline(True)
    say(desk, "Gleich geht es weiter")
    viewer.wait_for_timeout(3000)
    expect(viewer.get_by_text("Gleich geht es weiter")).to_have_count(0)
    viewer.context.set_offline(False)

    # Then the line is there and the picture moves
    expect(viewer.get_by_text("Gleich geht es weiter")).to_be_visible(timeout=20_000)
    expect(viewer.locator("#notices .banner")).to_have_count(0, timeout=20_000)
    eventually(lambda: picture_moves(viewer), "a moving picture after the line came back")
    sees(viewer, "green")


def test_a_guest_walks_in_from_the_halls_screen_and_asks(
    visitors: Visitors, server: Running
) -> None:
    beamer = visitors.window("miriam")
    beamer.goto(f"{server.url}/beamer/gross")
    expect(beamer.get_by_text("/join/gross").first).to_be_visible()

    guest = visitors.window(viewport={"width": 390, "height": 844})
    guest.goto(f"{server.url}/join/gross")
    guest.get_by_label("Ihr Name").fill("Theo Quandt")
    guest.get_by_role("button", name="Hereinkommen").click()
    guest.wait_for_url("**/stage/gross")
    guest.get_by_label("Ihre Frage").fill("Darf ich es anfassen?")
    guest.get_by_role("button", name="Frage stellen").click()

    desk = at_desk(visitors, server)
    expect(desk.get_by_text("Darf ich es anfassen?")).to_be_visible()
    expect(desk.get_by_text("Theo Quandt").first).to_be_visible()


def test_a_shared_screen_is_large_and_the_camera_small(
    visitors: Visitors, server: Running, playwright: Playwright, clips: dict[str, Path]
) -> None:
    # Given a talent on stage whose slides are in another tab
    desk = at_desk(visitors, server)
    talent = visitors.window("jonas", clips["red"])
    slides = talent.context.new_page()
    slides.goto("data:text/html,<title>Folien</title><body style='background:%2300f'>")
    talent.bring_to_front()
    talent.goto(f"{server.url}{GREEN_ROOM}")
    on_to(desk, "Miriam Haldenwang")
    go_on_stage(talent)
    expect(talent.get_by_text("Sie gehen auf die Bühne, sobald")).to_be_visible()
    on_to(desk, "Jonas Brandt-Okafor")
    viewer = at_stage(visitors, server, "konrad")
    sees(viewer, "red")

    # When the talent shows them
    talent.get_by_role("button", name="Bildschirm zeigen").click()

    # Then the viewer sees them large, and the camera small
    sees(viewer, "blue")
    small = "video[aria-label='Kamera von Jonas Brandt-Okafor']"
    eventually(lambda: colour(viewer, small) == "red", "the camera beside the slides")
    photograph(viewer, "stage-screen")
    accessible(viewer)

    # When the talent stops, then the camera is large again
    talent.get_by_role("button", name="Bildschirm nicht mehr zeigen").click()
    sees(viewer, "red")
