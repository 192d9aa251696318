"""The seating plan: the people who are here, as dots in the rows of an arch."""

from __future__ import annotations

import math
from typing import Literal

from msgspec import Struct

WIDTH, FLOOR = 400.0, 190.0
"Of the drawing; the rows bend around the middle of its lower edge."
ROWS_HALL = ((62.0, 8), (82.0, 10), (102.0, 12), (122.0, 14))
"Radius and seats of each row in the hall, the front row first."
ROWS_HOME = ((160.0, 21), (181.0, 23))
"Likewise for those at home; behind the last of them no more is drawn, only counted."


class Seat(Struct, frozen=True):
    """One dot."""

    x: float
    y: float
    kind: Literal["hall", "home", "free"]


def seats(hall: int, home: int) -> tuple[Seat, ...]:
    """The dots for so many people in the hall and at home.

    The rows fill from the middle outwards, front first. When a house is fuller
    than it has seats, every seat is taken: the numbers stand below.
    """
    return (*_block(ROWS_HALL, hall, "hall"), *_block(ROWS_HOME, home, "home"))


def _block(
    rows: tuple[tuple[float, int], ...], people: int, kind: Literal["hall", "home"]
) -> list[Seat]:
    dots: list[Seat] = []
    for radius, places in rows:
        here = min(people, places)
        people -= here
        taken = sorted(range(places), key=lambda place: abs(place - (places - 1) / 2))[:here]
        for place in range(places):
            angle = math.radians(12 + 156 * place / (places - 1))
            dots.append(
                Seat(
                    x=round(WIDTH / 2 + radius * math.cos(angle), 1),
                    y=round(FLOOR + 4 - radius * math.sin(angle), 1),
                    kind=kind if place in taken else "free",
                )
            )
    return dots
