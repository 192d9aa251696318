"""The one command: what it refuses, in one line, and how it goes down."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import settings
from tests.running import ROOT, Running, free_port, running, tonight
from tests.server.conftest import PROGRAMME
from tests.server.visitor import Visitor, end, hear


@pytest.fixture
def house(tmp_path: Path) -> Running:
    """A house nobody has opened yet."""
    return Running(tmp_path, PROGRAMME)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Running]:
    """A server of one test, which may end it."""
    with running(tmp_path, tonight(PROGRAMME, tmp_path)) as started:
        yield started


def refused(done: subprocess.CompletedProcess[str], code: int = 1) -> str:
    """The one line it says."""
    assert done.returncode == code, done
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


def test_without_a_gathering_it_says_how_to_get_one(house: Running) -> None:
    line = "There is no gathering yet. Import one: python -m server import FILE"

    assert refused(house.command("serve")) == line
    assert refused(house.command("links")) == line


def test_a_taken_port_is_one_line(house: Running) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", house.port))
        other.listen()

        line = refused(house.command())

    assert line == (
        f"Port {house.port} is taken. Set FOYER_PORT to another one, or stop what uses it."
    )


def test_a_taken_media_port_is_one_line(house: Running) -> None:
    port = int(house.settings["FOYER_MEDIA_PORT"])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", port))

        line = refused(house.command())

    assert line.startswith(f"UDP port {port} cannot be used: ")
    assert line.endswith(" See FOYER_MEDIA_PORT.")


def test_a_data_folder_that_cannot_be_used_is_one_line(house: Running) -> None:
    (house.data / "file").write_text("not a folder")
    house.settings["FOYER_DATA"] = str(house.data / "file")

    assert refused(house.command(), 2).startswith("FOYER_DATA: the folder ")


def test_a_damaged_database_is_one_line(house: Running) -> None:
    (house.data / "foyer.db").write_text("this is no database, but a text that is long enough" * 9)

    assert refused(house.command()).startswith("The data folder cannot be used: ")


def test_a_redis_that_does_not_answer_is_one_line(house: Running) -> None:
    house.command("import", str(PROGRAMME))
    house.settings["FOYER_REDIS_URL"] = f"redis://127.0.0.1:{free_port(socket.SOCK_STREAM)}"

    assert refused(house.command()).startswith("FOYER_REDIS_URL is set, but: Redis ")


def test_a_wrong_setting_is_one_line_and_another_code(house: Running) -> None:
    house.settings["FOYER_PORT"] = "eight thousand"

    line = refused(house.command(), 2)

    assert line == "FOYER_PORT must be a whole number, not 'eight thousand'."


def test_a_wrong_programme_names_the_line_and_changes_nothing(house: Running) -> None:
    wrong = house.data / "wrong.toml"
    text = PROGRAMME.read_text().replace('role = "juror"', 'role = "king"')
    wrong.write_text(text)
    number = text[: text.index('"king"')].count("\n") + 1
    house.command("import", str(PROGRAMME))
    before = house.command("links").stdout.count("\n")

    line = refused(house.command("import", str(wrong)))

    assert line.startswith(f"{wrong}:{number}: ")
    assert house.command("links").stdout.count("\n") == before == 8


def test_a_wrong_programme_is_said_in_the_operators_language(
    house: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = house.data / "wrong.toml"
    wrong.write_text(PROGRAMME.read_text().replace('role = "juror"', 'role = "king"'))

    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    german = refused(house.command("import", str(wrong)))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    english = refused(house.command("import", str(wrong)))

    assert german != english
    assert "Choose one of" in english


def test_a_programme_that_is_not_there_is_one_line(house: Running) -> None:
    assert refused(house.command("import", "no-such.toml")) == (
        "no-such.toml cannot be read: No such file or directory."
    )


def test_an_import_says_what_it_took(house: Running) -> None:
    done = house.command("import", str(PROGRAMME))

    assert done.returncode == 0
    assert done.stdout == "Talente treffen Industrie: 2 stages, 8 items, 8 people.\n"


def test_a_programme_of_the_past_is_taken_and_said_to_be_late(
    house: Running, tmp_path: Path
) -> None:
    text = PROGRAMME.read_text()
    dated = next(line for line in text.splitlines() if line.startswith("date"))
    past = tmp_path / "past.toml"
    past.write_text(text.replace(dated, "date = 2021-03-01"))

    done = house.command("import", str(past))

    assert done.returncode == 0
    assert f"{past}: This programme ended on 2021-03-01 at" in done.stderr


def test_the_schedule_of_another_tool_is_imported_too(house: Running) -> None:
    event = {
        "title": "Skin for robot hands",
        "date": "2026-09-24T18:00:00+02:00",
        "duration": "00:20",
        "persons": [{"name": "Jonas Brandt-Okafor"}],
    }
    day = {"date": "2026-09-24", "rooms": {"Aula": [event]}}
    conference = {"title": "Talents", "time_zone_name": "Europe/Berlin", "days": [day]}
    schedule = house.data / "schedule.json"
    schedule.write_text(json.dumps({"schedule": {"conference": conference}}))

    done = house.command("import", str(schedule))

    assert done.returncode == 0, done.stderr
    assert done.stdout == "Talents: 1 stages, 1 items, 1 people.\n"
    assert house.command("links").stdout.split()[:2] == ["Jonas", "Brandt-Okafor"]


def test_a_wrong_schedule_of_another_tool_is_one_line_and_says_where(house: Running) -> None:
    broken, without = house.data / "broken.json", house.data / "without.json"
    broken.write_text('{"schedule":\n nonsense}')
    without.write_text('{"schedule": {}}')

    assert refused(house.command("import", str(broken))).startswith(f"{broken}:2: ")
    assert refused(house.command("import", str(without))).startswith(f"{without}: ")


def test_links_are_printed_for_everybody_with_name_and_role(house: Running) -> None:
    house.command("import", str(PROGRAMME))

    lines = house.command("links").stdout.splitlines()
    (one,) = house.command("links", "--person", "elif").stdout.splitlines()

    assert len(lines) == 8
    assert lines[0].split() == ["Miriam", "Haldenwang", "moderator", lines[0].split()[-1]]
    assert one.split()[-1].startswith(f"{house.url}/sign-in/")
    assert len(one.rpartition("/")[2]) == 43


@pytest.mark.parametrize("words", [("links", "--person", "nobody"), ("revoke", "nobody")])
def test_a_person_nobody_knows_is_one_line(house: Running, words: tuple[str, ...]) -> None:
    house.command("import", str(PROGRAMME))

    assert refused(house.command(*words)) == "Nobody in this gathering has the id 'nobody'."


def test_the_table_of_settings_can_be_printed_from_anywhere() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "server", "settings"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == settings.table()


def test_what_it_writes_is_nobody_elses(house: Running) -> None:
    house.command("import", str(PROGRAMME))

    assert (house.data / "foyer.db").stat().st_mode & 0o077 == 0
    assert (house.data / "secret").stat().st_mode & 0o077 == 0


async def test_who_is_connected_hears_of_the_restart_and_comes_back(own_server: Running) -> None:
    visitor = Visitor(own_server).sign_in("hanna")

    async with visitor.live() as line:
        await hear(line, "welcome")
        assert own_server._process is not None
        own_server._process.send_signal(signal.SIGTERM)
        goodbye = await hear(line, "goodbye")
        ended = await end(line)
    code = own_server._process.wait(15)
    own_server.start()
    async with visitor.live() as line:
        welcome = await hear(line, "welcome")

    assert goodbye["reason"] == "restart"
    assert goodbye["sentence"] == "Der Server startet neu, einen Moment. Wir verbinden Sie wieder."
    assert ended == (1012, "restart")
    assert code in (0, -signal.SIGTERM)
    assert welcome["me"]["id"] == "hanna"
    assert "Traceback" not in own_server.log.read_text()


def test_health_says_that_a_part_is_missing(own_server: Running) -> None:
    visitor = Visitor(own_server)
    whole = visitor.get("/healthz")
    (media,) = json.loads(whole.text)["media"]
    os.kill(_media_child(own_server), signal.SIGKILL)

    statuses = {visitor.get("/healthz").status for _ in range(40)}

    assert whole.status == 200
    assert media["up"] is True
    assert 503 in statuses


def _media_child(server: Running) -> int:
    assert server._process is not None
    found = subprocess.run(
        ["pgrep", "-P", str(server._process.pid)], capture_output=True, text=True, check=True
    )
    return int(found.stdout.split()[0])
