"""Reads the agenda as everybody may, and tells the bots when it is their turn."""

from __future__ import annotations

import asyncio

from msgspec import Struct

from server.bots.actor import Actor, Frame, NotTaken
from server.bots.audience import Audience
from server.bots.clerk import Clerk
from server.bots.courtesy import Courtesy
from server.bots.guide import Guide
from server.bots.lounger import Lounger
from server.bots.page import Pages
from server.bots.performance import Performance
from server.bots.planner import Planner
from server.bots.seat import Seat
from server.bots.stroller import Stroller

COMES_EARLY = 2  # items before the own one, a bot is in the green room
LOOKS_EVERY = 2.0  # seconds; the agenda also changes while no frame comes
NEXT_QUESTION = 20.0  # seconds a question stays on air when the bot moderates
SILENT = {"break", "round", "tour"}  # kinds of items nobody goes on stage for


class Engagement(Struct):
    """A bot that is on its way over a stage."""

    performance: Performance
    task: asyncio.Task[None]


class Asked(Struct):
    """A question as the director remembers it."""

    state: str
    item: str | None
    "What was on when it was asked."


class Director:
    """Keeps all bots in step with the agenda.

    A person whose link is meant for a visitor is `reserved`: their bot comes only
    when the own item is live and nobody has come in by that link.
    """

    def __init__(
        self,
        cast: dict[str, Actor],
        moderator: Actor,
        reserved: set[str],
        pages: dict[str, Pages],
    ) -> None:
        self._cast = cast
        self._moderator = moderator
        self._reserved = reserved
        self._agenda: Frame | None = None
        self._people: dict[str, Frame] = {}
        self._here: set[str] = set()
        self._engaged: dict[tuple[str, str], Engagement] = {}
        self._audiences: dict[str, Audience] = {}
        self._asked: dict[str, dict[str, Asked]] = {}
        "By room and question: open, air and so on."
        self._decks: dict[str, Frame] = {}
        "What lies ready, by item."
        self._on_air_since: dict[str, float] = {}
        self._planner = Planner(moderator, self._somebody_real_at_the_desk)
        self._loungers = {person: Lounger(actor, self._is_played) for person, actor in cast.items()}
        for person, actor in cast.items():
            actor.hearers.append(self._loungers[person].hear)
        self._guide = Guide(moderator, self._somebody_real_at_the_desk)
        moderator.hearers += [self._planner.hear, self._guide.hear, self._hear]
        expected = {cast[person].part.organisation for person in reserved}
        courtesy = Courtesy(self._is_played, expected)
        self._fairgoers = {
            person: goer
            for person, actor in cast.items()
            if (goer := _fairgoer(actor, courtesy, pages[person])) is not None
        }

    async def direct(self) -> None:
        """Follow the agenda until cancelled."""
        async with asyncio.TaskGroup() as group:
            for person, actor in self._cast.items():
                if person not in self._reserved:
                    group.create_task(actor.attend())
                    group.create_task(self._loungers[person].stay())
                    if person in self._fairgoers:
                        group.create_task(self._fairgoers[person].stay())
            while True:
                if self._agenda is not None:
                    await self._open_rooms(self._agenda, group)
                    self._arrange(self._agenda, group)
                    await self._moderate(self._agenda)
                    await self._planner.look()
                    await self._guide.look(award=_is_live(self._agenda, "award"))
                await asyncio.sleep(LOOKS_EVERY)

    def _is_played(self, person: str) -> bool:
        """Whether a bot plays this person just now."""
        return person in self._cast and person not in self._reserved

    # What is heard

    def _hear(self, frame: Frame) -> None:
        match frame:
            case {"type": "snapshot", "room": "lounge" | "fair"}:
                return
            case {"type": "snapshot", "room": "foyer", "shown": shown}:
                self._agenda = shown["agenda"]
                self._people = shown["people"]
                self._here = set(shown["presence"]["here"])
            case {"type": "snapshot", "room": room, "shown": shown}:
                asked = shown["questions"]
                self._asked[room] = {q["id"]: Asked(q["state"], q["item"]) for q in asked}
                self._decks |= shown["slides"]["decks"]
            case {"type": "told", "event": {"type": "slides.laid", "item": item, "deck": deck}}:
                self._decks[item] = deck
            case {"type": "told", "event": {"type": "slides.taken-away", "item": item}}:
                self._decks.pop(item, None)
            case {"type": "told", "event": {"type": "slides.turned", "item": item, "page": page}}:
                self._decks[item] = {**self._decks.get(item, {}), "page": page}
            case {"type": "shown", "view": {"type": "agenda.shown"} as view}:
                self._agenda = view
            case {"type": "shown", "room": "foyer", "view": {"type": "presence.shown"} as view}:
                self._here = set(view["here"])
            case {"type": "told", "room": room, "event": {"type": "question.asked"} as event}:
                self._asked.setdefault(room, {})[event["id"]] = Asked("open", event["item"])
            case {"type": "told", "room": room, "event": {"type": "question.moved"} as event}:
                self._note(room, event["id"], event["state"])
            case {"type": "told", "room": room, "event": {"type": "question.merged"} as event}:
                self._note(room, event["id"], "merged")

    def _note(self, room: str, question: str, state: str) -> None:
        if question in self._asked.get(room, {}):
            self._asked[room][question].state = state

    # What follows

    async def _open_rooms(self, agenda: Frame, group: asyncio.TaskGroup) -> None:
        speakers = {person for item in agenda["items"].values() for person in item["people"]}
        rows = [
            actor
            for person, actor in sorted(self._cast.items())
            if person not in speakers and person not in self._reserved
        ]
        stages = agenda["stages"]
        for number, stage in enumerate(stages):
            room = _room(stage)
            if room not in self._audiences:
                await self._moderator.enter(room)
                self._audiences[room] = Audience(room, rows[number :: len(stages)], seed=number)
                group.create_task(self._audiences[room].sit())

    def _arrange(self, agenda: Frame, group: asyncio.TaskGroup) -> None:
        wanted: dict[tuple[str, str], tuple[Frame, bool]] = {}
        for stage in agenda["stages"]:
            live = stage["live"]["id"] if stage["live"] else None
            self._tell_audience(_room(stage), live, self._role_on_stage(agenda, live), group)
            coming = [(live, True)] if live else []
            coming += [(item, False) for item in stage["waiting"][:COMES_EARLY]]
            for item, now in coming:
                shown = agenda["items"][item]
                for person in shown["people"]:
                    key = (_room(stage), person)
                    if shown["kind"] not in SILENT and self._may_play(key, now):
                        wanted.setdefault(key, ({**shown, "id": item}, now))
        for key in [key for key in self._engaged if key not in wanted]:
            self._engaged.pop(key).task.cancel()
        for key, (shown, now) in wanted.items():
            engaged = self._engaged.get(key) or self._engage(key, shown, group)
            if now:
                engaged.performance.on.set()

    def _may_play(self, key: tuple[str, str], live: bool) -> bool:
        person = key[1]
        if person not in self._cast:
            return False
        if person not in self._reserved or key in self._engaged:
            return True
        return live and person not in self._here

    def _engage(self, key: tuple[str, str], item: Frame, group: asyncio.TaskGroup) -> Engagement:
        room, person = key
        actor = self._cast[person]
        seat = "moderator" if actor.part.role in ("moderator", "organiser") else "speaker"
        slides = item["title"] if item["kind"] == "pitch.talent" else None
        performance = Performance(actor, room, seat, slides, lambda: self._decks.get(item["id"]))
        visit = self._visit(actor, performance) if person in self._reserved else performance.play()
        engaged = Engagement(performance, group.create_task(visit))
        self._engaged[key] = engaged
        return engaged

    async def _visit(self, actor: Actor, performance: Performance) -> None:
        async with asyncio.TaskGroup() as group:
            attending = group.create_task(actor.attend())
            try:
                await performance.play()
            finally:
                attending.cancel()

    def _role_on_stage(self, agenda: Frame, live: str | None) -> str:
        people = agenda["items"][live]["people"] if live else ()
        return str(self._people.get(people[0], {}).get("role", "")) if people else ""

    def _tell_audience(
        self, room: str, live: str | None, asks: str, group: asyncio.TaskGroup
    ) -> None:
        audience = self._audiences[room]
        asked = self._asked.get(room, {})
        audience.open = [question for question, known in asked.items() if known.state == "open"]
        if audience.live is not None and audience.live != live:
            group.create_task(audience.applaud())
        audience.live, audience.asks = live, asks

    async def _moderate(self, agenda: Frame) -> None:
        """Put one question after the other on air, unless somebody real is at the desk."""
        if self._somebody_real_at_the_desk():
            return
        now = asyncio.get_running_loop().time()
        for stage in agenda["stages"]:
            room = _room(stage)
            asked = self._asked.get(room, {})
            live = stage["live"]
            on_air = [question for question, known in asked.items() if known.state == "air"]
            item = agenda["items"][live["id"]] if live else None
            questions = item is not None and item["kind"] == "questions"
            waiting = [
                question
                for question, known in asked.items()
                if known.state == "open" and _same_people(agenda, known.item, item)
            ]
            since = self._on_air_since.get(room, 0.0)
            try:
                if questions and waiting and (not on_air or now - since > NEXT_QUESTION):
                    await self._moderator.do(room, "question.put-on-air", question=waiting[0])
                    self._on_air_since[room] = now
                elif on_air and not questions:
                    await self._moderator.do(room, "question.answer", question=on_air[0])
            except NotTaken:
                continue

    def _somebody_real_at_the_desk(self) -> bool:
        desk = {
            person
            for person, known in self._people.items()
            if known["role"] in ("moderator", "organiser") and person not in self._cast
        }
        return bool(self._here & (desk | self._reserved_desk()))

    def _reserved_desk(self) -> set[str]:
        return {
            person
            for person in self._reserved
            if self._people.get(person, {}).get("role") in ("moderator", "organiser")
        }


def _fairgoer(actor: Actor, courtesy: Courtesy, pages: Pages) -> Clerk | Stroller | None:
    """What a bot does at the fair, by its role."""
    if actor.part.role not in ("rep", "talent"):
        return None
    seat = Seat(actor, courtesy.is_bot)
    goer: Clerk | Stroller
    if actor.part.role == "rep":
        goer = Clerk(actor, seat, pages, courtesy)
    else:
        goer = Stroller(actor, seat, pages, courtesy)
    actor.hearers += [seat.hear, goer.hear]
    return goer


def _is_live(agenda: Frame, kind: str) -> bool:
    live = [stage["live"]["id"] for stage in agenda["stages"] if stage["live"]]
    return any(agenda["items"][item]["kind"] == kind for item in live)


def _same_people(agenda: Frame, asked_during: str | None, item: Frame | None) -> bool:
    before = agenda["items"].get(asked_during)
    return bool(before and item and set(before["people"]) & set(item["people"]))


def _room(stage: Frame) -> str:
    return f"stage-{stage['id']}"
