"""Personal links and sessions, on a real store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server import accounts, store
from server.accounts import Accounts, Device

NOW = 1_600_000_000.0
END = NOW + 10_000.0
WEEK = 7 * 86_400.0


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[tuple[Accounts, store.Store]]:
    async with store.opened(tmp_path / "foyer.db") as opened:
        yield Accounts(opened), opened


Book = tuple[Accounts, store.Store]


async def test_a_link_says_whose_it_is_and_is_not_used_up(book: Book) -> None:
    link = await book[0].issue_link("elif", NOW, END)

    assert await book[0].read_link(link, NOW) == "elif"
    assert await book[0].read_link(link, NOW + 5) == "elif"


async def test_a_link_opens_a_second_device_of_the_same_person(book: Book) -> None:
    phone = await book[0].open_session("elif", "Firefox, Android", NOW, END)
    laptop = await book[0].open_session("elif", "Chrome, Linux", NOW + 1, END)

    assert phone != laptop
    first = await book[0].recognise(phone, NOW + 2)
    second = await book[0].recognise(laptop, NOW + 2)
    assert first is not None
    assert second is not None
    assert first[0] == second[0] == "elif"
    assert await book[0].devices("elif", NOW + 2) == (
        Device(first[1], "Firefox, Android", NOW),
        Device(second[1], "Chrome, Linux", NOW + 1),
    )


async def test_links_and_sessions_end_a_week_after_the_gathering(book: Book) -> None:
    link = await book[0].issue_link("elif", NOW, END)
    cookie = await book[0].open_session("elif", "", NOW, END)

    assert await book[0].read_link(link, END + WEEK - 1) == "elif"
    assert await book[0].read_link(link, END + WEEK) is None
    assert await book[0].recognise(cookie, END + WEEK) is None


async def test_a_link_made_after_the_gathering_holds_a_day(book: Book) -> None:
    late = END + 2 * WEEK
    link = await book[0].issue_link("elif", late, END)

    assert await book[0].read_link(link, late + 3_600) == "elif"


async def test_what_nobody_issued_opens_nothing(book: Book) -> None:
    await book[0].issue_link("elif", NOW, END)

    assert await book[0].read_link("", NOW) is None
    assert await book[0].read_link("elif", NOW) is None
    assert await book[0].recognise("\udcff", NOW) is None


async def test_a_link_is_no_session_and_a_session_is_no_link(book: Book) -> None:
    link = await book[0].issue_link("elif", NOW, END)
    cookie = await book[0].open_session("elif", "", NOW, END)

    assert await book[0].recognise(link, NOW) is None
    assert await book[0].read_link(cookie, NOW) is None


async def test_no_secret_is_stored(book: Book) -> None:
    link = await book[0].issue_link("elif", NOW, END)
    cookie = await book[0].open_session("elif", "", NOW, END)

    path = book[1].path
    stored = b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))
    assert b"elif" in stored
    assert link.encode() not in stored
    assert cookie.encode() not in stored


async def test_ending_one_device_leaves_the_others(book: Book) -> None:
    phone = await book[0].open_session("elif", "", NOW, END)
    laptop = await book[0].open_session("elif", "", NOW, END)
    found = await book[0].recognise(phone, NOW)
    assert found is not None

    await book[0].end(found[1], "elif")

    assert await book[0].recognise(phone, NOW) is None
    assert await book[0].recognise(laptop, NOW) is not None
    assert await book[0].revoked(0) == (1, (found[1],))


async def test_nobody_ends_the_session_of_somebody_else(book: Book) -> None:
    cookie = await book[0].open_session("elif", "", NOW, END)
    found = await book[0].recognise(cookie, NOW)
    assert found is not None

    await book[0].end(found[1], "jonas")

    assert await book[0].recognise(cookie, NOW) == found
    assert await book[0].revoked(0) == (0, ())


async def test_revoking_a_person_ends_every_session_and_every_link(book: Book) -> None:
    link = await book[0].issue_link("elif", NOW, END)
    await book[0].open_session("elif", "", NOW, END)
    await book[0].open_session("elif", "", NOW, END)
    other = await book[0].open_session("jonas", "", NOW, END)
    before = await book[0].newest_revocation()

    await book[0].revoke("elif")

    assert await book[0].read_link(link, NOW) is None
    assert await book[0].devices("elif", NOW) == ()
    assert await book[0].recognise(other, NOW) is not None
    number, revoked = await book[0].revoked(before)
    assert len(revoked) == 2
    assert await book[0].revoked(number) == (number, ())


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
            "Firefox, Linux",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/156.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.5", ""),
    ],
)
def test_a_browser_is_said_in_a_few_words(agent: str, name: str) -> None:
    assert accounts.device_name(agent) == name
