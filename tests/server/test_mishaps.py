"""The pages for when something is wrong."""

from __future__ import annotations

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from schedule.machine import Refused
from server import mishaps


def request(language: str = "de", cookie: str = "") -> Request:
    headers = [(b"accept-language", language.encode()), (b"cookie", cookie.encode())]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers, "state": {}})


def text(answer: Response) -> str:
    return bytes(answer.body).decode()


@pytest.mark.parametrize("status", [403, 404, 405, 413, 429, 500, 503])
def test_every_mishap_says_what_it_is_and_what_to_do(status: int) -> None:
    for language in ("de", "en"):
        answer = mishaps.error(request(language), status)

        assert answer.status_code == status
        assert f'<html lang="{language}"' in text(answer)
        assert "<h1" in text(answer)
    assert text(mishaps.error(request("de"), status)) != text(
        mishaps.error(request("en"), status)
    ).replace('lang="en"', 'lang="de"')


def test_while_the_server_restarts_the_page_goes_on_by_itself() -> None:
    answer = mishaps.error(request(), 503)

    assert "Einen Moment, der Server startet neu" in text(answer)
    assert "/static/js/again.js" in text(answer)
    assert answer.headers["retry-after"] == "2"


def test_a_mishap_nobody_prepared_for_is_put_under_its_kind() -> None:
    teapot, gateway = mishaps.error(request(), 418), mishaps.error(request(), 502)

    assert (teapot.status_code, "Hier ist nichts" in text(teapot)) == (418, True)
    assert (gateway.status_code, "Das hat bei uns nicht geklappt" in text(gateway)) == (502, True)


async def test_a_sentence_meant_for_the_reader_is_translated() -> None:
    wrong = HTTPException(403, "The desk is for the moderators. Your place is in the foyer.")

    answer = await mishaps.on_http_error(request(), wrong)

    assert "Die Regie ist für die Moderation. Ihr Platz ist im Foyer." in text(answer)


async def test_the_bare_phrase_of_a_status_is_not_shown() -> None:
    answer = await mishaps.on_http_error(request(), HTTPException(404))

    assert "Not Found" not in text(answer)
    assert "Hier ist nichts" in text(answer)


async def test_what_a_room_refuses_is_said_with_its_values() -> None:
    answer = await mishaps.on_refusal(request(), Refused("Soon: {title}", title="<b>Pause</b>"))

    assert answer.status_code == 409
    assert "Gleich: &lt;b&gt;Pause&lt;/b&gt;" in text(answer)


async def test_what_nobody_foresaw_shows_nothing_of_its_inside() -> None:
    answer = await mishaps.on_failure(request(), RuntimeError("password=secret"))

    assert answer.status_code == 500
    assert "secret" not in text(answer)


def test_the_chosen_language_and_light_hold_on_error_pages_too() -> None:
    answer = mishaps.error(request("de", cookie="lang=en; theme=dark"), 404)

    assert '<html lang="en" data-theme="dark">' in text(answer)
