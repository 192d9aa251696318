"""Whoever looks at a booth or at one of its jobs is counted, once a person."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from starlette.requests import Request

from rooms import fair
from rooms.fair import Fair
from rooms.people import DESK, HOUSE
from rooms.visits import Count
from server.accounts import Signed

_TASKS: Final[set[asyncio.Task[None]]] = set()
"What is being counted; the loop itself holds its tasks only loosely."

log = logging.getLogger(__name__)


async def seen(request: Request, booth: str, job: str = "") -> None:
    """Count whoever reads this page, unless they are known already, at the desk, or its staff.

    Never raises and waits for nothing: a page is more important than a number.
    """
    signed: Signed | None = request.state.signed
    state = request.app.state.house.state(fair.ROOM)
    if signed is None or signed.person.role in DESK or not isinstance(state, Fair):
        return
    person = signed.person.id
    visits = state.visits
    known = visits.readers.get(booth, {}).get(job, {}) if job else visits.visitors.get(booth, {})
    if person in known:
        return
    task = asyncio.create_task(_count(request, Count(booth, person, job)), name="count")
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)


async def _count(request: Request, count: Count) -> None:
    # The same person at the same thing is the same op, from whatever process.
    op = f"seen-{count.booth}-{count.person}-{count.job}"
    try:
        await request.app.state.house.do(fair.ROOM, op, count, HOUSE)
    except Exception as error:
        log.info("a visit was not counted: %s", error)
