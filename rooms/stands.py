"""Stands: what each exhibitor shows at its booth, and whom it asked to stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.people import DESK, Person, PersonId, Role
from schedule.items import Booth
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.fair import Fair

LONGEST_SENTENCE = 280  # characters
LONGEST_CONTACT = 200  # characters
LONGEST_PROMISE = 80  # characters
LONGEST_TITLE = 80  # characters of a link's or download's
LONGEST_ADDRESS = 500  # characters
MOST_LINKS = 8

BoothId = Annotated[str, Meta(min_length=1, max_length=60)]
FileId = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z0-9]+$")]
Sentence = Annotated[str, Meta(max_length=LONGEST_SENTENCE)]
Title = Annotated[str, Meta(max_length=LONGEST_TITLE)]
Film = Literal["recording", "clip", "none"]


class Logo(Struct, frozen=True, rename="camel"):
    """A logo that hangs; its picture is in the house's files."""

    id: FileId
    width: int
    height: int
    light: bool
    "Whether it can be seen on the light background of the pages."
    dark: bool
    "Whether it can be seen on the dark one; where not, it hangs on a tile of the other light."
    tile: bool = False
    "Whether it was put on a grey tile: parts of it vanish on light, others on dark."


class Link(Struct, frozen=True, rename="camel"):
    """A page elsewhere."""

    title: Title
    url: Annotated[str, Meta(max_length=LONGEST_ADDRESS)]


class Download(Struct, frozen=True, rename="camel"):
    """A PDF that visitors may take along."""

    id: FileId
    title: Title
    name: Annotated[str, Meta(max_length=120)]
    "The file's, as whoever uploaded it called it."
    bytes: int
    pages: int


class Stand(Struct, frozen=True, rename="camel"):
    """What one exhibitor shows, as everybody may see it."""

    booth: BoothId
    sentences: tuple[Sentence, ...] = ()
    "Two at most; while there is none, the programme's words stand there."
    links: tuple[Link, ...] = ()
    downloads: tuple[Download, ...] = ()
    logo: Logo | None = None
    pitch: Film = "recording"
    "What is shown of its pitch: the recording once it is released, the plan B, or nothing."
    contact: Annotated[str, Meta(max_length=LONGEST_CONTACT)] = ""
    owner: PersonId | None = None
    "Who of the staff answers letters; None: whoever finds them first."
    promise: Annotated[str, Meta(max_length=LONGEST_PROMISE)] = ""
    "Until when a letter is answered, such as “by tomorrow noon”."


class Invited(Struct, frozen=True, rename="camel"):
    """Somebody whom a company asked to its booth; the address is kept nowhere."""

    person: PersonId
    booth: BoothId
    by: PersonId
    at: float


# Commands


class Describe(Command, frozen=True, tag="stand.describe"):
    """Say something anew; what is None stays as it is."""

    booth: BoothId
    sentences: Annotated[tuple[Sentence, ...], Meta(max_length=2)] | None = None
    contact: Annotated[str, Meta(max_length=LONGEST_CONTACT)] | None = None
    promise: Annotated[str, Meta(max_length=LONGEST_PROMISE)] | None = None


class NameOwner(Command, frozen=True, tag="stand.name-owner"):
    """Say who of the staff answers letters; None: whoever finds them first."""

    booth: BoothId
    owner: PersonId | None = None


class AddLink(Command, frozen=True, tag="stand.add-link"):
    """Show a link; one to the same address takes its place."""

    booth: BoothId
    title: Title
    url: Annotated[str, Meta(max_length=LONGEST_ADDRESS)]


class RemoveLink(Command, frozen=True, tag="stand.remove-link"):
    """Show a link no longer."""

    booth: BoothId
    url: Annotated[str, Meta(max_length=LONGEST_ADDRESS)]


class ShowPitch(Command, frozen=True, tag="stand.show-pitch"):
    """Say what is shown of one's pitch."""

    booth: BoothId
    what: Film


class HangLogo(Command, frozen=True, tag="stand.hang-logo"):
    """The house has taken in a logo, or takes it down."""

    booth: BoothId
    logo: Logo | None = None


class LayDownload(Command, frozen=True, tag="stand.lay-download"):
    """The house has taken in a file."""

    booth: BoothId
    download: Download


class TakeDownload(Command, frozen=True, tag="stand.take-download"):
    """The house takes a file away."""

    booth: BoothId
    download: FileId


class Invite(Command, frozen=True, tag="stand.invite"):
    """The house lets a company ask one more person to its booth."""

    booth: BoothId
    person: PersonId
    by: PersonId


class Dismiss(Command, frozen=True, tag="stand.dismiss"):
    """The house takes such an invitation back."""

    booth: BoothId
    person: PersonId


# Events


class StandChanged(Event, frozen=True, tag="stand.changed"):
    """A stand is like this now."""

    stand: Stand
    at: float


class StaffInvited(Event, frozen=True, tag="stand.invited"):
    """Somebody was asked to a booth; its staff and the desk hear it."""

    invited: Invited
    people: tuple[PersonId, ...]


class StaffDismissed(Event, frozen=True, tag="stand.dismissed"):
    """Somebody is not asked to a booth any more."""

    person: PersonId
    people: tuple[PersonId, ...]


# State


class Stands(Struct, frozen=True):
    """All stands as their exhibitors set them up."""

    stands: dict[BoothId, Stand] = {}
    invited: dict[PersonId, Invited] = {}


class StandsShown(Struct, frozen=True, rename="camel"):
    """Every stand; invitations for the desk and for who is of the same company."""

    stands: dict[BoothId, Stand]
    invited: dict[PersonId, Invited]


COMMANDS: tuple[type[Command], ...] = (
    Describe,
    NameOwner,
    AddLink,
    RemoveLink,
    ShowPitch,
    HangLogo,
    LayDownload,
    TakeDownload,
    Invite,
    Dismiss,
)
EVENTS: tuple[type[Event], ...] = (StandChanged, StaffInvited, StaffDismissed)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Fair, float], View]] = {}


def decide(fair: Fair, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; raises `Refused` with what to do instead."""
    return _DECIDES[type(command)](fair, command, now)


def tick(fair: Fair, now: float) -> tuple[Event, ...]:
    """Nothing happens by itself."""
    return ()


def due(fair: Fair) -> float | None:
    """When `tick` next has something to do; never."""
    return None


def apply(stands: Stands, event: Event) -> Stands:
    """The part after `event`."""
    match event:
        case StandChanged(stand=stand):
            return replace(stands, stands={**stands.stands, stand.booth: stand})
        case StaffInvited(invited=invited):
            return replace(stands, invited={**stands.invited, invited.person: invited})
        case StaffDismissed(person=gone):
            left = {key: each for key, each in stands.invited.items() if key != gone}
            return replace(stands, invited=left)
        case _:
            return stands


def show(fair: Fair, reader: Person, now: float) -> StandsShown:
    """Every stand, and the invitations that are the reader's business."""
    invited = {
        key: each
        for key, each in fair.stands.invited.items()
        if reader.role in DESK or represents(fair, reader, each.booth)
    }
    shown = {key: stand for key, stand in fair.stands.stands.items() if key in fair.booths}
    return StandsShown(shown, invited)


def stand_of(fair: Fair, booth: BoothId) -> Stand:
    """What this exhibitor shows; an empty stand if it has not begun yet."""
    return fair.stands.stands.get(booth) or Stand(booth)


def reps(people: Iterable[Person], organisation: str) -> tuple[PersonId, ...]:
    """Who of these represents the organisation, in their order."""
    return tuple(
        each.id for each in people if each.role is Role.REP and each.organisation == organisation
    )


def represents(fair: Fair, person: Person, booth: BoothId) -> bool:
    """Whether this person stands at that booth."""
    return person.id in _staff(fair, booth)


def expected(fair: Fair, booth: BoothId) -> tuple[PersonId, ...]:
    """The booth's staff and who was asked to it but is not at the fair yet."""
    asked = (key for key, each in fair.stands.invited.items() if each.booth == booth)
    return tuple(dict.fromkeys((*_staff(fair, booth), *asked)))


def own_or_desk(fair: Fair, command: Any, by: Person) -> None:
    """Raises `Refused` unless `by` may set up the stand that `command` is about."""
    if by.role not in DESK and not represents(fair, by, command.booth):
        raise Refused("A booth is set up by those who represent its company, or by the desk.")


def _staff(fair: Fair, booth: BoothId) -> tuple[PersonId, ...]:
    found = fair.booths.get(booth)
    return () if found is None else reps(fair.people.values(), found.organisation)


def _booth(fair: Fair, booth: BoothId) -> Booth:
    if booth not in fair.booths:
        raise Refused("There is no such booth any more. Please choose another one.")
    return fair.booths[booth]


def _changed(before: Stand, after: Stand, now: float) -> tuple[Event, ...]:
    return () if after == before else (StandChanged(after, now),)


# What the staff say


def _describe(fair: Fair, said: Describe, now: float) -> tuple[Event, ...]:
    before = stand_of(fair, _booth(fair, said.booth).id)
    sentences = before.sentences if said.sentences is None else said.sentences
    after = replace(
        before,
        sentences=tuple(filter(None, map(_plain, sentences))),
        contact=before.contact if said.contact is None else _plain(said.contact),
        promise=before.promise if said.promise is None else _plain(said.promise),
    )
    return _changed(before, after, now)


def _name_owner(fair: Fair, command: NameOwner, now: float) -> tuple[Event, ...]:
    before = stand_of(fair, _booth(fair, command.booth).id)
    if command.owner is not None and command.owner not in expected(fair, command.booth):
        raise Refused("Letters are answered by somebody of the booth. Please choose one of them.")
    return _changed(before, replace(before, owner=command.owner), now)


def _add_link(fair: Fair, command: AddLink, now: float) -> tuple[Event, ...]:
    before = stand_of(fair, _booth(fair, command.booth).id)
    url = _address(command.url)
    link = Link(_plain(command.title) or urlsplit(url).hostname or url, url)
    if url in {each.url for each in before.links}:
        links = tuple(link if each.url == url else each for each in before.links)
    else:
        links = (*before.links, link)
    if len(links) > MOST_LINKS:
        raise Refused(
            "A booth shows at most {most} links. Please remove one of them first.", most=MOST_LINKS
        )
    return _changed(before, replace(before, links=links), now)


def _remove_link(fair: Fair, command: RemoveLink, now: float) -> tuple[Event, ...]:
    before = stand_of(fair, _booth(fair, command.booth).id)
    links = tuple(each for each in before.links if each.url != command.url)
    return _changed(before, replace(before, links=links), now)


def _show_pitch(fair: Fair, command: ShowPitch, now: float) -> tuple[Event, ...]:
    booth = _booth(fair, command.booth)
    if command.what != "none" and not booth.package.pitch:
        raise Refused("Your package comes without a pitch. The organisers can add one.")
    before = stand_of(fair, booth.id)
    return _changed(before, replace(before, pitch=command.what), now)


# What the house takes in for them


def _hang_logo(fair: Fair, command: HangLogo, now: float) -> tuple[Event, ...]:
    before = stand_of(fair, _booth(fair, command.booth).id)
    return _changed(before, replace(before, logo=command.logo), now)


def _lay_download(fair: Fair, command: LayDownload, now: float) -> tuple[Event, ...]:
    booth = _booth(fair, command.booth)
    before = stand_of(fair, booth.id)
    check_room(booth, before)
    downloads = (*before.downloads, command.download)
    return _changed(before, replace(before, downloads=downloads), now)


def check_room(booth: Booth, stand: Stand) -> None:
    """Raises `Refused` if the package has no room for one more download."""
    most = booth.package.downloads
    if most == 0:
        raise Refused("Your package comes without downloads. The organisers can add some.")
    if len(stand.downloads) >= most:
        raise Refused(
            "Your package has room for {most} downloads. Please remove one of them first.",
            most=most,
        )


def _take_download(fair: Fair, command: TakeDownload, now: float) -> tuple[Event, ...]:
    before = stand_of(fair, _booth(fair, command.booth).id)
    downloads = tuple(each for each in before.downloads if each.id != command.download)
    return _changed(before, replace(before, downloads=downloads), now)


def _invite(fair: Fair, command: Invite, now: float) -> tuple[Event, ...]:
    booth = _booth(fair, command.booth)
    already = expected(fair, booth.id)
    if command.person in already:
        return ()
    most = booth.package.representatives
    if len(already) >= most:
        raise Refused(
            "Your package has places for {most} representatives, and all are taken."
            " The organisers can add more.",
            most=most,
        )
    invited = Invited(command.person, booth.id, command.by, now)
    return (StaffInvited(invited, already),)


def _dismiss(fair: Fair, command: Dismiss, now: float) -> tuple[Event, ...]:
    known = fair.stands.invited.get(command.person)
    if known is None or known.booth != command.booth:
        raise Refused("This person was not invited from here. Please ask the organisers.")
    gone = StaffDismissed(command.person, expected(fair, command.booth))
    before = stand_of(fair, command.booth)
    if before.owner != command.person:
        return (gone,)
    return (gone, StandChanged(replace(before, owner=None), now))


# How things are written


def _plain(text: str) -> str:
    """One line of it, without what nobody can see."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _address(given: str) -> str:
    """The address as a browser may follow it. Raises `Refused`.

    Whoever wrote it may be anybody who can sign in as a representative, and everybody else
    clicks on it: so nothing but the web, and no names or passwords in it.
    """
    wrong = Refused("This is not an address of a web page. It begins with https:// or http://.")
    url = given.strip()
    if not url or not url.isprintable() or " " in url or "\\" in url:
        raise wrong
    if "://" not in url and "." in url.split("/")[0] and ":" not in url.split("/")[0]:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # a port that is no number raises as well
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not host or "." not in host or "@" in parts.netloc:
        raise wrong
    return url


_DECIDES: dict[type[Command], Callable[[Fair, Any, float], tuple[Event, ...]]] = {
    Describe: _describe,
    NameOwner: _name_owner,
    AddLink: _add_link,
    RemoveLink: _remove_link,
    ShowPitch: _show_pitch,
    HangLogo: _hang_logo,
    LayDownload: _lay_download,
    TakeDownload: _take_download,
    Invite: _invite,
    Dismiss: _dismiss,
}
