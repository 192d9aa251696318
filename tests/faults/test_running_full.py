"""The disk under a running server takes nothing more, until it does again."""

from __future__ import annotations

import asyncio
import resource
from pathlib import Path

from tests.faults.patron import log_of
from tests.running import Running, running, tonight
from tests.server.visitor import Visitor, do, hear, say

PROGRAMME = Path(__file__).parents[1] / "browser" / "evening.toml"
LAST_BYTE = 4_096  # of any file; where SQLite's log ends is always behind it


def allow_files(server: Running, last_byte: int) -> None:
    """The kernel refuses the server what a full disk would. Needs no root and no mount."""
    assert server._process is not None
    limit = resource.RLIMIT_FSIZE
    _, hard = resource.prlimit(server._process.pid, limit)
    resource.prlimit(server._process.pid, limit, (last_byte, hard))


async def test_a_full_disk_refuses_words_and_keeps_everything_else_going(tmp_path: Path) -> None:
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as server:
        elif_ = Visitor(server).sign_in("elif")
        late = Visitor(server)
        elif_.cookies["lang"] = late.cookies["lang"] = "en"
        link = server.link("hanna").removeprefix(server.url)
        form = {"csrf": late.token(link)}
        async with elif_.live() as line:
            await say(line, "join", room="stage-gross", epoch=0, seq=-1)
            await hear(line, "snapshot")
            word = {"op": "word-0001", "text": "Why skin?"}
            first = await do(line, "stage-gross", "chat.say", op="word-0000", text="Hello")

            allow_files(server, LAST_BYTE)
            refused = await do(line, "stage-gross", "chat.say", **word)
            pages = [
                (await asyncio.to_thread(elif_.get, path)).status
                for path in ("/", "/stage/gross", "/agenda", "/people", "/me")
            ]
            await say(line, "media.watch", peer="peer-0001", room="stage-gross")
            offer = await hear(line, "media.offer")
            turned_away = await asyncio.to_thread(late.post, link, form)
            unwell = server.health()
            while_full = log_of(server, "stage-gross")

            allow_files(server, resource.RLIM_INFINITY)
            done = await do(line, "stage-gross", "chat.say", **word)
            again = await do(line, "stage-gross", "chat.say", **word)
            let_in = await asyncio.to_thread(late.post, link, form)
            log = log_of(server, "stage-gross")
            well = server.health()

    assert first["type"] == "done"
    assert refused["type"] == "refused"
    assert refused["sentence"].startswith("The house cannot store anything just now.")
    assert pages == [200] * 5
    assert offer["type"] == "media.offer"
    assert turned_away.status == 507
    assert "The house cannot store anything just now. Please go back" in turned_away.text
    assert (unwell["status"], unwell["storing"]) == ("impaired", False)
    assert (well["status"], well["storing"]) == ("ok", True)
    assert while_full[-1][0] == first["seq"]
    assert done["type"] == "done"
    assert again["seq"] == done["seq"]
    assert let_in.status == 303
    said = [event["text"] for _, event in log if event["type"] == "chat.said"]
    assert said == ["Hello", "Why skin?"]
