"""A green VP8 picture and a tone by GStreamer's webrtcbin, whose certificate is RSA.

Run by the system's Python, which knows GStreamer: `python3 gstreamer.py URL SECRET`. Sends
until its standard input ends.
"""

from __future__ import annotations

import sys
import threading
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402 - versions come first

PIPELINE = (
    "webrtcbin name=webrtc bundle-policy=max-bundle"
    " videotestsrc is-live=true pattern=green ! video/x-raw,width=320,height=180,framerate=15/1"
    " ! vp8enc deadline=1 keyframe-max-dist=30 ! rtpvp8pay pt=96"
    " ! application/x-rtp,media=video,encoding-name=VP8,payload=96 ! webrtc."
    " audiotestsrc is-live=true wave=sine ! opusenc ! rtpopuspay pt=97"
    " ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! webrtc."
)


class Sender:
    """One WHIP session."""

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret
        self._pipeline = Gst.parse_launch(PIPELINE)
        self._webrtc = self._pipeline.get_by_name("webrtc")
        self._webrtc.connect("on-negotiation-needed", self._offer)
        self._webrtc.connect("notify::ice-gathering-state", self._gathered)
        self._session = ""

    def start(self) -> None:
        """Begin to send."""
        self._pipeline.set_state(Gst.State.PLAYING)

    def stop(self) -> None:
        """Hang up."""
        if self._session:
            self._ask("DELETE", self._session, None)
        self._pipeline.set_state(Gst.State.NULL)

    def _offer(self, webrtc: Gst.Element) -> None:
        for at in range(2):
            transceiver = webrtc.emit("get-transceiver", at)
            transceiver.set_property("direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)
        made = Gst.Promise.new_with_change_func(self._offered)
        webrtc.emit("create-offer", None, made)

    def _offered(self, promise: Gst.Promise) -> None:
        reply = promise.get_reply()  # owns the offer: it must outlive it
        self._webrtc.emit("set-local-description", reply.get_value("offer"), Gst.Promise.new())

    def _gathered(self, webrtc: Gst.Element, _: object) -> None:
        complete = GstWebRTC.WebRTCICEGatheringState.COMPLETE
        if webrtc.get_property("ice-gathering-state") == complete and not self._session:
            self._session = "asked"
            threading.Thread(target=self._post, daemon=True).start()

    def _post(self) -> None:
        offer = self._webrtc.get_property("local-description").sdp.as_text()
        where, answer = self._ask("POST", self._url, offer.encode())
        self._session = where
        _, message = GstSdp.SDPMessage.new_from_text(answer)
        described = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self._webrtc.emit("set-remote-description", described, Gst.Promise.new())
        print("begun", flush=True)

    def _ask(self, method: str, url: str, body: bytes | None) -> tuple[str, str]:
        headers = {"Authorization": f"Bearer {self._secret}", "Content-Type": "application/sdp"}
        asked = urllib.request.Request(url, body, headers, method=method)
        with urllib.request.urlopen(asked, timeout=10) as said:
            where = urllib.parse.urljoin(url, said.headers.get("Location", ""))
            return where, said.read().decode()


def complete() -> bool:
    """Whether this machine has all parts of the pipeline."""
    parts = ("webrtcbin", "nicesrc", "dtlssrtpenc", "vp8enc", "rtpvp8pay", "opusenc", "rtpopuspay")
    return all(Gst.ElementFactory.find(part) for part in (*parts, "videotestsrc", "srtpenc"))


def main() -> None:
    """Send until standard input ends."""
    Gst.init(None)
    if sys.argv[1:] == ["--complete"]:
        sys.exit(not complete())
    loop = GLib.MainLoop()
    sender = Sender(*sys.argv[1:3])
    sender.start()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    loop.run()
    sender.stop()


if __name__ == "__main__":
    main()
