"""Forms: how one arrives, and the seal that shows that it is one of ours."""

from __future__ import annotations

import asyncio
import hashlib
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from itsdangerous import Signer
from starlette.datastructures import Headers
from starlette.types import Message, Receive

from web.words import later

LARGEST: Final = 64 * 1024  # bytes
WITHIN: Final = 10.0  # seconds for a whole form to arrive


class Unreadable(Exception):
    """This form is not taken in; `sentence` is for the reader, `status` for the browser."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Seal:
    """Signs and checks the hidden field that shows that a form is one of ours."""

    def __init__(self, secret: str) -> None:
        self._signer = Signer(secret, salt="foyer.form", digest_method=hashlib.sha256)

    def token(self, basis: str) -> str:
        """The field's value for a browser that holds `basis` in a cookie."""
        return self._signer.get_signature(basis).decode()

    def holds(self, basis: str, token: str) -> bool:
        """Whether a form with this token came from that browser."""
        return bool(basis) and self._signer.verify_signature(basis, token.encode(errors="replace"))


async def received(headers: Headers, receive: Receive) -> tuple[dict[str, str], Receive]:
    """A whole form, and a way to hand it on unread. Raises `Unreadable`."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"application/x-www-form-urlencoded", ""}:
        raise Unreadable(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            later("This form cannot be read. Please reload the page."),
        )
    try:
        async with asyncio.timeout(WITHIN):
            body = await _whole(receive)
    except TimeoutError:
        raise Unreadable(
            HTTPStatus.REQUEST_TIMEOUT, later("The form did not arrive. Please send it again.")
        ) from None
    values = parse_qs(body.decode(errors="replace"))
    return {name: given[0] for name, given in values.items()}, _replay(body, receive)


async def _whole(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            raise Unreadable(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, later("That is too long. Please shorten it.")
            )
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replaying() -> Message:
        return waiting.pop() if waiting else await receive()

    return replaying
