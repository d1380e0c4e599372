"""Actions of a person at a phone (write, tap, read, pay), and of the owner's phone app."""

from __future__ import annotations

import time
import uuid
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel, Field

from dukani.core.errors import CallerError, NotFound
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.courier import Courier
from dukani.sandbox.ledger import Answer, Ledger
from dukani.sandbox.meta_webhooks import MetaSide, new_wamid
from dukani.sandbox.models import Advert, ChatMessage, Kind, OrderItem
from dukani.sandbox.twilio_webhooks import TwilioSide
from dukani.sandbox.world import World

# A phone in E.164, or a WhatsApp business-scoped user id such as KE.1349120865530274.
CONTACT = r"^(\+[1-9][0-9]{6,14}|[A-Z]{2}\.[A-Za-z0-9]{4,60})$"


_META_ONLY = ("edit", "revoke", "unsupported")


class Written(BaseModel):
    """A contact's message to a boutique."""

    account: str
    contact: str = Field(pattern=CONTACT)
    profile_name: str = ""
    kind: Kind = "text"
    text: str = Field("", max_length=4096)
    media: str | None = Field(default=None, description="Id from POST /phone/api/media.")
    more_media: list[str] = Field(default_factory=list, max_length=9)
    spoken: str = Field(
        "", max_length=2000, description="What is said in a voice note: what Gemini will hear."
    )
    filename: str = Field("", max_length=240, description="Of a document.")
    phones: list[str] = Field(default_factory=list, description="Of a contact card.")
    product: str | None = Field(default=None, description="The catalogue piece asked about.")
    advert: Advert | None = Field(default=None, description="The advertisement come from.")
    client_id: str | None = Field(
        None, max_length=64, description="The phone's own id; sent again, it is the same message."
    )
    row_id: str | None = Field(default=None, description="The tapped row's or button's id.")
    reply_to: str | None = None
    about: str | None = Field(default=None, description="Id of the message edited or deleted.")
    group: str | None = Field(default=None, description="Meta's id of a group.")
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    items: list[OrderItem] = Field(default_factory=list)
    at: float | None = Field(default=None, description="Unix seconds; not given: now.")
    wait: bool = Field(False, description="Answer only when the webhook has been posted.")


class PromptAnswer(BaseModel):
    """A person's answer to an M-Pesa prompt."""

    outcome: Answer
    pin: str = Field("", pattern=r"^[0-9]{0,4}$")
    poor: bool = Field(False, description="There is too little money on the phone.")


class Chosen(BaseModel):
    """A chat, named by boutique and contact."""

    account: str
    contact: str = Field(pattern=CONTACT)


class Echoed(Chosen):
    """The owner's message to a contact from the phone app."""

    text: str = Field(min_length=1, max_length=4096)


class Renamed(Chosen):
    """A contact has another phone or user id from now on (Meta only)."""

    after: str = Field(pattern=CONTACT)


class Preferred(Chosen):
    """A contact's choice about marketing in WhatsApp's own settings."""

    value: Literal["stop", "resume"]


class Shopper:
    """Turns people's actions into webhooks of the providers."""

    def __init__(
        self, world: World, courier: Courier, ledger: Ledger, twilio: TwilioSide, meta: MetaSide
    ) -> None:
        self._world = world
        self._courier = courier
        self._ledger = ledger
        self._twilio = twilio
        self._meta = meta

    async def write(self, written: Written) -> ChatMessage:
        """Send a message to a boutique through its provider's webhook."""
        account = self.account(written.account)
        self._check(account, written)
        if before := self._sent_before(account, written):
            return await self._again(account, before, wait=written.wait)
        fields = dict(written)
        for own in ("profile_name", "wait", "at", "spoken"):
            del fields[own]
        self._note_spoken(written)
        message = ChatMessage(
            id=_inbound_id(account, written),
            author="shopper",
            at=written.at or time.time(),
            status="sent",
            **fields,
        )
        self._world.name_contact(account.key, written.contact, written.profile_name)
        self._world.add(message)
        await self._send(account, message, wait=written.wait)
        return message

    def _note_spoken(self, written: Written) -> None:
        recording = self._world.file(written.media) if written.media else None
        if written.kind == "audio" and recording is not None:
            self._world.spoken[sha256(recording.content).hexdigest()] = written.spoken

    async def _send(self, account: SandboxAccount, message: ChatMessage, *, wait: bool) -> None:
        if wait:
            await self._post(account, message)
        else:
            self._courier.start(self._post(account, message))

    def _sent_before(self, account: SandboxAccount, written: Written) -> ChatMessage | None:
        """The message stored under the same client id, which the phone sends again."""
        thread = self._world.chat(account.key, written.contact).messages.values()
        own = (message for message in reversed(thread) if message.client_id is not None)
        return next((message for message in own if message.client_id == written.client_id), None)

    async def _again(
        self, account: SandboxAccount, message: ChatMessage, *, wait: bool
    ) -> ChatMessage:
        """Post the message again unless it was accepted: the sandbox may have been stopped."""
        if message.status == "sent":
            await self._send(account, message, wait=wait)
        return message

    async def read(self, chosen: Chosen) -> None:
        """The contact opens the chat."""
        account = self.account(chosen.account)
        self._courier.start(self._side(account).read(account, chosen.contact))

    async def answer(self, checkout_request_id: str, answer: PromptAnswer) -> None:
        """Answer an M-Pesa prompt; one that has ended stays unchanged."""
        push = self._world.pushes.get(checkout_request_id)
        if push is None:
            raise NotFound("no such prompt")
        if answer.outcome == "pin" and len(answer.pin) != 4:
            raise CallerError("a PIN has four digits")
        self._ledger.answer(push, answer.outcome, pin=answer.pin, poor=answer.poor)

    async def echo(self, echoed: Echoed) -> ChatMessage:
        """The owner writes to a contact from the phone app (Meta only)."""
        account = self.account(echoed.account)
        if account.provider != "meta":
            raise CallerError("only Meta tells what the owner writes from the phone app")
        message = ChatMessage(
            id=new_wamid(),
            account=account.key,
            contact=echoed.contact,
            author="owner",
            text=echoed.text,
            status="delivered",
        )
        self._world.add(message)
        self._courier.start(self._meta.echo(account, message))
        return message

    async def rename(self, renamed: Renamed) -> None:
        """A contact changes the number or gets a new user id (Meta only)."""
        account = self.account(renamed.account)
        if account.provider != "meta":
            raise CallerError("only Meta tells that a number has changed")
        self._courier.start(self._meta.rename(account, renamed.contact, renamed.after))

    async def prefer(self, preferred: Preferred) -> None:
        """A contact stops or resumes marketing in WhatsApp's settings (Meta only)."""
        account = self.account(preferred.account)
        self._courier.start(self._meta.prefer(account, preferred.contact, preferred.value))

    def account(self, key: str) -> SandboxAccount:
        """The boutique of a key. Raises NotFound."""
        account = self._world.accounts.get(key)
        if account is None:
            raise NotFound(f"no boutique {key!r} here")
        return account

    def _check(self, account: SandboxAccount, written: Written) -> None:
        files = [written.media, *written.more_media, written.advert and written.advert.media]
        if any(file and self._world.file(file) is None for file in files):
            raise NotFound("no such file: send it to /phone/api/media first")
        if written.kind in ("edit", "revoke") and not written.about:
            raise CallerError(f"{written.kind} needs about, the id of a message")
        if account.provider == "twilio" and (written.group or written.kind in _META_ONLY):
            raise CallerError("Twilio passes on no groups, edits or deletions")
        if written.kind in ("image", "audio", "sticker", "document") and not written.media:
            raise CallerError(f"{written.kind} needs media")
        if written.kind == "location" and None in (written.latitude, written.longitude):
            raise CallerError("a location needs latitude and longitude")

    async def _post(self, account: SandboxAccount, message: ChatMessage) -> None:
        async with self._world.chat(account.key, message.contact).inbound:
            taken = await self._side(account).receive(account, message)
        if taken:
            self._world.advance(message, "delivered")
        else:
            self._world.advance(message, "failed", "The shop could not be reached.")

    def _side(self, account: SandboxAccount) -> TwilioSide | MetaSide:
        return self._twilio if account.provider == "twilio" else self._meta


def _inbound_id(account: SandboxAccount, written: Written) -> str:
    if account.provider == "meta":
        return new_wamid()
    return f"{'MM' if written.media else 'SM'}{uuid.uuid4().hex}"
