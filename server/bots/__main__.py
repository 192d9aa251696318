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
from server.bots.fitting import Fitting
from server.bots.page import Pages

log = logging.getLogger(__name__)


async def play(call: Call) -> None:
    """Play until the parent closes the standard input."""
    cast = {part.person: Actor(call.socket_url, call.origin, part) for part in call.parts}
    house = call.socket_url.replace("ws", "http", 1).removesuffix("/live")
    pages = {part.person: Pages(house, call.origin, part) for part in call.parts}
    comes = {person for person in cast if call.plays and person not in call.reserved}
    fitting = Fitting(cast, pages, call.ends_at, comes.__contains__)
    director = Director(cast, cast[call.moderator], set(call.reserved), pages)
    playing = asyncio.create_task(_evening(call, pages, director, fitting))
    waiting = asyncio.create_task(asyncio.to_thread(sys.stdin.buffer.read))
    await asyncio.wait((playing, waiting), return_when=asyncio.FIRST_COMPLETED)
    playing.cancel()
    (ended,) = await asyncio.gather(playing, return_exceptions=True)
    if isinstance(ended, Exception):
        log.error("the bots have stopped", exc_info=ended)


async def _evening(
    call: Call, pages: dict[str, Pages], director: Director, fitting: Fitting
) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(fitting.fit_out())
        if not call.plays:
            return
        for brings in call.decks:
            tasks.create_task(deck.bring(pages[brings.person], brings))
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
