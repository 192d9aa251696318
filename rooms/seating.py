"""How people get on and off a stage: what follows from each command on the floor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rooms.floor import (
    Agreed,
    AskedToWrapUp,
    ClearSeat,
    Cue,
    Cued,
    Decline,
    Enter,
    Entered,
    Floor,
    GoOut,
    HandRaised,
    Invite,
    Invited,
    LeaveSeat,
    Prompt,
    Prompted,
    RaiseHand,
    SaidReady,
    SayReady,
    Seat,
    Seated,
    Share,
    Shared,
    SourceLight,
    SourceLit,
    TakeSeat,
    Vacated,
    WentOut,
    WrapUp,
    apply,
    backstage,
    colleague_speaks,
    item_of,
    on_now,
    on_soon,
    seat_of,
    sitter,
    source,
)
from rooms.people import Person, PersonId
from schedule.machine import Command, Event, Refused


def decide(floor: Floor, command: Command, by: Person, now: float) -> tuple[Event, ...]:
    """What follows; nothing if it is so already. Raises `Refused` if a seat is not free."""
    return _DECIDES[type(command)](floor, command, by, now)


def _cue(floor: Floor, cue: Cue, by: Person, now: float) -> tuple[Event, ...]:
    if (cue.live, cue.upcoming) == (floor.live, floor.upcoming):
        return ()
    cued = Cued(cue.live, cue.upcoming, now)
    events: list[Event] = [cued]
    events += _off_stage(floor, cue)
    after = _folded(floor, events)
    events += _lapsed(after)
    after = _folded(floor, events)
    return (*events, *_on_stage(after, now))


def _off_stage(floor: Floor, cue: Cue) -> list[Event]:
    # Between two items the speaker may stay and hear the applause.
    if cue.live is None or item_of(cue.live) == item_of(floor.live):
        return []
    events: list[Event] = []
    for seat in ("speaker", "guest"):
        sitting = sitter(floor, seat)
        invited_to_ask = seat == "guest" and cue.live.kind == "questions"
        if sitting is not None and sitting not in cue.live.people and not invited_to_ask:
            events += _vacate(floor, sitting)
    return events


def _lapsed(floor: Floor) -> list[Event]:
    # Somebody agreed to a moment that is not in sight any more; they will be asked anew.
    return [
        Agreed(person, on=False)
        for person, waiting in floor.green_room.items()
        if waiting.agreed and not on_now(floor, person) and not on_soon(floor, person)
    ]


def _on_stage(floor: Floor, now: float) -> list[Event]:
    events: list[Event] = []
    for person in floor.live.people if floor.live else ():
        waiting = floor.green_room.get(person)
        seat = _free_for(floor, person)
        if waiting and waiting.agreed and seat:
            steps = [*_vacate(floor, person), Seated(seat, person, now)]
            floor = _folded(floor, steps)
            events += steps
    return events


def _free_for(floor: Floor, person: PersonId) -> Seat | None:
    if sitter(floor, "speaker") is None:
        return "speaker"
    if sitter(floor, "guest") is None and colleague_speaks(floor, person):
        return "guest"
    return None


def _enter(floor: Floor, enter: Enter, by: Person, now: float) -> tuple[Event, ...]:
    on_stage = seat_of(floor, by.id) is not None and not on_soon(floor, by.id)
    return () if on_stage or by.id in floor.green_room else (Entered(by.id, now),)


def _go_out(floor: Floor, go_out: GoOut, by: Person, now: float) -> tuple[Event, ...]:
    return (WentOut(by.id),) if by.id in floor.green_room else ()


def _say_ready(floor: Floor, say: SayReady, by: Person, now: float) -> tuple[Event, ...]:
    waiting = floor.green_room.get(by.id)
    if waiting is None:
        raise Refused("Please come into the green room first, then say that you are ready.")
    return () if waiting.state == say.state else (SaidReady(by.id, say.state, now),)


def _take_seat(floor: Floor, take: TakeSeat, by: Person, now: float) -> tuple[Event, ...]:
    if take.seat == "speaker" and not on_now(floor, by.id):
        return _agree(floor, by, now)
    sitting = sitter(floor, take.seat)
    if sitting == by.id:
        return ()
    pushed: list[Event] = []
    if sitting is not None:
        _check_may_displace(floor, take.seat, sitting)
        pushed = _vacate(floor, sitting)
    return (*pushed, *_vacate(floor, by.id), Seated(take.seat, by.id, now))


def _agree(floor: Floor, by: Person, now: float) -> tuple[Event, ...]:
    waiting = floor.green_room.get(by.id)
    if waiting is None:
        return (Entered(by.id, now), Agreed(by.id, on=True))
    return () if waiting.agreed else (Agreed(by.id, on=True),)


def _check_may_displace(floor: Floor, seat: Seat, sitting: PersonId) -> None:
    if seat == "speaker" and not on_now(floor, sitting):
        return  # whoever stayed on from an earlier item makes room
    raise Refused(
        {
            "speaker": "Somebody of your own item is speaking. Take the guest seat, or wait.",
            "moderator": "Another moderator sits there. Ask them to leave the seat, or clear it.",
            "guest": "The guest seat is taken. The moderator will free it for you.",
        }[seat]
    )


def _leave_seat(floor: Floor, leave: LeaveSeat, by: Person, now: float) -> tuple[Event, ...]:
    waiting = floor.green_room.get(by.id)
    lapsed = [Agreed(by.id, on=False)] if waiting and waiting.agreed else []
    return (*_vacate(floor, by.id), *lapsed)


def _clear_seat(floor: Floor, clear: ClearSeat, by: Person, now: float) -> tuple[Event, ...]:
    if sitter(floor, clear.seat) != clear.person:
        raise Refused("This seat has changed hands meanwhile. Please look again.")
    return tuple(_vacate(floor, clear.person))


def _share(floor: Floor, share: Share, by: Person, now: float) -> tuple[Event, ...]:
    if not share.on:
        return (Shared(None),) if floor.screen == by.id else ()
    seat = seat_of(floor, by.id)
    if seat is None:
        raise Refused("Please go on stage first, then share your screen.")
    if floor.screen == by.id:
        return ()
    if floor.screen is not None and seat != "speaker":
        raise Refused("Another screen is on stage. Share yours as soon as it is gone.")
    return (Shared(by.id),)


def _raise_hand(floor: Floor, hand: RaiseHand, by: Person, now: float) -> tuple[Event, ...]:
    if hand.up and seat_of(floor, by.id) is not None:
        raise Refused("You are on stage: just speak.")
    return () if hand.up == (by.id in floor.hands) else (HandRaised(by.id, hand.up, now),)


def _invite(floor: Floor, invite: Invite, by: Person, now: float) -> tuple[Event, ...]:
    if invite.on and seat_of(floor, invite.person) is not None:
        raise Refused("This person is on stage already and can speak.")
    invited = invite.person in floor.invited
    return () if invite.on == invited else (Invited(invite.person, invite.on),)


def _decline(floor: Floor, decline: Decline, by: Person, now: float) -> tuple[Event, ...]:
    return (Invited(by.id, on=False),) if by.id in floor.invited else ()


def _wrap_up(floor: Floor, wrap_up: WrapUp, by: Person, now: float) -> tuple[Event, ...]:
    speaker = sitter(floor, "speaker")
    if speaker is None:
        raise Refused("Nobody is on the speaker's seat just now. Please wait until somebody is.")
    return (AskedToWrapUp(speaker, now),)


def _prompt(floor: Floor, prompt: Prompt, by: Person, now: float) -> tuple[Event, ...]:
    person = prompt.to or by.id
    if not backstage(floor, person):
        raise Refused("Please write to somebody who is in the green room or on stage.")
    if not prompt.text.strip():
        raise Refused("There is nothing in this line yet. Please write something first.")
    return (Prompted(_next_prompt(floor), person, by.id, prompt.text.strip(), now),)


def _next_prompt(floor: Floor) -> str:
    return f"p{int(floor.prompts[-1].id[1:]) + 1}" if floor.prompts else "p1"


def _source_light(floor: Floor, light: SourceLight, by: Person, now: float) -> tuple[Event, ...]:
    before = floor.lights.get(source(light.person, light.what), "gone")
    return () if before == light.state else (SourceLit(light.person, light.what, light.state),)


def _vacate(floor: Floor, person: PersonId) -> list[Event]:
    seat = seat_of(floor, person)
    if seat is None:
        return []
    screen_off = [Shared(None)] if floor.screen == person else []
    return [*screen_off, Vacated(seat, person)]


def _folded(floor: Floor, events: list[Event]) -> Floor:
    for event in events:
        floor = apply(floor, event)
    return floor


_DECIDES: dict[type[Command], Callable[[Floor, Any, Person, float], tuple[Event, ...]]] = {
    Cue: _cue,
    Enter: _enter,
    GoOut: _go_out,
    SayReady: _say_ready,
    TakeSeat: _take_seat,
    LeaveSeat: _leave_seat,
    ClearSeat: _clear_seat,
    Share: _share,
    RaiseHand: _raise_hand,
    Invite: _invite,
    Decline: _decline,
    WrapUp: _wrap_up,
    Prompt: _prompt,
    SourceLight: _source_light,
}
