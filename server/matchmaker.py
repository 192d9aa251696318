"""The matchmaker: makes and mends the plan of the rounds, in a process of its own.

A plan for 500 people takes most of a second, which nobody in the house may wait for. The worker
gets the lounge as it is, and what it answers is one more command to the lounge.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
import secrets
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import Any, Final, Protocol

import msgspec
from msgspec import Struct

from rooms import cases, pairing
from rooms import lounge as lounge_room
from rooms.lounge import Lounge
from rooms.paired import Meeting
from rooms.people import HOUSE, Person
from schedule import matching
from schedule.machine import Command, Refused

SETTLES: Final = 1.0  # seconds in which reasons for a repair are gathered
WITHIN: Final = 0.5  # seconds a repair may look for something better
AGAIN: Final = 5.0  # seconds until what failed is tried again

log = logging.getLogger(__name__)


class House(Protocol):
    """What the matchmaker needs of the house."""

    async def do(self, room: str, op: str, command: Any, by: Person) -> int:
        """Carry out a command; raises `Refused`."""

    def hosts(self, room: str) -> bool:
        """Whether this process hosts the room just now."""


class Found(Struct, frozen=True):
    """A plan in the lounge's words."""

    rounds: dict[str, tuple[Meeting, ...]]
    value: int
    bound: int
    cost: int | None


class Matchmaker:
    """Looks after the lounge while this process hosts it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lounge: Lounge | None = None
        self._stirred = asyncio.Event()
        self._workers: ProcessPoolExecutor | None = None

    def changed(self, room: str, state: Any) -> None:
        """A room hosted here is another one now."""
        if room == lounge_room.ROOM:
            self._lounge = state
            if state.pairing.asked is not None or state.pairing.wanted:
                self._stirred.set()

    async def run(self) -> None:
        """Make what is asked for, and mend what no longer holds, until cancelled."""
        try:
            while True:
                await self._stirred.wait()
                self._stirred.clear()
                await self._try()
        finally:
            self._dismiss()

    async def _try(self) -> None:
        try:
            await self._look()
        except Refused as refused:
            log.warning("A plan was not taken: %s", refused)
        except BrokenExecutor:
            log.exception("The worker that plans broke down; another one starts")
            self._dismiss()
            await self._retry()
        except Exception:
            log.exception("The rounds could not be planned")
            await self._give_up()

    async def _look(self) -> None:
        room = self._lounge
        if room is None or not self._house.hosts(lounge_room.ROOM):
            return
        if (asked := room.pairing.asked) is not None:
            found = await self._work(planned, room)
            await self._say(
                pairing.Draft(asked.number, found.rounds, found.value, found.bound, found.cost)
            )
        elif room.pairing.wanted and room.pairing.published is not None:
            await asyncio.sleep(SETTLES)
            await self._mend()

    async def _mend(self) -> None:
        room = self._lounge
        if room is None or room.pairing.published is None or not room.pairing.wanted:
            return
        number = room.pairing.published.number
        found = await self._work(mended, room)
        await self._say(pairing.Mend(number, found.rounds, found.value, found.bound))

    async def _give_up(self) -> None:
        """Say that there is no draft; what is published stays, and is looked at again later."""
        room = self._lounge
        if room is not None and room.pairing.asked is not None:
            with contextlib.suppress(Refused):
                await self._say(pairing.Fail(room.pairing.asked.number))
        await self._retry()

    async def _retry(self) -> None:
        await asyncio.sleep(AGAIN)
        if self._lounge is not None:
            self.changed(lounge_room.ROOM, self._lounge)

    async def _work(self, deed: Any, room: Lounge) -> Found:
        if self._workers is None:
            context = multiprocessing.get_context("spawn")
            self._workers = ProcessPoolExecutor(1, mp_context=context)
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._workers, deed, msgspec.msgpack.encode(room))
        return msgspec.msgpack.decode(answer, type=Found)

    def _dismiss(self) -> None:
        if self._workers is not None:
            self._workers.shutdown(wait=False, cancel_futures=True)
            self._workers = None

    async def _say(self, command: Command) -> None:
        await self._house.do(lounge_room.ROOM, f"match-{secrets.token_hex(8)}", command, HOUSE)


# In the worker


def planned(lounge: bytes) -> bytes:
    """A plan for a lounge where one is asked for."""
    room = msgspec.msgpack.decode(lounge, type=Lounge)
    asked = cases.fresh(room)
    return _answer(asked.turns, matching.plan(asked.case, strict=asked.case.strict))


def mended(lounge: bytes) -> bytes:
    """The published plan of a lounge, made to fit how things are."""
    room = msgspec.msgpack.decode(lounge, type=Lounge)
    stands = cases.standing(room)
    plan = matching.repair(stands.case, stands.plan, stands.done, stands.keep, WITHIN)
    return _answer(stands.turns, plan)


def _answer(turns: tuple[str, ...], plan: matching.Plan) -> bytes:
    rounds = cases.by_round(turns, plan)
    return msgspec.msgpack.encode(Found(rounds, plan.value, plan.bound, plan.cost))
