"""Where the people of a talk go: a room on the screen, a table in the hall, a tablet in a booth."""

from __future__ import annotations

from collections.abc import Sequence

from rooms.people import Person, PersonId

TABLES = 60  # in the hall, counted round and round; nobody sits at one all evening


def of(people: Sequence[Person], number: int) -> dict[PersonId, str]:
    """Each one's place, of the talk with this number.

    All in the hall: `table 7`. All at home: `room`. Mixed: `room` for those at home, and for
    those in the hall `tablet 7`, a booth's tablet or their own phone with a headset.
    """
    counted = (number - 1) % TABLES + 1
    in_hall = [person.id for person in people if person.place == "hall"]
    if len(in_hall) == len(people):
        return dict.fromkeys(in_hall, f"table {counted}")
    return {person.id: f"tablet {counted}" if person.id in in_hall else "room" for person in people}
