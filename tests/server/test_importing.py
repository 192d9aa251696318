"""A programme imported while the house is open changes what waits and keeps what happened."""

from __future__ import annotations

from pathlib import Path

from tests.running import running, tonight
from tests.server.visitor import Visitor, do, hear, hear_that, say

PROGRAMME = Path(__file__).parents[1] / "browser" / "evening.toml"
NEW = "Blutwerte aus zwei Tropfen"


async def test_a_newer_programme_keeps_what_is_on_and_what_was_said(tmp_path: Path) -> None:
    programme = tonight(PROGRAMME, tmp_path)
    with running(tmp_path, programme) as server:
        moderator = Visitor(server).sign_in("miriam")
        async with moderator.live() as line:
            for room in ("foyer", "stage-gross"):
                await say(line, "join", room=room, epoch=0, seq=-1)
                await hear(line, "snapshot")
            start = {"stage": "gross", "item": "welcome", "after": None}
            more = {"stage": "gross", "item": "welcome", "seconds": 60}
            await do(line, "foyer", "agenda.start", **start)
            await do(line, "foyer", "agenda.extend", **more)
            await do(line, "stage-gross", "chat.say", text="Good evening")
            await say(line, "join", room="foyer", epoch=0, seq=-1)
            before = (await hear(line, "snapshot"))["shown"]["agenda"]

            changed = programme.read_text().replace("Blutwerte aus einem Tropfen", NEW)
            programme.write_text(changed)
            imported = server.command("import", str(programme))
            view = await hear_that(
                line,
                lambda frame: (
                    frame["type"] == "shown"
                    and frame["view"]["type"] == "agenda.shown"
                    and NEW in (item["title"] for item in frame["view"]["items"].values())
                ),
            )
            await say(line, "join", room="stage-gross", epoch=0, seq=-1)
            room = (await hear(line, "snapshot"))["shown"]

    after = view["view"]
    assert imported.returncode == 0, imported.stderr
    assert after["stages"][0]["live"]["id"] == "welcome"
    assert after["stages"][0]["live"]["startedAt"] == before["stages"][0]["live"]["startedAt"]
    assert after["stages"][0]["live"]["seconds"] == before["stages"][0]["live"]["seconds"]
    assert [each["text"] for each in room["chat"]["lines"]] == ["Good evening"]
