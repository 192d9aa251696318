"""The fair with 250 people: pages beside a plain page, queues beside a word in the chat.

Twenty booths, 60 offers, 200 CV cards and 80 posters on a real server, with everybody connected
over real WebSockets. Run by `make bench`, or `python -m tests.benchmarks.fair`.
"""

from __future__ import annotations

import asyncio
import gzip
import http.client
import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from tests.benchmarks import fairground, rows
from tests.benchmarks.caller import Caller
from tests.benchmarks.fairground import STAGE, TALENTS
from tests.running import Running

PAGES = {
    "/agenda": "the agenda, a plain page",
    "/booths": "all booths",
    "/booths/b00": "one booth",
    "/board": "the board",
    "/exhibition": "the exhibition",
}
LOADS = 60  # of each page, in turn
OPERATIONS = 500  # of each kind, in turn
PACE = 0.01  # seconds between two of them
RELOADS = 50
MOVING = 20  # people who take numbers and give them back
ASSET = re.compile(r'<(?:link rel="(?:stylesheet|modulepreload)" href|script[^>]* src)="([^"]+)"')
IMPORT = re.compile(r'^(?:import|export)\b[^"]*"(\.[^"]+\.js)"', re.MULTILINE)


def main() -> None:
    """Fill a house, and print what its pages and queues take."""
    with tempfile.TemporaryDirectory() as folder:
        server, signed = fairground.house(Path(folder))
        try:
            asyncio.run(fairground.fill(server, signed))
            _report(server, signed)
        finally:
            server.stop()


def _report(server: Running, signed: dict[str, str]) -> None:
    print(
        f"{fairground.BOOTHS} booths, {fairground.OFFERS} offers, {fairground.CARDS} cards,"
        f" {fairground.POSTERS} posters, {fairground.PEOPLE} people connected"
    )
    moving = set(TALENTS[-MOVING:])
    reloading = TALENTS[:RELOADS]
    others = [cookie for person, cookie in signed.items() if person not in {*moving, *reloading}]
    with rows.seated(server, others, ("foyer", STAGE, "lounge", "fair")):
        asyncio.run(_measure(server, signed, sorted(moving), reloading))


async def _measure(
    server: Running, signed: dict[str, str], moving: Sequence[str], reloading: Sequence[str]
) -> None:
    lines = {person: await _come(server, signed, person) for person in (*moving, *reloading)}
    await _queues(lines, moving)
    await asyncio.to_thread(_pages, server, signed)
    await _reload(server, signed, lines, reloading)
    for each in lines.values():
        await each.close()


# Pages


def _pages(server: Running, signed: dict[str, str]) -> None:
    person = fairground.visitor(server, signed, TALENTS[RELOADS])
    loads: dict[str, list[float]] = {path: [] for path in PAGES}
    for _ in range(LOADS):
        for path, taken in loads.items():
            began = time.perf_counter()
            answer = person.get(path)
            taken.append((time.perf_counter() - began) * 1000)
            assert answer.status == 200, (path, answer.status)
    plain = statistics.median(loads["/agenda"])
    print(f"pages, {LOADS} loads of each; target 100 ms, and 150 KB at first view")
    for path, taken in loads.items():
        text = person.get(path).text
        page, whole = _packed(text.encode()), _packed(text.encode()) + _assets(server, text)
        print(
            f"  {PAGES[path]:26} median {statistics.median(taken):6.1f} ms"
            f"   p99 {_p99(taken):6.1f} ms   {statistics.median(taken) / plain:4.1f} × plain"
            f"   {page:5.1f} KB, {whole:5.1f} KB with styles and scripts"
        )


def _assets(server: Running, text: str) -> float:
    """Kilobytes of all styles and scripts of a page, as a proxy would pack them."""
    waiting, known = ASSET.findall(text), dict[str, float]()
    while waiting:
        path = waiting.pop()
        if path not in known:
            body = _fetched(server, path)
            known[path] = _packed(body)
            if ".js" in path:
                waiting += [urljoin(path, each) for each in IMPORT.findall(body.decode())]
    return sum(known.values())


def _fetched(server: Running, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", path, headers={"host": urlsplit(server.url).netloc})
        return connection.getresponse().read()
    finally:
        connection.close()


def _packed(data: bytes) -> float:
    return len(gzip.compress(data)) / 1024


# Queues


async def _come(server: Running, signed: dict[str, str], person: str) -> Caller:
    caller = await Caller.call(server, signed[person])
    for room in ("foyer", STAGE, "lounge"):
        await caller.enter(room)
    return caller


async def _queues(lines: dict[str, Caller], moving: Sequence[str]) -> None:
    """Numbers taken and given back, each beside a word in the chat by the same person."""
    taken: dict[str, list[float]] = {"take": [], "chat": [], "give back": []}
    for turn in range(OPERATIONS):
        person = moving[turn % len(moving)]
        booth = f"b{turn % fairground.BOOTHS:02}"
        words: dict[str, tuple[str, str, dict[str, Any]]] = {
            "take": ("lounge", "booth.take-number", {"booth": booth, "topic": "Praktikum"}),
            "chat": (STAGE, "chat.say", {"text": f"Guten Abend {turn}"}),
            "give back": ("lounge", "booth.give-back", {"booth": booth}),
        }
        for what, (room, command, fields) in words.items():
            began = time.perf_counter()
            await lines[person].do(room, command, **fields)
            taken[what].append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(PACE)
    print(f"answers to {OPERATIONS} words of each kind; target 10 ms for 99 of 100")
    yardstick = statistics.median(taken["chat"])
    for what, spent in taken.items():
        name = {"take": "take a number", "chat": "a word in the chat"}.get(what, "give it back")
        print(
            f"  {name:26} median {statistics.median(spent):6.2f} ms   p99 {_p99(spent):6.2f} ms"
            f"   {statistics.median(spent) / yardstick:4.1f} × chat"
        )


# Reloads


async def _reload(
    server: Running,
    signed: dict[str, str],
    lines: dict[str, Caller],
    reloading: Sequence[str],
) -> None:
    """Everybody in one queue loads the booth's page anew at the same moment."""
    for person in reloading:
        await lines[person].do("lounge", "booth.take-number", booth="b00", topic="")
    before = {person: await _place(lines[person]) for person in reloading}
    began = time.perf_counter()

    async def reload(person: str) -> tuple[int, int]:
        await lines[person].close()
        page = fairground.visitor(server, signed, person)
        answer = await asyncio.to_thread(page.get, "/booths/b00")
        assert answer.status == 200
        lines[person] = await Caller.call(server, signed[person])
        return await _place(lines[person])

    places = await asyncio.gather(*(reload(person) for person in reloading))
    after = dict(zip(reloading, places, strict=True))
    lost = sum(before[person] != after[person] for person in reloading)
    spent = time.perf_counter() - began
    print(
        f"{RELOADS} of one queue reload at once: {lost} places changed, all back in {spent:.1f} s"
    )
    assert lost == 0, (before, after)


async def _place(caller: Caller) -> tuple[int, int]:
    """One's number, and how many are before one."""
    shown = (await caller.enter("lounge"))["booths"]
    number = shown["tickets"]["b00"]["number"]
    return number, shown["booths"]["b00"]["queue"].index(number)


def _p99(spent: Sequence[float]) -> float:
    return sorted(spent)[int(len(spent) * 0.99) - 1]


if __name__ == "__main__":
    main()
