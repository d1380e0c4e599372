"""Twilio as a load: posts signed messages, takes the answers, and remembers when."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import parse_qs, urlencode, urlsplit

from dukani.sandbox.accounts import ZURI
from dukani.sandbox.twilio_signature import twilio_signature
from tests.bench.wire import Answer, Poster, serve

WEBHOOK = "/webhook/whatsapp"


@dataclass(slots=True)
class Posted:
    """A message of a shopper: when it left, and how long the webhook took to answer."""

    sid: str
    phone: str
    sent_at: float
    ack_s: float
    taken: bool


@dataclass(slots=True)
class Outside:
    """The far side of one boutique's number.

    A light recorder, not the sandbox: it sends no status callbacks, which would add two webhooks
    to every reply and a second service's work to the two cores that are measured.
    """

    base_url: str  # of Dukani
    port: int  # ours
    posted: list[Posted] = field(default_factory=list)
    arrived: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # by phone
    copies: Counter[str] = field(default_factory=Counter)  # of each of our messages, by its id
    pictures: dict[str, bytes] = field(default_factory=dict)
    _news: dict[str, asyncio.Event] = field(default_factory=dict)
    _poster: Poster = field(init=False)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    async def open(self) -> None:
        self._poster = Poster(self.base_url)
        await serve(self.port, self._answer)

    async def write(self, phone: str, text: str = "", *, picture: str | None = None) -> Posted:
        """Post a message and wait for the webhook's answer."""
        form = self._form(phone, text, picture)
        signature = twilio_signature(ZURI.auth_token, self.base_url + WEBHOOK, form)
        headers = {
            "content-type": "application/x-www-form-urlencoded; charset=utf-8",
            "x-twilio-signature": signature,
        }
        sent_at = time.time()
        status = await self._poster.post(WEBHOOK, urlencode(form).encode(), headers)
        ack_s = time.time() - sent_at
        posted = Posted(form["MessageSid"], phone, sent_at, ack_s, status == 200)
        self.posted.append(posted)
        return posted

    async def ask(self, phone: str, text: str = "", *, picture: str | None = None) -> float:
        """Seconds until the first answer arrived. Raises TimeoutError."""
        news = self._news[phone] = asyncio.Event()
        posted = await self.write(phone, text, picture=picture)
        await asyncio.wait_for(news.wait(), 30)
        return self.arrived[phone][-1] - posted.sent_at

    def forget(self) -> None:
        """Begin to count anew."""
        self.posted.clear()
        self.arrived.clear()
        self.copies.clear()

    def _form(self, phone: str, text: str, picture: str | None) -> dict[str, str]:
        sid = f"SM{next(self._numbers):032x}"
        form = {
            "SmsMessageSid": sid,
            "NumMedia": "1" if picture else "0",
            "ProfileName": "Wanjiku",
            "MessageType": "image" if picture else "text",
            "SmsSid": sid,
            "WaId": phone.removeprefix("+"),
            "SmsStatus": "received",
            "Body": text,
            "To": f"whatsapp:{ZURI.number}",
            "NumSegments": "1",
            "MessageSid": sid,
            "AccountSid": ZURI.account_sid,
            "From": f"whatsapp:{phone}",
            "ApiVersion": "2010-04-01",
        }
        if picture:
            form["MediaUrl0"] = f"http://127.0.0.1:{self.port}/photos/{picture}"
            form["MediaContentType0"] = "image/jpeg"
        return form

    def _answer(self, method: str, target: str, body: bytes) -> Answer:
        path = urlsplit(target).path
        if method == "GET":
            photo = self.pictures.get(path.rsplit("/", 1)[-1])
            return (200, "image/jpeg", photo) if photo else (404, "text/plain", b"")
        form = parse_qs(body.decode())
        phone = form["To"][0].removeprefix("whatsapp:")
        ours = parse_qs(urlsplit(form["StatusCallback"][0]).query)["message"][0]
        self.copies[ours] += 1
        self.arrived[phone].append(time.time())
        if news := self._news.pop(phone, None):
            news.set()
        sid = f"SM{next(self._numbers):032x}"
        return 201, "application/json", json.dumps({"sid": sid, "status": "queued"}).encode()
