"""Client of Twilio's SMS API: the same messages resource as WhatsApp's, with plain numbers.

What is other than on WhatsApp (twilio.com/docs/messaging/api/message-resource and /docs/glossary/
what-alphanumeric-sender-id; not tried on a live account): `To` and `From` are without `whatsapp:`;
`From` is a number, a name of up to 11 characters, or left out for a `MessagingServiceSid`, which
chooses the sender; nothing is ever `read`; a reply STOP stops the number for that person by Twilio
itself (21610), and nobody can reply to a name. `num_segments` is a text, "0" until it is known.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

import httpx

from dukani.core.clients.messenger import OutboundMessage, Sent
from dukani.core.clients.send_errors import send_error
from dukani.core.clients.transport import MAX_MEDIA_BYTES, Media, get_json, json_object, post_once
from dukani.core.clients.twilio import MAX_BODY, TwilioAccount, is_the_same, is_within, sent_of
from dukani.core.errors import ProviderRefused, ProviderUnavailable

PROVIDER = "twilio_sms"
SERVICE = "MG"  # how the SID of a Messaging Service begins


class TwilioSmsMessenger:
    """Sends as one boutique's sender (`account.number`). Cheap to make: one for each job."""

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
        self._url = (
            f"{base_url.rstrip('/')}/2010-04-01/Accounts/{account.account_sid}/Messages.json"
        )
        self._account = account
        self._auth = (account.account_sid, account.auth_token)
        self._status_callback_url = status_callback_url
        self._timeout_s = timeout_s

    async def send(self, message: OutboundMessage) -> Sent:
        """Send one SMS; `callback_data` comes back as `?message=` in each of its statuses."""
        response = await post_once(
            self._http,
            self._url,
            provider=PROVIDER,
            data=self._fields(message),
            auth=self._auth,
            timeout=self._timeout_s,
        )
        body = json_object(response)
        if response.is_success:
            return sent_of(body, provider=PROVIDER)
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
        asked = {"To": message.to, "PageSize": "50"}
        if not self._account.number.startswith(SERVICE):
            asked["From"] = self._account.number
        response = await get_json(
            self._http,
            self._url,
            provider=PROVIDER,
            params=asked,
            auth=self._auth,
            timeout=self._timeout_s,
        )
        if not response.is_success:
            raise ProviderUnavailable(provider=PROVIDER, code=str(response.status_code))
        return [
            sent_of(row, provider=PROVIDER)
            for row in json_object(response).get("messages", [])
            if is_within(row, since, until) and is_the_same(row, message)
        ]

    async def fetch_media(self, reference: str, *, max_bytes: int = MAX_MEDIA_BYTES) -> Media:
        raise ProviderRefused("an SMS holds no file", provider=PROVIDER, code="foreign")

    def _fields(self, message: OutboundMessage) -> dict[str, str]:
        """Raises ProviderRefused for what is no SMS, with Twilio's own code where it has one."""
        if not message.to.startswith("+"):
            raise ProviderRefused("no phone number", provider=PROVIDER, code="21211")
        if not message.text:
            raise ProviderRefused("an SMS is text alone", provider=PROVIDER, code="21602")
        if len(message.text) > MAX_BODY:
            raise ProviderRefused(
                f"{len(message.text)} characters, at most {MAX_BODY}",
                provider=PROVIDER,
                code="21617",
            )
        by_service = self._account.number.startswith(SERVICE)
        fields = {
            "MessagingServiceSid" if by_service else "From": self._account.number,
            "To": message.to,
            "Body": message.text,
        }
        if self._status_callback_url:
            ours = {"message": message.callback_data} if message.callback_data else {}
            fields["StatusCallback"] = f"{self._status_callback_url}?{urlencode(ours)}".rstrip("?")
        return fields
