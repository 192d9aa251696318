"""The two cookies of the house: the session, and what ties a form to a browser."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import Response

from server.accounts import expiry
from server.settings import Settings


def session(settings: Settings) -> str:
    """Its name. `__Host-` makes browsers insist on TLS and on this very host."""
    return "__Host-foyer" if settings.https else "foyer"


def form(settings: Settings) -> str:
    """The name of the cookie that ties forms to a browser nobody has signed in with."""
    return f"{session(settings)}-form"


def phone(settings: Settings) -> str:
    """The name of the cookie of a phone that is somebody's camera, and nothing else."""
    return f"{session(settings)}-phone"


def read(header: str) -> dict[str, str]:
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
    put(
        response.headers,
        settings,
        session(settings),
        secret,
        int(expiry(now, ends_at) - now),
    )


def sign_out(response: Response, settings: Settings) -> None:
    """Make the browser forget its session."""
    put(response.headers, settings, session(settings), "", 0)


def put(
    headers: MutableHeaders, settings: Settings, name: str, value: str, seconds: int | None
) -> None:
    """Set a cookie scripts cannot read; without `seconds` it ends with the browser."""
    parts = [f"{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    if settings.https:
        parts.append("Secure")
    headers.append("Set-Cookie", "; ".join(parts))
