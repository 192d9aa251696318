"""The two session descriptions we write (RFC 8866, RFC 8839) and the little we read of theirs."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from rooms.media.dtls import Role

VP8: Final = 96  # the payload types every viewer gets, whatever the publisher's are
OPUS: Final = 111
CLOCK: Final = {"video": 90_000, "audio": 48_000}

MID: Final = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID: Final = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED: Final = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
LEVEL: Final = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"

SECTIONS: Final = 32  # m-lines in a description; a browser of ours makes at most ten
QUALITIES: Final = 4  # of one picture that we take in
HASHES: Final = ("sha-256", "sha-384", "sha-512")
CODEC: Final = {"video": ("vp8", "VP8/90000"), "audio": ("opus", "opus/48000/2")}
PROTOCOL: Final = "UDP/TLS/RTP/SAVPF"

# Steps between the preferences of our addresses, best first (RFC 8445 §5.1.2.1).
PRIORITY: Final = 126 << 24 | 255
PREFERENCE_STEP: Final = 1 << 8


@dataclass(frozen=True)
class Section:
    """One m-line of theirs."""

    kind: str
    mid: str
    protocol: str
    formats: str
    direction: str
    payload_type: int | None
    "of VP8 or Opus, if offered"
    extensions: dict[str, int]
    "header extensions, by name"
    rejected: bool
    repair: int | None = None
    "payload type of packets sent again (RTX), if offered"
    rids: tuple[str, ...] = ()
    "the qualities it is sent in, as they were listed (RFC 8853)"


@dataclass(frozen=True)
class Description:
    """What we need of an offer or an answer."""

    sections: tuple[Section, ...]
    fingerprints: tuple[tuple[str, str], ...]
    setup: str

    @property
    def role(self) -> Role:
        """Ours in DTLS. Server, but for a peer that insists on being one (RFC 8842 §5)."""
        return "client" if self.setup == "passive" else "server"


@dataclass(frozen=True)
class Transport:
    """Our end of a connection, as the descriptions name it."""

    ufrag: str
    password: str
    fingerprint: str
    addresses: tuple[str, ...]
    port: int


@dataclass(frozen=True)
class Sending:
    """One m-line of an offer to a viewer."""

    seat: str
    kind: str
    ssrc: int

    @property
    def mid(self) -> str:
        return f"{self.seat}-{self.kind[0]}"


def offer(transport: Transport, lines: Sequence[Sending]) -> str:
    """Offer every seat to a viewer. The same numbers go to all browsers."""
    sections = [_sending(transport, each) for each in lines]
    return _session([each.mid for each in lines], sections)


def answer(transport: Transport, theirs: Description) -> str:
    """Take VP8 and Opus of what a publisher offers, and refuse the rest."""
    setup = "active" if theirs.role == "client" else "passive"
    sections = [_receiving(transport, each, setup) for each in theirs.sections]
    return _session([each.mid for each in theirs.sections if wanted(each)], sections)


def wanted(section: Section) -> bool:
    """Whether we take in what a section offers."""
    return (
        section.payload_type is not None
        and not section.rejected
        and section.direction in ("sendonly", "sendrecv")
    )


def parse(text: str) -> Description:
    """Read a description; raises `ValueError` if it is none we could use."""
    session, media = _split(text)
    if not 0 < len(media) <= SECTIONS:
        raise ValueError("no m-line, or too many")
    setup = session.get("setup", "")
    fingerprints: set[tuple[str, str]] = set(_fingerprints(session))
    for block in media:
        fingerprints.update(_fingerprints(block))
        setup = block.get("setup", setup)
    if not fingerprints:
        raise ValueError("no fingerprint")
    return Description(
        tuple(_section(block, session) for block in media),
        tuple(sorted(fingerprints)),
        setup or "active",
    )


@dataclass
class _Block:
    """A session part or an m-line with its attributes."""

    head: str = ""
    attributes: list[tuple[str, str]] = field(default_factory=list)

    def all(self, name: str) -> Iterable[str]:
        return (value for key, value in self.attributes if key == name)

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.attributes)

    def get(self, name: str, otherwise: str = "") -> str:
        return next(iter(self.all(name)), otherwise)


def _split(text: str) -> tuple[_Block, list[_Block]]:
    session = block = _Block()
    media: list[_Block] = []
    for raw in text.split("\n"):
        letter, _, value = raw.strip().partition("=")
        if letter == "m":
            block = _Block(value)
            media.append(block)
        elif letter == "a":
            name, _, rest = value.partition(":")
            block.attributes.append((name, rest))
    return session, media


def _fingerprints(block: _Block) -> Iterable[tuple[str, str]]:
    for value in block.all("fingerprint"):
        name, _, digest = value.partition(" ")
        if name.lower() in HASHES:
            yield name.lower(), digest.strip().upper()


def _section(block: _Block, session: _Block) -> Section:
    words = block.head.split()
    if len(words) < 4:
        raise ValueError("m-line is cut off")
    kind, port, protocol = words[:3]
    payload_type = _payload_type(kind, block)
    return Section(
        kind=_token(kind),
        mid=_token(block.get("mid")),
        protocol=_token(protocol),
        formats=_token(words[3]),
        direction=_direction(block, session),
        payload_type=payload_type,
        extensions=_extensions(block),
        rejected=port == "0" and not block.has("bundle-only"),
        repair=_repair(block, payload_type),
        rids=_rids(block),
    )


def _direction(block: _Block, session: _Block) -> str:
    for each in (block, session):
        for name, _ in each.attributes:
            if name in ("sendrecv", "sendonly", "recvonly", "inactive"):
                return name
    return "sendrecv"


def _payload_type(kind: str, block: _Block) -> int | None:
    for value in block.all("rtpmap"):
        number, _, name = value.partition(" ")
        if kind in CODEC and name.lower().startswith(CODEC[kind][0] + "/"):
            found = int(number)
            if not 0 <= found < 128:
                raise ValueError("payload type out of range")
            return found
    return None


def _repair(block: _Block, payload_type: int | None) -> int | None:
    """Which payload type repeats the one we take (RFC 4588 §8.1)."""
    repeating = {value.partition(" ")[0] for value in block.all("rtpmap") if " rtx/" in value}
    for value in block.all("fmtp"):
        number, _, rest = value.partition(" ")
        if number in repeating and rest.partition(";")[0].strip() == f"apt={payload_type}":
            found = int(number)
            if 0 <= found < 128 and found != payload_type:
                return found
    return None


def _rids(block: _Block) -> tuple[str, ...]:
    """The qualities of `a=simulcast:send`; of alternatives the first, paused or not."""
    words = block.get("simulcast").split()
    if "send" not in words[:-1]:
        return ()
    listed = words[words.index("send") + 1].split(";")
    rids = dict.fromkeys(each.partition(",")[0].removeprefix("~") for each in listed)
    known = {rid for rid, _, way in (value.partition(" ") for value in block.all("rid")) if way}
    return tuple(_token(rid) for rid in rids if rid in known)[:QUALITIES]


def _extensions(block: _Block) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in block.all("extmap"):
        words = value.split()
        if len(words) >= 2:
            found[words[1]] = int(words[0].partition("/")[0])
    return found


def _token(text: str) -> str:
    """What we repeat of theirs, it may not carry a line of its own."""
    if not text.isascii() or not text.isprintable() or len(text) > 64:
        raise ValueError("not a token")
    return text


def _session(bundled: Sequence[str], sections: Sequence[list[str]]) -> str:
    lines = [
        "v=0",
        "o=foyer 1 1 IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        "a=group:BUNDLE " + " ".join(bundled),
        "a=msid-semantic: WMS *",
    ]
    for section in sections:
        lines += section
    return "\r\n".join(lines) + "\r\n"


def _sending(transport: Transport, sending: Sending) -> list[str]:
    number = VP8 if sending.kind == "video" else OPUS
    return [
        f"m={sending.kind} {transport.port} {PROTOCOL} {number}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{sending.mid}",
        "a=sendonly",
        *_transport_lines(transport, "actpass"),
        *_codec_lines(sending.kind, number),
        f"a=msid:{sending.seat} {sending.mid}",
        f"a=ssrc:{sending.ssrc} cname:{sending.seat}",
        f"a=ssrc:{sending.ssrc} msid:{sending.seat} {sending.mid}",
    ]


def _receiving(transport: Transport, section: Section, setup: str) -> list[str]:
    if not wanted(section) or section.payload_type is None:
        return [
            f"m={section.kind} 0 {section.protocol} {section.formats}",
            "c=IN IP4 0.0.0.0",
            f"a=mid:{section.mid}",
            "a=inactive",
        ]
    names = (MID,) + ((LEVEL,) if section.kind == "audio" else (RID, REPAIRED))
    extensions = section.extensions
    repair = [] if section.repair is None else [section.repair]
    numbers = " ".join(str(each) for each in (section.payload_type, *repair))
    return [
        f"m={section.kind} {transport.port} {PROTOCOL} {numbers}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{section.mid}",
        "a=recvonly",
        *_transport_lines(transport, setup),
        *_codec_lines(section.kind, section.payload_type, remb=True),
        *(f"a=rtpmap:{each} rtx/90000" for each in repair),
        *(f"a=fmtp:{each} apt={section.payload_type}" for each in repair),
        *(f"a=extmap:{extensions[name]} {name}" for name in names if name in extensions),
        *(f"a=rid:{rid} recv" for rid in section.rids),
        *([f"a=simulcast:recv {';'.join(section.rids)}"] if section.rids else []),
    ]


def _transport_lines(transport: Transport, setup: str) -> list[str]:
    return [
        f"a=ice-ufrag:{transport.ufrag}",
        f"a=ice-pwd:{transport.password}",
        f"a=fingerprint:sha-256 {transport.fingerprint}",
        f"a=setup:{setup}",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        *_candidates(transport),
        "a=end-of-candidates",
    ]


def _candidates(transport: Transport) -> Iterable[str]:
    for at, address in enumerate(transport.addresses):
        plain = ipaddress.ip_address(address).compressed
        priority = PRIORITY + (65_535 - at) * PREFERENCE_STEP
        yield f"a=candidate:{at + 1} 1 udp {priority} {plain} {transport.port} typ host"


def _codec_lines(kind: str, number: int, remb: bool = False) -> list[str]:
    lines = [f"a=rtpmap:{number} {CODEC[kind][1]}"]
    if kind == "audio":
        return [*lines, f"a=fmtp:{number} minptime=10;useinbandfec=1"]
    feedback = ["nack", "nack pli", "ccm fir"] + (["goog-remb"] if remb else [])
    return lines + [f"a=rtcp-fb:{number} {each}" for each in feedback]
