"""A table through a real server: who sits there gets its pictures, and nobody else does."""

from __future__ import annotations

from typing import Any

from tests.running import Running
from tests.server.visitor import Visitor, do, hear, hear_that, say

ALONE = "Only those who sit here see and hear each other."


def english(server: Running, person: str) -> Visitor:
    visitor = Visitor(server).sign_in(person)
    visitor.cookies["lang"] = "en"
    return visitor


async def entered(line: Any) -> dict[str, Any]:
    """The lounge as the visitor sees it."""
    await say(line, "join", room="lounge")
    return (await hear(line, "snapshot"))["shown"]


async def opened(line: Any, topic: str) -> str:
    """Open a table and return its id."""
    done = await do(line, "lounge", "tables.open", topic=topic)
    assert done["type"] == "done", done
    shown = await entered(line)
    return next(key for key, each in shown["tables"]["tables"].items() if each["topic"] == topic)


async def test_only_those_who_sit_at_a_table_get_its_pictures(server: Running) -> None:
    async with (
        english(server, "elif").live() as elif_,
        english(server, "jonas").live() as jonas,
    ):
        await entered(jonas)
        table = await opened(elif_, "Sensors in wine")

        await say(jonas, "media.watch", peer="peer-0001", room=f"table-{table}")
        refused = await hear(jonas, "media.refused")
        await say(jonas, "media.stills", room=f"table-{table}", on=True)
        no_stills = await hear(jonas, "media.refused")
        await do(jonas, "lounge", "tables.sit", table=table)
        await say(jonas, "media.watch", peer="peer-0002", room=f"table-{table}")
        offer = await hear(jonas, "media.offer")

    assert refused["sentence"] == no_stills["sentence"] == ALONE
    assert "a=mid:seat-6-v" in offer["sdp"]
    assert "speaker" not in offer["sdp"]


async def test_who_gets_up_loses_the_pictures_at_once(server: Running) -> None:
    async with english(server, "konrad").live() as line:
        table = await opened(line, "Laser safety")
        await say(line, "media.watch", peer="peer-0001", room=f"table-{table}")
        await hear(line, "media.offer")

        # It may be heard before the answer.
        command = {"type": "tables.get-up", "table": table}
        await say(line, "do", op="get-up-0001", room="lounge", command=command)
        gone = await hear(line, "media.gone")
        await say(line, "media.publish", peer="peer-0002", room=f"table-{table}",
                  what="camera", sdp="v=0")  # fmt: skip
        refused = await hear(line, "media.refused")

    assert gone["peer"] == "peer-0001"
    assert refused["sentence"] == ALONE


async def test_what_is_written_at_a_table_reaches_those_who_sit_there(server: Running) -> None:
    async with (
        english(server, "konrad").live() as opener,
        english(server, "jonas").live() as jonas,
        english(server, "hanna").live() as hanna,
    ):
        table = await opened(opener, "Theses abroad")
        for line in (jonas, hanna):
            await entered(line)
        await do(jonas, "lounge", "tables.sit", table=table)
        await do(opener, "lounge", "tables.say", table=table, text="Good evening")

        said = await hear_that(jonas, lambda frame: is_event(frame, "tables.said"))
        await do(opener, "lounge", "tables.get-up", table=table)
        until_then = await hear_that(hanna, lambda frame: is_event(frame, "tables."))
        while not is_event(until_then, "tables.got-up"):
            assert not is_event(until_then, "tables.said")
            until_then = await hear_that(hanna, lambda frame: is_event(frame, "tables."))

    assert said["event"]["text"] == "Good evening"


def is_event(frame: dict[str, Any], begins: str) -> bool:
    return frame["type"] == "told" and frame["event"]["type"].startswith(begins)
