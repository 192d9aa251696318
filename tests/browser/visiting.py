"""Real Chromium windows for tests: people who sign in, and guards that watch every page."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from tests.running import ROOT, Running

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = ROOT / "artefacts" / "screens"
FLAGS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--auto-select-tab-capture-source-by-title=Folien",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE = 20.0  # seconds until what should happen has happened, on a loaded machine

# Reads the colour in the middle of the largest video that shows a picture.
SETTLED = """() => {
  const ends = (moving) => moving.effect?.getComputedTiming().endTime !== Infinity;
  return Promise.allSettled(document.getAnimations().filter(ends).map((each) => each.finished))
    .then(() => null);
}"""
COLOUR = """(selector) => {
  const videos = [...document.querySelectorAll(selector)].filter((v) => v.videoWidth && !v.paused);
  videos.sort((a, b) => b.clientWidth * b.clientHeight - a.clientWidth * a.clientHeight);
  if (!videos.length) return "none";
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const pen = canvas.getContext("2d");
  pen.drawImage(videos[0], 0, 0, 8, 8);
  const [r, g, b] = pen.getImageData(4, 4, 1, 1).data;
  if (r + g + b < 60) return "black";
  return r > g && r > b ? "red" : g > b ? "green" : "blue";
}"""


class Guard:
    """Notes whatever must never happen on a page of ours."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.seen: list[str] = []
        self.forgiven: list[str] = []
        "Parts of messages that the test brings about itself, such as a killed server."

    def watch(self, context: BrowserContext) -> None:
        """Watch every page of the context, from its first byte."""
        context.on("request", self._request)
        context.on("weberror", lambda error: self.seen.append(f"page error: {error.error}"))
        context.on("console", self._console)
        context.expose_binding("__violated", lambda _, what: self.seen.append(f"CSP: {what}"))
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " (e) => __violated(e.effectiveDirective + ' ' + e.blockedURI))"
        )

    def check(self) -> None:
        """Fail with everything that was noted and is not forgiven."""
        left = [note for note in self.seen if not any(part in note for part in self.forgiven)]
        assert left == []

    def _request(self, request: Any) -> None:
        ours = (f"{self.origin}/", self.origin.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(ours):
            self.seen.append(f"foreign request: {request.url}")

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console: {message.text}")


class Visitors:
    """Opens windows for the people of a test."""

    def __init__(
        self,
        playwright: Playwright,
        server: Running,
        chromium: str | None = None,
        flags: Sequence[str] = FLAGS,
    ) -> None:
        self.guard = Guard(server.url)
        self._playwright = playwright
        self._chromium = chromium or shutil.which("chromium")
        self._server = server
        self._flags = flags
        self._browsers: dict[tuple[Path | None, Path | None], Browser] = {}

    def window(
        self,
        person: str | None = None,
        clip: Path | None = None,
        sound: Path | None = None,
        **options: Any,
    ) -> Page:
        """A new window, signed in as `person`; its camera sends `clip`, its microphone `sound`."""
        context = self._browser(clip, sound).new_context(
            **{"viewport": {"width": 1280, "height": 800}, "locale": "de-DE", **options}
        )
        context.grant_permissions(["camera", "microphone"], origin=self._server.url)
        self.guard.watch(context)
        page = context.new_page()
        if person is not None:
            page.goto(self._server.link(person))
            page.get_by_role("main").get_by_role("button").first.click()
            page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    def looks(self) -> str:
        """What every window shows just now, in words."""
        pages = [
            page
            for browser in self._browsers.values()
            for context in browser.contexts
            for page in context.pages
        ]
        return "\n\n".join(_look(page) for page in pages)

    def close(self) -> None:
        """Close all windows, then fail if a guard saw something."""
        for browser in self._browsers.values():
            browser.close()
        self.guard.check()

    def _browser(self, clip: Path | None, sound: Path | None) -> Browser:
        if (clip, sound) not in self._browsers:
            film = [f"--use-file-for-fake-video-capture={clip}"] if clip else []
            voice = [f"--use-file-for-fake-audio-capture={sound}"] if sound else []
            self._browsers[clip, sound] = self._playwright.chromium.launch(
                executable_path=self._chromium, args=[*self._flags, *film, *voice]
            )
        return self._browsers[clip, sound]


def _look(page: Page) -> str:
    try:
        words = page.locator("body").inner_text(timeout=2_000)
        return f"{page.url}: {colour(page)}\n{' | '.join(words.split(chr(10)))[:1_500]}"
    except Error as error:
        return f"{page.url}: {error}"


def eventually(what: Callable[[], object], means: str, within: float = PATIENCE) -> None:
    """Wait until `what` is true; `means` says what did not happen."""
    deadline = time.monotonic() + within
    while not what():
        assert time.monotonic() < deadline, f"not within {within} s: {means}"
        time.sleep(0.1)


def colour(page: Page, selector: str = "video") -> str:
    """The colour that the largest picture on the page shows."""
    said: str = page.evaluate(COLOUR, selector)
    return said


def sees(page: Page, wanted: str, within: float = PATIENCE) -> None:
    """Wait until the page shows a picture of the wanted colour."""
    eventually(lambda: colour(page) == wanted, f"a {wanted} picture", within)


def photograph(page: Page, name: str) -> None:
    """Keep a picture of the page among the artefacts."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png")


def accessible(page: Page) -> None:
    """Fail if axe finds a violation of WCAG 2.2 AA, once no colour is on its way any more."""
    page.evaluate(SETTLED)
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG
    )
    broken = [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert not broken, f"{page.url}:\n" + "\n".join(broken)
