"""Every command by every role in the right room, in the wrong one and as a stranger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from rooms import (
    consent,
    floor,
    foyer,
    insurance,
    pitch,
    presence,
    questions,
    recording,
    rights,
    slides,
    sources,
)
from rooms.chat import Delete, Said, Say, Silence, Silenced
from rooms.floor import (
    ClearSeat,
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
    Slot,
    SourceLight,
    TakeSeat,
    WrapUp,
)
from rooms.foyer import ComeIn, Foyer, Plan, ReportCheck, SayToTeam, SeeOff, SitDown
from rooms.people import HOUSE, Person, Role
from rooms.pitch import Pitch
from rooms.presence import Report
from rooms.questions import (
    Answered,
    Ask,
    Dismiss,
    Merge,
    PutBack,
    PutOnAir,
    QuestionSigned,
    QuestionSupported,
    Support,
    Withdraw,
)
from rooms.reactions import Applaud, React
from rooms.rights import Audience, TablesIncomplete, hears, may
from schedule.agenda import Extend, Finish, Move, Pause, Resume, Skip, Start, Swap, Undo
from schedule.machine import Command, Event, Refused, View
from tests.rooms.scenes import GRETA, MIRA, PITCH, RHEA, TILDA, Scene, T, evening, stage

ALL = "organiser moderator talent rep juror guest"
DESK = "organiser moderator"

WHO_MAY: dict[str, str] = {
    "agenda.start": DESK,
    "agenda.finish": DESK,
    "agenda.extend": DESK,
    "agenda.pause": f"{DESK} house",
    "agenda.resume": f"{DESK} house",
    "agenda.skip": DESK,
    "agenda.move": DESK,
    "agenda.swap": DESK,
    "agenda.undo": DESK,
    "agenda.plan": "house",
    "people.sit-down": ALL,
    "people.come-in": "house",
    "people.see-off": "house",
    "check.report": ALL,
    "team.say": DESK,
    "presence.report": "house",
    "floor.cue": "house",
    "floor.enter": ALL,
    "floor.go-out": ALL,
    "floor.say-ready": ALL,
    "floor.take-seat": ALL,
    "floor.leave-seat": ALL,
    "floor.clear-seat": DESK,
    "floor.share": ALL,
    "floor.raise-hand": ALL,
    "floor.invite": DESK,
    "floor.decline": ALL,
    "floor.wrap-up": DESK,
    "floor.prompt": ALL,
    "floor.source-light": "house",
    "question.ask": ALL,
    "question.withdraw": ALL,
    "question.support": ALL,
    "question.put-on-air": DESK,
    "question.answer": DESK,
    "question.put-back": DESK,
    "question.dismiss": DESK,
    "question.merge": DESK,
    "chat.say": ALL,
    "chat.delete": ALL,
    "chat.silence": DESK,
    "reaction.send": ALL,
    "reaction.applaud": ALL,
    "consent.give": ALL,
    "consent.withdraw": ALL,
    "recording.start": DESK,
    "recording.stop": DESK,
    "recording.allow": "house",
    "recording.roll": "house",
    "recording.close": "house",
    "recording.give-up": "house",
    "recording.note-space": "house",
    "recording.release": ALL,
    "recording.delete": ALL,
    "recording.expire": "house",
    "source.admit": DESK,
    "source.dismiss": DESK,
    "source.air": DESK,
    "source.preview": DESK,
    "source.report": "house",
    "source.count": "house",
    "insurance.lay-clip": "house",
    "insurance.take-clip-away": "house",
    "insurance.play": DESK,
    "insurance.stop": DESK,
    "insurance.go-without": DESK,
    "insurance.ask-for-phone": DESK,
    "insurance.use-phone": ALL,
    "insurance.keep": DESK,
    "insurance.rule": DESK,
    "insurance.hold": "house",
    "insurance.sight": "house",
    "insurance.end": "house",
    "slides.lay": "house",
    "slides.take-away": "house",
    "slides.turn": ALL,
    "slides.hide": ALL,
}
"Written down a second time on purpose: whoever changes a right says so twice."

STRANGERS_MAY_NOT: dict[str, str] = {
    "floor.enter": DESK,
    "floor.take-seat": "",
    "floor.prompt": DESK,
    "question.withdraw": "",
    "chat.delete": DESK,
    "slides.turn": DESK,
    "slides.hide": DESK,
}
"Who still may it on a stage where they are not on and nothing is theirs."

EXAMPLES: tuple[Command, ...] = (
    Start("north", "pitch-1", after=None),
    Finish("north", "pitch-1"),
    Extend("north", "pitch-1", 60.0),
    Pause("north", "pitch-1"),
    Resume("north", "pitch-1"),
    Skip("north", "pitch-1"),
    Move("north", "pitch-1", 1),
    Swap("north", "pitch-1", "pitch-2"),
    Undo(last=1),
    Plan(evening()),
    SitDown("hall"),
    ComeIn(GRETA),
    SeeOff("greta"),
    ReportCheck(foyer.Check()),
    SayToTeam("Hello"),
    Report("process-1", ("greta",)),
    Cue(PITCH, ()),
    Enter(),
    GoOut(),
    SayReady("ready"),
    TakeSeat("speaker"),
    LeaveSeat(),
    ClearSeat("speaker", "tilda"),
    Share(on=True),
    RaiseHand(up=True),
    Invite("greta"),
    Decline(),
    WrapUp(),
    Prompt("Hello"),
    SourceLight("tilda", "camera", "live"),
    Ask("Why?"),
    Withdraw("q1"),
    Support("q1"),
    PutOnAir("q1"),
    Answered("q1"),
    PutBack("q1"),
    Dismiss("q1"),
    Merge("q1", "q2"),
    Say("Hello"),
    Delete("c1"),
    Silence("greta"),
    React("bravo"),
    Applaud(),
    consent.Agree("en", consent.WORDING["en"]),
    consent.Withdraw(),
    recording.Start("evening"),
    recording.Stop(),
    recording.Allow(("tilda",)),
    recording.Roll("r1", T, "webm"),
    recording.Close("r1"),
    recording.GiveUp("full"),
    recording.NoteSpace(recording.Space(10**9, 3600.0)),
    recording.Release("pitch-1"),
    recording.Delete("pitch-1", "tilda"),
    recording.Expire(("r1",)),
    sources.Admit("in", "guest", "Hall camera", "ab" * 32),
    sources.Dismiss("in", "guest"),
    sources.Air("guest", on=True),
    sources.Preview(None),
    sources.Report("in", "guest", "live"),
    sources.Count(2),
    insurance.LayClip("pitch-1", "cd34", 42.0, ("tilda",)),
    insurance.TakeClipAway("pitch-1"),
    insurance.Play("pitch-1"),
    insurance.Stop(),
    insurance.GoWithout(on=True),
    insurance.AskForPhone(on=True),
    insurance.UsePhone(on=True),
    insurance.Keep(),
    insurance.Rule(on=True),
    insurance.Hold("pitch-1"),
    insurance.Sight("tilda", blind=True),
    insurance.End("cd34"),
    slides.Lay("pitch-1", "ab12", "Light.pdf", 3, ("tilda",)),
    slides.TakeAway("pitch-1"),
    slides.Turn("ab12", 1, 2),
    slides.Hide("ab12", on=True),
)


def tag(command: Command | type[Command]) -> str:
    return str(command.__struct_config__.tag)


def somebody(role: str) -> Person:
    return HOUSE if role == "house" else Person(f"some-{role}", f"Some {role}", Role(role))


def own_stage(person: Person) -> Pitch:
    """A stage where this person is on, in the green room, and has asked and said something."""
    scene = stage(live=Slot("theirs", "Theirs", "pitch.talent", (person.id,)))
    if person != HOUSE:
        scene.do(person, Enter())
        scene.do(person, Ask("Mine?"))
        scene.do(person, Say("Mine"))
    return scene.room


def others_stage(person: Person) -> Pitch:
    """A stage where somebody else is all that."""
    return own_stage(TILDA)


def may_do(room: Foyer | Pitch, command: Command, person: Person) -> bool:
    try:
        may(room, command, person)
    except Refused:
        return False
    return True


def who_may(room: Callable[[Person], Foyer | Pitch], command: Command) -> set[str]:
    people = [somebody(role.value) for role in Role]
    return {person.role.value for person in people if may_do(room(person), command, person)}


@pytest.mark.parametrize("command", EXAMPLES, ids=tag)
def test_who_may_say_it_in_its_room(command: Command) -> None:
    in_foyer = type(command) in foyer.COMMANDS
    room = (lambda person: the_foyer()) if in_foyer else own_stage
    assert who_may(room, command) == set(WHO_MAY[tag(command)].split())


@pytest.mark.parametrize("command", EXAMPLES, ids=tag)
def test_who_may_say_it_on_a_stage_of_others(command: Command) -> None:
    on_stage = type(command) in pitch.COMMANDS
    expected = STRANGERS_MAY_NOT.get(tag(command), WHO_MAY[tag(command)]) if on_stage else ""
    assert who_may(others_stage, command) == set(expected.split())


@pytest.mark.parametrize("command", EXAMPLES, ids=tag)
def test_nobody_says_it_in_a_room_of_the_other_kind(command: Command) -> None:
    kinds = [
        room
        for room in (the_foyer(), own_stage(MIRA))
        if type(command) not in (foyer if isinstance(room, Foyer) else pitch).COMMANDS
    ]
    for room in kinds:
        for role in Role:
            assert not may_do(room, command, somebody(role.value))
            with pytest.raises(Refused, match="This cannot be done from this room"):
                may(room, command, somebody(role.value))


def test_every_command_has_its_example_and_its_line() -> None:
    commands = {*foyer.COMMANDS, *pitch.COMMANDS}
    assert {type(command) for command in EXAMPLES} == commands
    assert WHO_MAY.keys() == {tag(command) for command in commands}


def the_foyer() -> Foyer:
    return foyer.opening(evening(), T)


# Who hears what


def test_the_tables_are_complete() -> None:
    for room in (foyer, pitch):
        rights.check_tables(room.COMMANDS, room.EVENTS, room.VIEWS)


def test_a_message_without_its_line_is_named_and_nothing_starts() -> None:
    class Whistle(Command, frozen=True, tag="whistle"):
        """Not in the tables."""

    class Whistled(Event, frozen=True, tag="whistled"):
        """Not in the tables."""

    class Loudness(View, frozen=True, tag="loudness"):
        """Not in the tables."""

    with pytest.raises(TablesIncomplete, match="Whistle, Whistled, Loudness"):
        rights.check_tables([Say, Whistle], [Said, Whistled], [Loudness])
    assert not may_do(stage().room, Whistle(), MIRA)
    assert rights.audience(Whistled()) == Audience()
    assert not hears(Whistled(), MIRA)


def test_a_signature_is_for_the_author_and_the_desk() -> None:
    signed = QuestionSigned("q1", "greta")
    assert [hears(signed, reader) for reader in (GRETA, MIRA, RHEA)] == [True, True, False]


def test_a_voice_is_for_whose_it_is_alone() -> None:
    voice = QuestionSupported("q1", "greta", on=True)
    assert [hears(voice, reader) for reader in (GRETA, MIRA, RHEA)] == [True, False, False]


def test_what_is_between_the_desk_and_one_person_others_do_not_hear() -> None:
    for event in (
        floor.Prompted("p1", "greta", "mira", "Hello", T),
        floor.Invited("greta", on=True),
        floor.AskedToWrapUp("greta", T),
        Silenced("greta", on=True),
        foyer.CheckReported("greta", foyer.Check()),
    ):
        assert [hears(event, reader) for reader in (GRETA, MIRA, RHEA)] == [True, True, False]


def test_the_house_hears_nothing_by_itself() -> None:
    assert not hears(Said("c1", "greta", "Hello", T), HOUSE)


def test_presence_is_told_as_a_view_to_everybody() -> None:
    assert hears(presence.PresenceShown(()), GRETA)
    assert hears(questions.Tallied({}), GRETA)
    assert not hears(presence.Reported("process-1", (), until=T), MIRA)


def test_the_secrets_of_sources_reach_nobody() -> None:
    admitted = sources.Admitted("in", "guest", "Hall camera", "ab" * 32, T)
    assert rights.audience(admitted) == rights.NOBODY
    shown = sources.show(sources.apply(sources.Sources(), admitted), MIRA)
    assert "abab" not in str(shown)
    assert [hears(shown, reader) for reader in (MIRA, GRETA)] == [True, False]


def test_mail_addresses_reach_nobody() -> None:
    scene = Scene(the_foyer())
    (planned,) = scene.do(HOUSE, Plan(replace(evening(), name="Another evening")))
    assert "@mail.example" in str(planned)
    assert rights.audience(planned) == rights.NOBODY
