"""A server made of aiortc alone: `python -m tests.benchmarks.media.relay SOCKET`."""

from __future__ import annotations

import asyncio
import signal
import sys

import aioice.ice
import msgspec
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaRelay
from aiortc.mediastreams import MediaStreamTrack

_call = msgspec.json.Decoder(tuple[int, str, int, str]).decode


class House:
    """One publisher, and whoever watches it."""

    def __init__(self) -> None:
        self._relay = MediaRelay()
        self._tracks: list[MediaStreamTrack] = []
        self._guests: dict[int, RTCPeerConnection] = {}

    async def do(self, deed: str, number: int, text: str) -> str:
        """Publish, invite, accept or dismiss; returns a description or nothing."""
        match deed:
            case "publish":
                return await self._publish(text)
            case "invite":
                return await self._invite(number)
            case "accept":
                answer = RTCSessionDescription(text, "answer")
                await self._guests[number].setRemoteDescription(answer)
            case "dismiss":
                await self._guests.pop(number).close()
        return ""

    async def _publish(self, offer: str) -> str:
        connection = self._guests[-1] = _connection()
        connection.on("track", self._tracks.append)
        await connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        await connection.setLocalDescription(await connection.createAnswer())
        return str(connection.localDescription.sdp)

    async def _invite(self, number: int) -> str:
        connection = self._guests[number] = _connection()
        for track in self._tracks:
            connection.addTrack(self._relay.subscribe(track))
        await connection.setLocalDescription(await connection.createOffer())
        return str(connection.localDescription.sdp)


def _connection() -> RTCPeerConnection:
    return RTCPeerConnection(
        RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
    )


async def _serve(path: str) -> None:
    house = House()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            asked, deed, number, text = _call(line)
            said = await house.do(deed, number, text)
            writer.write(msgspec.json.encode((asked, said)) + b"\n")
        stop.set()

    server = await asyncio.start_unix_server(converse, path, limit=1 << 20)
    await stop.wait()
    server.close()


if __name__ == "__main__":
    # aioice leaves the loopback out on purpose; here it is all there is.
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
    asyncio.run(_serve(sys.argv[1]))
