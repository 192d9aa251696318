"""What a browser does with what it hears, once more in Python, to test against fresh snapshots.

Works on JSON values, as the reducers in web/static/js/state do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

KEPT = 200  # chat lines and notes, as rooms/chat.py and rooms/foyer.py keep
PROMPTS_KEPT = 50  # with each person, as rooms/floor.py keeps
WORDS = ("bravo", "aha", "thanks")


def fold(shown: Json, message: Json, me: str) -> Json:
    """What `me` is shown after hearing this event or seeing this view."""
    reducers = FOYER if shown["type"] == "foyer" else PITCH
    reducer = reducers.get(message["type"])
    return {**shown, **reducer(shown, message, me)} if reducer else shown


Reducer = Callable[[Json, Json, str], Json]
Floor = Callable[[Json, Json], Json]


def _on_floor(change: Floor) -> Reducer:
    return lambda shown, event, me: {
        "floor": {**shown["floor"], **change(shown["floor"], event)},
    }


def _cued(shown: Json, event: Json, me: str) -> Json:
    floor, live = shown["floor"], event["live"]
    same = _item(live) == _item(floor["live"])
    after = {
        **floor,
        "live": live,
        "upcoming": event["upcoming"],
        "cuedAt": event["at"],
        "wrapUpAt": floor["wrapUpAt"] if same else None,
    }
    words = {"myWords": []} if live and not same else {}
    return {"floor": after, **words}


def _item(slot: Json | None) -> str | None:
    return slot["item"] if slot else None


def _seated(floor: Json, event: Json) -> Json:
    person, seat = event["person"], event["seat"]
    return {
        "seats": {**floor["seats"], seat: {"person": person, "since": event["at"]}},
        "greenRoom": _without(floor["greenRoom"], person),
        "hands": _without(floor["hands"], person),
        "invited": [other for other in floor["invited"] if other != person],
        "wrapUpAt": None if seat == "speaker" else floor["wrapUpAt"],
    }


def _vacated(floor: Json, event: Json) -> Json:
    seat = event["seat"]
    wrap_up_at = None if seat == "speaker" else floor["wrapUpAt"]
    return {"seats": _without(floor["seats"], seat), "wrapUpAt": wrap_up_at}


def _waiting(floor: Json, person: str, **changes: Any) -> Json:
    waiting = {**floor["greenRoom"][person], **changes}
    return {"greenRoom": {**floor["greenRoom"], person: waiting}}


def _entered(floor: Json, event: Json) -> Json:
    waiting = {"since": event["at"], "state": "absent", "agreed": False}
    return {"greenRoom": {**floor["greenRoom"], event["person"]: waiting}}


def _hand(floor: Json, event: Json) -> Json:
    rest = _without(floor["hands"], event["person"])
    return {"hands": {**rest, event["person"]: event["at"]} if event["up"] else rest}


def _prompted(floor: Json, event: Json) -> Json:
    prompts = [*floor["prompts"], event]
    theirs = [prompt for prompt in prompts if prompt["person"] == event["person"]]
    if len(theirs) > PROMPTS_KEPT:
        prompts.remove(theirs[0])
    return {"prompts": prompts}


def _lit(floor: Json, event: Json) -> Json:
    source = f"{event['person']}/{event['what']}"
    rest = _without(floor["lights"], source)
    return {"lights": rest if event["state"] == "gone" else {**rest, source: event["state"]}}


def _asked(shown: Json, event: Json, me: str) -> Json:
    by = event["by"]
    question = {
        **{key: event[key] for key in ("id", "text", "by", "item", "at")},
        "anonymous": by is None,
        "state": "open",
        "into": None,
        "votes": 1,
        "mine": by == me,
        "supported": by == me,
    }
    return {"questions": [*shown["questions"], question]}


def _signed(shown: Json, event: Json, me: str) -> Json:
    own = event["by"] == me
    return _question(shown, event["id"], by=event["by"], mine=own, supported=own)


def _moved(shown: Json, event: Json, me: str) -> Json:
    if event["state"] == "withdrawn":
        return {"questions": [each for each in shown["questions"] if each["id"] != event["id"]]}
    return _question(shown, event["id"], state=event["state"], votes=event["votes"])


def _merged(shown: Json, event: Json, me: str) -> Json:
    part, into = event["id"], event["into"]
    supported = any(each["supported"] for each in shown["questions"] if each["id"] in (part, into))
    shown = _question(shown, into, votes=event["votes"], supported=supported)
    return _question(shown, part, state="merged", into=into, votes=0, supported=False)


def _tallied(shown: Json, view: Json, me: str) -> Json:
    votes = view["votes"]
    return {
        "questions": [
            {**each, "votes": votes.get(each["id"], each["votes"])} for each in shown["questions"]
        ]
    }


def _question(shown: Json, changed: str, **changes: Any) -> Json:
    return {
        "questions": [
            {**each, **changes} if each["id"] == changed else each for each in shown["questions"]
        ]
    }


def _in_chat(change: Floor) -> Reducer:
    return lambda shown, event, me: {"chat": {**shown["chat"], **change(shown["chat"], event)}}


def _silenced(chat: Json, event: Json) -> Json:
    return {"silenced": sorted(_listing(chat["silenced"], event["person"], event["on"]))}


def _reacted(shown: Json, event: Json, me: str) -> Json:
    mine = _listing(shown["myWords"], event["word"], event["on"])
    return {"myWords": [word for word in WORDS if word in mine]}


def _aired(shown: Json, event: Json, me: str) -> Json:
    rest = _without(shown["sources"]["onAir"], event["place"])
    on_air = rest if event["name"] is None else {**rest, event["place"]: event["name"]}
    return {"sources": {**shown["sources"], "onAir": on_air}}


def _slides(shown: Json, event: Json, **changes: Any) -> Json:
    live, decks, item = shown["slides"]["live"], shown["slides"]["decks"], event["item"]
    if item in decks:
        decks = {**decks, item: {**decks[item], **changes}}
    return {"slides": {"live": live and {**live, **changes}, "decks": decks}}


def _laid(shown: Json, event: Json, me: str) -> Json:
    decks = {**shown["slides"]["decks"], event["item"]: event["deck"]}
    return {"slides": {**shown["slides"], "decks": decks}}


def _taken_away(shown: Json, event: Json, me: str) -> Json:
    decks = _without(shown["slides"]["decks"], event["item"])
    return {"slides": {**shown["slides"], "decks": decks}}


def _recording(shown: Json, **changes: Any) -> Json:
    return {"recording": {**shown["recording"], **changes}}


def _takes(shown: Json, names: list[str], **changes: Any) -> Json:
    takes = shown["recording"]["takes"]
    changed = {name: {**takes[name], **changes} for name in names if name in takes}
    return _recording(shown, takes={**takes, **changed})


def _take_began(shown: Json, event: Json, me: str) -> Json:
    take = event["take"]
    return _recording(shown, takes={**shown["recording"]["takes"], take["id"]: take})


def _takes_deleted(shown: Json, event: Json, me: str) -> Json:
    takes = shown["recording"]["takes"]
    return _recording(
        shown, takes={name: take for name, take in takes.items() if name not in event["takes"]}
    )


def _consented(shown: Json, event: Json, me: str) -> Json:
    consent = {key: event[key] for key in ("language", "wording", "at")}
    return {"consents": {**shown["consents"], event["person"]: consent}}


def _sat_down(shown: Json, event: Json, me: str) -> Json:
    person = {**shown["people"][event["person"]], "place": event["place"]}
    return {"people": {**shown["people"], event["person"]: person}}


def _listing(entries: list[str], entry: str, on: bool) -> list[str]:
    others = [other for other in entries if other != entry]
    return [*others, entry] if on else others


def _without(entries: Json, gone: str) -> Json:
    return {key: value for key, value in entries.items() if key != gone}


def _insured(change: Floor) -> Reducer:
    return lambda shown, event, me: {
        "insurance": {**shown["insurance"], **change(shown["insurance"], event)}
    }


def _lasting(insurance: Json, **changes: Any) -> Json:
    return {"outage": insurance["outage"] and {**insurance["outage"], **changes}}


def _missed(insurance: Json, event: Json) -> Json:
    outage = {"person": event["person"], "since": event["at"], "seated": event["seated"]}
    return {"outage": {**outage, "offered": False, "asks": False, "keptAt": None}}


PITCH: dict[str, Reducer] = {
    "floor.cued": _cued,
    "floor.entered": _on_floor(_entered),
    "floor.went-out": _on_floor(lambda f, e: {"greenRoom": _without(f["greenRoom"], e["person"])}),
    "floor.said-ready": _on_floor(lambda f, e: _waiting(f, e["person"], state=e["state"])),
    "floor.agreed": _on_floor(lambda f, e: _waiting(f, e["person"], agreed=e["on"])),
    "floor.seated": _on_floor(_seated),
    "floor.vacated": _on_floor(_vacated),
    "floor.shared": _on_floor(lambda f, e: {"screen": e["person"]}),
    "floor.hand-raised": _on_floor(_hand),
    "floor.invited": _on_floor(
        lambda f, e: {"invited": _listing(f["invited"], e["person"], e["on"])}
    ),
    "floor.asked-to-wrap-up": _on_floor(lambda f, e: {"wrapUpAt": e["at"]}),
    "floor.prompted": _on_floor(_prompted),
    "floor.source-lit": _on_floor(_lit),
    "question.asked": _asked,
    "question.signed": _signed,
    "question.supported": lambda s, e, me: _question(s, e["id"], supported=e["on"]),
    "question.moved": _moved,
    "question.merged": _merged,
    "questions.tallied": _tallied,
    "chat.said": _in_chat(lambda c, e: {"lines": [*c["lines"], e][-KEPT:]}),
    "chat.deleted": _in_chat(
        lambda c, e: {"lines": [line for line in c["lines"] if line["id"] != e["id"]]}
    ),
    "chat.silenced": _in_chat(_silenced),
    "reaction.sent": _reacted,
    "reactions.shown": lambda s, view, me: {"reactions": view},
    "presence.shown": lambda s, view, me: {"presence": view},
    "sources.shown": lambda s, view, me: {"sources": view},
    "source.aired": _aired,
    "slides.shown": lambda s, view, me: {"slides": {**s["slides"], "live": view["live"]}},
    "recording.started": lambda s, e, me: _recording(
        s, span=e["span"], item=e["item"], stopped=None
    ),
    "recording.stopped": lambda s, e, me: _recording(s, span=None, item=None, stopped=e["why"]),
    "recording.allowed": lambda s, e, me: _recording(s, allowed=e["people"]),
    "recording.take-began": _take_began,
    "recording.take-rolled": lambda s, e, me: _takes(
        s, [e["take"]], firstAt=e["at"], suffix=e["suffix"]
    ),
    "recording.take-ended": lambda s, e, me: _takes(s, [e["take"]], endedAt=e["at"]),
    "recording.released": lambda s, e, me: _takes(s, e["takes"], releasedAt=e["at"]),
    "recording.deleted": _takes_deleted,
    "recording.space-noted": lambda s, e, me: _recording(s, space=e["space"]),
    "insurance.clip-laid": _insured(lambda i, e: {"clips": {**i["clips"], e["item"]: e["clip"]}}),
    "insurance.clip-taken-away": _insured(lambda i, e: {"clips": _without(i["clips"], e["item"])}),
    "insurance.began": _insured(lambda i, e: {"playing": e["playing"]}),
    "insurance.ended": _insured(lambda i, e: {"playing": None}),
    "insurance.went-without": _insured(lambda i, e: {"without": e["person"]}),
    "insurance.asked-for-phone": _insured(lambda i, e: {"asked": e["person"] if e["on"] else None}),
    "insurance.used-phone": _insured(
        lambda i, e: {"phones": _listing(i["phones"], e["person"], e["on"])}
    ),
    "insurance.ruled": _insured(lambda i, e: {"stopsClock": e["on"]}),
    "insurance.held": _insured(lambda i, e: {"held": e["item"]}),
    "insurance.sighted": _insured(
        lambda i, e: {"blind": _listing(i["blind"], e["person"], e["blind"])}
    ),
    "insurance.missed": _insured(_missed),
    "insurance.offered": _insured(lambda i, e: _lasting(i, offered=True)),
    "insurance.asked": _insured(lambda i, e: _lasting(i, asks=True)),
    "insurance.kept": _insured(lambda i, e: _lasting(i, asks=False, keptAt=e["at"])),
    "insurance.returned": _insured(lambda i, e: {"outage": None}),
    "slides.laid": _laid,
    "slides.taken-away": _taken_away,
    "slides.turned": lambda s, e, me: _slides(s, e, page=e["page"]),
    "slides.hidden": lambda s, e, me: _slides(s, e, hidden=e["on"]),
}

FOYER: dict[str, Reducer] = {
    "people.sat-down": _sat_down,
    "people.came-in": lambda s, e, me: {
        "people": {**s["people"], e["person"]["id"]: e["person"]},
    },
    "people.seen-off": lambda s, e, me: {"people": _without(s["people"], e["person"])},
    "check.reported": lambda s, e, me: {"checks": {**s["checks"], e["person"]: e["check"]}},
    "consent.given": _consented,
    "consent.withdrawn": lambda s, e, me: {"consents": _without(s["consents"], e["person"])},
    "team.said": lambda s, e, me: {"team": [*s["team"], e][-KEPT:]},
    "agenda.shown": lambda s, view, me: {"agenda": view},
    "people.shown": lambda s, view, me: {"people": view["people"]},
    "presence.shown": lambda s, view, me: {"presence": view},
}
