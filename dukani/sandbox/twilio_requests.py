"""Parses the form a boutique sends to Twilio, and refuses what Twilio would refuse."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form

from dukani.core.clients.twilio import MAX_BODY
from dukani.core.user_ids import user_id_or_none
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.models import ChatMessage
from dukani.sandbox.template_book import TemplateBook
from dukani.sandbox.template_sends import (
    TWILIO,
    TemplateRefused,
    check_standing,
    twilio_shown,
)


class Refused(Exception):
    """Twilio would refuse this message with this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message to send, in the form's fields."""

    to: Annotated[str, Form(alias="To")] = ""
    sender: Annotated[str, Form(alias="From")] = ""
    body: Annotated[str, Form(alias="Body")] = ""
    media_urls: Annotated[list[str] | None, Form(alias="MediaUrl")] = None
    status_callback: Annotated[str | None, Form(alias="StatusCallback")] = None
    service_sid: Annotated[str, Form(alias="MessagingServiceSid")] = ""
    content_sid: Annotated[str | None, Form(alias="ContentSid")] = None
    content_variables: Annotated[str | None, Form(alias="ContentVariables")] = None

    @property
    def number(self) -> str:
        """The boutique's number, E.164."""
        return self.sender.removeprefix("whatsapp:")

    @property
    def contact(self) -> str:
        return self.to.removeprefix("whatsapp:")

    @property
    def media_url(self) -> str | None:
        return self.media_urls[0] if self.media_urls else None


def read_message(
    account: SandboxAccount, wanted: Wanted, templates: TemplateBook
) -> tuple[ChatMessage, str | None]:
    """The message in a send, and the address of its picture. Raises Refused."""
    media_url = wanted.media_url
    message = ChatMessage(
        id=f"{'MM' if wanted.media_urls else 'SM'}{uuid.uuid4().hex}",
        account=account.key,
        contact=wanted.contact,
        author="boutique",
        kind="image" if wanted.media_urls else "text",
        text=wanted.body,
        callback=wanted.status_callback,
    )
    if wanted.content_sid:
        media_url = _fill(account, wanted, message, templates)
    _check(message, wanted)
    return message, media_url


def _check(message: ChatMessage, wanted: Wanted) -> None:
    is_phone = wanted.contact.startswith("+") and wanted.contact[1:].isdigit()
    if not is_phone and user_id_or_none(wanted.contact) is None:
        raise Refused("21211")
    if not message.text and not wanted.media_urls:
        raise Refused("21602")
    if len(message.text) > MAX_BODY:
        raise Refused("21617")
    callback = wanted.status_callback
    if callback and not callback.startswith(("http://", "https://")):
        raise Refused("21609")


def _fill(
    account: SandboxAccount, wanted: Wanted, message: ChatMessage, templates: TemplateBook
) -> str | None:
    """Make the message that of a template; the address of its picture."""
    try:
        values = json.loads(wanted.content_variables or "{}")
    except ValueError:
        raise Refused("21656") from None
    if not isinstance(values, dict):
        raise Refused("21656")
    try:
        known = check_standing(templates.by_id(account, wanted.content_sid or ""), TWILIO)
        shown, media_url = twilio_shown(known, {k: str(v) for k, v in values.items()})
    except TemplateRefused as refused:
        raise Refused(refused.code) from refused
    message.text, message.rows = shown.text, shown.replies
    message.kind = "image" if shown.has_picture else "buttons" if shown.replies else "text"
    return media_url
