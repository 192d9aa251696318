"""Every command of the fair by every role, at the fair and elsewhere, and by another company.

What a command may hold is read from its type, so a new one needs a line in the table and no more.
"""

from __future__ import annotations

from typing import Any

import pytest

from rooms import cvs, fair, foyer, gallery, letters, lounge, pins, pitch, rights, stands, visits
from rooms.fair import Admit, Fair
from rooms.grants import CardId
from rooms.jobs import Offer, PinJob
from rooms.people import HOUSE, Person, Role
from rooms.rights import Audience
from schedule.items import Booth, Exhibit, Package
from schedule.machine import Command, Refused
from tests.rooms import test_rights, test_rights_lounge
from tests.rooms.scenes import evening
from tests.rooms.talks import ELIF, JONAS, MIA, NOON, RUTH, TIM
from tests.rooms.test_rights_lounge import example, may_do, somebody, tag

ALL = "organiser moderator talent rep own juror guest"
DESK = "organiser moderator"
OWN = "own"
"A representative of the very booth; `rep` is one of another."

WHO_MAY: dict[str, str] = {
    "fair.admit": "house",
    "stand.describe": f"{OWN} {DESK}",
    "stand.name-owner": f"{OWN} {DESK}",
    "stand.add-link": f"{OWN} {DESK}",
    "stand.remove-link": f"{OWN} {DESK}",
    "stand.show-pitch": f"{OWN} {DESK}",
    "stand.hang-logo": "house",
    "stand.lay-download": "house",
    "stand.take-download": "house",
    "stand.invite": "house",
    "stand.dismiss": "house",
    "job.pin": OWN,
    "job.edit": OWN,
    "job.take-down": f"{OWN} {DESK}",
    "job.bookmark": ALL,
    "letter.post": "house",
    "letter.answer": "house",
    "letter.recall": "house",
    "letter.read": f"rep {OWN}",
    "letter.hand": f"rep {OWN}",
    "letter.close": f"rep {OWN}",
    "visit.share": f"{ALL} {OWN}",
    "visit.take-back": f"{ALL} {OWN}",
    "visit.take-all-back": f"{ALL} {OWN}",
    "visit.count": "house",
    "gallery.describe": f"{ALL} {OWN}",
    "gallery.caption": f"{ALL} {OWN}",
    "gallery.hang": "house",
    "gallery.take-down": "house",
    "gallery.ask": f"{ALL} {OWN}",
    "gallery.answer": f"{ALL} {OWN}",
    "gallery.withdraw": f"{ALL} {OWN}",
    "gallery.hide": DESK,
    "gallery.react": f"{ALL} {OWN}",
    "ballot.open": DESK,
    "ballot.vote": f"{ALL} {OWN}",
    "ballot.close": DESK,
    "cv.hang": "house",
    "cv.take-down": "talent",
    "cv.grant": "talent",
    "cv.withdraw": "talent",
    "cv.look": "house",
    "cv.ask": f"rep {OWN}",
    "pin.put": "talent",
    "pin.withdraw": "talent",
    "pin.answer": f"rep {OWN}",
    "presence.report": "house",
}
"Written down a second time on purpose: whoever changes a right says so twice."

GOLD = Package("gold", "Gold")
EXAMPLES: list[Command] = [example(command) for command in fair.COMMANDS]
OTHERS = [
    each
    for each in (*test_rights.EXAMPLES, *test_rights_lounge.EXAMPLES)
    if type(each) not in fair.COMMANDS
]


def opened() -> Fair:
    """Ruth's booth is b1 with an offer on the board, Tim's is another one; Elif has a poster."""
    people = {each.id: each for each in (ELIF, JONAS, RUTH, TIM, MIA)}
    booths = (Booth("b1", RUTH.organisation, 1, GOLD), Booth("b2", TIM.organisation, 2, GOLD))
    exhibits = (Exhibit("w1", "Ein Labor auf Folie", authors=(ELIF.id,)),)
    admit = Admit(people, booths, exhibits, (NOON - 3600, NOON + 3600))
    pin = PinJob("b1", Offer("Werkstudium", "working-student", NOON + 86_400))
    room = fair.opening()
    for command, by in ((admit, HOUSE), (pin, RUTH)):
        for event in fair.decide(room, command, by, NOON - 3600):
            room = fair.apply(room, event)
    return room


def speakers() -> dict[str, Person]:
    """Somebody of each role; of representatives the booth's own and another company's."""
    return {role.value: somebody(role) for role in Role} | {"rep": TIM, "own": RUTH}


def test_every_command_has_its_line() -> None:
    assert WHO_MAY.keys() == {tag(command) for command in fair.COMMANDS}
    rights.check_tables(fair.COMMANDS, fair.EVENTS, fair.VIEWS)


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda each: tag(type(each)))
def test_who_may_say_it_at_the_fair(command: Command) -> None:
    room = opened()
    may = {name for name, person in speakers().items() if may_do(room, command, person)}

    assert may == set(WHO_MAY[tag(type(command))].split())


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda each: tag(type(each)))
def test_nobody_says_it_elsewhere(command: Command) -> None:
    rooms: list[tuple[Any, Any]] = [
        (foyer, foyer.opening(evening(), NOON)),
        (lounge, lounge.opening()),
        (pitch, pitch.opening("north")),
    ]
    elsewhere = [room for module, room in rooms if type(command) not in module.COMMANDS]
    for role in Role:
        for room in elsewhere:
            with pytest.raises(Refused, match="This cannot be done from this room"):
                rights.may(room, command, somebody(role))


@pytest.mark.parametrize("command", OTHERS, ids=lambda each: tag(type(each)))
def test_nothing_of_other_rooms_is_said_at_the_fair(command: Command) -> None:
    for role in Role:
        with pytest.raises(Refused, match="This cannot be done from this room"):
            rights.may(Fair(), command, somebody(role))


def lived_in() -> Fair:
    """Elif has hung her card, pinned it to the offer, written a letter and left her card."""
    room = opened()
    deeds = (
        (cvs.Hang(ELIF.id, example(CardId), pdf=True), HOUSE),
        (pins.PutPin("j1", NOON + 3600), ELIF),
        (cvs.GrantAccess("b1", NOON + 3600), ELIF),
        (letters.Post("b1", "b1", ELIF.id), HOUSE),
        (visits.Share("b1", NOON + 3600), ELIF),
        (stands.Describe("b1", ("Wir messen.",)), RUTH),
        (gallery.Ask("w1", "Wie lange hält das?"), ELIF),
    )
    for command, by in deeds:
        for event in fair.decide(room, command, by, NOON):
            room = fair.apply(room, event)
    return room


def of_others(room: Fair) -> dict[str, object]:
    """What is Elif's and what is Ruth's."""
    return {
        "stand": room.stands.stands["b1"],
        "offers": dict(room.jobs.jobs),
        "letter": room.letters.all["b1"],
        "card at the booth": room.visits.cards["b1"][ELIF.id],
        "pins": dict(room.pins.all),
        "card": cvs.of(room, ELIF.id),
        "seen by Ruth": cvs.seen(room, RUTH, ELIF.id, "card", NOON + 1),
        "seen by Tim": cvs.seen(room, TIM, ELIF.id, "card", NOON + 1),
        "question": next(iter(room.gallery.questions.values())),
    }


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda each: tag(type(each)))
@pytest.mark.parametrize("stranger", [TIM, JONAS], ids=["another company", "another talent"])
def test_strangers_change_nothing_of_what_is_others(command: Command, stranger: Person) -> None:
    room = lived_in()
    before = of_others(room)
    assert before["seen by Ruth"] is not None
    assert before["seen by Tim"] is None
    try:
        rights.may(room, command, stranger)
        for event in fair.decide(room, command, stranger, NOON + 1):
            room = fair.apply(room, event)
    except Refused:
        pass

    assert of_others(room) == before


def test_what_is_only_somebodys_is_heard_by_no_role() -> None:
    """Letters, cards, pins and who waits or talks where: persons hear it, roles do not."""
    private = ("letter.", "pin.hung", "pin.answered", "cv.granted", "visit.", "counter.")
    tickets = ("booth.ticket", "booth.called", "booth.missed", "booth.given", "booth.came")
    kinds = [
        kind
        for kind in (*fair.EVENTS, *lounge.EVENTS)
        if tag(kind).startswith((*private, *tickets))
    ]
    assert len(kinds) > 12
    for kind in kinds:
        entry = rights.HEARS[kind]
        assert not isinstance(entry, Audience) or entry == Audience(), kind
