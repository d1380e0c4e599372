"""Client of Africa's Talking's SMS API.

`POST /version1/messaging`, form-encoded, with the header `apiKey`: `username`, `to`, `message`,
`from` (a short code or a sender name). Answered 201 with `SMSMessageData.Recipients[]`, each with
`statusCode`: 100 processed, 101 sent and 102 queued have a `messageId`; others have "None" there,
so nothing left. A refusal of the whole request has no recipients and its reason as `Message`
("InvalidSenderId"); a wrong key is 401 in plain text. Source: developers.africastalking.com/docs/
sms/sending/bulk and the answers in client libraries; not tried on a live account.

There is no id of our own in a request or a report, and no list of what was sent: a message whose
answer was lost cannot be found again, and is never sent a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from dukani.core.clients.messenger import OutboundMessage, Sent
from dukani.core.clients.send_errors import Action, action_for, note_unknown, send_error
from dukani.core.clients.transport import MAX_MEDIA_BYTES, Media, json_object, post_once
from dukani.core.errors import (
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)

PROVIDER = "africastalking"
MAX_TEXT = 918  # six segments of the GSM alphabet: longer ones are refused by some networks
ACCEPTED = frozenset((100, 101, 102))
NO_ID = "None"
CODE = "at_"  # before Africa's Talking's own names, which no other provider's codes look like
UNAUTHORISED = f"{CODE}Unauthorised"
# `statusCode` of a recipient, by the names that the answers and the delivery reports share.
NAMES: Mapping[int, str] = {
    401: "RiskHold",
    402: "InvalidSenderId",
    403: "InvalidPhoneNumber",
    404: "UnsupportedNumberType",
    405: "InsufficientBalance",
    406: "UserInBlackList",
    407: "CouldNotRoute",
    409: "DoNotDisturbRejection",
    500: "InternalServerError",
    501: "GatewayError",
    502: "RejectedByGateway",
}


@dataclass(frozen=True, slots=True)
class AfricasTalkingAccount:
    """A boutique's credentials, and its short code or sender name."""

    username: str
    api_key: str = field(repr=False)
    sender: str = ""


class AfricasTalkingMessenger:
    """Sends as one boutique's sender. Cheap to make: one for each job."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        account: AfricasTalkingAccount,
        *,
        timeout_s: float = 10.0,
    ) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._account = account
        self._timeout_s = timeout_s

    async def send(self, message: OutboundMessage) -> Sent:
        response = await post_once(
            self._http,
            f"{self._base_url}/version1/messaging",
            provider=PROVIDER,
            data=self._fields(message),
            headers={"apiKey": self._account.api_key, "accept": "application/json"},
            timeout=self._timeout_s,
        )
        if response.is_success:
            return _sent(json_object(response))
        code = UNAUTHORISED if response.status_code == 401 else None
        raise send_error(response, provider=PROVIDER, code=code, message=response.text[:200])

    async def taken_since(
        self, message: OutboundMessage, since: datetime, until: datetime | None = None
    ) -> list[Sent]:
        """Empty: Africa's Talking lists only what came in."""
        return []

    async def fetch_media(self, reference: str, *, max_bytes: int = MAX_MEDIA_BYTES) -> Media:
        raise ProviderRefused("an SMS holds no file", provider=PROVIDER, code="foreign")

    def _fields(self, message: OutboundMessage) -> dict[str, str]:
        if not message.to.startswith("+"):
            raise ProviderRefused(
                "no phone number", provider=PROVIDER, code=f"{CODE}InvalidPhoneNumber"
            )
        if not message.text or len(message.text) > MAX_TEXT:
            raise ProviderRefused(
                f"{len(message.text)} characters, at least 1 and at most {MAX_TEXT}",
                provider=PROVIDER,
                code=f"{CODE}Rejected",
            )
        return {
            "username": self._account.username,
            "to": message.to,
            "message": message.text,
            "from": self._account.sender,
        }


def _sent(body: Mapping[str, Any]) -> Sent:
    """The message of an answer. Raises by what it says of the one recipient."""
    data = body.get("SMSMessageData")
    if not isinstance(data, dict):
        raise ProviderUnclear("an answer without a message", provider=PROVIDER)
    recipients = data.get("Recipients")
    if not isinstance(recipients, list) or not recipients:
        raise _refusal(str(data.get("Message") or "Rejected"))
    told = recipients[0] if isinstance(recipients[0], dict) else {}
    message_id = str(told.get("messageId") or NO_ID)
    status = _number(told.get("statusCode"))
    if status in ACCEPTED and message_id != NO_ID:
        return Sent(provider_id=message_id)
    if status is None or status in ACCEPTED:
        raise ProviderUnclear("an answer without a message id", provider=PROVIDER)
    raise _refusal(NAMES.get(status) or str(told.get("status") or status))


def _refusal(reason: str) -> ProviderError:
    """Our error for one of Africa's Talking's names: nothing was sent."""
    code = code_of(reason)
    note_unknown(code, provider=PROVIDER, reason=reason)
    if action_for(code) is Action.FAULT:
        return ProviderUnavailable(reason, provider=PROVIDER, code=code)
    return ProviderRefused(reason, provider=PROVIDER, code=code)


def code_of(reason: str) -> str:
    """A name of Africa's Talking as our code; the answers spell one of them in two ways."""
    name = reason.strip().replace(" ", "")[:60]
    return CODE + ("UserInBlackList" if name.lower() == "userinblacklist" else name)


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else None
