"""The door every HTTP request passes: who is it, may this form be sent, which headers go out."""

from __future__ import annotations

import logging
import secrets
import time
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import cookies, forms
from server.accounts import Accounts, Signed
from server.limits import Limits
from server.mishaps import HEADINGS, error
from server.settings import Settings
from web import words
from web.words import later

OUT_OF_DATE: Final = later("This page is out of date. Please go back, reload it and try again.")
A_LOT: Final = later("That was a lot at once. Please wait a moment and try again.")
BEARERS: Final = ("/whip/", "/whep/")
"Devices ask here that have no cookie and no page of ours, but a secret in every request."
UPLOADS: Final = ("/slides/", "/clips/", "/works/", "/stands/", "/me/cv/pdf")
"What arrives here is a file; the page behind reads, counts and bounds it."
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
OPEN_PATHS: Final = ("/static/", "/healthz", "/foyer.css", "/locale/", "/whip/", "/whep/")
"The same for everybody: no need to ask who it is."

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: browsers would send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self),"
    " fullscreen=(self), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONLY_TLS: Final = "max-age=31536000"

log = logging.getLogger(__name__)


def address(request: Request) -> str:
    """Whom to count against; behind a proxy on this machine, what that says."""
    return request.client.host if request.client else ""


class Closed(Exception):
    """The rooms are not open yet, so nobody can be told from a stranger."""


async def recognise(app: Starlette, header: str) -> Signed | None:
    """Who is behind a Cookie header, if that person is still invited. Raises `Closed`."""
    if not app.state.house.is_open:
        raise Closed
    accounts: Accounts = app.state.accounts
    secret = cookies.read(header).get(cookies.session(app.state.settings), "")
    found = await accounts.recognise(secret, app.state.clock.now()) if secret else None
    person = app.state.house.person(found[0]) if found else None
    return Signed(person, found[1]) if found and person else None


async def recognise_phone(app: Starlette, header: str) -> Signed | None:
    """Whose camera the phone behind a Cookie header is, if anybody's. Raises `Closed`."""
    if not app.state.house.is_open:
        raise Closed
    secret = cookies.read(header).get(cookies.phone(app.state.settings), "")
    found = await app.state.handsets.recognise(secret, app.state.clock.now()) if secret else None
    person = app.state.house.person(found.person) if found else None
    return Signed(person, found.session, phone=found.stage) if found and person else None


def reading(app: Starlette, cookie_header: str, accept_language: str) -> str:
    """The language of somebody who reads."""
    wish = cookies.read(cookie_header).get("lang", "")
    return words.choose(app.state.house.gathering.languages, wish, accept_language)


class Door:
    """Stands before the whole application, error pages included."""

    def __init__(self, inside: Starlette, settings: Settings) -> None:
        self._inside = inside
        self._settings = settings
        self._seal = forms.Seal(settings.secret)
        self._own_names = (
            LOOPBACK if urlsplit(settings.origin).hostname in LOOPBACK else frozenset()
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        scope["app"] = self._inside
        request = Request(scope, receive)
        visit = _Visit(request, self._settings)
        try:
            answer = await self._answer(request, visit, receive)
        except forms.Unreadable as wrong:
            answer = self._error(request, wrong.status, wrong.sentence)
        except Closed:
            answer = self._error(request, HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception:
            log.exception("a visitor could not be looked up")
            answer = self._error(request, HTTPStatus.INTERNAL_SERVER_ERROR)
        await answer(scope, visit.body or receive, visit.wrap(send))

    async def _answer(self, request: Request, visit: _Visit, receive: Receive) -> ASGIApp:
        moved = self._moved(request)
        if moved:
            return RedirectResponse(moved, HTTPStatus.TEMPORARY_REDIRECT)
        await self._look(request, visit)
        if request.method in {"GET", "HEAD", "OPTIONS"} or request.url.path.startswith(BEARERS):
            return self._inside
        upload = request.url.path.startswith(UPLOADS)
        form = {} if upload else await visit.read_form(receive)
        if not self._ours(request, visit, form):
            return self._error(request, HTTPStatus.FORBIDDEN, OUT_OF_DATE)
        limits: Limits = self._inside.state.limits
        if not limits.take("form", address(request), time.monotonic()):
            return self._error(request, HTTPStatus.TOO_MANY_REQUESTS, A_LOT)
        return self._inside

    def _moved(self, request: Request) -> str | None:
        """Where this should have been asked: 127.0.0.1 and localhost are two origins."""
        host = request.url.hostname or ""
        mine = request.headers.get("host", "").lower() == urlsplit(self._settings.origin).netloc
        if mine or host not in self._own_names or request.method != "GET":
            return None
        if not _asks_for_page(request.headers):
            return None
        query = f"?{request.url.query}" if request.url.query else ""
        return f"{self._settings.origin}{request.url.path}{query}"

    async def _look(self, request: Request, visit: _Visit) -> None:
        """Fill `request.state` with who it is, the language, and the token for forms."""
        request.state.signed = None
        cookie = request.headers.get("cookie", "")
        request.state.language = reading(
            self._inside, cookie, request.headers.get("accept-language", "")
        )
        request.state.csrf = ""
        if request.url.path.startswith(OPEN_PATHS):
            return
        request.state.signed = await recognise(self._inside, cookie)
        request.state.csrf = self._seal.token(visit.basis(request.state.signed))

    def _ours(self, request: Request, visit: _Visit, form: dict[str, str]) -> bool:
        origin = request.headers.get("origin")
        if origin is None and request.headers.get("sec-fetch-site") != "same-origin":
            return False
        if origin is not None and origin != self._settings.origin:
            return False
        token = request.headers.get("x-csrf") or form.get("csrf", "")
        return self._seal.holds(visit.held_basis(request.state.signed), token)

    def _error(self, request: Request, status: int, sentence: str | None = None) -> Response:
        heading = None if status in HEADINGS else HEADINGS[HTTPStatus.METHOD_NOT_ALLOWED]
        return error(request, status, sentence, heading=heading)


class _Visit:
    """One request on its way in and out."""

    def __init__(self, request: Request, settings: Settings) -> None:
        self._headers = request.headers
        self._settings = settings
        self._cookies = cookies.read(request.headers.get("cookie", ""))
        self._fresh = ""
        self._public = request.url.path.startswith("/static/")
        self.body: Receive | None = None

    def held_basis(self, signed: Signed | None) -> str:
        """The cookie a form's token must belong to; empty if the browser brought none."""
        name = cookies.session if signed else cookies.form
        return self._cookies.get(name(self._settings), "")

    def basis(self, signed: Signed | None) -> str:
        """The same, made up for a browser that comes for the first time."""
        held = self.held_basis(signed)
        if not held:
            held = self._fresh = secrets.token_urlsafe(16)
        return held

    async def read_form(self, receive: Receive) -> dict[str, str]:
        """Take in a whole form and keep it for the page behind the door."""
        form, self.body = await forms.received(self._headers, receive)
        return form

    def wrap(self, send: Send) -> Send:
        """Put our headers on whatever goes out."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message))
            await send(message)

        return sending

    def _dress(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            if name == "Content-Security-Policy":
                headers.setdefault(name, value)  # a file of strangers brings a stricter one
            else:
                headers[name] = value
        if self._settings.https:
            headers["Strict-Transport-Security"] = ONLY_TLS
        if not self._public:
            headers.setdefault("Cache-Control", "private, no-cache")
        if self._fresh and headers.get("content-type", "").startswith("text/html"):
            cookies.put(headers, self._settings, cookies.form(self._settings), self._fresh, None)


def _asks_for_page(headers: Headers) -> bool:
    return "text/html" in headers.get("accept", "")
