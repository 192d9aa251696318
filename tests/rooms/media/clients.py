"""Clients that nobody here wrote (aiortc's), and a listener that writes everything down."""

from __future__ import annotations

import asyncio
import fractions
from collections.abc import Callable

from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, MediaStreamTrack, VideoStreamTrack
from aiortc.rtcrtptransceiver import RTCRtpTransceiver
from av import VideoFrame

from rooms.media.control import RecordingChanged
from server.media import Media


class Ears:
    """A listener that writes everything down."""

    def __init__(self) -> None:
        self.heard: list[tuple[object, ...]] = []

    def peer_changed(self, peer: str, state: str) -> None:
        self.heard.append(("peer", peer, state))

    def line_changed(self, peer: str, thin: bool) -> None:
        self.heard.append(("line", peer, thin))

    def source_changed(
        self, source: str, state: str, has_audio: bool, has_video: bool, codec: str
    ) -> None:
        self.heard.append(("source", source, state, has_audio, has_video))

    def unable_changed(self, index: int, stage: str, viewers: int) -> None:
        self.heard.append(("unable", stage, viewers))

    def loudest_changed(self, stage: str, seat: str | None) -> None:
        self.heard.append(("loudest", stage, seat))

    def recording_changed(self, told: RecordingChanged) -> None:
        self.heard.append(("recording", told.take, told.state))

    def still_taken(self, stage: str, seat: str, image: bytes) -> None:
        self.heard.append(("still", stage, seat, image))

    def clip_over(self, source: str) -> None:
        self.heard.append(("over", source))

    def media_lost(self, index: int) -> None:
        self.heard.append(("lost", index))

    def media_back(self, index: int) -> None:
        self.heard.append(("back", index))

    def media_changed(self) -> None:
        self.heard.append(("changed",))


async def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for something real to happen; fails if it does not."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not true():
        assert asyncio.get_running_loop().time() < deadline, "it did not happen"
        await asyncio.sleep(0.02)


class Grey(VideoStreamTrack):
    """A picture of one brightness, 160 by 120, thirty times a second."""

    def __init__(self, brightness: int) -> None:
        super().__init__()
        self.brightness = brightness

    async def recv(self) -> VideoFrame:
        timestamp, base = await self.next_timestamp()
        frame = VideoFrame(width=160, height=120, format="yuv420p")
        for at, plane in enumerate(frame.planes):
            plane.update(bytes([self.brightness if at == 0 else 128]) * plane.buffer_size)
        frame.pts, frame.time_base = timestamp, fractions.Fraction(base)
        return frame


class Client:
    """A browser, as far as media goes."""

    def __init__(self) -> None:
        # Without max-bundle aiortc leaves the second picture of an offer on a dead transport.
        self.connection = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        self.tracks: dict[str, MediaStreamTrack] = {}
        self.brightness: dict[str, int] = {}
        self._watching: list[asyncio.Task[None]] = []

    async def publish(
        self, media: Media, peer: str, source: str, brightness: int, stage: str = "main"
    ) -> Client:
        """Send a grey picture and silence."""
        connection = self.connection
        connection.addTrack(AudioStreamTrack())
        connection.addTrack(Grey(brightness))
        await connection.setLocalDescription(await connection.createOffer())
        answer = await media.open_publisher(peer, source, connection.localDescription.sdp, stage)
        await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        return self

    async def watch(self, media: Media, peer: str, stage: str) -> Client:
        """See a stage; `brightness` says what every picture seat shows now."""
        connection = self.connection
        offer = await media.open_viewer(peer, stage)
        await connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        for transceiver in connection.getTransceivers():
            self.follow(transceiver)
        await connection.setLocalDescription(await connection.createAnswer())
        await media.accept(peer, connection.localDescription.sdp)
        return self

    def follow(self, transceiver: RTCRtpTransceiver) -> None:
        """Note what arrives there."""
        self.tracks[transceiver.mid] = transceiver.receiver.track
        task = asyncio.create_task(self._consume(transceiver.mid, transceiver.receiver.track))
        self._watching.append(task)

    async def close(self) -> None:
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        await self.connection.close()

    async def _consume(self, mid: str, track: MediaStreamTrack) -> None:
        while True:
            frame = await track.recv()
            if isinstance(frame, VideoFrame):
                self.brightness[mid] = bytes(frame.planes[0])[5000]
            else:
                self.brightness[mid] = 0
