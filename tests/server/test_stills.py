"""Still pictures on their way to those who see nothing else."""

from __future__ import annotations

import asyncio
import base64
import json

from server.stills import BACKLOG, Stills


class Browser:
    """Notes what it gets."""

    def __init__(self, waiting: int = 0, stages: tuple[str, ...] = ("main", "workshop")) -> None:
        self.waiting = waiting
        self.stages = stages
        self.got: list[dict[str, str]] = []

    def send(self, data: bytes) -> None:
        self.got.append(json.loads(data))

    def may_see(self, stage: str) -> bool:
        return stage in self.stages


class Camera:
    """Notes what it is asked for."""

    def __init__(self) -> None:
        self.wanted: list[str] = []

    def want_stills(self, stage: str) -> None:
        self.wanted.append(stage)


def test_who_has_got_up_from_a_table_gets_no_more_stills_of_it() -> None:
    stills, sits, got_up = Stills(), Browser(stages=("circle/table-t1",)), Browser(stages=())
    for each in (sits, got_up):
        stills.watch("circle/table-t1", each)

    stills.taken("circle/table-t1", "seat-1", b"jpeg")

    assert [each["seat"] for each in sits.got] == ["seat-1"]
    assert got_up.got == []


def test_a_still_goes_to_those_who_watch_that_stage() -> None:
    stills, here, elsewhere = Stills(), Browser(), Browser()
    stills.watch("main", here)
    stills.watch("workshop", elsewhere)

    stills.taken("main", "speaker", b"\xff\xd8jpeg")

    image = base64.b64encode(b"\xff\xd8jpeg").decode()
    assert here.got == [{"type": "media.still", "stage": "main", "seat": "speaker", "image": image}]
    assert elsewhere.got == []


def test_who_has_not_read_the_last_ones_gets_a_later_one() -> None:
    stills, slow = Stills(), Browser(waiting=BACKLOG)
    stills.watch("main", slow)

    stills.taken("main", "speaker", b"1")
    slow.waiting = 0
    stills.taken("main", "speaker", b"2")

    assert [frame["image"] for frame in slow.got] == [base64.b64encode(b"2").decode()]


def test_who_leaves_gets_no_more() -> None:
    stills, browser = Stills(), Browser()
    stills.watch("main", browser)
    stills.leave(browser)

    stills.taken("main", "speaker", b"1")

    assert browser.got == []


async def test_pictures_are_taken_at_once_and_only_while_somebody_watches() -> None:
    stills, camera, browser = Stills(), Camera(), Browser()
    running = asyncio.create_task(stills.run(camera))
    await asyncio.sleep(0)

    stills.watch("main", browser)
    await asyncio.sleep(0.01)
    stills.leave(browser)
    stills.watch("workshop", browser)
    await asyncio.sleep(0.01)
    running.cancel()

    assert camera.wanted == ["main", "workshop"]
