"""The descriptions we write, and what of theirs we read."""

from __future__ import annotations

import pytest
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

from rooms.media import sdp
from rooms.media.sdp import Sending, Transport

OURS = Transport("ufrag", "password", "AA:BB", ("192.0.2.7", "2001:db8::7"), 8001)

CHROMIUM = """v=0
o=- 1 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9
a=ice-ufrag:abcd
a=ice-pwd:0123456789012345678901
a=fingerprint:sha-256 aa:01
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendonly
a=rtpmap:111 opus/48000/2
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
m=video 9 UDP/TLS/RTP/SAVPF 98 96 97
a=fingerprint:sha-256 aa:01
a=setup:actpass
a=mid:1
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=sendonly
a=rtpmap:98 VP9/90000
a=rtpmap:96 VP8/90000
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rid:q send
a=rid:f send
a=simulcast:send q;~f;x
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
a=mid:2
a=setup:actpass
"""


def test_an_offer_shows_every_seat_under_fixed_numbers() -> None:
    text = sdp.offer(OURS, [Sending("speaker", "audio", 11), Sending("speaker", "video", 12)])

    read = SessionDescription.parse(text)

    assert [m.rtp.muxId for m in read.media] == ["speaker-a", "speaker-v"]
    assert [m.direction for m in read.media] == ["sendonly", "sendonly"]
    assert [m.ssrc[0].ssrc for m in read.media] == [11, 12]
    assert [m.rtp.codecs[0].payloadType for m in read.media] == [111, 96]
    assert [m.msid for m in read.media] == ["speaker speaker-a", "speaker speaker-v"]
    assert [c.ip for c in read.media[0].ice_candidates] == ["192.0.2.7", "2001:db8::7"]
    assert read.media[0].ice.iceLite
    assert text.count("a=setup:actpass") == 2


def test_the_better_address_comes_first() -> None:
    read = SessionDescription.parse(sdp.offer(OURS, [Sending("speaker", "audio", 11)]))

    first, second = read.media[0].ice_candidates
    assert first.priority > second.priority
    assert first.port == second.port == 8001


def test_an_answer_takes_vp8_and_opus_and_nothing_else() -> None:
    text = sdp.answer(OURS, sdp.parse(CHROMIUM))

    read = SessionDescription.parse(text)
    sound, picture, data = read.media
    assert {c.payloadType for c in sound.rtp.codecs} == {63, 111}
    assert "m=audio 8001 UDP/TLS/RTP/SAVPF 63 111\r\n" in text
    assert [c.payloadType for c in picture.rtp.codecs] == [96, 97]
    assert [m.direction for m in read.media] == ["recvonly", "recvonly", "inactive"]
    assert data.port == 0
    assert read.group[0].items == ["0", "1"]
    assert {e.id for e in sound.rtp.headerExtensions} == {1, 4}
    assert {e.id for e in picture.rtp.headerExtensions} == {4, 10, 11}
    assert text.count("a=setup:passive") == 2


def test_every_quality_that_is_sent_is_taken() -> None:
    text = sdp.answer(OURS, sdp.parse(CHROMIUM))

    lines = [line for line in text.split("\r\n") if "rid:" in line or "simulcast" in line]
    assert lines == ["a=rid:q recv", "a=rid:f recv", "a=simulcast:recv q;f"]


def test_a_quality_cannot_carry_a_line_of_its_own() -> None:
    with pytest.raises(ValueError):
        sdp.parse(CHROMIUM.replace("rid:q", "rid:\x01q").replace("send q;", "send \x01q;"))


def test_fingerprints_are_read_once_and_in_capitals() -> None:
    assert sdp.parse(CHROMIUM).fingerprints == (("sha-256", "AA:01"),)


@pytest.mark.parametrize(
    ("setup", "role"), [("actpass", "server"), ("active", "server"), ("passive", "client")]
)
def test_we_are_the_dtls_server_unless_they_insist(setup: str, role: str) -> None:
    theirs = sdp.parse(CHROMIUM.replace("actpass", setup))

    assert theirs.role == role


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "m=audio",
        CHROMIUM.replace("fingerprint", "thumb"),
        CHROMIUM.replace("a=rtpmap:96", "a=rtpmap:900"),
        CHROMIUM.replace("a=rtpmap:96", "a=rtpmap:x"),
        CHROMIUM.replace("a=extmap:4 ", "a=extmap:four "),
        CHROMIUM.replace("a=mid:1", "a=mid:" + "1" * 99),
        CHROMIUM.replace("a=mid:1", "a=mid:\u2028x"),
        "v=0\na=fingerprint:sha-256 aa\n" + "m=audio 9 UDP/TLS/RTP/SAVPF 111\n" * 40,
    ],
)
def test_what_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        sdp.parse(text)


@given(st.text(alphabet="amv=:;0 \r\nfingerprint-sha256xtmap/simulcast", max_size=200))
def test_nothing_but_a_value_error_comes_of_any_text(text: str) -> None:
    try:
        theirs = sdp.parse("a=fingerprint:sha-256 aa\nm=audio 9 UDP 1\n" + text)
    except ValueError:
        return
    sdp.answer(OURS, theirs)


def test_only_what_they_send_is_wanted() -> None:
    theirs = sdp.parse(CHROMIUM.replace("a=sendonly", "a=recvonly", 1))

    assert [sdp.wanted(each) for each in theirs.sections] == [False, True, False]


def video(*formats: str) -> str:
    """An offer to send a picture in these formats."""
    lines = ["m=video 9 UDP/TLS/RTP/SAVPF 1", "a=fingerprint:sha-256 AA", "a=mid:0", "a=sendonly"]
    return "\n".join(["v=0", *lines, *(f"a={each}" for each in formats)])


def test_viewers_are_offered_vp8_and_h264() -> None:
    text = sdp.offer(OURS, [Sending("speaker", "video", 12)])
    assert "m=video 8001 UDP/TLS/RTP/SAVPF 96 102\r\n" in text
    assert "a=rtpmap:102 H264/90000\r\n" in text
    assert (
        "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f" in text
    )


def test_an_answer_says_what_can_be_decoded() -> None:
    both = sdp.parse(video("rtpmap:96 VP8/90000", "rtpmap:102 H264/90000"))
    assert both.codecs == {"vp8", "h264"}
    assert sdp.parse(video("rtpmap:96 VP8/90000")).codecs == {"vp8"}
    refused = sdp.parse(video("rtpmap:96 VP8/90000").replace("video 9", "video 0"))
    assert refused.codecs == set()


def test_of_a_publisher_vp8_is_taken_first() -> None:
    theirs = sdp.parse(video("rtpmap:102 H264/90000", "rtpmap:96 VP8/90000"))
    assert (theirs.sections[0].codec, theirs.sections[0].payload_type) == ("vp8", 96)


def test_of_h264_the_profile_that_most_can_decode_is_taken_as_it_was_offered() -> None:
    theirs = sdp.parse(
        video(
            "rtpmap:97 H264/90000",
            "fmtp:97 packetization-mode=1;profile-level-id=640c1f",
            "rtpmap:98 H264/90000",
            "fmtp:98 packetization-mode=0;profile-level-id=42e01f",
            "rtpmap:99 H264/90000",
            "fmtp:99 profile-level-id=42E01F; packetization-mode=1; max-fr=30",
        )
    )
    text = sdp.answer(OURS, theirs)
    assert theirs.sections[0].payload_type == 99
    assert "a=fmtp:99 packetization-mode=1;profile-level-id=42e01f\r\n" in text
    assert "640c1f" not in text


def test_a_number_that_looks_like_rtcp_is_not_used() -> None:
    theirs = sdp.parse(video("rtpmap:78 VP8/90000", "rtpmap:98 H264/90000"))
    assert theirs.sections[0].codec == "h264"


def test_a_player_is_answered_in_its_own_numbers_and_order() -> None:
    asked = "\n".join(
        [
            "v=0",
            "m=video 9 UDP/TLS/RTP/SAVPF 120 121",
            "a=fingerprint:sha-256 AA",
            "a=setup:actpass",
            "a=mid:v",
            "a=recvonly",
            "a=rtpmap:120 VP8/90000",
            "a=rtpmap:121 H264/90000",
            "m=audio 9 UDP/TLS/RTP/SAVPF 109",
            "a=mid:a",
            "a=recvonly",
            "a=rtpmap:109 opus/48000/2",
        ]
    )
    lines = {0: Sending("guest", "video", 22)}
    read = SessionDescription.parse(sdp.playing(OURS, sdp.parse(asked), lines))
    assert [m.direction for m in read.media] == ["sendonly", "inactive"]
    assert [(c.payloadType, c.mimeType) for c in read.media[0].rtp.codecs] == [
        (120, "video/VP8"),
        (121, "video/H264"),
    ]
    assert [each.ssrc for each in read.media[0].ssrc] == [22]
    assert read.media[0].dtls.role == "server"


def test_a_restart_is_told_as_a_fragment_with_every_address() -> None:
    assert sdp.fragment(OURS, "video", "0").splitlines() == [
        "a=ice-lite",
        "m=video 9 UDP/TLS/RTP/SAVPF 0",
        "a=mid:0",
        "a=ice-ufrag:ufrag",
        "a=ice-pwd:password",
        "a=candidate:1 1 udp 2130706431 192.0.2.7 8001 typ host",
        "a=candidate:2 1 udp 2130706175 2001:db8::7 8001 typ host",
        "a=end-of-candidates",
    ]
