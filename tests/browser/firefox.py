"""A Firefox for tests, led by WebDriver BiDi over its own WebSocket, without geckodriver."""

from __future__ import annotations

import base64
import itertools
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.visiting import SCREENS

LISTENING = "WebDriver BiDi listening on"
COMMAND = ("firefox-esr", "--headless", "--no-remote", "--remote-debugging-port", "0")
STARTS_WITHIN = 40.0  # seconds
ANSWERS_WITHIN = 30.0  # seconds
PREFERENCES: dict[str, object] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "intl.accept_languages": "de-DE",
    # Nothing of its own leaves this machine, and nothing interrupts.
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """One running Firefox."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._ids = itertools.count(1)

    def ask(self, method: str, **parameters: object) -> Any:
        """Have a command of WebDriver BiDi carried out."""
        number = next(self._ids)
        asked = {"id": number, "method": method, "params": parameters}
        self._line.send(json.dumps(asked))
        while True:
            said = json.loads(self._line.recv(ANSWERS_WITHIN))
            if said.get("id") == number:
                assert said["type"] == "success", said
                return said["result"]

    def window(self) -> Window:
        """A window with cookies of its own."""
        apart = self.ask("browser.createUserContext")["userContext"]
        # No tab: all but one of these are hidden, and a hidden page is sent no picture.
        opened = self.ask("browsingContext.create", type="window", userContext=apart)
        return Window(self, opened["context"])


class Window:
    """One page in Firefox."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self._firefox = firefox
        self._context = context

    def goto(self, url: str) -> None:
        """Load a page."""
        self._firefox.ask(
            "browsingContext.navigate", context=self._context, url=url, wait="complete"
        )

    def first_of_all(self, function: str) -> None:
        """Run a function before any script of each page that is loaded from now on."""
        self._firefox.ask(
            "script.addPreloadScript", functionDeclaration=function, contexts=[self._context]
        )

    def evaluate(self, function: str, *values: object) -> Any:
        """What a function says in the page, given plain values."""
        given = ", ".join(json.dumps(value) for value in values)
        said = self._firefox.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({function})({given})))()",
            target={"context": self._context},
            awaitPromise=True,
            userActivation=True,
        )
        assert said["type"] == "success", said
        return json.loads(said["result"].get("value", "null"))

    def press(self, words: str) -> bool:
        """Click the button or link that says so; whether there was one."""
        pressed: bool = self.evaluate(PRESS, words)
        return pressed

    def photograph(self, name: str) -> None:
        """Keep a picture of the page among the artefacts."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        taken = self._firefox.ask("browsingContext.captureScreenshot", context=self._context)
        (SCREENS / f"{name}.png").write_bytes(base64.b64decode(taken["data"]))


PRESS = """(words) => {
  const found = [...document.querySelectorAll("main button, #notices button")]
    .find((each) => each.textContent.includes(words));
  found?.click();
  return Boolean(found);
}"""


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """A headless Firefox that lives until the block ends."""
    profile.mkdir()
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
        for name, value in PREFERENCES.items()
    ]
    (profile / "user.js").write_text("".join(lines))
    process = subprocess.Popen(
        [*COMMAND, "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MOZ_HEADLESS": "1", "HOME": str(profile)},
    )
    late = threading.Timer(STARTS_WITHIN, process.kill)
    late.start()
    try:
        address = _address(process)
        late.cancel()
        # Whoever reads no more of it would let Firefox wait for a full pipe.
        threading.Thread(target=_drain, args=(process,), daemon=True).start()
        with connect(f"{address}/session", max_size=None, compression=None, proxy=None) as line:
            started = Firefox(line)
            started.ask("session.new", capabilities={})
            yield started
    finally:
        late.cancel()
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if LISTENING in line:
            return line.split()[-1]
    raise AssertionError("Firefox did not start:\n" + "".join(said))


def _drain(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    with process.stderr as pipe:
        for _ in pipe:
            pass
