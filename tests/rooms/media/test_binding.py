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

    found = binding.read(bytes(request))

    assert found is not None
    assert found.transaction_id == b"transaction!"
    assert binding.read(bytes(response)) is None
    assert binding.read(b"") is None


@given(st.binary(max_size=80), st.booleans())
def test_no_bytes_raise(data: bytes, cookie: bool) -> None:
    binding.read(data[:4] + binding.COOKIE + data[4:] if cookie else data)
