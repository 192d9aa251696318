"""WHIP and WHEP as RFC 9725 has them, asked of the real server by plain HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Running, running, tonight
from tests.server.visitor import Answer, Visitor, do, hear_that, say

PROGRAMME = Path(__file__).parents[1] / "browser" / "evening.toml"
SECRET = "a-secret-nobody-guesses"
ANOTHER = "the-secret-of-the-lectern"
DEVICES = (
    ("in", "guest", SECRET),
    ("in", "screen", ANOTHER),
    ("in", "moderator", "soon-dismissed"),
    ("out", "speaker", "the-lobby"),
)
GUEST = "/whip/gross/guest"
SDP = "application/sdp"
FRAGMENT = "application/trickle-ice-sdpfrag"
PRINT = "AA:" * 31 + "AA"


def offer(
    direction: str = "sendonly", video: str = "VP8/90000", audio: str = "opus/48000/2"
) -> str:
    """What a device might send."""
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1"]
    for mid, (kind, name) in enumerate((("audio", audio), ("video", video))):
        lines += [
            f"m={kind} 9 UDP/TLS/RTP/SAVPF {100 + mid}",
            "c=IN IP4 0.0.0.0",
            f"a=mid:{mid}",
            "a=ice-ufrag:theirs",
            "a=ice-pwd:theirpasswordtheirpassword",
            f"a=fingerprint:sha-256 {PRINT}",
            "a=setup:actpass",
            "a=rtcp-mux",
            f"a={direction}",
            f"a=rtpmap:{100 + mid} {name}",
        ]
    return "\r\n".join(lines) + "\r\n"


TRICKLE = "a=ice-ufrag:theirs\r\na=ice-pwd:theirpasswordtheirpassword\r\nm=audio 9 RTP/AVP 0\r\n"
RESTART = "a=ice-ufrag:fresh\r\na=ice-pwd:freshpasswordfreshpassword\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with relays to name and with WHEP switched on."""
    folder = tmp_path_factory.mktemp("foyer")
    extra = {
        "FOYER_WHEP": "yes",
        "FOYER_TURN_URLS": "turn:turn.example.org:3478,stun:turn.example.org:3478",
        "FOYER_TURN_SECRET": "north-by-northwest",
    }
    with running(folder, tonight(PROGRAMME, folder), **extra) as started:
        asyncio.run(admit(started))
        yield started


async def admit(server: Running) -> None:
    """Let the devices of these tests in, as the desk does."""
    visitor = Visitor(server).sign_in("miriam")
    async with visitor.live() as line:
        await say(line, "join", room="stage-gross")
        for way, place, secret in DEVICES:
            told = {"way": way, "place": place, "name": "Hall", "secret": fingerprint(secret)}
            assert (await do(line, "stage-gross", "source.admit", **told))["type"] == "done"


def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Device:
    """Sends requests as a camera or a player does: no cookie, no origin of ours."""

    def __init__(self, server: Running, secret: str = SECRET) -> None:
        self.server = server
        self.secret = secret

    def ask(self, method: str, path: str, body: str = "", kind: str = "", **more: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=15)
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body.encode(), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in found else value
        return Answer(answer.status, found, text)

    def begin(self, path: str = GUEST, text: str | None = None) -> Answer:
        return self.ask("POST", path, offer() if text is None else text, SDP)


@pytest.fixture
def camera(server: Running) -> Device:
    """A camera whose secret the desk has made for the guest's seat."""
    return Device(server)


def test_a_camera_is_answered_with_all_it_needs(camera: Device) -> None:
    begun = camera.begin()

    assert begun.status == 201
    assert begun.headers["content-type"] == SDP
    assert re.fullmatch(r"/whip/gross/guest/[0-9a-f]{16}", begun.headers["location"])
    assert re.fullmatch(r'"[0-9a-f]+"', begun.headers["etag"])
    assert begun.headers["accept-patch"] == FRAGMENT
    assert begun.headers["access-control-allow-origin"] == "*"
    assert "Location" in begun.headers["access-control-expose-headers"]
    relays = begun.headers["link"]
    assert '<stun:turn.example.org:3478>; rel="ice-server"' in relays
    assert '<turn:turn.example.org:3478>; rel="ice-server"; username="' in relays
    assert 'credential-type="password"' in relays
    assert begun.text.count("a=recvonly") == 2
    assert "a=candidate:1 1 udp" in begun.text
    assert f"a=ice-ufrag:{begun.headers['etag'].strip(chr(34))}" in begun.text


def test_h264_is_taken_where_vp8_is_not_offered(camera: Device) -> None:
    video = "H264/90000\r\na=fmtp:101 packetization-mode=1;profile-level-id=42e01f"
    begun = camera.begin(text=offer(video=video))
    assert begun.status == 201
    assert "a=rtpmap:101 H264/90000" in begun.text
    assert "a=fmtp:101 packetization-mode=1;profile-level-id=42e01f" in begun.text


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (offer(video="AV1/90000"), 406, "VP8 or H264"),
        (offer(audio="PCMU/8000"), 406, "Opus"),
        (offer("recvonly"), 406, "VP8 or H264"),
        ("v=0\r\n", 400, "session description"),
        ("x" * 50_000, 413, "40000 bytes"),
    ],
    ids=["another picture", "another sound", "nothing sent", "nonsense", "too long"],
)
def test_an_offer_that_cannot_be_taken_is_refused_in_words(
    camera: Device, text: str, status: int, said: str
) -> None:
    refused = camera.begin(text=text)
    assert refused.status == status
    assert said in refused.text
    assert refused.headers["content-type"].startswith("text/plain")
    assert refused.headers["access-control-allow-origin"] == "*"


def test_another_kind_of_body_is_refused(camera: Device) -> None:
    assert camera.ask("POST", GUEST, "{}", "application/json").status == 415
    assert camera.ask("POST", GUEST, offer()).status == 415


def test_only_the_seats_own_secret_opens_it(camera: Device) -> None:
    nobody = Device(camera.server, "")
    stranger = Device(camera.server, "guessed")
    other = Device(camera.server, ANOTHER)

    assert nobody.begin().headers["www-authenticate"] == "Bearer"
    assert (nobody.begin().status, stranger.begin().status, other.begin().status) == (401, 401, 403)
    assert 'error="invalid_token"' in stranger.begin().headers["www-authenticate"]
    assert other.begin("/whip/gross/screen").status == 201
    assert camera.begin("/whip/gross/balcony").status == 404
    assert camera.begin("/whip/nowhere/guest").status == 404
    assert camera.begin("/whip/gross/preview").status == 404


def test_candidates_that_trickle_in_are_taken_and_not_needed(camera: Device) -> None:
    begun = camera.begin()
    path, tag = begun.headers["location"], begun.headers["etag"]

    assert camera.ask("PATCH", path, TRICKLE, FRAGMENT, If_Match=tag).status == 204
    assert camera.ask("PATCH", path, TRICKLE, FRAGMENT).status == 428
    assert camera.ask("PATCH", path, TRICKLE, FRAGMENT, If_Match='"older"').status == 412
    assert camera.ask("PATCH", path, TRICKLE, SDP, If_Match=tag).status == 415
    assert camera.ask("PATCH", path, "a=mid:0\r\n", FRAGMENT, If_Match=tag).status == 400


def test_a_restart_gives_new_credentials_under_a_new_tag(camera: Device) -> None:
    begun = camera.begin()
    path, tag = begun.headers["location"], begun.headers["etag"]

    restarted = camera.ask("PATCH", path, RESTART, FRAGMENT, If_Match="*")

    assert (restarted.status, restarted.headers["content-type"]) == (200, FRAGMENT)
    assert restarted.headers["etag"] != tag
    assert f"a=ice-ufrag:{restarted.headers['etag'].strip(chr(34))}" in restarted.text
    assert "a=ice-pwd:" in restarted.text
    assert "a=candidate:" in restarted.text
    assert camera.ask("PATCH", path, TRICKLE, FRAGMENT, If_Match=tag).status == 412
    fresh = restarted.headers["etag"]
    assert camera.ask("PATCH", path, TRICKLE, FRAGMENT, If_Match=fresh).status == 204


def test_who_hangs_up_is_gone(camera: Device) -> None:
    path = camera.begin().headers["location"]
    other = Device(camera.server, ANOTHER)

    assert other.ask("DELETE", path).status == 403
    assert camera.ask("DELETE", path).status == 200
    assert camera.ask("DELETE", path).status == 404
    assert camera.ask("PATCH", path, RESTART, FRAGMENT, If_Match="*").status == 404


def test_other_methods_are_kept_for_later(camera: Device) -> None:
    path = camera.begin().headers["location"]
    for method in ("GET", "HEAD", "PUT"):
        assert camera.ask(method, GUEST).status == 405
        assert camera.ask(method, path).status == 405
    assert camera.ask("POST", path, offer(), SDP).headers["allow"] == "PATCH, DELETE, OPTIONS"


def test_a_page_of_another_origin_may_ask_with_a_secret(camera: Device) -> None:
    asked = {
        "Origin": "https://encoder.example",
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "authorization,content-type",
    }
    preflight = Device(camera.server, "").ask("OPTIONS", GUEST, **asked)
    assert preflight.status == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "Authorization" in preflight.headers["access-control-allow-headers"]
    assert "PATCH" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["accept-post"] == SDP
    assert camera.ask("POST", GUEST, offer(), SDP, Origin="https://encoder.example").status == 201


async def test_a_dismissed_secret_holds_no_longer_and_a_guest_learns_of_none(
    camera: Device,
) -> None:
    guest = Visitor(camera.server).sign_in("konrad")
    async with guest.live() as line:
        await say(line, "join", room="stage-gross")
        shown = await hear_that(line, lambda frame: frame["type"] == "snapshot")
        assert shown["shown"]["sources"]["known"] == []
        refused = await do(line, "stage-gross", "source.dismiss", way="in", place="moderator")
        assert refused["type"] == "refused"
    dismissed = Device(camera.server, "soon-dismissed")
    assert dismissed.begin("/whip/gross/moderator").status == 201
    desk = Visitor(camera.server).sign_in("miriam")
    async with desk.live() as line:
        await say(line, "join", room="stage-gross")
        await do(line, "stage-gross", "source.dismiss", way="in", place="moderator")
    assert dismissed.begin("/whip/gross/moderator").status == 401


def test_a_player_is_answered_in_its_own_numbers(camera: Device) -> None:
    player = Device(camera.server, "the-lobby")

    begun = player.begin("/whep/gross/speaker", offer("recvonly"))

    assert begun.status == 201
    assert begun.text.count("a=sendonly") == 2
    assert "a=rtpmap:101 VP8/90000" in begun.text
    assert "a=rtpmap:100 opus/48000/2" in begun.text
    assert player.begin("/whep/gross/speaker", offer("sendonly")).status == 406
    assert player.begin("/whip/gross/speaker").status == 403
    assert player.ask("DELETE", begun.headers["location"]).status == 200
