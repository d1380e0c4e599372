"""Client of Twilio's WhatsApp API: sends messages, and fetches customers' files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from dukani.core.clients.messenger import OutboundMessage, Sent
from dukani.core.clients.send_errors import send_error
from dukani.core.clients.templates import twilio_template
from dukani.core.clients.transport import (
    MAX_MEDIA_BYTES,
    Hosts,
    Media,
    download,
    get_json,
    json_object,
    post_once,
)
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear
from dukani.core.user_ids import user_id_or_none

PROVIDER = "twilio"
MAX_BODY = 1600
MEDIA_DOMAINS = ("twilio.com", "twiliocdn.com")


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """A boutique's Twilio credentials and its WhatsApp number in E.164."""

    account_sid: str
    auth_token: str = field(repr=False)
    number: str = ""


class TwilioMessenger:
    """Sends as one boutique's number. Cheap to make: one for each job."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        account: TwilioAccount,
        status_callback_url: str | None = None,
        *,
        timeout_s: float = 10.0,
    ) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._account = account
        self._status_callback_url = status_callback_url
        self._timeout_s = timeout_s

    async def send(self, message: OutboundMessage) -> Sent:
        """Send one message; `callback_data` comes back as `?message=` in each of its statuses."""
        response = await post_once(
            self._http,
            f"{self._base_url}/2010-04-01/Accounts/{self._account.account_sid}/Messages.json",
            provider=PROVIDER,
            data=self._fields(message),
            auth=(self._account.account_sid, self._account.auth_token),
            timeout=self._timeout_s,
        )
        body = json_object(response)
        if response.is_success:
            return sent_of(body)
        code = body.get("code")
        raise send_error(
            response,
            provider=PROVIDER,
            code=None if code is None else str(code),
            message=str(body.get("message") or ""),
        )

    async def taken_since(
        self, message: OutboundMessage, since: datetime, until: datetime | None = None
    ) -> list[Sent]:
        """The matching messages in Twilio's list: Twilio posts a status only once."""
        response = await get_json(
            self._http,
            f"{self._base_url}/2010-04-01/Accounts/{self._account.account_sid}/Messages.json",
            provider=PROVIDER,
            params={
                "From": f"whatsapp:{self._account.number}",
                "To": f"whatsapp:{message.to}",
                "PageSize": "50",
            },
            auth=(self._account.account_sid, self._account.auth_token),
            timeout=self._timeout_s,
        )
        if not response.is_success:
            raise ProviderUnavailable(provider=PROVIDER, code=str(response.status_code))
        listed = json_object(response).get("messages", [])
        return [
            sent_of(row)
            for row in listed
            if is_within(row, since, until) and is_the_same(row, message)
        ]

    async def fetch_media(self, reference: str, *, max_bytes: int = MAX_MEDIA_BYTES) -> Media:
        """The file at a `MediaUrlN`; only Twilio's own hosts get the credentials."""
        hosts = Hosts(self._base_url, MEDIA_DOMAINS)
        if not hosts.include(reference):
            raise ProviderRefused("not an address of Twilio", provider=PROVIDER, code="foreign")
        return await download(
            self._http,
            reference,
            provider=PROVIDER,
            hosts=hosts,
            max_bytes=max_bytes,
            auth=(self._account.account_sid, self._account.auth_token),
        )

    def _fields(self, message: OutboundMessage) -> dict[str, str]:
        if len(message.text) > MAX_BODY:
            raise ProviderRefused(
                f"{len(message.text)} characters, at most {MAX_BODY}: split the message",
                provider=PROVIDER,
                code="21617",
            )
        if not message.to.startswith("+") and user_id_or_none(message.to) is None:
            raise ProviderRefused(
                "neither a phone number nor a user id", provider=PROVIDER, code="21211"
            )
        fields = {
            "From": f"whatsapp:{self._account.number}",
            "To": f"whatsapp:{message.to}",
        }
        if message.template:
            fields |= twilio_template(message.template, provider=PROVIDER)
        elif message.text:
            fields["Body"] = message.text
        if message.media_url:
            fields["MediaUrl"] = message.media_url
        if self._status_callback_url:
            fields["StatusCallback"] = self._status_callback(message)
        return fields

    def _status_callback(self, message: OutboundMessage) -> str:
        url = self._status_callback_url or ""
        if not message.callback_data:
            return url
        return f"{url}{'&' if '?' in url else '?'}{urlencode({'message': message.callback_data})}"


def sent_of(body: Mapping[str, object], *, provider: str = PROVIDER) -> Sent:
    """The message that Twilio describes. Raises ProviderUnclear when it has no id."""
    sid = body.get("sid")
    if not isinstance(sid, str) or not sid:
        raise ProviderUnclear("an answer without a message id", provider=provider)
    return Sent(provider_id=sid)


def is_within(row: dict[str, Any], since: datetime, until: datetime | None) -> bool:
    """Whether a listed message was made in this time; Twilio's times are whole seconds."""
    created_at = parsedate_to_datetime(str(row["date_created"]))
    return since.replace(microsecond=0) <= created_at and (until is None or created_at <= until)


def is_the_same(row: dict[str, Any], message: OutboundMessage) -> bool:
    """Whether a listed message to the same person may be `message`.

    A template's words are Twilio's own, and its list is not bound to name the template: then it is
    known by its recipient and time alone.
    """
    if row.get("status") in ("failed", "undelivered"):
        return False
    if message.template is not None:
        return row.get("content_sid") in (None, "", message.template.content_sid)
    return str(row.get("body") or "").strip() == message.text.strip() and (
        str(row.get("num_media")) != "0"
    ) == (message.media_url is not None)
