"""A real process, real clients: what a publisher sends is what viewers see."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import aiortc.rtcdtlstransport
import pytest
from aiortc.rtp import is_rtcp

from schedule.machine import Refused
from server.media import Health, Media
from tests.rooms.media.clients import Client, Ears, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

Make = Callable[[], Client]


def shows(viewer: Client, mid: str, brightness: int) -> bool:
    return abs(viewer.brightness.get(mid, -99) - brightness) < 12


def pid(media: Media) -> int:
    measured = media.health()[0].measured
    assert measured is not None
    return measured.pid


async def test_a_viewer_sees_and_hears_what_is_routed_to_the_seat(
    media: Media, client: Make, ears: Ears
) -> None:
    await client().publish(media, "p1", "elif/camera", 200)
    await media.route("main", "speaker", "elif/camera")

    viewer = await client().watch(media, "v1", "main")

    await until(lambda: shows(viewer, "speaker-v", 200) and "speaker-a" in viewer.brightness)
    assert ("peer", "v1", "connected") in ears.heard
    assert ("source", "elif/camera", "live", True, True) in ears.heard
    assert set(viewer.brightness) == {"speaker-v", "speaker-a"}


async def test_changing_the_speaker_renegotiates_nothing(media: Media, client: Make) -> None:
    await client().publish(media, "p1", "elif/camera", 200)
    await client().publish(media, "p2", "bob/camera", 60)
    await media.route("main", "speaker", "elif/camera")
    viewers = [await client().watch(media, f"v{at}", "main") for at in range(2)]
    await until(lambda: all(shows(each, "speaker-v", 200) for each in viewers))

    for source, brightness in (("bob/camera", 60), ("elif/camera", 200), ("bob/camera", 60)):
        await media.route("main", "speaker", source)
        await until(lambda b=brightness: all(shows(v, "speaker-v", b) for v in viewers), 3.0)


async def test_several_seats_show_several_sources(media: Media, client: Make) -> None:
    await media.route("main", "speaker", "elif/camera")
    await media.route("main", "screen", "bob/camera")
    viewer = await client().watch(media, "v1", "main")

    await client().publish(media, "p1", "elif/camera", 200)
    await client().publish(media, "p2", "bob/camera", 60)

    await until(lambda: shows(viewer, "speaker-v", 200) and shows(viewer, "screen-v", 60))


async def test_an_empty_seat_shows_nothing_more(media: Media, client: Make) -> None:
    await client().publish(media, "p1", "elif/camera", 200)
    await media.route("main", "speaker", "elif/camera")
    viewer = await client().watch(media, "v1", "main")
    await until(lambda: shows(viewer, "speaker-v", 200))

    await media.route("main", "speaker", None)
    await asyncio.sleep(0.3)
    viewer.brightness.clear()
    await asyncio.sleep(0.3)

    assert viewer.brightness == {}


async def test_the_older_cipher_works_as_well(
    media: Media, client: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = [aiortc.rtcdtlstransport.SRTP_AES128_CM_SHA1_80]
    await client().publish(media, "p1", "elif/camera", 200)
    await media.route("main", "speaker", "elif/camera")

    monkeypatch.setattr(aiortc.rtcdtlstransport, "SRTP_PROFILES", older)
    viewer = await client().watch(media, "v1", "main")

    await until(lambda: shows(viewer, "speaker-v", 200) and "speaker-a" in viewer.brightness)


async def test_losses_on_either_side_are_mended(media: Media, client: Make) -> None:
    publisher = await client().publish(media, "p1", "elif/camera", 200)
    await media.route("main", "speaker", "elif/camera")
    viewer = await client().watch(media, "v1", "main")
    await until(lambda: shows(viewer, "speaker-v", 200))

    chance = random.Random(7)
    repeated = drop(publisher, viewer, lambda: chance.random() < 0.1)
    await asyncio.sleep(2.0)

    viewer.brightness.clear()
    await until(lambda: shows(viewer, "speaker-v", 200))
    assert repeated() > 0


def drop(publisher: Client, viewer: Client, lost: Callable[[], bool]) -> Callable[[], int]:
    """Lose some media on its way from the one and to the other; counts what came again."""
    sending = publisher.connection.getSenders()[1].transport.transport
    receiving = viewer.connection.getReceivers()[0].transport.transport
    send, take = sending._send, receiving._recv
    missed: set[bytes] = set()
    mended = 0

    async def send_some(data: bytes) -> None:
        if not is_media(data) or not lost():
            await send(data)

    async def take_some() -> bytes:
        nonlocal mended
        while is_media(data := await take()) and data[1:12] not in missed and lost():
            missed.add(data[1:12])
        mended += data[1:12] in missed
        return data

    sending._send, receiving._recv = send_some, take_some
    return lambda: mended


def is_media(data: bytes) -> bool:
    return data[0] > 127 and not is_rtcp(data)


async def test_a_flood_of_nonsense_costs_nobody_the_picture(media: Media, client: Make) -> None:
    await until(lambda: media.health()[0].measured is not None)
    measured = media.health()[0].measured
    assert measured is not None
    await client().publish(media, "p1", "elif/camera", 200)
    await media.route("main", "speaker", "elif/camera")
    viewer, before = client(), refused(media)
    nonsense = [b"", b"\x00", b"\x16\xfe\xfd" + bytes(30), b"\x80\x60" + bytes(50), b"\xff" * 99]

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for _ in range(400):
            for data in nonsense:
                stranger.sendto(data, ("127.0.0.1", measured.port))
        await viewer.watch(media, "v1", "main")
        await until(lambda: shows(viewer, "speaker-v", 200))
        await malformed(viewer)
        viewer.brightness.clear()
        await until(lambda: shows(viewer, "speaker-v", 200))

    await until(lambda: refused(media) >= before + 2000, 5.0)


async def malformed(viewer: Client) -> None:
    """Send what is protected well and makes no sense."""
    transport = viewer.connection.getReceivers()[0].transport
    protect = transport._tx_srtp
    for body in (bytes(4), b"\xff" * 40, b"\x00\x00\x00\x01" * 3):
        for kind in (200, 201, 202, 203, 205, 206):
            head = bytes([0x9F, kind, 0, len(body) // 4])
            await transport.transport._send(protect.protect_rtcp(head + body))
    await transport.transport._send(b"")


def refused(media: Media) -> int:
    measured = media.health()[0].measured
    return measured.refused if measured else 0


async def test_who_leaves_is_reported(media: Media, client: Make, ears: Ears) -> None:
    publisher = await client().publish(media, "p1", "elif/camera", 200)
    await until(lambda: ("source", "elif/camera", "live", True, True) in ears.heard)

    await publisher.close()

    await until(lambda: ("peer", "p1", "gone") in ears.heard)
    assert ("source", "elif/camera", "gone", True, True) in ears.heard


async def test_a_publisher_who_comes_again_takes_over(
    media: Media, client: Make, ears: Ears
) -> None:
    await client().publish(media, "p1", "elif/camera", 200)
    await media.route("main", "speaker", "elif/camera")
    viewer = await client().watch(media, "v1", "main")
    await until(lambda: shows(viewer, "speaker-v", 200))

    await client().publish(media, "p2", "elif/camera", 60)

    await until(lambda: shows(viewer, "speaker-v", 60))
    assert ("peer", "p1", "gone") in ears.heard
    assert ("source", "elif/camera", "gone", True, True) not in ears.heard


async def test_a_killed_process_is_back_with_its_routes(
    media: Media, client: Make, ears: Ears
) -> None:
    await client().publish(media, "p1", "elif/camera", 200)
    await media.route("main", "speaker", "elif/camera")
    await until(lambda: ("source", "elif/camera", "live", True, True) in ears.heard)
    await until(lambda: media.health()[0].measured is not None)

    restarts = media.health()[0].restarts

    os.kill(pid(media), signal.SIGKILL)
    await until(lambda: ("lost", 0) in ears.heard, 1.0)
    assert ears.heard.index(("source", "elif/camera", "gone", True, True)) < ears.heard.index(
        ("lost", 0)
    )
    await client().publish(media, "p2", "elif/camera", 60)
    viewer = await client().watch(media, "v2", "main")

    assert ("back", 0) in ears.heard
    await until(lambda: shows(viewer, "speaker-v", 60))
    assert media.health()[0].restarts == restarts + 1


async def test_a_second_server_uses_the_same_process(
    media: Media, client: Make, ears: Ears, folder: Path
) -> None:
    await client().publish(media, "p1", "elif/camera", 200)
    await until(lambda: ("source", "elif/camera", "live", True, True) in ears.heard)
    await until(lambda: media.health()[0].measured is not None)
    others = Ears()

    async with Media(folder, others, host="127.0.0.1", announce=["127.0.0.1"]) as second:
        assert await second.ready()
        await until(lambda: second.health()[0].measured is not None)
        assert pid(second) == pid(media)
        await second.route("main", "speaker", "elif/camera")
        viewer = await client().watch(second, "v1", "main")
        await until(lambda: shows(viewer, "speaker-v", 200))

    assert ("source", "elif/camera", "live", True, True) in others.heard
    viewer.brightness.clear()
    await until(lambda: shows(viewer, "speaker-v", 200))


async def test_refusals_say_what_to_do(media: Media) -> None:
    with pytest.raises(Refused, match="reload"):
        await media.accept("nobody", "v=0")
    with pytest.raises(Refused, match="do not understand"):
        await media.open_publisher("p1", "elif/camera", "hello")
    await media.open_viewer("v1", "main")
    with pytest.raises(Refused, match="do not understand"):
        await media.accept("v1", "hello")


async def test_a_port_that_is_taken_is_noticed(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        async with Media(tmp_path, Ears(), host="127.0.0.1", port=port) as media:
            assert not await media.ready()
            assert not media.health()[0].up


async def test_stages_are_spread_over_the_processes(tmp_path: Path, client: Make) -> None:
    stages = ["main", "side"]
    async with Media(
        tmp_path, Ears(), processes=2, host="127.0.0.1", announce=["127.0.0.1"], stages=stages
    ) as media:
        assert await media.ready()
        for stage, brightness in (("main", 200), ("side", 60)):
            source = f"{stage}/camera"
            await client().publish(media, f"p-{stage}", source, brightness, stage)
            await media.route(stage, "speaker", source)
        viewers = [await client().watch(media, f"v-{stage}", stage) for stage in stages]

        await until(lambda: shows(viewers[0], "speaker-v", 200))
        await until(lambda: shows(viewers[1], "speaker-v", 60))
        await until(lambda: all(counts(each) == (1, 1) for each in media.health()), 5.0)


def counts(health: Health) -> tuple[int, int] | None:
    measured = health.measured
    return (measured.viewers, measured.publishers) if measured else None


async def test_a_stuck_process_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.media_process.PULSE", 0.1)
    monkeypatch.setattr("server.media_process.SILENCE", 1.0)
    monkeypatch.setattr("server.media_process.FAREWELL", 0.2)
    ears = Ears()
    async with Media(tmp_path, ears, host="127.0.0.1") as media:
        assert await media.ready()
        await until(lambda: media.health()[0].measured is not None)
        stuck = pid(media)

        os.kill(stuck, signal.SIGSTOP)

        await until(lambda: ("back", 0) in ears.heard, 20.0)
        await until(lambda: media.health()[0].measured is not None)
        assert pid(media) != stuck
