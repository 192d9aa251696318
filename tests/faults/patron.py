"""Somebody who never gives up: numbers every word, and repeats it until the house has answered."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidHandshake, WebSocketException

from tests.running import Running
from tests.server.visitor import Visitor

ROOM = "stage-gross"
PACE = 0.12  # seconds between an answer and the next word
RETURNS_WITHIN = 40.0  # seconds until a killed house talks again, on a loaded machine
PATIENCE = 4.0  # seconds after which the same is said again on a new line


class Patron:
    """Says "NAME 0", "NAME 1" … in the chat, and takes down what can be heard there."""

    def __init__(self, person: str, servers: Sequence[Running]) -> None:
        self.person = person
        self.answered: dict[int, int] = {}
        "The place in the log that the house named, by the number of the word."
        self.lines: list[tuple[str, str]] = []
        "Who said what, in the order in which it was heard."
        self.seq = 0
        self.agenda: dict[str, Any] = {}
        self.faults: list[str] = []
        self._servers = list(servers)
        self._next = 0
        self._visitor = Visitor(servers[0]).sign_in(person)
        self._enough = asyncio.Event()
        self._answer = asyncio.Event()

    async def run(self) -> None:
        """Come back again and again until told that it is enough and the last word is answered."""
        while not self.is_done:
            self._visitor.server = self._servers[self._next]
            self._next = (self._next + 1) % len(self._servers)
            with contextlib.suppress(OSError, TimeoutError, WebSocketException, InvalidHandshake):
                async with self._visitor.live() as line:
                    await self._visit(line)
            await asyncio.sleep(PACE)

    def begin_at(self, server: Running) -> None:
        """Go to this server first."""
        self._next = self._servers.index(server)

    def enough(self) -> None:
        """Say no new word."""
        self._enough.set()

    async def until_answered(self, words: int) -> None:
        """Wait until so many more words are answered."""
        async with asyncio.timeout(RETURNS_WITHIN):
            enough = len(self.answered) + words
            while len(self.answered) < enough:
                self._answer.clear()
                await self._answer.wait()

    @property
    def is_done(self) -> bool:
        return self._enough.is_set()

    @property
    def heard(self) -> list[str]:
        """The texts, in order."""
        return [text for _, text in self.lines]

    async def _visit(self, line: ClientConnection) -> None:
        for room in ("foyer", ROOM):
            await line.send(json.dumps({"type": "join", "room": room}))
        while not self.is_done:
            number = len(self.answered)
            command = {"type": "chat.say", "text": f"{self.person} {number}"}
            op = f"{self.person}-{number:08}"
            await line.send(json.dumps({"type": "do", "op": op, "room": ROOM, "command": command}))
            answer = await self._until_answered(line, op)
            if answer["type"] == "done":
                self.answered[number] = answer["seq"]
                self._answer.set()
            await asyncio.sleep(PACE)
        async with asyncio.timeout(1.0):  # what is still on its way
            while True:
                self._take(json.loads(await line.recv()))

    async def _until_answered(self, line: ClientConnection, op: str) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while True:
                frame: dict[str, Any] = json.loads(await line.recv())
                if frame.get("op") == op:
                    return frame
                self._take(frame)

    def _take(self, frame: dict[str, Any]) -> None:
        match frame:
            case {"type": "snapshot", "room": "foyer", "shown": shown}:
                self.agenda = shown["agenda"]
            case {"type": "shown", "view": {"type": "agenda.shown"} as view}:
                self.agenda = view
            case {"type": "snapshot", "room": room, "seq": seq, "shown": shown} if room == ROOM:
                self._take_over(seq, shown)
            case {"type": "told", "room": room, "seq": seq, "event": event} if room == ROOM:
                self._hear(seq, event)

    def _take_over(self, seq: int, shown: dict[str, Any]) -> None:
        """The chat shows its newest lines; what was heard before must go over into them."""
        lines = [(each["by"], each["text"]) for each in shown["chat"]["lines"]]
        known = [each for each in self.lines if each in lines]
        if seq < self.seq or lines[: len(known)] != known:
            self.faults.append(f"the room went back from {self.seq} to {seq}")
        self.lines += lines[len(known) :]
        self.seq = seq

    def _hear(self, seq: int, event: dict[str, Any]) -> None:
        if seq == -1:
            return
        if seq <= self.seq:
            self.faults.append(f"{seq} was told after {self.seq}")
        self.seq = seq
        if event["type"] == "chat.said":
            self.lines.append((event["by"], event["text"]))


def log_of(server: Running, room: str) -> list[tuple[int, dict[str, Any]]]:
    """The room's log as it lies on the disk."""
    with contextlib.closing(sqlite3.connect(server.data / "foyer.db")) as database:
        rows = database.execute("SELECT seq, body FROM event WHERE room = ? ORDER BY seq", (room,))
        return [(seq, json.loads(body)) for seq, body in rows]


def check(patrons: Sequence[Patron], server: Running) -> None:
    """Every answered word is in the log, once, where the house said it is, and everybody has
    heard the same words in the same order."""
    log = log_of(server, ROOM)
    assert [seq for seq, _ in log] == list(range(1, len(log) + 1))
    said = {seq: event["text"] for seq, event in log if event["type"] == "chat.said"}
    texts = list(said.values())
    assert len(texts) == len(set(texts))
    for patron in patrons:
        assert patron.faults == []
        assert len(patron.answered) > 0
        for number, seq in patron.answered.items():
            assert said[seq] == f"{patron.person} {number}"
        heard = patron.heard
        assert heard == texts[texts.index(heard[0]) : texts.index(heard[-1]) + 1]
