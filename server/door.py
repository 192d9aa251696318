"""The door every HTTP request passes: who is it, may this form be sent, which headers go out."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, urlsplit

from itsdangerous import Signer
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.accounts import Accounts, Signed, expiry
from server.limits import Limits
from server.mishaps import HEADINGS, error
from server.settings import Settings
from web import words

LARGEST_FORM: Final = 64 * 1024  # bytes
FORM_WITHIN: Final = 10.0  # seconds for a whole form to arrive
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
OPEN_PATHS: Final = ("/static/", "/healthz", "/foyer.css", "/locale/")
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


def session_cookie(settings: Settings) -> str:
    """Its name. `__Host-` makes browsers insist on TLS and on this very host."""
    return "__Host-foyer" if settings.https else "foyer"


def form_cookie(settings: Settings) -> str:
    """The name of the cookie that ties forms to a browser nobody has signed in with."""
    return f"{session_cookie(settings)}-form"


def cookies(header: str) -> dict[str, str]:
    """Read a Cookie header; of two with one name the first counts."""
    found: dict[str, str] = {}
    for part in header.split(";"):
        name, given, value = part.strip().partition("=")
        if given:
            found.setdefault(name, value)
    return found


def sign_in(
    response: Response, settings: Settings, secret: str, now: float, ends_at: float
) -> None:
    """Hand the secret of a new session to the browser."""
    _set(
        response.headers,
        settings,
        session_cookie(settings),
        secret,
        int(expiry(now, ends_at) - now),
    )


def sign_out(response: Response, settings: Settings) -> None:
    """Make the browser forget its session."""
    _set(response.headers, settings, session_cookie(settings), "", 0)


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
    secret = cookies(header).get(session_cookie(app.state.settings), "")
    found = await accounts.recognise(secret, app.state.clock.now()) if secret else None
    person = app.state.house.person(found[0]) if found else None
    return Signed(person, found[1]) if found and person else None


def reading(app: Starlette, cookie_header: str, accept_language: str) -> str:
    """The language of somebody who reads."""
    wish = cookies(cookie_header).get("lang", "")
    return words.choose(app.state.house.gathering.languages, wish, accept_language)


class Forms:
    """Signs and checks the hidden field that shows that a form is one of ours."""

    def __init__(self, secret: str) -> None:
        self._signer = Signer(secret, salt="foyer.form", digest_method=hashlib.sha256)

    def token(self, basis: str) -> str:
        """The field's value for a browser that holds `basis` in a cookie."""
        return self._signer.get_signature(basis).decode()

    def holds(self, basis: str, token: str) -> bool:
        """Whether a form with this token came from that browser."""
        return bool(basis) and self._signer.verify_signature(basis, token.encode(errors="replace"))


class Door:
    """Stands before the whole application, error pages included."""

    def __init__(self, inside: Starlette, settings: Settings) -> None:
        self._inside = inside
        self._settings = settings
        self._forms = Forms(settings.secret)
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
        except _TooMuch as wrong:
            answer = self._error(request, wrong.status, wrong.sentence)
        except Closed:
            answer = self._error(request, HTTPStatus.SERVICE_UNAVAILABLE)
        await answer(scope, visit.body or receive, visit.wrap(send))

    async def _answer(self, request: Request, visit: _Visit, receive: Receive) -> ASGIApp:
        moved = self._moved(request)
        if moved:
            return RedirectResponse(moved, HTTPStatus.TEMPORARY_REDIRECT)
        await self._look(request, visit)
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self._inside
        form = await visit.read_body(receive)
        if not self._ours(request, visit, form):
            return self._error(
                request,
                HTTPStatus.FORBIDDEN,
                "This page is out of date. Please go back, reload it and try again.",
            )
        limits: Limits = self._inside.state.limits
        if not limits.take("form", address(request), time.monotonic()):
            return self._error(
                request,
                HTTPStatus.TOO_MANY_REQUESTS,
                "That was a lot at once. Please wait a moment and try again.",
            )
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
        request.state.csrf = self._forms.token(visit.basis(request.state.signed))

    def _ours(self, request: Request, visit: _Visit, form: dict[str, str]) -> bool:
        origin = request.headers.get("origin")
        if origin is None and request.headers.get("sec-fetch-site") != "same-origin":
            return False
        if origin is not None and origin != self._settings.origin:
            return False
        token = request.headers.get("x-csrf") or form.get("csrf", "")
        return self._forms.holds(visit.held_basis(request.state.signed), token)

    def _error(self, request: Request, status: int, sentence: str | None = None) -> Response:
        heading = None if status in HEADINGS else HEADINGS[HTTPStatus.METHOD_NOT_ALLOWED]
        return error(request, status, sentence, heading=heading)


class _TooMuch(Exception):
    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class _Visit:
    """One request on its way in and out."""

    def __init__(self, request: Request, settings: Settings) -> None:
        self._headers = request.headers
        self._settings = settings
        self._cookies = cookies(request.headers.get("cookie", ""))
        self._fresh = ""
        self._public = request.url.path.startswith("/static/")
        self.body: Receive | None = None

    def held_basis(self, signed: Signed | None) -> str:
        """The cookie a form's token must belong to; empty if the browser brought none."""
        name = session_cookie if signed else form_cookie
        return self._cookies.get(name(self._settings), "")

    def basis(self, signed: Signed | None) -> str:
        """The same, made up for a browser that comes for the first time."""
        held = self.held_basis(signed)
        if not held:
            held = self._fresh = secrets.token_urlsafe(16)
        return held

    async def read_body(self, receive: Receive) -> dict[str, str]:
        """Take in a whole form and keep it for the page behind the door."""
        kind = self._headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in {"application/x-www-form-urlencoded", ""}:
            raise _TooMuch(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                "This form cannot be read. Please reload the page.",
            )
        try:
            async with asyncio.timeout(FORM_WITHIN):
                body = await _whole(receive)
        except TimeoutError:
            raise _TooMuch(
                HTTPStatus.REQUEST_TIMEOUT, "The form did not arrive. Please send it again."
            ) from None
        self.body = _replay(body, receive)
        return {name: values[0] for name, values in parse_qs(body.decode(errors="replace")).items()}

    def wrap(self, send: Send) -> Send:
        """Put our headers on whatever goes out."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message))
            await send(message)

        return sending

    def _dress(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        if self._settings.https:
            headers["Strict-Transport-Security"] = ONLY_TLS
        if not self._public:
            headers.setdefault("Cache-Control", "private, no-cache")
        if self._fresh and headers.get("content-type", "").startswith("text/html"):
            _set(headers, self._settings, form_cookie(self._settings), self._fresh, None)


async def _whole(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_FORM:
            raise _TooMuch(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is too long. Please shorten it."
            )
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replaying() -> Message:
        return waiting.pop() if waiting else await receive()

    return replaying


def _asks_for_page(headers: Headers) -> bool:
    return "text/html" in headers.get("accept", "")


def _set(
    headers: MutableHeaders, settings: Settings, name: str, value: str, seconds: int | None
) -> None:
    parts = [f"{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    if settings.https:
        parts.append("Secure")
    headers.append("Set-Cookie", "; ".join(parts))
