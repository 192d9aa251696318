"""A replica: a process's own copy of a room, and the browsers that look at it from here."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

import msgspec

from rooms.people import Person, PersonId
from schedule.machine import Event, View
from server import wire
from server.batch import UNSTORED, Batch
from server.clock import Clock
from server.rules import Rules

KEPT: Final = 2_000  # happenings for those who return; whoever missed more gets a snapshot
WEIGHT: Final = 8 << 20  # bytes of them, since descriptions of calls are long
BREATH: Final = 0.25  # seconds between two pictures of the same room: at most four a second

log = logging.getLogger(__name__)

State = TypeVar("State")


class Listener(Protocol):
    """Somebody who has the room open."""

    @property
    def person(self) -> Person:
        """Who it is; decides what is sent."""
        ...

    @property
    def language(self) -> str:
        """In which sentences are said."""
        ...

    def send(self, data: bytes) -> None:
        """Take one frame as JSON. Never waits and never raises."""
        ...


class Replica(Generic[State]):
    """The room as this process knows it. Everything here happens without waiting, so that
    nothing can come between a snapshot and the events after it."""

    def __init__(self, room: str, rules: Rules[State], clock: Clock) -> None:
        self.room = room
        self.rules = rules
        self.state: State | None = None
        self.epoch = 0
        self.seq = 0
        self.number = -1
        self.opened = asyncio.Event()
        self.in_doubt = asyncio.Event()
        "Set when something was missed; the room must be opened anew, from its host."
        self.listeners: set[Listener] = set()
        self._of: dict[PersonId, set[Listener]] = {}
        "The listeners by who they are: what two say to each other must not cost all a look."
        self._clock = clock
        self._event = msgspec.json.Decoder(_union(rules.events))
        self._kept: deque[_Kept] = deque()
        self._weight = 0
        self._since = 0
        "The seq from which on nothing is missing in `_kept`."
        self._early: list[Batch] = []
        self._stirred: set[type[View]] = set()
        self._shown: dict[type[View], bytes] = {}
        self._shown_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    def open(self, epoch: int, seq: int, number: int, state: State) -> None:
        """Take this state for the room's; everybody here gets a snapshot of it."""
        self.state, self.epoch, self.seq, self.number = state, epoch, seq, number
        self._kept.clear()
        self._weight = 0
        self._since = seq
        self._shown.clear()
        self._stirred.clear()
        self.in_doubt.clear()
        self.opened.set()
        for listener in tuple(self.listeners):
            self._send_snapshot(listener)
        early, self._early = self._early, []
        for batch in early:
            self.hear(batch)

    def hear(self, batch: Batch) -> None:
        """A batch from the host in another process; one that does not follow raises doubt."""
        if self.in_doubt.is_set() or not self.opened.is_set():
            self._early = [*self._early[-KEPT:], batch]
            self.in_doubt.set()
        elif batch.epoch < self.epoch or (batch.epoch, batch.number) <= (self.epoch, self.number):
            pass  # an old host that does not know yet, or the bus repeats itself
        elif batch.epoch > self.epoch or batch.number > self.number + 1 or not batch.happened:
            self.in_doubt.set()
        else:
            events = tuple(self._event.decode(happening.event) for happening in batch.happened)
            state = self.state
            assert state is not None  # noqa: S101 - opened
            for event in events:
                state = self.rules.apply(state, event)
            self.take(batch, events, state)

    def take(self, batch: Batch, events: tuple[Event, ...], state: State) -> None:
        """The room went on to `state` by `events`, which are those of the batch."""
        self.state, self.number = state, batch.number
        stirred: set[type[View]] = set()
        for event, happening in zip(events, batch.happened, strict=True):
            if happening.seq != UNSTORED:
                self.seq = happening.seq
            self._tell(event, happening.seq, happening.event)
            stirred.update(self.rules.stirs.get(type(event), ()))
        self._stir(stirred)

    def join(self, listener: Listener, epoch: int, seq: int) -> None:
        """Send what the listener missed since then, or the whole room; then all that happens."""
        if epoch == self.epoch and self._since <= seq <= self.seq:
            self._resume(listener, seq)
        else:
            self._send_snapshot(listener)
        self.listeners.add(listener)
        self._of.setdefault(listener.person.id, set()).add(listener)

    def leave(self, listener: Listener) -> None:
        """Send nothing more."""
        self.listeners.discard(listener)
        own = self._of.get(listener.person.id, set())
        own.discard(listener)
        if not own:
            self._of.pop(listener.person.id, None)

    def show(self, reader: Person) -> Any:
        """The whole room as this reader may see it; the room must be open."""
        state = self.state
        assert state is not None  # noqa: S101 - the caller waited for `opened`
        return self.rules.show(state, reader, self._clock.now())

    def close(self) -> None:
        """Show nothing more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _resume(self, listener: Listener, seq: int) -> None:
        """What is not stored has no place in the log, so what lies behind `seq` is repeated:
        the newest word about a light or a reaction is worth hearing twice."""
        resumed = wire.Resumed(self.room, self.epoch, seq, self._clock.now())
        listener.send(msgspec.json.encode(resumed))
        for kept in self._kept:
            if kept.after >= seq and self.rules.hears(kept.event, listener.person):
                listener.send(kept.frame)
        for kind in self.rules.views:
            self._show(kind, (listener,))

    def _send_snapshot(self, listener: Listener) -> None:
        listener.send(
            msgspec.json.encode(
                wire.Snapshot(
                    self.room,
                    self.epoch,
                    self.seq,
                    self._clock.now(),
                    self.show(listener.person),
                )
            )
        )

    def _tell(self, event: Event, seq: int, body: msgspec.Raw) -> None:
        frame = msgspec.json.encode(wire.Told(self.room, self.epoch, seq, body))
        after = self.seq if seq == UNSTORED else self.seq - 1
        self._kept.append(_Kept(after, event, frame))
        self._weight += len(frame)
        while len(self._kept) > KEPT or self._weight > WEIGHT:
            oldest = self._kept.popleft()
            self._weight -= len(oldest.frame)
            self._since = oldest.after + 1
        for listener in self._within_reach(event):
            if self.rules.hears(event, listener.person):
                listener.send(frame)

    def _within_reach(self, event: Event) -> tuple[Listener, ...]:
        people = self.rules.reaches(event)
        if people is None:
            return tuple(self.listeners)
        return tuple(listener for person in people for listener in self._of.get(person, ()))

    def _stir(self, kinds: set[type[View]]) -> None:
        """The first change is shown at once, those that follow it together."""
        self._stirred |= kinds
        if not self._stirred or self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._shown_at + BREATH - loop.time()
        if wait <= 0:
            self._show_stirred()
        else:
            self._timer = loop.call_later(wait, self._show_stirred)

    def _show_stirred(self) -> None:
        self._timer = None
        self._shown_at = asyncio.get_running_loop().time()
        for kind in self.rules.views:
            if kind in self._stirred:
                self._show(kind, tuple(self.listeners), news=True)
        self._stirred.clear()

    def _show(
        self, kind: type[View], listeners: tuple[Listener, ...], *, news: bool = False
    ) -> None:
        """Send the view to those who may see it; as news only if it looks different."""
        state = self.state
        assert state is not None  # noqa: S101 - opened
        view = self.rules.view(state, kind, self._clock.now())
        body = msgspec.json.encode(view)
        if news and self._shown.get(kind) == body:
            return
        if news:
            self._shown[kind] = body
        frame = msgspec.json.encode(wire.Shown(self.room, msgspec.Raw(body)))
        for listener in listeners:
            if self.rules.hears(view, listener.person):
                listener.send(frame)


class _Kept(NamedTuple):
    """Something that happened, for those who return."""

    after: int
    "The end of the log before it."
    event: Event
    frame: bytes


def _union(kinds: tuple[type[Event], ...]) -> Any:
    union: Any = kinds[0]
    for kind in kinds[1:]:
        union = union | kind
    return union
