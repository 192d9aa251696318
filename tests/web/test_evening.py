"""How the evening stands for one reader."""

from __future__ import annotations

from schedule import agenda
from schedule.agenda import Agenda, Extend, Finish, Pause, Skip, Start
from schedule.items import Gathering, Item, Person, Stage
from schedule.machine import Command
from web.evening import Clock, Evening, evening

SIX = 1_600_963_200.0  # 24 September 2020, 18:00 in Berlin
MINUTE = 60.0


def item(name: str, kind: str, at: float, minutes: float, *people: str, **more: object) -> Item:
    given = {"starts": False, "ends": False} | more
    start = SIX + at * MINUTE
    return Item(name, name.title(), kind, start, minutes * MINUTE, people=people, **given)  # type: ignore[arg-type]


GATHERING = Gathering(
    id="evening",
    name="Talente treffen Industrie",
    time_zone="Europe/Berlin",
    languages=("de", "en"),
    starts_at=SIX,
    ends_at=SIX + 180 * MINUTE,
    stages=(
        Stage(
            "gross",
            "Große Bühne",
            (
                item("welcome", "welcome", 0, 10, "miriam"),
                item("skin", "pitch.talent", 10, 5, "jonas"),
                item("blood", "pitch.talent", 15, 5, "elif"),
                item("pause", "break", 20, 10),
                item("rounds", "round", 50, 30, anchor=SIX + 50 * MINUTE, fixed=True),
            ),
        ),
        Stage(
            "werk",
            "Werkstattbühne",
            (
                item("workshop", "talk", 0, 15, "carla"),
                item("coffee", "break", 15, 10),
                item("prize", "award", 120, 10),
            ),
        ),
    ),
    people=(
        Person("miriam", "Miriam Haldenwang", "moderator"),
        Person("jonas", "Jonas Brandt-Okafor", "talent"),
        Person("elif", "Elif Yıldız", "talent"),
        Person("carla", "Carla Donati", "rep"),
        Person("hanna", "Hanna Wieczorek", "guest"),
    ),
)


class Night:
    """The agenda of one evening, and what people do to it."""

    def __init__(self) -> None:
        self.agenda: Agenda = agenda.opening(GATHERING, SIX - 3600)

    def does(self, command: Command, minute: float) -> None:
        for event in agenda.decide(self.agenda, command, "miriam", SIX + minute * MINUTE):
            self.agenda = agenda.apply(self.agenda, event)

    def for_(self, reader: str, minute: float) -> Evening:
        now = SIX + minute * MINUTE
        people = {person.id: person for person in GATHERING.people}
        return evening(agenda.shown(self.agenda, now), people, reader, now)


def titles(lines: object) -> list[str]:
    return [line.title for line in lines]  # type: ignore[attr-defined]


def test_before_it_begins_nothing_is_on() -> None:
    stands = Night().for_("elif", -60)

    assert stands.phase == "before"
    assert stands.starts_at == SIX
    assert [(scene.now, scene.clock) for scene in stands.scenes] == [(None, None), (None, None)]
    assert titles(stands.scenes[0].next) == ["Welcome", "Skin"]


def test_the_stage_shows_what_is_on_and_the_next_two() -> None:
    night = Night()
    night.does(Start("gross", "welcome", None), 0)

    scene = night.for_("elif", 4).scenes[0]

    assert scene.now is not None
    assert (scene.now.title, scene.now.people[0].name) == ("Welcome", "Miriam Haldenwang")
    assert scene.clock == Clock("calm", 6 * MINUTE, 0.6)
    assert titles(scene.next) == ["Skin", "Blood"]


def test_the_clock_turns_soon_then_over_and_stands_still_when_held() -> None:
    night = Night()
    night.does(Start("gross", "welcome", None), 0)
    assert night.for_("elif", 9.5).scenes[0].clock == Clock("soon", 30.0, 0.05)
    assert night.for_("elif", 11).scenes[0].clock == Clock("over", -60.0, 1.0)

    night.does(Extend("gross", "welcome", 5 * MINUTE), 11)
    night.does(Pause("gross", "welcome"), 12)

    held = night.for_("elif", 14).scenes[0].clock
    assert held == Clock("paused", 3 * MINUTE, 0.2)


def test_an_overrun_moves_ones_own_turn() -> None:
    night = Night()
    night.does(Start("werk", "workshop", None), 0)
    night.does(Start("gross", "welcome", None), 3)

    stands = night.for_("elif", 5)

    assert stands.drift == 3
    assert stands.turn is not None
    assert (stands.turn.line.title, stands.turn.line.drift) == ("Blood", 3)
    assert stands.turn.seconds == 13 * MINUTE


def test_the_bells_ring_twenty_ten_and_one_minute_before() -> None:
    night = Night()

    def rung(minute: float) -> tuple[int, float | None]:
        turn = night.for_("elif", minute).turn
        assert turn is not None
        return turn.rung, turn.next_bell and (turn.next_bell - SIX) / MINUTE

    assert rung(-10) == (0, -5.0)
    assert rung(-5) == (1, 5.0)
    night.does(Start("gross", "welcome", None), 0)
    assert rung(5) == (2, 14.0)
    night.does(Start("gross", "skin", "welcome"), 10)
    assert rung(14) == (3, None)


def test_who_is_on_stage_is_told_so() -> None:
    night = Night()
    night.does(Start("gross", "skin", None), 0)

    turn = night.for_("jonas", 1).turn

    assert turn is not None
    assert turn.on
    assert turn.seconds == 0.0


def test_my_evening_is_mine_and_what_is_for_all_of_us() -> None:
    stands = Night().for_("elif", 0)

    assert titles(stands.mine) == ["Welcome", "Blood", "Pause", "Rounds", "Prize"]
    assert [line.mine for line in stands.mine] == [False, True, False, False, False]


def test_people_of_another_stage_get_its_breaks() -> None:
    assert titles(Night().for_("carla", 0).mine) == ["Workshop", "Coffee", "Rounds", "Prize"]


def test_guests_belong_to_the_first_stage() -> None:
    assert titles(Night().for_("hanna", 0).mine) == ["Welcome", "Pause", "Rounds", "Prize"]


def test_what_was_left_out_stays_in_its_place() -> None:
    night = Night()
    night.does(Start("gross", "welcome", None), 0)
    night.does(Skip("gross", "skin"), 5)

    lines = night.for_("elif", 6).stages[0][2]

    assert sorted((line.title, line.how) for line in lines) == [
        ("Blood", "next"),
        ("Pause", "waiting"),
        ("Rounds", "waiting"),
        ("Skin", "skipped"),
        ("Welcome", "air"),
    ]


def test_when_all_is_over_there_are_thanks() -> None:
    night = Night()
    for stage in GATHERING.stages:
        for each in stage.items:
            night.does(Skip(stage.id, each.id), 1)

    assert night.for_("elif", 2).phase == "after"


def test_the_plan_is_kept_when_nothing_is_late() -> None:
    night = Night()
    night.does(Start("werk", "workshop", None), 0)
    night.does(Start("gross", "welcome", None), 0)
    night.does(Finish("gross", "welcome"), 10)

    stands = night.for_("elif", 10)

    assert stands.drift == 0
    assert [line.late for line in stands.mine] == [False] * 5
