"""A stage's slides: the deck of each item, and which page of it everybody sees.

Pages are pictures that the house serves; here is only which of them. They are seen while their
item is on; the deck keeps its page, so that an item that comes back goes on where it was.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from rooms.floor import Slot
from rooms.people import DESK, Person, PersonId
from schedule.machine import Command, Event, Refused, View

ItemId = Annotated[str, Meta(min_length=1, max_length=80)]
DeckId = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9]+$")]
Page = Annotated[int, Meta(ge=1, le=1000)]
"Counted from 1."


class Deck(Struct, frozen=True, rename="camel"):
    """The slides of one item."""

    id: str
    "Where its pictures lie: a name that nobody can guess."
    name: str
    "The file's, as it was uploaded."
    pages: int
    people: tuple[PersonId, ...]
    "Whose item it is; they and the desk see the deck before its turn."
    at: float
    page: int = 1
    hidden: bool = False


class Lay(Command, frozen=True, tag="slides.lay"):
    """The house has taken in a deck; one that the item had before is replaced."""

    item: ItemId
    deck: DeckId
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    pages: Page
    people: tuple[PersonId, ...]


class TakeAway(Command, frozen=True, tag="slides.take-away"):
    """The house removes the deck of an item."""

    item: ItemId


class Turn(Command, frozen=True, tag="slides.turn"):
    """Turn from one page to another.

    It names the page it comes from: of two who turn at once, one turns.
    """

    deck: DeckId
    before: Page
    to: Page


class Hide(Command, frozen=True, tag="slides.hide"):
    """Take the slides off the stage, or (`on` false) show them again."""

    deck: DeckId
    on: bool


class Laid(Event, frozen=True, tag="slides.laid"):
    """An item has a new deck."""

    item: str
    deck: Deck


class TakenAway(Event, frozen=True, tag="slides.taken-away"):
    """An item has no deck any more."""

    item: str
    people: tuple[PersonId, ...]


class Turned(Event, frozen=True, tag="slides.turned"):
    """Another page is seen."""

    item: str
    page: int


class Hidden(Event, frozen=True, tag="slides.hidden"):
    """The deck is off the stage, or on it again."""

    item: str
    on: bool


class Slides(Struct, frozen=True, rename="camel"):
    """All decks of one stage, by item."""

    live: str | None = None
    "The item whose deck is on stage, if it has one."
    decks: dict[str, Deck] = {}


class SlidesShown(Struct, frozen=True, rename="camel"):
    """The slides as one reader may see them."""

    live: Deck | None
    "What is on stage now, whoever reads."
    decks: dict[str, Deck]
    "One's own decks, by item; at the desk, all."


class LiveSlides(View, frozen=True, tag="slides.shown"):
    """The deck that is on stage now."""

    live: Deck | None


COMMANDS = (Lay, TakeAway, Turn, Hide)
EVENTS = (Laid, TakenAway, Turned, Hidden)
VIEWS = (LiveSlides,)
STIRS: dict[type[Event], tuple[type[View], ...]] = {
    Laid: (LiveSlides,),
    TakenAway: (LiveSlides,),
}
"Turning is told by its event alone, at once."


def decide(slides: Slides, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; nothing if somebody else was quicker. Raises `Refused` without slides."""
    match command:
        case Lay(item=item):
            return (Laid(item, _laid(slides, command, now)),)
        case TakeAway(item=item):
            gone = slides.decks.get(item)
            return (TakenAway(item, gone.people),) if gone else ()
        case Turn(deck=deck, before=before, to=to):
            item, shown = _on_stage(slides)
            stale = (shown.id, shown.page) != (deck, before)
            return () if stale or to == before or to > shown.pages else (Turned(item, to),)
        case Hide(deck=deck, on=on):
            item, shown = _on_stage(slides)
            return () if shown.id != deck or shown.hidden == on else (Hidden(item, on),)
        case _:
            return ()


def apply(slides: Slides, event: Event) -> Slides:
    """The slides after `event`."""
    match event:
        case Laid(item=item, deck=deck):
            return replace(slides, decks={**slides.decks, item: deck})
        case TakenAway(item=item):
            return replace(slides, decks={i: d for i, d in slides.decks.items() if i != item})
        case Turned(item=item, page=page):
            return _changed(slides, item, page=page)
        case Hidden(item=item, on=on):
            return _changed(slides, item, hidden=on)
        case _:
            return slides


def began(slides: Slides, slot: Slot | None) -> Slides:
    """The slides once another item is on, or none.

    Who is asked about a pitch may go back to its slides.
    """
    if slot is None:
        return replace(slides, live=None)
    deck = live_deck(slides)
    asked = slot.kind == "questions" and slot.item not in slides.decks
    if asked and deck is not None and set(deck.people) & set(slot.people):
        return slides
    return replace(slides, live=slot.item)


def live_deck(slides: Slides) -> Deck | None:
    """The deck of what is on."""
    return slides.decks.get(slides.live) if slides.live is not None else None


def show(slides: Slides, reader: Person) -> SlidesShown:
    """The slides as `reader` may see them."""
    own = {
        item: deck
        for item, deck in slides.decks.items()
        if reader.role in DESK or reader.id in deck.people
    }
    return SlidesShown(live=live_deck(slides), decks=own)


def view(slides: Slides) -> LiveSlides:
    """What is on stage now."""
    return LiveSlides(live_deck(slides))


def _laid(slides: Slides, lay: Lay, now: float) -> Deck:
    before = slides.decks.get(lay.item)
    deck = Deck(lay.deck, lay.name, lay.pages, lay.people, now)
    if before is None:
        return deck
    # Exchanged during the pitch: whoever speaks is not thrown back to the beginning.
    return replace(deck, page=min(before.page, lay.pages), hidden=before.hidden)


def _on_stage(slides: Slides) -> tuple[str, Deck]:
    deck = live_deck(slides)
    if slides.live is None or deck is None:
        raise Refused("No slides are on stage just now. They come with the item they belong to.")
    return slides.live, deck


def _changed(slides: Slides, item: str, *, page: int = 0, hidden: bool | None = None) -> Slides:
    deck = slides.decks.get(item)
    if deck is None:
        return slides
    now = replace(deck, page=page or deck.page, hidden=deck.hidden if hidden is None else hidden)
    return replace(slides, decks={**slides.decks, item: now})
