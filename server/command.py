"""Foyer's one command and its parts: import, serve, links, revoke, settings, demo."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from schedule.exchange import from_frab
from schedule.items import Gathering
from schedule.programme import Problem, ProgrammeWrong, read
from server import settings
from server.accounts import Accounts
from server.archive import NoGathering, keep, newest_gathering, opened_store
from server.bus import Unreachable
from server.failure import Failure, run
from server.mail import Post, Printout, letters
from server.settings import Settings, SettingsWrong
from server.store import StoreFull
from web.words import choose, languages, later, say

WRONG_SETTING, FAILED = 2, 1  # exit codes

NO_JSON: Final = later("This is not valid JSON: {reason}.")
NOTHING_YET: Final = "There is no gathering yet. Import one: python -m server import FILE"


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command; returns the exit code."""
    asked = _parser().parse_args(words)
    os.umask(0o077)  # what we write is nobody else's
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for talkative in ("uvicorn.error", "websockets"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    try:
        if asked.command == "settings":
            print(settings.table(), end="")
            return 0
        given = settings.with_secret(settings.read(os.environ))
        deed: Callable[[Settings, argparse.Namespace], int] = asked.deed
        return deed(given, asked)
    except SettingsWrong as wrong:
        return _fail(str(wrong), WRONG_SETTING)
    except NoGathering:
        return _fail(NOTHING_YET)
    except Unreachable as silent:
        return _fail(f"FOYER_REDIS_URL is set, but: {silent}")
    except Failure as failure:
        return _fail(str(failure))
    except (sqlite3.Error, StoreFull, OSError) as error:
        return _fail(f"The data folder cannot be used: {error}.")
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description=__doc__)
    parser.set_defaults(command="serve", deed=_serve)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, deed: Any, explained: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=explained, description=explained)
        one.set_defaults(command=name, deed=deed)
        return one

    command("serve", _serve, "Serve the imported gathering (the default).")
    one = command("import", _import, "Check a programme and take it over.")
    one.add_argument("file", type=Path, help="the programme: TOML, or another tool's schedule.json")
    one = command("links", _links, "Print a personal sign-in link for each person.")
    one.add_argument("--person", metavar="ID", help="for this person alone")
    one = command("revoke", _revoke, "Sign a person out everywhere and end all their links.")
    one.add_argument("person", metavar="ID")
    command("settings", None, "Print the table of settings.")
    one = command("demo", _demo, "Make the demo gathering, which begins now, and serve it.")
    one.add_argument("--speed", type=float, default=1.0, help="1 is real time")
    one.add_argument("--from", dest="since", metavar="HH:MM", help="begin in mid-evening")
    one.add_argument("--no-bots", action="store_true", help="leave stage and audience empty")
    return parser


def _fail(line: str, code: int = FAILED) -> int:
    print(line, file=sys.stderr)
    return code


# The commands


def _serve(given: Settings, _: argparse.Namespace) -> int:
    from server.serving import serve  # other commands need none of what the house is made of

    serve(given)
    return 0


def _demo(given: Settings, asked: argparse.Namespace) -> int:
    from server import demo  # nobody but the demo needs what it brings along

    return demo.run(given, speed=asked.speed, since=asked.since, bots=not asked.no_bots)


def _import(given: Settings, asked: argparse.Namespace) -> int:
    try:
        gathering = _gathering(asked.file)
    except OSError as error:
        raise Failure(f"{asked.file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Failure(f"{asked.file} is not a text in UTF-8.") from None
    except ProgrammeWrong as wrong:
        raise Failure(
            "\n".join(_located(asked.file, problem) for problem in wrong.problems)
        ) from None
    run(keep(given, gathering))
    items = sum(len(stage.items) for stage in gathering.stages)
    print(
        f"{gathering.name}: {len(gathering.stages)} stages, {items} items,"
        f" {len(gathering.people)} people."
    )
    if gathering.ends_at < time.time():
        print(f"{asked.file}: {_over(gathering)}", file=sys.stderr)
    return 0


def _over(gathering: Gathering) -> str:
    ended = datetime.fromtimestamp(gathering.ends_at, ZoneInfo(gathering.time_zone))
    return (
        f"This programme ended on {ended:%Y-%m-%d} at {ended:%H:%M}. Served now, it begins at once"
        " and counts as late; change its date and import it again to have it begin on time."
    )


def _gathering(file: Path) -> Gathering:
    """What organisers wrote by hand, or what frab, pretalx or Foyer itself exported."""
    text = file.read_text(encoding="utf-8")
    if file.suffix.lower() != ".json":
        return read(text)
    try:
        return from_frab(json.loads(text))
    except json.JSONDecodeError as wrong:
        reason = Problem(wrong.lineno, NO_JSON, {"reason": wrong.msg})
        raise ProgrammeWrong((reason,)) from None


def _links(given: Settings, asked: argparse.Namespace) -> int:
    post: Post = Printout(sys.stdout)
    for letter in run(letters(given, asked.person)):
        post.send(letter)
    return 0


def _revoke(given: Settings, asked: argparse.Namespace) -> int:
    run(_revoked(given, asked.person))
    print(f"{asked.person} is signed out everywhere, and no earlier link holds any more.")
    return 0


async def _revoked(given: Settings, person: str) -> None:
    async with opened_store(given) as archive:
        gathering = await newest_gathering(archive)
        accounts = Accounts(archive)
        listed = any(each.id == person for each in gathering.people)
        if not listed and not await accounts.devices(person, time.time()):
            raise Failure(f"Nobody in this gathering has the id {person!r}.")
        await accounts.revoke(person)


def _located(file: Path, problem: Problem) -> str:
    sentence = say(_operator_language(), problem.sentence, **problem.values)
    return f"{file}:{problem.line}: {sentence}" if problem.line else f"{file}: {sentence}"


def _operator_language() -> str:
    wish = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return choose(["en", *languages()], wish.partition("_")[0])
