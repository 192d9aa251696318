"""Serving: what is looked at before the doors open, and how they are opened."""

from __future__ import annotations

import contextlib
import errno
import socket as sockets
from collections.abc import Iterator
from typing import Final

import uvicorn

from rooms.media import control
from server import app, ties
from server.archive import newest_gathering, opened_store
from server.failure import Failure, run
from server.settings import Settings
from server.socket import Http, Socket, listening_socket

GOING_DOWN: Final = 6  # seconds uvicorn waits for connections before it ends them


def serve(given: Settings) -> None:
    """Serve until told to stop. Raises `Failure`, `NoGathering`, `OSError` or `sqlite3.Error`
    when that cannot even begin."""
    with ports(given) as listening:
        serve_at(listening, given)


@contextlib.contextmanager
def ports(given: Settings) -> Iterator[sockets.socket]:
    """The TCP port, listening, after a look at the UDP ports; raises `Failure`."""
    with contextlib.closing(_listen(given)) as listening:
        _check_media_port(given)
        yield listening


def serve_at(listening: sockets.socket, given: Settings) -> None:
    """The same at a port that is open already."""
    run(_check(given))
    config = uvicorn.Config(
        app.build(given),
        http=Http,
        ws=Socket,
        loop="uvloop",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1,::1",
        timeout_graceful_shutdown=GOING_DOWN,
    )
    print(f"Foyer is open at {given.public_url}", flush=True)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(given: Settings) -> sockets.socket:
    try:
        return listening_socket(given.host, given.port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Failure(
                f"Port {given.port} is taken. Set FOYER_PORT to another one, or stop what uses it."
            ) from None
        raise Failure(
            f"Foyer cannot listen on {given.host}:{given.port}: {error.strerror}."
            " See FOYER_HOST and FOYER_PORT."
        ) from None


def _check_media_port(given: Settings) -> None:
    """A media process that finds its port taken could only try again and again."""
    for index in range(given.media_processes):
        if control.socket_path(given.data, index).exists():
            continue  # one is running already, or was killed a moment ago
        port = given.media_port + index
        for host in given.media_host.split(","):
            family = sockets.AF_INET6 if ":" in host else sockets.AF_INET
            with sockets.socket(family, sockets.SOCK_DGRAM) as probe:
                if family == sockets.AF_INET6:
                    probe.setsockopt(sockets.IPPROTO_IPV6, sockets.IPV6_V6ONLY, 1)
                try:
                    probe.bind((host, port))
                except OSError as error:
                    raise Failure(
                        f"UDP port {port} cannot be used: {error.strerror}. See FOYER_MEDIA_PORT."
                    ) from None


async def _check(given: Settings) -> None:
    """Whether the parts can be reached, so that what is wrong is said in one line."""
    async with opened_store(given) as archive:
        await newest_gathering(archive)
    async with ties.tied(given, "looking"):
        pass
