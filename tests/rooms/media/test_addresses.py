"""Several announced addresses, IPv4 and IPv6, and viewers who have only one of the two."""

from __future__ import annotations

from pathlib import Path

import aioice.ice
import pytest

from server.media import Media
from tests.rooms.media.clients import Client, Ears, until
from tests.rooms.media.test_forwarding import shows


@pytest.mark.parametrize(("own", "other"), [("127.0.0.1", "::1"), ("::1", "127.0.0.1")])
async def test_who_has_only_one_kind_of_address_meets_who_has_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str, other: str
) -> None:
    clients = publisher, viewer = Client(), Client()
    announced = ("127.0.0.1", "::1")
    async with Media(tmp_path, Ears(), host=",".join(announced), announce=announced) as media:
        assert await media.ready()
        at = own
        monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda use_ipv4, use_ipv6: [at])
        await publisher.publish(media, "p1", "elif/camera", 200)
        await media.route("main", "speaker", "elif/camera")
        at = other
        await viewer.watch(media, "v1", "main")

        await until(lambda: shows(viewer, "speaker-v", 200))

        for client in clients:
            await client.close()
