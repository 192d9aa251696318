"""`python -m server.bots`: plays the parts that its parent writes to its standard input."""

from __future__ import annotations

import asyncio
import logging
import sys

import msgspec
from aioice import ice

from server.bots import deck
from server.bots.actor import Actor
from server.bots.call import Call
from server.bots.director import Director
from server.bots.page import Pages


async def play(call: Call) -> None:
    """Play until the parent closes the standard input."""
    cast = {part.person: Actor(call.socket_url, call.origin, part) for part in call.parts}
    director = Director(cast, cast[call.moderator], set(call.reserved))
    playing = asyncio.create_task(_evening(call, cast, director))
    waiting = asyncio.create_task(asyncio.to_thread(sys.stdin.buffer.read))
    await asyncio.wait((playing, waiting), return_when=asyncio.FIRST_COMPLETED)
    playing.cancel()
    await asyncio.gather(playing, return_exceptions=True)


async def _evening(call: Call, cast: dict[str, Actor], director: Director) -> None:
    house = call.socket_url.replace("ws", "http", 1).removesuffix("/live")
    async with asyncio.TaskGroup() as tasks:
        for brings in call.decks:
            pages = Pages(house, call.origin, cast[brings.person].part)
            tasks.create_task(deck.bring(pages, brings))
        tasks.create_task(director.direct())


def offer_loopback_too() -> None:
    """Lets the bots reach a house that announces nothing but this machine's loopback.

    aioice leaves loopback addresses out on purpose; a demo on a laptop without any
    network has no other.
    """
    found = ice.get_host_addresses

    def addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        others: list[str] = found(use_ipv4, use_ipv6)
        return others or ["127.0.0.1"]

    ice.get_host_addresses = addresses


def main() -> None:
    """Read the call and play."""
    logging.basicConfig(level=logging.WARNING, format="bots: %(message)s")
    call = msgspec.json.decode(sys.stdin.buffer.readline(), type=Call)
    offer_loopback_too()
    asyncio.run(play(call))


if __name__ == "__main__":
    main()
