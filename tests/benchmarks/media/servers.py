"""The servers that are measured: how each is started, and how one joins it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec

from rooms.media import control
from tests.benchmarks.media import usage
from tests.benchmarks.media.source import Clip, Pattern, Source
from tests.namespace import ADDRESS

STARTING: Final = 15.0  # seconds until a server must listen
BEGINNINGS: Final = 5  # Janus now and then ends at once, finding no transport
ANSWERING: Final = 20.0  # seconds until it must answer
LOOPBACK: Final = "127.0.0.1"
STAGE: Final = "main"
SOURCE: Final = "elif/camera"
LINKING: Final = 1.0  # seconds between two times our processes are told of each other
TWICE: Final = "foyer-twice"
"Not beside the others but for the scaling: two processes, one of which passes on to the other."
ROOM: Final = 1
JANUS: Final = Path("/usr/lib/x86_64-linux-gnu/janus")


class Server(Protocol):
    """One server under test."""

    note: str
    "what was set"
    address: str
    "where its clients sit"

    @property
    def pids(self) -> tuple[int, ...]:
        """Its processes."""

    def source(self) -> Source:
        """What it can be fed with."""

    async def start(self, folder: Path) -> None:
        """Start it on the server's core, with `folder` for what it writes."""

    async def publish(self, offer: str) -> str:
        """Hand in the publisher's offer; returns the answer."""

    async def invite(self, number: int) -> str:
        """Ask for the offer to a viewer."""

    async def accept(self, number: int, answer: str) -> None:
        """Hand in that viewer's answer."""

    async def dismiss(self, number: int) -> None:
        """That viewer goes."""

    async def stop(self) -> None:
        """End the process."""


class Foyer:
    """Our media processes, as the server drives them. All have viewers, the first a publisher."""

    address = LOOPBACK

    def __init__(self, fanout: str, processes: int = 1) -> None:
        self.note = f"python -m rooms.media --fanout {fanout}"
        if processes > 1:
            self.note += f"; {processes} processes, the second beside the load on its core"
        self._fanout = fanout
        self._processes = [_MediaProcess() for _ in range(processes)]
        self._linking: asyncio.Task[None] | None = None

    @property
    def pids(self) -> tuple[int, ...]:
        return tuple(each.pid for each in self._processes)

    def source(self) -> Source:
        return Pattern()

    async def start(self, folder: Path) -> None:
        for at, process in enumerate(self._processes):
            await process.start(folder, self._fanout, usage.cores()[at % 2])
        self._linking = asyncio.create_task(self._link())

    async def publish(self, offer: str) -> str:
        answer = await self._processes[0].ask(
            lambda number: control.OpenPublisher(number, "publisher", SOURCE, offer)
        )
        for each in self._processes:
            each.say(control.Route(STAGE, "speaker", SOURCE))
        assert isinstance(answer, control.Answered), answer
        return answer.sdp

    async def invite(self, number: int) -> str:
        answer = await self._at(number).ask(
            lambda asked: control.OpenViewer(asked, f"viewer-{number}", STAGE)
        )
        assert isinstance(answer, control.Offered), answer
        return answer.sdp

    async def accept(self, number: int, answer: str) -> None:
        await self._at(number).ask(lambda asked: control.Accept(asked, f"viewer-{number}", answer))

    async def dismiss(self, number: int) -> None:
        self._at(number).say(control.Close(f"viewer-{number}"))

    async def stop(self) -> None:
        if self._linking is not None:
            self._linking.cancel()
        for each in self._processes:
            await each.stop()

    def _at(self, number: int) -> _MediaProcess:
        return self._processes[number % len(self._processes)]

    async def _link(self) -> None:
        """Tell them of each other, as the server does."""
        while True:
            for one in self._processes:
                for other in self._processes:
                    if other is not one and other.neighbour is not None:
                        one.say(control.Link(other.neighbour))
            await asyncio.sleep(LINKING)


class _MediaProcess:
    """One of ours, over its control socket."""

    def __init__(self) -> None:
        self.neighbour: control.Neighbour | None = None
        "how others reach it, once it has said so"
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: dict[int, asyncio.Future[control.Answer]] = {}
        self._ids = itertools.count(1)

    @property
    def pid(self) -> int:
        return _running(self._process).pid

    async def start(self, folder: Path, fanout: str, core: int) -> None:
        path = folder / f"media-{core}.sock"
        where = ["--socket", str(path), "--host", "127.0.0.1", "--announce", "127.0.0.1"]
        sends = ["--port", "0", "--fanout", fanout]
        command = [sys.executable, "-m", "rooms.media", *where, *sends]
        self._process = _spawn(command, folder, core)
        reader, self._writer = await _dial(path)
        self._listening = asyncio.create_task(self._listen(reader))

    def say(self, request: control.Request) -> None:
        self._writer.write(control.line(request))

    async def ask(self, asking: Callable[[int], control.Request]) -> control.Answer:
        number = next(self._ids)
        self._asked[number] = asyncio.get_running_loop().create_future()
        self.say(asking(number))
        return await asyncio.wait_for(self._asked[number], ANSWERING)

    async def stop(self) -> None:
        self._listening.cancel()
        self._writer.close()
        await _end(self._process)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while text := await reader.readline():
            said = control.reply(text)
            number = getattr(said, "id", None)
            if isinstance(said, control.Linkable):
                self.neighbour = said.ours
            elif number in self._asked:
                self._asked.pop(number).set_result(said)  # type: ignore[arg-type]


class Relay:
    """aiortc's own MediaRelay, which decodes once and encodes for every viewer."""

    note = "MediaRelay; real VP8, since it decodes, and encodes for each (its join includes that)"
    address = LOOPBACK

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: dict[int, asyncio.Future[str]] = {}
        self._ids = itertools.count(1)

    @property
    def pids(self) -> tuple[int, ...]:
        return (_running(self._process).pid,)

    def source(self) -> Source:
        return Clip.encoded()

    async def start(self, folder: Path) -> None:
        path = folder / "relay.sock"
        command = [sys.executable, "-m", "tests.benchmarks.media.relay", str(path)]
        self._process = _spawn(command, folder)
        reader, self._writer = await _dial(path)
        self._listening = asyncio.create_task(self._listen(reader))

    async def publish(self, offer: str) -> str:
        return await self._ask("publish", 0, offer)

    async def invite(self, number: int) -> str:
        return await self._ask("invite", number)

    async def accept(self, number: int, answer: str) -> None:
        await self._ask("accept", number, answer)

    async def dismiss(self, number: int) -> None:
        await self._ask("dismiss", number)

    async def stop(self) -> None:
        self._listening.cancel()
        self._writer.close()
        await _end(self._process)

    async def _ask(self, deed: str, number: int, text: str = "") -> str:
        asked = next(self._ids)
        future = self._asked[asked] = asyncio.get_running_loop().create_future()
        self._writer.write(msgspec.json.encode([asked, deed, number, text]) + b"\n")
        return await asyncio.wait_for(future, ANSWERING)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            asked, text = msgspec.json.decode(line, type=tuple[int, str])
            self._asked.pop(asked).set_result(text)


class Janus:
    """Janus from Debian with its video room, over its Unix socket."""

    def __init__(self, event_loops: int | None) -> None:
        tuned = "" if event_loops is None else f", event_loops = {event_loops}"
        self.note = f"Debian's 1.1.2, video room, full ICE{tuned}; only its Unix socket enabled"
        self.address = ADDRESS  # Janus leaves the loopback out; we run in a namespace of our own
        self._event_loops = event_loops
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._asked: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._ids = itertools.count(1)
        self._sending = asyncio.Lock()
        self._session = 0
        self._feed = 0
        self._handles: dict[int, int] = {}
        self._keeping: asyncio.Task[None] | None = None

    @property
    def pids(self) -> tuple[int, ...]:
        return (_running(self._process).pid,)

    def source(self) -> Source:
        return Pattern()

    async def start(self, folder: Path) -> None:
        path = folder / "janus.sock"
        self._configure(folder, path)
        for _ in range(BEGINNINGS):
            process = self._process = _spawn(["janus", "-F", str(folder), "-o"], folder)
            self._socket = await _dial_packets(path, process)
            if self._socket is not None:
                break
        if self._socket is None:
            raise RuntimeError("Janus did not start")
        asyncio.get_running_loop().add_reader(self._socket, self._read)
        self._session = (await self._ask({"janus": "create"}))["data"]["id"]
        self._keeping = asyncio.create_task(self._keep())
        room = {"request": "create", "room": ROOM, "publishers": 2}
        await self._tell(await self._attach(), room | {"audiocodec": "opus", "videocodec": "vp8"})

    async def publish(self, offer: str) -> str:
        handle = await self._attach()
        joined = await self._tell(handle, {"request": "join", "ptype": "publisher", "room": ROOM})
        self._feed = joined["plugindata"]["data"]["id"]
        answer = await self._tell(handle, {"request": "publish"}, {"type": "offer", "sdp": offer})
        return str(answer["jsep"]["sdp"])

    async def invite(self, number: int) -> str:
        handle = self._handles[number] = await self._attach()
        wish = {"request": "join", "ptype": "subscriber", "room": ROOM}
        offered = await self._tell(handle, wish | {"streams": [{"feed": self._feed}]})
        return str(offered["jsep"]["sdp"])

    async def accept(self, number: int, answer: str) -> None:
        handle = self._handles[number]
        await self._tell(handle, {"request": "start"}, {"type": "answer", "sdp": answer})

    async def dismiss(self, number: int) -> None:
        await self._ask(self._about(self._handles.pop(number)) | {"janus": "detach"})

    async def stop(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
        await _end(self._process)

    def _configure(self, folder: Path, path: Path) -> None:
        # Everything not named here keeps its default; what would listen elsewhere is off.
        loops = "" if self._event_loops is None else f"\n\tevent_loops = {self._event_loops}"
        transports = _others("transports", "libjanus_pfunix.so")
        plugins = _others("plugins", "libjanus_videoroom.so")
        (folder / "janus.jcfg").write_text(
            f'general: {{\n\tconfigs_folder = "{folder}"\n\tdebug_level = 3{loops}\n'
            f'\tplugins_folder = "{JANUS}/plugins"\n\ttransports_folder = "{JANUS}/transports"\n'
            f'\tevents_folder = "{JANUS}/events"\n\tloggers_folder = "{JANUS}/loggers"\n}}\n'
            f'nat: {{\n\tice_enforce_list = "{self.address}"\n}}\n'
            f'transports: {{\n\tdisable = "{transports}"\n}}\n'
            f'plugins: {{\n\tdisable = "{plugins}"\n}}\n'
        )
        (folder / "janus.transport.pfunix.jcfg").write_text(
            f'general: {{\n\tenabled = true\n\tjson = "compact"\n\tpath = "{path}"\n}}\n'
        )
        (folder / "janus.plugin.videoroom.jcfg").write_text("general: {\n}\n")

    async def _attach(self) -> int:
        attached = await self._ask({"janus": "attach", "plugin": "janus.plugin.videoroom"})
        return int(attached["data"]["id"])

    async def _tell(
        self, handle: int, body: dict[str, Any], jsep: dict[str, str] | None = None
    ) -> dict[str, Any]:
        message = self._about(handle) | {"janus": "message", "body": body}
        return await self._ask(message | ({"jsep": jsep} if jsep else {}))

    def _about(self, handle: int) -> dict[str, Any]:
        return {"handle_id": handle}

    async def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        name = str(next(self._ids))
        future = self._asked[name] = asyncio.get_running_loop().create_future()
        whole = message | {"transaction": name}
        if self._session:
            whole["session_id"] = self._session
        await self._send(whole)
        answer: dict[str, Any] = await asyncio.wait_for(future, ANSWERING)
        failed = answer.get("plugindata", {}).get("data", {}).get("error")
        if answer["janus"] == "error" or failed:
            raise RuntimeError(f"Janus refused: {answer}")
        return answer

    async def _send(self, message: dict[str, Any]) -> None:
        if self._socket is None:
            raise RuntimeError("not started")
        async with self._sending:  # one at a time: it may have to wait for the socket
            data = json.dumps(message).encode()
            await asyncio.get_running_loop().sock_sendall(self._socket, data)

    def _read(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._socket is not None and (data := self._socket.recv(1 << 18)):
                said = json.loads(data)
                if said["janus"] == "ack" or said.get("transaction") not in self._asked:
                    continue
                self._asked.pop(said["transaction"]).set_result(said)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(20)
            text = {"janus": "keepalive", "session_id": self._session, "transaction": "keep"}
            await self._send(text)


SERVERS: Final[dict[str, Callable[[], Server]]] = {
    "foyer": lambda: Foyer("plain"),
    "foyer-accelerated": lambda: Foyer("accelerated"),
    "aiortc-relay": Relay,
    "janus": lambda: Janus(None),
    "janus-tuned": lambda: Janus(1),
    TWICE: lambda: Foyer("auto", 2),
}


def _others(folder: str, wanted: str) -> str:
    return ",".join(each.name for each in (JANUS / folder).glob("*.so") if each.name != wanted)


def _spawn(
    command: Sequence[str], folder: Path, core: int | None = None
) -> subprocess.Popen[bytes]:
    """Start a process on the server's core, or another. What it says goes to a file."""
    core = usage.cores()[0] if core is None else core
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _running(process: subprocess.Popen[bytes] | None) -> subprocess.Popen[bytes]:
    if process is None:
        raise RuntimeError("not started")
    if process.poll() is not None:
        raise RuntimeError(f"the server has gone: {process.returncode}")
    return process


async def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process is None:
        return
    process.terminate()
    for _ in range(50):
        if process.poll() is not None:
            return
        await asyncio.sleep(0.1)
    process.kill()
    process.wait()


async def _dial(path: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    async with asyncio.timeout(STARTING):
        while True:
            with contextlib.suppress(OSError):
                return await asyncio.open_unix_connection(path, limit=control.LINE_LIMIT)
            await asyncio.sleep(0.05)


async def _dial_packets(path: Path, process: subprocess.Popen[bytes]) -> socket.socket | None:
    """Connect as soon as it listens; None if it ended before that."""
    async with asyncio.timeout(STARTING):
        while process.poll() is None:
            made = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            try:
                made.connect(os.fspath(path))
            except OSError:
                made.close()
                await asyncio.sleep(0.05)
            else:
                made.setblocking(False)
                return made
    return None
