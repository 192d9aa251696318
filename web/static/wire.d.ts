// Made by `python -m server.wiredocs` from server/wire.py; do not edit.

/** Open a room, or return to it: whoever says `epoch` and `seq` gets what was missed. */
export interface Join {
  type: "join";
  room: string;
  epoch?: number;
  seq?: number;
}

/** Close a room. */
export interface Leave {
  type: "leave";
  room: string;
}

/** Carry a command out. The same `op` twice is one effect and the same answer. */
export interface Do {
  type: "do";
  op: string;
  room: string;
  command: Command;
}

/** Still there? Also how a browser learns the server's clock. */
export interface Ping {
  type: "ping";
  sent: number;
}

/** Ask for the stage's pictures; answered by `media.offer`. `preview` is for the desk. */
export interface Watch {
  type: "media.watch";
  peer: string;
  room: string;
  preview?: boolean;
}

/** The browser's answer to `media.offer`. */
export interface Accept {
  type: "media.accept";
  peer: string;
  sdp: string;
}

/** How large each seat of a watched stage is shown: what is small or hidden costs less. */
export interface Show {
  type: "media.show";
  peer: string;
  sizes: Record<string, "hidden" | "large" | "tile">;
}

/** Send one's camera and microphone, or one's screen; answered by `media.answer`. */
export interface Publish {
  type: "media.publish";
  peer: string;
  room: string;
  what: "camera" | "screen";
  sdp: string;
}

/** Try the network path with a connection that carries nothing on any stage. */
export interface Probe {
  type: "media.probe";
  peer: string;
  sdp: string;
}

/** See a stage by still pictures, where nothing else comes through; or no longer. */
export interface WatchStills {
  type: "media.stills";
  room: string;
  on: boolean;
}

/** Close a media connection. */
export interface HangUp {
  type: "media.hang-up";
  peer: string;
}

/** The first frame: who one is and what time it is in the house. */
export interface Welcome {
  type: "welcome";
  me: Person;
  now: number;
  session: string;
  rooms: string[];
}

/** A whole room; replaces what the browser knew of it. */
export interface Snapshot {
  type: "snapshot";
  room: string;
  epoch: number;
  seq: number;
  now: number;
  shown: FoyerShown | LoungeShown | FairShown | PitchShown;
}

/** The browser's place in the room's log was found; what it missed follows in order. */
export interface Resumed {
  type: "resumed";
  room: string;
  epoch: number;
  seq: number;
  now: number;
}

/** Something happened in a room. `seq` is the log's, and -1 for what is not stored. */
export interface Told {
  type: "told";
  room: string;
  epoch: number;
  seq: number;
  event: Event;
}

/** A part of a room looks like this now; replaces the part's earlier view. */
export interface Shown {
  type: "shown";
  room: string;
  view: View;
}

/** The command is carried out and stored. */
export interface Done {
  type: "done";
  op: string;
  seq: number;
}

/** The command is not carried out, and why, in the reader's language. */
export interface Refusal {
  type: "refused";
  op: string;
  sentence: string;
}

/** The answer to `ping`. */
export interface Pong {
  type: "pong";
  sent: number;
  now: number;
}

/** The server's offer of a stage's seats to a viewer. */
export interface Offer {
  type: "media.offer";
  peer: string;
  sdp: string;
}

/** The server's answer to a publisher. */
export interface Answer {
  type: "media.answer";
  peer: string;
  sdp: string;
}

/** No connection, and why, in the reader's language. */
export interface MediaRefused {
  type: "media.refused";
  peer: string;
  sentence: string;
}

/** The line carries nothing but the sound of a connection (`thin`), or pictures again. */
export interface MediaThin {
  type: "media.thin";
  peer: string;
  thin: boolean;
}

/** A media connection ended on the server's side; the browser makes a new one. */
export interface MediaGone {
  type: "media.gone";
  peer: string;
}

/** How a seat of a stage looks now: a JPEG in base64. About one a second. */
export interface Still {
  type: "media.still";
  stage: string;
  seat: string;
  image: string;
}

/** The media process is away; `media.back` follows. */
export interface MediaLost {
  type: "media.lost";
}

/** The media process is there (again): connect now. */
export interface MediaBack {
  type: "media.back";
}

/** The last frame before the server closes: why, and whether to come back by itself. */
export interface Goodbye {
  type: "goodbye";
  reason: "busy" | "malformed" | "restart" | "revoked";
  sentence: string;
}

/** Begin a waiting item, the next one or any other; whatever runs is finished first. */
export interface Start {
  type: "agenda.start";
  stage: string;
  item: string;
  /** The item the moderator saw running, so that the second of two who press is refused. */
  after: string | null;
}

/** End what runs, and begin nothing by itself until somebody starts or resumes. */
export interface Finish {
  type: "agenda.finish";
  stage: string;
  item: string;
}

/** Give what runs more time, or less. */
export interface Extend {
  type: "agenda.extend";
  stage: string;
  item: string;
  seconds: number;
}

/** Stop the clock of what runs; with no item, hold the stage between two items. */
export interface Pause {
  type: "agenda.pause";
  stage: string;
  item: string | null;
}

/** Let the paused item go on; with no item, let the held stage go on. */
export interface Resume {
  type: "agenda.resume";
  stage: string;
  item: string | null;
}

/** Strike out an item, waiting or running. */
export interface Skip {
  type: "agenda.skip";
  stage: string;
  item: string;
}

/** Put a waiting item elsewhere in the queue, or what runs back into it. */
export interface Move {
  type: "agenda.move";
  stage: string;
  item: string;
  /** Its place among those that wait, from 0; what runs goes to 1 at the earliest. */
  to: number;
}

/** Exchange two waiting items, or what runs with one that waits. */
export interface Swap {
  type: "agenda.swap";
  stage: string;
  first: string;
  second: string;
}

/** Take back the last deed, as if it had never been. */
export interface Undo {
  type: "agenda.undo";
  /** The number of the deed meant (`AgendaShown.last.number`). */
  last: number;
}

/** The house has read the organisers' programme anew; what has happened stays. */
export interface Plan {
  type: "agenda.plan";
  gathering: Gathering;
}

/** Say whether one is in the hall or at home. */
export interface SitDown {
  type: "people.sit-down";
  place: "hall" | "home";
}

/** The house lets somebody in who was not on the list. */
export interface ComeIn {
  type: "people.come-in";
  person: Person;
}

/** The house takes somebody off the list again who is not on the organisers'. */
export interface SeeOff {
  type: "people.see-off";
  person: string;
}

/** Keep what the check of one's own devices and network found. */
export interface ReportCheck {
  type: "check.report";
  check: Check;
}

/** A note to the others at the desk. */
export interface SayToTeam {
  type: "team.say";
  text: string;
}

/** Agree to being recorded, in the words one has read. */
export interface Agree {
  type: "consent.give";
  language: "de" | "en";
  wording: string;
}

/** Agree no longer; whatever is recorded of one is deleted. */
export interface Withdraw {
  type: "consent.withdraw";
}

/** A server process says which people have this room open with it. */
export interface Report {
  type: "presence.report";
  process: string;
  people: string[];
}

/** The house says who is at the gathering, and what its organisers set for meetings. */
export interface Admit {
  type: "lounge.admit";
  people: Record<string, Person>;
  rules: Meetings;
  exhibitors?: Booth[];
}

/** The house says when rounds are, and when each person is on a stage. */
export interface Cue {
  type: "lounge.cue";
  rounds: RoundTime[];
  busy: Record<string, [number, number][]>;
  /** When the gathering is on, as expected now. */
  hours?: [number, number];
  /** The tour that is on, an item's id. */
  tour?: string | null;
}

/** Keep somebody away from oneself everywhere, from now on; or no longer. */
export interface Block {
  type: "safety.block";
  person: string;
  on?: boolean;
}

/** Tell the organisers that somebody went too far, and keep that person away as well. */
export interface SafetyReport {
  type: "safety.report";
  person: string;
  where: "meeting" | "people" | "stage" | "table" | "talk";
  /** The talk, table or stage, if it was in one. */
  place?: string;
}

/** Somebody at the desk has seen to a report. */
export interface Settle {
  type: "safety.settle";
  report: string;
}

/** Say yes to swapping contacts with somebody, and what of one's own to show. Name and organisation always belong to it. Said again it replaces what was said before. */
export interface ContactsOffer {
  type: "contacts.offer";
  person: string;
  fields?: ("card" | "mail" | "phone")[];
}

/** Swap contacts with somebody no longer: neither sees the other's any more. */
export interface ContactsWithdraw {
  type: "contacts.withdraw";
  person: string;
}

/** Swap contacts with nobody any more. */
export interface WithdrawAll {
  type: "contacts.withdraw-all";
}

/** Open a table of one's own, and sit down at it. */
export interface OpenTable {
  type: "tables.open";
  topic: string;
  private?: boolean;
}

/** Sit down at a table; whoever sits at another one gets up there. */
export interface SitAtTable {
  type: "tables.sit";
  table: string;
}

/** Leave the table one sits at. */
export interface GetUp {
  type: "tables.get-up";
  table: string;
}

/** Be among themselves: who would join has to knock; or no longer. */
export interface LockTable {
  type: "tables.lock";
  table: string;
  on?: boolean;
}

/** Ask to be let in at a private table; or ask no longer. */
export interface Knock {
  type: "tables.knock";
  table: string;
  on?: boolean;
}

/** One who sits there lets somebody in, or would rather not. */
export interface AnswerKnock {
  type: "tables.answer";
  table: string;
  person: string;
  letIn: boolean;
}

/** Show one's screen to a table, or to a talk of three; or no longer. */
export interface ShareScreen {
  type: "tables.share";
  room: string;
  on?: boolean;
}

/** Say something in writing to those at the table. It is not kept. */
export interface SayAtTable {
  type: "tables.say";
  table: string;
  text: string;
}

/** The page of somebody who sits there says that it is there, or that it is closing. */
export interface StayAtTable {
  type: "tables.stay";
  table: string;
  leaving?: boolean;
}

/** Let a table end: its own people say goodbye first. */
export interface CloseTable {
  type: "tables.close";
  table: string;
}

/** The desk opens the tables of the lounge, or lets all of them end. */
export interface OpenTables {
  type: "tables.open-all";
  on?: boolean;
}

/** Ask a person or an organisation for a meeting, at one or two times free for both. */
export interface AskForTalk {
  type: "booking.ask";
  slots: number[];
  to?: string | null;
  /** Instead of a person: whoever of it has time. */
  organisation?: string;
  seconds?: "600" | "900";
  word?: string;
}

/** Agree to one of the times proposed. */
export interface AcceptTalk {
  type: "booking.accept";
  booking: string;
  slot: number;
}

/** Say no to a request. */
export interface DeclineTalk {
  type: "booking.decline";
  booking: string;
}

/** Answer a request with other times. */
export interface ProposeTimes {
  type: "booking.propose";
  booking: string;
  slots: number[];
}

/** Move a meeting agreed on to another time that is free for both. */
export interface MoveTalk {
  type: "booking.move";
  booking: string;
  slot: number;
}

/** Withdraw one's request or proposal, or cancel a meeting agreed on. */
export interface CancelTalk {
  type: "booking.cancel";
  booking: string;
}

/** Let somebody else of the organisation answer a request; or take it over oneself. */
export interface HandOn {
  type: "booking.hand-on";
  booking: string;
  to: string;
}

/** Say what one seeks, offers and is. */
export interface Describe {
  type: "wishes.describe";
  profile: Profile;
}

/** The house says what the organisers wrote of people; what somebody said themselves stays. */
export interface Write {
  type: "wishes.write";
  profiles: Record<string, Profile>;
}

/** Put somebody on one's list at a place from 0 on, or move them there, or take them off. */
export interface Wish {
  type: "wishes.wish";
  person: string;
  place?: number | null;
}

/** Not meet somebody, or again; nobody is told. */
export interface Refuse {
  type: "wishes.refuse";
  person: string;
  on?: boolean;
}

/** Have a draft made: for everybody who takes part, or only for those who are here. */
export interface Ask {
  type: "pairing.ask";
  onlyHere?: boolean;
  /** Sitting out differs by one at most, whatever that costs. */
  strict?: boolean;
}

/** The house has a draft. */
export interface Draft {
  type: "pairing.draft";
  number: number;
  rounds: Record<string, Meeting[]>;
  value: number;
  bound: number;
  /** What spreading strictly costs in value. */
  cost?: number | null;
}

/** The house could make no plan. */
export interface Fail {
  type: "pairing.fail";
  number: number;
}

/** Tell everybody their partners. */
export interface PairingPublish {
  type: "pairing.publish";
  number: number;
}

/** Throw the draft away; what is published stays. */
export interface Discard {
  type: "pairing.discard";
}

/** Rounds that have not begun open no talks; or do again. */
export interface Hold {
  type: "pairing.hold";
  on?: boolean;
}

/** The house has repaired the published plan. */
export interface Mend {
  type: "pairing.mend";
  /** Of the plan that was repaired. */
  number: number;
  rounds: Record<string, Meeting[]>;
  value: number;
  bound: number;
}

/** Take the last repair back. */
export interface PairingUndo {
  type: "pairing.undo";
  number: number;
}

/** Come to one's talk, or back to it. */
export interface Enter {
  type: "breakout.enter";
  breakout: string;
}

/** Go; one can come back while it lasts. */
export interface BreakoutLeave {
  type: "breakout.leave";
  breakout: string;
}

/** Want two minutes more, or no longer; they are given once all want them. */
export interface BreakoutExtend {
  type: "breakout.extend";
  breakout: string;
  on?: boolean;
}

/** Agree to a direct connection, which shows one's network address to the other. */
export interface AgreeDirect {
  type: "breakout.agree-direct";
  breakout: string;
  on?: boolean;
}

/** Pass a description or a candidate on to the other's browser. */
export interface Signal {
  type: "breakout.signal";
  breakout: string;
  to: string;
  /** Which page this is about; one that was loaded anew calls anew. */
  call: string;
  body: string;
}

/** Write a line to those in the same talk. It is kept nowhere. */
export interface Say {
  type: "breakout.say";
  breakout: string;
  text: string;
}

/** The house brings these people news of a letter. */
export interface Bring {
  type: "post.bring";
  people: string[];
  booth: string;
  news: "answered" | "card" | "closed" | "late" | "letter";
}

/** Wait at a booth, from anywhere in the house. */
export interface TakeNumber {
  type: "booth.take-number";
  booth: string;
  topic?: string;
}

/** Wait there no longer, or decline an invitation. */
export interface GiveBack {
  type: "booth.give-back";
  booth: string;
}

/** Answer the call, and sit down at the counter. */
export interface Come {
  type: "booth.come";
  booth: string;
}

/** Call the first who waits and is in no other talk. */
export interface Next {
  type: "booth.next";
  booth: string;
}

/** Call a certain one who waits, or invite an idle talent. */
export interface Call {
  type: "booth.call";
  booth: string;
  person: string;
}

/** Say that the talk ends: all have a moment to say goodbye. */
export interface HostingFinish {
  type: "booth.finish";
  counter: string;
}

/** Go. */
export interface LeaveCounter {
  type: "booth.leave";
  counter: string;
}

/** Ask a colleague to take this talk over. */
export interface HandOver {
  type: "booth.hand-over";
  counter: string;
  to: string;
}

/** Take over what a colleague hands over, or would rather not. */
export interface TakeOver {
  type: "booth.take-over";
  counter: string;
  on?: boolean;
}

/** Ask to stand along; colleagues simply do. Or ask no longer. */
export interface JoinCounter {
  type: "booth.join";
  counter: string;
  on?: boolean;
}

/** Let somebody in who asked, or not; or call somebody to the counter who waits. */
export interface LetIn {
  type: "booth.let-in";
  counter: string;
  person: string;
  on?: boolean;
}

/** Be among oneselves: nobody can ask to be let in; or again. */
export interface MakePrivate {
  type: "booth.make-private";
  counter: string;
  on?: boolean;
}

/** Say something in writing to those at the counter. It is not kept. */
export interface SayAtCounter {
  type: "counter.say";
  counter: string;
  text: string;
}

/** The page of somebody who sits there says that it is there, or that it is closing. */
export interface StayAtCounter {
  type: "counter.stay";
  counter: string;
  leaving?: boolean;
}

/** Stand at one's booth, or no longer. */
export interface BeThere {
  type: "booth.be-there";
  booth: string;
  on?: boolean;
}

/** Be on a break, and say until when if one knows; or be back. */
export interface TakeBreak {
  type: "booth.pause";
  booth: string;
  on?: boolean;
  until?: number | null;
}

/** Show one's camera to whoever looks at the booth, or no longer. */
export interface ShowAtBooth {
  type: "booth.show";
  booth: string;
  on?: boolean;
  caption?: string;
}

/** The page says that somebody looks at a booth; `fresh` if it was just loaded. */
export interface WatchBooth {
  type: "booth.watch";
  booth: string;
  on?: boolean;
  fresh?: boolean;
}

/** Wave to those of the booth. */
export interface Wave {
  type: "booth.wave";
  booth: string;
}

/** Ask or say something in the booth's chat. It is not stored. */
export interface SayAtBooth {
  type: "booth.say";
  booth: string;
  text: string;
}

/** Take a line away: one's own, one at one's booth, or any at the desk. */
export interface UnsayAtBooth {
  type: "booth.unsay";
  booth: string;
  line: string;
}

/** Be told when one of the booth is free, or no longer. */
export interface TellMe {
  type: "booth.tell-me";
  booth: string;
  on?: boolean;
}

/** Agree to be invited by booths when idle, or no longer. */
export interface BeWilling {
  type: "booth.willing";
  on?: boolean;
}

/** Choose the stands the tour is to visit, in this order; none: all there are. */
export interface TourPlan {
  type: "tour.plan";
  stops: string[];
}

/** Lead everybody who follows to a stand. */
export interface Go {
  type: "tour.go";
  stop: string;
}

/** Go along with the tour that is on, or no longer. */
export interface Follow {
  type: "tour.follow";
  on?: boolean;
}

/** The house says who is at the gathering, which booths and works there are, and when it is. */
export interface FairAdmit {
  type: "fair.admit";
  people: Record<string, Person>;
  booths: Booth[];
  exhibits: Exhibit[];
  hours: [number, number];
}

/** Say something anew; what is None stays as it is. */
export interface StandsDescribe {
  type: "stand.describe";
  booth: string;
  sentences?: string[] | null;
  contact?: string | null;
  promise?: string | null;
}

/** Say who of the staff answers letters; None: whoever finds them first. */
export interface NameOwner {
  type: "stand.name-owner";
  booth: string;
  owner?: string | null;
}

/** Show a link; one to the same address takes its place. */
export interface AddLink {
  type: "stand.add-link";
  booth: string;
  title: string;
  url: string;
}

/** Show a link no longer. */
export interface RemoveLink {
  type: "stand.remove-link";
  booth: string;
  url: string;
}

/** Say what is shown of one's pitch. */
export interface ShowPitch {
  type: "stand.show-pitch";
  booth: string;
  what: "clip" | "none" | "recording";
}

/** The house has taken in a logo, or takes it down. */
export interface HangLogo {
  type: "stand.hang-logo";
  booth: string;
  logo?: Logo | null;
}

/** The house has taken in a file. */
export interface LayDownload {
  type: "stand.lay-download";
  booth: string;
  download: Download;
}

/** The house takes a file away. */
export interface TakeDownload {
  type: "stand.take-download";
  booth: string;
  download: string;
}

/** The house lets a company ask one more person to its booth. */
export interface Invite {
  type: "stand.invite";
  booth: string;
  person: string;
  by: string;
}

/** The house takes such an invitation back. */
export interface Dismiss {
  type: "stand.dismiss";
  booth: string;
  person: string;
}

/** Pin an offer to the board, for the booth one represents. */
export interface PinJob {
  type: "job.pin";
  booth: string;
  offer: JobsOffer;
}

/** Write an offer anew. */
export interface EditJob {
  type: "job.edit";
  job: string;
  offer: JobsOffer;
}

/** Take an offer off the board for good. */
export interface TakeJobDown {
  type: "job.take-down";
  job: string;
}

/** Remember an offer for oneself, or no longer. */
export interface BookmarkJob {
  type: "job.bookmark";
  job: string;
  on?: boolean;
}

/** The house hangs a card that is sealed, or one that was written anew. */
export interface Hang {
  type: "cv.hang";
  person: string;
  /** Only for who has none yet. */
  card: string;
  /** Whether a CV goes with it. */
  pdf: boolean;
}

/** Take one's card off the board; nobody sees any of it any more, and it is erased. */
export interface TakeDown {
  type: "cv.take-down";
}

/** Let a company, or all sponsors, see one's card with the name on it, until that day. Said again for the same reason it replaces what was said before. */
export interface GrantAccess {
  type: "cv.grant";
  to: string;
  until: number;
  /** What else: contact, CV. */
  what?: ("card" | "contact" | "pdf")[];
  why?: "switch" | "visit";
}

/** Let a company, or all sponsors, see one's card no longer, why ever they did. A company that was named sees it not as one of all sponsors either, until it is named again. */
export interface CvsWithdraw {
  type: "cv.withdraw";
  to: string;
}

/** The house writes down that somebody is about to see something of a card. */
export interface Look {
  type: "cv.look";
  card: string;
  by: string;
  what: "card" | "contact" | "face" | "pdf";
}

/** Ask the owner of a card, for one's company, to let it be seen. */
export interface AskToSee {
  type: "cv.ask";
  card: string;
}

/** Pin one's card to a job: its company sees the card, and what else is named, until then. */
export interface PutPin {
  type: "pin.put";
  job: string;
  until: number;
  what?: ("card" | "contact" | "pdf")[];
}

/** Take one's card off a job again; the company sees it no longer by it. */
export interface WithdrawPin {
  type: "pin.withdraw";
  job: string;
}

/** Answer, for one's company, whoever pinned a card. */
export interface AnswerPin {
  type: "pin.answer";
  pin: string;
  state: "declined" | "invited" | "later";
}

/** The house has sealed what somebody wrote to an exhibitor, and lays it into the inbox. */
export interface Post {
  type: "letter.post";
  letter: string;
  booth: string;
  by: string;
}

/** The house has sealed what a representative answered. */
export interface LettersAnswer {
  type: "letter.answer";
  letter: string;
  by: string;
}

/** Whoever wrote a letter takes it back; the house erases it. */
export interface Recall {
  type: "letter.recall";
  letter: string;
  by: string;
}

/** A representative has read a letter. */
export interface Read {
  type: "letter.read";
  letter: string;
}

/** Take what lies in the own inbox over, or hand it to a colleague. */
export interface Hand {
  type: "letter.hand";
  /** A letter, or a pin. */
  entry: string;
  to: string;
}

/** Nothing more is to be done; whoever wrote is told. */
export interface Close {
  type: "letter.close";
  letter: string;
}

/** Leave one's card at a booth: its exhibitor may see these fields until then. Name and organisation always belong to it. Said again it replaces what was said before. */
export interface Share {
  type: "visit.share";
  booth: string;
  until: number;
  fields?: ("card" | "mail" | "phone")[];
}

/** Leave one's card at a booth no longer. */
export interface TakeBack {
  type: "visit.take-back";
  booth: string;
}

/** Leave one's card nowhere any more. */
export interface TakeAllBack {
  type: "visit.take-all-back";
}

/** The house has shown somebody a booth, or one of its jobs. */
export interface Count {
  type: "visit.count";
  booth: string;
  person: string;
  job?: string;
}

/** Write the abstract of a work. */
export interface GalleryDescribe {
  type: "gallery.describe";
  work: string;
  abstract: string;
}

/** Say what a picture shows. */
export interface Caption {
  type: "gallery.caption";
  work: string;
  hanging: string;
  text: string;
}

/** The house hangs what was brought; a new poster or clip takes the place of the old one. */
export interface GalleryHang {
  type: "gallery.hang";
  work: string;
  hanging: Hanging;
}

/** The house takes something down. */
export interface GalleryTakeDown {
  type: "gallery.take-down";
  work: string;
  hanging: string;
}

/** Ask those who made a work. */
export interface GalleryAsk {
  type: "gallery.ask";
  work: string;
  text: string;
}

/** Answer a question about one's own work. */
export interface GalleryAnswer {
  type: "gallery.answer";
  question: string;
  text: string;
}

/** Take one's own question back, with its answers. */
export interface GalleryWithdraw {
  type: "gallery.withdraw";
  question: string;
}

/** Show a question to nobody but its author and the desk, or to all again. */
export interface Hide {
  type: "gallery.hide";
  question: string;
  on?: boolean;
}

/** Say a word to a work, or take it back. */
export interface React {
  type: "gallery.react";
  work: string;
  word: "aha" | "bravo" | "thanks";
  on?: boolean;
}

/** Let people vote; what was voted before is forgotten. */
export interface Open {
  type: "ballot.open";
  ballot: string;
}

/** Give one's vote, change it, or take it back. */
export interface Vote {
  type: "ballot.vote";
  ballot: string;
  choice?: string | null;
}

/** End the vote and tell everybody how it ended. */
export interface BallotClose {
  type: "ballot.close";
  ballot: string;
}

/** The agenda tells the stage what is on and what comes next. */
export interface FloorCue {
  type: "floor.cue";
  live: Slot | null;
  upcoming: Slot[];
}

/** Come into the green room. */
export interface FloorEnter {
  type: "floor.enter";
}

/** Leave the green room. */
export interface GoOut {
  type: "floor.go-out";
}

/** Tell the moderator how ready one is. */
export interface SayReady {
  type: "floor.say-ready";
  state: "absent" | "nearly" | "ready";
}

/** Go on stage, or, before one's item begins, agree to go on as soon as it does. */
export interface TakeSeat {
  type: "floor.take-seat";
  seat: "guest" | "moderator" | "speaker";
}

/** Leave the stage, or take back the agreement to go on. */
export interface LeaveSeat {
  type: "floor.leave-seat";
}

/** The moderator ends somebody's time on a seat. */
export interface ClearSeat {
  type: "floor.clear-seat";
  seat: "guest" | "moderator" | "speaker";
  /** Whom the moderator sees there; a stale click is refused. */
  person: string;
}

/** Show one's screen to everybody, or stop. */
export interface FloorShare {
  type: "floor.share";
  on: boolean;
}

/** Ask to speak, or put the hand down. */
export interface RaiseHand {
  type: "floor.raise-hand";
  up: boolean;
}

/** The moderator offers somebody the guest seat, or (`on` false) takes the offer back. */
export interface FloorInvite {
  type: "floor.invite";
  person: string;
  on?: boolean;
}

/** No thanks to the guest seat. */
export interface Decline {
  type: "floor.decline";
}

/** The moderator silently asks the speaker to come to an end. */
export interface WrapUp {
  type: "floor.wrap-up";
}

/** A line between the moderator and one person in the green room or on stage. The moderator names the person; the person leaves `to` empty. */
export interface Prompt {
  type: "floor.prompt";
  text: string;
  to?: string | null;
}

/** The media process says how a source arrives. */
export interface SourceLight {
  type: "floor.source-light";
  person: string;
  what: "camera" | "screen";
  state: "frozen" | "gone" | "live";
}

/** Ask the person on stage. */
export interface QuestionsAsk {
  type: "question.ask";
  text: string;
  /** The desk sees who asks, nobody else. */
  anonymous?: boolean;
}

/** Take one's own question back. */
export interface QuestionsWithdraw {
  type: "question.withdraw";
  question: string;
}

/** Add one's voice to a question, or take it away. */
export interface Support {
  type: "question.support";
  question: string;
  on?: boolean;
}

/** Show a question to everybody, on the beamer too; one at a time. */
export interface PutOnAir {
  type: "question.put-on-air";
  question: string;
}

/** The question has been answered. */
export interface Answered {
  type: "question.answer";
  question: string;
}

/** Later: the question is open again. */
export interface PutBack {
  type: "question.put-back";
  question: string;
}

/** The question is not going to be asked. */
export interface QuestionsDismiss {
  type: "question.dismiss";
  question: string;
}

/** Two questions are one; the voices of both count for `into`. */
export interface Merge {
  type: "question.merge";
  question: string;
  into: string;
}

/** Say something to everybody in the room. */
export interface ChatSay {
  type: "chat.say";
  text: string;
}

/** Take a line away: one's own, or the moderator anybody's. */
export interface Delete {
  type: "chat.delete";
  line: string;
}

/** The moderator stops somebody from writing here, or lets them write again. */
export interface Silence {
  type: "chat.silence";
  person: string;
  on?: boolean;
}

/** Say one of the three words, or take it back. */
export interface ReactionsReact {
  type: "reaction.send";
  word: "aha" | "bravo" | "thanks";
  on?: boolean;
}

/** Clap. */
export interface Applaud {
  type: "reaction.applaud";
}

/** The house has taken in a deck; one that the item had before is replaced. */
export interface Lay {
  type: "slides.lay";
  item: string;
  deck: string;
  name: string;
  pages: number;
  people: string[];
}

/** The house removes the deck of an item. */
export interface TakeAway {
  type: "slides.take-away";
  item: string;
}

/** Turn from one page to another. It names the page it comes from: of two who turn at once, one turns. */
export interface Turn {
  type: "slides.turn";
  deck: string;
  before: number;
  to: number;
}

/** Take the slides off the stage, or (`on` false) show them again. */
export interface SlidesHide {
  type: "slides.hide";
  deck: string;
  on: boolean;
}

/** Let a camera or a player connect with a new secret; the place's earlier one ends. */
export interface SourcesAdmit {
  type: "source.admit";
  way: "in" | "out";
  place: "guest" | "moderator" | "screen" | "speaker";
  name: string;
  secret: string;
}

/** Let it connect no longer; if it is connected, it is parted from. */
export interface SourcesDismiss {
  type: "source.dismiss";
  way: "in" | "out";
  place: "guest" | "moderator" | "screen" | "speaker";
}

/** Put a camera on its seat for everybody, or take it off again. */
export interface Air {
  type: "source.air";
  place: "guest" | "moderator" | "screen" | "speaker";
  on: boolean;
}

/** Show a camera to the desk alone, or (`None`) whoever comes next again. */
export interface Preview {
  type: "source.preview";
  place: "guest" | "moderator" | "screen" | "speaker" | null;
}

/** The media process says how a source arrives, or that a player is connected. */
export interface SourcesReport {
  type: "source.report";
  way: "in" | "out";
  place: "guest" | "moderator" | "screen" | "speaker";
  state: "frozen" | "gone" | "live";
  codec?: string;
}

/** The media process says how many viewers have nothing that decodes H264. */
export interface SourcesCount {
  type: "source.count";
  unable: number;
}

/** Record what is on now, or everything from now on. */
export interface RecordingStart {
  type: "recording.start";
  span: "evening" | "item";
}

/** Record no longer. */
export interface Stop {
  type: "recording.stop";
}

/** Who has agreed to being recorded; whoever is missing does not agree any more. */
export interface Allow {
  type: "recording.allow";
  people: string[];
}

/** The file of a take has begun. */
export interface Roll {
  type: "recording.roll";
  take: string;
  at: number;
  suffix: "mp4" | "webm";
}

/** The file of a take cannot go on; what follows is another take. */
export interface RecordingClose {
  type: "recording.close";
  take: string;
}

/** Recording cannot go on. */
export interface GiveUp {
  type: "recording.give-up";
  why: "broken" | "full";
}

/** How much room is left. */
export interface NoteSpace {
  type: "recording.note-space";
  space: Space;
}

/** Let the others see what was recorded of oneself in an item. */
export interface Release {
  type: "recording.release";
  item: string;
}

/** Delete what was recorded of somebody in an item. */
export interface RecordingDelete {
  type: "recording.delete";
  item: string;
  person: string;
}

/** The time these may be kept is over. */
export interface Expire {
  type: "recording.expire";
  takes: string[];
}

/** The house has taken in a clip; one that the item had before is replaced. */
export interface LayClip {
  type: "insurance.lay-clip";
  item: string;
  clip: string;
  seconds: number;
  people: string[];
}

/** The house removes the clip of an item. */
export interface TakeClipAway {
  type: "insurance.take-clip-away";
  item: string;
}

/** Play the clip of the item that is on, for everybody. */
export interface Play {
  type: "insurance.play";
  item: string;
}

/** Play no longer. */
export interface InsuranceStop {
  type: "insurance.stop";
}

/** Go on with slides and sound only, or (`on` false) show the speaker's picture again. */
export interface GoWithout {
  type: "insurance.go-without";
  on: boolean;
}

/** Show the speaker how to take the phone as camera, or no longer. */
export interface AskForPhone {
  type: "insurance.ask-for-phone";
  on: boolean;
}

/** One's own phone is the camera from now on, or the computer again. */
export interface UsePhone {
  type: "insurance.use-phone";
  on: boolean;
}

/** Keep the seat for whoever is missing; the question comes again after a minute. */
export interface Keep {
  type: "insurance.keep";
}

/** Whether the clock stops while the speaker's picture is missing. */
export interface Rule {
  type: "insurance.rule";
  on: boolean;
}

/** The house has stopped the clock of an item, or let it go on. */
export interface InsuranceHold {
  type: "insurance.hold";
  item: string | null;
}

/** The media process says that of somebody only the sound still comes, or the picture too. */
export interface Sight {
  type: "insurance.sight";
  person: string;
  blind: boolean;
}

/** The media process says that a clip is over, or cannot be played. */
export interface End {
  type: "insurance.end";
  clip: string;
}

/** Somebody did something to the running order. */
export interface Acted {
  type: "agenda.acted";
  number: number;
  at: number;
  by: string;
  deed: Start | Finish | Extend | Pause | Resume | Skip | Move | Swap;
}

/** The last deed that still counted no longer counts. */
export interface Undone {
  type: "agenda.undone";
  number: number;
  at: number;
  by: string;
}

/** The organisers' programme was read in anew; what has happened stays. */
export interface Planned {
  type: "agenda.planned";
  number: number;
  at: number;
  by: string;
  gathering: Gathering;
}

/** An item began or ended by itself. It follows from the log and is not stored. */
export interface Stepped {
  type: "agenda.stepped";
  stage: string;
  item: string;
  what: "finished" | "started";
  at: number;
}

/** Somebody is in the hall or at home. */
export interface SatDown {
  type: "people.sat-down";
  person: string;
  place: "hall" | "home";
}

/** Somebody new is here. */
export interface CameIn {
  type: "people.came-in";
  person: Person;
}

/** Somebody is not on the list any more. */
export interface SeenOff {
  type: "people.seen-off";
  person: string;
}

/** What somebody's check found; they and the desk hear it. */
export interface CheckReported {
  type: "check.reported";
  person: string;
  check: Check;
}

/** A note among those at the desk. */
export interface TeamSaid {
  type: "team.said";
  id: string;
  by: string;
  text: string;
  at: number;
}

/** Somebody agreed to being recorded. */
export interface ConsentGiven {
  type: "consent.given";
  person: string;
  language: "de" | "en";
  wording: string;
  at: number;
}

/** Somebody no longer agrees. */
export interface ConsentWithdrawn {
  type: "consent.withdrawn";
  person: string;
  at: number;
}

/** What one process said, good until `until`. */
export interface Reported {
  type: "presence.reported";
  process: string;
  people: string[];
  until: number;
}

/** A process has not repeated its list in time. */
export interface ListFaded {
  type: "presence.faded";
  process: string;
}

/** Who is at the gathering changed, or what its organisers set. */
export interface Admitted {
  type: "lounge.admitted";
  /** Those who are new or not as they were. */
  people: Record<string, Person>;
  /** Those who are no longer on the list. */
  gone: string[];
  rules: Meetings;
  exhibitors: Booth[];
}

/** When rounds are, and when people are on stages, changed. */
export interface Cued {
  type: "lounge.cued";
  rounds: RoundTime[];
  busy: Record<string, [number, number][]>;
  hours: [number, number];
  tour: string | null;
}

/** Somebody keeps somebody away, or no longer; told to the one who decided, and nobody else. */
export interface Blocked {
  type: "safety.blocked";
  by: string;
  person: string;
  on: boolean;
}

/** Somebody was reported; heard by the reporter and the desk, never by the person concerned. */
export interface SafetyReported {
  type: "safety.reported";
  id: string;
  by: string;
  person: string;
  where: "meeting" | "people" | "stage" | "table" | "talk";
  place: string;
  at: number;
}

/** The desk has seen to a report; the one who reported may know. */
export interface Settled {
  type: "safety.settled";
  id: string;
  /** Who reported. */
  by: string;
  /** Who was reported. */
  person: string;
  settledBy: string;
  at: number;
}

/** These sit together, and some of them had not before; they hear it. */
export interface Met {
  type: "acquaintance.met";
  people: string[];
  at: number;
}

/** Somebody would like to swap contacts, or changed what they show; both hear it. */
export interface Offered {
  type: "contacts.offered";
  by: string;
  to: string;
  fields: ("card" | "mail" | "phone")[];
  at: number;
}

/** Somebody swaps contacts with somebody no longer; both hear it. */
export interface Withdrawn {
  type: "contacts.withdrawn";
  by: string;
  to: string;
  at: number;
}

/** There is another table. */
export interface TableOpened {
  type: "tables.opened";
  table: Table;
}

/** Somebody sits at a table. */
export interface SatAtTable {
  type: "tables.sat-down";
  table: string;
  person: string;
  seat: number;
  at: number;
}

/** Somebody sits there no longer. Why is not said: nobody shall learn of a block from it. */
export interface GotUp {
  type: "tables.got-up";
  table: string;
  person: string;
  at: number;
}

/** A table is private from now on, or open to all. */
export interface TableLocked {
  type: "tables.locked";
  table: string;
  private: boolean;
  by: string;
}

/** Somebody asks to be let in, or asks no longer; heard by them and by those who sit there. */
export interface Knocked {
  type: "tables.knocked";
  table: string;
  person: string;
  on: boolean;
  people: string[];
  at: number;
}

/** Somebody who knocked is let in, or not; heard like the knock. */
export interface KnockAnswered {
  type: "tables.answered";
  table: string;
  person: string;
  letIn: boolean;
  people: string[];
  at: number;
}

/** Whose screen a table or a talk sees from now on; heard there. */
export interface ScreenShared {
  type: "tables.shared";
  room: string;
  person: string | null;
  people: string[];
}

/** The agenda will want somebody at `at`, or no longer; heard by those at the table. */
export interface CalledAway {
  type: "tables.called";
  table: string;
  person: string;
  on: boolean;
  at: number;
  people: string[];
}

/** A table ends at `at`; until then one says goodbye. */
export interface TableClosing {
  type: "tables.closing";
  table: string;
  at: number;
}

/** A table is gone. */
export interface TableClosed {
  type: "tables.closed";
  table: string;
}

/** One may sit down from now on, or not for now. */
export interface TablesOpened {
  type: "tables.opened-all";
  on: boolean;
}

/** Somebody at the table wrote something; heard there, never stored. */
export interface TableSaid {
  type: "tables.said";
  table: string;
  by: string;
  text: string;
  at: number;
  people: string[];
}

/** Until when seats are kept without another word. */
export interface SeatsKept {
  type: "tables.kept";
  until: Record<string, number>;
}

/** A booking is like this now; told to those who may know of it. */
export interface BookingChanged {
  type: "booking.changed";
  booking: Booking;
  what: "agreed" | "asked" | "cancelled" | "declined" | "expired" | "fits" | "handed-on" | "in-conflict" | "met" | "missed" | "moved" | "narrowed" | "proposed" | "withdrawn";
  /** None: by itself. */
  by: string | null;
  at: number;
}

/** The meetings agreed on were held against this cue of the agenda's. */
export interface BookingsChecked {
  type: "booking.checked";
  cued: number;
}

/** Somebody says what they seek, offer and are. */
export interface Described {
  type: "wishes.described";
  person: string;
  profile: Profile;
  /** Said by themselves, and not by the organisers. */
  own: boolean;
}

/** Somebody's list as it is now; they alone hear it. */
export interface Wished {
  type: "wishes.wished";
  by: string;
  wishes: string[];
}

/** Somebody would rather not meet somebody, or would again; they alone hear it. */
export interface Declined {
  type: "wishes.refused";
  by: string;
  person: string;
  on: boolean;
}

/** A draft is being made. */
export interface WasAsked {
  type: "pairing.asked";
  asked: PairedAsked;
}

/** There is a draft. */
export interface Drafted {
  type: "pairing.drafted";
  plan: PairedPlan;
}

/** No draft could be made. */
export interface Failed {
  type: "pairing.failed";
}

/** The draft holds; everybody is told their own part of it by `pairing.mine`. */
export interface Published {
  type: "pairing.published";
  number: number;
  /** All who were thought of. */
  people: string[];
  /** Rounds that have begun; theirs stays as it was. */
  keeps: string[];
}

/** The draft is gone. */
export interface Discarded {
  type: "pairing.discarded";
}

/** Later rounds open no talks, or do again. */
export interface Held {
  type: "pairing.held";
  on: boolean;
}

/** The published plan does not hold any more, and why. */
export interface Wanted {
  type: "pairing.wanted";
  reasons: ("agenda" | "joined" | "kept-apart" | "left" | "no-show")[];
  /** By round, who is known by now not to come. */
  absent: Record<string, string[]>;
  /** Who takes part that was not thought of, or is back. */
  people: string[];
  /** Who did not come and is not in the house. */
  away: string[];
  at: number;
}

/** The published plan is another one. */
export interface Mended {
  type: "pairing.repaired";
  plan: PairedPlan;
  repair: Repair;
}

/** The last repair is taken back. */
export interface PairingUndone {
  type: "pairing.undone";
  number: number;
}

/** The published plan was held against how things are. */
export interface Looked {
  type: "pairing.looked";
  at: number;
}

/** Somebody's own partners, after they were published or changed. */
export interface Mine {
  type: "pairing.mine";
  person: string;
  meetings: OwnMeeting[];
}

/** A talk is open. */
export interface Opened {
  type: "breakout.opened";
  breakout: Breakout;
}

/** Somebody is there. */
export interface EnteredTalk {
  type: "breakout.entered";
  breakout: string;
  people: string[];
  person: string;
  at: number;
}

/** Somebody came when the other had somebody else already, and is free for others too. */
export interface CameLate {
  type: "breakout.came-late";
  breakout: string;
  people: string[];
  person: string;
}

/** Somebody went. */
export interface Left {
  type: "breakout.left";
  breakout: string;
  people: string[];
  person: string;
}

/** Somebody is still not there. */
export interface Missed {
  type: "breakout.missed";
  breakout: string;
  people: string[];
  missing: string[];
}

/** Whoever waits here need not wait any more, and is free for somebody else. */
export interface GivenUp {
  type: "breakout.given-up";
  breakout: string;
  people: string[];
}

/** Somebody would like to go on for two minutes, or no longer would. */
export interface WantedMore {
  type: "breakout.wanted-more";
  breakout: string;
  people: string[];
  person: string;
  on: boolean;
}

/** The end moved: by the pair, or with the round. */
export interface Retimed {
  type: "breakout.retimed";
  breakout: string;
  people: string[];
  endsAt: number;
  closesAt: number;
  pausedAt: number | null;
  extended: number;
}

/** Twenty seconds to say goodbye. */
export interface FarewellBegan {
  type: "breakout.farewell";
  breakout: string;
  people: string[];
  closesAt: number;
}

/** It is over. */
export interface Closed {
  type: "breakout.closed";
  breakout: string;
  people: string[];
  at: number;
}

/** Somebody agrees to a direct connection, or no longer does. */
export interface AgreedDirect {
  type: "breakout.agreed-direct";
  breakout: string;
  people: string[];
  person: string;
  on: boolean;
}

/** A description or a candidate for one browser; heard by `to` alone. */
export interface Signalled {
  type: "breakout.signalled";
  breakout: string;
  by: string;
  to: string;
  call: string;
  body: string;
}

/** A line in a talk. */
export interface SaidInTalk {
  type: "breakout.said";
  breakout: string;
  people: string[];
  by: string;
  text: string;
  at: number;
}

/** There is news of a letter to this booth; only those whom it concerns hear it. */
export interface Brought {
  type: "post.brought";
  people: string[];
  booth: string;
  news: "answered" | "card" | "closed" | "late" | "letter";
}

/** Somebody waits at a booth from now on. */
export interface TicketTaken {
  type: "booth.ticket-taken";
  ticket: Ticket;
  people: string[];
}

/** It is somebody's turn: they have until `ticket.calledUntil` to come. */
export interface Called {
  type: "booth.called";
  ticket: Ticket;
  people: string[];
}

/** A call does not hold any more, and that is not their fault: they keep their place. */
export interface CalledOff {
  type: "booth.called-off";
  booth: string;
  person: string;
  people: string[];
}

/** Somebody did not come in time, and is second from now on. */
export interface QueuesMissed {
  type: "booth.missed";
  booth: string;
  person: string;
  people: string[];
}

/** A ticket is no more. */
export interface GivenBack {
  type: "booth.given-back";
  booth: string;
  person: string;
  why: "declined" | "gone" | "missed" | "own";
  people: string[];
}

/** Somebody who was called is there; the ticket has served its purpose. */
export interface Came {
  type: "booth.came";
  booth: string;
  person: string;
  counter: string;
  people: string[];
}

/** A talk at a booth is like this from now on. */
export interface CounterChanged {
  type: "counter.changed";
  counter: Counter;
  people: string[];
}

/** A talk is over. */
export interface CounterClosed {
  type: "counter.closed";
  counter: string;
  booth: string;
  talk: BoothTalk;
  people: string[];
}

/** Somebody wrote a line to those at the counter; heard there, kept nowhere. */
export interface CounterSaid {
  type: "counter.said";
  counter: string;
  by: string;
  text: string;
  at: number;
  people: string[];
}

/** Until when seats are kept without another word of those who sit there. */
export interface CounterKept {
  type: "counter.kept";
  until: Record<string, number>;
}

/** Somebody stands at their booth from now on, or is on a break there. */
export interface CameToBooth {
  type: "booth.staffed";
  person: string;
  post: StallsPost;
}

/** Somebody stands at their booth no longer. */
export interface LeftBooth {
  type: "booth.unstaffed";
  person: string;
  booth: string;
}

/** What one sees at a booth from now on, if anything. */
export interface BoothShowed {
  type: "booth.showed";
  booth: string;
  showing: Showing | null;
}

/** Somebody looks at a booth, or no longer; they alone hear it, and what was said there. */
export interface BoothWatched {
  type: "booth.watched";
  booth: string;
  person: string;
  until: number | null;
  lines: BoothLine[] | null;
}

/** A line in a booth's chat. Everybody hears it: who looks at a booth is nobody's business. */
export interface BoothSaid {
  type: "booth.said";
  booth: string;
  line: BoothLine;
}

/** A line was taken away. */
export interface BoothUnsaid {
  type: "booth.unsaid";
  booth: string;
  line: string;
}

/** A visitor waves to those of the booth. */
export interface Waved {
  type: "booth.waved";
  booth: string;
  by: string;
  at: number;
  people: string[];
}

/** Somebody wants to hear when one of the booth is back, or no longer; they alone hear it. */
export interface WantsToBeTold {
  type: "booth.wants-to-be-told";
  booth: string;
  person: string;
  on: boolean;
}

/** One of the booth is free; somebody who wanted to be told hears it. */
export interface SomebodyBack {
  type: "booth.somebody-back";
  booth: string;
  person: string;
}

/** Somebody agrees to be invited when idle, or no longer; they alone hear it. */
export interface Willing {
  type: "booth.willingness";
  person: string;
  on: boolean;
}

/** Idle talents whom an idle booth could invite; its people hear it. */
export interface Proposed {
  type: "booth.proposed";
  booth: string;
  talents: string[];
  people: string[];
}

/** The house looked how things are at the booths. */
export interface StallsLooked {
  type: "booth.looked";
  at: number;
  gone: Record<string, number>;
}

/** Which stands the tour is to visit; for the desk. */
export interface TourPlanned {
  type: "tour.planned";
  stops: string[];
}

/** A tour is on; nobody follows yet. */
export interface Began {
  type: "tour.began";
  item: string;
  at: number;
}

/** The tour is at a stand. */
export interface Went {
  type: "tour.went";
  stop: string;
  at: number;
}

/** Somebody goes along, or no longer; told to them alone. */
export interface Followed {
  type: "tour.followed";
  person: string;
  on: boolean;
}

/** The tour is over. */
export interface Ended {
  type: "tour.ended";
  item: string;
  at: number;
}

/** Who or what is at the fair changed. */
export interface FairAdmitted {
  type: "fair.admitted";
  /** Those who are new or not as they were. */
  people: Record<string, Person>;
  gone: string[];
  booths: Booth[];
  exhibits: Exhibit[];
  hours: [number, number];
}

/** A stand is like this now. */
export interface StandChanged {
  type: "stand.changed";
  stand: Stand;
  at: number;
}

/** Somebody was asked to a booth; its staff and the desk hear it. */
export interface StaffInvited {
  type: "stand.invited";
  invited: StandsInvited;
  people: string[];
}

/** Somebody is not asked to a booth any more. */
export interface StaffDismissed {
  type: "stand.dismissed";
  person: string;
  people: string[];
}

/** An offer hangs on the board. */
export interface JobPinned {
  type: "job.pinned";
  job: Job;
}

/** An offer reads otherwise now. */
export interface JobEdited {
  type: "job.edited";
  job: Job;
}

/** An offer is off the board: taken down, or out of date. */
export interface JobGone {
  type: "job.gone";
  job: string;
  at: number;
}

/** Somebody remembers an offer, or no longer; they alone hear it. */
export interface JobBookmarked {
  type: "job.bookmarked";
  person: string;
  job: string;
  on: boolean;
}

/** Somebody's card hangs, or reads otherwise now; they alone hear it. */
export interface CardHung {
  type: "cv.hung";
  card: Card;
}

/** A card that hangs looks like this revision of it; everybody hears it. */
export interface FaceChanged {
  type: "cv.face";
  card: string;
  /** 0: it hangs no more. */
  revision: number;
}

/** Somebody's card hangs no more, and with it all grants ended. */
export interface CardTakenDown {
  type: "cv.taken-down";
  person: string;
  card: string;
  at: number;
  people: string[];
}

/** A company may see something of a card; it and the owner hear it. */
export interface Granted {
  type: "cv.granted";
  grant: Grant;
  people: string[];
}

/** Grants ended before their time; those they were for and the owner hear it. */
export interface CvsWithdrawn {
  type: "cv.withdrawn";
  person: string;
  card: string;
  /** Whoever that is sees nothing of the card, unless `grants` names some alone. */
  to: string;
  grants: string[];
  /** Whether the company is set apart; else only `grants` ended. */
  whole: boolean;
  at: number;
  people: string[];
}

/** Grants ended in their time. */
export interface Expired {
  type: "cv.expired";
  person: string;
  card: string;
  grants: string[];
  people: string[];
}

/** Somebody of a company looked at a card; its owner hears it. */
export interface CvsLooked {
  type: "cv.looked";
  person: string;
  look: CvsSight;
}

/** A company asks to see a card; it and the owner hear it. */
export interface AskedToSee {
  type: "cv.asked";
  person: string;
  card: string;
  booth: string;
  at: number;
  people: string[];
}

/** A card is pinned to a job; its owner and the company hear it. */
export interface PinPut {
  type: "pin.hung";
  pin: Pin;
  people: string[];
}

/** So many cards are pinned to a job; everybody hears it. */
export interface PinsCounted {
  type: "pin.counted";
  job: string;
  count: number;
}

/** A card is pinned to a job no longer; the company forgets whose it was. */
export interface PinWithdrawn {
  type: "pin.withdrawn";
  pin: string;
  at: number;
  people: string[];
}

/** The company answered; the owner and the company hear it. */
export interface PinAnswered {
  type: "pin.answered";
  pin: string;
  state: "declined" | "invited" | "later";
  by: string;
  at: number;
  people: string[];
}

/** All pins were held against the grants and offers they rest on, as those stood then. */
export interface PinsChecked {
  type: "pin.checked";
  stand: string;
}

/** A letter is like this now; the one who wrote and that exhibitor's people hear it. */
export interface LetterChanged {
  type: "letter.changed";
  letter: Letter;
  what: "answered" | "closed" | "late" | "posted" | "read" | "taken";
  /** None: by itself. */
  by: string | null;
  at: number;
  people: string[];
}

/** A letter is no more. */
export interface LetterRecalled {
  type: "letter.recalled";
  letter: string;
  by: string | null;
  at: number;
  people: string[];
}

/** Somebody of an exhibitor sees to an application; its people hear it. */
export interface PinHanded {
  type: "letter.pin-handed";
  pin: string;
  owner: string;
  by: string;
  at: number;
  people: string[];
}

/** Somebody left a card, or changed what it shows; that exhibitor's people hear it too. */
export interface Shared {
  type: "visit.shared";
  booth: string;
  person: string;
  fields: ("card" | "mail" | "phone")[];
  until: number;
  at: number;
  people: string[];
}

/** A card lies at a booth no longer: it was taken back, or its time is over. */
export interface TakenBack {
  type: "visit.taken-back";
  booth: string;
  person: string;
  at: number;
  people: string[];
}

/** Somebody saw a booth or a job for the first time; nobody hears who. */
export interface Counted {
  type: "visit.counted";
  booth: string;
  person: string;
  job: string;
  at: number;
}

/** A work has another abstract. */
export interface GalleryDescribed {
  type: "gallery.described";
  work: string;
  abstract: string;
}

/** A picture has another caption. */
export interface Captioned {
  type: "gallery.captioned";
  work: string;
  hanging: string;
  text: string;
}

/** Something hangs at a work. */
export interface Hung {
  type: "gallery.hung";
  work: string;
  hanging: Hanging;
}

/** Something hangs there no longer. */
export interface TakenDown {
  type: "gallery.taken-down";
  work: string;
  hanging: string;
}

/** There is a question at a work. */
export interface Asked {
  type: "gallery.asked";
  id: string;
  work: string;
  by: string;
  text: string;
  at: number;
}

/** A question has another answer. */
export interface GalleryAnswered {
  type: "gallery.answered";
  question: string;
  by: string;
  text: string;
  at: number;
}

/** A question was taken back. */
export interface GalleryWithdrawn {
  type: "gallery.withdrawn";
  question: string;
}

/** The desk hid a question, or shows it again. */
export interface Hidden {
  type: "gallery.hidden";
  question: string;
  on: boolean;
}

/** One person's word to a work; only that person hears it, all hear the count. */
export interface Reacted {
  type: "gallery.reacted";
  person: string;
  work: string;
  word: "aha" | "bravo" | "thanks";
  on: boolean;
}

/** So many have said this word to this work. */
export interface GalleryCounted {
  type: "gallery.counted";
  work: string;
  word: "aha" | "bravo" | "thanks";
  count: number;
}

/** Something at a work is not as it was: whoever looks at it asks for it anew. */
export interface Stirred {
  type: "gallery.stirred";
  work: string;
  revision: number;
}

/** Everybody may vote. */
export interface BallotOpened {
  type: "ballot.opened";
  ballot: string;
  at: number;
}

/** Somebody's vote as it is now; they alone hear it. */
export interface Voted {
  type: "ballot.voted";
  ballot: string;
  person: string;
  choice: string | null;
}

/** The vote has ended, like this. */
export interface BallotClosed {
  type: "ballot.closed";
  ballot: string;
  places: Place[];
  /** Of all. */
  votes: number;
  at: number;
}

/** What is on and what comes next has changed. */
export interface FloorCued {
  type: "floor.cued";
  live: Slot | null;
  upcoming: Slot[];
  at: number;
}

/** Somebody is in the green room. */
export interface Entered {
  type: "floor.entered";
  person: string;
  at: number;
}

/** Somebody left the green room. */
export interface WentOut {
  type: "floor.went-out";
  person: string;
}

/** How ready somebody is. */
export interface SaidReady {
  type: "floor.said-ready";
  person: string;
  state: "absent" | "nearly" | "ready";
  at: number;
}

/** Somebody will be on the seat as soon as their item begins, or no longer. */
export interface Agreed {
  type: "floor.agreed";
  person: string;
  on: boolean;
}

/** Somebody is on a seat. */
export interface Seated {
  type: "floor.seated";
  seat: "guest" | "moderator" | "speaker";
  person: string;
  at: number;
}

/** A seat is free. */
export interface Vacated {
  type: "floor.vacated";
  seat: "guest" | "moderator" | "speaker";
  person: string;
}

/** Somebody's screen is on stage, or nobody's. */
export interface FloorShared {
  type: "floor.shared";
  person: string | null;
}

/** Somebody would like to speak, or no longer. */
export interface HandRaised {
  type: "floor.hand-raised";
  person: string;
  up: boolean;
  at: number;
}

/** Somebody is offered the guest seat, or no longer. */
export interface Invited {
  type: "floor.invited";
  person: string;
  on: boolean;
}

/** The speaker is silently asked to come to an end. */
export interface AskedToWrapUp {
  type: "floor.asked-to-wrap-up";
  person: string;
  at: number;
}

/** A line between the desk and one person. */
export interface Prompted {
  type: "floor.prompted";
  id: string;
  /** The one in the green room or on stage, whoever of the two wrote. */
  person: string;
  by: string;
  text: string;
  at: number;
}

/** How a source arrives has changed. */
export interface SourceLit {
  type: "floor.source-lit";
  person: string;
  what: "camera" | "screen";
  state: "frozen" | "gone" | "live";
}

/** There is a new question. */
export interface QuestionAsked {
  type: "question.asked";
  id: string;
  text: string;
  /** Nobody's name if asked without one. */
  by: string | null;
  /** What was on when it was asked. */
  item: string | null;
  at: number;
}

/** Who asked a question that shows no name; only the desk and the author hear it. */
export interface QuestionSigned {
  type: "question.signed";
  id: string;
  by: string;
}

/** One person's voice for a question; only that person hears it, all see the tally. */
export interface QuestionSupported {
  type: "question.supported";
  id: string;
  person: string;
  on: boolean;
}

/** A question is on air, answered, back among the open ones, dismissed or withdrawn. A withdrawn question is gone from the room; the others stay in their place. */
export interface QuestionMoved {
  type: "question.moved";
  id: string;
  state: "air" | "answered" | "dismissed" | "open" | "withdrawn";
  /** At this instant; questions that can no longer be asked are not tallied. */
  votes: number;
  at: number;
}

/** A question has become part of another, and all its voices have gone over. */
export interface QuestionMerged {
  type: "question.merged";
  id: string;
  into: string;
  /** How many support `into` now; for `id` itself nobody is left. */
  votes: number;
  at: number;
}

/** Somebody said something. */
export interface Said {
  type: "chat.said";
  id: string;
  by: string;
  text: string;
  at: number;
}

/** A line is gone. */
export interface Deleted {
  type: "chat.deleted";
  id: string;
}

/** Somebody may no longer write here, or may again; they and the desk hear it. */
export interface Silenced {
  type: "chat.silenced";
  person: string;
  on: boolean;
}

/** One person's word; only that person hears it, all see the count. */
export interface ReactionsReacted {
  type: "reaction.sent";
  person: string;
  word: "aha" | "bravo" | "thanks";
  on: boolean;
}

/** One person claps until `until`, on the beat; nobody hears it, all see how many clap. */
export interface Applauded {
  type: "reaction.applauded";
  person: string;
  until: number;
}

/** Those who have not clapped again since are no longer counted. */
export interface ApplauseFaded {
  type: "reaction.faded";
  at: number;
}

/** An item has a new deck. */
export interface Laid {
  type: "slides.laid";
  item: string;
  deck: Deck;
}

/** An item has no deck any more. */
export interface TakenAway {
  type: "slides.taken-away";
  item: string;
  people: string[];
}

/** Another page is seen. */
export interface Turned {
  type: "slides.turned";
  item: string;
  page: number;
}

/** The deck is off the stage, or on it again. */
export interface SlidesHidden {
  type: "slides.hidden";
  item: string;
  on: boolean;
}

/** A secret holds from now on. */
export interface SourcesAdmitted {
  type: "source.admitted";
  way: "in" | "out";
  place: "guest" | "moderator" | "screen" | "speaker";
  name: string;
  secret: string;
  at: number;
}

/** A secret holds no longer. */
export interface Dismissed {
  type: "source.dismissed";
  way: "in" | "out";
  place: "guest" | "moderator" | "screen" | "speaker";
}

/** A camera of this name is on a seat; `None`: whoever sits there is seen again. */
export interface Aired {
  type: "source.aired";
  place: "guest" | "moderator" | "screen" | "speaker";
  name: string | null;
}

/** The desk looks at a camera, or at whoever comes next. */
export interface Previewed {
  type: "source.previewed";
  place: "guest" | "moderator" | "screen" | "speaker" | null;
}

/** How a source arrives has changed. */
export interface SourcesReported {
  type: "source.reported";
  way: "in" | "out";
  place: "guest" | "moderator" | "screen" | "speaker";
  state: "frozen" | "gone" | "live";
  codec: string;
}

/** Another number of viewers has nothing that decodes H264. */
export interface SourcesCounted {
  type: "source.counted";
  unable: number;
}

/** What is on is recorded, of those who agreed. */
export interface Started {
  type: "recording.started";
  span: "evening" | "item";
  /** The only item, for the span of an item. */
  item: string | null;
  by: string;
  at: number;
}

/** Nothing is recorded any more. */
export interface Stopped {
  type: "recording.stopped";
  why: "asked" | "broken" | "full" | "over";
  at: number;
}

/** Who agrees to being recorded. */
export interface Allowed {
  type: "recording.allowed";
  people: string[];
}

/** A seat is being recorded. */
export interface TakeBegan {
  type: "recording.take-began";
  take: Take;
}

/** The first picture or sound of a take is in its file. */
export interface TakeRolled {
  type: "recording.take-rolled";
  take: string;
  at: number;
  suffix: string;
}

/** A seat is no longer recorded. */
export interface TakeEnded {
  type: "recording.take-ended";
  take: string;
  at: number;
}

/** Everybody at the gathering may see these. */
export interface TakesReleased {
  type: "recording.released";
  takes: string[];
  at: number;
}

/** These are no more. */
export interface TakesDeleted {
  type: "recording.deleted";
  takes: string[];
}

/** How much room is left has changed. */
export interface SpaceNoted {
  type: "recording.space-noted";
  space: Space;
}

/** An item has a new clip. */
export interface ClipLaid {
  type: "insurance.clip-laid";
  item: string;
  clip: Clip;
}

/** An item has no clip any more. */
export interface ClipTakenAway {
  type: "insurance.clip-taken-away";
  item: string;
  people: string[];
}

/** A clip plays. */
export interface InsuranceBegan {
  type: "insurance.began";
  playing: Playing;
}

/** No clip plays any more. */
export interface InsuranceEnded {
  type: "insurance.ended";
  at: number;
}

/** A speaker goes on without a picture, or (`None`) is seen again. */
export interface WentWithout {
  type: "insurance.went-without";
  person: string | null;
}

/** Somebody is asked to take the phone as camera, or no longer. */
export interface AskedForPhone {
  type: "insurance.asked-for-phone";
  person: string;
  on: boolean;
}

/** Somebody's camera is their phone, or their computer again. */
export interface UsedPhone {
  type: "insurance.used-phone";
  person: string;
  on: boolean;
}

/** Whether the clock stops while the speaker's picture is missing. */
export interface Ruled {
  type: "insurance.ruled";
  on: boolean;
}

/** The clock of an item was stopped by the rule, or (`None`) goes on. */
export interface InsuranceHeld {
  type: "insurance.held";
  item: string | null;
}

/** Of somebody only the sound still comes, or the picture too. */
export interface Sighted {
  type: "insurance.sighted";
  person: string;
  blind: boolean;
}

/** Somebody who should be seen is not. */
export interface InsuranceMissed {
  type: "insurance.missed";
  person: string;
  seated: boolean;
  at: number;
}

/** It lasts: the desk is offered what helps. */
export interface InsuranceOffered {
  type: "insurance.offered";
}

/** It lasts so long that the moderator is asked about the seat. */
export interface InsuranceAsked {
  type: "insurance.asked";
}

/** The seat is kept on. */
export interface Kept {
  type: "insurance.kept";
  at: number;
}

/** Whoever was missing is seen, or nobody is missed any more. */
export interface Returned {
  type: "insurance.returned";
}

/** The whole agenda; between two of these browsers count by themselves. */
export interface AgendaShown {
  type: "agenda.shown";
  now: number;
  /** Of the last entry in the log. */
  number: number;
  last: LastShown | null;
  stages: StageShown[];
  /** Seconds by which an anchored item comes after its anchor, if it does. */
  late: Record<string, number>;
  /** Predicted start and end of everything that is not over. */
  times: Record<string, [number, number]>;
  items: Record<string, ItemShown>;
}

/** Everybody on the list, after the organisers' programme was read in anew. */
export interface PeopleShown {
  type: "people.shown";
  people: Record<string, Person>;
}

/** Who is in the room, sorted. */
export interface PresenceShown {
  type: "presence.shown";
  here: string[];
}

/** When the rounds are, and what the organisers set; the same for everybody. */
export interface RoundsShown {
  type: "lounge.rounds";
  rounds: RoundTime[];
  rules: Meetings;
  exhibitors: Booth[];
}

/** The plan as the desk sees it. */
export interface PairingShown {
  type: "pairing.shown";
  asked: PairedAsked | null;
  failed: boolean;
  draft: PlanShown | null;
  published: PlanShown | null;
  held: boolean;
  wanted: ("agenda" | "joined" | "kept-apart" | "left" | "no-show")[];
  repaired: Repair | null;
  canUndo: boolean;
}

/** How the talks go, for the desk: numbers, never who says what. */
export interface TalksShown {
  type: "breakout.shown";
  talking: number;
  /** Talks in which somebody waits alone. */
  waiting: number;
  empty: number;
  farewell: number;
  over: number;
}

/** All booths, the same for everybody. */
export interface StallsShown {
  type: "booths.shown";
  booths: Record<string, Stall>;
}

/** How many go along just now; the same for everybody. */
export interface FollowersShown {
  type: "tour.followers";
  count: number;
}

/** Which booths and works there are; the same for everybody. */
export interface ExhibitorsShown {
  type: "fair.exhibitors";
  booths: Booth[];
  exhibits: Exhibit[];
}

/** How many people support each question that can still be asked. */
export interface Tallied {
  type: "questions.tallied";
  votes: Record<string, number>;
}

/** How many said each word during this item, and how many clap just now. */
export interface ReactionsShown {
  type: "reactions.shown";
  words: Partial<Record<"aha" | "bravo" | "thanks", number>>;
  clapping: number;
}

/** The hall sources. But for the desk only what is on air is told. */
export interface SourcesShown {
  type: "sources.shown";
  known: SourceShown[];
  onAir: Partial<Record<"guest" | "moderator" | "screen" | "speaker", string>>;
  previewed: "guest" | "moderator" | "screen" | "speaker" | null;
  /** Viewers whose browser has nothing that decodes H264. */
  unable: number;
}

/** The deck that is on stage now. */
export interface LiveSlides {
  type: "slides.shown";
  live: Deck | null;
}

/** Somebody at the gathering, as everybody there may know them. */
export interface Person {
  id: string;
  name: string;
  role: "organiser" | "moderator" | "talent" | "rep" | "juror" | "guest" | "house";
  organisation: string;
  place: "hall" | "home";
  languages: string[];
}

/** What a quick check of somebody's devices and network found. */
export interface Check {
  camera: "denied" | "missing" | "ok" | "poor" | "untested";
  microphone: "denied" | "missing" | "ok" | "poor" | "untested";
  speaker: "denied" | "missing" | "ok" | "poor" | "untested";
  path: "direct" | "none" | "relayed" | "untested";
  browser: string;
  at: number;
}

/** A round of one-to-ones as the agenda has it now. */
export interface RoundTime {
  item: string;
  title: string;
  /** As expected, or as it was; Unix seconds. */
  startsAt: number;
  /** Likewise; of a paused round as if it went on at once. */
  endsAt: number;
  how: "live" | "over" | "paused" | "waiting";
}

/** What somebody says of themselves; everybody at the gathering may read it. */
export interface Profile {
  seeks: string[];
  offers: string[];
  /** Which kinds of work a talent looks for, or a company has. */
  jobs: ("doctorate" | "founding" | "internship" | "job" | "thesis" | "working-student")[];
  /** Of a talent: the course of studies and how far. */
  degree: string;
  about: string;
  /** If others than the organisers wrote down. */
  languages: string[];
  /** In the rounds; unless said otherwise talents and representatives do. */
  takesPart: boolean | null;
}

/** Those who meet in a round: two, or three at a table of three. */
export interface Meeting {
  /** The round's item on the agenda. */
  item: string;
  people: string[];
}

/** A logo that hangs; its picture is in the house's files. */
export interface Logo {
  id: string;
  width: number;
  height: number;
  /** Whether it can be seen on the light background of the pages. */
  light: boolean;
  /** Whether it can be seen on the dark one; where not, it hangs on a tile of the other light. */
  dark: boolean;
  /** Whether it was put on a grey tile: parts of it vanish on light, others on dark. */
  tile: boolean;
}

/** A PDF that visitors may take along. */
export interface Download {
  id: string;
  title: string;
  /** The file's, as whoever uploaded it called it. */
  name: string;
  bytes: number;
  pages: number;
}

/** What an exhibitor writes on the card; everybody may read it, without signing in as well. */
export interface JobsOffer {
  title: string;
  kind: "doctorate" | "internship" | "job" | "thesis" | "training" | "working-student";
  /** When it comes off the board by itself; Unix seconds. */
  validUntil: number;
  place: string;
  remote: "no" | "partly" | "yes";
  /** From when and how much, in words. */
  starts: string;
  degree: string;
  topics: string[];
  contact: string;
  text: string;
  link: string;
}

/** A file that hangs at a work: its poster, a picture or a short clip. */
export interface Hanging {
  id: string;
  what: "clip" | "picture" | "poster";
  /** Of the file as it was brought. */
  name: string;
  /** Width and height of each page or picture, in pixels. */
  sizes: [number, number][];
  /** Of a clip. */
  seconds: number;
  /** What a picture shows, also for those who do not see it. */
  caption: string;
}

/** An item of the agenda as the floor needs it. */
export interface Slot {
  item: string;
  title: string;
  kind: string;
  people: string[];
}

/** What is left for recordings. */
export interface Space {
  bytes: number;
  /** How long that lasts at the present rate. */
  seconds: number;
}

/** The foyer as one reader may see it; checks, consents and notes are for the desk. */
export interface FoyerShown {
  type: "foyer";
  agenda: AgendaShown;
  people: Record<string, Person>;
  presence: PresenceShown;
  /** Everybody's for the desk, else one's own. */
  checks: Record<string, Check>;
  team: TeamSaid[];
  /** Everybody's for the desk, else one's own. */
  consents: Record<string, Consent>;
}

/** What somebody agreed to, and when. */
export interface Consent {
  language: "de" | "en";
  wording: string;
  at: number;
}

/** The lounge as one reader may see it; browsers fold events and views into it. */
export interface LoungeShown {
  type: "lounge";
  rounds: RoundTime[];
  rules: Meetings;
  exhibitors: Booth[];
  presence: PresenceShown;
  safety: SafetyShown;
  acquaintance: AcquaintanceShown;
  contacts: ContactsShown;
  tables: TablesShown;
  bookings: BookingsShown;
  wishes: WishesShown;
  pairing: PairingPart;
  /** The reader's own talks. */
  breakouts: Record<string, Breakout>;
  post: PostShown;
  booths: BoothsShown;
  tour: TourShown;
}

/** What one reader may know: never who keeps them away, never a report about themselves. */
export interface SafetyShown {
  /** Whom the reader keeps away, sorted. */
  blocked: string[];
  /** The desk sees all but those about the reader, others their own. */
  reports: ReportShown[];
}

/** A report: who, whom, where and when; nothing of what was said. */
export interface ReportShown {
  id: string;
  by: string;
  person: string;
  where: "meeting" | "people" | "stage" | "table" | "talk";
  place: string;
  at: number;
  settledBy: string | null;
  settledAt: number | null;
}

/** With whom the reader has sat together. */
export interface AcquaintanceShown {
  /** Sorted. */
  met: string[];
}

/** One reader's own swaps. A swap is where a person is in both. */
export interface ContactsShown {
  /** What the reader shows, by whom it is shown to. */
  mine: Record<string, Given>;
  /** Who would like to swap with the reader, and what they would show or do show. */
  theirs: Record<string, Given>;
}

/** What somebody agreed to show somebody. */
export interface Given {
  fields: ("card" | "mail" | "phone")[];
  at: number;
}

/** The tables as one reader may see them. */
export interface TablesShown {
  open: boolean;
  tables: Record<string, Table>;
  /** At the reader's own table all of them, elsewhere the reader's own. */
  knocks: Record<string, Record<string, number>>;
  /** The private tables that let the reader in. */
  welcome: string[];
  /** The tables that did not, and when. */
  turnedAway: Record<string, number>;
  /** Of the reader's own table or talk. */
  screens: Record<string, string>;
  /** Of those at the reader's table. */
  called: Record<string, number>;
}

/** A table as everybody may see it. */
export interface Table {
  id: string;
  topic: string;
  /** Who opened it; nobody, if it is the organisers'. */
  by: string | null;
  private: boolean;
  /** Who sits where, 1 to 6. */
  seats: Record<string, number>;
  /** When it ends, while its people say goodbye. */
  closesAt: number | null;
  emptySince: number | null;
}

/** The bookings one reader may know of. */
export interface BookingsShown {
  /** By id, in the order they were asked for. */
  mine: Record<string, Booking>;
}

/** One meeting, from the request on. */
export interface Booking {
  id: string;
  stands: "agreed" | "asked" | "cancelled" | "declined" | "expired" | "met" | "missed" | "withdrawn";
  asker: string;
  /** The one who was asked; of an organisation, whoever answers for it. */
  owner: string;
  /** Whose answer a request waits for; the other one made the proposal. */
  turn: string;
  /** The beginnings that are proposed, one or two; once agreed on, the one. Unix seconds. */
  slots: number[];
  seconds: number;
  /** Unix seconds. */
  askedAt: number;
  /** Since when it stands like this, or waits for this side's answer; Unix seconds. */
  since: number;
  /** Who may know of it: the two, and for an organisation its other representatives. */
  readers: string[];
  /** Set if the request came to, or was handed on within, an organisation's inbox. */
  organisation: string;
  /** What the asker wrote along. */
  word: string;
  /** When a request lapses without an answer; Unix seconds. */
  expiresAt: number | null;
  /** Rises whenever the calendar's entry changes (SEQUENCE, RFC 5545 §3.8.7.4). */
  revision: number;
  /** Whether it ever was agreed on, and so is in calendars. */
  noted: boolean;
  conflict: Conflict | null;
}

/** The agenda moved, and somebody of the two is needed elsewhere at the time agreed on. */
export interface Conflict {
  /** Who of the two. */
  people: string[];
  /** When both are free instead, the nearest first; Unix seconds. */
  proposals: number[];
}

/** What one reader may know: all profiles, one's own list, one's own refusals. */
export interface WishesShown {
  profiles: Record<string, Profile>;
  mine: string[];
  refused: string[];
}

/** What one reader sees of the plan. */
export interface PairingPart {
  mine: OwnMeeting[];
  /** Whether a plan is published at all. */
  planned: boolean;
  /** Whether rounds that have not begun open no talks for now. */
  held: boolean;
  /** For the desk. */
  desk: PairingShown | null;
  /** How the talks go; for the desk. */
  talks: TalksShown | null;
}

/** One of somebody's own meetings, as the plan has it. */
export interface OwnMeeting {
  item: string;
  partners: string[];
  /** What they have in common. */
  topics: string[];
  /** Each listed the other. */
  mutual: boolean;
}

/** What the desk wants a draft for. */
export interface PairedAsked {
  number: number;
  onlyHere: boolean;
  strict: boolean;
  at: number;
}

/** A plan with what the desk wants to know of it. */
export interface PlanShown {
  number: number;
  rounds: Record<string, Meeting[]>;
  value: number;
  /** What no plan can exceed. */
  bound: number;
  /** What spreading strictly costs in value. */
  cost: number | null;
  at: number;
  /** How many meetings everybody has who was thought of. */
  coverage: Record<string, number>;
  /** By round, who has none though they could have. */
  sittingOut: Record<string, string[]>;
  /** Who listed each other and do not meet. */
  unmet: [string, string][];
}

/** What a repair did to the published plan. */
export interface Repair {
  number: number;
  reasons: ("agenda" | "joined" | "kept-apart" | "left" | "no-show")[];
  added: Meeting[];
  dropped: Meeting[];
  at: number;
}

/** One talk. */
export interface Breakout {
  id: string;
  kind: "booked" | "round";
  people: string[];
  /** The round's item on the agenda, or the booking. */
  item: string;
  opensAt: number;
  /** When the farewell begins; Unix seconds. */
  endsAt: number;
  closesAt: number;
  /** Since when the moderator holds the round; its end moves on meanwhile. */
  pausedAt: number | null;
  phase: "farewell" | "open" | "over";
  /** Who has come and has not left, since when. */
  entered: Record<string, number>;
  /** Who was ever here. */
  came: string[];
  /** Whom those who wait were told to be missing. */
  missing: string[];
  /** Whoever waits here is free for somebody else. */
  givenUp: boolean;
  wantsMore: string[];
  extended: number;
  /** Who agreed to show the other their own network address. */
  direct: string[];
  via: "pair" | "sfu";
  /** Where each one goes: `room`, `table 3`, `tablet 3`. */
  places: Record<string, string>;
}

/** Nothing. */
export interface PostShown {
}

/** All booths as one reader may see them. */
export interface BoothsShown {
  booths: Record<string, Stall>;
  /** The reader's own. */
  tickets: Record<string, Ticket>;
  /** At which the reader sits. */
  counter: Counter | null;
  /** At which the reader asks to be let in, or is asked to take over. */
  doors: Record<string, Counter>;
  /** Of the reader's own booth. */
  desk: BoothDesk | null;
  willing: boolean;
  /** Where the reader wants to be told when somebody is back. */
  tell: string[];
  /** Of the booth the reader looks at. */
  chats: Record<string, BoothLine[]>;
}

/** A booth as everybody may see it: no visitor's name is in it. */
export interface Stall {
  staff: Record<string, Duty>;
  waiting: number;
  /** Talks that go on. */
  serving: number;
  /** The numbers of those who wait, in the order of their turns. */
  queue: number[];
  /** When each one of the booth is free, 0 for now; Unix seconds. */
  frees: number[];
  /** How long its talks usually take; seconds. */
  pace: number;
  /** The talks at which one may ask to stand along, and how many sit there. */
  open: Record<string, number>;
  showing: Showing | null;
  watching: number;
}

/** What one of the booth does just now. */
export interface Duty {
  state: "away" | "break" | "free" | "meeting" | "round" | "stage" | "talk";
  /** When that is expected to be over; Unix seconds. */
  until: number | null;
}

/** Whose camera whoever looks at a booth can see. */
export interface Showing {
  person: string;
  caption: string;
}

/** Somebody's place in a booth's queue. */
export interface Ticket {
  booth: string;
  person: string;
  /** From 1 at each booth; no two have the same. */
  number: number;
  /** Unix seconds. */
  takenAt: number;
  /** What they would like to talk about. */
  topic: string;
  /** The booth asked them to come; they did not wait, and their place ends with the call. */
  invited: boolean;
  /** The representative who waits for them now. */
  calledBy: string | null;
  calledUntil: number | null;
  /** The talk they are called to, if it goes on already. */
  counter: string;
  missed: number;
}

/** One talk at a booth. */
export interface Counter {
  id: string;
  booth: string;
  /** Those of the booth who sit here. */
  reps: string[];
  /** Who sits where, 1 to 6. */
  seats: Record<string, number>;
  /** Unix seconds. */
  since: number;
  /** All visitors who ever sat here. */
  came: string[];
  /** Nobody can ask to be let in. */
  private: boolean;
  /** When it closes, while one says goodbye. */
  endsAt: number | null;
  /** Who would like to stand along, since when. */
  asking: Record<string, number>;
  handing: Handing | null;
  /** Whom the agenda calls away, and to when. */
  called: Record<string, number>;
}

/** A representative asks a colleague to take a talk over. */
export interface Handing {
  by: string;
  to: string;
}

/** What those of a booth see of it. */
export interface BoothDesk {
  booth: string;
  /** In the order of their turns. */
  tickets: Record<string, Ticket>;
  counters: Record<string, Counter>;
  /** Talents to invite. */
  proposed: string[];
}

/** A line in a booth's chat. */
export interface BoothLine {
  id: string;
  by: string;
  text: string;
  at: number;
}

/** What one reader may see of it. */
export interface TourShown {
  item: string | null;
  stop: string | null;
  at: number;
  /** Whether the reader goes along. */
  following: boolean;
  followers: number;
  /** For the desk alone, so that the others are surprised. */
  stops: string[];
}

/** The fair as one reader may see it; browsers fold events and views into it. */
export interface FairShown {
  type: "fair";
  booths: Booth[];
  exhibits: Exhibit[];
  presence: PresenceShown;
  stands: StandsShown;
  jobs: JobsShown;
  cvs: CvsShown;
  pins: PinsShown;
  letters: LettersShown;
  visits: VisitsShown;
  gallery: GalleryShown;
}

/** Every stand; invitations for the desk and for who is of the same company. */
export interface StandsShown {
  stands: Record<string, Stand>;
  invited: Record<string, StandsInvited>;
}

/** What one exhibitor shows, as everybody may see it. */
export interface Stand {
  booth: string;
  /** Two at most; while there is none, the programme's words stand there. */
  sentences: string[];
  links: Link[];
  downloads: Download[];
  logo: Logo | null;
  /** What is shown of its pitch: the recording once it is released, the plan B, or nothing. */
  pitch: "clip" | "none" | "recording";
  contact: string;
  /** Who of the staff answers letters; None: whoever finds them first. */
  owner: string | null;
  /** Until when a letter is answered, such as “by tomorrow noon”. */
  promise: string;
}

/** A page elsewhere. */
export interface Link {
  title: string;
  url: string;
}

/** Somebody whom a company asked to its booth; the address is kept nowhere. */
export interface StandsInvited {
  person: string;
  booth: string;
  by: string;
  at: number;
}

/** What one reader may see of it. */
export interface JobsShown {
  /** Without their texts: each one's own page has that. */
  jobs: Record<string, Job>;
  /** The reader's, sorted. */
  bookmarks: string[];
}

/** An offer that hangs on the board. */
export interface Job {
  title: string;
  kind: "doctorate" | "internship" | "job" | "thesis" | "training" | "working-student";
  /** When it comes off the board by itself; Unix seconds. */
  validUntil: number;
  place: string;
  remote: "no" | "partly" | "yes";
  /** From when and how much, in words. */
  starts: string;
  degree: string;
  topics: string[];
  contact: string;
  text: string;
  link: string;
  id: string;
  booth: string;
  by: string;
  /** When it was pinned; Unix seconds. */
  at: number;
  editedAt: number;
}

/** What one reader may see of it. */
export interface CvsShown {
  /** The revision of each card that hangs. */
  hanging: Record<string, number>;
  mine: Card | null;
  /** All the reader granted, oldest first. */
  ledger: Grant[];
  /** Companies the reader set apart from all sponsors. */
  apart: string[];
  /** Who looked at the reader's card, oldest first. */
  looks: CvsSight[];
  /** Which companies ask to see the reader's card. */
  asks: Record<string, number>;
  /** What the reader's company may see now. */
  grants: Grant[];
  /** Which cards the reader's company asked to see. */
  asked: string[];
}

/** A card that hangs. */
export interface Card {
  id: string;
  person: string;
  revision: number;
  at: number;
  editedAt: number;
  expires: number;
  pdf: boolean;
}

/** One line of the ledger. */
export interface Grant {
  id: string;
  /** Whose card it is. */
  person: string;
  card: string;
  to: string;
  /** Always with the card itself. */
  what: ("card" | "contact" | "pdf")[];
  /** `switch`, `visit`, or `pin j3`. */
  why: string;
  at: number;
  until: number;
  withdrawnAt: number | null;
  /** Whether its end in time was told. */
  expired: boolean;
}

/** A look of somebody of a company at somebody's card. */
export interface CvsSight {
  by: string;
  booth: string;
  what: "card" | "contact" | "face" | "pdf";
  at: number;
}

/** What one reader may see of it. */
export interface PinsShown {
  /** The reader's own pins. */
  mine: Record<string, Pin>;
  /** Those to jobs of the reader's company; withdrawn ones without whose they were. */
  inbox: Record<string, Pin>;
  /** How many cards are pinned to each job. */
  counts: Record<string, number>;
}

/** A card pinned to a job. */
export interface Pin {
  id: string;
  job: string;
  booth: string;
  /** Empty for the company once it may no longer know. */
  person: string;
  card: string;
  at: number;
  until: number;
  state: "declined" | "invited" | "later" | "new" | "withdrawn";
  answeredBy: string;
  answeredAt: number | null;
}

/** What one reader may know of: the letters they wrote, and their own organisation's inbox. */
export interface LettersShown {
  all: Record<string, Letter>;
  /** Who sees to which application to the reader's own organisation. */
  pins: Record<string, string>;
}

/** What lies in an exhibitor's inbox, without a word of it. */
export interface Letter {
  id: string;
  booth: string;
  by: string;
  at: number;
  kind: "card" | "letter";
  state: "answered" | "closed" | "new" | "read";
  /** Who sees to it; none while nobody has taken it. */
  owner: string | null;
  /** When the state became what it is. */
  since: number;
  answeredBy: string | null;
  /** Whether it has waited longer than it should. */
  late: boolean;
}

/** The reader's own cards, and those that lie at the reader's own booth. */
export interface VisitsShown {
  /** By booth. */
  mine: Record<string, VisitsLeft>;
  cards: Record<string, VisitsLeft>;
}

/** A card that lies at a booth. */
export interface VisitsLeft {
  fields: ("card" | "mail" | "phone")[];
  at: number;
  until: number;
}

/** What one reader may see of it; what hangs and is asked at a work has a page of its own. */
export interface GalleryShown {
  /** How many said each word, where somebody did. */
  words: Record<string, Partial<Record<"aha" | "bravo" | "thanks", number>>>;
  mine: Record<string, ("aha" | "bravo" | "thanks")[]>;
  revisions: Record<string, number>;
  favourite: BallotShown;
}

/** A ballot as one reader may see it. */
export interface BallotShown {
  stands: "closed" | "open" | "waiting";
  mine: string | null;
  /** Empty until it is closed. */
  places: Place[];
  /** 0 until it is closed. */
  votes: number;
}

/** A rank, and all who share it. */
export interface Place {
  /** From 1; after two firsts comes a third. */
  rank: number;
  /** In the order of the list they were chosen from: no order of merit. */
  choices: string[];
  /** Of each of them. */
  votes: number;
}

/** A pitch room as one reader may see it; browsers fold events and views into it. */
export interface PitchShown {
  type: "pitch";
  stage: string;
  floor: FloorShown;
  questions: QuestionShown[];
  chat: ChatShown;
  reactions: ReactionsShown;
  myWords: ("aha" | "bravo" | "thanks")[];
  presence: PresenceShown;
  sources: SourcesShown;
  slides: SlidesShown;
  recording: RecordingShown;
  insurance: InsuranceShown;
}

/** The floor as one reader may see it. But for the desk, prompts, invitations and wrap-ups of others are left out. */
export interface FloorShown {
  live: Slot | null;
  upcoming: Slot[];
  cuedAt: number;
  seats: Partial<Record<"guest" | "moderator" | "speaker", Seating>>;
  screen: string | null;
  greenRoom: Record<string, Waiting>;
  /** Since when. */
  hands: Record<string, number>;
  invited: string[];
  /** When the speaker now on the seat was asked to come to an end. */
  wrapUpAt: number | null;
  /** The last `KEPT` with each person, oldest first; shown to the person and to the desk. */
  prompts: Prompted[];
  /** By source, `person/camera` or `person/screen`. */
  lights: Record<string, "frozen" | "gone" | "live">;
}

/** Somebody on a seat. */
export interface Seating {
  person: string;
  since: number;
}

/** Somebody in the green room. */
export interface Waiting {
  since: number;
  state: "absent" | "nearly" | "ready";
  /** Goes on as soon as the own item begins. */
  agreed: boolean;
}

/** One question as one reader may see it. */
export interface QuestionShown {
  id: string;
  text: string;
  /** None if asked without a name, but for the desk and the author. */
  by: string | null;
  anonymous: boolean;
  item: string | null;
  at: number;
  state: "air" | "answered" | "dismissed" | "merged" | "open";
  /** What it was merged into. */
  into: string | null;
  votes: number;
  mine: boolean;
  supported: boolean;
}

/** The chat as one reader may see it: the desk sees all who are silenced, others themselves. */
export interface ChatShown {
  lines: Said[];
  /** Sorted. */
  silenced: string[];
}

/** A camera or player as the desk sees it; nobody sees its secret's fingerprint. */
export interface SourceShown {
  way: "in" | "out";
  place: "guest" | "moderator" | "screen" | "speaker";
  name: string;
  at: number;
  state: "frozen" | "gone" | "live";
  codec: string;
}

/** The slides as one reader may see them. */
export interface SlidesShown {
  /** What is on stage now, whoever reads. */
  live: Deck | null;
  /** One's own decks, by item; at the desk, all. */
  decks: Record<string, Deck>;
}

/** The slides of one item. */
export interface Deck {
  /** Where its pictures lie: a name that nobody can guess. */
  id: string;
  /** The file's, as it was uploaded. */
  name: string;
  pages: number;
  /** Whose item it is; they and the desk see the deck before its turn. */
  people: string[];
  at: number;
  page: number;
  hidden: boolean;
}

/** What is recorded, as one reader may see it; who agreed and the space are the desk's. */
export interface RecordingShown {
  span: "evening" | "item" | null;
  item: string | null;
  /** Why the last recording came to an end. */
  stopped: "asked" | "broken" | "full" | "over" | null;
  takes: Record<string, Take>;
  allowed: string[];
  space: Space | null;
}

/** One file. */
export interface Take {
  id: string;
  item: string;
  title: string;
  layer: "guest" | "moderator" | "screen" | "speaker";
  person: string;
  /** Unix seconds of time 0, the same for all takes of the item: so they stay in step. */
  zero: number;
  beganAt: number;
  endedAt: number | null;
  /** When its first picture or sound was taken; None while there is no file. */
  firstAt: number | null;
  /** `webm` or `mp4`. */
  suffix: string;
  releasedAt: number | null;
}

/** The insurance as one reader may see it: clips and wishes of others are the desk's. */
export interface InsuranceShown {
  /** By item. */
  clips: Record<string, Clip>;
  outage: Outage | null;
  playing: Playing | null;
  /** The speaker who is heard, with slides, but whose picture is not shown. */
  without: string | null;
  /** Who is asked to take the phone as camera. */
  asked: string | null;
  /** Whose camera is their phone: their other pages leave picture and sound to it. */
  phones: string[];
  /** Of whom a picture came before, and now sound alone. */
  blind: string[];
  /** The moderator's rule: the clock stops while the picture is missing. */
  stopsClock: boolean;
  /** The item whose clock was stopped by that rule. */
  held: string | null;
}

/** What is played if the speaker of an item cannot be seen: a recording of their own. */
export interface Clip {
  /** Where it lies: a name that nobody can guess. */
  id: string;
  seconds: number;
  /** Whose item it is; they and the desk may see it before. */
  people: string[];
  at: number;
}

/** Somebody who should be seen is not. */
export interface Outage {
  person: string;
  since: number;
  /** Whether they have the seat; else it is their turn and they have not come. */
  seated: boolean;
  /** Whether it lasts so long that the desk is offered what helps. */
  offered: boolean;
  /** Whether the moderator is asked about the seat. */
  asks: boolean;
  /** When the moderator last said that the seat is kept. */
  keptAt: number | null;
}

/** A clip in the place of its speaker. */
export interface Playing {
  item: string;
  clip: string;
  person: string;
  /** When it began: whoever plays it knows from this how far it is. */
  at: number;
  seconds: number;
}

/** A plan with its worth, and the worth that no plan could exceed. */
export interface PairedPlan {
  number: number;
  /** By the round's item. */
  rounds: Record<string, Meeting[]>;
  value: number;
  bound: number;
  /** When it was made; Unix seconds. */
  at: number;
  /** What spreading strictly costs in value, if that was asked for. */
  cost: number | null;
  /** All whom it has thought of; sorted. */
  people: string[];
}

/** A talk that is over. */
export interface BoothTalk {
  /** Who was there at the end. */
  reps: string[];
  /** All who came. */
  visitors: string[];
  since: number;
  until: number;
}

/** Somebody of the booth stands there. */
export interface StallsPost {
  booth: string;
  /** On a break. */
  paused: boolean;
  /** When they want to be back from it; Unix seconds. */
  until: number | null;
}

/** The whole of what the organisers wrote. */
export interface Gathering {
  id: string;
  name: string;
  timeZone: string;
  languages: string[];
  startsAt: number;
  endsAt: number;
  stages: Stage[];
  people: ItemsPerson[];
  /** The organisation that invites. */
  host: string;
  city: string;
  about: string;
  inviteNote: string;
  meetings: Meetings;
  booths: Booth[];
  exhibits: Exhibit[];
  /** Open: whoever scans the code in the hall may come in as a guest. */
  doors: "invited" | "open";
}

/** A pitch room and the items planned for it, in order. */
export interface Stage {
  id: string;
  name: string;
  items: Item[];
}

/** One line of the running order, as planned. */
export interface Item {
  id: string;
  title: string;
  kind: "award" | "break" | "panel" | "pitch.company" | "pitch.talent" | "questions" | "round" | "talk" | "tour" | "welcome";
  /** Planned, Unix seconds. */
  startsAt: number;
  /** Planned length. */
  seconds: number;
  /** A break may shrink to this to save the next anchor on its stage. */
  leastSeconds: number | null;
  /** Never before this instant, Unix seconds. */
  anchor: number | null;
  /** An appointment with somebody outside; it has an anchor, and lateness there is shown. */
  fixed: boolean;
  /** Ids of those who are on stage; each can be on one stage at a time. */
  people: string[];
  /** By itself, when its turn has come; otherwise a human starts it. */
  starts: boolean;
  /** By itself, `grace` seconds after its time is up; otherwise it runs over until a human ends it. */
  ends: boolean;
  /** Seconds it may run over before it ends by itself. */
  grace: number;
  about: string;
}

/** Somebody as the organisers wrote them down, before they ever come. */
export interface ItemsPerson {
  id: string;
  name: string;
  role: "guest" | "juror" | "moderator" | "organiser" | "rep" | "talent";
  organisation: string;
  languages: string[];
  place: "hall" | "home";
  about: string;
  email: string;
  /** Topics, until they say themselves what they seek; so with those below. */
  seeks: string[];
  offers: string[];
  jobs: ("doctorate" | "founding" | "internship" | "job" | "thesis" | "working-student")[];
  degree: string;
}

/** What the organisers set for one-to-one meetings. */
export interface Meetings {
  /** Who may meet whom: talents and companies only, or anybody anybody. */
  between: "all" | "talent-company";
  /** Whether people see their partners before a round begins. */
  announced: boolean;
  /** Relay: nobody's home address is shown to a stranger, unless both agree to it. */
  path: "direct" | "relay";
  /** How many talents sit with one representative in a round. */
  table: "1" | "2";
  /** How many representatives of an organisation may be in talks at a time; else all of them. */
  desks: Record<string, number>;
  /** Of the lounge's tables, each a table that the organisers set up. */
  topics: string[];
}

/** An exhibitor's booth, as the organisers wrote it down. */
export interface Booth {
  id: string;
  /** Its representatives are those people with this organisation. */
  organisation: string;
  number: number;
  package: Package;
  /** Whether it pays for the gathering, and is named as a sponsor. */
  sponsor: boolean;
  /** Until it says so itself. */
  about: string;
}

/** What an exhibitor bought: just this is open to it. */
export interface Package {
  id: string;
  name: string;
  /** Whether its pitch is part of the programme, and shown at its booth. */
  pitch: boolean;
  representatives: number;
  jobs: number;
  downloads: number;
}

/** A piece of work in the exhibition: a contest winner's exhibit, or a student's poster. */
export interface Exhibit {
  id: string;
  title: string;
  kind: "exhibit" | "poster";
  /** Ids of people; who is not at the gathering stands in `names`. */
  authors: string[];
  names: string[];
  organisation: string;
  about: string;
  topics: string[];
}

/** The deed that an undo would take back. */
export interface LastShown {
  number: number;
  at: number;
  by: string;
  /** The tag of the command, such as `agenda.extend`. */
  deed: string;
  stage: string;
  item: string | null;
  /** Of an extension. */
  seconds: number | null;
}

/** One stage's line. */
export interface StageShown {
  id: string;
  name: string;
  /** Nothing begins by itself until somebody starts or resumes. */
  held: boolean;
  live: LiveShown | null;
  waiting: string[];
  past: PastShown[];
  /** Seconds behind the plan; negative when ahead of it. */
  drift: number;
  note: NoteShown | null;
}

/** What runs; while `paused_at` is set its clock stands still. */
export interface LiveShown {
  id: string;
  startedAt: number;
  /** When its time is up; while paused, as if it went on at `now`. */
  endsAt: number;
  /** Granted, with all extensions. */
  seconds: number;
  pausedAt: number | null;
  /** Seconds that earlier pauses took. */
  lost: number;
}

/** What is over; what was deferred waits again. */
export interface PastShown {
  id: string;
  startedAt: number;
  endedAt: number;
  how: "deferred" | "done" | "skipped";
}

/** A break that is shorter than planned so that an appointment can be kept. */
export interface NoteShown {
  item: string;
  planned: number;
  granted: number;
  /** The anchored item it is shortened for. */
  saves: string | null;
}

/** What is printed about an item. */
export interface ItemShown {
  title: string;
  kind: "award" | "break" | "panel" | "pitch.company" | "pitch.talent" | "questions" | "round" | "talk" | "tour" | "welcome";
  people: string[];
  /** Planned. */
  startsAt: number;
  /** Planned. */
  seconds: number;
  anchor: number | null;
  fixed: boolean;
  starts: boolean;
  ends: boolean;
  grace: number;
  about: string;
}

export type ToServer =
  | Join
  | Leave
  | Do
  | Ping
  | Watch
  | Accept
  | Show
  | Publish
  | Probe
  | WatchStills
  | HangUp;

export type FromServer =
  | Welcome
  | Snapshot
  | Resumed
  | Told
  | Shown
  | Done
  | Refusal
  | Pong
  | Offer
  | Answer
  | MediaRefused
  | MediaThin
  | MediaGone
  | Still
  | MediaLost
  | MediaBack
  | Goodbye;

export type Command =
  | Start
  | Finish
  | Extend
  | Pause
  | Resume
  | Skip
  | Move
  | Swap
  | Undo
  | Plan
  | SitDown
  | ComeIn
  | SeeOff
  | ReportCheck
  | SayToTeam
  | Agree
  | Withdraw
  | Report
  | Admit
  | Cue
  | Block
  | SafetyReport
  | Settle
  | ContactsOffer
  | ContactsWithdraw
  | WithdrawAll
  | OpenTable
  | SitAtTable
  | GetUp
  | LockTable
  | Knock
  | AnswerKnock
  | ShareScreen
  | SayAtTable
  | StayAtTable
  | CloseTable
  | OpenTables
  | AskForTalk
  | AcceptTalk
  | DeclineTalk
  | ProposeTimes
  | MoveTalk
  | CancelTalk
  | HandOn
  | Describe
  | Write
  | Wish
  | Refuse
  | Ask
  | Draft
  | Fail
  | PairingPublish
  | Discard
  | Hold
  | Mend
  | PairingUndo
  | Enter
  | BreakoutLeave
  | BreakoutExtend
  | AgreeDirect
  | Signal
  | Say
  | Bring
  | TakeNumber
  | GiveBack
  | Come
  | Next
  | Call
  | HostingFinish
  | LeaveCounter
  | HandOver
  | TakeOver
  | JoinCounter
  | LetIn
  | MakePrivate
  | SayAtCounter
  | StayAtCounter
  | BeThere
  | TakeBreak
  | ShowAtBooth
  | WatchBooth
  | Wave
  | SayAtBooth
  | UnsayAtBooth
  | TellMe
  | BeWilling
  | TourPlan
  | Go
  | Follow
  | FairAdmit
  | StandsDescribe
  | NameOwner
  | AddLink
  | RemoveLink
  | ShowPitch
  | HangLogo
  | LayDownload
  | TakeDownload
  | Invite
  | Dismiss
  | PinJob
  | EditJob
  | TakeJobDown
  | BookmarkJob
  | Hang
  | TakeDown
  | GrantAccess
  | CvsWithdraw
  | Look
  | AskToSee
  | PutPin
  | WithdrawPin
  | AnswerPin
  | Post
  | LettersAnswer
  | Recall
  | Read
  | Hand
  | Close
  | Share
  | TakeBack
  | TakeAllBack
  | Count
  | GalleryDescribe
  | Caption
  | GalleryHang
  | GalleryTakeDown
  | GalleryAsk
  | GalleryAnswer
  | GalleryWithdraw
  | Hide
  | React
  | Open
  | Vote
  | BallotClose
  | FloorCue
  | FloorEnter
  | GoOut
  | SayReady
  | TakeSeat
  | LeaveSeat
  | ClearSeat
  | FloorShare
  | RaiseHand
  | FloorInvite
  | Decline
  | WrapUp
  | Prompt
  | SourceLight
  | QuestionsAsk
  | QuestionsWithdraw
  | Support
  | PutOnAir
  | Answered
  | PutBack
  | QuestionsDismiss
  | Merge
  | ChatSay
  | Delete
  | Silence
  | ReactionsReact
  | Applaud
  | Lay
  | TakeAway
  | Turn
  | SlidesHide
  | SourcesAdmit
  | SourcesDismiss
  | Air
  | Preview
  | SourcesReport
  | SourcesCount
  | RecordingStart
  | Stop
  | Allow
  | Roll
  | RecordingClose
  | GiveUp
  | NoteSpace
  | Release
  | RecordingDelete
  | Expire
  | LayClip
  | TakeClipAway
  | Play
  | InsuranceStop
  | GoWithout
  | AskForPhone
  | UsePhone
  | Keep
  | Rule
  | InsuranceHold
  | Sight
  | End;

export type Event =
  | Acted
  | Undone
  | Planned
  | Stepped
  | SatDown
  | CameIn
  | SeenOff
  | CheckReported
  | TeamSaid
  | ConsentGiven
  | ConsentWithdrawn
  | Reported
  | ListFaded
  | Admitted
  | Cued
  | Blocked
  | SafetyReported
  | Settled
  | Met
  | Offered
  | Withdrawn
  | TableOpened
  | SatAtTable
  | GotUp
  | TableLocked
  | Knocked
  | KnockAnswered
  | ScreenShared
  | CalledAway
  | TableClosing
  | TableClosed
  | TablesOpened
  | TableSaid
  | SeatsKept
  | BookingChanged
  | BookingsChecked
  | Described
  | Wished
  | Declined
  | WasAsked
  | Drafted
  | Failed
  | Published
  | Discarded
  | Held
  | Wanted
  | Mended
  | PairingUndone
  | Looked
  | Mine
  | Opened
  | EnteredTalk
  | CameLate
  | Left
  | Missed
  | GivenUp
  | WantedMore
  | Retimed
  | FarewellBegan
  | Closed
  | AgreedDirect
  | Signalled
  | SaidInTalk
  | Brought
  | TicketTaken
  | Called
  | CalledOff
  | QueuesMissed
  | GivenBack
  | Came
  | CounterChanged
  | CounterClosed
  | CounterSaid
  | CounterKept
  | CameToBooth
  | LeftBooth
  | BoothShowed
  | BoothWatched
  | BoothSaid
  | BoothUnsaid
  | Waved
  | WantsToBeTold
  | SomebodyBack
  | Willing
  | Proposed
  | StallsLooked
  | TourPlanned
  | Began
  | Went
  | Followed
  | Ended
  | FairAdmitted
  | StandChanged
  | StaffInvited
  | StaffDismissed
  | JobPinned
  | JobEdited
  | JobGone
  | JobBookmarked
  | CardHung
  | FaceChanged
  | CardTakenDown
  | Granted
  | CvsWithdrawn
  | Expired
  | CvsLooked
  | AskedToSee
  | PinPut
  | PinsCounted
  | PinWithdrawn
  | PinAnswered
  | PinsChecked
  | LetterChanged
  | LetterRecalled
  | PinHanded
  | Shared
  | TakenBack
  | Counted
  | GalleryDescribed
  | Captioned
  | Hung
  | TakenDown
  | Asked
  | GalleryAnswered
  | GalleryWithdrawn
  | Hidden
  | Reacted
  | GalleryCounted
  | Stirred
  | BallotOpened
  | Voted
  | BallotClosed
  | FloorCued
  | Entered
  | WentOut
  | SaidReady
  | Agreed
  | Seated
  | Vacated
  | FloorShared
  | HandRaised
  | Invited
  | AskedToWrapUp
  | Prompted
  | SourceLit
  | QuestionAsked
  | QuestionSigned
  | QuestionSupported
  | QuestionMoved
  | QuestionMerged
  | Said
  | Deleted
  | Silenced
  | ReactionsReacted
  | Applauded
  | ApplauseFaded
  | Laid
  | TakenAway
  | Turned
  | SlidesHidden
  | SourcesAdmitted
  | Dismissed
  | Aired
  | Previewed
  | SourcesReported
  | SourcesCounted
  | Started
  | Stopped
  | Allowed
  | TakeBegan
  | TakeRolled
  | TakeEnded
  | TakesReleased
  | TakesDeleted
  | SpaceNoted
  | ClipLaid
  | ClipTakenAway
  | InsuranceBegan
  | InsuranceEnded
  | WentWithout
  | AskedForPhone
  | UsedPhone
  | Ruled
  | InsuranceHeld
  | Sighted
  | InsuranceMissed
  | InsuranceOffered
  | InsuranceAsked
  | Kept
  | Returned;

export type View =
  | AgendaShown
  | PeopleShown
  | PresenceShown
  | RoundsShown
  | PairingShown
  | TalksShown
  | StallsShown
  | FollowersShown
  | ExhibitorsShown
  | Tallied
  | ReactionsShown
  | SourcesShown
  | LiveSlides;
