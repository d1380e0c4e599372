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
from dukani.sandbox.templates import template_text_by_sid


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

    @property
    def text(self) -> str | None:
        """The message's text; none when a template's variables are unreadable."""
        if not self.content_sid:
            return self.body
        return _template_text(self.content_sid, self.content_variables)


def read_message(account: SandboxAccount, wanted: Wanted) -> ChatMessage:
    """The message in a send. Raises Refused."""
    return ChatMessage(
        id=f"{'MM' if wanted.media_urls else 'SM'}{uuid.uuid4().hex}",
        account=account.key,
        contact=wanted.contact,
        author="boutique",
        kind="image" if wanted.media_urls else "text",
        text=_checked_text(wanted),
        callback=wanted.status_callback,
    )


def _checked_text(wanted: Wanted) -> str:
    text = wanted.text
    if text is None:
        raise Refused("21656")
    is_phone = wanted.contact.startswith("+") and wanted.contact[1:].isdigit()
    if not is_phone and user_id_or_none(wanted.contact) is None:
        raise Refused("21211")
    if not text and not wanted.media_urls:
        raise Refused("21602")
    if len(text) > MAX_BODY:
        raise Refused("21617")
    callback = wanted.status_callback
    if callback and not callback.startswith(("http://", "https://")):
        raise Refused("21609")
    return text


def _template_text(content_sid: str, variables: str | None) -> str | None:
    """A template's text, or its id and variables; none when the variables are unreadable."""
    try:
        filled = json.loads(variables or "{}")
    except ValueError:
        return None
    if not isinstance(filled, dict):
        return None
    values = [str(value) for value in filled.values()]
    shown = " · ".join([f"[template {content_sid[:8]}…]", *values])
    return template_text_by_sid(content_sid, values) or shown
