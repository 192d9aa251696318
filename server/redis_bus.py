"""The bus over Redis Streams, for a house of several server processes.

Every topic is a stream, and so is every process's letter box. Streams are short and
expire: Redis only carries, the log in the store is the truth. When Redis is away, what
is to be sent waits; whoever missed something all the same notices by its number.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

import msgspec
from msgspec import Struct
from redis.asyncio import Redis
from redis.exceptions import RedisError

from server.bus import PATIENCE, Answering, Heard, Unreachable

PREFIX: Final = "foyer:"
LONGEST: Final = 2_000  # messages in a stream, about
EXPIRES: Final = 600  # seconds after the last message a stream disappears
BLOCK: Final = 200  # milliseconds of one read; a newly followed topic is heard after at most this
WAITING: Final = 10_000  # messages that wait while Redis is away; then the oldest is lost
TOGETHER: Final = 100  # messages sent in one go
RETRY: Final = 0.25  # seconds between two attempts to reach Redis
CONNECTING: Final = 2.0  # seconds until an attempt counts as failed
START: Final = "0-0"  # before the first message of a stream

log = logging.getLogger(__name__)


class RedisBus:
    """Enter it, and it is connected; raises `Unreachable` when Redis does not answer."""

    def __init__(self, url: str, process: str) -> None:
        self.process = process
        self.redis: Redis = connected(url)
        self._outbox: deque[_Letter] = deque(maxlen=WAITING)
        self._posted = asyncio.Event()
        self._followers: dict[str, list[Heard]] = {}
        self._read_to: dict[str, str] = {}
        self._asked: dict[int, asyncio.Future[bytes]] = {}
        self._numbers = itertools.count(1)
        self._answering: Answering | None = None
        self._tasks = asyncio.TaskGroup()
        self._own: set[asyncio.Task[None]] = set()
        self._reachable = True
        self._closed = False

    async def __aenter__(self) -> Self:
        try:
            self._read_to[_box(self.process)] = await self._end(_box(self.process))
        except Unreachable:
            await self.redis.aclose()
            raise
        await self._tasks.__aenter__()
        self._start(self._send(), "bus out")
        self._start(self._read(), "bus in")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # The client may swallow a cancellation that comes together with its own timeout, so
        # the tasks look at the flag as well.
        self._closed = True
        for task in tuple(self._own):
            task.cancel()
        await self._tasks.__aexit__(None, None, None)  # `error` goes on by itself, unwrapped
        await self.redis.aclose()

    def publish(self, topic: str, message: bytes) -> None:
        """Tell everybody who follows the topic, as soon as Redis can be reached."""
        self._post(_Letter(_topic(topic), message, None))

    async def follow(self, topic: str, heard: Heard) -> Callable[[], None]:
        """From now on hear the topic; call what is returned to hear no more of it."""
        stream = _topic(topic)
        if stream not in self._read_to:
            end = await self._end(stream)
            self._read_to.setdefault(stream, end)
        followers = self._followers.setdefault(stream, [])
        followers.append(heard)

        def unfollow() -> None:
            with contextlib.suppress(ValueError):
                followers.remove(heard)
            if not followers:
                self._read_to.pop(stream, None)

        return unfollow

    async def ask(self, process: str, question: bytes, patience: float = PATIENCE) -> bytes:
        """What the other process answers, or `Unreachable`."""
        loop = asyncio.get_running_loop()
        number = next(self._numbers)
        answer: asyncio.Future[bytes] = loop.create_future()
        self._asked[number] = answer
        letter = _Question(self.process, number, question)
        until = loop.time() + patience
        self._post(_Letter(_box(process), msgspec.msgpack.encode(letter), until))
        try:
            async with asyncio.timeout_at(until):
                return await answer
        except TimeoutError:
            raise Unreachable(f"{process} did not answer") from None
        finally:
            del self._asked[number]

    def serve(self, answering: Answering) -> None:
        """Let others ask this process."""
        self._answering = answering

    async def healthy(self) -> bool:
        """Whether Redis answered the last time it was spoken to."""
        return self._reachable

    # Out

    def _post(self, letter: _Letter) -> None:
        self._outbox.append(letter)
        self._posted.set()

    async def _send(self) -> None:
        while not self._closed:
            await self._posted.wait()
            self._posted.clear()
            while self._outbox:
                letters = [self._outbox.popleft() for _ in range(min(TOGETHER, len(self._outbox)))]
                await self._send_all(letters)

    async def _send_all(self, letters: list[_Letter]) -> None:
        sent = await self._sent(letters)
        while not sent and not self._closed:
            await asyncio.sleep(RETRY)
            sent = await self._sent(letters)

    async def _sent(self, letters: list[_Letter]) -> bool:
        """What was sent twice because Redis went away in between is dropped by its reader."""
        now = asyncio.get_running_loop().time()
        timely = [each for each in letters if each.until is None or each.until > now]
        try:
            async with self.redis.pipeline(transaction=False) as pipe:
                for each in timely:
                    pipe.xadd(each.stream, {"m": each.message}, maxlen=LONGEST, approximate=True)
                for stream in {each.stream for each in timely}:
                    pipe.expire(stream, EXPIRES)
                await pipe.execute()
        except (RedisError, OSError) as error:
            self._lost(error)
            return False
        self._found()
        return True

    # In

    async def _read(self) -> None:
        while not self._closed:
            places: dict[Any, Any] = dict(self._read_to)
            try:
                found: Any = await self.redis.xread(places, count=500, block=BLOCK)
            except (RedisError, OSError) as error:
                self._lost(error)
                await asyncio.sleep(RETRY)
                continue
            self._found()
            for stream, messages in found or ():
                for place, fields in messages:
                    self._hear(stream.decode(), place.decode(), fields[b"m"])

    def _hear(self, stream: str, place: str, message: bytes) -> None:
        if stream in self._read_to:
            self._read_to[stream] = place
        try:
            if stream == _box(self.process):
                self._open(message)
            else:
                for heard in tuple(self._followers.get(stream, ())):
                    heard(message)
        except Exception:
            log.exception("A message from %s could not be taken", stream)

    def _open(self, message: bytes) -> None:
        letter = _letters.decode(message)
        if isinstance(letter, _Question):
            self._start(self._reply(letter), "bus reply")
        elif (waiting := self._asked.get(letter.number)) is not None and not waiting.done():
            waiting.set_result(letter.answer)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = self._tasks.create_task(work, name=name)
        self._own.add(task)
        task.add_done_callback(self._own.discard)

    async def _reply(self, letter: _Question) -> None:
        if self._answering is None:
            return
        try:
            answer = await self._answering(letter.question)
        except Exception:
            log.exception("A question from %s could not be answered", letter.process)
            return
        body = msgspec.msgpack.encode(_Reply(letter.number, answer))
        self._post(
            _Letter(_box(letter.process), body, asyncio.get_running_loop().time() + PATIENCE)
        )

    async def _end(self, stream: str) -> str:
        """The place of the stream's newest message: what comes behind it will be read."""
        try:
            newest: Any = await self.redis.xrevrange(stream, count=1)
        except (RedisError, OSError) as error:
            raise Unreachable(f"Redis does not answer: {error}") from error
        return newest[0][0].decode() if newest else START

    def _lost(self, error: Exception) -> None:
        if self._reachable:
            log.warning("Redis does not answer: %s", error)
        self._reachable = False

    def _found(self) -> None:
        if not self._reachable:
            log.warning("Redis answers again")
        self._reachable = True


def connected(url: str) -> Redis:
    """A client that speaks the older protocol, whose answers have one shape in all versions."""
    return Redis.from_url(
        url, protocol=2, socket_connect_timeout=CONNECTING, socket_timeout=CONNECTING
    )


class _Letter(NamedTuple):
    """Something to be sent."""

    stream: str
    message: bytes
    until: float | None
    "Of the loop's clock; sent later it is of no use any more."


class _Question(Struct, frozen=True, tag="question"):
    process: str
    number: int
    question: bytes


class _Reply(Struct, frozen=True, tag="reply"):
    number: int
    answer: bytes


_letters = msgspec.msgpack.Decoder(_Question | _Reply)


def _topic(topic: str) -> str:
    return f"{PREFIX}topic:{topic}"


def _box(process: str) -> str:
    return f"{PREFIX}box:{process}"
