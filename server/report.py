"""What a company takes home the next morning: how its booth, offers and pitch went, in numbers.

No name is in it: who may be named stands among the leads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

from fpdf import FPDF
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rooms import fair, jobs, letters, pins
from rooms.people import PersonId
from rooms.pitch import Pitch
from schedule.items import Booth
from server import premises
from server.blueprint import STAGE
from server.premises import fair_of, lounge_of
from server.visit import gathering_of, guarded, now, page
from web import pdf, plots, times, words
from web.plots import Plot

MARGIN: Final = 20.0  # millimetres
WIDE: Final = 210.0 - 2 * MARGIN  # millimetres of a page for words
TALL: Final = 42.0  # millimetres of the plot
LOWEST: Final = 297.0 - MARGIN - 12  # millimetres from the top to the last row of a page


class Offer(Struct, frozen=True):
    """How many looked at an offer, and how many pinned their card to it."""

    title: str
    viewed: int
    pinned: int


class OnStage(Struct, frozen=True):
    """A pitch of the company, and the questions of the audience."""

    title: str
    asked: int
    answered: int


class Talks(Struct, frozen=True):
    """So many talks, and how long they were, in seconds."""

    count: int
    people: int
    total: float
    middle: float


class Report(Struct, frozen=True):
    """All numbers."""

    visitors: int
    counter: Talks
    one_to_one: Talks
    offers: tuple[Offer, ...]
    pitches: tuple[OnStage, ...]
    letters: int
    answered: int
    answered_after: float | None
    "The middle of how long people waited, seconds."
    cards: int
    pins: int
    plot: Plot
    "Who came by for the first time, and when."


class Table(NamedTuple):
    """A part of the report; the first column's name is its heading."""

    heading: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def report(request: Request, booth: Booth) -> Report:
    """How it went so far."""
    room = fair_of(request)
    pinned = pins.of_booth(room, booth.id, now(request))
    came = room.visits.visitors.get(booth.id, {})
    written = [each for each in letters.inbox(room, booth.id) if each.kind == "letter"]
    answered = [each for each in written if each.state == "answered"]
    return Report(
        visitors=len(came),
        counter=_at_counter(request, booth),
        one_to_one=_one_to_one(request, booth),
        offers=_offers(request, booth),
        pitches=_pitches(request, booth),
        letters=len(written),
        answered=len(answered),
        answered_after=median(each.since - each.at for each in answered) if answered else None,
        cards=len(room.visits.cards.get(booth.id, {})),
        pins=len(pinned),
        plot=plots.plotted(list(came.values()), *_hours(request)),
    )


def _hours(request: Request) -> tuple[float, float]:
    gathering = gathering_of(request)
    # People talk on after the last item, and come before the first.
    since = gathering.starts_at - plots.STEP
    # Quarters of an hour begin at the same instants everywhere.
    return since - since % plots.STEP, gathering.ends_at + 2 * plots.STEP


def _at_counter(request: Request, booth: Booth) -> Talks:
    over = lounge_of(request).booths.talks.get(booth.id, ())
    people = {person for talk in over for person in talk.visitors}
    return _talks(people, [talk.until - talk.since for talk in over])


def _one_to_one(request: Request, booth: Booth) -> Talks:
    """Rounds and booked talks in which one of the company's people met somebody."""
    staff = frozenset(fair.staff(fair_of(request), booth.id))
    held = [
        talk
        for talk in lounge_of(request).breakouts.talks.values()
        if talk.phase == "over" and staff & {*talk.came} and {*talk.came} - staff
    ]
    people = {person for talk in held for person in talk.came} - staff
    return _talks(people, [talk.closes_at - talk.opens_at for talk in held])


def _talks(people: set[PersonId], lengths: list[float]) -> Talks:
    return Talks(len(lengths), len(people), sum(lengths), median(lengths) if lengths else 0.0)


def _offers(request: Request, booth: Booth) -> tuple[Offer, ...]:
    room = fair_of(request)
    read = room.visits.readers.get(booth.id, {})
    pinned = room.pins.counts
    found = [
        Offer(job.title, len(read.get(job.id, {})), pinned.get(job.id, 0))
        for job in jobs.of_booth(room, booth.id)
    ]
    hanging = {job.id for job in jobs.of_booth(room, booth.id)}
    gone = [len(people) for job, people in read.items() if job not in hanging]
    if gone:
        title = words.say(str(request.state.language), "Offers that hang no more")
        found.append(Offer(title, sum(gone), 0))
    return tuple(found)


def _pitches(request: Request, booth: Booth) -> tuple[OnStage, ...]:
    staff = fair.staff(fair_of(request), booth.id)
    found = []
    for stage in gathering_of(request).stages:
        room = request.app.state.house.state(STAGE + stage.id)
        for item in stage.items:
            if item.kind != "pitch.company" or not {*item.people} & {*staff}:
                continue
            asked = [] if not isinstance(room, Pitch) else [*room.questions.all.values()]
            own = [each for each in asked if each.item == item.id]
            answered = sum(each.state == "answered" for each in own)
            found.append(OnStage(item.title, len(own), answered))
    return tuple(found)


# The page


async def overview(request: Request) -> Response:
    """The report on a page."""
    booth = premises.own(request)
    found, language = report(request, booth), str(request.state.language)
    answer = page(
        request,
        "report.html",
        booth=booth,
        report=found,
        figures=figures(language, found),
        tables=tables(language, found),
        at=now(request),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


# The same on paper


async def as_pdf(request: Request) -> Response:
    """The report as one page of A4."""
    booth = premises.own(request)
    found = report(request, booth)
    name = re.sub(r"[^a-z0-9-]", "-", booth.id)
    headers = {
        "Content-Disposition": f'attachment; filename="report-{name}.pdf"',
        "Cache-Control": "no-store",
    }
    body = _printed(request, booth, found)
    return Response(body, media_type="application/pdf", headers=headers)


def _printed(request: Request, booth: Booth, found: Report) -> bytes:
    language, gathering = str(request.state.language), gathering_of(request)
    title = words.say(language, "Report for {name}", name=booth.organisation)
    paper = pdf.paper(title, language, now(request), "A4", landscape=False)
    paper.add_page()
    y = MARGIN
    pdf.write_with(paper, "sans", 10, colour=pdf.SOFT)
    day = times.day(gathering.starts_at, gathering.time_zone, language)
    y += pdf.write(paper, MARGIN, y, [f"{gathering.name}, {day}"]) + 2
    pdf.write_with(paper, "serif", 24, bold=True)
    y += pdf.write(paper, MARGIN, y, pdf.broken(paper, title, WIDE, 2)) + 6
    y = _draw_figures(paper, y, figures(language, found)) + 6
    y = _draw_plot(paper, y, found.plot, language, gathering.time_zone) + 8
    for heading, heads, rows in tables(language, found):
        y = _draw_table(paper, y, heading, heads, rows) + 6
    pdf.write_with(paper, "sans", 8.5, colour=pdf.SOFT)
    pdf.write(paper, MARGIN, LOWEST + 12, [_said_at(request)])
    return pdf.printed(paper)


def figures(language: str, found: Report) -> list[tuple[str, str]]:
    """The numbers that stand on top, each with its word."""
    return [
        (str(found.visitors), words.number(language, "visitor", "visitors", found.visitors)),
        (str(found.counter.count), words.number(
            language, "talk at the booth", "talks at the booth", found.counter.count)),
        (str(found.one_to_one.count), words.number(
            language, "one-to-one talk", "one-to-one talks", found.one_to_one.count)),
        (times.length(found.counter.total + found.one_to_one.total, language),
         words.say(language, "in talks")),
        (str(found.letters), words.number(language, "letter", "letters", found.letters)),
        (str(found.cards), words.number(language, "card left", "cards left", found.cards)),
        (str(found.pins), words.number(language, "application", "applications", found.pins)),
    ]  # fmt: skip


def tables(language: str, found: Report) -> list[Table]:
    """What stands below."""
    nothing = "–"
    talks = [
        (words.say(language, "At the booth"), *_spoken(language, found.counter)),
        (words.say(language, "One-to-one"), *_spoken(language, found.one_to_one)),
    ]
    waited = nothing
    if found.answered_after is not None:
        waited = times.length(found.answered_after, language)
    return [
        Table(
            words.say(language, "Talks"),
            (
                "",
                words.say(language, "Talks"),
                words.say(language, "People"),
                words.say(language, "Usual length"),
            ),
            talks,
        ),
        Table(
            words.say(language, "Offers on the board"),
            ("", words.say(language, "Viewed by"), words.say(language, "Pinned")),
            [(each.title, str(each.viewed), str(each.pinned)) for each in found.offers],
        ),
        Table(
            words.say(language, "Pitch"),
            ("", words.say(language, "Questions"), words.say(language, "Answered on stage")),
            [(each.title, str(each.asked), str(each.answered)) for each in found.pitches],
        ),
        Table(
            words.say(language, "Letters"),
            ("", words.say(language, "Answered"), words.say(language, "Usual wait")),
            [(words.say(language, "{n} received", n=found.letters), str(found.answered), waited)],
        ),
    ]


def _spoken(language: str, talks: Talks) -> tuple[str, str, str]:
    middle = times.length(talks.middle, language) if talks.count else "–"
    return str(talks.count), str(talks.people), middle


def _said_at(request: Request) -> str:
    language, zone = str(request.state.language), gathering_of(request).time_zone
    at = now(request)
    return words.say(
        language,
        "As of {day}, {time}. Numbers only: who may be named stands among the leads.",
        day=times.day(at, zone, language),
        time=times.clock(at, zone),
    )


def _draw_figures(paper: FPDF, y: float, found: list[tuple[str, str]]) -> float:
    """Four beside each other, in as many lines as that takes."""
    step = WIDE / 4
    for number, (value, word) in enumerate(found):
        line, column = divmod(number, 4)
        x, top = MARGIN + column * step, y + line * 18
        pdf.write_with(paper, "serif", 19)
        pdf.write(paper, x, top, [value])
        pdf.write_with(paper, "sans", 8.5, colour=pdf.SOFT)
        pdf.write(paper, x, top + 9, pdf.broken(paper, word, step - 2, 1))
    return y + 18 * -(-len(found) // 4)


def _draw_plot(paper: FPDF, y: float, plot: Plot, language: str, zone: str) -> float:
    pdf.write_with(paper, "sans", 10, bold=True)
    y += pdf.write(paper, MARGIN, y, [words.say(language, "First visits, by time")]) + 3
    paper.set_draw_color(*pdf.LINE)
    for share, value in ((0.0, plot.top), (1.0, 0)):
        paper.line(MARGIN, y + share * TALL, MARGIN + WIDE, y + share * TALL)
        pdf.write_with(paper, "sans", 8, colour=pdf.SOFT)
        pdf.write(paper, MARGIN - 6, y + share * TALL - 1.7, [str(value)])
    paper.set_fill_color(*pdf.LODEN)
    for bar in plot.bars:
        if bar.value:
            corner = (MARGIN + bar.x * WIDE, y + bar.y * TALL)
            paper.rect(*corner, bar.width * WIDE, bar.height * TALL, style="F")
    for bar in plot.marks:
        pdf.write(paper, MARGIN + bar.x * WIDE, y + TALL + 1.5, [times.clock(bar.at, zone)])
    return y + TALL + 6


def _draw_table(
    paper: FPDF, y: float, heading: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> float:
    """One table; what does not fit onto the page goes onto another."""
    if y > LOWEST - 12:  # a heading stands with a row
        paper.add_page()
        y = MARGIN
    wide = WIDE * 0.5
    step = (WIDE - wide) / (len(heads) - 1)
    pdf.write_with(paper, "sans", 10, bold=True)
    pdf.write(paper, MARGIN, y, [heading])
    pdf.write_with(paper, "sans", 8.5, colour=pdf.SOFT)
    for number, head in enumerate(heads[1:]):
        pdf.write(paper, MARGIN + wide + number * step, y + 0.4, [head])
    y += 6
    for row in rows:
        if y > LOWEST:
            paper.add_page()
            y = MARGIN
        paper.set_draw_color(*pdf.LINE)
        paper.line(MARGIN, y - 0.8, MARGIN + WIDE, y - 0.8)
        pdf.write_with(paper, "sans", 9.5)
        for number, cell in enumerate(row):
            x = MARGIN if number == 0 else MARGIN + wide + (number - 1) * step
            width = wide - 4 if number == 0 else step - 2
            pdf.write(paper, x, y, pdf.broken(paper, cell, width, 1))
        y += 5.6
    return y


routes: Final[list[BaseRoute]] = [
    Route("/booths/{booth}/report", guarded(overview)),
    Route("/booths/{booth}/report.pdf", guarded(as_pdf)),
]
