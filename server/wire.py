"""What goes over the WebSocket: frames around the commands, events and views of the rooms.

Every frame is one JSON text of at most `LARGEST` bytes. WIRE.md and
web/static/wire.d.ts are made from these definitions.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from rooms import fair, foyer, lounge, pitch
from rooms.people import Person

LARGEST = 64 * 1024  # bytes of one frame from a browser

RoomId = Annotated[str, Meta(min_length=1, max_length=70, pattern=r"^[a-z0-9][a-z0-9-]*$")]
OpId = Annotated[str, Meta(min_length=8, max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]
PeerId = Annotated[str, Meta(min_length=8, max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]
SeatName = Annotated[str, Meta(min_length=1, max_length=20)]
Sdp = Annotated[str, Meta(min_length=1, max_length=40_000)]

ROOMS = (foyer, lounge, fair, pitch)
COMMANDS: tuple[type, ...] = tuple(dict.fromkeys(c for room in ROOMS for c in room.COMMANDS))
EVENTS: tuple[type, ...] = tuple(dict.fromkeys(e for room in ROOMS for e in room.EVENTS))
VIEWS: tuple[type, ...] = tuple(dict.fromkeys(v for room in ROOMS for v in room.VIEWS))

Command: Any = reduce(or_, COMMANDS)
Event: Any = reduce(or_, EVENTS)
View: Any = reduce(or_, VIEWS)


class ClientFrame(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Sent by a browser."""


class ServerFrame(Struct, frozen=True, tag_field="type"):
    """Sent by the server."""


class Join(ClientFrame, frozen=True, tag="join"):
    """Open a room, or return to it: whoever says `epoch` and `seq` gets what was missed."""

    room: RoomId
    epoch: int = 0
    seq: int = -1


class Leave(ClientFrame, frozen=True, tag="leave"):
    """Close a room."""

    room: RoomId


class Do(ClientFrame, frozen=True, tag="do"):
    """Carry a command out. The same `op` twice is one effect and the same answer."""

    op: OpId
    room: RoomId
    command: Command


class Ping(ClientFrame, frozen=True, tag="ping"):
    """Still there? Also how a browser learns the server's clock."""

    sent: float


class Watch(ClientFrame, frozen=True, tag="media.watch"):
    """Ask for the stage's pictures; answered by `media.offer`. `preview` is for the desk."""

    peer: PeerId
    room: RoomId
    preview: bool = False


class Accept(ClientFrame, frozen=True, tag="media.accept"):
    """The browser's answer to `media.offer`."""

    peer: PeerId
    sdp: Sdp


class Show(ClientFrame, frozen=True, tag="media.show"):
    """How large each seat of a watched stage is shown: what is small or hidden costs less."""

    peer: PeerId
    sizes: Annotated[dict[SeatName, Literal["large", "tile", "hidden"]], Meta(max_length=8)]


class Publish(ClientFrame, frozen=True, tag="media.publish"):
    """Send one's camera and microphone, or one's screen; answered by `media.answer`."""

    peer: PeerId
    room: RoomId
    what: Literal["camera", "screen"]
    sdp: Sdp


class Probe(ClientFrame, frozen=True, tag="media.probe"):
    """Try the network path with a connection that carries nothing on any stage."""

    peer: PeerId
    sdp: Sdp


class WatchStills(ClientFrame, frozen=True, tag="media.stills"):
    """See a stage by still pictures, where nothing else comes through; or no longer."""

    room: RoomId
    on: bool


class HangUp(ClientFrame, frozen=True, tag="media.hang-up"):
    """Close a media connection."""

    peer: PeerId


class Welcome(ServerFrame, frozen=True, tag="welcome"):
    """The first frame: who one is and what time it is in the house."""

    me: Person
    now: float
    session: str
    rooms: tuple[str, ...]


class Snapshot(ServerFrame, frozen=True, tag="snapshot"):
    """A whole room; replaces what the browser knew of it."""

    room: str
    epoch: int
    seq: int
    now: float
    shown: foyer.FoyerShown | lounge.LoungeShown | fair.FairShown | pitch.PitchShown


class Resumed(ServerFrame, frozen=True, tag="resumed"):
    """The browser's place in the room's log was found; what it missed follows in order."""

    room: str
    epoch: int
    seq: int
    now: float


class Told(ServerFrame, frozen=True, tag="told"):
    """Something happened in a room. `seq` is the log's, and -1 for what is not stored."""

    room: str
    epoch: int
    seq: int
    event: Event


class Shown(ServerFrame, frozen=True, tag="shown"):
    """A part of a room looks like this now; replaces the part's earlier view."""

    room: str
    view: View


class Done(ServerFrame, frozen=True, tag="done"):
    """The command is carried out and stored."""

    op: str
    seq: int


class Refusal(ServerFrame, frozen=True, tag="refused"):
    """The command is not carried out, and why, in the reader's language."""

    op: str
    sentence: str


class Pong(ServerFrame, frozen=True, tag="pong"):
    """The answer to `ping`."""

    sent: float
    now: float


class Offer(ServerFrame, frozen=True, tag="media.offer"):
    """The server's offer of a stage's seats to a viewer."""

    peer: str
    sdp: str


class Answer(ServerFrame, frozen=True, tag="media.answer"):
    """The server's answer to a publisher."""

    peer: str
    sdp: str


class MediaRefused(ServerFrame, frozen=True, tag="media.refused"):
    """No connection, and why, in the reader's language."""

    peer: str
    sentence: str


class MediaThin(ServerFrame, frozen=True, tag="media.thin"):
    """The line carries nothing but the sound of a connection (`thin`), or pictures again."""

    peer: str
    thin: bool


class MediaGone(ServerFrame, frozen=True, tag="media.gone"):
    """A media connection ended on the server's side; the browser makes a new one."""

    peer: str


class Still(ServerFrame, frozen=True, tag="media.still"):
    """How a seat of a stage looks now: a JPEG in base64. About one a second."""

    stage: str
    seat: str
    image: str


class MediaLost(ServerFrame, frozen=True, tag="media.lost"):
    """The media process is away; `media.back` follows."""


class MediaBack(ServerFrame, frozen=True, tag="media.back"):
    """The media process is there (again): connect now."""


class Goodbye(ServerFrame, frozen=True, tag="goodbye"):
    """The last frame before the server closes: why, and whether to come back by itself."""

    reason: Literal["restart", "revoked", "malformed", "busy"]
    sentence: str


ToServer = Join | Leave | Do | Ping | Watch | Accept | Show | Publish | Probe | WatchStills | HangUp
FromServer = (
    Welcome | Snapshot | Resumed | Told | Shown | Done | Refusal | Pong | Offer | Answer
    | MediaRefused | MediaThin | MediaGone | Still | MediaLost | MediaBack | Goodbye
)  # fmt: skip
