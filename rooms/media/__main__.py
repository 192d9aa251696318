"""`python -m rooms.media`: one media process, on one UDP port and one control socket."""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import ipaddress
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final, get_args

from rooms.media import accelerator, built, control
from rooms.media.control import Controllers
from rooms.media.mux import Mux
from rooms.media.switchboard import Switchboard

PORT: Final = 8001
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - media must reach browsers from outside

log = logging.getLogger("rooms.media")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to stop; the exit code says how it went."""
    options = _options().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    os.umask(0o077)  # the control socket is for this user alone
    path: Path = options.socket
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        if not _lock(lock, options.child):
            return control.TAKEN
        path.unlink(missing_ok=True)
        try:
            asyncio.run(_serve(path, options))
        except ImportError as error:
            log.error("%s", error)
            return 1
        except OSError as error:
            log.error(
                "cannot listen on UDP port %s of %s: %s",
                *(options.port, options.host, error.strerror),
            )
            return 1
        path.unlink(missing_ok=True)
    return 0


async def _serve(path: Path, options: argparse.Namespace) -> None:
    stop = _stopping(options.child)
    hosts = _numeric(options.host)
    addresses = _numeric(options.announce) or _own(hosts)
    out = accelerator.spread(options.fanout)
    mux = Mux()
    await mux.open(hosts, options.port)
    controllers = Controllers()
    board = Switchboard(mux, addresses, controllers.tell, out)
    server = await controllers.listen(path, board)
    try:
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(board.run())
            await stop.wait()
            server.close()
            controllers.close()
            running.cancel()
    finally:
        out.close()
        mux.close()


def _stopping(child: bool) -> asyncio.Event:
    """Set by a signal or, for a child, by the end of the parent."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    # An interrupt from the keyboard reaches the parent as well, which then ends its child.
    loop.add_signal_handler(signal.SIGINT, (lambda: None) if child else stop.set)
    if child:
        _watch_parent(loop, stop)
    return stop


def _watch_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    # The parent holds the other end and writes nothing: readable means that it has gone.
    def gone() -> None:
        loop.remove_reader(sys.stdin.fileno())
        stop.set()

    loop.add_reader(sys.stdin.fileno(), gone)


def _options() -> argparse.ArgumentParser:
    folder = Path(os.environ.get("FOYER_DATA", "data"))
    parser = argparse.ArgumentParser(prog="python -m rooms.media", description=__doc__)
    parser.add_argument(
        "--socket", type=Path, default=control.socket_path(folder, 0), help="control socket"
    )
    parser.add_argument("--host", default=EVERYWHERE, help="addresses to listen on, by comma")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("FOYER_MEDIA_PORT", PORT)), help="UDP port"
    )
    parser.add_argument(
        "--announce",
        default=os.environ.get("FOYER_MEDIA_ANNOUNCE", ""),
        help="addresses told to browsers, by comma; by default this machine's own",
    )
    parser.add_argument(
        "--fanout",
        choices=get_args(built.Choice),
        default=os.environ.get("FOYER_MEDIA_FANOUT") or "auto",
        help="what seals and sends: C if it is built (auto), or one of the two",
    )
    parser.add_argument("--child", action="store_true", help="stop when standard input ends")
    return parser


def _lock(lock: IO[str], child: bool) -> bool:
    """Become the one who serves the socket. Started by hand, stand by until it is free."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if child:
            return False
        log.info("another media process serves this socket; standing by")
        fcntl.flock(lock, fcntl.LOCK_EX)
    return True


def _numeric(text: str) -> tuple[str, ...]:
    """The addresses in a list by comma. Names are looked up; raises `OSError`."""
    found: list[str] = []
    for name in filter(None, (each.strip() for each in text.split(","))):
        known = socket.getaddrinfo(name, None, type=socket.SOCK_DGRAM)
        found += [str(address[0]) for *_, address in known]
    return tuple(dict.fromkeys(found))


def _own(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses a browser can reach us by, as far as this machine can know."""
    found: list[str] = []
    for host in hosts:
        if ipaddress.ip_address(host).is_unspecified:
            found += _outward(socket.AF_INET6 if ":" in host else socket.AF_INET)
        else:
            found.append(host)
    return tuple(dict.fromkeys(found))


def _outward(family: socket.AddressFamily) -> list[str]:
    """The address used towards others; asking for it sends nothing."""
    elsewhere = "2001:db8::1" if family == socket.AF_INET6 else "192.0.2.1"
    nearby = "::1" if family == socket.AF_INET6 else "127.0.0.1"
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((elsewhere, 9))
        except OSError:
            return [nearby]
        return [probe.getsockname()[0]]


if __name__ == "__main__":
    sys.exit(main())
