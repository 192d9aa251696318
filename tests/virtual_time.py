"""Tests in virtual time: the loop jumps to the next timer whenever everybody waits.

    @in_virtual_time
    async def test_it_rings_after_an_hour() -> None: ...

Nothing in such a test may wait for a thread, a socket or a process: the loop would not.
"""

from __future__ import annotations

import asyncio
import functools
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec

NOON = 1_600_000_000.0  # Unix seconds; where every virtual clock begins

Params = ParamSpec("Params")


class JumpingSelector(selectors.SelectSelector):
    """Instead of waiting for `timeout`, says that it has passed."""

    skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout:
            self.skipped += timeout
        return ready or (super().select(None) if timeout is None else [])


class JumpingLoop(asyncio.SelectorEventLoop):
    """A loop whose time is what its timers say."""

    def __init__(self) -> None:
        self.selector = JumpingSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        return self.selector.skipped


class VirtualClock:
    """`server.clock.Clock` of the running loop, from noon on."""

    def now(self) -> float:
        return NOON + asyncio.get_running_loop().time()


def in_virtual_time(
    test: Callable[Params, Coroutine[Any, Any, None]],
) -> Callable[Params, None]:
    """Run the test on a loop that jumps."""

    @functools.wraps(test)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> None:
        with asyncio.Runner(loop_factory=JumpingLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run
