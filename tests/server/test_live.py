"""The WebSocket of a running server, spoken to by a plain client."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.running import Running
from tests.server.visitor import Visitor, do, end, hear, hear_that, pass_over, say


async def test_the_first_frame_says_who_one_is_and_what_time_it_is(visitor: Visitor) -> None:
    visitor.sign_in("elif")

    async with visitor.live() as line:
        welcome = json.loads(await line.recv())

    assert welcome["type"] == "welcome"
    assert welcome["me"]["id"] == "elif"
    assert welcome["me"]["role"] == "talent"
    assert abs(welcome["now"] - time.time()) < 5
    assert welcome["rooms"] == ["foyer", "lounge", "fair", "stage-gross", "stage-werkstatt"]


@pytest.mark.parametrize("origin", [None, "https://evil.example", "http://127.0.0.1", "null"])
async def test_another_origin_is_turned_away_before_anything_is_accepted(
    visitor: Visitor, origin: str | None
) -> None:
    visitor.sign_in("elif")

    with pytest.raises(InvalidStatus) as turned_away:
        async with visitor.live(origin=origin):
            pass

    assert turned_away.value.response.status_code == 403


async def test_there_is_no_other_websocket(visitor: Visitor) -> None:
    visitor.sign_in("elif")

    with pytest.raises(InvalidStatus) as turned_away:
        async with visitor.live("/other"):
            pass

    assert turned_away.value.response.status_code == 404


async def test_nothing_is_compressed_even_if_the_client_offers_it(visitor: Visitor) -> None:
    visitor.sign_in("elif")

    async with visitor.live(compression="deflate") as line:
        assert line.request is not None
        assert "permessage-deflate" in line.request.headers["Sec-WebSocket-Extensions"]
        assert line.response is not None
        assert "Sec-WebSocket-Extensions" not in line.response.headers


async def test_who_is_not_signed_in_is_told_by_a_close_code(visitor: Visitor) -> None:
    async with visitor.live() as line:
        assert await end(line) == (4401, "not signed in")


async def test_a_forged_cookie_opens_nothing(visitor: Visitor) -> None:
    visitor.cookies["foyer"] = "x" * 43

    async with visitor.live() as line:
        assert await end(line) == (4401, "not signed in")


async def test_a_ping_is_answered_with_the_clock(visitor: Visitor) -> None:
    visitor.sign_in("elif")

    async with visitor.live() as line:
        await say(line, "ping", sent=12.5)
        pong = await hear(line, "pong")

    assert pong["sent"] == 12.5
    assert abs(pong["now"] - time.time()) < 5


async def test_a_room_shows_itself_and_what_follows(visitor: Visitor, server: Running) -> None:
    visitor.sign_in("elif")
    other = Visitor(server).sign_in("hanna")

    async with visitor.live() as mine, other.live() as hers:
        await say(mine, "join", room="stage-gross")
        await say(hers, "join", room="stage-gross")
        shown = await hear(mine, "snapshot")
        await hear(hers, "snapshot")
        done = await do(mine, "stage-gross", "chat.say", text="Guten Abend")
        told = await hear_that(hers, lambda frame: frame.get("seq") == done["seq"])

    assert shown["room"] == "stage-gross"
    assert shown["shown"]["type"] == "pitch"
    assert done["type"] == "done"
    assert told["event"]["type"] == "chat.said"
    assert told["event"]["text"] == "Guten Abend"
    assert told["event"]["by"] == "elif"


async def test_the_same_op_twice_is_one_effect_and_one_answer(visitor: Visitor) -> None:
    visitor.sign_in("jonas")

    async with visitor.live() as line:
        first = await do(line, "stage-gross", "chat.say", text="Einmal", op="the-only-one")
    async with visitor.live() as line:
        second = await do(line, "stage-gross", "chat.say", text="Einmal", op="the-only-one")
        await say(line, "join", room="stage-gross")
        shown = await hear(line, "snapshot")

    assert second == first
    lines = [each["text"] for each in shown["shown"]["chat"]["lines"]]
    assert lines.count("Einmal") == 1


async def test_who_returns_gets_what_was_missed_and_no_snapshot(
    visitor: Visitor, server: Running
) -> None:
    visitor.sign_in("elif")
    other = Visitor(server).sign_in("hanna")

    async with other.live() as hers:
        async with visitor.live() as mine:
            await say(mine, "join", room="stage-werkstatt")
            known = await hear(mine, "snapshot")
        texts = ["eins", "zwei", "drei"]
        for text in texts:
            await do(hers, "stage-werkstatt", "chat.say", text=text)
        async with visitor.live() as mine:
            await say(mine, "join", room="stage-werkstatt", epoch=known["epoch"], seq=known["seq"])
            resumed = await hear_that(mine, lambda frame: frame["type"] in {"resumed", "snapshot"})
            missed = [(await hear(mine, "told"))["event"]["text"] for _ in texts]

    assert resumed["type"] == "resumed"
    assert missed == texts


async def test_a_refusal_is_a_sentence_in_the_readers_language(visitor: Visitor) -> None:
    visitor.sign_in("hanna")

    visitor.cookies["lang"] = "en"
    async with visitor.live() as line:
        english = await do(line, "foyer", "agenda.start", stage="gross", item="welcome", after=None)
    visitor.cookies["lang"] = "de"
    async with visitor.live() as line:
        german = await do(line, "foyer", "agenda.start", stage="gross", item="welcome", after=None)

    assert english["type"] == german["type"] == "refused"
    assert english["sentence"] == "Only the moderator can do this. Please ask at the desk."
    assert german["sentence"] != english["sentence"]


async def test_the_language_follows_the_browser(visitor: Visitor) -> None:
    visitor.sign_in("hanna")
    headers = {"Cookie": visitor.cookie, "Accept-Language": "en-GB, de;q=0.5"}

    async with visitor.live(additional_headers=headers) as line:
        refused = await do(line, "stage-gross", "chat.delete", line="c999")

    assert refused["type"] == "refused"
    assert refused["sentence"].isascii()


async def test_a_command_of_the_house_is_nobody_elses(visitor: Visitor) -> None:
    visitor.sign_in("paul")

    async with visitor.live() as line:
        refused = await do(line, "stage-gross", "floor.cue", live=None, upcoming=[])

    assert refused["type"] == "refused"


async def test_a_room_that_is_not_there_is_refused_and_nothing_breaks(visitor: Visitor) -> None:
    visitor.sign_in("elif")

    async with visitor.live() as line:
        await say(line, "join", room="stage-nowhere")
        refused = await hear(line, "refused")
        await say(line, "ping", sent=1.0)
        await hear(line, "pong")

    assert refused["sentence"]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        '{"type":"dance"}',
        '{"type":"ping"}',
        '{"type":"ping","sent":1,"more":2}',
        '{"type":"join","room":"../foyer"}',
        '{"type":"do","op":"short","room":"foyer","command":{"type":"chat.say","text":"x"}}',
        '{"type":"do","op":"long-enough","room":"foyer","command":{"type":"no.such"}}',
        "\ud83d".encode("utf-16", "surrogatepass").decode("latin-1"),
        '{"type":' + "[" * 8_000,
    ],
)
async def test_a_malformed_message_closes_with_a_reason(visitor: Visitor, message: str) -> None:
    visitor.sign_in("elif")

    async with visitor.live() as line:
        await line.send(message)
        goodbye = await hear(line, "goodbye")
        ended = await end(line)

    assert goodbye["reason"] == "malformed"
    assert goodbye["sentence"]
    assert ended == (4400, "malformed")


async def test_a_binary_message_closes_with_a_reason(visitor: Visitor) -> None:
    visitor.sign_in("elif")

    async with visitor.live() as line:
        await line.send(b'{"type":"ping","sent":1}')

        assert await end(line) == (4400, "only text is understood here")


async def test_a_message_in_fragments_is_one_message(visitor: Visitor) -> None:
    visitor.sign_in("elif")

    async with visitor.live() as line:
        await line.send(['{"type":', '"ping",', '"sent":7}'])

        assert (await hear(line, "pong"))["sent"] == 7


@pytest.mark.parametrize("pieces", [1, 16])
async def test_more_than_64_kib_is_too_much(visitor: Visitor, pieces: int) -> None:
    visitor.sign_in("elif")
    piece = "x" * (65_537 // pieces + 1)

    async with visitor.live() as line:
        with contextlib.suppress(ConnectionClosed):
            await line.send([piece] * pieces)
        await pass_over(line)

        assert (await end(line))[0] == 1009


async def test_a_flood_of_messages_is_ended(visitor: Visitor) -> None:
    visitor.sign_in("konrad")

    async with visitor.live() as line:
        for _ in range(400):
            await say(line, "ping", sent=1.0)
        goodbye = await hear(line, "goodbye")
        ended = await end(line)

    assert goodbye["reason"] == "busy"
    assert ended == (4429, "busy")


async def test_a_flood_of_bare_pings_is_ended_too(visitor: Visitor) -> None:
    visitor.sign_in("ines")

    async with visitor.live() as line:
        with contextlib.suppress(ConnectionClosed):
            for _ in range(400):
                await line.ping()
        await pass_over(line)

        assert await end(line) == (4429, "busy")


async def test_too_many_commands_are_refused_and_the_line_stays(visitor: Visitor) -> None:
    visitor.sign_in("carla")

    async with visitor.live() as line:
        answers = []
        for number in range(60):
            command = {"type": "floor.raise-hand", "up": number % 2 == 0}
            await say(line, "do", op=f"op-{number:06}", room="stage-gross", command=command)
        for number in range(60):
            op = f"op-{number:06}"
            answers.append(await hear_that(line, lambda frame, op=op: frame.get("op") == op))
        await say(line, "ping", sent=1.0)
        await hear(line, "pong")

    kinds = [answer["type"] for answer in answers]
    assert kinds[:40] == ["done"] * 40
    assert kinds.count("refused") >= 10


async def test_who_is_signed_out_is_gone_within_a_second(visitor: Visitor, server: Running) -> None:
    visitor.sign_in("jonas")
    phone = Visitor(server).sign_in("jonas")
    other = Visitor(server).sign_in("elif")

    async with visitor.live() as line, phone.live() as second, other.live() as hers:
        await hear(line, "welcome")
        done = await asyncio.to_thread(server.command, "revoke", "jonas")
        since = time.monotonic()
        goodbye = await hear(line, "goodbye")
        ended = await end(line)
        assert (await end(second))[0] == 4401
        took = time.monotonic() - since
        await say(hers, "ping", sent=1.0)
        await hear(hers, "pong")

    assert done.returncode == 0, done.stderr
    assert goodbye["reason"] == "revoked"
    assert ended == (4401, "revoked")
    assert took < 1.0
    server._links.pop("jonas")
    async with visitor.live() as line:
        assert await end(line) == (4401, "not signed in")


async def test_signing_out_on_a_page_closes_the_sockets_of_that_device_alone(
    visitor: Visitor, server: Running
) -> None:
    visitor.sign_in("elif")
    phone = Visitor(server).sign_in("elif")

    async with visitor.live() as line, phone.live() as second:
        await hear(line, "welcome")
        form = {"csrf": await asyncio.to_thread(visitor.token, "/me")}
        answer = await asyncio.to_thread(visitor.post, "/sign-out", form)
        since = time.monotonic()
        ended = await end(line)
        took = time.monotonic() - since
        await say(second, "ping", sent=1.0)
        await hear(second, "pong")

    assert answer.status == 303
    assert ended == (4401, "revoked")
    assert took < 1.0


async def test_a_stage_is_offered_to_everybody_and_its_preview_to_the_desk_alone(
    visitor: Visitor, server: Running
) -> None:
    visitor.sign_in("hanna")
    moderator = Visitor(server).sign_in("miriam")

    async with visitor.live() as line:
        await say(line, "media.watch", peer="peer-0001", room="stage-gross")
        offer = await hear(line, "media.offer")
        await say(line, "media.watch", peer="peer-0002", room="stage-gross", preview=True)
        refused = await hear(line, "media.refused")
    async with moderator.live() as line:
        await say(line, "media.watch", peer="peer-0001", room="stage-gross", preview=True)
        preview = await hear(line, "media.offer")

    assert offer["peer"] == "peer-0001"
    assert "a=mid:speaker-v" in offer["sdp"]
    assert "preview" not in offer["sdp"]
    assert refused["peer"] == "peer-0002"
    assert "a=mid:preview-v" in preview["sdp"]


async def test_only_who_may_come_on_stage_may_send_a_picture(
    visitor: Visitor, server: Running
) -> None:
    visitor.sign_in("hanna")
    visitor.cookies["lang"] = "en"
    talent = Visitor(server).sign_in("jonas")
    talent.cookies["lang"] = "en"
    asked = {"peer": "peer-0003", "room": "stage-gross", "what": "camera", "sdp": "v=0"}

    async with visitor.live() as line:
        await say(line, "media.publish", **asked)
        guest_is_told = await hear(line, "media.refused")
    async with talent.live() as line:
        await say(line, "media.publish", **asked)
        talent_is_told = await hear(line, "media.refused")

    green_room = "Please come to the green room first; from there you go on stage."
    assert guest_is_told["sentence"] == green_room
    # The talent gets as far as the media process, which does not understand this offer.
    assert talent_is_told["sentence"] != green_room


async def test_one_browser_has_only_so_many_connections(visitor: Visitor) -> None:
    visitor.sign_in("konrad")
    visitor.cookies["lang"] = "en"

    async with visitor.live() as line:
        for number in range(9):
            await say(line, "media.watch", peer=f"peer-{number:04}", room="stage-gross")
        refused = await hear(line, "media.refused")
        await say(line, "media.hang-up", peer="peer-0000")
        await say(line, "media.watch", peer="peer-0009", room="stage-gross")
        offer = await hear_that(line, lambda frame: frame.get("peer") == "peer-0009")

    assert refused["peer"] == "peer-0008"
    assert refused["sentence"] == "Too many connections are open. Please close other tabs."
    assert offer["type"] == "media.offer"


async def test_a_media_process_that_dies_is_missed_at_once_and_comes_back(
    visitor: Visitor, server: Running
) -> None:
    visitor.sign_in("hanna")

    async with visitor.live() as line:
        await say(line, "media.watch", peer="peer-0001", room="stage-gross")
        await hear(line, "media.offer")
        pid = _media_pid(server)
        since = time.monotonic()
        _kill(pid)
        await hear(line, "media.lost")
        noticed = time.monotonic() - since
        await hear(line, "media.back")
        await say(line, "media.watch", peer="peer-0002", room="stage-gross")
        await hear(line, "media.offer")

    assert noticed < 1.0
    assert server.health()["status"] == "ok"
    assert _media_pid(server) != pid


def _media_pid(server: Running) -> int:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        (media,) = server.health()["media"]  # type: ignore[misc]
        if media["measured"]:
            return int(media["measured"]["pid"])
        time.sleep(0.1)
    raise AssertionError("the media process does not say how it is")


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
