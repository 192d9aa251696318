"""The bots in the rows: they ask, support, chat, say bravo and clap."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

from server.bots.actor import Actor, NotTaken

QUESTIONS = {
    "talent": (
        "Wie lange hält das im Dauerbetrieb?",
        "Was war die größte Überraschung auf dem Weg dorthin?",
        "Suchen Sie noch einen Partner für die Serienfertigung?",
        "Welche Messung hat Sie am meisten überzeugt?",
        "Was würden Sie beim nächsten Mal anders machen?",
        "Ab welcher Stückzahl rechnet sich das?",
        "Gibt es dazu schon eine Veröffentlichung?",
        "Wie gehen Sie mit Ausreißern in den Daten um?",
        "Woran arbeiten Sie nach dem Abschluss weiter?",
    ),
    "rep": (
        "Wie schnell kann man bei Ihnen einsteigen?",
        "Betreuen Sie auch Abschlussarbeiten aus der Ferne?",
        "Wie sieht die erste Woche bei Ihnen aus?",
        "Nehmen Sie auch Quereinsteiger aus der Physik?",
        "Wie groß sind die Teams in der Entwicklung?",
        "Kann man nach der Masterarbeit bei Ihnen promovieren?",
        "An wen wende ich mich mit einer Idee für eine Arbeit?",
    ),
}
"By the role of whoever is on stage."
LINES = (
    "Schönen guten Abend aus dem Homeoffice.",
    "Ton und Bild sind hier prima.",
    "Das Diagramm ist wirklich anschaulich.",
    "Danke für die klaren Worte.",
    "Spannend, dazu schreibe ich Ihnen nachher.",
    "Grüße aus dem Zug, läuft auch hier.",
    "Gibt es die Folien später?",
    "Sehr schöner Vortrag.",
)
WORDS = ("bravo", "aha", "thanks")
CALM = 2.5  # seconds on average between two things somebody in the rows does
FULL = 6  # open questions after which the rows rather support than ask


class Audience:
    """Those who sit in one stage's rows; what they do depends only on the seed."""

    def __init__(self, room: str, rows: list[Actor], seed: int) -> None:
        self.room = room
        self.rows = rows
        self.open: list[str] = []
        "Questions that can be supported."
        self.live: str | None = None
        self.asks = ""
        "The role of whoever can be asked now; empty for nobody."
        self._chance = Random(seed)  # noqa: S311 - nothing here is secret
        self._asked: set[tuple[str | None, str]] = set()

    async def sit(self) -> None:
        """Come in one by one, then do something now and then."""
        for actor in self.rows:
            await actor.enter(self.room)
        deeds: tuple[tuple[Callable[[Actor], Awaitable[None]], int], ...] = (
            (self._say_a_word, 8),
            (self._support, 5),
            (self._ask, 2),
            (self._chat, 1),
            (self._clap, 1),
        )
        choices = [deed for deed, weight in deeds for _ in range(weight)]
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / CALM))
            if self.live is None or not self.rows:
                continue
            try:
                await self._chance.choice(choices)(self._chance.choice(self.rows))
            except NotTaken:
                continue

    async def applaud(self) -> None:
        """Everybody claps: an item has ended."""
        for actor in self.rows:
            if self._chance.random() < 0.6:
                await self._clap(actor)

    async def _say_a_word(self, actor: Actor) -> None:
        await actor.do(self.room, "reaction.send", word=self._chance.choice(WORDS), on=True)

    async def _clap(self, actor: Actor) -> None:
        try:
            await actor.do(self.room, "reaction.applaud")
        except NotTaken:
            return

    async def _support(self, actor: Actor) -> None:
        if self.open:
            question = self._chance.choice(self.open)
            await actor.do(self.room, "question.support", question=question, on=True)

    async def _ask(self, actor: Actor) -> None:
        if self.asks not in QUESTIONS or len(self.open) >= FULL:
            return await self._support(actor)
        text = self._chance.choice(QUESTIONS[self.asks])
        if (self.live, text) in self._asked:
            return None
        self._asked.add((self.live, text))
        anonymous = self._chance.random() < 0.25
        return await actor.do(self.room, "question.ask", text=text, anonymous=anonymous)

    async def _chat(self, actor: Actor) -> None:
        await actor.do(self.room, "chat.say", text=self._chance.choice(LINES))
