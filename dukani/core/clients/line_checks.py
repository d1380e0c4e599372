"""Asks Twilio and Meta whether credentials are right, by reads that send nothing.

Twilio: the account, and its WhatsApp senders (twilio.com/docs/whatsapp/api/senders, read November
2026). Meta: the phone number's node and the apps subscribed to its account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import httpx

from dukani.core.clients import meta_marketing
from dukani.core.clients.meta import MetaAccount
from dukani.core.clients.transport import get_json, is_sendable, json_object
from dukani.core.clients.twilio import TwilioAccount
from dukani.core.errors import InvalidValue, ProviderUnavailable

# Twilio's own test number, which every account may send from and none lists.
TEST_NUMBER = "+14155238886"
ONLINE = "ONLINE"

Problem = Literal["account_not_active", "number_not_online", "webhook_elsewhere", "webhook_missing"]


@dataclass(frozen=True, slots=True)
class LineState:
    """Credentials that are right; `problem` is what still keeps messages from coming."""

    shown_number: str | None = None
    shown_name: str | None = None
    problem: Problem | None = None
    marketing_endpoint: bool | None = None  # None: the provider does not say


async def check_twilio(
    http: httpx.AsyncClient,
    account: TwilioAccount,
    *,
    base_url: str,
    messaging_url: str,
    webhook_url: str,
    timeout_s: float,
) -> LineState:
    """Raises InvalidValue naming the wrong credential, or ProviderUnavailable."""
    auth = (account.account_sid, account.auth_token)
    answer = await get_json(
        http,
        f"{base_url.rstrip('/')}/2010-04-01/Accounts/{account.account_sid}.json",
        provider="twilio",
        auth=auth,
        timeout=timeout_s,
    )
    if answer.status_code in (401, 403):
        raise InvalidValue(
            field="auth_token",
            remedy="Twilio refuses this auth token with this SID: copy both from its console.",
        )
    if answer.status_code == 404:
        raise InvalidValue(field="account_sid", remedy="Twilio knows no account with this SID.")
    require_success(answer, "twilio")
    if json_object(answer).get("status") != "active":
        return LineState(problem="account_not_active")
    senders = await get_json(
        http,
        f"{messaging_url.rstrip('/')}/v2/Channels/Senders",
        provider="twilio",
        params={"Channel": "whatsapp", "PageSize": "100"},
        auth=auth,
        timeout=timeout_s,
    )
    require_success(senders, "twilio")
    sender = _sender(json_object(senders), account.number)
    if sender is None and account.number != TEST_NUMBER:
        raise InvalidValue(
            field="number",
            value=account.number,
            remedy="This number is no WhatsApp sender of that Twilio account.",
        )
    return _twilio_state(sender or {"status": ONLINE}, account.number, webhook_url)


def _sender(body: Mapping[str, Any], number: str) -> Mapping[str, Any] | None:
    listed = [one for one in body.get("senders") or () if isinstance(one, dict)]
    return next((one for one in listed if one.get("sender_id") == f"whatsapp:{number}"), None)


def _twilio_state(sender: Mapping[str, Any], number: str, webhook_url: str) -> LineState:
    profile, webhook = sender.get("profile") or {}, sender.get("webhook") or {}
    state = LineState(shown_number=number, shown_name=profile.get("name"))
    if not str(sender.get("status", "")).startswith(ONLINE):
        return LineState(number, state.shown_name, "number_not_online")
    target = webhook.get("callback_url")
    if target and target.rstrip("/") != webhook_url:
        return LineState(number, state.shown_name, "webhook_elsewhere")
    return state


async def check_meta(
    http: httpx.AsyncClient,
    account: MetaAccount,
    *,
    base_url: str,
    version: str,
    timeout_s: float,
) -> LineState:
    """Raises InvalidValue naming the wrong credential, or ProviderUnavailable."""
    require_sendable(account.access_token, field="access_token")
    root = f"{base_url.rstrip('/')}/{version}"
    headers = {"authorization": f"Bearer {account.access_token}"}
    answer = await get_json(
        http,
        f"{root}/{account.phone_number_id}",
        provider="meta",
        params={"fields": "id,display_phone_number,verified_name,status"},
        headers=headers,
        timeout=timeout_s,
    )
    _require_meta(answer, field="phone_number_id", value=account.phone_number_id)
    body = json_object(answer)
    number, name = body.get("display_phone_number"), body.get("verified_name")
    if number is None:
        raise InvalidValue(
            field="phone_number_id",
            value=account.phone_number_id,
            remedy="This is no phone number's id: copy the phone number ID, not the account's.",
        )
    if body.get("status") not in (None, "CONNECTED"):
        return LineState(number, name, "number_not_online")
    if account.waba_id is None:
        return LineState(number, name)
    apps = await get_json(
        http,
        f"{root}/{account.waba_id}/subscribed_apps",
        provider="meta",
        headers=headers,
        timeout=timeout_s,
    )
    _require_meta(apps, field="waba_id", value=account.waba_id)
    subscribed = bool(json_object(apps).get("data"))
    may_use = await meta_marketing.may_use(
        http,
        root,
        waba_id=account.waba_id,
        access_token=account.access_token,
        timeout_s=timeout_s,
    )
    return LineState(number, name, None if subscribed else "webhook_missing", may_use)


def _require_meta(answer: httpx.Response, *, field: str, value: str) -> None:
    """Raises InvalidValue by Graph's error: 190 is the token, all else of 4xx the id."""
    error = json_object(answer).get("error")
    code = error.get("code") if isinstance(error, dict) else None
    if answer.status_code == 401 or code == 190:
        raise InvalidValue(
            field="access_token",
            remedy="Meta refuses this access token: make one for a system user that never expires.",
        )
    if 400 <= answer.status_code < 500 and answer.status_code != 429:
        raise InvalidValue(
            field=field, value=value, remedy="Meta shows nothing with this ID to this access token."
        )
    require_success(answer, "meta")


def require_sendable(key: str, *, field: str) -> None:
    """Raises InvalidValue for a key that was pasted with more than itself."""
    if not is_sendable(key):
        raise InvalidValue(
            field=field,
            remedy="No key has such letters: copy it again, without quotes, spaces or line breaks.",
        )


def require_success(answer: httpx.Response, provider: str) -> None:
    """Raises ProviderUnavailable for any other answer."""
    if not answer.is_success:
        raise ProviderUnavailable(provider=provider, code=str(answer.status_code))
