"""Two small stories, told to a desk and to a guest: what each was shown, heard, and is shown then.

`python -m tests.transcripts` writes them as JSON beside this file. The browser's own reducers
run on the same files under `node --test`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from rooms import rights
from rooms.chat import Delete, Say, Silence
from rooms.consent import WORDING, Agree
from rooms.consent import Withdraw as Retract
from rooms.floor import (
    Cue,
    Decline,
    Enter,
    GoOut,
    Invite,
    LeaveSeat,
    Prompt,
    RaiseHand,
    SayReady,
    Share,
    SourceLight,
    TakeSeat,
    WrapUp,
)
from rooms.foyer import Check, ComeIn, Plan, ReportCheck, SayToTeam, SeeOff, SitDown
from rooms.insurance import (
    AskForPhone,
    GoWithout,
    Hold,
    Keep,
    LayClip,
    Play,
    Rule,
    Sight,
    TakeClipAway,
    UsePhone,
)
from rooms.insurance import Stop as StopClip
from rooms.people import HOUSE, Person, Role
from rooms.presence import Report
from rooms.questions import (
    Answered,
    Ask,
    Dismiss,
    Merge,
    PutBack,
    PutOnAir,
    Support,
    Withdraw,
)
from rooms.reactions import Applaud, React
from rooms.recording import Allow, Close, Expire, NoteSpace, Release, Roll, Space
from rooms.recording import Start as RecordWhat
from rooms.recording import Stop as StopRecording
from rooms.slides import Hide, Lay, TakeAway, Turn
from rooms.sources import Admit, Air, Count, Preview
from rooms.sources import Dismiss as DismissSource
from rooms.sources import Report as ReportSource
from schedule.agenda import Extend, Start, Undo
from schedule.machine import Command, Event
from tests.rooms.scenes import (
    ASKING,
    GRETA,
    MIRA,
    NEXT_PITCH,
    OSKAR,
    PITCH,
    RHEA,
    TESSA,
    TILDA,
    TOM,
    Scene,
    T,
    as_json,
    evening,
    foyer_scene,
    stage,
    written,
)

HERE = Path(__file__).parent
READERS = {"desk": MIRA, "guest": GRETA}

Step = tuple[Person, Command] | float
"What somebody does, or how many seconds pass."

ON_STAGE: tuple[Step, ...] = (
    (TESSA, Enter()),
    (TESSA, SayReady("nearly")),
    (TESSA, TakeSeat("speaker")),
    (TILDA, TakeSeat("speaker")),
    (MIRA, TakeSeat("moderator")),
    (HOUSE, SourceLight("tilda", "camera", "live")),
    (TILDA, Share(on=True)),
    (TOM, TakeSeat("guest")),
    (TOM, Prompt("Is my microphone on?")),
    (MIRA, Prompt("It is.", to="tom")),
    (TOM, LeaveSeat()),
    4.5,
    (GRETA, Ask("How much does it weigh?")),
    (GRETA, Ask("Who pays you?", anonymous=True)),
    (RHEA, Ask("And the weight?", anonymous=True)),
    (RHEA, Ask("May I try it?")),
    (TOM, Support("q1")),
    (GRETA, Support("q4")),
    (GRETA, Support("q3")),
    (GRETA, Support("q3", on=False)),
    (MIRA, Merge("q3", "q1")),
    (MIRA, PutOnAir("q1")),
    (MIRA, PutOnAir("q4")),
    (GRETA, Withdraw("q2")),
    (MIRA, Dismiss("q4")),
    (MIRA, PutBack("q4")),
    (RHEA, Ask("Forget it")),
    (MIRA, Dismiss("q5")),
    (GRETA, Say("Hello from Ulm")),
    (RHEA, Say("Buy my things")),
    (MIRA, Silence("rhea")),
    (MIRA, Silence("greta")),
    (MIRA, Silence("greta", on=False)),
    (MIRA, Delete("c2")),
    (GRETA, React("bravo")),
    (RHEA, React("bravo")),
    (RHEA, Applaud()),
    1.0,
    (GRETA, RaiseHand(up=True)),
    (RHEA, RaiseHand(up=True)),
    (RHEA, RaiseHand(up=False)),
    (MIRA, Invite("greta")),
    (MIRA, Invite("rhea")),
    (RHEA, Decline()),
    (MIRA, WrapUp()),
    (HOUSE, Cue(ASKING, (NEXT_PITCH,))),
    (GRETA, React("aha")),
    (GRETA, React("thanks")),
    (GRETA, React("aha", on=False)),
    (GRETA, Enter()),
    (GRETA, TakeSeat("guest")),
    (MIRA, Prompt("You are on.", to="greta")),
    (HOUSE, SourceLight("tilda", "camera", "frozen")),
    (HOUSE, SourceLight("greta", "camera", "live")),
    (MIRA, Answered("q4")),
    7.5,
    (OSKAR, Enter()),
    (OSKAR, GoOut()),
    (HOUSE, Report("process-2", ("nora", "greta"))),
    (HOUSE, SourceLight("greta", "camera", "gone")),
    (MIRA, WrapUp()),
    (HOUSE, Lay("pitch-2", "e5f6", "Sound.pdf", 2, ("tessa",))),
    (HOUSE, Cue(NEXT_PITCH, ())),
    (TESSA, Turn("e5f6", 1, 2)),
    (MIRA, Turn("e5f6", 2, 1)),
    (HOUSE, Lay("pitch-2", "a7b8", "Sound 2.pdf", 3, ("tessa",))),
    (TESSA, Turn("a7b8", 1, 3)),
    (MIRA, Hide("a7b8", on=True)),
    (MIRA, Hide("a7b8", on=False)),
    (HOUSE, Lay("pitch-1", "c9d0", "Light.pdf", 1, ("tilda", "tom"))),
    (HOUSE, TakeAway("pitch-1")),
    (GRETA, React("bravo")),
    (MIRA, Admit("in", "guest", "Hall camera", "ab" * 32)),
    (MIRA, Admit("out", "speaker", "Screen in the lobby", "cd" * 32)),
    (HOUSE, ReportSource("in", "guest", "live", "h264")),
    (HOUSE, Count(2)),
    (MIRA, Preview("guest")),
    (MIRA, Air("guest", on=True)),
    (MIRA, Admit("in", "screen", "Lectern", "ef" * 32)),
    (HOUSE, ReportSource("in", "screen", "live", "vp8")),
    (MIRA, Air("screen", on=True)),
    (MIRA, DismissSource("in", "screen")),
    (HOUSE, Allow(("greta", "mira", "tilda"))),
    (MIRA, RecordWhat("evening")),
    0.0,
    (HOUSE, Roll("r1", T + 42.0, "webm")),
    (HOUSE, NoteSpace(Space(19 * 10**9, 50_000.0))),
    (HOUSE, Close("r1")),
    0.0,
    (HOUSE, Roll("r2", T + 44.0, "mp4")),
    (MIRA, StopRecording()),
    (MIRA, Release("pitch-2")),
    (HOUSE, Allow(("mira", "tilda"))),
    (HOUSE, Expire(("r1",))),
    (HOUSE, LayClip("pitch-1", "0a1b", 20.0, ("tilda", "tom"))),
    (HOUSE, LayClip("pitch-2", "2c3d", 30.0, ("tessa",))),
    (MIRA, Rule(on=True)),
    (HOUSE, Cue(NEXT_PITCH, ())),
    (TESSA, TakeSeat("speaker")),
    (HOUSE, SourceLight("tessa", "camera", "live")),
    0.0,
    (HOUSE, Sight("tessa", blind=True)),
    8.5,
    (HOUSE, Hold("pitch-2")),
    (MIRA, AskForPhone(on=True)),
    (MIRA, Play("pitch-2")),
    30.5,
    (MIRA, Play("pitch-2")),
    (MIRA, StopClip()),
    (MIRA, GoWithout(on=True)),
    25.0,
    (MIRA, Keep()),
    (TESSA, UsePhone(on=True)),
    (HOUSE, Sight("tessa", blind=False)),
    0.0,
    (HOUSE, TakeClipAway("pitch-1")),
    (HOUSE, Hold(None)),
)

INVITED = Person("ines", "Ines Ott", Role.REP)
WALK_IN = Person("wanda", "Wanda Wahl", Role.GUEST, place="hall")
LATER_LIST = (MIRA, GRETA, replace(TILDA, organisation="University of Ulm"), RHEA)

IN_FOYER: tuple[Step, ...] = (
    (HOUSE, Report("process-1", ("mira", "greta"))),
    (GRETA, SitDown("hall")),
    (GRETA, ReportCheck(Check("ok", "ok", "poor", "direct", "Firefox 153"))),
    (TILDA, ReportCheck(Check("denied", "ok", "ok", "relayed", "Chromium 156"))),
    (MIRA, SayToTeam("Tilda's camera is denied")),
    65.0,
    (MIRA, Start("north", "pitch-1", after=None)),
    (MIRA, Extend("north", "pitch-1", 60.0)),
    (MIRA, Extend("north", "pitch-1", 60.0)),
    (OSKAR, Undo(last=3)),
    (HOUSE, ComeIn(WALK_IN)),
    (HOUSE, Report("process-2", ("wanda",))),
    12.0,
    (HOUSE, Plan(replace(evening(), people=tuple(map(written, LATER_LIST))))),
    (WALK_IN, SitDown("home")),
    (OSKAR, SayToTeam("The list is new")),
    (GRETA, Agree("en", WORDING["en"])),
    (TILDA, Agree("de", WORDING["de"])),
    (MIRA, Agree("de", WORDING["de"])),
    (GRETA, Retract()),
    (HOUSE, ComeIn(INVITED)),
    (HOUSE, SeeOff("ines")),
)


def transcripts() -> dict[str, dict[str, Any]]:
    """All transcripts by file name."""
    opened: dict[str, tuple[Callable[[], Scene[Any]], tuple[Step, ...]]] = {
        "pitch": (lambda: stage(live=PITCH, upcoming=(ASKING, NEXT_PITCH)), ON_STAGE),
        "foyer": (foyer_scene, IN_FOYER),
    }
    return {
        f"{room}-{name}.json": transcript(scene(), steps, reader)
        for room, (scene, steps) in opened.items()
        for name, reader in READERS.items()
    }


def transcript(scene: Scene[Any], steps: Iterable[Step], reader: Person) -> dict[str, Any]:
    """What `reader` was shown, what they heard of these steps, and what they are shown then."""
    before = as_json(scene.machine.show(scene.room, reader, scene.now))
    frames: list[object] = []
    for step in steps:
        events = scene.wait(step) if isinstance(step, float) else scene.do(*step)
        frames += heard(scene, events, reader)
    after = as_json(scene.machine.show(scene.room, reader, scene.now))
    return {"reader": as_json(reader), "before": before, "frames": frames, "after": after}


def heard(scene: Scene[Any], events: Iterable[Event], reader: Person) -> list[object]:
    """The events this reader hears and then the views that they stir, as JSON values."""
    told = [event for event in events if rights.hears(event, reader)]
    stirred = dict.fromkeys(kind for e in events for kind in scene.machine.STIRS.get(type(e), ()))
    views = [scene.machine.view(scene.room, kind, scene.now) for kind in stirred]
    return [as_json(m) for m in (*told, *(view for view in views if rights.hears(view, reader)))]


def written_out(transcript: dict[str, Any]) -> bytes:
    """A transcript as it stands in its file: one line a frame, so that changes can be read."""
    frames = b",\n".join(b"    " + msgspec.json.encode(frame) for frame in transcript["frames"])
    parts = {key: msgspec.json.encode(transcript[key]) for key in ("reader", "before", "after")}
    return (
        b'{\n  "reader": %(reader)b,\n  "before": %(before)b,\n  "frames": [\n' % _as_bytes(parts)
        + frames
        + b'\n  ],\n  "after": %(after)b\n}\n' % _as_bytes(parts)
    )


def _as_bytes(parts: dict[str, bytes]) -> dict[bytes, bytes]:
    return {key.encode(): value for key, value in parts.items()}
