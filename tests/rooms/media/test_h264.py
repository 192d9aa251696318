"""H264 from a publisher to whoever can decode it, through a real media process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from aiortc import RTCRtpSender, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

from schedule.machine import Refused
from server.media import Media
from tests.rooms.media.clients import Client, Ears, Grey, until
from tests.rooms.media.test_forwarding import shows

Make = Callable[[], Client]
pytestmark = pytest.mark.asyncio(loop_scope="module")
SAID = "a=rtpmap:102 H264/90000"


async def publish(client: Client, media: Media, brightness: int) -> Client:
    """Send a grey picture as H264 and nothing else."""
    connection = client.connection
    connection.addTrack(AudioStreamTrack())
    connection.addTrack(Grey(brightness))
    codecs = RTCRtpSender.getCapabilities("video").codecs
    h264 = [codec for codec in codecs if codec.mimeType == "video/H264"]
    connection.getTransceivers()[1].setCodecPreferences(h264)
    await connection.setLocalDescription(await connection.createOffer())
    offer = connection.localDescription.sdp
    answer = await media.open_publisher("p1", "whip/main/guest", offer, "main", whole=True)
    await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    return client


async def watch_without_h264(client: Client, media: Media) -> Client:
    """See the stage with a browser that has VP8 alone."""
    connection = client.connection
    offer = await media.open_viewer("v2", "main")
    assert SAID in offer
    await connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
    for transceiver in connection.getTransceivers():
        client.follow(transceiver)
    await connection.setLocalDescription(await connection.createAnswer())
    answer = connection.localDescription.sdp.replace(" H264/90000", " X264/90000")
    await media.accept("v2", answer)
    return client


async def test_an_h264_picture_reaches_who_can_decode_it_and_no_other(
    media: Media, ears: Ears, client: Make
) -> None:
    await publish(client(), media, 200)
    await media.route("main", "guest", "whip/main/guest")
    able = await client().watch(media, "v1", "main")
    unable = await watch_without_h264(client(), media)

    await until(lambda: shows(able, "guest-v", 200))
    await until(lambda: "guest-a" in unable.brightness)
    await until(lambda: ("unable", "main", 1) in ears.heard)

    assert "guest-v" not in unable.brightness

    # When a picture that everybody can decode takes the seat, then everybody sees it
    await client().publish(media, "p2", "elif/camera", 60)
    await media.route("main", "guest", "elif/camera")
    await until(lambda: shows(able, "guest-v", 60) and shows(unable, "guest-v", 60))

    await media.close("v2")
    await until(lambda: ("unable", "main", 0) in ears.heard)


async def test_an_offer_that_cannot_be_taken_whole_is_refused(media: Media, client: Make) -> None:
    connection = client().connection
    connection.addTrack(AudioStreamTrack())
    connection.addTrack(Grey(200))
    await connection.setLocalDescription(await connection.createOffer())
    offer = connection.localDescription.sdp.replace("VP8", "VP7").replace("H264", "H265")

    with pytest.raises(Refused, match="VP8 or H264"):
        await media.open_publisher("p1", "whip/main/guest", offer, "main", whole=True)
    twice = (offer + offer[offer.index("m=video") :]).replace("VP7", "VP8")
    with pytest.raises(Refused, match="one of each"):
        await media.open_publisher("p1", "whip/main/guest", twice, "main", whole=True)


async def test_ice_is_restarted_under_a_running_connection(media: Media, client: Make) -> None:
    publisher = await client().publish(media, "p1", "elif/camera", 200)
    await media.route("main", "speaker", "elif/camera")
    viewer = await client().watch(media, "v1", "main")
    await until(lambda: shows(viewer, "speaker-v", 200))

    before, _ = await media.describe("p1")
    after, fragment = await media.describe("p1", restart=True)

    assert before != after
    assert f"a=ice-ufrag:{after}\r\n" in fragment
    assert await media.describe("p1") == (after, fragment)
    viewer.brightness.clear()
    await until(lambda: shows(viewer, "speaker-v", 200))
    assert publisher.connection.connectionState == "connected"
    with pytest.raises(Refused, match="no longer known"):
        await asyncio.wait_for(media.describe("nobody"), 5)
