"""Consent to being recorded: given in writing, kept with its time and its exact wording.

The wording stands here in both languages, and not among the translations: what
somebody agreed to is written into the log word by word, and a text that
differs from it by one letter is refused.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from rooms.people import Person, PersonId
from schedule.machine import Command, Event, Refused

Language = Literal["de", "en"]

WORDING: Final[dict[Language, str]] = {
    "de": (
        "Ich bin einverstanden, dass mein Bild, mein Ton und mein gezeigter Bildschirm"
        " aufgezeichnet werden, solange ich bei dieser Veranstaltung auf einer Bühne bin und"
        " das Zeichen „Aufnahme“ zu sehen ist. Ich sehe jede Aufzeichnung zuerst und allein"
        " und entscheide, ob ich sie freigebe; nur was ich freigebe, können die Teilnehmenden"
        " dieser Veranstaltung ansehen und herunterladen. Nach der vom Veranstalter gesetzten"
        " Frist wird alles gelöscht. Ich kann diese Einwilligung jederzeit auf meiner Seite"
        " widerrufen: Die Aufzeichnung von mir endet dann sofort, und alles, was von mir"
        " aufgezeichnet ist, wird gelöscht, auch Freigegebenes. Ohne diese Einwilligung werde"
        " ich nicht aufgezeichnet und kann trotzdem auftreten."
    ),
    "en": (
        "I agree that my picture, my sound and the screen I show are recorded while I am on a"
        " stage of this event and the sign “Recording” is shown. I see every recording first"
        " and alone, and decide whether to release it; only what I release can be watched and"
        " downloaded by the participants of this event. After the period set by the organisers"
        " everything is deleted. I can withdraw this consent on my page at any time: recording"
        " me then ends at once, and all that is recorded of me is deleted, including what I"
        " released. Without this consent I am not recorded and can appear all the same."
    ),
}


class Agree(Command, frozen=True, tag="consent.give"):
    """Agree to being recorded, in the words one has read."""

    language: Language
    wording: Annotated[str, Meta(min_length=1, max_length=2000)]


class Withdraw(Command, frozen=True, tag="consent.withdraw"):
    """Agree no longer; whatever is recorded of one is deleted."""


class ConsentGiven(Event, frozen=True, tag="consent.given"):
    """Somebody agreed to being recorded."""

    person: PersonId
    language: Language
    wording: str
    at: float


class ConsentWithdrawn(Event, frozen=True, tag="consent.withdrawn"):
    """Somebody no longer agrees."""

    person: PersonId
    at: float


class Consent(Struct, frozen=True, rename="camel"):
    """What somebody agreed to, and when."""

    language: Language
    wording: str
    at: float


Consents = dict[PersonId, Consent]

COMMANDS = (Agree, Withdraw)
EVENTS = (ConsentGiven, ConsentWithdrawn)


def decide(
    consents: Consents, command: Agree | Withdraw, by: Person, now: float
) -> tuple[Event, ...]:
    """What follows; nothing if it is so already. Raises `Refused` for any other wording."""
    if isinstance(command, Withdraw):
        return (ConsentWithdrawn(by.id, now),) if by.id in consents else ()
    if command.wording != WORDING[command.language]:
        raise Refused("The wording has changed. Please reload the page and read it once more.")
    if by.id in consents:
        return ()
    return (ConsentGiven(by.id, command.language, command.wording, now),)


def apply(consents: Consents, event: Event) -> Consents:
    """Who agrees after `event`."""
    match event:
        case ConsentGiven(person=person, language=language, wording=wording, at=at):
            return {**consents, person: Consent(language, wording, at)}
        case ConsentWithdrawn(person=person):
            return {key: consent for key, consent in consents.items() if key != person}
        case _:
            return consents
