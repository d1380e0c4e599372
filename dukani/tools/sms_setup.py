"""An owner gives her shop's sender of SMS: asked at its provider first, then sealed and used."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import cast

from psycopg.errors import UniqueViolation

from dukani.core.channels import SmsProvider
from dukani.core.clients.africastalking import AfricasTalkingAccount
from dukani.core.clients.line_checks import LineState
from dukani.core.clients.sms_checks import check_africastalking, check_twilio_sms
from dukani.core.clients.twilio import TwilioAccount
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.services import Services
from dukani.core.store import credentials, provider_accounts, sms_senders
from dukani.core.store.credentials import Credentials
from dukani.tools.channel_setup import Connecting, NumberTaken

PATHS: Mapping[SmsProvider, str] = {
    "twilio_sms": "/webhook/sms/twilio",
    "africastalking": "/webhook/sms/africastalking/",
}
_TOKEN = "callback_token"


def webhook_of(services: Services, keys: Credentials) -> str:
    """Where the provider must send what customers write; for Africa's Talking all it tells."""
    path = PATHS[cast(SmsProvider, keys.provider)] + keys.secrets.get(_TOKEN, "")
    return services.settings.web.public_url.rstrip("/") + path


async def ask(services: Services, keys: Credentials) -> LineState:
    """What the provider says of these credentials. Raises InvalidValue, ProviderUnavailable."""
    settings = services.settings
    if keys.provider == "twilio_sms":
        return await check_twilio_sms(
            services.http,
            TwilioAccount(keys.secrets["account_sid"], keys.secrets["auth_token"], keys.account),
            base_url=settings.twilio.base_url,
            messaging_url=settings.twilio.messaging_url,
            timeout_s=settings.twilio.timeout_s,
        )
    return await check_africastalking(
        services.http,
        AfricasTalkingAccount(keys.secrets["username"], keys.secrets["api_key"], keys.account),
        base_url=settings.africastalking.base_url,
        timeout_s=settings.africastalking.timeout_s,
    )


async def in_use(services: Services, *, boutique_id: str) -> Credentials | None:
    """The sender's credentials, opened."""
    async with services.database.tenant_connection(boutique_id) as conn:
        sender = await sms_senders.in_use(conn)
        if sender is None:
            return None
        return await credentials.get(
            conn, boutique_id=boutique_id, provider=sender.provider, box=services.secrets
        )


async def change(
    services: Services, connecting: Connecting, keys: Credentials, *, boutique_id: str
) -> LineState:
    """Ask, then seal and use. Raises InvalidValue, ProviderUnavailable, NumberTaken.

    The address that Africa's Talking calls stays what it was, so that it need not be pasted anew.
    """
    state = await ask(services, keys)
    if keys.provider == "africastalking":
        before = await in_use(services, boutique_id=boutique_id)
        token = before.secrets.get(_TOKEN) if before else None
        given = keys.secrets | {_TOKEN: token or secrets.token_urlsafe(32)}
        keys = Credentials(keys.provider, keys.account, given)
    try:
        async with connecting() as conn:
            await provider_accounts.switch_off_sms(conn, but=cast(SmsProvider, keys.provider))
            await provider_accounts.put(
                conn,
                provider=keys.provider,
                account=keys.account,
                secrets=keys.secrets,
                sealed=services.secrets.seal(keys.secrets),
                problem=state.problem,
            )
    except UniqueViolation as error:
        raise NumberTaken from error
    return state


async def check(services: Services, connecting: Connecting, *, boutique_id: str) -> str | None:
    """Ask about the sender in use, and note the answer; the problem, if there is one."""
    keys = await in_use(services, boutique_id=boutique_id)
    if keys is None:
        raise NotFound("The shop has no sender of SMS.")
    try:
        problem: str | None = (await ask(services, keys)).problem
    except InvalidValue as refused:
        problem = f"refused_{refused.field}"
    async with connecting() as conn:
        await provider_accounts.note_check(conn, provider=keys.provider, problem=problem)
    return problem


async def switch_off(services: Services, connecting: Connecting, *, boutique_id: str) -> None:
    """Send no SMS any more; those that wait fail when their time is over. Raises NotFound."""
    keys = await in_use(services, boutique_id=boutique_id)
    if keys is None:
        raise NotFound("The shop has no sender of SMS.")
    async with connecting() as conn:
        await provider_accounts.switch_off(conn, provider=keys.provider)
