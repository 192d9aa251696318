"""A media process on another machine, behind a bad line: its viewers see what is sent here."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aioice.ice
import pytest

from server.media import Media
from tests.lossy import HOME, HOUSE, Lossy, lossy, unavailable
from tests.namespace import entered
from tests.rooms.media.clients import Client, Ears, until
from tests.rooms.media.test_forwarding import shows
from tests.running import ROOT

pytestmark = pytest.mark.skipif(bool(unavailable()), reason=unavailable())


@contextmanager
def process(line: Lossy, path: Path) -> Iterator[None]:
    """A media process that lives at the far end; its control socket is a file, and seen here."""
    words = ["--socket", str(path), "--host", HOME, "--announce", HOME, "--port", "0"]
    with entered(line.beyond):
        running = subprocess.Popen([sys.executable, "-m", "rooms.media", *words], cwd=ROOT)
    try:
        yield
    finally:
        running.terminate()
        running.wait(10)


async def watching_there(
    line: Lossy, media: Media, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda **_: [HOME])
    with entered(line.beyond):
        await client.watch(media, "v1", "main")


async def test_the_cascade_works_between_hosts_and_mends_what_the_line_loses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda **_: [HOUSE])
    far = tmp_path / "far.sock"
    with lossy(tmp_path) as line, process(line, far):
        await until(far.exists)
        line.weather(loss=0.05, delay=0.02)
        async with Media(tmp_path, Ears(), host=HOUSE, announce=[HOUSE], far=[far]) as media:
            assert await media.ready()
            await until(lambda: all((m := h.measured) and m.links for h in media.health()))
            await media.route("main", "speaker", "elif/camera")
            publisher = await Client().publish(media, "p1", "elif/camera", 200)
            await until(lambda: bool((m := media.health()[0].measured) and m.publishers))
            viewer = Client()
            await watching_there(line, media, viewer, monkeypatch)

            await until(
                lambda: shows(viewer, "speaker-v", 200) and "speaker-a" in viewer.brightness
            )
            missed = await unshown(viewer, 5.0)

            assert [h.measured.viewers for h in media.health() if h.measured] == [0, 1]
            assert missed < 0.5
            await viewer.close()
            await publisher.close()


async def unshown(viewer: Client, seconds: float) -> float:
    """The longest time, in seconds, for which no picture came."""
    loop = asyncio.get_running_loop()
    end, last, longest = loop.time() + seconds, loop.time(), 0.0
    while (now := loop.time()) < end:
        if viewer.brightness.pop("speaker-v", None) is not None:
            last = now
        longest = max(longest, now - last)
        await asyncio.sleep(0.02)
    return longest
