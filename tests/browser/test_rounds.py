"""Rounds at the desk and for those who talk: plan, look, publish, be called, hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.talking import line
from tests.browser.visiting import Visitors, accessible, photograph
from tests.running import Running, running, tonight

PROGRAMME = Path(__file__).parent / "rounds.toml"
SOON = 15_000  # milliseconds until a plan is made on a loaded machine


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server of its own where two rounds of talks are ahead."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def test_the_desk_plans_rounds_and_people_are_called_to_them(
    visitors: Visitors, server: Running
) -> None:
    # Given a desk, and a company's representative who looks at the talks before anything is planned
    desk = visitors.window("miriam", locale="en-GB", reduced_motion="reduce")
    desk.goto(f"{server.url}/stage/gross/desk")
    rounds = desk.get_by_role("region", name="Rounds")
    carla = visitors.window("carla", reduced_motion="reduce")
    carla.goto(f"{server.url}/talks")
    own = panel(carla, "Runden")
    expect(own).to_contain_text("Die Paare stehen noch nicht fest.")

    # When the moderator plans, then there is a draft to look at, which nobody else knows
    rounds.get_by_label("Strictly fair").check()
    rounds.get_by_role("button", name="Plan the rounds").click()
    draft = rounds.get_by_role("group", name="Draft")
    expect(draft).to_contain_text("proven optimal", timeout=SOON)
    expect(draft).to_contain_text("Strict fairness costs nothing here.")
    expect(draft.get_by_role("rowheader")).to_have_count(5)
    expect(draft.get_by_role("cell", name="sits out")).to_have_count(2)
    accessible(desk)
    photograph(desk, "desk-rounds-draft")
    expect(own).to_contain_text("Die Paare stehen noch nicht fest.")

    # And it can be thrown away, made anew and published
    draft.get_by_role("button", name="Discard").click()
    expect(draft).to_have_count(0)
    rounds.get_by_role("button", name="Plan the rounds").click()
    draft.get_by_role("button", name="Publish").click(timeout=SOON)
    expect(rounds).to_contain_text("Published plan of")
    expect(own).not_to_contain_text("Die Paare stehen noch nicht fest.")
    accessible(carla)
    photograph(carla, "talks-planned")

    # When the round begins at the desk's own keys, then she is called wherever she is in the house
    carla.goto(f"{server.url}/agenda")
    desk.get_by_role("button", name="On to Miriam Haldenwang").click()
    expect(desk.get_by_role("button", name="On to Erste Runde")).to_be_visible()
    desk.wait_for_timeout(1600)  # sooner it would count as a second press of the same step
    desk.get_by_role("button", name="On to Erste Runde").click()
    call = carla.get_by_role("region", name=re.compile(r"Ihr Gespräch mit .+ beginnt\."))
    expect(call.get_by_role("link", name="Eintreten")).to_have_attribute("href", "/talks/now?enter")
    accessible(carla)
    photograph(carla, "talk-called")
    expect(rounds).to_contain_text("Erste Runde is on")
    expect(rounds).to_contain_text("2 rooms still empty")
    photograph(desk, "desk-rounds-live")

    # And the foyer says with whom
    carla.goto(server.url)
    mine = carla.get_by_role("region", name="Mein Abend")
    expect(mine).to_contain_text(re.compile("mit (Elif|Jonas|Nele)"))
    photograph(carla, "foyer-round")

    # When the moderator pauses, gives a minute and holds the rounds after this one
    desk.get_by_role("button", name="Hold", exact=True).click()
    expect(rounds).to_contain_text("Erste Runde, held")
    desk.get_by_role("button", name="Go on", exact=True).click()
    desk.get_by_role("button", name="1 minute more").click()
    rounds.get_by_role("button", name="Stop after this round").click()
    expect(rounds.get_by_role("button", name="Go on with the rounds")).to_have_attribute(
        "aria-pressed", "true"
    )

    # Then the next round tells that it is held, and opens nothing
    carla.goto(f"{server.url}/talks")
    expect(panel(carla, "Runden")).to_contain_text("Die Moderation hält die Runden im Moment an.")
    expect(carla.get_by_role("link", name="Eintreten").first).to_be_visible()
    photograph(carla, "talks-held")


def test_the_desk_sees_what_a_repair_changed(visitors: Visitors, server: Running) -> None:
    # Given a published plan
    desk = visitors.window("miriam", locale="en-GB", reduced_motion="reduce")
    desk.goto(f"{server.url}/stage/gross/desk")
    rounds = desk.get_by_role("region", name="Rounds")
    rounds.get_by_role("button", name="Plan the rounds").click()
    rounds.get_by_role("button", name="Publish").click(timeout=SOON)
    expect(rounds).to_contain_text("Published plan of")

    # When somebody who has meetings would rather not take part any more
    with line(server, "carla") as carla:
        carla.join("lounge")
        profile: dict[str, object] = {"seeks": [], "offers": [], "jobs": []}
        profile |= {"degree": "", "about": "", "takesPart": False}
        told = carla.do("lounge", {"type": "wishes.describe", "profile": profile})
        assert told["type"] == "done", told

    # Then the plan is repaired by itself, and the desk may see how, and take it back
    expect(rounds).to_contain_text("somebody left", timeout=SOON)
    rounds.get_by_text("What changed").click()
    expect(rounds.get_by_text("no longer:").first).to_contain_text("Carla Donati")
    accessible(desk)
    photograph(desk, "desk-rounds-repaired")
    rounds.get_by_role("button", name="Take the repair back").click()
    expect(rounds.get_by_text("somebody left")).to_have_count(0)


def panel(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)
