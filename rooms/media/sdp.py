"""The session descriptions we write (RFC 8866, RFC 8839) and the little we read of theirs."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rooms.media.dtls import Role

VP8: Final = 96  # the payload types every viewer gets, whatever the publisher's are
H264: Final = 102
OPUS: Final = 111
NUMBERS: Final = {"vp8": VP8, "h264": H264, "opus": OPUS}
CODECS: Final = {"video": ("vp8", "h264"), "audio": ("opus",)}
"What we take and offer of each kind, what every browser has first."
CLOCK: Final = {"video": 90_000, "audio": 48_000}

MID: Final = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID: Final = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED: Final = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
LEVEL: Final = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"

SECTIONS: Final = 32  # m-lines in a description; a browser of ours makes at most ten
QUALITIES: Final = 4  # of one picture that we take in
RTCP: Final = range(64, 96)
"Payload types that cannot be told from RTCP on one port, and may not be used (RFC 5761 §4)."
HASHES: Final = ("sha-256", "sha-384", "sha-512")
NAMES: Final = {"vp8": "VP8/90000", "h264": "H264/90000", "opus": "opus/48000/2"}
# Most can decode the first: constrained baseline, then baseline, main, high (RFC 6184 §8.1).
PROFILES: Final = ("42e0", "42", "4d", "64")
PARAMETERS: Final = {
    "opus": "minptime=10;useinbandfec=1",
    "h264": "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
}
PROTOCOL: Final = "UDP/TLS/RTP/SAVPF"

# Steps between the preferences of our addresses, best first (RFC 8445 §5.1.2.1).
PRIORITY: Final = 126 << 24 | 255
PREFERENCE_STEP: Final = 1 << 8


@dataclass(frozen=True)
class Format:
    """How they number one of our codecs."""

    codec: str
    number: int
    parameters: str = ""
    "what a=fmtp says of it; empty if that goes without saying"


@dataclass(frozen=True)
class Section:
    """One m-line of theirs."""

    kind: str
    mid: str
    protocol: str
    formats: str
    direction: str
    carried: tuple[Format, ...]
    "those of our codecs it names, best first"
    extensions: dict[str, int]
    "header extensions, by name"
    rejected: bool

    @property
    def payload_type(self) -> int | None:
        """Of the codec we would choose, if there is one."""
        return self.carried[0].number if self.carried else None

    @property
    def codec(self) -> str:
        """The codec we would choose; empty if there is none."""
        return self.carried[0].codec if self.carried else ""

    repair: int | None = None
    "payload type of packets sent again (RTX), if offered"
    redundant: int | None = None
    "payload type of sound that carries the sound before it once more (RFC 2198), if offered"
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

    @property
    def codecs(self) -> frozenset[str]:
        """All codecs of ours that an answer has kept."""
        taken = (each for each in self.sections if not each.rejected)
        return frozenset(form.codec for each in taken for form in each.carried)


@dataclass(frozen=True)
class Transport:
    """Our end of a connection, as the descriptions name it."""

    ufrag: str
    password: str
    fingerprint: str
    addresses: tuple[str, ...]
    port: int
    version: int = 1
    "counts how often this connection was described (RFC 8866 §5.2)"


@dataclass(frozen=True)
class Sending:
    """One m-line of an offer to a viewer."""

    seat: str
    kind: str
    ssrc: int

    @property
    def formats(self) -> tuple[Format, ...]:
        """Every codec we have of this kind, under our own numbers."""
        return tuple(
            Format(codec, NUMBERS[codec], PARAMETERS.get(codec, "")) for codec in CODECS[self.kind]
        )

    @property
    def mid(self) -> str:
        return f"{self.seat}-{self.kind[0]}"


def offer(transport: Transport, lines: Sequence[Sending]) -> str:
    """Offer every seat to a viewer. The same numbers go to all browsers."""
    sections = [_sending(transport, each) for each in lines]
    return _session(transport, [each.mid for each in lines], sections)


def answer(transport: Transport, theirs: Description) -> str:
    """Take VP8, H264 and Opus of what a publisher offers, and refuse the rest."""
    setup = "active" if theirs.role == "client" else "passive"
    sections = [_receiving(transport, each, setup) for each in theirs.sections]
    return _session(transport, [each.mid for each in theirs.sections if wanted(each)], sections)


def playing(transport: Transport, theirs: Description, lines: Mapping[int, Sending]) -> str:
    """Answer a player that offers to receive, in its own numbers (WHEP).

    `lines` says what goes out in which of its m-lines; the others are refused.
    """
    setup = "active" if theirs.role == "client" else "passive"
    sections = [
        _played(transport, each, lines[at], setup) if at in lines else _refusing(each)
        for at, each in enumerate(theirs.sections)
    ]
    return _session(transport, [theirs.sections[at].mid for at in lines], sections)


def fragment(transport: Transport, kind: str, mid: str) -> str:
    """New credentials and all candidates, for an ICE restart over HTTP (RFC 8840 §9).

    `kind` and `mid` are of the m-line whose transport all the others share.
    """
    lines = [
        "a=ice-lite",
        f"m={kind} 9 {PROTOCOL} 0",
        f"a=mid:{mid}",
        f"a=ice-ufrag:{transport.ufrag}",
        f"a=ice-pwd:{transport.password}",
        *_candidates(transport),
        "a=end-of-candidates",
    ]
    return "\r\n".join(lines) + "\r\n"


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
    carried = _carried(kind, block)
    return Section(
        kind=_token(kind),
        mid=_token(block.get("mid")),
        protocol=_token(protocol),
        formats=_token(words[3]),
        direction=_direction(block, session),
        carried=carried,
        extensions=_extensions(block),
        rejected=port == "0" and not block.has("bundle-only"),
        repair=_repair(block, carried[0].number if carried else None),
        redundant=_redundant(block, carried[0].number if carried else None),
        rids=_rids(block),
    )


def _direction(block: _Block, session: _Block) -> str:
    for each in (block, session):
        for name, _ in each.attributes:
            if name in ("sendrecv", "sendonly", "recvonly", "inactive"):
                return name
    return "sendrecv"


def _carried(kind: str, block: _Block) -> tuple[Format, ...]:
    """One format for each of our codecs: the first of its name, of H264 the best profile."""
    named: dict[str, list[Format]] = {codec: [] for codec in CODECS.get(kind, ())}
    for value in block.all("rtpmap"):
        number, _, name = value.partition(" ")
        codec = name.lower().partition("/")[0]
        if codec in named and int(number) not in RTCP:
            if not 0 <= int(number) < 128:
                raise ValueError("payload type out of range")
            told = _parameters(block, number) if codec == "h264" else PARAMETERS.get(codec, "")
            named[codec].append(Format(codec, int(number), told))
    named["h264"] = sorted(named.get("h264", ()), key=_preference)
    return tuple(formats[0] for formats in named.values() if formats)


def _parameters(block: _Block, number: str) -> str:
    """What we repeat of an H264 offer: an answer may not change these two (RFC 6184 §8.2.2)."""
    told = next((v for v in block.all("fmtp") if v.partition(" ")[0] == number), "").lower()
    mode = re.search(r"packetization-mode=([01])\b", told)
    profile = re.search(r"profile-level-id=([0-9a-f]{6})\b", told)
    said = ["level-asymmetry-allowed=1"] if "level-asymmetry-allowed=1" in told else []
    said += [found[0] for found in (mode, profile) if found]
    return ";".join(said)


def _preference(form: Format) -> tuple[bool, int]:
    """Packetization mode 1 first, then the profile that most can decode."""
    at = form.parameters.find("profile-level-id=")
    profile = form.parameters[at + 17 :] if at >= 0 else PROFILES[0]
    ranks = (rank for rank, each in enumerate(PROFILES) if profile.startswith(each))
    return "packetization-mode=1" not in form.parameters, next(ranks, len(PROFILES))


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


def _redundant(block: _Block, payload_type: int | None) -> int | None:
    numbers = [value.partition(" ")[0] for value in block.all("rtpmap") if " red/48000" in value]
    for value in block.all("fmtp"):
        number, _, rest = value.partition(" ")
        if number in numbers and rest.strip().startswith(f"{payload_type}/"):
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


def _session(transport: Transport, bundled: Sequence[str], sections: Sequence[list[str]]) -> str:
    lines = [
        "v=0",
        f"o=foyer 1 {transport.version} IN IP4 0.0.0.0",
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
    numbers = " ".join(str(each.number) for each in sending.formats)
    return [
        f"m={sending.kind} {transport.port} {PROTOCOL} {numbers}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{sending.mid}",
        "a=sendonly",
        *_transport_lines(transport, "actpass"),
        *_codec_lines(sending.formats, remb=True),
        *_stream_lines(sending),
    ]


def _played(transport: Transport, section: Section, sending: Sending, setup: str) -> list[str]:
    numbers = " ".join(str(each.number) for each in section.carried)
    return [
        f"m={section.kind} {transport.port} {PROTOCOL} {numbers}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{section.mid}",
        "a=sendonly",
        *_transport_lines(transport, setup),
        *_codec_lines(section.carried),
        *_stream_lines(sending),
    ]


def _stream_lines(sending: Sending) -> list[str]:
    return [
        f"a=msid:{sending.seat} {sending.mid}",
        f"a=ssrc:{sending.ssrc} cname:{sending.seat}",
        f"a=ssrc:{sending.ssrc} msid:{sending.seat} {sending.mid}",
    ]


def _receiving(transport: Transport, section: Section, setup: str) -> list[str]:
    if not wanted(section):
        return _refusing(section)
    names = (MID,) + ((LEVEL,) if section.kind == "audio" else (RID, REPAIRED))
    extensions = section.extensions
    repair = [] if section.repair is None else [section.repair]
    # What stands first is what they send.
    redundant = [] if section.redundant is None else [section.redundant]
    numbers = " ".join(str(each) for each in (*redundant, section.payload_type, *repair))
    return [
        f"m={section.kind} {transport.port} {PROTOCOL} {numbers}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{section.mid}",
        "a=recvonly",
        *_transport_lines(transport, setup),
        *_codec_lines(section.carried[:1], remb=True),
        *(f"a=rtpmap:{each} red/48000/2" for each in redundant),
        *(f"a=fmtp:{each} {section.payload_type}/{section.payload_type}" for each in redundant),
        *(f"a=rtpmap:{each} rtx/90000" for each in repair),
        *(f"a=fmtp:{each} apt={section.payload_type}" for each in repair),
        *(f"a=extmap:{extensions[name]} {name}" for name in names if name in extensions),
        *(f"a=rid:{rid} recv" for rid in section.rids),
        *([f"a=simulcast:recv {';'.join(section.rids)}"] if section.rids else []),
    ]


def _refusing(section: Section) -> list[str]:
    return [
        f"m={section.kind} 0 {section.protocol} {section.formats}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{section.mid}",
        "a=inactive",
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


def _codec_lines(formats: Sequence[Format], remb: bool = False) -> list[str]:
    lines: list[str] = []
    for each in formats:
        lines.append(f"a=rtpmap:{each.number} {NAMES[each.codec]}")
        if each.parameters:
            lines.append(f"a=fmtp:{each.number} {each.parameters}")
        if each.codec != "opus":
            feedback = ["nack", "nack pli", "ccm fir"] + (["goog-remb"] if remb else [])
            lines += [f"a=rtcp-fb:{each.number} {what}" for what in feedback]
    return lines
