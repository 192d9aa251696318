"""A phone as camera: what its code opens, and all that it does not."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed

from rooms import foyer, insurance
from server import handsets, wire
from tests.running import Running
from tests.server.test_slides import send
from tests.server.visitor import Visitor, hear, say

NORTH = "stage-north"


def code(visitor: Visitor) -> dict[str, Any]:
    """A fresh code, as the green room asks for it."""
    status, answer = send(visitor, "POST", "/stage/gross/phone", content_type="")
    assert status == 200
    return answer


def a_phone(server: Running, address: str) -> Visitor:
    """A phone that has scanned this code and pressed the button."""
    phone, path = Visitor(server), urlsplit(address).path
    answer = phone.post(path, {"csrf": phone.token(path)})
    assert (answer.status, answer.headers["location"]) == (303, "/phone")
    return phone


async def test_a_code_makes_a_phone_the_camera_of_its_person(server: Running) -> None:
    phone = a_phone(server, code(Visitor(server).sign_in("elif"))["address"])

    page = phone.get("/phone")
    async with phone.live("/live?phone") as live:
        welcome = await hear(live, "welcome")
        await say(live, "join", room="stage-gross")
        await hear(live, "snapshot")
        await say(
            live,
            "do",
            op="phone-0001",
            room="stage-gross",
            command={"type": "insurance.use-phone", "on": True},
        )
        told = await hear(live, "told")

    assert page.status == 200
    assert welcome["me"]["id"] == "elif"
    assert told["event"] == {"type": "insurance.used-phone", "person": "elif", "on": True}


async def test_a_phone_is_signed_in_nowhere_else(server: Running) -> None:
    phone = a_phone(server, code(Visitor(server).sign_in("elif"))["address"])

    assert phone.get("/me").headers["location"] == "/sign-in"
    assert phone.get("/stage/gross").headers["location"] == "/sign-in"
    assert phone.get("/ice.json").status == 200
    with pytest.raises(ConnectionClosed):
        async with phone.live() as live:
            await hear(live, "welcome")


async def test_a_phone_that_asks_for_more_is_let_go(server: Running) -> None:
    phone = a_phone(server, code(Visitor(server).sign_in("elif"))["address"])

    async with phone.live("/live?phone") as live:
        await hear(live, "welcome")
        await say(live, "join", room="foyer")
        goodbye = await hear(live, "goodbye")

    assert goodbye["reason"] == "malformed"


async def test_a_code_opens_one_phone_and_looking_at_it_consumes_nothing(server: Running) -> None:
    address = code(Visitor(server).sign_in("elif"))["address"]
    path = urlsplit(address).path
    assert Visitor(server).get(path).status == 200
    a_phone(server, address)
    assert Visitor(server).get(path).status == 404
    assert Visitor(server).get("/phone/no-such-code").status == 404


async def test_a_phone_is_disconnected_at_once(server: Running) -> None:
    elif_ = Visitor(server).sign_in("elif")
    phone = a_phone(server, code(elif_)["address"])
    waiting = code(elif_)["address"]

    async with phone.live("/live?phone") as live:
        await hear(live, "welcome")
        status, _ = send(elif_, "POST", "/phone/revoke", content_type="")
        goodbye = await hear(live, "goodbye")

    assert (status, goodbye["reason"]) == (204, "revoked")
    assert phone.get("/phone").status == 404
    assert Visitor(server).get(urlsplit(waiting).path).status == 404


async def test_codes_are_for_those_who_are_signed_in(server: Running) -> None:
    assert Visitor(server).post("/stage/gross/phone", {}).status in (401, 403)
    status, _ = send(Visitor(server).sign_in("elif"), "POST", "/stage/no/phone", content_type="")
    assert status == 404


FRAMES: tuple[tuple[Any, bool], ...] = (
    (wire.Join("stage-north"), True),
    (wire.Ping(1.0), True),
    (wire.Publish("peer-0001", NORTH, "camera", "v=0"), True),
    (wire.HangUp("peer-0001"), True),
    (wire.Do("op-000001", NORTH, insurance.UsePhone(on=True)), True),
    (wire.Join("stage-south"), False),
    (wire.Join("foyer"), False),
    (wire.Publish("peer-0001", NORTH, "screen", "v=0"), False),
    (wire.Publish("peer-0001", "stage-south", "camera", "v=0"), False),
    (wire.Watch("peer-0001", NORTH), False),
    (wire.Probe("peer-0001", "v=0"), False),
    (wire.WatchStills(NORTH, on=True), False),
    (wire.Do("op-000001", NORTH, insurance.Play("pitch-1")), False),
    (wire.Do("op-000001", "stage-south", insurance.UsePhone(on=True)), False),
    (wire.Do("op-000001", "foyer", foyer.SayToTeam("Hello")), False),
)


@pytest.mark.parametrize(("frame", "allowed"), FRAMES, ids=lambda each: str(each)[:60])
def test_what_a_phone_may_send(frame: Any, allowed: bool) -> None:
    assert handsets.allows(frame, NORTH) is allowed


def test_a_code_is_drawn(server: Running) -> None:
    given = code(Visitor(server).sign_in("elif"))
    assert given["seconds"] == handsets.TOKEN_LASTS
    assert given["code"]["path"].startswith("M")
    assert json.dumps(given).count(given["address"]) == 1
