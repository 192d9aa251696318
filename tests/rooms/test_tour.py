"""The tour: it begins and ends with its item, the desk leads, and who follows goes along."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from rooms import foyer, lounge, rights, tour
from rooms.lounge import Admit, Cue
from rooms.presence import Report
from rooms.tour import Ended, Follow, FollowersShown, Go, Plan, TourShown, Went
from schedule.agenda import Finish, Pause, Start
from schedule.items import Booth, Meetings, Package
from schedule.machine import Refused
from tests.rooms import talks
from tests.rooms.scenes import MIRA, Scene, T
from tests.rooms.scenes import evening as gathering
from tests.rooms.talks import ELIF, MIA, NELE, Evening, replayed

BOOTHS = (Booth("kernbach", "Kernbach", 1, Package("gold", "Gold")),)
KERNBACH, BACH = "/booths/kernbach", "/exhibition/bach"
FIRST, NEXT = "pitch-1", "pitch-2"


def touring() -> Evening:
    """A tour is on; Elif goes along, Nele does not."""
    evening = Evening()
    evening.do(Admit(talks.ALL, Meetings(), BOOTHS))
    evening.do(Cue((), {}, tour="tour-1"))
    evening.do(Follow(), ELIF)
    return evening


def test_it_begins_and_ends_with_its_item() -> None:
    evening = touring()
    evening.do(Go(BACH), MIA)
    assert tour.show(evening.room, ELIF, 0.0) == TourShown(
        "tour-1", BACH, evening.now, following=True, followers=0, stops=()
    )
    evening.do(Cue((), {}))
    assert evening.happened[-1] == Ended("tour-1", evening.now)
    after = TourShown(None, None, 0.0, following=False, followers=0, stops=())
    assert tour.show(evening.room, ELIF, 0.0) == after


def test_the_next_tour_begins_with_nobody() -> None:
    evening = touring()
    evening.do(Cue((), {}, tour="tour-2"))
    assert evening.tags()[-2:] == ["tour.ended", "tour.began"]
    assert not tour.show(evening.room, ELIF, 0.0).following


def test_the_desk_leads_from_stand_to_stand() -> None:
    evening = touring()
    assert evening.do(Go(KERNBACH), MIA) == (Went(KERNBACH, evening.now),)
    assert evening.do(Go(KERNBACH), MIA) == ()
    with pytest.raises(Refused, match="Only the moderator"):
        evening.do(Go(BACH), ELIF)


def test_what_is_no_stand_is_not_visited() -> None:
    with pytest.raises(Refused, match="no such stand"):
        touring().do(Go("/booths/nobody"), MIA)


def test_without_a_tour_nobody_leads_or_follows() -> None:
    evening = Evening()
    for command in (Go(BACH), Follow()):
        with pytest.raises(Refused, match="No tour is on"):
            evening.do(command, MIA)
    assert evening.do(Follow(on=False), ELIF) == ()


def test_the_route_is_the_desks_and_outlasts_the_tour() -> None:
    evening = touring()
    evening.do(Plan((KERNBACH, BACH, KERNBACH)), MIA)
    assert tour.show(evening.room, MIA, 0.0).stops == (KERNBACH, BACH)
    assert tour.show(evening.room, ELIF, 0.0).stops == ()
    assert not rights.hears(evening.happened[-1], ELIF)
    evening.do(Cue((), {}))
    assert evening.room.tour.stops == (KERNBACH, BACH)


def test_those_are_counted_who_follow_and_are_there() -> None:
    evening = touring()
    evening.do(Follow(), NELE)
    evening.do(Report("one", (ELIF.id,)))
    assert lounge.view(evening.room, FollowersShown, 0.0) == FollowersShown(1)
    evening.do(Follow(on=False), ELIF)
    assert lounge.view(evening.room, FollowersShown, 0.0) == FollowersShown(0)


def test_who_follows_is_nobody_elses_business() -> None:
    followed = next(event for event in touring().happened if isinstance(event, tour.Followed))
    assert rights.hears(followed, ELIF)
    assert not rights.hears(followed, MIA)


def test_a_restart_leaves_everybody_on_the_tour() -> None:
    evening = touring()
    evening.do(Go(BACH), MIA)
    assert replayed(evening, lounge.opening()).tour == evening.room.tour


def test_the_agenda_says_which_tour_is_on() -> None:
    written = gathering()
    (stage,) = written.stages
    items = tuple(
        replace(item, kind="tour" if item.id == NEXT else item.kind) for item in stage.items
    )
    scene = Scene(foyer.opening(replace(written, stages=(replace(stage, items=items),)), T))
    scene.do(MIRA, Start("north", FIRST, after=None))
    assert foyer.lounge_cue(scene.room, T).tour is None
    scene.do(MIRA, Start("north", NEXT, after=FIRST))
    assert foyer.lounge_cue(scene.room, T).tour == NEXT
    scene.do(MIRA, Pause("north", NEXT))
    assert foyer.lounge_cue(scene.room, T).tour == NEXT
    scene.do(MIRA, Finish("north", NEXT))
    assert foyer.lounge_cue(scene.room, T).tour is None
