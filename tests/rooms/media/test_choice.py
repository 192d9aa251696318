"""Which quality a viewer gets: quick to go down, slow to go up, sound before picture."""

from __future__ import annotations

from itertools import pairwise
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.media.choice import FIRST_PAUSE, LONGEST_PAUSE, Line, Picture, Rung, ladder, reach

CAMERA = (1_200_000.0, 400_000.0, 120_000.0)
SCREEN = (1_500_000.0, 200_000.0)


def qualities(rungs: list[Rung]) -> list[tuple[int | None, ...]]:
    return [rung.qualities for rung in rungs]


def test_a_large_picture_is_worth_every_quality_and_a_tile_its_smallest() -> None:
    rungs = ladder([Picture("tile", CAMERA), Picture("large", SCREEN)])

    assert qualities(rungs) == [(None, None), (None, 1), (2, 1), (2, 0)]
    assert [rung.cost for rung in rungs] == [0, 200_000, 320_000, 1_620_000]


def test_what_is_not_shown_is_not_sent() -> None:
    assert qualities(ladder([Picture("hidden", CAMERA)])) == [(None,)]


def test_qualities_that_are_not_sent_are_passed_over() -> None:
    rungs = ladder([Picture("large", (None, 400_000.0, 120_000.0)), Picture("tile", (90_000.0,))])

    assert qualities(rungs)[-1] == (1, 0)


def test_an_empty_seat_waits_for_whatever_comes() -> None:
    assert qualities(ladder([Picture("large", ()), Picture("tile", (None, None))])) == [(0, 0)]


rates = st.lists(st.none() | st.floats(0, 5e6), max_size=3).map(tuple)
pictures = st.lists(
    st.builds(Picture, st.sampled_from(["large", "tile", "hidden"]), rates), max_size=5
)


@given(pictures)
def test_every_rung_changes_one_picture_and_the_last_shows_all(shown: list[Picture]) -> None:
    rungs = ladder(shown)

    for lower, upper in pairwise(rungs):
        pairs = zip(lower.qualities, upper.qualities, strict=True)
        assert sum(a != b for a, b in pairs) == 1
    for picture, quality in zip(shown, rungs[-1].qualities, strict=True):
        assert (quality is None) == (picture.size == "hidden")


@given(pictures, st.floats(0, 1e7))
def test_what_is_chosen_is_sent_and_fits(shown: list[Picture], budget: float) -> None:
    rungs = ladder(shown)
    rung = rungs[reach(rungs, budget)]

    assert rung.cost <= budget
    for picture, quality in zip(shown, rung.qualities, strict=True):
        if quality is not None and any(rate is not None for rate in picture.rates):
            assert picture.rates[quality] is not None


class Evening:
    """One viewer's line, and what it does to what is sent, second by second."""

    def __init__(self, *shown: Picture) -> None:
        self.rungs = ladder(shown or [Picture("large", CAMERA)])
        self.line = Line()
        self.now = 0.0
        self.rung = self.rungs[-1]

    def second(self, lost: float = 0.0, far: float = 0.05, promised: float | None = None) -> int:
        self.now += 1.0
        if promised is not None:
            self.line.promised(promised)
        self.line.reported(lost, far, self.rung.cost, self.now)
        self.rung = self.line.judge(self.rungs, self.now)
        return self.rungs.index(self.rung)

    def carries(self, bits: float, seconds: int) -> list[int]:
        """A line that loses what is too much for it."""
        return [
            self.second(max(0.0, 1 - bits / self.rung.cost) if self.rung.cost else 0.0)
            for _ in range(seconds)
        ]


def test_a_good_line_gets_the_best_from_the_first_moment() -> None:
    assert Evening().carries(inf, 5) == [3] * 5


def test_a_line_that_is_too_thin_is_left_in_two_seconds() -> None:
    steps = Evening().carries(600_000, 5)

    assert steps[0] == 3
    assert steps[1] == 2
    assert min(steps) == 2


def test_one_bad_second_changes_nothing() -> None:
    evening = Evening()

    assert [evening.second(1.0), evening.second(), evening.second(0.3), evening.second()] == [3] * 4


def test_after_quiet_it_is_tried_again_and_ever_more_seldom() -> None:
    evening = Evening()

    steps = evening.carries(600_000, 400)

    tries = [at for at, (a, b) in enumerate(pairwise(steps)) if a < b]
    assert len(tries) >= 4
    pauses = [b - a for a, b in pairwise(tries)]
    assert all(a < b for a, b in pairwise(pauses[:3]))
    assert max(pauses) <= LONGEST_PAUSE + 10
    assert steps.count(3) < 40


def test_a_line_that_got_better_is_used_again() -> None:
    evening = Evening()
    evening.carries(100_000, 20)

    steps = evening.carries(inf, 120)

    assert steps[-1] == 3
    assert all(a <= b for a, b in pairwise(steps))


def test_the_last_picture_goes_before_the_sound_suffers_and_comes_back_by_itself() -> None:
    evening = Evening()

    gone = evening.carries(50_000, 30)
    assert 0 in gone
    back = evening.carries(inf, 200)

    assert back[-1] == 3


def test_loss_that_is_bearable_never_takes_the_last_picture() -> None:
    evening = Evening()

    assert min(evening.second(0.17 + 0.04 * (-1) ** at) for at in range(60)) == 1


def test_a_queue_that_grows_counts_like_loss() -> None:
    evening = Evening()
    evening.second(far=0.03)

    steps = [evening.second(far=0.6) for _ in range(3)]

    assert min(steps) == 2


def test_a_queue_that_is_worked_off_takes_no_further_picture() -> None:
    evening = Evening()
    evening.second(far=0.03)

    steps = [evening.second(far=2.0 * 0.8**at) for at in range(8)]

    assert min(steps) == 3


def test_what_the_browser_allows_decides_in_doubt_and_only_there() -> None:
    content, doubtful, clean = Evening(), Evening(), Evening()
    for each in (content, doubtful, clean):
        each.second()

    assert [content.second(far=0.25) for _ in range(4)] == [3] * 4
    assert min(doubtful.second(far=0.25, promised=150_000) for _ in range(4)) < 3
    assert [clean.second(promised=150_000) for _ in range(4)] == [3] * 4


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.001, 3)), max_size=80), pictures.filter(bool)
)
def test_whatever_is_reported_the_pause_and_the_choice_stay_within_bounds(
    reports: list[tuple[float, float]], shown: list[Picture]
) -> None:
    evening = Evening(*shown)

    for lost, far in reports:
        evening.second(lost, far)

        assert FIRST_PAUSE <= evening.line._pause <= LONGEST_PAUSE
        assert evening.rung in evening.rungs


def test_a_way_that_has_become_longer_is_not_taken_for_a_queue_for_ever() -> None:
    evening = Evening()
    evening.second(far=0.03)

    steps = [evening.second(far=0.5) for _ in range(60)]

    assert min(steps) >= 1
    assert steps[-1] == 3
