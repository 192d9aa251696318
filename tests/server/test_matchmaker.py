"""The matchmaker of a real server: a draft when the desk asks, partners when people come late."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets import ClientConnection

from tests.running import Running, running, tonight
from tests.server.visitor import Frame, Visitor, do, hear, say

PATIENCE = 60.0  # seconds; the worker loads its libraries first, on a machine that does much else

PEOPLE = "".join(
    f"""
[[people]]
id = "{key}"
name = "{name}"
role = "{role}"
organisation = "{organisation}"
"""
    for key, name, role, organisation in (
        ("mia", "Mia Roth", "moderator", "Netzwerk Mikrotechnik"),
        ("elif", "Elif Demir", "talent", "Hochschule Offental"),
        ("jonas", "Jonas Weil", "talent", "Hochschule Offental"),
        ("ruth", "Ruth Kern", "rep", "Kernbach"),
        ("tim", "Tim Auer", "rep", "Auwald"),
    )
)

ITEMS = "".join(
    f"""
[[stages.items]]
id = "{key}"
title = "{title}"
kind = "{kind}"
length = 10
starts = "by hand"
ends = "by hand"
"""
    for key, title, kind in (
        ("welcome", "Begrüßung", "welcome"),
        ("first", "Erste Runde", "round"),
        ("second", "Zweite Runde", "round"),
    )
)

PROGRAMME = f"""
[gathering]
name = "Talente treffen Industrie"
date = 2020-09-24
starts = "18:00"
ends = "20:00"
time_zone = "Europe/Berlin"
languages = ["de", "en"]
{PEOPLE}
[[stages]]
id = "gross"
name = "Große Bühne"
{ITEMS}
"""


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Running]:
    """An evening of two talents and two companies that is about to begin."""
    written = tmp_path / "written.toml"
    written.write_text(PROGRAMME.replace('id = "welcome"', 'id = "welcome"\nstart = "18:00"'))
    folder = tmp_path / "foyer"
    folder.mkdir()
    with running(folder, tonight(written, folder)) as started:
        yield started


async def heard(line: ClientConnection, fits: Callable[[Any], bool], kind: str) -> Any:
    """The next event or view that fits."""
    async with asyncio.timeout(PATIENCE):
        while True:
            frame: Frame = json.loads(await line.recv())
            body = frame.get("event") or frame.get("view")
            if body is not None and body["type"] == kind and fits(body):
                return body


async def into_the_lounge(line: ClientConnection) -> Any:
    await say(line, "join", room="lounge")
    return (await hear(line, "snapshot"))["shown"]


async def test_a_plan_is_made_published_mended_and_taken_back(evening: Running) -> None:
    mia = Visitor(evening).sign_in("mia")
    elif_, ruth = Visitor(evening).sign_in("elif"), Visitor(evening).sign_in("ruth")
    jonas, tim = Visitor(evening).sign_in("jonas"), Visitor(evening).sign_in("tim")

    async with mia.live() as desk, elif_.live() as hers, ruth.live() as other:
        for line in (desk, hers, other):
            shown = await into_the_lounge(line)
        rounds = shown["rounds"] or (await heard(desk, _any, "lounge.rounds"))["rounds"]
        assert [turn["item"] for turn in rounds] == ["first", "second"]
        await heard(desk, lambda view: {"elif", "ruth"} <= set(view["here"]), "presence.shown")

        # The desk asks for those who are here, sees a draft and publishes it.
        asked = await do(desk, "lounge", "pairing.ask", onlyHere=True)
        view = await heard(desk, lambda view: view["draft"] is not None, "pairing.shown")
        published = await do(desk, "lounge", "pairing.publish", number=view["draft"]["number"])
        mine = await heard(hers, _any, "pairing.mine")
        assert (asked["type"], published["type"]) == ("done", "done")
        assert [each["partners"] for each in mine["meetings"]] == [["ruth"]]
        before = view["draft"]["rounds"]

        # Two more come, and find partners without anybody's doing.
        async with jonas.live() as his, tim.live() as late:
            for line in (his, late):
                await into_the_lounge(line)
            news = await heard(his, lambda event: event["meetings"], "pairing.mine")
            assert {"tim", "ruth"} >= {p for each in news["meetings"] for p in each["partners"]}
            view = await heard(desk, lambda view: view["canUndo"], "pairing.shown")
            assert view["repaired"]["reasons"] == ["joined"]

            # The desk takes that back; then the round begins, and talks open.
            number = view["published"]["number"]
            undone = await do(desk, "lounge", "pairing.undo", number=number)
            view = await heard(desk, lambda view: not view["canUndo"], "pairing.shown")
            assert undone["type"] == "done"
            assert view["published"]["rounds"].get("first") == before.get("first")

            start = {"stage": "gross", "after": None}
            await do(desk, "foyer", "agenda.start", item="welcome", **start)
            await do(desk, "foyer", "agenda.start", item="first", stage="gross", after="welcome")
            opened = await heard(hers, _any, "breakout.opened")
            assert before["first"] == [{"item": "first", "people": ["elif", "ruth"]}]
            assert opened["breakout"]["people"] == ["elif", "ruth"]


def _any(message: Any) -> bool:
    return True
