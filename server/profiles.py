"""One's own profile over HTTP: what one seeks, offers, speaks, and whether one takes part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final, get_args

import msgspec
from msgspec import Struct
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import wishes
from rooms.people import Role
from rooms.wishes import LONGEST, LONGEST_ABOUT, MOST_TOPICS, Describe, Profile
from schedule.items import Job
from schedule.machine import Refused
from schedule.terms import LONGEST_TOPIC
from server.contacts import lounge_of
from server.directory import do_in_lounge, job_words
from server.visit import gathering_of, guarded, reader
from web import words

SUGGESTED: Final = 40  # topics of others that are offered to pick from


class Form(Struct, frozen=True):
    """All the profile's form needs."""

    profile: Profile
    takes_part: bool
    may_take_part: bool
    languages: tuple[str, ...]
    "Ticked."
    to_speak: dict[str, str]
    "To tick, with the names they give themselves."
    jobs: dict[str, str]
    sought: list[str]
    "By others, the most frequent first: what one might offer."
    offered: list[str]
    most: int = MOST_TOPICS
    longest: int = LONGEST
    longest_about: int = LONGEST_ABOUT


def form_of(request: Request) -> Form:
    """The reader's profile, ready to be filled in."""
    room, me = lounge_of(request), reader(request)
    known = room.people.get(me.id, me)
    others = [said for who, said in room.wishes.profiles.items() if who != me.id]
    profile = wishes.profile_of(room, me.id)
    codes = {code for person in room.people.values() for code in person.languages}
    spoken = profile.languages or known.languages
    codes |= {*spoken, *gathering_of(request).languages}
    sides = (Role.TALENT, Role.REP)
    return Form(
        profile=profile,
        takes_part=wishes.takes_part(room, me.id),
        may_take_part=room.rules.between == "all" or me.role in sides,
        languages=spoken,
        to_speak={code: words.name_of(code) for code in sorted(codes)},
        jobs=job_words(request),
        sought=_frequent(topic for each in others for topic in each.seeks),
        offered=_frequent(topic for each in others for topic in each.offers),
    )


def _frequent(topics: Iterable[str]) -> list[str]:
    found, spelled = Counter[str](), dict[str, str]()
    for topic in topics:
        found[topic.casefold()] += 1
        spelled.setdefault(topic.casefold(), topic)
    ranked = sorted(found, key=lambda key: (-found[key], key))
    return [spelled[key] for key in ranked[:SUGGESTED]]


async def describe(request: Request) -> Response:
    """Keep what the form says; raises `Refused` for what is too long."""
    form, before = await request.form(), form_of(request)
    profile = Profile(
        seeks=_topics(form, "seeks"),
        offers=_topics(form, "offers"),
        jobs=tuple(job for job in get_args(Job) if job in form.getlist("jobs")),
        degree=_text(form, "degree", LONGEST),
        about=_text(form, "about", LONGEST_ABOUT),
        languages=_languages(form, before),
        takes_part=bool(form.get("takes_part")) if before.may_take_part else None,
    )
    msgspec.convert(msgspec.to_builtins(profile), Profile)  # what a browser sends is held to this
    await do_in_lounge(request, Describe(profile))
    return RedirectResponse("/me?kept=profile#profile", HTTPStatus.SEE_OTHER)


def _topics(form: FormData, key: str) -> tuple[str, ...]:
    written = [" ".join(each.split()) for each in str(form.get(key, "")).split(",")]
    topics = tuple({each.casefold(): each for each in written if each}.values())
    if len(topics) > MOST_TOPICS:
        raise Refused(
            "These are too many topics. Please keep to the {most} most important.",
            most=MOST_TOPICS,
        )
    for topic in topics:
        if len(topic) > LONGEST_TOPIC:
            raise Refused(
                "“{topic}” is too long for a topic. Please use at most {most} characters.",
                topic=topic,
                most=LONGEST_TOPIC,
            )
    return topics


def _text(form: FormData, key: str, longest: int) -> str:
    text = " ".join(str(form.get(key, "")).split())
    if len(text) > longest:
        raise Refused("Please shorten this to {most} characters.", most=longest)
    return text


def _languages(form: FormData, before: Form) -> tuple[str, ...]:
    ticked = tuple(code for code in before.to_speak if code in form.getlist("languages"))
    if not ticked:
        raise Refused("Please choose at least one language you speak.")
    return ticked if set(ticked) != set(before.languages) else before.profile.languages


routes: Final[list[BaseRoute]] = [
    Route("/me/profile", guarded(describe), methods=["POST"]),
]
