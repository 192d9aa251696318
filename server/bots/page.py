"""What a bot does with pages: reads them, sends their forms, brings files, as a browser would."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPResponse
from typing import Final
from urllib.parse import quote, urlencode

from server.bots.actor import Part

WITHIN: Final = 60.0  # seconds for one request; drawing the pages takes its time


class Pages:
    """One person's way to the house's pages; raises `OSError` while it does not answer."""

    def __init__(self, house: str, origin: str, part: Part) -> None:
        """`house` is where it listens, such as `http://127.0.0.1:8000`."""
        self.part = part
        self._house = house
        self._given = {"Cookie": part.cookie, "Origin": origin, "Accept": "*/*"}
        self._seal: str | None = None

    async def read(self, path: str) -> str:
        """A page's text."""
        return (await asyncio.to_thread(self._ask, path, {}, None)).decode()

    async def send(self, path: str, form: Mapping[str, str | list[str]]) -> None:
        """Send a form."""
        body = urlencode({**form, "csrf": await self._sealed()}, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        await asyncio.to_thread(self._ask, path, kind, body)

    async def bring(self, path: str, name: str, kind: str, file: bytes) -> bytes:
        """Upload a file as the body of a request; the answer's body."""
        named = {"X-File-Name": quote(name), "Content-Type": kind}
        sealed = {"X-Csrf": await self._sealed()}
        return await asyncio.to_thread(self._ask, path, named | sealed, file)

    async def _sealed(self) -> str:
        """What shows that a form is one of the house's own."""
        if self._seal is None:
            found = re.search(r'"csrf":\s*("[^"]+")', await self.read("/me"))
            if found is None:
                raise LookupError("the page has no seal")
            self._seal = str(json.loads(found[1]))
        return self._seal

    def _ask(self, path: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
        given = {**self._given, **headers}
        address = self._house + path
        request = urllib.request.Request(address, body, given)  # noqa: S310 - http, our own house
        answer: HTTPResponse
        with urllib.request.urlopen(request, timeout=WITHIN) as answer:  # noqa: S310
            return answer.read()
