"""The board's jobs: theses, internships and other work that exhibitors pin to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

from rooms.people import DESK, Person, PersonId, Role
from schedule.machine import Command, Event, Refused, View

if TYPE_CHECKING:
    from rooms.fair import Fair

LONGEST_TITLE = 120
LONGEST = 120  # characters of each short line
LONGEST_TEXT = 6000
LONGEST_LINK = 500
LONGEST_TOPIC = 40
MOST_TOPICS = 12
FARTHEST = 366 * 86_400.0  # seconds; what nobody looks after for longer is out of date

JobId = Annotated[str, Meta(min_length=2, max_length=12, pattern=r"^j[0-9]+$")]
BoothId = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z0-9][a-z0-9-]*$")]
Kind = Literal["thesis", "internship", "working-student", "job", "doctorate", "training"]
Remote = Literal["no", "partly", "yes"]
Line = Annotated[str, Meta(max_length=LONGEST)]
Topic = Annotated[str, Meta(min_length=1, max_length=LONGEST_TOPIC)]


class Offer(Struct, frozen=True, rename="camel"):
    """What an exhibitor writes on the card; everybody may read it, without signing in as well."""

    title: Annotated[str, Meta(max_length=LONGEST_TITLE)]
    kind: Kind
    valid_until: float
    "When it comes off the board by itself; Unix seconds."
    place: Line = ""
    remote: Remote = "no"
    starts: Line = ""
    "From when and how much, in words."
    degree: Line = ""
    topics: Annotated[tuple[Topic, ...], Meta(max_length=MOST_TOPICS)] = ()
    contact: Line = ""
    text: Annotated[str, Meta(max_length=LONGEST_TEXT)] = ""
    link: Annotated[str, Meta(max_length=LONGEST_LINK)] = ""


class Job(Offer, frozen=True, kw_only=True, rename="camel"):
    """An offer that hangs on the board."""

    id: JobId
    booth: BoothId
    by: PersonId
    at: float
    "When it was pinned; Unix seconds."
    edited_at: float


# Commands


class PinJob(Command, frozen=True, tag="job.pin"):
    """Pin an offer to the board, for the booth one represents."""

    booth: BoothId
    offer: Offer


class EditJob(Command, frozen=True, tag="job.edit"):
    """Write an offer anew."""

    job: JobId
    offer: Offer


class TakeJobDown(Command, frozen=True, tag="job.take-down"):
    """Take an offer off the board for good."""

    job: JobId


class BookmarkJob(Command, frozen=True, tag="job.bookmark"):
    """Remember an offer for oneself, or no longer."""

    job: JobId
    on: bool = True


# Events


class JobPinned(Event, frozen=True, tag="job.pinned"):
    """An offer hangs on the board."""

    job: Job


class JobEdited(Event, frozen=True, tag="job.edited"):
    """An offer reads otherwise now."""

    job: Job


class JobGone(Event, frozen=True, tag="job.gone"):
    """An offer is off the board: taken down, or out of date."""

    job: JobId
    at: float


class JobBookmarked(Event, frozen=True, tag="job.bookmarked"):
    """Somebody remembers an offer, or no longer; they alone hear it."""

    person: PersonId
    job: JobId
    on: bool


# State


class Jobs(Struct, frozen=True):
    """All that hangs on the board, and who remembers what of it."""

    jobs: dict[JobId, Job] = {}
    "In the order they were pinned."
    pinned: int = 0
    "How many there ever were; the next one's id follows from it."
    bookmarks: dict[PersonId, frozenset[JobId]] = {}


class JobsShown(Struct, frozen=True, rename="camel"):
    """What one reader may see of it."""

    jobs: dict[JobId, Job]
    "Without their texts: each one's own page has that."
    bookmarks: tuple[JobId, ...]
    "The reader's, sorted."


COMMANDS: tuple[type[Command], ...] = (PinJob, EditJob, TakeJobDown, BookmarkJob)
EVENTS: tuple[type[Event], ...] = (JobPinned, JobEdited, JobGone, JobBookmarked)
VIEWS: tuple[type[View], ...] = ()
STIRS: dict[type[Event], tuple[type[View], ...]] = {}
VIEWED: dict[type[View], Callable[[Fair, float], View]] = {}


# What others ask


def find(fair: Fair, job: JobId) -> Job | None:
    """An offer that hangs on the board."""
    found = fair.jobs.jobs.get(job)
    return found if found is not None and found.booth in fair.booths else None


def hanging(fair: Fair) -> tuple[Job, ...]:
    """All offers, the newest first; those of a booth that is gone do not hang."""
    kept = (job for job in fair.jobs.jobs.values() if job.booth in fair.booths)
    return tuple(kept)[::-1]


def of_booth(fair: Fair, booth: BoothId) -> tuple[Job, ...]:
    """The offers of one booth, the newest first."""
    return tuple(job for job in hanging(fair) if job.booth == booth)


def once_hung(fair: Fair, job: str) -> bool:
    """Whether there ever was such an offer, though it may be off the board."""
    number = job.removeprefix("j")
    return number.isdecimal() and len(number) < 8 and 1 <= int(number) <= fair.jobs.pinned


def represents(fair: Fair, person: Person, booth: BoothId) -> bool:
    """Whether somebody stands at this booth for its organisation."""
    found = fair.booths.get(booth)
    own = found is not None and found.organisation == person.organisation
    return own and person.role is Role.REP


# In which state of the room


def pins_for_own_booth(fair: Fair, command: PinJob, by: Person) -> None:
    """Raises `Refused` for whoever does not stand at the booth."""
    if not represents(fair, by, command.booth):
        raise Refused("Only those who stand at this booth can pin offers for it.")


def edits_own(fair: Fair, command: EditJob, by: Person) -> None:
    """Raises `Refused` for whoever does not stand at the offer's booth."""
    found = find(fair, command.job)
    if by.role is not Role.REP or (found and not represents(fair, by, found.booth)):
        raise Refused("Only those who stand at this booth can change its offers.")


def takes_own_down(fair: Fair, command: TakeJobDown, by: Person) -> None:
    """Raises `Refused` for whoever neither stands at the offer's booth nor sits at the desk."""
    found = find(fair, command.job)
    if by.role in DESK:
        return
    if by.role is not Role.REP or (found and not represents(fair, by, found.booth)):
        raise Refused("Only those who stand at this booth can take its offers down.")


# What people do


def decide(fair: Fair, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows if this person does that now; raises `Refused` if it is not possible."""
    return _DECIDES[type(command)](fair, command, by, now)


def _pin(fair: Fair, pin: PinJob, by: Person, now: float) -> tuple[Event, ...]:
    most = fair.booths[pin.booth].package.jobs
    if len(of_booth(fair, pin.booth)) >= most:
        raise Refused(
            "This booth's package has room for {most} offers. Please take one down first.",
            most=most,
        )
    offer, number = _tidy(pin.offer, now), fair.jobs.pinned + 1
    job = Job(**asdict(offer), id=f"j{number}", booth=pin.booth, by=by.id, at=now, edited_at=now)
    return (JobPinned(job),)


def _edit(fair: Fair, edit: EditJob, by: Person, now: float) -> tuple[Event, ...]:
    before = _hanging(fair, edit.job)
    after = replace(before, **asdict(_tidy(edit.offer, now)))
    return (JobEdited(replace(after, edited_at=now)),) if after != before else ()


def _take_down(fair: Fair, command: TakeJobDown, by: Person, now: float) -> tuple[Event, ...]:
    return (JobGone(_hanging(fair, command.job).id, now),)


def _bookmark(fair: Fair, command: BookmarkJob, by: Person, now: float) -> tuple[Event, ...]:
    known = command.job in fair.jobs.bookmarks.get(by.id, frozenset())
    if command.on == known:
        return ()
    if command.on:
        _hanging(fair, command.job)
    return (JobBookmarked(by.id, command.job, command.on),)


def _hanging(fair: Fair, job: JobId) -> Job:
    found = find(fair, job)
    if found is None:
        raise Refused("This offer is no longer on the board. Please look for another one.")
    return found


def _tidy(offer: Offer, now: float) -> Offer:
    """As it is pinned: without blanks around, each topic once; raises `Refused`."""
    topics: dict[str, str] = {}
    for topic in (" ".join(each.split()) for each in offer.topics):
        if topic:
            topics.setdefault(topic.casefold(), topic)
    tidy = replace(
        offer,
        title=_line(offer.title),
        place=_line(offer.place),
        starts=_line(offer.starts),
        degree=_line(offer.degree),
        contact=_line(offer.contact),
        topics=tuple(topics.values()),
        text=offer.text.replace("\r\n", "\n").strip(),
        link=offer.link.strip(),
    )
    _check(tidy, now)
    return tidy


def _line(text: str) -> str:
    return " ".join(text.split())


def _check(offer: Offer, now: float) -> None:
    if not offer.title:
        raise Refused("An offer needs a title. Please write one.")
    if offer.link and not offer.link.startswith(("https://", "http://")):
        raise Refused("A link begins with https://. Please copy it from your browser.")
    if offer.valid_until <= now:
        raise Refused("This day is over. Please choose until when the offer is to hang.")
    if offer.valid_until > now + FARTHEST:
        raise Refused("An offer hangs for a year at most. Please choose an earlier day.")


_DECIDES: dict[type[Command], Callable[[Fair, Any, Person, float], tuple[Event, ...]]] = {
    PinJob: _pin,
    EditJob: _edit,
    TakeJobDown: _take_down,
    BookmarkJob: _bookmark,
}


def tick(fair: Fair, now: float) -> tuple[Event, ...]:
    """What is out of date comes off the board."""
    return tuple(JobGone(job.id, now) for job in fair.jobs.jobs.values() if job.valid_until <= now)


def due(fair: Fair) -> float | None:
    """When the next offer is out of date; Unix seconds."""
    return min((job.valid_until for job in fair.jobs.jobs.values()), default=None)


def apply(part: Jobs, event: Event) -> Jobs:
    """The board's jobs after `event`."""
    match event:
        case JobPinned(job=job):
            return replace(part, jobs={**part.jobs, job.id: job}, pinned=part.pinned + 1)
        case JobEdited(job=job):
            return replace(part, jobs={**part.jobs, job.id: job})
        case JobGone(job=job):
            left = {key: each for key, each in part.jobs.items() if key != job}
            marks = {person: kept - {job} for person, kept in part.bookmarks.items()}
            return replace(part, jobs=left, bookmarks=marks)
        case JobBookmarked(person=person, job=job, on=on):
            before = part.bookmarks.get(person, frozenset())
            after = before | {job} if on else before - {job}
            return replace(part, bookmarks={**part.bookmarks, person: after})
        case _:
            return part


def show(fair: Fair, reader: Person, now: float) -> JobsShown:
    """What `reader` may see: all offers, and what they remember themselves."""
    return JobsShown(
        jobs={job.id: replace(job, text="") for job in hanging(fair)[::-1]},
        bookmarks=tuple(sorted(fair.jobs.bookmarks.get(reader.id, frozenset()))),
    )
