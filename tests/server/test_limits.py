"""Token buckets, in virtual time."""

from __future__ import annotations

import pytest

from server.limits import FORGET, PER_ADDRESS, PER_PERSON, Limits, Rate


def limits() -> Limits:
    return Limits({"command": Rate(burst=3, per_second=0.5), "ping": Rate(burst=1, per_second=1)})


def test_so_many_at_once_and_no_more() -> None:
    given = limits()

    assert [given.take("command", "elif", 100.0) for _ in range(4)] == [True, True, True, False]


def test_time_fills_the_bucket_up_to_its_brim() -> None:
    given = limits()
    for _ in range(3):
        given.take("command", "elif", 100.0)

    assert not given.take("command", "elif", 101.9)
    assert given.take("command", "elif", 102.0)
    assert [given.take("command", "elif", 999.0) for _ in range(4)] == [True, True, True, False]


def test_each_person_and_each_kind_has_a_bucket_of_its_own() -> None:
    given = limits()

    assert given.take("ping", "elif", 100.0)
    assert not given.take("ping", "elif", 100.0)
    assert given.take("ping", "jonas", 100.0)
    assert given.take("command", "elif", 100.0)


def test_looking_counts_nothing() -> None:
    given = limits()

    assert given.left("ping", "elif", 100.0)
    assert given.left("ping", "elif", 100.0)
    assert given.take("ping", "elif", 100.0)
    assert not given.left("ping", "elif", 100.0)


def test_a_clock_that_stands_still_or_steps_back_gives_nothing() -> None:
    given = limits()
    given.take("ping", "elif", 100.0)

    assert not given.take("ping", "elif", 50.0)
    assert not given.take("ping", "elif", 100.5)
    assert given.take("ping", "elif", 101.0)


def test_full_buckets_are_forgotten_and_empty_ones_are_not() -> None:
    given = limits()
    given.take("ping", "elif", 100.0)
    for visitor in range(FORGET - 1):
        given.take("ping", f"visitor-{visitor}", 99.0)

    given.take("ping", "jonas", 100.0)

    assert len(given._buckets) == 2
    assert not given.take("ping", "elif", 100.0)


@pytest.mark.parametrize("what", PER_PERSON.keys())
def test_one_address_may_hold_a_hall_full_of_people(what: str) -> None:
    assert PER_ADDRESS[what].burst >= 20 * PER_PERSON[what].burst
