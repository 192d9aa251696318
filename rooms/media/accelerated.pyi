"""What accelerated.c offers, if it is built."""

from collections.abc import Sequence

from rooms.media.peer import Address
from rooms.media.srtp import Packet
from rooms.media.wire import Run

class Target:
    """One viewer's session key and salt, and where it is."""

    def __new__(cls, key: bytes, salt: bytes, /) -> Target: ...
    def aim(self, socket: int = ..., address: Address = ..., /) -> None:
        """Send there from now on; without arguments, nowhere."""

class Crowd:
    """Viewers who get the same packets, each with the number of its rollover count 0."""

    def __new__(cls, targets: list[Target], bases: list[int], /) -> Crowd: ...

class Sender:
    """A thread that seals and sends, with a queue of at most `most` datagrams."""

    def __new__(cls, segmented: bool, most: int, /) -> Sender: ...
    @property
    def sent(self) -> int: ...
    @property
    def dropped(self) -> int: ...
    def send(
        self, ssrc: int, crowd: Crowd, packets: Sequence[Packet], runs: Sequence[Run], /
    ) -> list[int]:
        """Queue it; returns the places in the crowd of those who missed something."""

    def close(self) -> None:
        """Send what waits, and end."""
