"""Two tables: who may say which command in which state of a room, and who hears what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from rooms import (
    acquaintance,
    ballot,
    bookings,
    booths,
    breakout,
    chat,
    consent,
    contacts,
    counters,
    cvs,
    fair,
    floor,
    foyer,
    fronts,
    gallery,
    hosting,
    insurance,
    jobs,
    letters,
    lounge,
    pairing,
    pins,
    pitch,
    post,
    presence,
    questions,
    queues,
    reactions,
    recording,
    safety,
    slides,
    sources,
    staffing,
    stalls,
    stands,
    tables,
    tabletop,
    tour,
    turns,
    visits,
    wishes,
)
from rooms.fair import Fair
from rooms.foyer import Foyer
from rooms.lounge import Lounge
from rooms.people import DESK, PEOPLE, Person, PersonId, Role
from rooms.pitch import Pitch
from schedule import agenda
from schedule.machine import Command, Event, Refused, View

Room = Fair | Foyer | Lounge | Pitch


class Right(Struct, frozen=True):
    """Who may say a command."""

    roles: frozenset[Role]
    when: Callable[[Any, Any, Person], None] | None = None
    "Raises `Refused` if the room's state does not allow it to this person."


class Audience(Struct, frozen=True):
    """Who hears an event or a view: everybody of these roles, and these persons."""

    roles: frozenset[Role] = frozenset()
    persons: frozenset[PersonId] = frozenset()
    without: frozenset[PersonId] = frozenset()
    "Whatever their role: whom it is about."


class TablesIncomplete(Exception):
    """A message lacks its line in one of the tables; nothing may start like that."""


COMMANDS: dict[type[Room], tuple[type[Command], ...]] = {
    Fair: fair.COMMANDS,
    Foyer: foyer.COMMANDS,
    Lounge: lounge.COMMANDS,
    Pitch: pitch.COMMANDS,
}
EVERYBODY = Audience(roles=PEOPLE)
ONLY_DESK = Audience(roles=DESK)
NOBODY = Audience()
HOUSE_ALONE = frozenset({Role.HOUSE})


# In which state of the room


def _expected(room: Pitch, command: floor.Enter, by: Person) -> None:
    on_list = floor.on_now(room.floor, by.id) or floor.on_soon(room.floor, by.id)
    if not (on_list or by.id in room.floor.invited or by.role in DESK):
        raise Refused(
            "The green room is for those who are on next. Raise a hand if you would like to speak."
        )


def _may_take(room: Pitch, command: floor.TakeSeat, by: Person) -> None:
    _SEATS[command.seat](room, by)


def _may_speak(room: Pitch, by: Person) -> None:
    if not (floor.on_now(room.floor, by.id) or floor.on_soon(room.floor, by.id)):
        raise Refused("This seat is for those whose turn it is. Raise a hand to speak as a guest.")


def _may_moderate(room: Pitch, by: Person) -> None:
    if by.role not in DESK:
        raise Refused("This seat is the moderator's. Raise a hand to speak as a guest.")


def _may_be_guest(room: Pitch, by: Person) -> None:
    if by.id in room.floor.invited or floor.colleague_speaks(room.floor, by.id):
        return
    if room.floor.seats.get("guest", floor.Seating("", 0.0)).person == by.id:
        return  # a second click changes nothing
    if floor.on_now(room.floor, by.id):
        raise Refused("The speaker's seat is free and yours. Please take that one.")
    raise Refused("Please raise a hand first. The moderator then offers you the guest seat.")


_SEATS: dict[floor.Seat, Callable[[Pitch, Person], None]] = {
    "speaker": _may_speak,
    "moderator": _may_moderate,
    "guest": _may_be_guest,
}


def _there_or_hand_up(room: Pitch, invite: floor.Invite, by: Person) -> None:
    known = presence.here(room.presence) | room.floor.hands.keys() | room.floor.green_room.keys()
    if invite.on and invite.person not in known:
        raise Refused("This person is not here just now. Please invite somebody who is.")


def _backstage_or_desk(room: Pitch, prompt: floor.Prompt, by: Person) -> None:
    if by.role in DESK:
        return
    if prompt.to not in (None, by.id):
        raise Refused("From here you can write to the moderator alone. Please leave the name out.")
    if not floor.backstage(room.floor, by.id):
        raise Refused("Only from the green room or the stage can you write to the moderator.")


def _own_question(room: Pitch, withdraw: questions.Withdraw, by: Person) -> None:
    if questions.author_of(room.questions, withdraw.question) not in (None, by.id):
        raise Refused("Only the person who asked can withdraw this question.")


def _speaking_or_desk(room: Pitch, command: slides.Turn | slides.Hide, by: Person) -> None:
    speaks = floor.on_now(room.floor, by.id) or floor.sitter(room.floor, "speaker") == by.id
    if not speaks and by.role not in DESK:
        raise Refused("Only the speaker and the moderator can turn the slides.")


def _own_line_or_desk(room: Pitch, delete: chat.Delete, by: Person) -> None:
    own = chat.author_of(room.chat, delete.line) in (None, by.id)
    if not own and by.role not in DESK:
        raise Refused("You can take back your own lines only. The moderator sees to the others.")


MAY: dict[type[Command], Right] = {
    agenda.Start: Right(DESK),
    agenda.Finish: Right(DESK),
    agenda.Extend: Right(DESK),
    # The house stops the clock by a rule of the moderator's: see rooms/insurance.py.
    agenda.Pause: Right(DESK | HOUSE_ALONE),
    agenda.Resume: Right(DESK | HOUSE_ALONE),
    agenda.Skip: Right(DESK),
    agenda.Move: Right(DESK),
    agenda.Swap: Right(DESK),
    agenda.Undo: Right(DESK),
    foyer.Plan: Right(HOUSE_ALONE),
    foyer.SitDown: Right(PEOPLE),
    foyer.ComeIn: Right(HOUSE_ALONE),
    foyer.SeeOff: Right(HOUSE_ALONE),
    foyer.ReportCheck: Right(PEOPLE),
    foyer.SayToTeam: Right(DESK),
    fair.Admit: Right(HOUSE_ALONE),
    stands.Describe: Right(PEOPLE, when=stands.own_or_desk),
    stands.NameOwner: Right(PEOPLE, when=stands.own_or_desk),
    stands.AddLink: Right(PEOPLE, when=stands.own_or_desk),
    stands.RemoveLink: Right(PEOPLE, when=stands.own_or_desk),
    stands.ShowPitch: Right(PEOPLE, when=stands.own_or_desk),
    stands.HangLogo: Right(HOUSE_ALONE),
    stands.LayDownload: Right(HOUSE_ALONE),
    stands.TakeDownload: Right(HOUSE_ALONE),
    stands.Invite: Right(HOUSE_ALONE),
    stands.Dismiss: Right(HOUSE_ALONE),
    jobs.PinJob: Right(PEOPLE, when=jobs.pins_for_own_booth),
    jobs.EditJob: Right(PEOPLE, when=jobs.edits_own),
    jobs.TakeJobDown: Right(PEOPLE, when=jobs.takes_own_down),
    jobs.BookmarkJob: Right(PEOPLE),
    # The house seals the words first: neither a room nor its log ever holds them.
    letters.Post: Right(HOUSE_ALONE),
    letters.Answer: Right(HOUSE_ALONE),
    letters.Recall: Right(HOUSE_ALONE),
    letters.Read: Right(PEOPLE, when=letters.in_own_inbox),
    letters.Hand: Right(PEOPLE, when=letters.in_own_inbox),
    letters.Close: Right(PEOPLE, when=letters.in_own_inbox),
    visits.Share: Right(PEOPLE),
    visits.TakeBack: Right(PEOPLE),
    visits.TakeAllBack: Right(PEOPLE),
    visits.Count: Right(HOUSE_ALONE),
    cvs.Hang: Right(HOUSE_ALONE),
    cvs.TakeDown: Right(PEOPLE, when=cvs.for_talents),
    cvs.GrantAccess: Right(PEOPLE, when=cvs.for_talents),
    cvs.Withdraw: Right(PEOPLE, when=cvs.for_talents),
    cvs.Look: Right(HOUSE_ALONE),
    cvs.AskToSee: Right(PEOPLE, when=cvs.stands_at_booth),
    pins.PutPin: Right(PEOPLE, when=cvs.for_talents),
    pins.WithdrawPin: Right(PEOPLE, when=cvs.for_talents),
    pins.AnswerPin: Right(PEOPLE, when=pins.answers_own),
    lounge.Admit: Right(HOUSE_ALONE),
    lounge.Cue: Right(HOUSE_ALONE),
    tour.Plan: Right(DESK),
    tour.Go: Right(DESK),
    tour.Follow: Right(PEOPLE),
    gallery.Describe: Right(PEOPLE, when=gallery.own_work),
    gallery.Caption: Right(PEOPLE, when=gallery.own_work),
    gallery.Hang: Right(HOUSE_ALONE),
    gallery.TakeDown: Right(HOUSE_ALONE),
    gallery.Ask: Right(PEOPLE),
    gallery.Answer: Right(PEOPLE, when=gallery.own_to_answer),
    gallery.Withdraw: Right(PEOPLE, when=gallery.own_question),
    gallery.Hide: Right(DESK),
    gallery.React: Right(PEOPLE),
    ballot.Open: Right(DESK),
    ballot.Vote: Right(PEOPLE),
    ballot.Close: Right(DESK),
    post.Bring: Right(HOUSE_ALONE),
    contacts.Offer: Right(PEOPLE),
    contacts.Withdraw: Right(PEOPLE),
    contacts.WithdrawAll: Right(PEOPLE),
    bookings.AskForTalk: Right(PEOPLE),
    bookings.AcceptTalk: Right(PEOPLE),
    bookings.DeclineTalk: Right(PEOPLE),
    bookings.ProposeTimes: Right(PEOPLE),
    bookings.MoveTalk: Right(PEOPLE),
    bookings.CancelTalk: Right(PEOPLE),
    bookings.HandOn: Right(PEOPLE),
    safety.Block: Right(PEOPLE),
    safety.Report: Right(PEOPLE),
    safety.Settle: Right(DESK),
    wishes.Describe: Right(PEOPLE),
    wishes.Write: Right(HOUSE_ALONE),
    wishes.Wish: Right(PEOPLE),
    wishes.Refuse: Right(PEOPLE),
    pairing.Ask: Right(DESK),
    pairing.Draft: Right(HOUSE_ALONE),
    pairing.Fail: Right(HOUSE_ALONE),
    pairing.Publish: Right(DESK),
    pairing.Discard: Right(DESK),
    pairing.Hold: Right(DESK),
    pairing.Mend: Right(HOUSE_ALONE),
    pairing.Undo: Right(DESK),
    # Whose talk it is, the talk itself knows.
    breakout.Enter: Right(PEOPLE),
    breakout.Leave: Right(PEOPLE),
    breakout.Extend: Right(PEOPLE),
    breakout.AgreeDirect: Right(PEOPLE),
    breakout.Signal: Right(PEOPLE),
    breakout.Say: Right(PEOPLE),
    tables.OpenTable: Right(PEOPLE),
    tables.SitAtTable: Right(PEOPLE),
    tables.GetUp: Right(PEOPLE),
    tables.LockTable: Right(PEOPLE),
    tables.Knock: Right(PEOPLE),
    tables.AnswerKnock: Right(PEOPLE),
    tables.ShareScreen: Right(PEOPLE),
    tables.SayAtTable: Right(PEOPLE),
    tables.StayAtTable: Right(PEOPLE),
    tables.CloseTable: Right(PEOPLE),
    tables.OpenTables: Right(DESK),
    turns.TakeNumber: Right(PEOPLE),
    turns.GiveBack: Right(PEOPLE),
    turns.Come: Right(PEOPLE),
    turns.Next: Right(PEOPLE, when=booths.own_booth),
    turns.Call: Right(PEOPLE, when=booths.own_booth),
    hosting.Finish: Right(PEOPLE, when=booths.own_counter),
    # Whose seat or place at the door it is, the counter itself knows.
    hosting.LeaveCounter: Right(PEOPLE),
    hosting.HandOver: Right(PEOPLE, when=booths.own_counter),
    hosting.TakeOver: Right(PEOPLE, when=booths.own_counter),
    hosting.JoinCounter: Right(PEOPLE),
    hosting.LetIn: Right(PEOPLE, when=booths.own_counter),
    hosting.MakePrivate: Right(PEOPLE, when=booths.own_counter),
    hosting.SayAtCounter: Right(PEOPLE),
    hosting.StayAtCounter: Right(PEOPLE),
    fronts.BeThere: Right(PEOPLE, when=booths.own_booth),
    fronts.TakeBreak: Right(PEOPLE, when=booths.own_booth),
    fronts.ShowAtBooth: Right(PEOPLE, when=booths.own_booth),
    fronts.WatchBooth: Right(PEOPLE),
    fronts.Wave: Right(PEOPLE),
    fronts.SayAtBooth: Right(PEOPLE),
    fronts.UnsayAtBooth: Right(PEOPLE),
    fronts.TellMe: Right(PEOPLE),
    fronts.BeWilling: Right(PEOPLE),
    presence.Report: Right(HOUSE_ALONE),
    floor.Cue: Right(HOUSE_ALONE),
    floor.Enter: Right(PEOPLE, when=_expected),
    floor.GoOut: Right(PEOPLE),
    floor.SayReady: Right(PEOPLE),
    floor.TakeSeat: Right(PEOPLE, when=_may_take),
    floor.LeaveSeat: Right(PEOPLE),
    floor.ClearSeat: Right(DESK),
    floor.Share: Right(PEOPLE),
    floor.RaiseHand: Right(PEOPLE),
    floor.Invite: Right(DESK, when=_there_or_hand_up),
    floor.Decline: Right(PEOPLE),
    floor.WrapUp: Right(DESK),
    floor.Prompt: Right(PEOPLE, when=_backstage_or_desk),
    floor.SourceLight: Right(HOUSE_ALONE),
    questions.Ask: Right(PEOPLE),
    questions.Withdraw: Right(PEOPLE, when=_own_question),
    questions.Support: Right(PEOPLE),
    questions.PutOnAir: Right(DESK),
    questions.Answered: Right(DESK),
    questions.PutBack: Right(DESK),
    questions.Dismiss: Right(DESK),
    questions.Merge: Right(DESK),
    chat.Say: Right(PEOPLE),
    chat.Delete: Right(PEOPLE, when=_own_line_or_desk),
    chat.Silence: Right(DESK),
    reactions.React: Right(PEOPLE),
    reactions.Applaud: Right(PEOPLE),
    consent.Agree: Right(PEOPLE),
    consent.Withdraw: Right(PEOPLE),
    recording.Start: Right(DESK),
    recording.Stop: Right(DESK),
    recording.Allow: Right(HOUSE_ALONE),
    recording.Roll: Right(HOUSE_ALONE),
    recording.Close: Right(HOUSE_ALONE),
    recording.GiveUp: Right(HOUSE_ALONE),
    recording.NoteSpace: Right(HOUSE_ALONE),
    recording.Release: Right(PEOPLE),
    recording.Delete: Right(PEOPLE),
    recording.Expire: Right(HOUSE_ALONE),
    sources.Admit: Right(DESK),
    sources.Dismiss: Right(DESK),
    sources.Air: Right(DESK),
    sources.Preview: Right(DESK),
    sources.Report: Right(HOUSE_ALONE),
    sources.Count: Right(HOUSE_ALONE),
    insurance.LayClip: Right(HOUSE_ALONE),
    insurance.TakeClipAway: Right(HOUSE_ALONE),
    insurance.Play: Right(DESK),
    insurance.Stop: Right(DESK),
    insurance.GoWithout: Right(DESK),
    insurance.AskForPhone: Right(DESK),
    insurance.UsePhone: Right(PEOPLE),
    insurance.Keep: Right(DESK),
    insurance.Rule: Right(DESK),
    insurance.Hold: Right(HOUSE_ALONE),
    insurance.Sight: Right(HOUSE_ALONE),
    insurance.End: Right(HOUSE_ALONE),
    slides.Lay: Right(HOUSE_ALONE),
    slides.TakeAway: Right(HOUSE_ALONE),
    slides.Turn: Right(PEOPLE, when=_speaking_or_desk),
    slides.Hide: Right(PEOPLE, when=_speaking_or_desk),
}


# Who hears it


def _of_person(event: Any) -> Audience:
    return Audience(persons=frozenset({event.person}))


def _of_person_and_desk(event: Any) -> Audience:
    return Audience(roles=DESK, persons=frozenset({event.person}))


def _of_people(event: Any) -> Audience:
    return Audience(persons=frozenset(event.people))


def _of_people_and_desk(event: Any) -> Audience:
    return Audience(roles=DESK, persons=frozenset(event.people))


def _of_those_who_met(event: acquaintance.Met) -> Audience:
    return Audience(persons=frozenset(event.people))


def _of_both(event: contacts.Offered | contacts.Withdrawn) -> Audience:
    return Audience(persons=frozenset({event.by, event.to}))


def _of_who_said_it(event: wishes.Wished | wishes.Declined) -> Audience:
    return Audience(persons=frozenset({event.by}))


def _of_talk(event: breakout.Opened) -> Audience:
    return Audience(persons=frozenset(event.breakout.people))


def _of_addressee(event: breakout.Signalled) -> Audience:
    return Audience(persons=frozenset({event.to}))


def _of_its_readers(event: bookings.BookingChanged) -> Audience:
    return Audience(persons=frozenset(event.booking.readers))


def _of_who_decided(event: safety.Blocked) -> Audience:
    return Audience(persons=frozenset({event.by}))


def _of_reporter_and_desk(event: safety.Reported | safety.Settled) -> Audience:
    reporter, concerned = frozenset({event.by}), frozenset({event.person})
    return Audience(roles=DESK, persons=reporter, without=concerned)


def _of_deck_and_desk(event: slides.Laid | slides.TakenAway) -> Audience:
    people = event.deck.people if isinstance(event, slides.Laid) else event.people
    return Audience(roles=DESK, persons=frozenset(people))


def _of_clip_and_desk(event: insurance.ClipLaid | insurance.ClipTakenAway) -> Audience:
    people = event.clip.people if isinstance(event, insurance.ClipLaid) else event.people
    return Audience(roles=DESK, persons=frozenset(people))


def _of_author_and_desk(event: questions.QuestionSigned) -> Audience:
    return Audience(roles=DESK, persons=frozenset({event.by}))


HEARS: dict[type[Event | View], Audience | Callable[[Any], Audience]] = {
    agenda.Acted: ONLY_DESK,
    agenda.Undone: ONLY_DESK,
    # The programme as written holds mail addresses; `agenda.shown` carries what all may know.
    agenda.Planned: NOBODY,
    agenda.Stepped: NOBODY,
    agenda.AgendaShown: EVERYBODY,
    foyer.SatDown: EVERYBODY,
    foyer.CameIn: EVERYBODY,
    foyer.SeenOff: EVERYBODY,
    foyer.CheckReported: _of_person_and_desk,
    foyer.TeamSaid: ONLY_DESK,
    foyer.PeopleShown: EVERYBODY,
    fair.Admitted: NOBODY,
    fair.ExhibitorsShown: EVERYBODY,
    stands.StandChanged: EVERYBODY,
    stands.StaffInvited: _of_people_and_desk,
    stands.StaffDismissed: _of_people_and_desk,
    jobs.JobPinned: EVERYBODY,
    jobs.JobEdited: EVERYBODY,
    jobs.JobGone: EVERYBODY,
    jobs.JobBookmarked: _of_person,
    # What is a company's own is heard by its people and the one it is about, not by the desk.
    letters.LetterChanged: _of_people,
    letters.LetterRecalled: _of_people,
    letters.PinHanded: _of_people,
    visits.Shared: _of_people,
    visits.TakenBack: _of_people,
    visits.Counted: NOBODY,
    post.Brought: _of_people,
    cvs.CardHung: lambda hung: Audience(persons=frozenset({hung.card.person})),
    cvs.FaceChanged: EVERYBODY,
    cvs.CardTakenDown: _of_people,
    cvs.Granted: _of_people,
    cvs.Withdrawn: _of_people,
    cvs.Expired: _of_people,
    cvs.Looked: _of_person,
    cvs.AskedToSee: _of_people,
    pins.PinPut: _of_people,
    pins.PinsCounted: EVERYBODY,
    pins.PinWithdrawn: _of_people,
    pins.PinAnswered: _of_people,
    pins.PinsChecked: NOBODY,
    lounge.Admitted: NOBODY,
    lounge.Cued: NOBODY,
    lounge.RoundsShown: EVERYBODY,
    tour.Planned: ONLY_DESK,
    tour.Began: EVERYBODY,
    tour.Went: EVERYBODY,
    tour.Followed: _of_person,
    tour.Ended: EVERYBODY,
    tour.FollowersShown: EVERYBODY,
    # What hangs, is asked and answered is fetched by each, as they may see it: see the gallery.
    **dict.fromkeys(
        (
            gallery.Described,
            gallery.Captioned,
            gallery.Hung,
            gallery.TakenDown,
            gallery.Asked,
            gallery.Answered,
            gallery.Withdrawn,
            gallery.Hidden,
        ),
        NOBODY,
    ),
    gallery.Stirred: EVERYBODY,
    gallery.Reacted: _of_person,
    gallery.Counted: EVERYBODY,
    ballot.Opened: EVERYBODY,
    # Not even the desk hears how the vote goes.
    ballot.Voted: _of_person,
    ballot.Closed: EVERYBODY,
    acquaintance.Met: _of_those_who_met,
    contacts.Offered: _of_both,
    contacts.Withdrawn: _of_both,
    wishes.Described: EVERYBODY,
    wishes.Wished: _of_who_said_it,
    wishes.Declined: _of_who_said_it,
    # A plan names everybody; each one's own part comes by `pairing.mine`, the desk's by its view.
    pairing.WasAsked: NOBODY,
    pairing.Drafted: NOBODY,
    pairing.Failed: NOBODY,
    pairing.Published: NOBODY,
    pairing.Discarded: NOBODY,
    pairing.Held: EVERYBODY,
    pairing.Wanted: NOBODY,
    pairing.Mended: NOBODY,
    pairing.Undone: NOBODY,
    pairing.Looked: NOBODY,
    pairing.Mine: _of_person,
    pairing.PairingShown: ONLY_DESK,
    **dict.fromkeys(
        (
            breakout.EnteredTalk,
            breakout.CameLate,
            breakout.Left,
            breakout.Missed,
            breakout.GivenUp,
            breakout.WantedMore,
            breakout.Retimed,
            breakout.FarewellBegan,
            breakout.Closed,
            breakout.AgreedDirect,
            breakout.SaidInTalk,
        ),
        _of_people,
    ),
    breakout.Opened: _of_talk,
    breakout.Signalled: _of_addressee,
    breakout.TalksShown: ONLY_DESK,
    bookings.BookingChanged: _of_its_readers,
    bookings.BookingsChecked: NOBODY,
    safety.Blocked: _of_who_decided,
    safety.Reported: _of_reporter_and_desk,
    safety.Settled: _of_reporter_and_desk,
    tabletop.TableOpened: EVERYBODY,
    tabletop.SatAtTable: EVERYBODY,
    tabletop.GotUp: EVERYBODY,
    tabletop.TableLocked: EVERYBODY,
    tabletop.TableClosing: EVERYBODY,
    tabletop.TableClosed: EVERYBODY,
    tabletop.TablesOpened: EVERYBODY,
    tabletop.SeatsKept: NOBODY,
    # What happens at a table is heard there, and by who knocks.
    tabletop.Knocked: _of_people,
    tabletop.KnockAnswered: _of_people,
    tabletop.ScreenShared: _of_people,
    tabletop.CalledAway: _of_people,
    tabletop.TableSaid: _of_people,
    # Who waits where, and who talks with whom, is known to them and to those of the booth.
    **dict.fromkeys(
        (
            queues.TicketTaken,
            queues.Called,
            queues.CalledOff,
            queues.Missed,
            queues.GivenBack,
            queues.Came,
            counters.CounterChanged,
            counters.CounterClosed,
            counters.CounterSaid,
            stalls.Waved,
            stalls.Proposed,
        ),
        _of_people,
    ),
    counters.CounterKept: NOBODY,
    stalls.BoothSaid: EVERYBODY,
    stalls.BoothUnsaid: EVERYBODY,
    stalls.BoothWatched: _of_person,
    stalls.SomebodyBack: _of_person,
    stalls.WantsToBeTold: _of_person,
    stalls.Willing: _of_person,
    # What these change, everybody sees in the view.
    stalls.CameToBooth: NOBODY,
    stalls.LeftBooth: NOBODY,
    stalls.BoothShowed: NOBODY,
    stalls.Looked: NOBODY,
    staffing.StallsShown: EVERYBODY,
    presence.Reported: NOBODY,
    presence.ListFaded: NOBODY,
    presence.PresenceShown: EVERYBODY,
    floor.Cued: EVERYBODY,
    floor.Entered: EVERYBODY,
    floor.WentOut: EVERYBODY,
    floor.SaidReady: EVERYBODY,
    floor.Agreed: EVERYBODY,
    floor.Seated: EVERYBODY,
    floor.Vacated: EVERYBODY,
    floor.Shared: EVERYBODY,
    floor.HandRaised: EVERYBODY,
    floor.Invited: _of_person_and_desk,
    floor.AskedToWrapUp: _of_person_and_desk,
    floor.Prompted: _of_person_and_desk,
    floor.SourceLit: EVERYBODY,
    questions.QuestionAsked: EVERYBODY,
    questions.QuestionSigned: _of_author_and_desk,
    questions.QuestionSupported: _of_person,
    questions.QuestionMoved: EVERYBODY,
    questions.QuestionMerged: EVERYBODY,
    questions.Tallied: EVERYBODY,
    chat.Said: EVERYBODY,
    chat.Deleted: EVERYBODY,
    chat.Silenced: _of_person_and_desk,
    reactions.Reacted: _of_person,
    reactions.Applauded: NOBODY,
    reactions.ApplauseFaded: NOBODY,
    reactions.ReactionsShown: EVERYBODY,
    # Even a fingerprint is nobody's business; what the desk may know is in the view.
    consent.ConsentGiven: _of_person_and_desk,
    consent.ConsentWithdrawn: _of_person_and_desk,
    recording.Started: EVERYBODY,
    recording.Stopped: EVERYBODY,
    recording.Allowed: ONLY_DESK,
    recording.TakeBegan: EVERYBODY,
    recording.TakeRolled: EVERYBODY,
    recording.TakeEnded: EVERYBODY,
    recording.TakesReleased: EVERYBODY,
    recording.TakesDeleted: EVERYBODY,
    recording.SpaceNoted: ONLY_DESK,
    sources.Admitted: NOBODY,
    sources.Dismissed: NOBODY,
    sources.Aired: EVERYBODY,
    sources.Previewed: NOBODY,
    sources.Reported: NOBODY,
    sources.Counted: NOBODY,
    sources.SourcesShown: ONLY_DESK,
    # Until it plays, a clip is its speakers' and the desk's.
    insurance.ClipLaid: _of_clip_and_desk,
    insurance.ClipTakenAway: _of_clip_and_desk,
    insurance.Began: EVERYBODY,
    insurance.Ended: EVERYBODY,
    insurance.WentWithout: EVERYBODY,
    insurance.AskedForPhone: _of_person_and_desk,
    insurance.UsedPhone: EVERYBODY,
    insurance.Ruled: EVERYBODY,
    insurance.Held: EVERYBODY,
    insurance.Sighted: EVERYBODY,
    insurance.Missed: EVERYBODY,
    insurance.Offered: EVERYBODY,
    insurance.Asked: EVERYBODY,
    insurance.Kept: EVERYBODY,
    insurance.Returned: EVERYBODY,
    # Before its turn a deck is its speakers' and the desk's; on stage, everybody's.
    slides.Laid: _of_deck_and_desk,
    slides.TakenAway: _of_deck_and_desk,
    slides.Turned: EVERYBODY,
    slides.Hidden: EVERYBODY,
    slides.LiveSlides: EVERYBODY,
}


def may(room: Room, command: Command, person: Person) -> None:
    """Raises `Refused`, with what to do instead, unless this person may say this here and now."""
    if type(command) not in COMMANDS[type(room)]:
        raise Refused("This cannot be done from this room. Please go to the right one first.")
    right = MAY.get(type(command))
    if right is None or right.roles == HOUSE_ALONE != {person.role}:
        raise Refused("The house does this by itself. You need not do anything.")
    if person.role not in right.roles:
        raise Refused("Only the moderator can do this. Please ask at the desk.")
    if right.when is not None:
        right.when(room, command, person)


def audience(message: Event | View) -> Audience:
    """Who may hear this; nobody, if the table does not say."""
    entry = HEARS.get(type(message), NOBODY)
    return entry if isinstance(entry, Audience) else entry(message)


def hears(message: Event | View, person: Person) -> bool:
    """Whether this person may hear this."""
    may_hear = audience(message)
    if person.id in may_hear.without:
        return False
    return person.role in may_hear.roles or person.id in may_hear.persons


def reaches(message: Event | View) -> frozenset[PersonId] | None:
    """The only people who may hear this, `None` if whole roles do."""
    may_hear = audience(message)
    return None if may_hear.roles else may_hear.persons - may_hear.without


def check_tables(commands: Iterable[type], events: Iterable[type], views: Iterable[type]) -> None:
    """Raises `TablesIncomplete` naming every message that one of the tables lacks."""
    missing = [message.__name__ for message in commands if message not in MAY]
    missing += [message.__name__ for message in (*events, *views) if message not in HEARS]
    if missing:
        raise TablesIncomplete("no line in rooms/rights.py for: " + ", ".join(missing))
