"""Sealing media for one viewer: SRTP by AEAD_AES_128_GCM (RFC 7714) or by libsrtp."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pylibsrtp import Session

if TYPE_CHECKING:
    from rooms.media.peer import Path

SALT: Final = 14  # bytes of the key derivation's input; a shorter master salt is padded
AEAD_SALT: Final = 12  # bytes
AEAD_TAG: Final = 16  # bytes
HMAC_TAG: Final = 10  # bytes of AES128_CM_SHA1_80

LABEL_KEY: Final = 0x00  # RFC 3711 §4.3.1
LABEL_SALT: Final = 0x02


class Packet(NamedTuple):
    """One packet as it goes to every viewer, before it is sealed."""

    number: int
    "sequence number, counted past sixteen bits; its lower half stands in the header"
    header: bytes
    payload: bytes


class Slot(NamedTuple):
    """A packet, and where its sealed payload is to be written."""

    number: int
    header: bytes
    payload: bytes
    body: memoryview
    "`AEAD_TAG` bytes longer than the payload"


class Mark(Protocol):
    """What a spread that seals by itself keeps of a viewer."""

    def moved(self, path: Path | None) -> None:
        """It is elsewhere from now on, or nowhere."""


class Seal(Protocol):
    """Protects packets for one viewer."""

    parts: int
    "buffers a packet becomes"
    overhead: int
    "bytes a packet grows by"

    def seal(self, ssrc: int, packets: Sequence[Packet], base: int) -> list[bytes]:
        """The buffers to send. `base` is the number at which the viewer's rollover count is 0.

        The same (ssrc, number - base) must never come with other bytes: that would tell the
        key stream. A retransmission is the identical packet, and seals to identical bytes.
        """

    def moved(self, path: Path | None) -> None:
        """The viewer is elsewhere from now on, or nowhere."""


class AeadSeal:
    """AEAD_AES_128_GCM, by hand: the header is used as it is, never copied."""

    parts = 2
    overhead = AEAD_TAG

    def __init__(self, key: bytes, salt: bytes) -> None:
        """Takes the master key and salt that DTLS gave for sending."""
        self.key = derive(key, salt, LABEL_KEY, len(key))
        self.salt = derive(key, salt, LABEL_SALT, AEAD_SALT)
        self.mark: Mark | None = None
        cipher = AESGCM(self.key)
        self._encrypt = cipher.encrypt
        self._encrypt_into = cipher.encrypt_into
        self._salt = int.from_bytes(self.salt, "big")

    def seal(self, ssrc: int, packets: Sequence[Packet], base: int) -> list[bytes]:
        # The nonce (RFC 7714 §8.1): salt ⊕ (two zero bytes, SSRC, rollover count, sequence).
        mask = self._salt ^ ssrc << 48
        encrypt = self._encrypt
        sealed: list[bytes] = []
        for number, header, payload in packets:
            sealed.append(header)
            sealed.append(encrypt((mask ^ number - base).to_bytes(12, "big"), payload, header))
        return sealed

    def seal_into(self, ssrc: int, slots: Sequence[Slot], base: int) -> None:
        """The same, each packet into its slot, whose header is already in its place."""
        mask = self._salt ^ ssrc << 48
        encrypt = self._encrypt_into
        for number, header, payload, body in slots:
            encrypt((mask ^ number - base).to_bytes(12, "big"), payload, header, body)

    def moved(self, path: Path | None) -> None:
        if self.mark is not None:
            self.mark.moved(path)


class LibSeal:
    """Whatever libsrtp speaks; it counts rollovers itself and begins at 0, as `base` says."""

    parts = 1
    overhead = HMAC_TAG

    def __init__(self, session: Session) -> None:
        self._protect = session.protect

    def seal(self, ssrc: int, packets: Sequence[Packet], base: int) -> list[bytes]:
        del ssrc, base  # libsrtp reads the one from the header and follows the other
        return [self._protect(header + payload) for _, header, payload in packets]

    def moved(self, path: Path | None) -> None:
        """Whoever seals by this looks the path up each time."""


class Renumbered:
    """Gives the packets another payload type on the way to one who dictates the numbers."""

    def __init__(self, seal: Seal, numbers: Mapping[int, int]) -> None:
        """`numbers` are theirs by ours. They never change: a packet sent again stays identical."""
        self.parts = seal.parts
        self.overhead = seal.overhead
        self._seal = seal.seal
        self._second = {
            marker | ours: bytes([marker | theirs])
            for ours, theirs in numbers.items()
            for marker in (0, 0x80)
        }

    def seal(self, ssrc: int, packets: Sequence[Packet], base: int) -> list[bytes]:
        second = self._second
        return self._seal(
            ssrc,
            [
                Packet(
                    number, header[:1] + second.get(header[1], header[1:2]) + header[2:], payload
                )
                for number, header, payload in packets
            ],
            base,
        )

    def moved(self, path: Path | None) -> None:
        """Whoever seals by this looks the path up each time."""


def derive(key: bytes, salt: bytes, label: int, length: int) -> bytes:
    """SRTP's key derivation with a rate of 0 (RFC 3711 §4.3.1, RFC 7714 §11)."""
    block = bytearray(salt.ljust(SALT, b"\0"))
    block[7] ^= label
    stream = Cipher(algorithms.AES(key), modes.CTR(bytes(block) + b"\0\0")).encryptor()
    return stream.update(bytes(length))
