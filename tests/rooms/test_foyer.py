"""The foyer: the agenda, everybody on the list and at the door, checks and the team's notes."""

from __future__ import annotations

from msgspec.structs import replace

from rooms import foyer
from rooms.floor import Cue
from rooms.foyer import (
    CameIn,
    Check,
    CheckReported,
    ComeIn,
    PeopleShown,
    Plan,
    ReportCheck,
    SatDown,
    SayToTeam,
    SeenOff,
    SeeOff,
    SitDown,
    TeamSaid,
)
from rooms.people import HOUSE, Person, Role
from rooms.presence import Report
from schedule.agenda import Acted, AgendaShown, Finish, Start, Undo
from tests.rooms.scenes import (
    EVERYBODY,
    GRETA,
    MIRA,
    NEXT_PITCH,
    OSKAR,
    PITCH,
    TILDA,
    T,
    as_json,
    evening,
    foyer_scene,
    written,
)

WALK_IN = Person("walk-in-1", "Wanda Wahl", Role.GUEST, place="hall")


def test_the_people_are_those_on_the_list_without_their_addresses() -> None:
    people = foyer_scene().room.people
    assert people == {person.id: person for person in EVERYBODY}
    assert "@" not in str(as_json(people))


def test_the_agenda_is_the_moderators() -> None:
    scene = foyer_scene()
    start = Start("north", "pitch-1", after=None)
    assert scene.refusal(TILDA, start) == "Only the moderator can do this. Please ask at the desk."
    assert scene.do(MIRA, start) == (Acted(1, T, "mira", start),)
    scene.do(MIRA, Undo(last=1))
    assert foyer.show(scene.room, MIRA, T).agenda.stages[0].live is None


def test_the_stages_are_told_what_is_on_and_what_comes() -> None:
    scene = foyer_scene()
    assert foyer.cues(scene.room, T) == {"north": Cue(None, (PITCH, NEXT_PITCH))}
    scene.do(MIRA, Start("north", "pitch-1", after=None))
    assert foyer.cues(scene.room, T) == {"north": Cue(PITCH, (NEXT_PITCH,))}
    scene.do(MIRA, Finish("north", "pitch-1"))
    assert foyer.cues(scene.room, T) == {"north": Cue(None, (NEXT_PITCH,))}


def test_one_says_where_one_sits() -> None:
    scene = foyer_scene()
    assert scene.do(GRETA, SitDown("hall")) == (SatDown("greta", "hall"),)
    assert scene.do(GRETA, SitDown("hall")) == ()
    assert scene.room.people["greta"].place == "hall"
    assert scene.refusal(WALK_IN, SitDown("hall")) == (
        "You are not on the list of this gathering. Please ask the organisers."
    )


def test_the_house_lets_somebody_in_who_was_not_on_the_list() -> None:
    scene = foyer_scene()
    assert scene.do(HOUSE, ComeIn(WALK_IN)) == (CameIn(WALK_IN),)
    assert scene.do(HOUSE, ComeIn(WALK_IN)) == ()
    sentence = scene.refusal(HOUSE, ComeIn(replace(WALK_IN, name="Somebody else")))
    assert sentence == "Somebody of this name tag is here already. Please choose another one."
    assert scene.refusal(MIRA, ComeIn(WALK_IN)) == (
        "The house does this by itself. You need not do anything."
    )


def test_the_house_sees_off_who_was_not_on_the_list_and_nobody_else() -> None:
    scene = foyer_scene()
    scene.do(HOUSE, ComeIn(WALK_IN))
    assert scene.do(HOUSE, SeeOff("walk-in-1")) == (SeenOff("walk-in-1"),)
    assert scene.do(HOUSE, SeeOff("walk-in-1")) == ()
    assert "walk-in-1" not in scene.room.people
    sentence = scene.refusal(HOUSE, SeeOff("greta"))
    assert sentence == "This person is on the organisers' list. Please ask them."


def test_a_new_programme_brings_its_people_and_keeps_who_walked_in_and_where_they_sit() -> None:
    scene = foyer_scene()
    scene.do(HOUSE, ComeIn(WALK_IN))
    scene.do(GRETA, SitDown("hall"))
    newcomer = Person("nora", "Nora Neu", Role.REP)
    renamed = replace(GRETA, name="Greta Groll")
    plan = replace(evening(), people=tuple(map(written, (MIRA, renamed, newcomer))))
    scene.do(HOUSE, Plan(plan))
    expected = {
        "mira": MIRA,
        "greta": replace(renamed, place="hall"),
        "nora": newcomer,
        "walk-in-1": WALK_IN,
    }
    assert scene.room.people == expected
    assert foyer.view(scene.room, PeopleShown, T) == PeopleShown(expected)
    assert scene.do(HOUSE, Plan(plan)) == ()


def test_a_check_is_kept_with_the_houses_time_and_shown_to_the_desk() -> None:
    scene = foyer_scene()
    found = Check("ok", "poor", "ok", "relayed", "Firefox 153", at=12.0)
    kept = replace(found, at=T)
    assert scene.do(TILDA, ReportCheck(found)) == (CheckReported("tilda", kept),)
    seen = [foyer.show(scene.room, reader, T).checks for reader in (OSKAR, TILDA, GRETA)]
    assert seen == [{"tilda": kept}, {"tilda": kept}, {}]


def test_the_teams_notes_stay_at_the_desk() -> None:
    scene = foyer_scene()
    note = TeamSaid("t1", "mira", "The hall is ready", T)
    assert scene.do(MIRA, SayToTeam(" The hall is ready ")) == (note,)
    assert foyer.show(scene.room, OSKAR, T).team == (note,)
    assert foyer.show(scene.room, GRETA, T).team == ()
    assert scene.refusal(MIRA, SayToTeam(" ")) == (
        "There is nothing in this line yet. Please write something first."
    )


def test_the_last_two_hundred_notes_are_kept() -> None:
    scene = foyer_scene()
    for number in range(1, 203):
        scene.do(MIRA, SayToTeam(f"note {number}"))
    team = scene.room.team
    assert (len(team), team[0].id, team[-1].id) == (200, "t3", "t202")


def test_presence_fades_in_the_foyer_too() -> None:
    scene = foyer_scene()
    scene.do(HOUSE, Report("one", ("greta",)))
    assert foyer.due(scene.room) == T + 15.0
    scene.wait(15.0)
    assert foyer.show(scene.room, GRETA, scene.now).presence.here == ()


def test_the_agenda_is_a_view_of_its_own() -> None:
    scene = foyer_scene()
    view = foyer.view(scene.room, AgendaShown, T)
    assert view == foyer.show(scene.room, GRETA, T).agenda
