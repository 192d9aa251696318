"""Why a connection is not made, each in a sentence for whoever asked."""

from __future__ import annotations

from typing import Final

CROWDED: Final = "Too many people are connecting at this moment. Please try again shortly."
UNREADABLE: Final = (
    "Your browser described its picture and sound in a way we do not understand."
    " Please use a current Chromium or Firefox."
)
UNKNOWN: Final = "This connection is no longer known. Please reload the page."
NOTHING: Final = (
    "Your browser offered neither a picture nor sound that everyone can receive."
    " Please allow camera or microphone, or use another browser."
)
NO_CODEC: Final = (
    "This device offers a picture or sound that we cannot pass on."
    " Please set it to VP8 or H264 for the picture and Opus for the sound."
)
TOO_MUCH: Final = (
    "This device offers several pictures or several sounds."
    " Please send one of each; a second camera has an address of its own."
)
NOTHING_TO_PLAY: Final = (
    "This player offers to receive nothing that we could send."
    " Please let it receive VP8 or H264 and Opus."
)
