"""Cameras that send and players that receive over HTTP: WHIP (RFC 9725) and WHEP.

No person and no browser of ours stands behind these requests: what counts is the secret that
the desk made for one seat. Answers are plain text for whoever sets the device up.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final, get_args

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from rooms import sources
from rooms.media import reasons
from rooms.pitch import Pitch
from rooms.sources import Place, Source, Way
from schedule.machine import Refused
from server.cameras import KINDS, Call
from server.door import address
from server.media_process import UNAVAILABLE
from server.relay import ice_servers
from server.session import STAGE

SDP: Final = "application/sdp"
FRAGMENT: Final = "application/trickle-ice-sdpfrag"
LARGEST: Final = 40_000  # bytes of a description
WITHIN: Final = 10.0  # seconds for it to arrive
AGAIN: Final = "3"  # seconds until a device should try again

OPEN_TO_ALL: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Location, ETag, Link, Accept-Patch",
}
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "POST, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match",
    "Access-Control-Max-Age": "86400",
}
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# What the media process refuses, as a device can use it.
REFUSALS: Final = {
    reasons.NO_CODEC: HTTPStatus.NOT_ACCEPTABLE,
    reasons.TOO_MUCH: HTTPStatus.NOT_ACCEPTABLE,
    reasons.NOTHING_TO_PLAY: HTTPStatus.NOT_ACCEPTABLE,
    reasons.UNREADABLE: HTTPStatus.BAD_REQUEST,
    reasons.UNKNOWN: HTTPStatus.NOT_FOUND,
    reasons.CROWDED: HTTPStatus.SERVICE_UNAVAILABLE,
    UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}
SAID: Final = {
    reasons.UNREADABLE: "This is not a session description that we can read (RFC 8866).",
    reasons.UNKNOWN: "This session has ended. Please connect anew with a POST.",
}


class _Stop(Exception):
    """This request goes no further; `text` says why."""

    def __init__(self, status: int, text: str, **headers: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


async def endpoint(request: Request) -> Response:
    """Where a camera or a player begins."""
    return await _answered(request, {"POST": _begin, "OPTIONS": _tell})


async def resource(request: Request) -> Response:
    """One connection that was begun."""
    return await _answered(request, {"PATCH": _change, "DELETE": _end, "OPTIONS": _tell})


_Deed = Callable[[Request], Awaitable[Response]]


async def _answered(request: Request, deeds: dict[str, _Deed]) -> Response:
    try:
        _check_open(request)
        deed = deeds.get(request.method)
        if deed is None:
            allowed = ", ".join(deeds)
            raise _Stop(405, f"Only {allowed} can be asked of this address.", Allow=allowed)
        answer = await deed(request)
    except _Stop as stop:
        answer = _text(stop.status, stop.text, stop.headers)
    except Refused as refused:
        answer = _refusal(refused)
    answer.headers.update(OPEN_TO_ALL)
    return answer


async def _tell(request: Request) -> Response:
    """What may be asked from a page of another origin (the secret, no cookie, lets it in)."""
    accepts = {"Accept-Post": SDP} if request.path_params.get("number") is None else {}
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={**PREFLIGHT, **accepts})


async def _begin(request: Request) -> Response:
    """Connect (RFC 9725 §4.2)."""
    call = _call(request, secrets.token_hex(8))
    offer = await _body(request, SDP)
    media, stage, place = request.app.state.media, call.stage, call.place
    if call.way == "in":
        source = sources.source(stage, place)
        answer = await media.open_publisher(call.peer, source, offer, stage, whole=True)
    else:
        answer = await media.open_player(call.peer, stage, place, offer)
    ufrag, _ = await media.describe(call.peer)
    response = Response(answer, HTTPStatus.CREATED, media_type=SDP)
    response.headers["Location"] = f"{request.url.path.rstrip('/')}/{call.number}"
    response.headers["ETag"] = _tag(ufrag)
    response.headers["Accept-Patch"] = FRAGMENT
    for link in _links(request, call):
        response.headers.append("Link", link)
    return response


async def _change(request: Request) -> Response:
    """Trickle, which needs nothing of us, or an ICE restart (RFC 9725 §4.3).

    We speak ICE-lite: a device's own addresses need not be told, for it calls from them.
    """
    call = _call(request)
    fragment = await _body(request, FRAGMENT)
    known = request.headers.get("if-match", "").strip()
    if not known:
        raise _Stop(428, "Please say with If-Match which ETag this is about.")
    if not all(re.search(rf"^a=ice-{name}:\S", fragment, re.M) for name in ("ufrag", "pwd")):
        raise _Stop(400, "This fragment lacks ice-ufrag or ice-pwd (RFC 8840).")
    media = request.app.state.media
    if known == "*":
        ufrag, ours = await media.describe(call.peer, restart=True)
        return Response(ours, HTTPStatus.OK, media_type=FRAGMENT, headers={"ETag": _tag(ufrag)})
    ufrag, _ = await media.describe(call.peer)
    if known != _tag(ufrag):
        raise _Stop(412, "ICE was restarted since. Please use the newest ETag.")
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={"ETag": known})


async def _end(request: Request) -> Response:
    """Hang up."""
    call = _call(request)
    media = request.app.state.media
    await media.describe(call.peer)
    await media.close(call.peer)
    return _text(HTTPStatus.OK, "The session has ended.")


# Who asks, and for what


def _check_open(request: Request) -> None:
    state = request.app.state
    if _way(request) == "out" and not state.settings.whep:
        raise _Stop(404, "Players are switched off here. FOYER_WHEP=yes lets them in.")
    if not state.house.is_open:
        raise _Stop(503, "The house is not open yet. Please try again shortly.", Retry_After=AGAIN)
    if not state.limits.take("media", address(request), time.monotonic()):
        raise _Stop(429, "That was a lot at once. Please wait a moment.", Retry_After=AGAIN)


def _call(request: Request, number: str = "") -> Call:
    """Whose request this is; raises `_Stop` unless its secret is the seat's."""
    stage, place = str(request.path_params["stage"]), str(request.path_params["place"])
    pitch = request.app.state.house.state(STAGE + stage)
    if not isinstance(pitch, Pitch) or place not in get_args(Place):
        raise _Stop(404, "There is no such seat. Please copy the address from the desk.")
    source = _authorised(request, pitch, place)
    number = number or str(request.path_params["number"])
    return Call(_way(request), stage, place, source.secret[:8], number)


def _authorised(request: Request, pitch: Pitch, place: str) -> Source:
    limits, whose = request.app.state.limits, address(request)
    if not limits.left("failed sign-in", whose, time.monotonic()):
        raise _Stop(429, "Too many wrong secrets. Please wait a minute.", Retry_After="60")
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        text = "Please send the secret from the desk as a bearer token."
        raise _Stop(401, text, WWW_Authenticate="Bearer")
    print_ = hashlib.sha256(secret.strip().encode(errors="replace")).hexdigest()
    holds = [each for each in pitch.sources.known if hmac.compare_digest(each.secret, print_)]
    for each in holds:
        if (each.way, each.place) == (_way(request), place):
            return each
    limits.take("failed sign-in", whose, time.monotonic())
    if holds:
        raise _Stop(403, "This secret belongs to another seat. Please check the address.")
    challenge = 'Bearer error="invalid_token"'
    text = "This secret does not hold. Please make a new one at the desk."
    raise _Stop(401, text, WWW_Authenticate=challenge)


def _way(request: Request) -> Way:
    return "in" if request.url.path.startswith(f"/{KINDS['in']}/") else "out"


async def _body(request: Request, kind: str) -> str:
    """The whole body; raises `_Stop` if it is something else, too long or too slow."""
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said != kind:
        raise _Stop(415, f"Please send {kind}.")
    body = bytearray()
    try:
        async with asyncio.timeout(WITHIN):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST:
                    raise _Stop(413, f"A description has at most {LARGEST} bytes here.")
        return body.decode()
    except (TimeoutError, ClientDisconnect):
        raise _Stop(408, "The description did not arrive. Please send it again.") from None
    except UnicodeDecodeError:
        raise _Stop(400, "The description is not a text in UTF-8.") from None


# What goes out


def _tag(ufrag: str) -> str:
    """The ETag of an ICE session: another after each restart."""
    return f'"{ufrag}"'


def _links(request: Request, call: Call) -> list[str]:
    """The relays a device may use (RFC 9725 §4.6)."""
    state = request.app.state
    who = f"{KINDS[call.way]}-{call.stage}-{call.place}"
    return [
        f'<{url}>; rel="ice-server"'
        + "".join(
            f'; {name}="{server[name]}"' for name in ("username", "credential") if name in server
        )
        + ('; credential-type="password"' if "credential" in server else "")
        for server in ice_servers(state.settings, who, state.clock.now())
        for url in server["urls"]
    ]


def _refusal(refused: Refused) -> Response:
    status = REFUSALS.get(refused.sentence, HTTPStatus.SERVICE_UNAVAILABLE)
    retry = {"Retry-After": AGAIN} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return _text(status, SAID.get(refused.sentence, str(refused)), retry)


def _text(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    return Response(f"{text}\n", status, headers, media_type="text/plain")


routes: Final = [
    Route(f"/{kind}/{{stage}}/{{place}}{rest}", deed, methods=list(METHODS))
    for kind in KINDS.values()
    for rest, deed in (("", endpoint), ("/{number}", resource))
]
