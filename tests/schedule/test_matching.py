"""Who meets whom: what is refused, what is wished, what is fair, and how near the best it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from schedule import matching
from schedule.matching import Case, CaseError, Change, Plan
from tests.schedule.cases import evening, faults, rep, spread, talent, value

PAIR = Case(2, (talent("t1"), rep("r1")), (("t1", "r1", 57),), (("t1", "r1"),))
ROOT = Path(__file__).parents[2]


def test_two_who_wish_to_meet_meet() -> None:
    assert matching.plan(PAIR) == Plan((("t1", "r1", 0),), 102_057, 102_057)


def test_somebody_without_interest_meets_nobody() -> None:
    case = replace(PAIR, interest=(), mutual=())
    assert matching.plan(case) == Plan((), 0, 0)


def test_no_people_make_no_plan() -> None:
    assert matching.plan(Case(3, (), ())) == Plan((), 0, 0)


def test_who_is_never_there_is_not_planned() -> None:
    case = replace(PAIR, people=(talent("t1", absent=(0, 1)), rep("r1")))
    assert matching.plan(case).meetings == ()


def test_without_a_common_language_nobody_meets() -> None:
    case = replace(PAIR, people=(talent("t1", languages=("de",)), rep("r1", languages=("en",))))
    assert matching.plan(case).meetings == ()


def test_a_talent_meets_an_organisation_once() -> None:
    case = Case(
        2,
        (talent("t1"), rep("r1", "acme"), rep("r2", "acme")),
        (("t1", "r1", 50), ("t1", "r2", 60)),
    )
    assert matching.plan(case).meetings == (("t1", "r2", 0),)


def test_a_mutual_wish_comes_before_a_second_pair() -> None:
    case = Case(
        1,
        (talent("t1", 1), talent("t2", 1), rep("r1", None, 1), rep("r2", None, 1)),
        (("t1", "r1", 0), ("t1", "r2", 100), ("t2", "r1", 100)),
        (("t1", "r1"),),
    )
    assert matching.plan(case).meetings == (("t1", "r1", 0),)


def test_a_first_meeting_comes_before_interest() -> None:
    case = Case(
        2,
        (talent("t1"), talent("t2"), rep("r1", absent=(1,)), rep("r2", absent=(0,))),
        (("t1", "r1", 100), ("t1", "r2", 100), ("t2", "r1", 1), ("t2", "r2", 1)),
    )
    names = {name for a, b, _ in matching.plan(case).meetings for name in (a, b)}
    assert names == {"t1", "t2", "r1", "r2"}


def test_a_booked_meeting_stands_without_interest() -> None:
    case = replace(PAIR, interest=(), mutual=(), booked=(("t1", "r1", 1),))
    assert matching.plan(case) == Plan((("t1", "r1", 1),), 2_000, 2_000)


def test_desks_limit_how_many_of_an_organisation_sit() -> None:
    case = Case(
        1,
        (talent("t1", 1), talent("t2", 1), rep("r1", "acme", 1), rep("r2", "acme", 1)),
        (("t1", "r1", 50), ("t2", "r2", 60)),
        desks={"acme": 1},
    )
    assert matching.plan(case).meetings == (("t2", "r2", 0),)


def test_two_talents_sit_at_a_table_of_three_and_need_one_desk() -> None:
    case = Case(
        1,
        (talent("t1", 1), talent("t2", 1), rep("r1", "acme", 1)),
        (("t1", "r1", 50), ("t2", "r1", 60)),
        desks={"acme": 1},
        table=2,
    )
    assert matching.plan(case).meetings == (("t1", "r1", 0), ("t2", "r1", 0))


def test_everybody_may_meet_everybody() -> None:
    case = Case(
        3,
        tuple(talent(name, 3) for name in "abcd"),
        tuple((a, b, 10) for a, b in ("ab", "ac", "ad", "bc", "bd", "cd")),
    )
    plan = matching.plan(case)
    assert (len(plan.meetings), plan.value, plan.bound) == (6, 24_060, 24_060)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (replace(PAIR, rounds=0), "rounds: there can be 1 to 64"),
        (replace(PAIR, table=3), "table: 1 or 2 talents can sit with one representative"),
        (
            replace(PAIR, people=(talent("t1"), talent("r1", 3))),
            "people[1].present: round 2 does not exist",
        ),
        (
            replace(PAIR, people=(talent("t1"), rep("t1"))),
            "people[1].id: t1 stands here a second time",
        ),
        (replace(PAIR, interest=(("t1", "x", 1),)), "interest[0]: x is not among the people"),
        (replace(PAIR, interest=(("t1", "r1", 101),)), "interest[0]: 101 is not between 0 and 100"),
        (replace(PAIR, interest=(("t1", "t1", 1),)), "interest[0]: t1 cannot meet t1"),
        (
            replace(PAIR, interest=(("t1", "r1", 1), ("r1", "t1", 2))),
            "interest[1]: r1 and t1 stand here a second time with another figure",
        ),
        (replace(PAIR, mutual=(("t1", "x"),)), "mutual[0]: x is not among the people"),
        (replace(PAIR, desks={"acme": -1}), "desks.acme: below 0"),
        (replace(PAIR, booked=(("t1", "r1", 2),)), "booked[0]: round 2 does not exist"),
        (
            replace(PAIR, people=(talent("t1", absent=(1,)), rep("r1")), booked=(("t1", "r1", 1),)),
            "booked[0]: t1 is not present in round 1",
        ),
        (
            Case(
                2,
                (talent("t1"), talent("t2"), rep("r1")),
                (),
                booked=(("t1", "r1", 0), ("t2", "r1", 0)),
            ),
            "booked[1]: r1 is booked twice in round 0",
        ),
        (
            replace(PAIR, booked=(("t1", "r1", 0), ("t1", "r1", 1))),
            "booked[1]: t1 is booked with r1 or their organisation a second time",
        ),
        (
            Case(2, (talent("t1"), talent("t2")), (("t1", "t2", 1),), table=2),
            "table: tables of three need talents on one side and companies on the other",
        ),
    ],
)
def test_a_wrong_case_is_refused_with_the_place_and_the_reason(case: Case, words: str) -> None:
    with pytest.raises(CaseError) as error:
        matching.plan(case)
    assert str(error.value) == words


@pytest.mark.parametrize("seed", range(4))
def test_an_evening_is_planned_as_well_as_can_be(seed: int) -> None:
    case = evening(45, seed)
    plan = matching.plan(case)
    assert faults(case, plan) == []
    assert plan.value == value(case, plan.meetings) == plan.bound
    assert spread(case, plan) <= 2


@pytest.mark.parametrize("people", [45, 100, 150])
def test_without_absences_nothing_is_lost_to_the_rounds(people: int) -> None:
    case = evening(people, 1, whole=True)
    plan = matching.plan(case)
    assert faults(case, plan) == []
    assert plan.value == plan.bound


def test_strict_turns_differ_by_one_and_say_what_they_cost() -> None:
    case = evening(60, 3)
    free, strict = matching.plan(case), matching.plan(case, strict=True)
    assert faults(case, strict) == []
    assert spread(case, strict) <= 1
    assert strict.cost == free.value - strict.value
    assert matching.plan(replace(case, strict=True)) == strict


def test_an_explanation_says_why_for_every_round() -> None:
    case = Case(
        3,
        (talent("t1", 3, absent=(2,)), talent("t2", 3), rep("r1", None, 3, absent=(2,))),
        (("t1", "r1", 57), ("t2", "r1", 20)),
        (("t1", "r1"),),
    )
    plan = Plan((("t1", "r1", 0), ("t2", "r1", 1)), 0, 0)
    assert [(each.partners, each.why) for each in matching.explain(case, plan, "t1")] == [
        (("r1",), "mutual"),
        ((), "met"),
        ((), "absent"),
    ]
    assert [each.why for each in matching.explain(case, plan, "t2")] == ["met", "interest", "met"]
    late = replace(plan, meetings=(("t1", "r1", 0),))
    assert [each.why for each in matching.explain(case, late, "t2")] == ["taken", "turn", "away"]
    with pytest.raises(CaseError, match="x is not among the people"):
        matching.explain(case, plan, "x")


def test_a_difference_tells_exactly_those_it_concerns() -> None:
    old = Plan((("t1", "r1", 0), ("t2", "r2", 0), ("t3", "r3", 0)), 0, 0)
    new = Plan((("t1", "r2", 0), ("t3", "r3", 0)), 0, 0)
    assert matching.diff(old, new) == (
        Change("r1", 0, ("t1",), ()),
        Change("r2", 0, ("t2",), ("t1",)),
        Change("t1", 0, ("r1",), ("r2",)),
        Change("t2", 0, ("r2",), ()),
    )


def test_a_table_of_three_hears_of_its_third() -> None:
    old = Plan((("t1", "r1", 0), ("t2", "r1", 0)), 0, 0)
    new = Plan((("t1", "r1", 0),), 0, 0)
    assert matching.diff(old, new) == (
        Change("r1", 0, ("t1", "t2"), ("t1",)),
        Change("t1", 0, ("r1", "t2"), ("r1",)),
        Change("t2", 0, ("r1", "t1"), ()),
    )


def run(word: str, text: str) -> subprocess.CompletedProcess[str]:
    """`python -m schedule`, as somebody outside would use it."""
    return subprocess.run(
        [sys.executable, "-m", "schedule", word],
        cwd=ROOT, input=text, capture_output=True, text=True, check=False,
    )  # fmt: skip


CASE = {
    "rounds": 2,
    "people": [
        {"id": "t1", "side": "talent", "org": None, "present": [0, 1], "languages": ["de"]},
        {"id": "r1", "side": "company", "org": "acme", "present": [0, 1], "languages": ["de"]},
    ],
    "interest": [["t1", "r1", 57]],
    "mutual": [["t1", "r1"]],
    "desks": {"acme": 2},
    "booked": [],
    "table": 1,
}


def test_a_plan_is_made_and_repaired_on_the_command_line() -> None:
    planned = run("plan", json.dumps(CASE))
    plan = {"meetings": [["t1", "r1", 0]], "value": 102_057, "bound": 102_057}
    assert json.loads(planned.stdout) == plan
    task = {"case": CASE, "plan": plan, "done": 0, "keep": ["t1"], "within": 1}
    assert json.loads(run("repair", json.dumps(task)).stdout)["meetings"] == plan["meetings"]


def test_the_command_line_says_where_a_case_is_wrong() -> None:
    wrong = run("plan", json.dumps(CASE).replace("57", '"much"'))
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "interest[0][2]: Expected `int`, got `str`\n"
    assert run("plan", "{").stderr.startswith("this is not JSON")
    assert run("guess", "").returncode == 2
