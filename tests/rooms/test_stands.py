"""A company sets up its stand: within what it bought, and nobody else's."""

from __future__ import annotations

import pytest

from rooms import fair, rights, stands
from rooms.fair import Admit, Fair
from rooms.people import HOUSE, Person, Role
from rooms.stands import (
    AddLink,
    Describe,
    Dismiss,
    Download,
    HangLogo,
    Invite,
    Invited,
    LayDownload,
    Link,
    Logo,
    NameOwner,
    RemoveLink,
    ShowPitch,
    Stand,
    StandsShown,
    TakeDownload,
)
from schedule.items import Booth, Package
from schedule.machine import Command, Refused

T = 1_800_000_000.0
GOLD = Package("gold", "Gold", representatives=3, downloads=2)
PLAIN = Package("plain", "Plain", pitch=False, representatives=1, downloads=0)
RUTH = Person("ruth", "Ruth", Role.REP, "Nordlicht")
RALF = Person("ralf", "Ralf", Role.REP, "Nordlicht")
OLGA = Person("olga", "Olga", Role.REP, "Ostwind")
TILDA = Person("tilda", "Tilda", Role.TALENT)
MIRA = Person("mira", "Mira", Role.MODERATOR)
LOGO = Logo("ab12", 400, 120, light=True, dark=False)
PAPER = Download("cd34", "Programme", "programme.pdf", 1000, 2)
NEWS = Download("ef56", "News", "news.pdf", 2000, 3)


class Hall:
    """A fair with two booths."""

    def __init__(self) -> None:
        people = {each.id: each for each in (RUTH, RALF, OLGA, TILDA, MIRA)}
        booths = (Booth("north", "Nordlicht", 1, GOLD), Booth("east", "Ostwind", 2, PLAIN))
        self.room = fair.opening()
        self.do(HOUSE, Admit(people, booths, (), (T, T + 3600)))

    def do(self, by: Person, command: Command) -> Fair:
        rights.may(self.room, command, by)
        for event in fair.decide(self.room, command, by, T):
            self.room = fair.apply(self.room, event)
        return self.room

    @property
    def north(self) -> Stand:
        return stands.stand_of(self.room, "north")

    def seen_by(self, reader: Person) -> StandsShown:
        return fair.show(self.room, reader, T).stands


def test_a_stand_that_nobody_set_up_is_empty_and_no_fault() -> None:
    assert Hall().north == Stand("north")


def test_what_is_said_anew_leaves_the_rest_as_it_was() -> None:
    hall = Hall()
    hall.do(RUTH, Describe("north", sentences=("We make light.", "Since  1911.")))
    hall.do(RALF, Describe("north", contact="jobs@nordlicht.example", promise="by noon"))
    hall.do(RUTH, Describe("north", sentences=("We make light.", " ")))

    assert hall.north == Stand(
        "north", ("We make light.",), contact="jobs@nordlicht.example", promise="by noon"
    )


def test_saying_the_same_again_changes_nothing() -> None:
    hall = Hall()
    hall.do(RUTH, Describe("north", sentences=("We make light.",)))

    assert fair.decide(hall.room, Describe("north", sentences=("We make light.",)), RUTH, T) == ()


@pytest.mark.parametrize("stranger", [OLGA, TILDA], ids=lambda person: person.id)
def test_a_stand_is_set_up_by_its_own_people(stranger: Person) -> None:
    with pytest.raises(Refused, match="set up by those who represent its company"):
        Hall().do(stranger, Describe("north", sentences=("Ours!",)))


def test_the_desk_may_help() -> None:
    hall = Hall()
    hall.do(MIRA, Describe("north", sentences=("We make light.",)))
    assert hall.north.sentences == ("We make light.",)


def test_nobody_but_the_house_hangs_logos_and_lays_files_and_invites() -> None:
    for command in (
        HangLogo("north", LOGO),
        LayDownload("north", PAPER),
        TakeDownload("north", "cd34"),
        Invite("north", "rita", "ruth"),
        Dismiss("north", "rita"),
    ):
        with pytest.raises(Refused, match="The house does this by itself"):
            Hall().do(RUTH, command)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://nordlicht.example/jobs?a=1#x", "https://nordlicht.example/jobs?a=1#x"),
        ("http://nordlicht.example:8080/", "http://nordlicht.example:8080/"),
        (" nordlicht.example/jobs ", "https://nordlicht.example/jobs"),
    ],
)
def test_links_lead_to_pages(given: str, kept: str) -> None:
    hall = Hall()
    hall.do(RUTH, AddLink("north", "Jobs", given))
    assert hall.north.links == (Link("Jobs", kept),)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nordlicht",
        "javascript:alert(1)",
        "JavaScript://nordlicht.example/%0aalert(1)",
        "data:text/html,x",
        "ftp://nordlicht.example/",
        "https://",
        "https://nordlicht/",
        "https://ruth:secret@nordlicht.example/",
        "https://nordlicht.example\\@evil.example/",
        "https://nord licht.example/",
        "https://nordlicht.example:port/",
        "https://nordlicht.example/\u202egpj",
        "mailto:ruth@nordlicht.example",
    ],
)
def test_links_lead_nowhere_else(address: str) -> None:
    hall = Hall()
    with pytest.raises(Refused, match="not an address of a web page"):
        hall.do(RUTH, AddLink("north", "Jobs", address))
    assert hall.north.links == ()


def test_a_link_to_the_same_page_takes_the_place_of_the_other() -> None:
    hall = Hall()
    hall.do(RUTH, AddLink("north", "Jobs", "https://a.example"))
    hall.do(RUTH, AddLink("north", "", "https://b.example"))
    hall.do(RUTH, AddLink("north", "Our jobs", "https://a.example"))
    expected = (Link("Our jobs", "https://a.example"), Link("b.example", "https://b.example"))
    assert hall.north.links == expected

    hall.do(RUTH, RemoveLink("north", "https://a.example"))
    assert hall.north.links == (Link("b.example", "https://b.example"),)


def test_there_are_no_more_links_than_one_reads() -> None:
    hall = Hall()
    for number in range(8):
        hall.do(RUTH, AddLink("north", "Page", f"https://nordlicht.example/{number}"))
    with pytest.raises(Refused, match="at most 8 links"):
        hall.do(RUTH, AddLink("north", "Page", "https://nordlicht.example/8"))


def test_the_package_says_how_many_downloads_there_are() -> None:
    hall = Hall()
    hall.do(HOUSE, LayDownload("north", PAPER))
    hall.do(HOUSE, LayDownload("north", NEWS))
    with pytest.raises(Refused, match="room for 2 downloads"):
        hall.do(HOUSE, LayDownload("north", Download("aa", "More", "more.pdf", 10, 1)))

    hall.do(HOUSE, TakeDownload("north", "cd34"))
    assert hall.north.downloads == (NEWS,)
    with pytest.raises(Refused, match="comes without downloads"):
        hall.do(HOUSE, LayDownload("east", PAPER))


def test_who_bought_no_pitch_shows_none() -> None:
    hall = Hall()
    hall.do(RUTH, ShowPitch("north", "clip"))
    assert hall.north.pitch == "clip"
    with pytest.raises(Refused, match="comes without a pitch"):
        hall.do(OLGA, ShowPitch("east", "clip"))


def test_the_package_says_how_many_stand_there() -> None:
    hall = Hall()
    hall.do(HOUSE, Invite("north", "rita", "ruth"))
    hall.do(HOUSE, Invite("north", "rita", "ruth"))  # a second click changes nothing

    assert stands.expected(hall.room, "north") == ("ruth", "ralf", "rita")
    with pytest.raises(Refused, match="places for 3 representatives, and all are taken"):
        hall.do(HOUSE, Invite("north", "rosa", "ruth"))

    hall.do(HOUSE, Dismiss("north", "rita"))
    hall.do(HOUSE, Invite("north", "rosa", "ruth"))
    assert stands.expected(hall.room, "north") == ("ruth", "ralf", "rosa")


def test_who_is_on_the_list_is_not_sent_away_from_here() -> None:
    with pytest.raises(Refused, match="was not invited from here"):
        Hall().do(HOUSE, Dismiss("north", "ralf"))


def test_a_company_takes_back_its_own_invitations_alone() -> None:
    hall = Hall()
    hall.do(HOUSE, Invite("north", "rita", "ruth"))
    with pytest.raises(Refused, match="was not invited from here"):
        hall.do(HOUSE, Dismiss("east", "rita"))


def test_letters_are_answered_by_somebody_of_the_booth() -> None:
    hall = Hall()
    hall.do(HOUSE, Invite("north", "rita", "ruth"))
    hall.do(RUTH, NameOwner("north", "rita"))
    with pytest.raises(Refused, match="answered by somebody of the booth"):
        hall.do(RUTH, NameOwner("north", "olga"))

    hall.do(HOUSE, Dismiss("north", "rita"))
    assert hall.north.owner is None


def test_everybody_sees_the_stand_and_its_people_alone_whom_they_asked() -> None:
    hall = Hall()
    hall.do(HOUSE, HangLogo("north", LOGO))
    hall.do(HOUSE, Invite("north", "rita", "ruth"))
    rita = {"rita": Invited("rita", "north", "ruth", T)}
    north = {"north": Stand("north", logo=LOGO)}

    assert hall.seen_by(RALF) == StandsShown(north, rita)
    assert hall.seen_by(MIRA) == StandsShown(north, rita)
    assert hall.seen_by(OLGA) == StandsShown(north, {})
    assert hall.seen_by(TILDA) == StandsShown(north, {})


def test_others_do_not_hear_of_invitations_either() -> None:
    hall = Hall()
    invited, *_ = fair.decide(hall.room, Invite("north", "rita", "ruth"), HOUSE, T)
    heard = [each.id for each in (RUTH, RALF, OLGA, TILDA, MIRA) if rights.hears(invited, each)]
    assert heard == ["ruth", "ralf", "mira"]


def test_a_booth_that_is_no_more_is_neither_set_up_nor_shown() -> None:
    hall = Hall()
    hall.do(RUTH, Describe("north", sentences=("We make light.",)))
    people = {each.id: each for each in (RUTH, MIRA)}
    hall.do(HOUSE, Admit(people, (), (), (T, T + 3600)))

    assert hall.seen_by(RUTH) == StandsShown({}, {})
    with pytest.raises(Refused, match="no such booth any more"):
        hall.do(MIRA, Describe("north", sentences=("We make light.",)))
