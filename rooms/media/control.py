"""What a server says to a media process and hears from it: JSON lines over a Unix socket."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hashlib
import tempfile
from pathlib import Path
from typing import Final, Literal, Protocol

import msgspec
from msgspec import Struct

SEATS: Final = ("speaker", "moderator", "guest", "screen")
"What every viewer of a stage can see; mids are `<seat>-a` and `<seat>-v`, streams `<seat>`."

PREVIEW: Final = "preview"
"The one seat more that a desk sees."

CIRCLE: Final = "circle/"
"What the name of a circle's stage begins with; no stage of a programme can be called like that."

CIRCLE_SEATS: Final = (*(f"seat-{number}" for number in range(1, 7)), "screen")
"What those who sit in a circle see: a picture of each, and one screen."

LINE_LIMIT: Final = 1 << 20  # bytes; an offer with many candidates stays below 64 KiB
BACKLOG: Final = 4 << 20  # bytes a controller may leave unread before it is let go
PATH_LIMIT: Final = 100  # bytes; the kernel takes 107

TAKEN: Final = 3  # exit code of a process that finds its socket served by another

PeerState = Literal["connecting", "connected", "gone"]
Size = Literal["large", "tile", "hidden"]
SourceState = Literal["live", "frozen", "gone"]
RecordingState = Literal["rolling", "changed", "full", "broken"]


class _Message(Struct, frozen=True, tag_field="type", tag=True):
    pass


class Neighbour(Struct, frozen=True):
    """A media process, as others reach it."""

    id: str
    "another one each time it starts, as the secret"
    secret: str
    machine: str
    near: str
    "its address for processes on the same machine,"
    addresses: tuple[str, ...]
    "and for all others"
    port: int


# What a server asks. Whatever carries an `id` is answered with the same `id`.


class OpenViewer(_Message, frozen=True):
    """Make a peer that will see all seats of `stage`; answered by `Offered`."""

    id: int
    peer: str
    stage: str
    preview: bool = False


class Accept(_Message, frozen=True):
    """The browser's answer to an offer; answered by `Done`."""

    id: int
    peer: str
    sdp: str


class OpenPublisher(_Message, frozen=True):
    """Take in what a browser offers as `source`; answered by `Answered`."""

    id: int
    peer: str
    source: str
    sdp: str
    whole: bool = False
    "refuse the offer if any picture or sound in it cannot be taken"


class Close(_Message, frozen=True):
    """Forget a peer. Closing one that is not there does no harm."""

    peer: str


class Route(_Message, frozen=True):
    """Put a source behind a seat, or nothing. The source may appear later."""

    stage: str
    seat: str
    source: str | None


class Stats(_Message, frozen=True):
    """How are you? Answered by `Measured`."""

    id: int


class OpenPlayer(_Message, frozen=True):
    """Send what stands on a seat to a player that offers to receive; answered by `Answered`."""

    id: int
    peer: str
    stage: str
    seat: str
    sdp: str


class Describe(_Message, frozen=True):
    """Under which credentials is this peer reached? With `restart`: make new ones first (RFC 8445
    §9); its keys and its media stay. Answered by `Described`."""

    id: int
    peer: str
    restart: bool = False


class WantStills(_Message, frozen=True):
    """Tell still pictures of a stage's seats for the next ten seconds, about one a second."""

    stage: str


class Show(_Message, frozen=True):
    """How large a viewer shows each seat; what it does not say is `large`."""

    peer: str
    sizes: dict[str, Size]


class Record(_Message, frozen=True):
    """Write what a seat shows into a file, as long as that is `source`.

    Answered by `Done`, or by `Over` if this take has its file already. Asking again may
    name another source; it goes into the same file.
    """

    id: int
    stage: str
    seat: str
    take: str
    source: str
    stem: str
    "the file's path without its suffix"
    zero: float
    "Unix seconds of time 0, the same for all files that are to stay in step"


class Play(_Message, frozen=True):
    """Play a clip as `source`. Saying it again changes nothing while it plays."""

    source: str
    path: str
    "of a WebM file with VP8 and Opus"
    at: float
    "when it began, or begins, in Unix seconds: what is over by then is left out"


class StopPlaying(_Message, frozen=True):
    """Play it no longer. Stopping what does not play does no harm."""

    source: str


class KeepTakes(_Message, frozen=True):
    """These takes of a stage may go on; all others end."""

    stage: str
    takes: tuple[str, ...]


class Link(_Message, frozen=True):
    """There is another process of ours: pass on what its viewers want. Saying it again keeps
    the link; one that is not told of for a while, and does not answer, is forgotten."""

    neighbour: Neighbour


Request = (
    Link
    | Play
    | StopPlaying
    | Record
    | KeepTakes
    | Show
    | WantStills
    | OpenPlayer
    | Describe
    | OpenViewer
    | Accept
    | OpenPublisher
    | Close
    | Route
    | Stats
)


# What the process answers.


class Offered(_Message, frozen=True):
    id: int
    sdp: str


class Answered(_Message, frozen=True):
    id: int
    sdp: str


class Described(_Message, frozen=True):
    """Our end of a peer's connection: its ufrag, and all of it as RFC 8840 writes it."""

    id: int
    ufrag: str
    sdp: str


class Done(_Message, frozen=True):
    id: int


class Failed(_Message, frozen=True):
    """The request changed nothing; `reason` is a sentence for the person."""

    id: int
    reason: str


class SourceMeasure(Struct, frozen=True):
    """One source over the last second."""

    source: str
    bits: int
    "received, per second"
    lost: float
    "share of packets lost on the way here, 0 to 1"


class Measured(_Message, frozen=True):
    id: int
    pid: int
    port: int
    viewers: int
    publishers: int
    stages: int
    sent: int
    "datagrams of media since the start"
    dropped: int
    "datagrams that did not go out because the socket was full"
    refused: int
    "datagrams the guard threw away"
    segmented: bool
    "whether UDP segmentation offload is in use"
    accelerated: bool
    "whether C seals and sends"
    links: int = 0
    "neighbours that are heard of"
    sources: tuple[SourceMeasure, ...] = ()


class Over(_Message, frozen=True):
    """This take is finished; what follows must be another one."""

    id: int


Answer = Over | Described | Offered | Answered | Done | Failed | Measured


# What the process tells everybody who listens.


class PeerChanged(_Message, frozen=True):
    peer: str
    state: PeerState


class SourceChanged(_Message, frozen=True):
    """`frozen`: promised a picture, and none came for three seconds."""

    source: str
    state: SourceState
    has_audio: bool
    has_video: bool
    codec: str = ""
    "of its picture"


class Unable(_Message, frozen=True):
    """How many who watch a stage here have nothing that decodes H264."""

    stage: str
    viewers: int


class StillTaken(_Message, frozen=True):
    """How a seat looks now."""

    stage: str
    seat: str
    image: bytes
    "a JPEG"


class Thin(_Message, frozen=True):
    """A viewer's line carries nothing but the sound (`thin`), or pictures again."""

    peer: str
    thin: bool


class RecordingChanged(_Message, frozen=True):
    """A take has its first picture or sound (`rolling`), or has ended by itself, and why."""

    stage: str
    take: str
    state: RecordingState
    at: float
    "Unix seconds of what came first"
    suffix: str
    "of the file: webm or mp4"


class Linkable(_Message, frozen=True):
    """How others reach this process; what all of them are to be told."""

    ours: Neighbour


class Played(_Message, frozen=True):
    """A clip is over: all of it was sent, or it cannot be read."""

    source: str


class Loudest(_Message, frozen=True):
    """Who is heard on a stage now: a seat, or nobody."""

    stage: str
    seat: str | None


Tiding = (
    Linkable
    | Played
    | RecordingChanged
    | Thin
    | StillTaken
    | Unable
    | PeerChanged
    | SourceChanged
    | Loudest
)

_requests: Final[msgspec.json.Decoder[Request]] = msgspec.json.Decoder(Request)
_replies: Final[msgspec.json.Decoder[Answer | Tiding]] = msgspec.json.Decoder(Answer | Tiding)
_encode: Final = msgspec.json.Encoder().encode


def seats(stage: str) -> tuple[str, ...]:
    """The seats of a stage or of a circle that everybody who watches it can see."""
    return CIRCLE_SEATS if stage.startswith(CIRCLE) else SEATS


def line(message: Request | Answer | Tiding) -> bytes:
    """Encode one message as one line."""
    return _encode(message) + b"\n"


def request(text: bytes) -> Request:
    """Decode what a server sent; raises `msgspec.DecodeError` or `ValidationError`."""
    try:
        return _requests.decode(text)
    except RecursionError as error:
        raise msgspec.DecodeError("nested too deeply") from error


def reply(text: bytes) -> Answer | Tiding:
    """Decode what a media process sent; raises like `request`."""
    return _replies.decode(text)


def socket_path(folder: Path, index: int) -> Path:
    """Where process `index` listens. Moves to the temporary folder if the path is too long."""
    path = folder.resolve() / f"media-{index}.sock"
    if len(str(path).encode()) <= PATH_LIMIT:
        return path
    name = hashlib.sha256(str(path).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"foyer-{name}.sock"


class Board(Protocol):
    """Who does what the servers ask."""

    def answer(self, request: Request) -> Answer | None:
        """Do it at once; some requests have no answer."""

    def greet(self) -> tuple[Tiding, ...]:
        """How things stand, for a server that has just come."""


class Controllers:
    """The servers connected to this process: each is answered, all hear the tidings."""

    def __init__(self) -> None:
        self._writers: set[asyncio.StreamWriter] = set()

    async def listen(self, path: Path, board: Board) -> asyncio.Server:
        """Open the socket. The caller has set the umask and removed a stale one."""
        return await asyncio.start_unix_server(
            functools.partial(self._converse, board), path, limit=LINE_LIMIT
        )

    def tell(self, tiding: Tiding) -> None:
        """Tell every server. One that does not read is let go; it will come back."""
        text = line(tiding)
        for writer in tuple(self._writers):
            if writer.transport.get_write_buffer_size() > BACKLOG:
                writer.transport.abort()
            else:
                writer.write(text)

    def close(self) -> None:
        """Part from all of them."""
        for writer in self._writers:
            writer.close()

    async def _converse(
        self, board: Board, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(b"".join(line(tiding) for tiding in board.greet()))
        self._writers.add(writer)
        try:
            while text := await reader.readline():
                answer = board.answer(request(text))
                if answer is not None:
                    writer.write(line(answer))
        except (msgspec.DecodeError, ValueError, ConnectionError):
            pass  # not one of ours, or gone in the middle of a word
        finally:
            self._writers.discard(writer)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
