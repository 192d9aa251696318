"""Connectivity checks, against what aioice reads and writes."""

from __future__ import annotations

import pytest
from aioice import stun
from hypothesis import given
from hypothesis import strategies as st

from rooms.media import binding


@pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::7"])
def test_an_answer_is_what_aioice_would_write(host: str) -> None:
    wanted = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, b"transaction!")
    wanted.attributes["XOR-MAPPED-ADDRESS"] = (host, 50_001)
    wanted.add_message_integrity(b"secret")
    wanted.add_fingerprint()

    assert binding.answer(b"transaction!", "secret", host, 50_001) == bytes(wanted)


def test_a_link_s_name_is_no_part_of_the_address() -> None:
    said = binding.answer(b"transaction!", "secret", "fe80::1%eth0", 9)

    read = stun.parse_message(said)
    assert read.attributes["XOR-MAPPED-ADDRESS"] == ("fe80::1", 9)


def test_a_request_is_read_and_nothing_else() -> None:
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, b"transaction!")
    response = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, b"transaction!")
    for message in (request, response):
        message.attributes["USERNAME"] = "ours:theirs"
        message.attributes["USE-CANDIDATE"] = None
        message.add_message_integrity(b"secret")
        message.add_fingerprint()

    found = binding.read(bytes(request))

    assert found is not None
    assert (found.transaction, found.ufrag, found.nominates) == (b"transaction!", "ours", True)
    assert found.knows("secret")
    assert not found.knows("guessed")
    assert binding.read(bytes(response)) is None
    assert binding.read(b"") is None


def test_what_is_not_signed_is_not_read() -> None:
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, b"transaction!")
    request.attributes["USERNAME"] = "ours:theirs"

    assert binding.read(bytes(request)) is None


def test_what_follows_the_signature_does_not_count() -> None:
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, b"transaction!")
    request.attributes["USERNAME"] = "ours:theirs"
    request.add_message_integrity(b"secret")
    nominates = b"\x00\x25\x00\x00"
    whole = bytes(request) + nominates
    whole = whole[:2] + (len(whole) - binding.HEADER).to_bytes(2, "big") + whole[4:]

    found = binding.read(whole)

    assert found is not None
    assert found.knows("secret")
    assert not found.nominates


def test_a_changed_check_knows_nothing() -> None:
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, b"transaction!")
    request.attributes["USERNAME"] = "ours:theirs"
    request.add_message_integrity(b"secret")
    data = bytearray(bytes(request))
    data[25] ^= 1

    found = binding.read(bytes(data))

    assert found is not None
    assert not found.knows("secret")


@given(st.binary(max_size=80), st.booleans())
def test_no_bytes_raise(data: bytes, cookie: bool) -> None:
    binding.read(data[:4] + binding.COOKIE + data[4:] if cookie else data)
