"""A pitch room: one stage with its floor, questions, chat, reactions and audience."""

from __future__ import annotations

from msgspec import Struct

from rooms import chat, floor, presence, questions, reactions
from rooms.chat import Chat, ChatShown
from rooms.floor import Floor, FloorShown
from rooms.presence import Presence, PresenceShown
from rooms.questions import Questions, QuestionShown
from rooms.reactions import Reactions, ReactionsShown


class Pitch(Struct, frozen=True):
    """Everything that lives in one pitch room."""

    stage: str
    floor: Floor = Floor()
    questions: Questions = Questions()
    chat: Chat = Chat()
    reactions: Reactions = Reactions()
    presence: Presence = Presence()


class PitchShown(Struct, frozen=True, tag_field="type", tag="pitch", rename="camel"):
    """A pitch room as one reader may see it; browsers fold events and views into it."""

    stage: str
    floor: FloorShown
    questions: tuple[QuestionShown, ...]
    chat: ChatShown
    reactions: ReactionsShown
    my_words: tuple[reactions.Word, ...]
    presence: PresenceShown


PARTS = (floor, questions, chat, reactions, presence)
COMMANDS = tuple(command for part in PARTS for command in part.COMMANDS)
EVENTS = tuple(event for part in PARTS for event in part.EVENTS)
VIEWS = (*questions.VIEWS, *reactions.VIEWS, *presence.VIEWS)
