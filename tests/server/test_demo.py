"""The demo as its operator meets it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from schedule.programme import read
from server.demo import MODERATOR, PROGRAMME, VISITORS, _from
from server.failure import Failure
from tests.running import ROOT, Running


def test_its_people_are_those_of_september_2020() -> None:
    demo = read(PROGRAMME.read_text(encoding="utf-8"))
    talents = [person for person in demo.people if person.role == "talent"]
    reps = [person for person in demo.people if person.role == "rep"]
    sponsors = {
        person
        for stage in demo.stages
        for item in stage.items
        if item.kind == "pitch.company"
        for person in item.people
    }

    assert len(talents) + len(reps) == 45
    assert len({person.organisation for person in talents}) == 11
    assert len({person.organisation for person in reps}) == 14
    assert len(sponsors) == 6


def test_a_link_is_printed_for_each_role_and_belongs_to_somebody_of_it() -> None:
    people = {person.id: person.role for person in read(PROGRAMME.read_text("utf-8")).people}

    assert {role: people[person] for role, person in VISITORS.items()} == {
        role: role for role in ("organiser", "moderator", "talent", "rep", "juror", "guest")
    }
    assert people[MODERATOR] == "moderator"
    assert MODERATOR not in VISITORS.values()


def test_a_second_demo_leaves_the_first_one_alone(tmp_path: Path) -> None:
    first = Running(tmp_path, PROGRAMME)
    first.start("demo", "--no-bots")
    try:
        printed = first.log.read_text()
        second = first.command("demo", "--no-bots")

        assert second.returncode == 1
        assert second.stderr.startswith(f"Port {first.port} is taken.")
        assert len(re.findall(r"http://localhost:\d+/sign-in/\S+", printed)) == 6
        assert first.health()["status"] == "ok"
    finally:
        first.stop()


def test_an_evening_from_the_middle_begins_with_what_is_on_then() -> None:
    evening = _from(read(PROGRAMME.read_text("utf-8")), "19:38")

    assert [item.title for item in evening.stages[0].items][:2] == [
        "Erste Gesprächsrunde",
        "Zweite Gesprächsrunde",
    ]
    assert evening.stages[0].items[0].starts_at - evening.starts_at == 120
    assert [stage.id for stage in evening.stages] == ["gross"]


def test_a_time_outside_the_evening_is_refused() -> None:
    with pytest.raises(Failure, match="between 18:00 and 20:45, such as 19:38"):
        _from(read(PROGRAMME.read_text("utf-8")), "noon")


def test_a_speed_that_means_nothing_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "server", "demo", "--speed", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "--speed takes a number from 0.1 to 60; 1 is real time.\n"
