"""A small plot of how many came when: bars whose places a page and a PDF share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

STEP: Final = 900.0  # seconds: a quarter of an hour a bar
MOST: Final = 32  # bars; a longer time gets wider steps
GAP: Final = 0.25  # of a bar's share of the width


class Bar(Struct, frozen=True):
    """One bar; places are shares of width and height, from the left top."""

    x: float
    y: float
    width: float
    height: float
    value: int
    at: float
    "When its time begins; Unix seconds."


class Plot(Struct, frozen=True):
    """All bars, and what the tallest stands for."""

    bars: tuple[Bar, ...]
    top: int
    seconds: float
    "How long a bar's time is."

    @property
    def marks(self) -> tuple[Bar, ...]:
        """The bars under which the time is written: four or five of them."""
        every = max(1, -(-len(self.bars) // 5))
        return self.bars[::every]


def plotted(instants: Sequence[float], since: float, until: float) -> Plot:
    """How many of these instants lie in each part of this time; what is outside counts at its
    ends."""
    step = STEP
    while until - since > MOST * step:
        step *= 2
    count = max(1, -(-int(until - since) // int(step)))
    values = [0] * count
    for at in instants:
        values[min(count - 1, max(0, int((at - since) // step)))] += 1
    top = max(*values, 1)
    share = 1 / count
    return Plot(
        bars=tuple(
            Bar(
                x=(number + GAP / 2) * share,
                y=1 - value / top,
                width=share * (1 - GAP),
                height=value / top,
                value=value,
                at=since + number * step,
            )
            for number, value in enumerate(values)
        ),
        top=top,
        seconds=step,
    )
