"""A flood of datagrams at an even pace: `python -m tests.faults.flood` takes an `Order` as JSON
on standard input and prints how many it sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import socket
import struct
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final, Literal, get_args

import msgspec
from aioice import stun

from rooms.media.dtls import Certificate, Dtls
from tests.running import ROOT

Kind = Literal["empty", "foreign", "checks", "copies", "forged", "handshakes"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

HERE: Final = "127.0.0.1"
PORTS: Final = 64  # sockets a flood comes from
VARIANTS: Final = 512  # datagrams made in advance
TICK: Final = 0.001  # seconds between two bursts
MOST_AT_ONCE: Final = 200  # datagrams that are caught up with in one burst


class Order(msgspec.Struct, frozen=True):
    """What to send, and whereto."""

    kind: Kind
    port: int
    rate: float
    "datagrams a second"
    seconds: float
    ufrag: str = ""
    "a name the server knows"
    victims: tuple[int, ...] = ()
    "ports of those who watch and send; forged datagrams claim to come from there"
    copies: tuple[bytes, ...] = ()
    "what one of them has sent"


async def flood(order: Order, begins: Callable[[], None]) -> int:
    """Send from a process of its own; returns how many datagrams were sent."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.flood"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(msgspec.json.encode(order))
        process.stdin.close()
        assert await process.stdout.readline() == b"begins\n"
        begins()
        return int(await process.stdout.readline())
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def main() -> None:
    """Send what standard input says."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    datagrams = _made(order)
    send = _forged if order.kind == "forged" else _plain
    print("begins", flush=True)
    print(send(order, datagrams), flush=True)


def _made(order: Order) -> Sequence[bytes]:
    match order.kind:
        case "empty":
            return [b""]
        case "foreign":
            return [random.randbytes(random.randrange(1, 1200)) for _ in range(VARIANTS)]
        case "handshakes":
            return [asyncio.run(_hello()) for _ in range(8)]
        case "checks":
            return [_check(order.ufrag) for _ in range(64)]
        case "copies":
            return order.copies
    rubbish = [_rubbish() for _ in range(64)]
    return [b"", asyncio.run(_hello()), _check(order.ufrag), *rubbish, *order.copies]


def _plain(order: Order, datagrams: Sequence[bytes]) -> int:
    """From many ports that nobody knows."""
    sources = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(PORTS)]
    for each in sources:
        each.bind((HERE, 0))
    target = (HERE, order.port)
    size = len(datagrams)
    return _paced(order, lambda at: sources[at % PORTS].sendto(datagrams[at % size], target))


def _forged(order: Order, datagrams: Sequence[bytes]) -> int:
    """From the very addresses of those who watch and send; needs root."""
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        wrapped = [
            _wrapped(victim, order.port, data) for data in datagrams for victim in order.victims
        ]
        return _paced(order, lambda at: raw.sendto(wrapped[at % len(wrapped)], (HERE, 0)))


def _paced(order: Order, send: Callable[[int], object]) -> int:
    began = time.monotonic()
    sent = skipped = 0
    while (passed := time.monotonic() - began) < order.seconds:
        due = int(passed * order.rate) - skipped
        # What a busy machine has held up is not made good by a burst that nobody asked for.
        if due - sent > MOST_AT_ONCE:
            skipped += due - sent - MOST_AT_ONCE
            due = sent + MOST_AT_ONCE
        for at in range(sent, due):
            with contextlib.suppress(OSError):
                send(at)
        sent = max(sent, due)
        time.sleep(TICK)
    return sent


def _wrapped(source: int, target: int, data: bytes) -> bytes:
    """IPv4 and UDP around it, as if `source` had sent it; the kernel fills in the checksum."""
    here = socket.inet_aton(HERE)
    length = 28 + len(data)
    first = struct.pack("!BBHHHBBH4s4s", 0x45, 0, length, 0, 0, 64, 17, 0, here, here)
    return first + struct.pack("!HHHH", source, target, 8 + len(data), 0) + data


def _check(ufrag: str) -> bytes:
    """A connectivity check under a name that is known, by somebody who guesses the password."""
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{ufrag}:{os.urandom(2).hex()}"
    message.attributes["PRIORITY"] = 1
    message.attributes["USE-CANDIDATE"] = None
    message.add_message_integrity(os.urandom(12))
    message.add_fingerprint()
    return bytes(message)


def _rubbish() -> bytes:
    """Something that begins like DTLS, RTP or RTCP."""
    beginnings = (b"\x16\xfe\xfd", b"\x17\xfe\xfd", b"\x15\xfe\xfd", b"\x80\x60", b"\x80\xc8")
    return random.choice(beginnings) + random.randbytes(random.randrange(1, 1100))


async def _hello() -> bytes:
    """The first word of a real handshake."""
    said: asyncio.Queue[bytes] = asyncio.Queue()
    dtls = Dtls(Certificate.generateCertificate(), said.put_nowait)
    shaking = asyncio.create_task(dtls.handshake("client", (("sha-256", "00"),)))
    hello = await said.get()
    shaking.cancel()
    await asyncio.gather(shaking, return_exceptions=True)
    return hello


if __name__ == "__main__":
    main()
