"""Cameras and players that nobody here wrote, at the real server."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from server.settings import own_addresses
from tests.devices.starting import CAMERAS, Device, camera, player
from tests.running import Running, running, tonight
from tests.server.visitor import Visitor, do, hear_that, say

Json = dict[str, Any]

PROGRAMME = Path(__file__).parents[1] / "browser" / "evening.toml"
ROOM = "stage-gross"
SECRET = "a-secret-nobody-guesses"
CODECS = {"ffmpeg": "h264", "gstreamer": "vp8", "whip-whep": "vp8"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server whose desk has let a camera and a player in."""
    folder = tmp_path_factory.mktemp("foyer")
    # Not the loopback: GStreamer's ICE, like Firefox's, pairs with it from nowhere else.
    announced = own_addresses()[0]
    extra = {"FOYER_WHEP": "yes", "FOYER_MEDIA_ANNOUNCE": announced}
    with running(folder, tonight(PROGRAMME, folder), **extra) as started:
        asyncio.run(admit(started))
        yield started


async def admit(server: Running) -> None:
    async with at_the_desk(server) as desk:
        secret = hashlib.sha256(SECRET.encode()).hexdigest()
        for way in ("in", "out"):
            told = {"way": way, "place": "guest", "name": "Hall", "secret": secret}
            await desk.do("source.admit", **told)


class Desk:
    """A desk that is open, and the sources as it shows them."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._known: list[Json] = []

    async def light(self, way: str, state: str) -> Json:
        """Wait until a source has this light; that source."""
        while not (found := [s for s in self._known if (s["way"], s["state"]) == (way, state)]):
            await self.change()
        return found[0]

    async def change(self) -> None:
        """Wait until the sources are shown anew."""
        shown = await hear_that(self._line, lambda frame: _sources(frame) is not None)
        self._known = (_sources(shown) or {})["known"]

    async def do(self, type_: str, **fields: object) -> None:
        done = await do(self._line, ROOM, type_, **fields)
        assert done["type"] == "done", done


def _sources(frame: Json) -> Json | None:
    if frame["type"] == "snapshot":
        shown: Json = frame["shown"]["sources"]
        return shown
    view: Json = frame.get("view", {})
    return view if view.get("type") == "sources.shown" else None


@contextlib.asynccontextmanager
async def at_the_desk(server: Running) -> AsyncIterator[Desk]:
    async with Visitor(server).sign_in("miriam").live() as line:
        await say(line, "join", room=ROOM)
        yield Desk(line)


async def said(device: Device, words: str) -> None:
    """Wait until a device has said this."""
    async with asyncio.timeout(15):
        while words not in device.said:
            assert device.runs, device.said
            await asyncio.sleep(0.05)


def url(server: Running, kind: str) -> str:
    return f"http://127.0.0.1:{server.port}/{kind}/gross/guest"


@pytest.mark.parametrize("name", list(CAMERAS))
async def test_a_camera_shines_at_the_desk_until_it_hangs_up(
    server: Running, tmp_path: Path, name: str
) -> None:
    async with at_the_desk(server) as desk:
        await desk.light("in", "gone")
        with camera(name, tmp_path, url(server, "whip"), SECRET):
            assert (await desk.light("in", "live"))["codec"] == CODECS[name]
        await desk.light("in", "gone")


async def test_a_restart_of_ice_keeps_the_picture(server: Running, tmp_path: Path) -> None:
    async with at_the_desk(server) as desk:
        with camera("whip-whep", tmp_path, url(server, "whip"), SECRET) as device:
            await desk.light("in", "live")
            device.tell("restart")
            await said(device, "restarted")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(desk.light("in", "frozen"), 4.0)


async def test_a_player_in_the_hall_gets_the_seat_in_its_own_numbers(
    server: Running, tmp_path: Path
) -> None:
    async with at_the_desk(server) as desk:
        with (
            camera("gstreamer", tmp_path, url(server, "whip"), SECRET),
            player(tmp_path, url(server, "whep"), SECRET) as device,
        ):
            await desk.light("in", "live")
            await desk.light("out", "live")
            await desk.do("source.air", place="guest", on=True)
            await said(device, "video 118")
            await said(device, "audio 117")
        await desk.light("out", "gone")


async def test_who_is_dismissed_is_parted_from_at_once(server: Running, tmp_path: Path) -> None:
    async with at_the_desk(server) as desk:
        secret = hashlib.sha256(b"for a moment").hexdigest()
        told = {"way": "in", "place": "screen", "name": "Lectern", "secret": secret}
        await desk.do("source.admit", **told)
        address = url(server, "whip").replace("guest", "screen")
        with camera("whip-whep", tmp_path, address, "for a moment"):
            await desk.light("in", "live")
            await desk.do("source.admit", **{**told, "secret": "ab" * 32})
            await desk.light("in", "gone")


async def test_a_camera_that_comes_again_takes_its_own_place(
    server: Running, tmp_path: Path
) -> None:
    async with at_the_desk(server) as desk:
        with camera("whip-whep", tmp_path, url(server, "whip"), SECRET):
            await desk.light("in", "live")
            with camera("ffmpeg", tmp_path, url(server, "whip"), SECRET):
                while (await desk.light("in", "live"))["codec"] != "h264":
                    await desk.change()
        await desk.light("in", "gone")
