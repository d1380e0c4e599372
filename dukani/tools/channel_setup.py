"""An owner gives her shop's WhatsApp number: asked at its provider first, then sealed and used.

What was there before works until the new is found to work.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from psycopg.errors import UniqueViolation

from dukani.agent.wording.set_up import trial_message
from dukani.core.channels import WhatsAppProvider
from dukani.core.clients.line_checks import LineState, check_meta, check_twilio
from dukani.core.clients.meta import MetaAccount
from dukani.core.clients.twilio import TwilioAccount
from dukani.core.database import Connection
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.services import Services
from dukani.core.store import boutiques, credentials, provider_accounts
from dukani.core.store.credentials import Credentials
from dukani.core.store.messages import Message
from dukani.tools.messaging import queue_owner_note

Connecting = Callable[[], AbstractAsyncContextManager[Connection]]
PATHS: dict[WhatsAppProvider, str] = {"twilio": "/webhook/whatsapp", "meta": "/webhook/meta"}


class NumberTaken(Conflict):
    """Another boutique has this number: each number answers for one shop."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """What is to be pasted at the provider; `verify_token` is asked for by Meta only."""

    url: str
    verify_token: str | None = None


def webhook_of(services: Services, provider: WhatsAppProvider) -> Webhook:
    settings = services.settings
    token = settings.meta.verify_token if provider == "meta" else None
    return Webhook(
        settings.web.public_url.rstrip("/") + PATHS[provider],
        token.get_secret_value() if token else None,
    )


async def ask(services: Services, keys: Credentials) -> LineState:
    """What the provider says of these credentials. Raises InvalidValue, ProviderUnavailable."""
    settings = services.settings
    if keys.provider == "twilio":
        return await check_twilio(
            services.http,
            TwilioAccount(keys.secrets["account_sid"], keys.secrets["auth_token"], keys.account),
            base_url=settings.twilio.base_url,
            messaging_url=settings.twilio.messaging_url,
            webhook_url=webhook_of(services, "twilio").url,
            timeout_s=settings.twilio.timeout_s,
        )
    return await check_meta(
        services.http,
        MetaAccount(keys.account, keys.secrets["access_token"], keys.secrets.get("waba_id")),
        base_url=settings.meta.base_url,
        version=settings.meta.version,
        timeout_s=settings.meta.timeout_s,
    )


async def change(services: Services, connecting: Connecting, keys: Credentials) -> LineState:
    """Ask, then seal and use. Raises InvalidValue, ProviderUnavailable, NumberTaken.

    `connecting` opens a transaction of an owner of the boutique.
    """
    state = await ask(services, keys)
    try:
        async with connecting() as conn:
            await provider_accounts.put(
                conn,
                provider=keys.provider,
                account=keys.account,
                secrets=keys.secrets,
                sealed=services.secrets.seal(keys.secrets),
                problem=state.problem,
            )
            await provider_accounts.use(conn, whatsapp=keys.provider)
            if state.marketing_endpoint is not None:
                await provider_accounts.note_marketing_endpoint(
                    conn, provider=keys.provider, may_use=state.marketing_endpoint
                )
    except UniqueViolation as error:
        raise NumberTaken from error
    return state


async def check(services: Services, connecting: Connecting, *, boutique_id: str) -> str | None:
    """Ask about the credentials in use, and note the answer; the problem, if there is one."""
    keys = await _in_use(services, boutique_id)
    try:
        problem: str | None = (await ask(services, keys)).problem
    except InvalidValue as refused:
        problem = f"refused_{refused.field}"
    async with connecting() as conn:
        await provider_accounts.note_check(conn, provider=keys.provider, problem=problem)
    return problem


async def _in_use(services: Services, boutique_id: str) -> Credentials:
    async with services.database.tenant_connection(boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
        assert boutique is not None  # the caller is a member of it
        keys = await credentials.get(
            conn,
            boutique_id=boutique_id,
            provider=boutique.whatsapp_provider,
            box=services.secrets,
        )
    if keys is None:
        raise NotFound("The shop has no WhatsApp number yet.")
    return keys


async def send_test_message(conn: Connection, *, boutique_id: str) -> Message:
    """Queue a message to the owner's phone. Needs the assistant's rights. Raises InvalidValue."""
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None
    text = trial_message(boutique.name, language=boutique.language)
    queued = await queue_owner_note(conn, boutique, text)
    if not queued:
        raise InvalidValue(
            field="owner_phone",
            remedy="Give the owner's WhatsApp number in the profile.",
        )
    return queued[0]
