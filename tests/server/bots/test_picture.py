"""What a bot sends can be told from what another one sends, and moves."""

from __future__ import annotations

import av
import pytest

from server.bots.picture import FRAMES, Camera, Slides, Voice


async def picture(track: Camera | Slides) -> bytes:
    frame = await track.recv()
    assert isinstance(frame, av.VideoFrame)
    return bytes(frame.planes[0])


async def test_two_people_look_different() -> None:
    elif_ = await picture(Camera("Elif Yıldız", "Universität Breisenau"))
    jonas = await picture(Camera("Jonas Brandt-Okafor", "Hochschule Offental"))

    assert elif_ != jonas


async def test_a_portrait_moves() -> None:
    camera = Camera("Elif Yıldız", "Universität Breisenau")

    assert await picture(camera) != await picture(camera)


async def test_a_portrait_keeps_its_pace() -> None:
    camera = Camera("Elif Yıldız", "Universität Breisenau")

    first, second = await camera.recv(), await camera.recv()

    assert second.pts is not None
    assert first.pts is not None
    assert (second.pts - first.pts) % (90_000 // FRAMES) == 0
    assert second.pts > first.pts


async def test_slides_show_the_title() -> None:
    blood = await picture(Slides("Blutwerte aus einem Tropfen", "Elif", "Breisenau"))
    hand = await picture(Slides("Eine Haut für Roboterhände", "Elif", "Breisenau"))

    assert blood != hand


@pytest.mark.parametrize("name", ["Elif Yıldız", "Jonas Brandt-Okafor"])
async def test_a_voice_is_heard_and_never_too_loud(name: str) -> None:
    voice = Voice(name)
    loudest = 0

    for _ in range(20):
        frame = await voice.recv()
        samples = memoryview(bytes(frame.planes[0])).cast("h")
        loudest = max(loudest, *(abs(sample) for sample in samples))

    assert 200 < loudest < 3_000
