"""Twilio and Meta beyond the network: they take messages, and say what they are told to say."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs

import httpx

Answer = httpx.Response | Exception


class FakeProviders:
    """Both APIs behind one transport; `next` holds answers for the calls to come."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.next: list[Answer] = []
        self.silent_next = 0  # messages taken without an answer
        self.lists_nothing = False  # Twilio's list of messages is not served
        self.listed_more: list[dict[str, str]] = []  # in Twilio's list, and not sent here
        self.media: dict[str, bytes] = {}
        self.during: Callable[[], None] | None = None

    @property
    def texts(self) -> list[str]:
        """The words of what was sent, in order."""
        return [_words(message) for message in self.sent]

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return self._serve(request)
        raw = request.content.decode()
        is_meta = request.url.path.endswith("/messages")
        message = json.loads(raw) if is_meta else {k: v[0] for k, v in parse_qs(raw).items()}
        if self.next:
            scripted = self.next.pop(0)
            if isinstance(scripted, Exception):
                raise scripted
            if not scripted.is_success:
                return scripted
        self.sent.append(message)
        number = len(self.sent)
        if self.silent_next:
            self.silent_next -= 1
            raise httpx.ReadTimeout("silence")
        if is_meta:
            return httpx.Response(200, json={"messages": [{"id": f"wamid.{number}"}]})
        return httpx.Response(201, json={"sid": f"SM{number}", "status": "queued"})

    def _serve(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rsplit("/", 1)[-1]
        if name == "Messages.json" and self.lists_nothing:
            return httpx.Response(503)
        if name == "Messages.json":
            return httpx.Response(200, json={"messages": self._listed(request.url.params["To"])})
        if request.url.path.startswith("/files/"):
            return httpx.Response(200, content=self.media[name])
        if request.url.host == "graph.facebook.com":
            return httpx.Response(200, json={"url": f"https://graph.facebook.com/files/{name}"})
        return httpx.Response(200, content=self.media[name])

    def _listed(self, to: str) -> list[dict[str, str]]:
        """What Twilio took for a number, newest first; it dates by the second."""
        taken = [
            {
                "sid": f"SM{number}",
                "body": message.get("Body", ""),
                "num_media": str(int("MediaUrl" in message)),
                "date_created": format_datetime(datetime.now(UTC)),
                "status": "sent",
            }
            for number, message in enumerate(self.sent, start=1)
            if message["To"] == to
        ]
        return [*self.listed_more, *taken[::-1]]


def _words(message: dict[str, Any]) -> str:
    if "Body" in message or "MediaUrl" in message:
        return str(message.get("Body", ""))
    if message["type"] == "image":
        return str(message["image"].get("caption", ""))
    if message["type"] == "interactive":
        return str(message["interactive"]["body"]["text"])
    return str(message["text"]["body"])


def meta_error(code: int, status: int = 400, **headers: str) -> httpx.Response:
    error = {"message": "no", "type": "OAuthException", "code": code}
    return httpx.Response(status, json={"error": error}, headers=headers)


def twilio_error(code: int, status: int = 400) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": "no", "status": status})
