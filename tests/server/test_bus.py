"""One set of promises for every bus: in memory, and over a real redis-server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from server.bus import Bus, Exchange, MemoryBus, Unreachable
from server.redis_bus import LONGEST, RedisBus
from tests.redis_server import RedisServer

SOON = 10.0  # seconds; far more than any of it takes

Joining = Callable[[str], Awaitable[Bus]]


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A redis-server of its own for the test."""
    with RedisServer(tmp_path) as server:
        yield server


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def joining(request: pytest.FixtureRequest) -> AsyncIterator[Joining]:
    """Lets another process onto the bus."""
    exchange = Exchange()
    async with AsyncExitStack() as stack:

        async def memory(process: str) -> Bus:
            return await stack.enter_async_context(MemoryBus(process, exchange))

        async def redis(process: str) -> Bus:
            url = request.getfixturevalue("redis_server").url
            return await stack.enter_async_context(RedisBus(url, process))

        yield memory if request.param == "memory" else redis


class Heard:
    """Collects what a topic says."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self._more = asyncio.Event()

    def __call__(self, message: bytes) -> None:
        self.messages.append(message)
        self._more.set()

    async def until(self, last: bytes) -> list[bytes]:
        async with asyncio.timeout(SOON):
            while not self.messages or self.messages[-1] != last:
                self._more.clear()
                await self._more.wait()
        return self.messages


async def test_everybody_who_follows_hears_everything_in_order(joining: Joining) -> None:
    anna, ben = await joining("anna"), await joining("ben")
    here, there = Heard(), Heard()
    await anna.follow("hall", here)
    await ben.follow("hall", there)
    words = [b"%d" % n for n in range(300)]
    for word in words:
        anna.publish("hall", word)
    assert await here.until(words[-1]) == words
    assert await there.until(words[-1]) == words


async def test_a_topic_is_not_heard_by_those_who_follow_another(joining: Joining) -> None:
    anna = await joining("anna")
    hall, garden = Heard(), Heard()
    await anna.follow("hall", hall)
    await anna.follow("garden", garden)
    anna.publish("hall", b"in the hall")
    anna.publish("garden", b"in the garden")
    assert await garden.until(b"in the garden") == [b"in the garden"]
    assert await hall.until(b"in the hall") == [b"in the hall"]


async def test_who_follows_later_hears_what_is_said_from_then_on(joining: Joining) -> None:
    anna, ben = await joining("anna"), await joining("ben")
    early, late = Heard(), Heard()
    await anna.follow("hall", early)
    anna.publish("hall", b"one")
    await early.until(b"one")
    await ben.follow("hall", late)
    anna.publish("hall", b"two")
    assert await late.until(b"two") == [b"two"]


async def test_who_unfollows_hears_no_more(joining: Joining) -> None:
    anna = await joining("anna")
    gone, still = Heard(), Heard()
    unfollow = await anna.follow("hall", gone)
    await anna.follow("hall", still)
    unfollow()
    unfollow()
    anna.publish("hall", b"one")
    await still.until(b"one")
    assert gone.messages == []


async def test_a_question_is_answered(joining: Joining) -> None:
    anna, ben = await joining("anna"), await joining("ben")

    async def shout(question: bytes) -> bytes:
        return question.upper()

    ben.serve(shout)
    assert await anna.ask("ben", b"hello", patience=SOON) == b"HELLO"


async def test_questions_arrive_in_order_and_each_gets_its_own_answer(joining: Joining) -> None:
    anna, ben = await joining("anna"), await joining("ben")
    arrived: list[bytes] = []

    async def later(question: bytes) -> bytes:
        arrived.append(question)
        await asyncio.sleep(0.02 if int(question) % 2 else 0)
        return b"answer " + question

    ben.serve(later)
    questions = [b"%d" % n for n in range(50)]
    answers = await asyncio.gather(*(anna.ask("ben", each, patience=SOON) for each in questions))
    assert answers == [b"answer " + each for each in questions]
    assert arrived == questions


async def test_nobody_there_is_unreachable(joining: Joining) -> None:
    anna = await joining("anna")
    with pytest.raises(Unreachable):
        await anna.ask("nobody", b"hello", patience=0.1)


async def test_who_does_not_answer_in_time_is_unreachable(joining: Joining) -> None:
    anna, ben = await joining("anna"), await joining("ben")

    async def never(question: bytes) -> bytes:
        await asyncio.Event().wait()
        return b""

    ben.serve(never)
    with pytest.raises(Unreachable):
        await anna.ask("ben", b"hello", patience=0.1)


# Redis alone


@pytest.mark.redis
async def test_what_was_published_while_redis_was_away_arrives(redis_server: RedisServer) -> None:
    heard = Heard()
    async with RedisBus(redis_server.url, "anna") as anna, RedisBus(redis_server.url, "ben") as ben:
        await ben.follow("hall", heard)
        anna.publish("hall", b"before")
        await heard.until(b"before")
        redis_server.stop()
        anna.publish("hall", b"meanwhile")
        await asyncio.sleep(0.6)
        assert not await anna.healthy()
        redis_server.start()
        anna.publish("hall", b"after")
        assert await heard.until(b"after") == [b"before", b"meanwhile", b"after"]
        assert await anna.healthy()


@pytest.mark.redis
async def test_no_redis_is_said_at_once(redis_server: RedisServer) -> None:
    redis_server.stop()
    with pytest.raises(Unreachable):
        async with RedisBus(redis_server.url, "anna"):
            pass


@pytest.mark.redis
async def test_redis_does_not_fill_up(redis_server: RedisServer) -> None:
    heard = Heard()
    async with RedisBus(redis_server.url, "anna") as anna:
        await anna.follow("hall", heard)
        for n in range(2 * LONGEST):
            anna.publish("hall", b"%d" % n)
        await heard.until(b"%d" % (2 * LONGEST - 1))
        assert await anna.redis.xlen("foyer:topic:hall") < LONGEST * 1.2
        assert await anna.redis.ttl("foyer:topic:hall") > 0
