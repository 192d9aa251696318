"""What accelerated.c offers, if it is built."""

from collections.abc import Sequence

from rooms.media.peer import Address
from rooms.media.srtp import Packet
from rooms.media.wire import Run

class Target:
    """One viewer's session key and salt, and where it is."""

    def __new__(cls, key: bytes, salt: bytes, /) -> Target: ...
    def aim(self, socket: int, address: Address, /) -> None:
        """Send there from now on; not before the first call."""

class Sender:
    """A thread that seals and sends, with a queue of at most `most` datagrams."""

    def __new__(cls, segmented: bool, most: int, /) -> Sender: ...
    @property
    def sent(self) -> int: ...
    @property
    def dropped(self) -> int: ...
    def send(
        self,
        ssrc: int,
        targets: list[Target],
        bases: list[int],
        packets: Sequence[Packet],
        runs: Sequence[Run],
        /,
    ) -> list[int]:
        """Queue it; returns the places in `targets` of those who missed something."""

    def close(self) -> None:
        """Send what waits, and end."""
