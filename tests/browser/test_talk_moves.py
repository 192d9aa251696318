"""A no-show: one who waits in vain is taken to somebody else, and not out of what they write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.talking import Line, line, open_round
from tests.browser.test_talk import NOW, PROGRAMME
from tests.browser.test_talk_three import THIRD
from tests.browser.visiting import Visitors, accessible, eventually, photograph
from tests.running import Running, running, tonight

NAMES = {"elif": "Elif Yıldız", "jonas": "Jonas Brandt-Okafor"}
LOOKED_FOR = 60_000  # ms; forty seconds of waiting, and a repair on a loaded machine


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server with one company and two talents, one of whom sits out."""
    evening = tonight(PROGRAMME, tmp_path)
    evening.write_text(evening.read_text().replace("[[stages]]\n", THIRD, 1))
    with running(tmp_path, evening) as started:
        yield started


def talks(somebody: Line) -> list[dict[str, object]]:
    """Somebody's own talks."""
    return list(somebody.join("lounge")["breakouts"].values())


def test_one_who_waits_in_vain_is_taken_to_somebody_else(
    visitors: Visitors, server: Running, clips: dict[str, Path]
) -> None:
    # Given a company that waits for a talent who does not come, while another sits out
    with line(server, "miriam") as desk:
        open_round(desk)
    carla = visitors.window("carla", clips["red"])
    carla.goto(f"{server.url}{NOW}?enter")
    heading = carla.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Im Gespräch mit")
    expected = next(each for each, name in NAMES.items() if name in heading.inner_text())
    other = next(each for each in NAMES if each != expected)
    with line(server, other) as spare:
        spare.join("foyer")
        assert talks(spare) == []

        # Then she is told after a while, and what is done about it
        told = carla.get_by_text(f"{NAMES[expected]} erfährt, dass Sie warten.")
        expect(told).to_be_visible(timeout=LOOKED_FOR)
        photograph(carla, "talk-missing")
        accessible(carla)

        # Given that she is writing a note just then
        carla.get_by_text("Meine Notiz").click()
        note = carla.get_by_label("Nur für Sie")
        note.fill("Nach der Stelle in")

        # When somebody else was found, then that waits until she has written
        banner = carla.get_by_role("heading", name=f"Ihr Gespräch mit {NAMES[other]} ist offen.")
        expect(banner).to_be_visible(timeout=LOOKED_FOR)
        expect(heading).to_have_text(f"{NAMES[expected]} kam nicht")
        expect(note).to_be_focused()
        photograph(carla, "talk-held")

        # When she has, then she is taken there, and is in without a click
        note.blur()
        expect(heading).to_have_text(f"Im Gespräch mit {NAMES[other]}")
        eventually(
            lambda: [list(talk["entered"]) for talk in talks(spare)] == [["carla"]],
            "her coming to the other talk",
        )
