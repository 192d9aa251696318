"""The organisers' programme: read as they meant it, or refused with line and reason."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.programme import (
    Item,
    Meetings,
    Person,
    Problem,
    ProgrammeWrong,
    paced,
    read,
    shifted,
)

EVENING = (Path(__file__).parent / "evening.toml").read_text()


def at(clock: str, day: str = "2026-09-24") -> float:
    when = datetime.fromisoformat(f"{day}T{clock}")
    return when.replace(tzinfo=ZoneInfo("Europe/Berlin")).timestamp()


def changed(before: str, after: str) -> str:
    assert EVENING.count(before) >= 1
    return EVENING.replace(before, after, 1)


def problems(text: str) -> list[str]:
    with pytest.raises(ProgrammeWrong) as wrong:
        read(text)
    return [str(problem) for problem in wrong.value.problems]


# What is read


def test_a_programme_is_read() -> None:
    gathering = read(EVENING)
    assert (gathering.id, gathering.name) == (
        "talente-treffen-industrie",
        "Talente treffen Industrie",
    )
    assert (gathering.starts_at, gathering.ends_at) == (at("18:00"), at("21:00"))
    assert (gathering.time_zone, gathering.languages) == ("Europe/Berlin", ("de", "en"))
    assert (gathering.host, gathering.city) == ("Netzwerk Mikrotechnik", "Offental")
    assert gathering.people[1] == Person(
        id="jonas",
        name="Jonas Brandt-Okafor",
        role="talent",
        organisation="Hochschule Offental",
        languages=("de", "en"),
        email="jonas@example.org",
    )
    assert [(stage.id, stage.name) for stage in gathering.stages] == [
        ("grosse-buehne", "Große Bühne"),
        ("werkstatt", "Werkstattbühne"),
    ]


def test_items_follow_each_other_and_carry_all_that_was_written() -> None:
    main, side = read(EVENING).stages
    assert main.items[1] == Item(
        id="eine-haut-fuer-roboterhaende",
        title="Eine Haut für Roboterhände",
        kind="pitch.talent",
        starts_at=at("18:05"),
        seconds=330,
        people=("jonas", "miriam-haldenwang"),
        starts=False,
        ends=False,
    )
    assert (main.items[2].least_seconds, main.items[2].seconds) == (240, 600)
    assert (main.items[3].fixed, main.items[3].anchor) == (True, at("18:30"))
    assert (side.items[0].id, side.items[0].grace) == ("pause-2", 30)
    assert (side.items[1].anchor, side.items[1].starts_at) == (at("18:35"), at("18:40"))


def test_the_ids_stay_when_the_file_is_read_again() -> None:
    assert read(EVENING) == read(EVENING.replace("\n", "\r\n")) == read("\ufeff" + EVENING)


def test_times_after_midnight_are_on_the_next_day() -> None:
    late = changed('ends = "21:00"', 'ends = "02:00"')
    late = late.replace('start = "18:12"', 'start = "00:30"')
    late = late.replace("start = 18:30:00", 'start = "01:00"').replace("length = 60", "length = 5")
    gathering = read(late)
    assert gathering.ends_at == at("02:00", "2026-09-25")
    assert gathering.stages[0].items[2].starts_at == at("00:30", "2026-09-25")


def test_without_an_end_the_gathering_lasts_until_its_last_item() -> None:
    assert read(changed('ends = "21:00"\n', "")).ends_at == at("19:30")


@pytest.mark.parametrize(
    ("written", "seconds"), [("5", 300), ("2.5", 150), ('"5:30"', 330), ('"90:00"', 5400)]
)
def test_lengths_are_minutes(written: str, seconds: float) -> None:
    text = changed('start = "18:12"\nlength = 10', f'start = "16:00"\nlength = {written}')
    text = text.replace('start = "16:00"\n', 'start = "18:12"\n').replace("start = 18:30:00", "")
    assert (
        read(text.replace("fixed = true", "").replace("least = 4", "")).stages[0].items[2].seconds
        == seconds
    )


def test_an_anchor_that_is_true_is_the_planned_start() -> None:
    item = read(changed('anchor = "18:35"', "anchor = true")).stages[1].items[1]
    assert item.anchor == at("18:40")


@pytest.mark.parametrize(
    ("start", "seconds"),
    [('"2026-10-25T02:30"', 7200), ("2026-10-25T02:30:00+01:00", 10800), ('"03:30"', 14400)],
)
def test_the_night_the_clocks_go_back(start: str, seconds: float) -> None:
    night = changed("date = 2026-09-24", 'date = "2026-10-25"')
    night = night.replace('starts = "18:00"', 'starts = "00:30"').replace("21:00", "20:00")
    night = night.replace('start = "18:00"', f"start = {start}").replace(
        "2026-09-24T", "2026-10-25T"
    )
    gathering = read(night)
    assert gathering.stages[0].items[0].starts_at - gathering.starts_at == seconds


# What is wrong

CARLA = 'people = ["Carla Donati"]'
MINUTES = '“length” must be a number of minutes, such as 5, 2.5 or "5:30".'
NO_TIME = 'is not a time. Write it as "18:30" or as 2026-09-24T18:30:00.'
ON_TWO_STAGES = """people = ["Miriam Haldenwang"]
[[stages]]
name = "Dritte"
[[stages.items]]
title = "Rede"
kind = "talk"
start = "18:02"
length = 2
people = [ "Miriam Haldenwang" ]"""

# What is changed into what, the line that is blamed (else the changed one), what is said.
WRONG = [
    ('role = "talent"', 'role = "talents"', "",
     "“talents” is not possible for “role”. Choose one of: organiser, moderator, talent, rep, "
     "juror, guest."),
    ('kind = "welcome"', 'kind = "lunch"', "",
     "“lunch” is not possible for “kind”. Choose one of: welcome, pitch.company, pitch.talent, "
     "questions, talk, panel, break, round, award, tour."),
    ('role = "rep"', 'rolle = "rep"', "", "There is no key “rolle” here. Did you mean “role”?"),
    ('[[people]]\nname = "Miriam Haldenwang"\nrole = "moderator"', '[[people]]\nname = "M"', "",
     "“role” is missing here."),
    ("[[stages.items]]\ntitle = \"Begrüßung\"", "[[stages.items]]", "",
     "“title” is missing here."),
    ("length = 5", "length = 0", "", "The length must be more than nothing."),
    ("length = 5", "length = -5", "", MINUTES),
    ("length = 5", "length = true", "", MINUTES),
    ("length = 5", 'length = "5:60"', "", MINUTES),
    ("length = 5", "length = 1e400", "", MINUTES),
    ("grace = 30", 'grace = "a bit"', "", "“grace” must be a number of seconds, such as 30."),
    ("fixed = true", 'fixed = "yes"', "",
     "“fixed” must be true or false, without quotation marks."),
    ("least = 4", "least = 11", "", "The least length is more than the length. Make it shorter."),
    ('people = ["Miriam Haldenwang"]', 'people = ["Miriam Haldenwan"]', "",
     "“Miriam Haldenwan” is not among the people. Did you mean “Miriam Haldenwang”?"),
    ('    "jonas", ', '    "Zoe", ', "",
     "“Zoe” is not among the people. Add them with [[people]]."),
    ('    "jonas", ', '    "miriam-haldenwang", ', '    "Miriam Haldenwang",',
     "“Miriam Haldenwang” is listed twice for this item. Once is enough."),
    (CARLA, 'people = "Carla"', "",
     "“people” must be a list of texts, such as [\"a\", \"b\"]."),
    ('"Europe/Berlin"', '"Europe/Berlim"', "",
     "The time zone “Europe/Berlim” is not known. Use a name such as Europe/Berlin."),
    ('"Europe/Berlin"', '"../etc/passwd"', "",
     "The time zone “../etc/passwd” is not known. Use a name such as Europe/Berlin."),
    ("date = 2026-09-24\n", "", "[gathering]", "“date” is missing here."),
    ("date = 2026-09-24", 'date = "24.9."', "",
     "“24.9.” is not a date. Write it as 2026-09-24."),
    ('starts = "18:00"', "", "[gathering]", "“starts” is missing here."),
    ('start = "18:12"', 'start = "18:10"', "",
     "“Pause” begins at 18:10, while “Eine Haut für Roboterhände” still lasts until 18:10:30."),
    ('start = "18:12"', 'start = "quarter past"', "", f"“quarter past” {NO_TIME}"),
    ('start = "18:12"', 'start = "25:12"', "", f"“25:12” {NO_TIME}"),
    ('start = "18:12"', "start = 18", "", f"“18” {NO_TIME}"),
    ('kind = "break"\nstart = "18:10"', 'kind = "break"', "[[stages.items]]",
     "The first item of a stage needs a start, such as start = \"18:00\"."),
    ('anchor = "18:35"', 'anchor = "18:45"', "",
     "The item is planned for 18:40, but its anchor forbids it before 18:45. Plan it later, or "
     "put the anchor earlier."),
    ('ends = "21:00"', 'ends = "19:00"', "start = 18:30:00",
     "“Zweiergespräche” lies outside the gathering, which lasts from 18:00 to 19:00."),
    ('ends = "21:00"', "ends = 2026-09-23T21:00:00", "",
     "The gathering ends before it begins."),
    (CARLA, 'peple = ["Carla Donati"]', "", "There is no key “peple” here. Did you mean “people”?"),
    ('host = "Netzwerk Mikrotechnik"', "xyz = 1", "",
     "There is no key “xyz” here. These are known: id, name, date, starts, ends, time_zone, "
     "languages, host, city, doors, about, invite_note."),
    ('id = "jonas"', 'id = "Jonas!"', "",
     "The id “Jonas!” may hold only small letters a to z, digits, dots and hyphens."),
    ('id = "jonas"', 'id = "miriam-haldenwang"', "",
     "“miriam-haldenwang” is already used on line 12. Give this one an id of its own."),
    ('[[people]]\nname = "Carla Donati"', '[[people]]\nname = "Miriam Haldenwang"', "",
     "“Miriam Haldenwang” is already used on line 12. Give this one an id of its own."),
    ("jonas@example.org", "jonas@", "", "“jonas@” is not an e-mail address."),
    ('title = "Begrüßung"', 'title = " "', "",
     "“title” must be a text in quotation marks, and not empty."),
    (CARLA, ON_TWO_STAGES, 'people = [ "Miriam Haldenwang" ]',
     "Miriam Haldenwang is also planned for “Begrüßung” at that time (line 33)."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "blamed", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_line(
    before: str, after: str, blamed: str, said: str
) -> None:
    text = changed(before, after)
    with pytest.raises(ProgrammeWrong) as wrong:
        read(text)
    found = [
        (text.splitlines()[problem.line - 1], problem.sentence.format(**problem.values))
        for problem in wrong.value.problems
    ]
    blamed = (blamed or after.splitlines()[0]).strip()
    assert [sentence for line, sentence in found if blamed in line] == [said]


def test_all_problems_are_found_at_once_in_the_order_of_their_lines() -> None:
    text = changed('role = "rep"', 'role = "boss"').replace("length = 5\n", 'length = "x"\n')
    text = text.replace("2026-09-24\n", "2026-09-24\ntyme_zone = 1\n")
    assert [said.split(":")[0] for said in problems(text)] == ["line 5", "line 28", "line 38"]


def test_a_time_the_clocks_leave_out_is_refused() -> None:
    text = changed("date = 2026-09-24", "date = 2026-03-29").replace(
        'starts = "18:00"', 'starts = "02:30"'
    )
    assert problems(text)[0] == (
        "line 5: 02:30 does not exist on this day, because the clocks go forward. "
        "Choose another time."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "line 1: This is not valid TOML: Invalid value."),
        ('a = 1\n\n[x\nb = "2"', "line 3: This is not valid TOML"),
        ('a = 1\nb = "2', "line 2: This is not valid TOML"),
        ("", "There is no stage yet. Add one with [[stages]]."),
        ("people = 5", "line 1: Write [[people]] with two brackets, once for each."),
        ("people = [5]", "line 1: This must be a table with keys of its own."),
        ("[[stages]]\nname = 'x'", "line 1: The stage “x” has no items yet. Add one with"),
    ],
)
def test_a_file_that_is_no_programme_at_all(text: str, said: str) -> None:
    assert any(problem.startswith(said) for problem in problems(text)), problems(text)


def test_a_problem_carries_its_parts_for_translation() -> None:
    with pytest.raises(ProgrammeWrong) as wrong:
        read(changed("jonas@example.org", "jonas"))
    assert wrong.value.problems == (
        Problem(23, "“{value}” is not an e-mail address.", {"value": "jonas"}),
    )


values = st.sampled_from(
    ["0", "-1", "1e400", "nan", "true", '""', '"x"', "[]", "[1]", "{}", "18:30:00", '"18:30"']
) | st.sampled_from(
    ['"5:30"', "2026-09-24", "2026-09-24T18:30:00Z", "0001-01-01T00:00:00", "9999-12-31T23:59:59"]
)
written = [line for line in EVENING.splitlines() if " = " in line and not line.startswith(" ")]


@given(st.lists(st.tuples(st.sampled_from(written), values), min_size=1, max_size=3))
def test_whatever_is_written_the_answer_is_a_gathering_or_reasons(
    changes: list[tuple[str, str]],
) -> None:
    text = EVENING
    for line, value in changes:
        text = text.replace(line, f"{line.split(' = ')[0]} = {value}", 1)
    assert _read_or_reasons(text)


def _read_or_reasons(text: str) -> str:
    try:
        return read(text).name or "-"
    except ProgrammeWrong as wrong:
        return str(wrong)


# Helpers for the demo


def test_a_gathering_can_be_put_elsewhere_in_time() -> None:
    gathering = read(EVENING)
    later = shifted(gathering, 3600)
    assert (later.starts_at, later.ends_at) == (at("19:00"), at("22:00"))
    assert later.stages[0].items[3].anchor == at("19:30")
    assert later.stages[0].items[3].seconds == 3600
    assert shifted(later, -3600) == gathering


def test_a_gathering_can_go_faster() -> None:
    fast = paced(read(EVENING), 10)
    assert (fast.starts_at, fast.ends_at) == (at("18:00"), at("18:18"))
    pause, talks = fast.stages[0].items[2:]
    assert (pause.starts_at, pause.seconds, pause.least_seconds) == (at("18:01:12"), 60, 24)
    assert (talks.anchor, talks.seconds) == (at("18:03"), 360)
    assert fast.stages[1].items[0].grace == 3


# Meetings


MEETINGS = """
[meetings]
between = "all"
announced = false
path = "direct"
table = 2
topics = ["Mikrofluidik", "  mikrofluidik", "Gründen"]
desks = { "Sellmoor" = 2 }

[[people]]
name = "Cora Doni"
role = "rep"
organisation = "Sellmoor"
seeks = ["Optik", "Laser"]
offers = ["Messtechnik"]
jobs = ["thesis", "job"]
degree = "Physik"
"""


def test_without_a_word_on_meetings_talents_meet_companies() -> None:
    assert read(EVENING).meetings == Meetings()


def test_what_is_set_for_meetings_is_read() -> None:
    gathering = read(EVENING + MEETINGS)
    assert gathering.meetings == Meetings(
        between="all",
        announced=False,
        path="direct",
        table=2,
        desks={"Sellmoor": 2},
        topics=("Mikrofluidik", "Gründen"),
    )
    assert gathering.people[-1] == Person(
        id="cora-doni",
        name="Cora Doni",
        role="rep",
        organisation="Sellmoor",
        seeks=("Optik", "Laser"),
        offers=("Messtechnik",),
        jobs=("thesis", "job"),
        degree="Physik",
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            'between = "all"',
            'between = "some"',
            "“some” is not possible for “between”. Choose one of: talent-company, all.",
        ),
        (
            "announced = false",
            'announced = "no"',
            "“announced” must be true or false, without quotation marks.",
        ),
        (
            "table = 2",
            "table = 3",
            "“table” must be 1, or 2 if two talents may sit with one representative.",
        ),
        (
            '"Sellmoor" = 2',
            '"Selmoor" = 2',
            "No representative comes from “Selmoor”. Did you mean “Sellmoor”?",
        ),
        (
            '"Sellmoor" = 2',
            '"Amt" = 2',
            "No representative comes from “Amt”. Write it as with the people.",
        ),
        (
            '"Sellmoor" = 2',
            '"Sellmoor" = 0',
            "“Sellmoor” needs a whole number of desks, at least 1.",
        ),
        (
            'desks = { "Sellmoor" = 2 }',
            "desks = 2",
            "Write “desks” as a table, [meetings.desks], with a number for each organisation.",
        ),
        (
            '["thesis", "job"]',
            '["holiday"]',
            "“holiday” is not possible for “jobs”. Choose one of: thesis, internship, "
            "working-student, job, doctorate, founding.",
        ),
        (
            '["Messtechnik"]',
            f'["{"x" * 41}"]',
            f"“{'x' * 41}” is too long for a topic. Please use at most 40 characters.",
        ),
        (
            '["Messtechnik"]',
            str([f"topic {n}" for n in range(13)]),
            "These are too many topics. Please keep to the 12 most important.",
        ),
    ],
)
def test_what_is_wrong_with_meetings_is_named_with_its_line(
    before: str, after: str, said: str
) -> None:
    assert MEETINGS.count(before) == 1
    text = EVENING + MEETINGS.replace(before, after)
    line = text[: text.index(after)].count("\n") + 1
    assert problems(text) == [f"line {line}: {said}"]
