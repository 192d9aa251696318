"""Keeps a bot's picture and sound on the line for as long as somebody wants them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from aiortc.mediastreams import MediaStreamTrack

from server.bots.actor import Actor, NotTaken

log = logging.getLogger(__name__)

AGAIN = 2.0  # seconds between two attempts


async def send(
    actor: Actor, room: str, what: str, tracks: Callable[[], Sequence[MediaStreamTrack]]
) -> None:
    """Send until cancelled; where the house lets the connection go, begin anew."""
    while True:
        peer = None
        try:
            peer = await actor.publish(room, what, tracks())
            await actor.has_fallen(peer)
        except NotTaken as reason:
            log.info("%s cannot send a %s: %s", actor.part.person, what, reason)
            await asyncio.sleep(AGAIN)
        finally:
            if peer is not None:
                await actor.hang_up(peer)
