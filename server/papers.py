"""Papers: PDFs that people hand in, looked at in a confined process before anybody gets them.

Only what does nothing when it is opened is taken: no scripts, no actions, no files inside (but
the one a Europass CV carries), no password.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from schedule.machine import Refused
from server import confined
from server.confined import Confined
from server.files import MEGABYTE, Files
from web.words import later

LARGEST: Final = 10 * MEGABYTE  # bytes
MOST_PAGES: Final = 20
MOST_AT_ONCE: Final = 8  # uploads; so many wait for their turn or still arrive
MOST_AN_HOUR: Final = 12  # uploads of one person
HOUR: Final = 3600.0  # seconds
SECONDS: Final = 15.0  # for looking through one
MEMORY: Final = 768 << 20  # bytes of address space
UNSEEN: Final = ".unseen"  # what the name of a file ends with that nobody has looked through yet

SANDBOX: Final = "default-src 'none'; sandbox"
"The Content-Security-Policy with which a paper of strangers goes out, always as an attachment."

SENTENCES: Final = {
    "no pdf": later("This is not a PDF. Please save it as a PDF and try again."),
    "encrypted": later("This PDF has a password. Please save it without one and try again."),
    "broken": later("This PDF cannot be read. Please save it once more as a PDF and try again."),
    "too many": later(
        "This PDF has {pages} pages; at most {most} fit. Please shorten it and try again."
    ),
    "script": later(
        "This PDF contains a script. Please print it into a new PDF and try again with that."
    ),
    "action": later(
        "This PDF does something by itself when it is opened. Please print it into a new PDF and"
        " try again with that."
    ),
    "launch": later(
        "This PDF would start a program or send something. Please print it into a new PDF and try"
        " again with that."
    ),
    "files": later(
        "This PDF has other files inside. Please save it without attachments and try again."
    ),
    "media": later(
        "This PDF has sound, film or 3D inside. Please save it without them and try again."
    ),
    "form": later(
        "This PDF is a form that changes by itself (XFA). Please print it into a new PDF and try"
        " again with that."
    ),
    "odd": later(
        "This PDF is packed in an unusual way. Please print it into a new PDF and try again with"
        " that."
    ),
    "time": later(
        "Looking through this PDF takes too long. Please save it in a simpler form and try again."
    ),
    "memory": later(
        "This PDF needs too much room. Please save it with smaller pictures and try again."
    ),
}


class Europass(Struct, frozen=True):
    """What a Europass CV says of itself in a form that programs read; empty where it does not."""

    name: str = ""
    field: str = ""
    degree: str = ""
    topics: tuple[str, ...] = ()
    seeks: str = ""
    mail: str = ""
    phone: str = ""


class Harmless(Struct, frozen=True, tag="harmless"):
    """It may be handed out."""

    pages: int
    europass: Europass | None = None


class Unusable(Struct, frozen=True, tag="unusable"):
    """It may not; `why` is a key of `SENTENCES`."""

    why: str
    pages: int = 0


Outcome = Harmless | Unusable
"What `server.loupe` says about a file."

log = logging.getLogger(__name__)
_outcomes: Final = msgspec.json.Decoder(Outcome)


class Paper(Struct, frozen=True):
    """A PDF that lies in the files under `name`; whoever took it in keeps or drops it."""

    name: str
    bytes: int
    pages: int
    europass: Europass | None = None


class Papers:
    """Takes in PDFs and has them looked through, one after the other."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._one = asyncio.Semaphore(1)
        self._under_way = 0
        self._taken: dict[str, deque[float]] = {}

    async def take(
        self,
        chunks: AsyncIterator[bytes],
        by: str,
        *,
        europass: bool = False,
        suffix: str = ".pdf",
        most_pages: int = MOST_PAGES,
    ) -> Paper:
        """Take in a PDF of person `by`. Raises `Refused` with what to do instead.

        `europass` lets one Europass attachment pass and reads it. Nothing is left behind of
        what is refused, nor of an upload that breaks off.
        """
        self._count(by)
        if self._under_way >= MOST_AT_ONCE:
            raise Refused("Many files arrive just now. Please try again in a minute.")
        self._under_way += 1
        try:
            return await self._looked_through(chunks, europass, suffix, most_pages)
        finally:
            self._under_way -= 1

    async def _looked_through(
        self, chunks: AsyncIterator[bytes], europass: bool, suffix: str, most_pages: int
    ) -> Paper:
        unseen = await self.files.take(chunks, LARGEST, UNSEEN)
        try:
            path = self.files.path(unseen)
            async with self._one:
                found = await look(path, europass=europass, most_pages=most_pages)
            name = unseen.removesuffix(UNSEEN) + suffix
            size = path.stat().st_size
            path.rename(self.files.path(name))
        except BaseException:
            self.files.drop(unseen)
            raise
        return Paper(name, size, found.pages, found.europass)

    def drop(self, name: str) -> None:
        """Remove a paper; twice does no harm."""
        self.files.drop(name)

    def sweep(self) -> None:
        """Remove what a server that died had not looked through yet."""
        before = time.time() - HOUR
        for path in self.files.folder.glob("*" + UNSEEN):
            if path.stat().st_mtime < before:
                self.files.drop(path.name)

    def _count(self, by: str) -> None:
        now = time.monotonic()
        taken = self._taken.setdefault(by, deque())
        while taken and taken[0] <= now - HOUR:
            taken.popleft()
        if len(taken) >= MOST_AN_HOUR:
            raise Refused("You sent many files within the hour. Please try again later.")
        taken.append(now)


async def look(path: Path, *, europass: bool = False, most_pages: int = MOST_PAGES) -> Harmless:
    """Look through the PDF at `path` in a confined process; raises `Refused` with a reason."""
    arguments = [str(path), str(most_pages), "europass" if europass else ""]
    try:
        said = await confined.run("server.loupe", arguments, SECONDS, MEMORY, reads=[path])
    except Confined as ended:
        log.info("a PDF could not be looked through: %s", ended.why)
        raise Refused(SENTENCES["broken" if ended.why == "failed" else ended.why]) from None
    outcome = _outcomes.decode(said)
    if isinstance(outcome, Harmless):
        return outcome
    if outcome.why == "too many":
        raise Refused(SENTENCES["too many"], pages=outcome.pages, most=most_pages)
    raise Refused(SENTENCES[outcome.why])
