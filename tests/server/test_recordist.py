"""The recordist: what is to be recorded reaches the media process, and nothing else stays."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from rooms.consent import WORDING, Agree, Withdraw
from rooms.floor import Cue, Share, TakeSeat
from rooms.foyer import Foyer
from rooms.media.control import RecordingChanged
from rooms.people import HOUSE, Person
from rooms.pitch import Pitch
from rooms.recording import Release, Start, Stop
from server.recordist import Recordist
from server.shelf import GIGABYTE, Shelf
from tests.rooms.media.clients import until
from tests.rooms.scenes import ASKING, MIRA, PITCH, TILDA, Scene, foyer_scene, stage

STEM = "recordings/north"


class Stage:
    """A house of one foyer and one stage, and a media process that writes everything down."""

    def __init__(self, folder: Path, gigabytes: int = 20) -> None:
        self.foyer: Scene[Foyer] = foyer_scene()
        self.pitch: Scene[Pitch] = stage(live=PITCH, upcoming=(ASKING,))
        self.pitch.now = time.time()
        self.shelf = Shelf(folder, gigabytes, days=14)
        self.recordist = Recordist(self, self, self.shelf)
        self.recorded: list[tuple[str, str, str]] = []
        self.kept: list[tuple[str, ...]] = []
        self.over: set[str] = set()
        self.say()

    def now(self) -> float:
        return self.pitch.now

    def hosts(self, room: str) -> bool:
        return True

    async def do(self, room: str, op: str, command: Any, by: Person) -> int:
        scene: Scene[Any] = self.foyer if room == "foyer" else self.pitch
        scene.do(by, command)
        scene.wait(0.0)
        self.say()
        return 0

    async def record(
        self, stage: str, seat: str, take: str, source: str, stem: Path, zero: float
    ) -> bool:
        self.recorded.append((seat, take, source))
        if take not in self.over:
            stem.with_suffix(".webm").write_bytes(b"film")
        return take not in self.over

    def keep_takes(self, stage: str, takes: Sequence[str]) -> None:
        self.kept.append(tuple(takes))

    def say(self) -> None:
        self.recordist.changed("foyer", self.foyer.room)
        self.recordist.changed("stage-north", self.pitch.room)

    async def does(self, by: Person, command: Any) -> None:
        """Somebody does something, and everybody has time to act on it."""
        foyers = isinstance(command, Agree | Withdraw)
        await self.do("foyer" if foyers else "stage-north", "op", command, by)
        await settled()


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


@asynccontextmanager
async def at_work(folder: Path, gigabytes: int = 20) -> AsyncIterator[Stage]:
    """Tilda speaks, agreed, and shows her screen; the recordist works until the block ends."""
    there = Stage(folder, gigabytes)
    work = asyncio.create_task(there.recordist.run(there))
    await there.does(TILDA, TakeSeat("speaker"))
    await there.does(TILDA, Share(on=True))
    await there.does(TILDA, Agree("de", WORDING["de"]))
    yield there
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


def lying(folder: Path) -> set[str]:
    return {path.name for path in (folder / STEM).glob("*")}


async def test_what_is_to_be_recorded_is_written_from_its_source_alone(tmp_path: Path) -> None:
    async with at_work(tmp_path) as there:
        await there.does(MIRA, Start("item"))

        assert there.kept[-1] == ("r1", "r2")
        assert there.recorded == [
            ("speaker", "r1", "tilda/camera"),
            ("screen", "r2", "tilda/screen"),
        ]


async def test_a_withdrawn_consent_ends_and_removes_the_files(tmp_path: Path) -> None:
    async with at_work(tmp_path) as there:
        await there.does(MIRA, Start("item"))
        assert lying(tmp_path) == {"r1.webm", "r2.webm"}

        await there.does(TILDA, Withdraw())

        assert there.kept[-1] == ()
        assert lying(tmp_path) == set()


async def test_a_media_process_that_came_back_is_told_again_and_begins_other_files(
    tmp_path: Path,
) -> None:
    async with at_work(tmp_path) as there:
        await there.does(MIRA, Start("item"))
        there.over = {"r1", "r2"}

        there.recordist.say_again()
        await settled()

        assert there.kept[-1] == ("r3", "r4")
        assert [each[1] for each in there.recorded] == ["r1", "r2", "r1", "r2", "r3", "r4"]


async def test_what_the_media_process_tells_is_kept(tmp_path: Path) -> None:
    async with at_work(tmp_path) as there:
        await there.does(MIRA, Start("item"))

        there.recordist.heard(RecordingChanged("north", "r1", "rolling", 1234.5, "mp4"))
        there.recordist.heard(RecordingChanged("north", "r2", "changed", 0.0, ""))
        await settled()

        takes = there.pitch.room.recording.takes
        assert (takes["r1"].first_at, takes["r1"].suffix) == (1234.5, "mp4")
        assert takes["r2"].ended_at is not None
        assert there.kept[-1] == ("r1", "r3")


async def test_a_full_disk_ends_it(tmp_path: Path) -> None:
    async with at_work(tmp_path) as there:
        await there.does(MIRA, Start("evening"))

        there.recordist.heard(RecordingChanged("north", "r1", "full", 0.0, ""))
        await settled()

        assert there.pitch.room.recording.stopped == "full"
        assert there.kept[-1] == ()


async def test_files_that_fail_again_and_again_end_it(tmp_path: Path) -> None:
    async with at_work(tmp_path) as there:
        await there.does(MIRA, Start("evening"))

        for number in range(1, 6):
            there.recordist.heard(RecordingChanged("north", f"r{number}", "broken", 0.0, ""))
            await settled()

        assert there.pitch.room.recording.stopped == "broken"


async def test_the_desk_knows_how_much_room_is_left(tmp_path: Path) -> None:
    async with at_work(tmp_path) as there:
        await noted(there)

        space = there.pitch.room.recording.space
        assert space is not None
        assert 0 <= space.bytes <= 20 * GIGABYTE
        assert space.seconds <= 20 * GIGABYTE / 375_000


async def test_without_any_room_nobody_begins(tmp_path: Path) -> None:
    async with at_work(tmp_path, gigabytes=0) as there:
        await noted(there)

        assert "no room left" in there.pitch.refusal(MIRA, Start("evening"))


async def test_at_the_end_of_the_quota_it_stops(tmp_path: Path) -> None:
    async with at_work(tmp_path, gigabytes=1) as there:
        await there.does(MIRA, Start("evening"))
        with (tmp_path / STEM / "r9.webm").open("wb") as film:
            film.truncate(GIGABYTE + 1)  # a hole, which takes no room on the disk
        another = Recordist(there, there, there.shelf)
        another.changed("stage-north", there.pitch.room)
        work = asyncio.create_task(another.run(there))

        await until(lambda: there.pitch.room.recording.stopped == "full")
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_what_was_kept_long_enough_is_removed(tmp_path: Path) -> None:
    there = Stage(tmp_path)
    there.pitch.now -= 15 * 86_400
    async with asyncio.timeout(10):
        work = asyncio.create_task(there.recordist.run(there))
        await there.does(TILDA, TakeSeat("speaker"))
        await there.does(TILDA, Agree("de", WORDING["de"]))
        await there.does(MIRA, Start("item"))
        await there.does(MIRA, Stop())
        await there.does(TILDA, Release("pitch-1"))
        await there.does(HOUSE, Cue(ASKING, ()))
        there.pitch.now += 15 * 86_400
        there.recordist = Recordist(there, there, there.shelf)
        there.say()
        work.cancel()
        again = asyncio.create_task(there.recordist.run(there))
        await until(lambda: not (there.pitch.room.recording.takes or lying(tmp_path)))
        again.cancel()
        await asyncio.gather(work, again, return_exceptions=True)


async def noted(there: Stage) -> None:
    await until(lambda: there.pitch.room.recording.space is not None)
    await settled()


# The shelf


def test_only_files_that_are_too_old_are_swept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 1, days=14)
    for take, days in (("r1", 13.9), ("r2", 14.1)):
        path = shelf.stem("north", take).with_suffix(".webm")
        path.write_bytes(b"film")
        at = time.time() - days * 86_400
        os.utime(path, (at, at))

    shelf.sweep()

    assert shelf.find("north", "r1") is not None
    assert shelf.find("north", "r2") is None


def test_room_is_the_smaller_of_quota_and_disk(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 1, days=14)
    before = shelf.left()
    shelf.stem("north", "r1").with_suffix(".mp4").write_bytes(bytes(1_000_000))

    assert before <= GIGABYTE
    assert shelf.used() == 1_000_000
    shelf.drop("north", "r1")
    shelf.drop("north", "r1")
    assert shelf.used() == 0
