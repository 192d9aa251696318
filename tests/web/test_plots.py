"""Plots: how many came when, as bars that fit their frame."""

from __future__ import annotations

from web import plots

T = 1_800_000_000.0


def test_instants_are_counted_by_quarter_of_an_hour() -> None:
    plot = plots.plotted([T + 10, T + 20, T + 1000], T, T + 3600)
    assert [bar.value for bar in plot.bars] == [2, 1, 0, 0]
    assert (plot.top, plot.seconds) == (2, 900.0)
    assert (plot.bars[0].y, plot.bars[0].height) == (0.0, 1.0)
    assert (plot.bars[1].y, plot.bars[1].height) == (0.5, 0.5)


def test_who_came_before_or_after_counts_at_the_ends() -> None:
    plot = plots.plotted([T - 5000, T + 9000], T, T + 1800)
    assert [bar.value for bar in plot.bars] == [1, 1]


def test_a_long_time_has_wider_steps_and_few_marks() -> None:
    plot = plots.plotted([], T, T + 3 * 86_400)
    assert len(plot.bars) <= plots.MOST
    assert 4 <= len(plot.marks) <= 6
    assert plot.top == 1


def test_no_bar_leaves_the_frame() -> None:
    for bar in plots.plotted([T + 60 * each for each in range(200)], T, T + 7200).bars:
        assert 0 <= bar.x < bar.x + bar.width <= 1
        assert 0 <= bar.y <= bar.y + bar.height <= 1.000001
