"""The host of a room: the one task that may change it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeVar

import msgspec

from rooms.people import HOUSE, Person
from schedule.machine import Command, Event, Refused
from server.batch import UNSTORED, Batch, Happening
from server.clock import Clock
from server.rules import Rules
from server.store import Answer, Entry, Fenced, Log, StoreFull

WAITING: Final = 1_000  # commands in the inbox; a room with more of them is being flooded
TURN: Final = 256  # commands decided together and stored in one commit
LOOK: Final = 1.0  # seconds; a wall clock that is set forward is noticed after at most this
REST: Final = 0.25  # seconds between two attempts when the store or the rules stand still

OURS: Final = "That did not work on our side. Please try it again in a moment."
FULL: Final = (
    "The house cannot store anything just now."
    " Your text is still here; please send it again in a minute."
)
FLOODED: Final = "This room is very busy just now. Please try again in a moment."

log = logging.getLogger(__name__)

State = TypeVar("State")
Told = Callable[[Batch, tuple[Event, ...], Any], None]
"Hears what happened, once it is stored, and the room's state after it; must not wait."


class Moved(Exception):
    """The room is no longer hosted here; ask its new host, with the same op."""


class Broken(Exception):
    """The rules failed. The room has to be opened anew from its log."""


class Host(Generic[State]):
    """Takes commands, decides, writes down, applies, tells; in this order and alone.

    Others ask through `do`. `run` is the task.
    """

    def __init__(
        self,
        room: str,
        rules: Rules[State],
        state: State,
        *,
        epoch: int,
        seq: int,
        log: Log,
        clock: Clock,
        told: Told,
    ) -> None:
        self.room = room
        self.epoch = epoch
        self.seq = seq
        self.number = 0
        self.state = state
        self._rules = rules
        self._log = log
        self._clock = clock
        self._told = told
        self._inbox: asyncio.Queue[_Asked | None] = asyncio.Queue()
        self._closed = False
        self._idle_until = 0.0

    async def do(self, op: str, command: Command, by: Person) -> int:
        """Carry `command` out and return the end of the log after it, once it is stored.

        The same `op` of the same person is one effect and the same answer. Raises
        `Refused`, or `Moved` when it has to be asked elsewhere.
        """
        if self._closed:
            raise Moved(self.room)
        if self._inbox.qsize() >= WAITING:
            raise Refused(FLOODED)
        asked = _Asked(op, command, by, asyncio.get_running_loop().create_future())
        self._inbox.put_nowait(asked)
        return await asked.answer

    async def run(self) -> None:
        """Host the room until closed.

        Raises `Fenced` when it is somebody else's by now and `Broken` when it must be
        opened anew. Whatever is still waiting then is answered with `Moved`.
        """
        waiting: list[_Asked | None] = []
        try:
            while None not in waiting:
                waiting = await self._next()
                await self._carry_out([asked for asked in waiting if asked is not None])
        finally:
            self._closed = True
            while not self._inbox.empty():
                waiting.append(self._inbox.get_nowait())
            for asked in waiting:
                if asked is not None:
                    asked.settle(Moved(self.room))

    def close(self) -> None:
        """Take no more commands; `run` carries out those that wait and returns."""
        self._closed = True
        self._inbox.put_nowait(None)

    async def _next(self) -> list[_Asked | None]:
        """The commands that wait, or none when something happens by itself."""
        try:
            async with asyncio.timeout(self._patience()):
                asked = [await self._inbox.get()]
        except TimeoutError:
            return []
        while len(asked) < TURN and not self._inbox.empty():
            asked.append(self._inbox.get_nowait())
        return asked

    def _patience(self) -> float:
        due = self._rules.due(self.state)
        if due is None:
            return LOOK
        return min(LOOK, max(due, self._idle_until) - self._clock.now())

    async def _carry_out(self, asked: Sequence[_Asked]) -> None:
        """Decide one after the other on the provisional state, then store all of it at once."""
        now = self._clock.now()
        durable = [(each.by.id, each.op) for each in asked if each.command.durable]
        known = await self._log.answered(self.room, durable) if durable else {}
        turn = _Turn(self._rules, self.state, self.epoch, self.seq, known, now)
        turn.tick()
        for each in asked:
            turn.decide(each)
        try:
            if turn.entries or turn.answers:
                await self._log.append(self.room, self.epoch, self.seq, turn.entries, turn.answers)
        except StoreFull:
            await self._do_without(asked, turn)
            return
        self._commit(turn)

    async def _do_without(self, asked: Sequence[_Asked], turn: _Turn[State]) -> None:
        """Nothing can be stored: refuse what would have to be, and do the rest alone."""
        rest: list[_Asked] = []
        for each in asked:
            if turn.stores(each):
                each.settle(Refused(FULL))
            else:
                rest.append(each)
        if len(rest) < len(asked):
            await self._carry_out(rest)
            return
        for each in rest:
            each.settle(Refused(FULL))
        self._idle_until = self._clock.now() + REST

    def _commit(self, turn: _Turn[State]) -> None:
        self.state = turn.state
        self.seq = turn.seq
        if turn.happened:
            self.number += 1
            self._tell(turn)
        else:
            self._idle_until = turn.now + REST if self._is_due(turn.now) else 0.0
        for asked, answer in turn.outcomes:
            asked.settle(answer)
        if turn.broken:
            raise Broken(self.room)

    def _is_due(self, now: float) -> bool:
        """Rules that are due and then do nothing must not make the host spin."""
        due = self._rules.due(self.state)
        return due is not None and due <= now

    def _tell(self, turn: _Turn[State]) -> None:
        happened = tuple(happening for _, happening in turn.happened)
        batch = Batch(self.epoch, self.number, self.seq, happened)
        try:
            self._told(batch, tuple(event for event, _ in turn.happened), self.state)
        except Exception:
            # It is stored, so those who asked get their answer; the others a fresh snapshot.
            log.exception("%s could not tell what happened", self.room)
            turn.broken = True


class _Asked(NamedTuple):
    """A command in the inbox."""

    op: str
    command: Command
    by: Person
    answer: asyncio.Future[int]

    def settle(self, answer: int | Exception) -> None:
        """Answer, unless nobody waits any more or it was answered before."""
        if self.answer.done():
            return
        if isinstance(answer, int):
            self.answer.set_result(answer)
        else:
            self.answer.set_exception(answer)


class _Turn(Generic[State]):
    """What becomes of a handful of commands; nothing of it counts before it is stored."""

    def __init__(
        self,
        rules: Rules[State],
        state: State,
        epoch: int,
        seq: int,
        known: dict[tuple[str, str], int],
        now: float,
    ) -> None:
        self.state = state
        self.seq = seq
        self.happened: list[tuple[Event, Happening]] = []
        self.entries: list[Entry] = []
        self.answers: list[Answer] = []
        self.outcomes: list[tuple[_Asked, int | Exception]] = []
        self.broken = False
        self.now = now
        self._rules = rules
        self._epoch = epoch
        self._known = known
        self._storing: set[int] = set()

    def tick(self) -> None:
        """What happens by itself comes before what people ask."""
        try:
            self._take(self._rules.tick(self.state, self.now), HOUSE)
        except Exception:
            log.exception("What should have happened by itself did not")
            self.broken = True

    def decide(self, asked: _Asked) -> None:
        """Decide this command on what those before it made of the room."""
        name = (asked.by.id, asked.op)
        if asked.command.durable and name in self._known:
            self.outcomes.append((asked, self._known[name]))
            return
        before = len(self.entries)
        try:
            self._rules.may(self.state, asked.command, asked.by)
            self._take(self._rules.decide(self.state, asked.command, asked.by, self.now), asked.by)
        except Refused as refused:
            self.outcomes.append((asked, refused))
            return
        except Exception:
            log.exception("%s failed", type(asked.command).__name__)
            self.broken = True
            self.outcomes.append((asked, Refused(OURS)))
            return
        if asked.command.durable:
            self._known[name] = self.seq
            self.answers.append(Answer(*name, self.seq))
        if asked.command.durable or len(self.entries) > before:
            self._storing.add(id(asked))
        self.outcomes.append((asked, self.seq))

    def stores(self, asked: _Asked) -> bool:
        """Whether this command needs the store to be carried out."""
        return asked.command.durable or id(asked) in self._storing

    def _take(self, events: Sequence[Event], by: Person) -> None:
        """All of it or, when the rules fail, nothing."""
        state, seq = self.state, self.seq
        happened: list[tuple[Event, Happening]] = []
        entries: list[Entry] = []
        for event in events:
            state = self._rules.apply(state, event)
            body = msgspec.json.encode(event)
            if event.stored:
                seq += 1
                entries.append(Entry(seq, self._epoch, self.now, by.id, body))
            place = seq if event.stored else UNSTORED
            happened.append((event, Happening(place, msgspec.Raw(body))))
        self.state, self.seq = state, seq
        self.happened += happened
        self.entries += entries


__all__ = ["FLOODED", "FULL", "OURS", "Broken", "Fenced", "Host", "Moved", "Told"]
