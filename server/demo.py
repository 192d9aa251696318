"""The demo: an evening with invented people that begins now, and bots who make it live."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from schedule.items import Gathering, Person, paced, shifted
from schedule.programme import read
from server import cookies
from server.accounts import Accounts
from server.archive import DATABASE, keep, opened_store
from server.bots.actor import Part
from server.bots.call import Brings, Call
from server.cards import Card, Cards
from server.failure import Failure
from server.files import FOLDER as FILES
from server.mail import letters
from server.sealed import FOLDER as KEYS
from server.sealed import Sealer
from server.serving import ports, serve_at
from server.settings import Settings

PROGRAMME: Final = Path(__file__).parents[1] / "assets" / "demo.toml"
FOLDER: Final = "demo"  # inside the data folder; made anew at every start
BEGINS_IN: Final = 15.0  # seconds, enough to open a link and see the curtain rise

MODERATOR: Final = "miriam-haldenwang"
"The bot that leads the evening until somebody real sits at the desk."
VISITORS: Final = {
    "organiser": "paul-jansen",
    "moderator": "ruth-adebayo",
    "talent": "elif-yildiz",
    "rep": "dr-henrike-saalbach",
    "juror": "prof-ines-mattheis",
    "guest": "konrad-immergruen",
}
"Whose link is printed, by role. Their bots play only while nobody has come in by it."

DECKS: Final = frozenset(
    {"Einstieg bei Sellmoor Photonik", "Blutwerte aus einem Tropfen", "Kontakte ohne Lot"}
)
"Items whose slides lie ready as a PDF; other talents show their screen."


def run(settings: Settings, *, speed: float, since: str | None, bots: bool) -> int:
    """Make the demo, print one link for each role and serve until told to stop.

    `since` is a time of day such as 19:38; what would be over by then is left out.
    """
    if not 0.1 <= speed <= 60:
        raise Failure("--speed takes a number from 0.1 to 60; 1 is real time.")
    gathering = _tonight(speed, since)
    given = replace(settings, data=settings.data / FOLDER)
    # The port first: a second demo must not clear away what the first one serves.
    with ports(given) as listening:
        _clear(given.data)
        asyncio.run(keep(given, gathering))
        _print_links(given)
        with _playing(asyncio.run(_call(given, gathering, plays=bots))):
            serve_at(listening, given)
    return 0


def _tonight(speed: float, since: str | None) -> Gathering:
    written = read(PROGRAMME.read_text(encoding="utf-8"))
    if since is not None:
        written = _from(written, since)
    return paced(shifted(written, time.time() + BEGINS_IN - written.starts_at), speed)


def _from(written: Gathering, since: str) -> Gathering:
    zone = ZoneInfo(written.time_zone)
    day = datetime.fromtimestamp(written.starts_at, zone).date()
    try:
        begins_at = datetime.combine(day, clock_time.fromisoformat(since), zone).timestamp()
    except ValueError:
        begins_at = written.ends_at
    if not written.starts_at <= begins_at < written.ends_at:
        raise Failure(
            f"--from takes a time between {_clock(written, written.starts_at)} and "
            f"{_clock(written, written.ends_at)}, such as 19:38."
        )
    stages = tuple(
        replace(stage, items=tuple(item for item in stage.items if item.ends_at > begins_at))
        for stage in written.stages
    )
    return replace(
        written, starts_at=begins_at, stages=tuple(each for each in stages if each.items)
    )


def _clock(written: Gathering, at: float) -> str:
    return f"{datetime.fromtimestamp(at, ZoneInfo(written.time_zone)):%H:%M}"


def _clear(folder: Path) -> None:
    for kept in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder / kept).unlink(missing_ok=True)
    for made in (FILES, KEYS):
        shutil.rmtree(folder / made, ignore_errors=True)


def _print_links(given: Settings) -> None:
    print("One link for each role; open them in different browsers or private windows:\n")
    for role, person in VISITORS.items():
        (letter,) = asyncio.run(letters(given, person))
        print(f"  {role:<10} {letter.name:<24} {letter.link}")
    print(flush=True)


async def _call(given: Settings, gathering: Gathering, *, plays: bool) -> Call:
    """Sign every bot in; what opens the door goes to their process and nowhere else."""
    visitors = set(VISITORS.values())
    speakers = {
        person for stage in gathering.stages for item in stage.items for person in item.people
    }
    authors = {person for work in gathering.exhibits for person in work.authors}
    needed = speakers | authors
    cast = [who for who in gathering.people if who.id not in visitors or who.id in needed]
    async with opened_store(given) as archive:
        accounts = Accounts(archive)
        parts = [await _part(given, accounts, gathering, person) for person in cast]
        cards = Cards(archive, Sealer(given.data))
        for person in cast:
            await cards.keep(person.id, Card(mail=f"{person.id}@gaeste.example"), time.time())
    host = given.host if given.host not in ("0.0.0.0", "::") else "127.0.0.1"  # noqa: S104
    return Call(
        socket_url=f"ws://{host}:{given.port}/live",
        origin=given.origin,
        moderator=MODERATOR,
        reserved=tuple(sorted(visitors & needed)),
        parts=tuple(parts),
        decks=tuple(
            Brings(item.people[0], item.id, item.title)
            for stage in gathering.stages
            for item in stage.items
            if item.title in DECKS
        ),
        ends_at=gathering.ends_at,
        plays=plays,
    )


async def _part(given: Settings, accounts: Accounts, gathering: Gathering, person: Person) -> Part:
    secret = await accounts.open_session(person.id, "Bot", time.time(), gathering.ends_at)
    return Part(
        person=person.id,
        name=person.name,
        role=person.role,
        organisation=person.organisation,
        cookie=f"{cookies.session(given)}={secret}",
    )


@contextmanager
def _playing(call: Call) -> Iterator[None]:
    """The bots' process beside us; it ends when its standard input does, even if we crash."""
    with subprocess.Popen([sys.executable, "-m", "server.bots"], stdin=subprocess.PIPE) as bots:
        assert bots.stdin is not None  # noqa: S101 - it is a pipe
        with closing(bots.stdin):
            bots.stdin.write(msgspec.json.encode(call) + b"\n")
            bots.stdin.flush()
            yield
