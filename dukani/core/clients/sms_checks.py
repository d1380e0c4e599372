"""Asks Twilio and Africa's Talking whether a sender of SMS is right, by reads that send nothing.

Twilio lists an account's own numbers (`IncomingPhoneNumbers.json?PhoneNumber=`) and its Messaging
Services; a sender name is nowhere listed. Africa's Talking shows a user's balance
(`GET /version1/user`) and no senders: a wrong one is refused as the first SMS leaves.
"""

from __future__ import annotations

import httpx

from dukani.core.clients.africastalking import AfricasTalkingAccount
from dukani.core.clients.line_checks import LineState, require_sendable, require_success
from dukani.core.clients.transport import get_json, json_object
from dukani.core.clients.twilio import TwilioAccount
from dukani.core.clients.twilio_sms import SERVICE
from dukani.core.errors import InvalidValue


async def check_twilio_sms(
    http: httpx.AsyncClient,
    account: TwilioAccount,
    *,
    base_url: str,
    messaging_url: str,
    timeout_s: float,
) -> LineState:
    """Raises InvalidValue naming the wrong credential, or ProviderUnavailable."""
    root = f"{base_url.rstrip('/')}/2010-04-01/Accounts/{account.account_sid}"
    auth = (account.account_sid, account.auth_token)

    async def read(url: str, **params: str) -> httpx.Response:
        return await get_json(
            http, url, provider="twilio_sms", params=params, auth=auth, timeout=timeout_s
        )

    answer = await read(f"{root}.json")
    if answer.status_code in (401, 403):
        raise InvalidValue(
            field="auth_token",
            remedy="Twilio refuses this auth token with this SID: copy both from its console.",
        )
    if answer.status_code == 404:
        raise InvalidValue(field="account_sid", remedy="Twilio knows no account with this SID.")
    require_success(answer, "twilio_sms")
    if json_object(answer).get("status") != "active":
        return LineState(problem="account_not_active")
    if account.number.startswith("+"):
        numbers = await read(f"{root}/IncomingPhoneNumbers.json", PhoneNumber=account.number)
        require_success(numbers, "twilio_sms")
        is_there = bool(json_object(numbers).get("incoming_phone_numbers"))
    elif account.number.startswith(SERVICE):
        service = await read(f"{messaging_url.rstrip('/')}/v1/Services/{account.number}")
        is_there = service.is_success
    else:
        is_there = True
    if not is_there:
        raise InvalidValue(
            field="sender",
            value=account.number,
            remedy="This sender is not one of that Twilio account.",
        )
    return LineState(shown_number=account.number)


async def check_africastalking(
    http: httpx.AsyncClient, account: AfricasTalkingAccount, *, base_url: str, timeout_s: float
) -> LineState:
    """Raises InvalidValue naming the wrong credential, or ProviderUnavailable."""
    require_sendable(account.api_key, field="api_key")
    answer = await get_json(
        http,
        f"{base_url.rstrip('/')}/version1/user",
        provider="africastalking",
        params={"username": account.username},
        headers={"apiKey": account.api_key, "accept": "application/json"},
        timeout=timeout_s,
    )
    if answer.status_code in (401, 403):
        raise InvalidValue(
            field="api_key",
            remedy="Africa's Talking refuses this key with this username: make a new one there.",
        )
    require_success(answer, "africastalking")
    return LineState(shown_number=account.sender)
