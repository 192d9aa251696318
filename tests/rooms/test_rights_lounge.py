"""Every command of the lounge by every role, in the lounge and elsewhere, and on talks of others.

What a command may hold is read from its type, so a new one needs a line in the table and no more.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
import pytest
from msgspec import Meta

from rooms import foyer, lounge, pitch, rights
from rooms.breakout import Enter
from rooms.lounge import Lounge
from rooms.people import HOUSE, Person, Role
from rooms.rights import Audience
from schedule.machine import Command, Refused
from tests.rooms import test_rights
from tests.rooms.scenes import evening
from tests.rooms.talks import ELIF, NELE, NOON, RUTH, Evening

ALL = "organiser moderator talent rep juror guest"
DESK = "organiser moderator"

WHO_MAY: dict[str, str] = {
    "lounge.admit": "house",
    "lounge.cue": "house",
    # Nobody here is of a booth; see tests/rooms/test_booths.py for those who are.
    "booth.take-number": ALL,
    "booth.give-back": ALL,
    "booth.come": ALL,
    "booth.next": "",
    "booth.call": "",
    "booth.finish": "",
    "booth.leave": ALL,
    "booth.hand-over": "",
    "booth.take-over": "",
    "booth.join": ALL,
    "booth.let-in": "",
    "booth.make-private": "",
    "counter.say": ALL,
    "counter.stay": ALL,
    "booth.be-there": "",
    "booth.pause": "",
    "booth.show": "",
    "booth.watch": ALL,
    "booth.wave": ALL,
    "booth.say": ALL,
    "booth.unsay": ALL,
    "booth.tell-me": ALL,
    "booth.willing": ALL,
    "tour.plan": DESK,
    "tour.go": DESK,
    "tour.follow": ALL,
    "post.bring": "house",
    "presence.report": "house",
    "safety.block": ALL,
    "safety.report": ALL,
    "safety.settle": DESK,
    "contacts.offer": ALL,
    "contacts.withdraw": ALL,
    "contacts.withdraw-all": ALL,
    "wishes.describe": ALL,
    "wishes.write": "house",
    "wishes.wish": ALL,
    "wishes.refuse": ALL,
    "pairing.ask": DESK,
    "pairing.draft": "house",
    "pairing.fail": "house",
    "pairing.publish": DESK,
    "pairing.discard": DESK,
    "pairing.hold": DESK,
    "pairing.mend": "house",
    "pairing.undo": DESK,
    "breakout.enter": ALL,
    "breakout.leave": ALL,
    "breakout.extend": ALL,
    "breakout.agree-direct": ALL,
    "breakout.signal": ALL,
    "breakout.say": ALL,
    "booking.ask": ALL,
    "booking.accept": ALL,
    "booking.decline": ALL,
    "booking.propose": ALL,
    "booking.move": ALL,
    "booking.cancel": ALL,
    "booking.hand-on": ALL,
    "tables.open": ALL,
    "tables.sit": ALL,
    "tables.get-up": ALL,
    "tables.lock": ALL,
    "tables.knock": ALL,
    "tables.answer": ALL,
    "tables.share": ALL,
    "tables.say": ALL,
    "tables.stay": ALL,
    "tables.close": ALL,
    "tables.open-all": DESK,
}

IDS = (
    "b1",
    "m1",
    "t1",
    "ruth",
    "table-t1",
    "page-1",
    "c1",
    "j1",
    "w1",
    "2026",
    "a@b.example",
    "n1",
    "k1234567",
    "/booths/b1",
    "0123456789abcdef",
)
"Of what is in the lounge of these tests; the first that fits a pattern is taken."


def tag(command: type[Command]) -> str:
    return str(command.__struct_config__.tag)


def example(kind: Any, *metas: Meta) -> Any:
    """Something of this type, as short as may be."""
    if get_origin(kind) is Annotated:
        inner, *more = get_args(kind)
        return example(inner, *more, *metas)
    if kind is str:
        return next(word for word in IDS if all(fits(word, meta) for meta in metas))
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if get_origin(kind) is tuple:
        return (example(get_args(kind)[0]),) * max([meta.min_length or 0 for meta in metas] or [0])
    if get_origin(kind) is dict:
        return {}
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        needed = [field for field in msgspec.structs.fields(kind) if field.required]
        return kind(**{field.name: example(field.type) for field in needed})
    return {bool: True, int: 1, float: NOON}[kind]


def fits(word: str, meta: Meta) -> bool:
    return len(word) >= (meta.min_length or 0) and bool(re.search(meta.pattern or "", word))


EXAMPLES: list[Command] = [example(command) for command in lounge.COMMANDS]
OTHERS = [each for each in test_rights.EXAMPLES if type(each) not in lounge.COMMANDS]


def somebody(role: Role) -> Person:
    return HOUSE if role is Role.HOUSE else Person(f"some-{role}", f"Some {role}", role)


def may_do(room: Any, command: Command, person: Person) -> bool:
    try:
        rights.may(room, command, person)
    except Refused:
        return False
    return True


def two_in_talk() -> Evening:
    """Elif and Ruth talk; Nele sits at home."""
    shown = Evening(("elif", "ruth"))
    shown.begin()
    shown.do(Enter("b1"), ELIF)
    shown.do(Enter("b1"), RUTH)
    return shown


def test_every_command_has_its_line() -> None:
    assert WHO_MAY.keys() == {tag(command) for command in lounge.COMMANDS}
    rights.check_tables(lounge.COMMANDS, lounge.EVENTS, lounge.VIEWS)


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda each: tag(type(each)))
def test_who_may_say_it_in_the_lounge(command: Command) -> None:
    room = two_in_talk().room
    may = {role.value for role in Role if may_do(room, command, somebody(role))}

    assert may == set(WHO_MAY[tag(type(command))].split())


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda each: tag(type(each)))
def test_nobody_says_it_elsewhere(command: Command) -> None:
    rooms = [(foyer, foyer.opening(evening(), NOON)), (pitch, pitch.opening("north"))]
    elsewhere = [room for module, room in rooms if type(command) not in module.COMMANDS]
    for role in Role:
        for room in elsewhere:
            with pytest.raises(Refused, match="This cannot be done from this room"):
                rights.may(room, command, somebody(role))


@pytest.mark.parametrize("command", OTHERS, ids=lambda each: tag(type(each)))
def test_nothing_of_other_rooms_is_said_in_the_lounge(command: Command) -> None:
    for role in Role:
        with pytest.raises(Refused, match="This cannot be done from this room"):
            rights.may(Lounge(), command, somebody(role))


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda each: tag(type(each)))
def test_a_third_person_changes_nothing_about_a_talk(command: Command) -> None:
    shown = two_in_talk()
    before = shown.room.breakouts
    try:
        events = shown.do(command, NELE)
    except Refused:
        events = ()

    assert shown.room.breakouts == before
    assert not [event for event in events if tag_of(event).startswith("breakout.")]


def tag_of(event: Any) -> str:
    return str(type(event).__struct_config__.tag)


def test_what_is_only_one_persons_is_heard_by_no_role() -> None:
    """What passes between two, and what somebody wishes or refuses, no role hears as such."""
    private = ("breakout.", "contacts.", "acquaintance.", "safety.", "wishes.w", "wishes.r")
    for kind in lounge.EVENTS:
        if str(kind.__struct_config__.tag).startswith(private):
            entry = rights.HEARS[kind]
            assert not isinstance(entry, Audience) or entry == Audience(), kind
