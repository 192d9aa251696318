"""The door: sign-in, forms, cookies and headers, against a running server."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from starlette.responses import Response

from server import cookies
from server.settings import Settings
from tests.running import Running
from tests.server.visitor import Visitor


def link(server: Running, person: str) -> str:
    return urlsplit(server.link(person)).path


def signed_in(visitor: Visitor) -> bool:
    return visitor.get("/me").status == 200


def test_looking_at_a_link_signs_nobody_in_and_does_not_use_it_up(
    visitor: Visitor, server: Running
) -> None:
    path = link(server, "hanna")

    pages = [visitor.get(path) for _ in range(3)]

    assert [page.status for page in pages] == [200, 200, 200]
    assert "Hanna Wieczorek" in pages[0].text
    assert "foyer" not in visitor.cookies
    assert not signed_in(visitor)


def test_the_button_on_it_signs_in(visitor: Visitor, server: Running) -> None:
    path = link(server, "hanna")

    answer = visitor.post(path, {"csrf": visitor.token(path)})

    assert answer.status == 303
    assert answer.headers["location"] == "/"
    assert signed_in(visitor)


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(
    visitor: Visitor, server: Running
) -> None:
    path = link(server, "hanna")

    visitor.post(path, {"csrf": visitor.token(path)})

    (line,) = visitor.set_cookie
    name, *attributes = line.split("; ")
    assert name.startswith("foyer=")
    assert "HttpOnly" in attributes
    assert "SameSite=Lax" in attributes
    assert "Path=/" in attributes
    assert "Secure" not in attributes


def test_behind_tls_the_cookie_insists_on_it() -> None:
    response = Response()
    settings = Settings(public_url="https://foyer.example.org")

    cookies.sign_in(response, settings, "secret", 0.0, 1_000.0)

    assert response.headers["set-cookie"] == (
        "__Host-foyer=secret; Path=/; HttpOnly; SameSite=Lax; Max-Age=605800; Secure"
    )


def test_a_link_works_on_a_second_device(visitor: Visitor, server: Running) -> None:
    phone = Visitor(server)
    path = link(server, "hanna")

    visitor.post(path, {"csrf": visitor.token(path)})
    phone.post(path, {"csrf": phone.token(path)})

    assert signed_in(visitor)
    assert signed_in(phone)
    assert visitor.cookies["foyer"] != phone.cookies["foyer"]


def test_a_link_nobody_issued_is_said_plainly(visitor: Visitor) -> None:
    answer = visitor.get("/sign-in/" + "x" * 43)

    assert answer.status == 404
    assert "text/html" in answer.headers["content-type"]


def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(
    visitor: Visitor, server: Running
) -> None:
    visitor.sign_in("hanna")
    thief = Visitor(server)
    thief.cookies = dict(visitor.cookies)

    visitor.post("/sign-out", {"csrf": visitor.token("/me")})

    assert not signed_in(visitor)
    assert not signed_in(thief)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost", "http://127.0.0.1:1"]
)
def test_a_form_from_elsewhere_is_refused(visitor: Visitor, server: Running, origin: str) -> None:
    path = link(server, "hanna")

    answer = visitor.post(path, {"csrf": visitor.token(path)}, origin=origin)

    assert answer.status == 403
    assert not signed_in(visitor)


def test_without_an_origin_the_browser_must_say_that_it_is_ours(
    visitor: Visitor, server: Running
) -> None:
    path = link(server, "hanna")
    form = {"csrf": visitor.token(path)}

    assert visitor.post(path, form, origin="").status == 403
    assert visitor.post(path, form, origin="", sec_fetch_site="cross-site").status == 403
    assert visitor.post(path, form, origin="", sec_fetch_site="same-origin").status == 303


def test_a_form_without_its_token_is_refused(visitor: Visitor, server: Running) -> None:
    path = link(server, "hanna")
    visitor.get(path)

    assert visitor.post(path, {}).status == 403
    assert visitor.post(path, {"csrf": ""}).status == 403
    assert visitor.post(path, {"csrf": "x" * 43}).status == 403
    assert not signed_in(visitor)


def test_a_token_belongs_to_one_browser(visitor: Visitor, server: Running) -> None:
    path = link(server, "hanna")
    other = Visitor(server)
    other.get(path)

    answer = other.post(path, {"csrf": visitor.token(path)})

    assert answer.status == 403


def test_a_token_from_before_signing_in_does_not_sign_out(
    visitor: Visitor, server: Running
) -> None:
    path = link(server, "hanna")
    before = visitor.token(path)
    visitor.post(path, {"csrf": before})

    answer = visitor.post("/sign-out", {"csrf": before})

    assert answer.status == 403
    assert signed_in(visitor)


def test_a_token_may_also_come_in_a_header(visitor: Visitor) -> None:
    visitor.sign_in("hanna")

    answer = visitor.post("/sign-out", {}, x_csrf=visitor.token("/me"))

    assert answer.status == 303


def test_a_form_that_is_too_long_is_refused(visitor: Visitor, server: Running) -> None:
    path = link(server, "hanna")

    answer = visitor.post(path, {"csrf": visitor.token(path), "more": "x" * 70_000})

    assert answer.status == 413


def test_only_plain_forms_are_understood(visitor: Visitor, server: Running) -> None:
    path = link(server, "hanna")
    form = {"csrf": visitor.token(path)}

    answer = visitor.post(path, form, content_type="multipart/form-data; boundary=x")

    assert answer.status == 415


def test_who_is_not_signed_in_is_shown_the_way_in(visitor: Visitor) -> None:
    answer = visitor.get("/people")

    assert answer.status == 303
    assert answer.headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/nowhere", "/healthz", "/foyer.css", "/static/favicon.svg", "/ice.json"]
)
def test_every_answer_carries_our_headers(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers

    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=(self)" in headers["permissions-policy"]
    assert "server" not in headers


def test_a_page_says_nothing_to_other_caches(visitor: Visitor) -> None:
    assert visitor.get("/sign-in").headers["cache-control"] == "private, no-cache"


def test_a_file_with_its_fingerprint_is_kept_and_one_without_is_asked_for_again(
    visitor: Visitor,
) -> None:
    kept = visitor.get("/static/favicon.svg?v=abc")
    asked = visitor.get("/static/favicon.svg")
    unchanged = visitor.get("/static/favicon.svg", if_none_match=asked.headers["etag"])

    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asked.headers["cache-control"] == "no-cache"
    assert unchanged.status == 304


@pytest.mark.parametrize("path", ["/static/../server/app.py", "/static/%2e%2e/server/app.py"])
def test_no_file_outside_is_served(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status == 404


def test_the_words_of_a_language_are_one_file(visitor: Visitor) -> None:
    german = visitor.get("/locale/de.json")

    assert german.headers["content-type"] == "application/json"
    assert '"Stage":"Bühne"' in german.text
    assert visitor.get("/locale/tlh.json").status == 404


def test_relays_are_told_to_those_signed_in_alone(visitor: Visitor) -> None:
    stranger = visitor.get("/ice.json")
    visitor.sign_in("hanna")
    known = visitor.get("/ice.json")

    assert (stranger.status, stranger.text) == (401, '{"iceServers":[]}')
    assert (known.status, known.text) == (200, '{"iceServers":[]}')


def test_the_other_name_of_this_machine_leads_to_the_right_one(
    visitor: Visitor, server: Running
) -> None:
    path = link(server, "hanna")

    answer = visitor.get(path, host=f"127.0.0.1:{server.port}", accept="text/html")

    assert answer.status == 307
    assert answer.headers["location"] == server.url + path


def test_another_host_is_served_as_a_proxy_may_name_it(visitor: Visitor) -> None:
    assert visitor.get("/sign-in", host="backend:8000", accept="text/html").status == 200


def test_of_two_cookies_with_one_name_the_first_counts() -> None:
    assert cookies.read("foyer=one; lang=de; foyer=two; broken") == {"foyer": "one", "lang": "de"}
