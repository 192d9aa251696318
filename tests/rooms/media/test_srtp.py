"""Our sealing against libsrtp and against the vectors of the RFCs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st
from pylibsrtp import Policy, Session

from rooms.media.peer import Path
from rooms.media.srtp import LABEL_KEY, LABEL_SALT, AeadSeal, LibSeal, Packet, Renumbered, derive

KEY, SALT = bytes(range(16)), bytes(range(100, 112))
SSRC = 0xCAFEBABE


def header(sequence: int) -> bytes:
    return bytes([0x80, 96]) + sequence.to_bytes(2, "big") + bytes(4) + SSRC.to_bytes(4, "big")


def packet(number: int, payload: bytes = b"picture") -> Packet:
    return Packet(number, header(number & 0xFFFF), payload)


def opener(profile: int, key: bytes) -> Session:
    return Session(Policy(key=key, ssrc_type=Policy.SSRC_ANY_INBOUND, srtp_profile=profile))


def test_keys_are_derived_as_in_rfc_3711_b3() -> None:
    key = bytes.fromhex("E1F97A0D3E018BE0D64FA32C06DE4139")
    salt = bytes.fromhex("0EC675AD498AFEEBB6960B3AABE6")

    assert derive(key, salt, LABEL_KEY, 16) == bytes.fromhex("C61E7A93744F39EE10734AFE3FF7A087")
    assert derive(key, salt, LABEL_SALT, 14) == bytes.fromhex("30CBBC08863D8C85D49DB34A9AE1")


def test_a_packet_seals_as_in_rfc_7714_16_1_1() -> None:
    seal = AeadSeal(KEY, SALT)
    # The vector gives the derived key and salt, not those they are derived from.
    seal._encrypt = AESGCM(bytes(range(16))).encrypt
    seal._salt = int.from_bytes(bytes.fromhex("517569642070726f2071756f"), "big")
    head = bytes.fromhex("8040f17b8041f8d35501a0b2")
    plain = b"Gallia est omnis divisa in partes tres"

    sealed = seal.seal(0x5501A0B2, [Packet(0xF17B, head, plain)], 0)

    assert sealed[1].hex() == (
        "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b"
        "36de3adf8833899d7f27beb16a9152cf765ee4390cce"
    )


def test_libsrtp_opens_what_we_seal() -> None:
    seal = AeadSeal(KEY, SALT)
    libsrtp = opener(Policy.SRTP_PROFILE_AEAD_AES_128_GCM, KEY + SALT)

    sealed = seal.seal(SSRC, [packet(5), packet(6, b"x" * 1200)], 0)

    assert libsrtp.unprotect(b"".join(sealed[:2])) == header(5) + b"picture"
    assert libsrtp.unprotect(b"".join(sealed[2:])) == header(6) + b"x" * 1200


@pytest.mark.parametrize("rounds", [0, 1, 2, 700])
def test_a_viewer_who_comes_late_starts_at_rollover_nought(rounds: int) -> None:
    base = rounds << 16
    seal = AeadSeal(KEY, SALT)
    libsrtp = opener(Policy.SRTP_PROFILE_AEAD_AES_128_GCM, KEY + SALT)

    for number in range(base + 65_400, base + 65_700):
        opened = libsrtp.unprotect(b"".join(seal.seal(SSRC, [packet(number)], base)))
        assert opened == header(number & 0xFFFF) + b"picture"


def test_the_same_packet_seals_to_the_same_bytes() -> None:
    seal = AeadSeal(KEY, SALT)

    assert seal.seal(SSRC, [packet(9)], 0) == seal.seal(SSRC, [packet(9)], 0)


def test_without_aead_libsrtp_seals_and_opens() -> None:
    key = KEY + bytes(14)
    policy = Policy(
        key=key,
        ssrc_type=Policy.SSRC_ANY_OUTBOUND,
        srtp_profile=Policy.SRTP_PROFILE_AES128_CM_SHA1_80,
    )
    policy.allow_repeat_tx = True
    seal = LibSeal(Session(policy))
    libsrtp = opener(Policy.SRTP_PROFILE_AES128_CM_SHA1_80, key)

    first, again = seal.seal(SSRC, [packet(5)], 0), seal.seal(SSRC, [packet(5)], 0)

    assert first == again
    assert len(first[0]) == len(header(5) + b"picture") + seal.overhead
    assert libsrtp.unprotect(first[0]) == header(5) + b"picture"


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**47), st.binary(max_size=40))
def test_our_aead_is_libsrtp_s_at_any_place(ssrc: int, number: int, payload: bytes) -> None:
    base = number - number % 65_536
    seal = AeadSeal(KEY, SALT)
    head = header(number & 0xFFFF)[:8] + ssrc.to_bytes(4, "big")
    outbound = Session(
        Policy(
            key=KEY + SALT,
            ssrc_type=Policy.SSRC_ANY_OUTBOUND,
            srtp_profile=Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
        )
    )

    ours = b"".join(seal.seal(ssrc, [Packet(number, head, payload)], base))

    assert ours == outbound.protect(head + payload)


def test_a_player_s_numbers_are_in_the_header_that_is_sealed() -> None:
    class Plain:
        parts, overhead = 1, 0

        def seal(self, ssrc: int, packets: Sequence[Packet], base: int) -> list[bytes]:
            return [head + payload for _, head, payload in packets]

        def moved(self, path: Path | None) -> None:
            """It does not matter here."""

    marked, other = b"\x80\xe0" + bytes(10), b"\x80\x6f" + bytes(10)
    packets = [Packet(1, marked, b"m"), Packet(2, other, b"o")]

    sealed = Renumbered(Plain(), {96: 120}).seal(1, packets, 0)

    assert sealed == [b"\x80\xf8" + bytes(10) + b"m", other + b"o"]
