"""Models of what arrives at a webhook, the same for every provider."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from dukani.core.channels import MessagingProvider, WhatsAppProvider
from dukani.core.store.messages import ToldStatus
from dukani.domain.message_kinds import MessageKind
from dukani.webhooks.parts import Names

MAX_KEPT = 4096  # characters of what a customer wrote: the longest message WhatsApp sends
MAX_PLACE = 500  # characters of a shared location's name and address
MAX_NAME = 200  # characters of a profile's name


def _trimmed(text: object) -> object:
    return _without_controls(text).strip()[:MAX_KEPT] if isinstance(text, str) else text


def _on_one_line(name: object) -> object:
    """The profile name, cleaned: it may hold anything, and no message is to be lost for it."""
    if not isinstance(name, str):
        return None
    return " ".join(_without_controls(name).split())[:MAX_NAME].strip() or None


def _without_controls(text: str) -> str:
    return _CONTROLS.sub("", text)


# Control characters except line breaks and tabs, and marks that change the reading direction.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _trimmed_place(text: object) -> object:
    return _without_controls(text).strip()[:MAX_PLACE] if isinstance(text, str) else text


Text = Annotated[str, BeforeValidator(_trimmed)]
Name = Annotated[str | None, BeforeValidator(_on_one_line)]
Place = Annotated[str, BeforeValidator(_trimmed_place)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]


class Inbound(BaseModel):
    """One event from a provider, for the number `account` (Twilio number, Meta number id, …)."""

    model_config = ConfigDict(frozen=True)

    provider: MessagingProvider
    account: str
    event_key: str = Field(min_length=1, max_length=300, description="the same when told again")
    raw: dict[str, Any] = Field(repr=False)
    envelope: dict[str, Any] | None = Field(
        None, repr=False, description="what a second reading of `raw` needs"
    )


class MediaRef(BaseModel):
    """A file that still lies with the provider: Twilio's address of it or Meta's id."""

    model_config = ConfigDict(frozen=True)

    reference: str
    content_type: str = ""
    filename: str = Field("", max_length=300)

    def as_kept(self) -> dict[str, Any]:
        named = {"filename": self.filename} if self.filename else {}
        return {"reference": self.reference, "content_type": self.content_type, **named}


class _FromCustomer(Inbound):
    provider: WhatsAppProvider
    phone: Phone | None = Field(None, repr=False)
    wa_user_id: str | None = Field(None, max_length=200, repr=False)

    @model_validator(mode="after")
    def _has_a_phone_or_user_id(self) -> _FromCustomer:
        if self.phone is None and self.wa_user_id is None:
            raise ValueError("neither a phone nor a WhatsApp id")
        return self


class InboundMessage(_FromCustomer):
    """A message; `event_key` is the provider's id of the message.

    With `by_staff` the owner wrote the message to the customer, from the phone app.
    """

    by_staff: bool = False
    name: Name = None
    kind: MessageKind = "text"
    text: Text = Field("", repr=False)
    media: MediaRef | None = None
    more_media: tuple[MediaRef, ...] = Field((), description="further files of the same message")
    reply_to: str | None = Field(None, description="provider's id of the message answered")
    changes: str | None = Field(None, description="provider's id of the message changed")
    row_id: str | None = Field(None, description="of the list row or button tapped")
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    place: Place | None = Field(None, description="name and address of a shared location")
    order: dict[str, Any] | None = Field(None, description="a catalogue order, never its prices")
    product: dict[str, Any] | None = Field(None, description="the catalogue piece asked about")
    contacts: list[dict[str, Any]] | None = Field(None, repr=False, description="cards shared")
    referral: dict[str, Any] | None = Field(None, description="advertisement that was tapped")
    sent_at: datetime | None = None

    def payload(self) -> dict[str, Any]:
        """The parts beside the text, as the message's row keeps them."""
        parts = {
            "media": self.media.as_kept() if self.media else None,
            "more_media": [media.as_kept() for media in self.more_media] or None,
            "row_id": self.row_id,
            "location": self._location(),
            "order": self.order,
            "product": self.product,
            "contacts": self.contacts or None,
            "referral": self.referral,
        }
        return {name: part for name, part in parts.items() if part is not None}

    def _location(self) -> dict[str, Any] | None:
        if self.latitude is None or self.longitude is None:
            return None
        where = {"latitude": self.latitude, "longitude": self.longitude}
        return where | ({"place": self.place} if self.place else {})


class DeliveryStatus(Inbound):
    """The delivery status of a message of ours; `message_id` is our own id, if it came back."""

    provider_id: str
    message_id: str | None = None
    status: ToldStatus
    error_code: str | None = None


class Preference(_FromCustomer):
    """The customer stopped or resumed marketing in WhatsApp itself."""

    granted: bool
    words: Text = ""
    told_at: datetime | None = None


class InboundSms(Inbound):
    """An SMS; `event_key` is the provider's id of the message."""

    phone: Phone = Field(repr=False)
    text: Text = Field("", repr=False)
    told_by_provider: bool = Field(False, description="a stop that the provider itself confirmed")
    sent_at: datetime | None = None


class NamelessMessage(Inbound):
    """A message without a phone or user id to answer: the owner is shown it."""

    kind: str
    text: Text = Field("", repr=False)


class IdentityChange(Inbound):
    """A person's names `before` and `after` a change of phone, user id, or both."""

    kind: str
    before: Names
    after: Names
    changed_at: datetime | None = None


class TemplateNews(Inbound):
    """How a message template stands; `account` is the WhatsApp account (WABA), not a number."""

    kind: str
    name: str = Field(max_length=512)
    locale: str = Field(max_length=20)


class Aside(Inbound):
    """An event that is stored and not acted on: a reaction, an unknown kind, an unreadable body."""

    kind: str
    outcome: Literal["ignored", "unreadable"]
