"""CV cards: nothing is seen without a grant, nor ever after it was withdrawn or ran out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms import cvs, fair, pins, rights
from rooms.cvs import AskToSee, GrantAccess, Hang, Look, Sight, TakeDown, Withdraw
from rooms.fair import Admit, Fair
from rooms.grants import What
from rooms.jobs import Offer, PinJob, TakeJobDown
from rooms.people import HOUSE, Person
from rooms.pins import AnswerPin, PutPin, WithdrawPin
from schedule.items import Booth, Package
from schedule.machine import Command, Event, Refused
from tests.rooms.talks import ELIF, MIA, NELE, NOON, RUTH, TIM

DAY = 86_400.0
ENDS = NOON + 3600
LATEST = ENDS + 7 * DAY
CARD = "k00000001"
GOLD = Package("gold", "Gold")
RUTHS, TIMS = Booth("b1", RUTH.organisation, 1, GOLD), Booth("b2", TIM.organisation, 2, GOLD)
PEOPLE = (ELIF, NELE, RUTH, TIM, MIA)


class Board:
    """A fair with two booths and two offers, and everything that happened there."""

    def __init__(self) -> None:
        self.now = NOON
        self.room: Fair = fair.opening()
        self.happened: list[Event] = []
        self.admit(*PEOPLE)
        for booth, rep in ((RUTHS, RUTH), (TIMS, TIM)):
            self.do(
                rep, PinJob(booth.id, Offer(f"Arbeit bei {rep.name}", "thesis", NOON + 30 * DAY))
            )

    def admit(self, *people: Person) -> None:
        span = (NOON - 3600, ENDS)
        self.do(HOUSE, Admit({each.id: each for each in people}, (RUTHS, TIMS), (), span))

    def hang(self, person: Person = ELIF, card: str = CARD, *, pdf: bool = True) -> None:
        self.do(HOUSE, Hang(person.id, card, pdf))

    def do(self, by: Person, command: Command) -> tuple[Event, ...]:
        rights.may(self.room, command, by)
        events = fair.decide(self.room, command, by, self.now)
        self._take(events)
        self.wait(0)
        return events

    def wait(self, seconds: float) -> None:
        until = self.now + seconds
        while (at := fair.due(self.room)) is not None and at <= until:
            self.now = max(self.now, at)
            events = fair.tick(self.room, self.now)
            if not events:
                break
            self._take(events)
        self.now = until

    def sees(self, reader: Person, owner: Person = ELIF) -> tuple[What, ...]:
        return cvs.may_open(self.room, reader, owner.id, self.now)

    def shown(self, reader: Person) -> cvs.CvsShown:
        return cvs.show(self.room, reader, self.now)

    def applications(self, reader: Person) -> list[tuple[str, str]]:
        inbox = pins.show(self.room, reader, self.now).inbox
        return [(pin.person, pin.state) for pin in inbox.values()]

    def _take(self, events: Sequence[Event]) -> None:
        for event in events:
            self.room = fair.apply(self.room, event)
            self.happened.append(event)


@pytest.fixture
def board() -> Board:
    made = Board()
    made.hang()
    return made


def test_a_card_that_hangs_shows_companies_nothing_by_itself(board: Board) -> None:
    assert board.shown(TIM).hanging == {CARD: 1}
    assert board.sees(RUTH) == ()
    assert "elif" not in msgspec.json.encode(board.shown(RUTH)).decode()


def test_a_grant_is_for_one_company_and_for_what_it_names(board: Board) -> None:
    board.do(ELIF, GrantAccess("b1", ENDS, ("contact",)))

    assert board.sees(RUTH) == ("card", "contact")
    assert board.sees(TIM) == ()
    assert board.sees(NELE) == ()
    assert board.sees(MIA) == ()
    found = cvs.seen(board.room, RUTH, "elif", "contact", board.now)
    assert found is not None
    assert (found.to, found.why, found.until) == ("b1", "switch", ENDS)
    assert cvs.seen(board.room, RUTH, "elif", "pdf", board.now) is None


def test_a_grant_said_again_replaces_the_one_before(board: Board) -> None:
    board.do(ELIF, GrantAccess("b1", ENDS, ("contact", "pdf")))
    board.do(ELIF, GrantAccess("b1", ENDS))

    assert board.sees(RUTH) == ("card",)
    lines = board.room.cvs.ledger["elif"]
    assert [(line.id, line.withdrawn_at) for line in lines] == [("g1", NOON), ("g2", None)]


def test_what_is_withdrawn_is_gone_and_the_ledger_remembers(board: Board) -> None:
    board.do(ELIF, GrantAccess("b1", ENDS, ("pdf",)))
    board.wait(60)
    withdrawn = board.do(ELIF, Withdraw("b1"))

    assert board.sees(RUTH) == ()
    assert board.shown(RUTH).grants == ()
    assert rights.reaches(withdrawn[0]) == frozenset({"elif", "ruth"})
    (line,) = board.room.cvs.ledger["elif"]
    assert (line.at, line.withdrawn_at) == (NOON, NOON + 60)


def test_all_sponsors_see_it_but_the_one_that_is_set_apart(board: Board) -> None:
    board.do(ELIF, GrantAccess("sponsors", ENDS))
    assert (board.sees(RUTH), board.sees(TIM)) == (("card",), ("card",))

    board.do(ELIF, Withdraw("b2"))
    assert (board.sees(RUTH), board.sees(TIM)) == (("card",), ())

    board.do(ELIF, GrantAccess("sponsors", ENDS))
    assert board.sees(TIM) == ()
    board.do(ELIF, GrantAccess("b2", ENDS))
    board.do(ELIF, Withdraw("sponsors"))
    assert (board.sees(RUTH), board.sees(TIM)) == ((), ("card",))


def test_everything_ends_by_itself(board: Board) -> None:
    board.do(ELIF, GrantAccess("b1", NOON + 600))
    board.wait(599)
    assert board.sees(RUTH) == ("card",)
    board.wait(1)
    assert board.sees(RUTH) == ()
    assert cvs.Expired("elif", CARD, ("g1",), ("elif", "ruth")) in board.happened

    board.do(ELIF, GrantAccess("b1", LATEST))
    board.wait(LATEST - board.now)
    assert board.sees(RUTH) == ()
    assert board.shown(TIM).hanging == {}


@pytest.mark.parametrize("until", [NOON, LATEST + 1])
def test_a_grant_ends_within_the_time_that_sign_ins_hold(board: Board, until: float) -> None:
    with pytest.raises(Refused, match="choose"):
        board.do(ELIF, GrantAccess("b1", until))


def test_a_card_taken_down_takes_all_grants_and_pins_along(board: Board) -> None:
    board.do(ELIF, GrantAccess("sponsors", ENDS, ("contact",)))
    board.do(ELIF, PutPin("j1", ENDS))
    board.do(ELIF, TakeDown())

    assert board.sees(RUTH) == ()
    assert board.applications(RUTH) == [("", "withdrawn")]
    assert board.room.pins.counts == {"j1": 0}
    assert cvs.once_hung(board.room, CARD)
    board.hang(card="k00000002")
    assert board.sees(RUTH) == ()


def test_whoever_leaves_the_gathering_leaves_no_card(board: Board) -> None:
    board.do(ELIF, GrantAccess("b1", ENDS))
    board.admit(NELE, RUTH, TIM, MIA)

    assert board.sees(RUTH) == ()
    assert board.shown(TIM).hanging == {}


def test_every_look_of_a_company_is_told_to_the_owner_alone(board: Board) -> None:
    board.do(ELIF, GrantAccess("b1", ENDS))
    (looked,) = board.do(HOUSE, Look(CARD, "ruth", "card"))
    assert board.do(HOUSE, Look(CARD, "ruth", "card")) == ()
    board.wait(60)
    board.do(HOUSE, Look(CARD, "tim", "face"))

    assert rights.reaches(looked) == frozenset({"elif"})
    assert board.shown(ELIF).looks == (
        Sight("ruth", "b1", "card", NOON),
        Sight("tim", "b2", "face", NOON + 60),
    )
    assert board.shown(RUTH).looks == ()
    for look in (Look(CARD, "tim", "card"), Look(CARD, "ruth", "pdf"), Look(CARD, "nele", "face")):
        with pytest.raises(Refused, match="not shown to you"):
            board.do(HOUSE, look)


def test_a_company_asks_once_and_no_is_no(board: Board) -> None:
    board.do(RUTH, AskToSee(CARD))
    assert board.do(RUTH, AskToSee(CARD)) == ()
    assert board.shown(ELIF).asks == {"b1": NOON}
    assert board.shown(RUTH).asked == (CARD,)

    board.do(ELIF, Withdraw("b1"))
    assert board.shown(ELIF).asks == {}
    with pytest.raises(Refused, match="said no"):
        board.do(RUTH, AskToSee(CARD))


def test_a_pin_shows_the_card_and_the_company_answers(board: Board) -> None:
    board.do(ELIF, PutPin("j1", ENDS, ("pdf",)))
    assert board.do(ELIF, PutPin("j1", ENDS)) == ()

    assert board.sees(RUTH) == ("card", "pdf")
    assert board.applications(RUTH) == [("elif", "new")]
    assert board.applications(TIM) == []
    assert pins.show(board.room, NELE, NOON).counts == {"j1": 1}
    board.do(RUTH, AnswerPin("n1", "invited"))
    (mine,) = pins.show(board.room, ELIF, NOON).mine.values()
    assert (mine.state, mine.answered_by) == ("invited", "ruth")
    with pytest.raises(Refused, match="stand at a booth"):
        board.do(TIM, AnswerPin("n1", "declined"))


def test_a_pin_taken_off_leaves_the_company_without_a_name(board: Board) -> None:
    board.do(ELIF, GrantAccess("b1", ENDS))
    board.do(ELIF, PutPin("j1", ENDS, ("contact",)))
    board.do(ELIF, WithdrawPin("j1"))

    assert board.sees(RUTH) == ("card",)
    assert board.applications(RUTH) == [("", "withdrawn")]
    with pytest.raises(Refused, match="nothing left to do"):
        board.do(RUTH, AnswerPin("n1", "invited"))


def test_a_pin_ends_with_its_grant_and_with_its_offer(board: Board) -> None:
    board.do(ELIF, PutPin("j1", ENDS))
    board.do(ELIF, PutPin("j2", NOON + 600))
    board.do(RUTH, TakeJobDown("j1"))
    assert (board.sees(RUTH), board.applications(RUTH)) == ((), [("", "withdrawn")])

    board.wait(600)
    assert (board.sees(TIM), board.applications(TIM)) == ((), [("", "withdrawn")])
    assert set(board.room.pins.counts.values()) == {0}


def test_withdrawing_from_a_company_takes_pins_off_as_well(board: Board) -> None:
    board.do(ELIF, PutPin("j1", ENDS))
    board.do(ELIF, Withdraw("b1"))

    assert (board.sees(RUTH), board.applications(RUTH)) == ((), [("", "withdrawn")])


def test_without_a_card_nothing_is_granted_or_pinned() -> None:
    bare = Board()
    for command in (GrantAccess("b1", ENDS), PutPin("j1", ENDS)):
        with pytest.raises(Refused, match="write your CV card first"):
            bare.do(ELIF, command)
    with pytest.raises(Refused, match="for talents"):
        bare.do(HOUSE, Hang("ruth", CARD, pdf=False))


# The ledger against a list kept by hand

KINDS: list[tuple[What, ...]] = [(), ("contact",), ("pdf",), ("contact", "pdf")]
DEEDS = st.one_of(
    st.tuples(
        st.just("grant"),
        st.sampled_from(["b1", "b2", "sponsors"]),
        st.sampled_from(KINDS),
        st.integers(1, 40),
    ),
    st.tuples(st.just("withdraw"), st.sampled_from(["b1", "b2", "sponsors"])),
    st.tuples(
        st.just("pin"), st.sampled_from(["j1", "j2"]), st.sampled_from(KINDS), st.integers(1, 40)
    ),
    st.tuples(st.just("unpin"), st.sampled_from(["j1", "j2"])),
    st.tuples(st.just("wait"), st.integers(1, 25)),
    st.tuples(st.just("down")),
)  # fmt: skip
BOOTH_OF = {"j1": "b1", "j2": "b2"}


class Notebook:
    """What is granted, written down by somebody who trusts nobody."""

    def __init__(self) -> None:
        self.granted: dict[tuple[str, str], tuple[frozenset[str], float]] = {}
        self.apart: set[str] = set()

    def note(self, deed: tuple[object, ...], now: float) -> None:
        match deed:
            case ("grant", str(to), tuple(what), int(minutes)):
                self._grant(to, "switch", what, now + minutes * 60)
            case ("withdraw", str(to)):
                self.granted = {key: held for key, held in self.granted.items() if key[0] != to}
                self.apart |= {to} - {"sponsors"}
            case ("pin", str(job), tuple(what), int(minutes)):
                key = (BOOTH_OF[job], f"pin {job}")
                if key not in self.granted or self.granted[key][1] <= now:
                    self._grant(*key, what, now + minutes * 60)
            case ("unpin", str(job)):
                self.granted.pop((BOOTH_OF[job], f"pin {job}"), None)
            case ("down",):
                self.granted.clear()

    def _grant(self, to: str, why: str, what: Sequence[str], until: float) -> None:
        self.granted[to, why] = (frozenset(("card", *what)), until)
        self.apart.discard(to)

    def sees(self, booth: str, now: float) -> set[str]:
        places = {booth} if booth in self.apart else {booth, "sponsors"}
        held = [
            what for (to, _), (what, until) in self.granted.items() if to in places and now < until
        ]
        return {kind for what in held for kind in what}


@given(st.lists(DEEDS, max_size=14))
def test_nobody_ever_sees_what_is_not_granted_now(deeds: list[tuple[object, ...]]) -> None:
    board, notebook = Board(), Notebook()
    board.hang()
    for number, deed in enumerate(deeds):
        match deed:
            case ("wait", int(minutes)):
                board.wait(minutes * 60)
            case ("down",):
                board.do(ELIF, TakeDown())
                board.hang(card=f"k{number:08}ff")
            case _:
                board.do(ELIF, _command(deed, board.now))
        notebook.note(deed, board.now)
        for booth, rep in (("b1", RUTH), ("b2", TIM)):
            expected = notebook.sees(booth, board.now)
            assert set(board.sees(rep)) == expected
            shown = board.shown(rep).grants
            assert {kind for line in shown for kind in line.what} == expected
            named = [person for person, _ in board.applications(rep) if person]
            assert not named or expected
            if not expected:
                assert (
                    "elif"
                    not in msgspec.json.encode(fair.show(board.room, rep, board.now).cvs).decode()
                )
    _replays(board)


def _command(deed: tuple[object, ...], now: float) -> Command:
    match deed:
        case ("grant", str(to), tuple(what), int(minutes)):
            return GrantAccess(to, now + minutes * 60, what)
        case ("withdraw", str(to)):
            return Withdraw(to)
        case ("pin", str(job), tuple(what), int(minutes)):
            return PutPin(job, now + minutes * 60, what)
        case ("unpin", str(job)):
            return WithdrawPin(job)
    raise AssertionError(deed)


def _replays(board: Board) -> None:
    """The log alone leads to the same room, and holds each grant for good."""
    again = fair.opening()
    for event in board.happened:
        again = fair.apply(again, event)
    assert again == board.room
    granted = [event.grant.id for event in board.happened if isinstance(event, cvs.Granted)]
    assert granted == [line.id for line in board.room.cvs.ledger.get("elif", ())]
