"""Loads a boutique's M-Pesa account (Daraja or PayLink), and pushes prompts with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never, get_args

from dukani.core.clients.daraja import DarajaAccount
from dukani.core.clients.paylink import PayLinkAccount, PayLinkClient
from dukani.core.clients.stk import BeforePush, PushAccepted
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError
from dukani.core.payment_providers import PromptProvider
from dukani.core.services import Services
from dukani.core.store import credentials
from dukani.core.store.boutiques import Boutique
from dukani.core.store.credentials import Credentials
from dukani.core.store.payments import PaymentProvider
from dukani.tools.payments.request import Ways

Account = DarajaAccount | PayLinkAccount


@dataclass(frozen=True, slots=True)
class _Keys:
    paylink: Credentials | None
    daraja: Credentials | None


async def ways_of(conn: Connection, boutique: Boutique) -> Ways:
    """The payment methods the boutique has chosen and has credentials for."""
    providers = await credentials.providers(conn)
    return Ways(
        provider=boutique.payment_provider,
        has=frozenset(one for one in get_args(PromptProvider) if one in providers),
    )


async def account_for(
    conn: Connection, services: Services, boutique_id: str, provider: PaymentProvider
) -> Account:
    """The account a payment attempt is charged with.

    Raises ConfigurationError if the credentials are gone or lack a secret.
    """
    keys = await _keys(conn, services, boutique_id)
    try:
        match provider:
            case "paylink" if keys.paylink is not None:
                return _paylink_account(keys.paylink)
            case "daraja" if keys.daraja is not None:
                return _daraja_account(keys.daraja)
            case "paylink" | "daraja" | "manual":
                pass
            case _:
                assert_never(provider)
    except KeyError as missing:
        raise ConfigurationError(f"the {provider} credentials lack {missing}") from missing
    raise ConfigurationError(f"the boutique has no {provider} credentials any more")


async def query_account(
    conn: Connection, services: Services, boutique_id: str, provider: PaymentProvider
) -> DarajaAccount | None:
    """The account to query what became of a prompt of `provider`; None if there is none.

    PayLink has no query, but charges the boutique's own Daraja business, which can be queried.
    Raises ConfigurationError if a secret is missing or cannot be opened.
    """
    keys = await _keys(conn, services, boutique_id)
    try:
        match provider:
            case "daraja" | "paylink":
                own = keys.daraja or keys.paylink
                return _daraja_account(own) if own else None
            case "manual":
                return None
            case _:
                assert_never(provider)
    except KeyError as missing:
        raise ConfigurationError(f"the credentials for M-Pesa lack {missing}") from missing


async def push(
    services: Services,
    account: Account,
    *,
    amount_units: int,
    currency: str,
    phone: str,
    reference: str,
    description: str,
    callback_token: str,
    before_push: BeforePush,
) -> PushAccepted:
    """Sends an STK push (M-Pesa prompt) to the phone.

    Raises the clients' errors, and ConfigurationError if PayLink is switched off.
    """
    base = services.settings.web.public_url.rstrip("/")
    match account:
        case DarajaAccount():
            return await services.daraja.stk_push(
                account,
                amount_units=amount_units,
                currency=currency,
                phone=phone,
                reference=reference,
                description=description,
                callback_url=f"{base}/webhook/daraja/{callback_token}",
                before_push=before_push,
            )
        case PayLinkAccount():
            return await _paylink(services).stk_push(
                account,
                amount_units=amount_units,
                currency=currency,
                phone=phone,
                reference=reference,
                description=description,
                callback_url=f"{base}/webhook/paylink/payment?token={callback_token}",
                before_push=before_push,
            )
    assert_never(account)


def _paylink(services: Services) -> PayLinkClient:
    settings = services.settings.paylink
    if settings.url is None:
        raise ConfigurationError("DUKANI_PAYLINK__URL is not set")
    return PayLinkClient(settings.url, timeout_s=settings.timeout_s)


async def _keys(conn: Connection, services: Services, boutique_id: str) -> _Keys:
    found = {
        provider: await credentials.get(
            conn, boutique_id=boutique_id, provider=provider, box=services.secrets
        )
        for provider in ("paylink", "daraja")
    }
    return _Keys(**found)


def _paylink_account(keys: Credentials) -> PayLinkAccount:
    secrets = keys.secrets
    return PayLinkAccount(
        api_key=secrets["api_key"],
        project=secrets["project"],
        tracing=secrets.get("tracing", "disabled"),
        shortcode=keys.account,
        consumer_key=secrets["consumer_key"],
        consumer_secret=secrets["consumer_secret"],
        passkey=secrets["passkey"],
        base_url=secrets.get("base_url", "https://api.safaricom.co.ke"),
    )


def _daraja_account(keys: Credentials) -> DarajaAccount:
    secrets = keys.secrets
    return DarajaAccount(
        shortcode=keys.account,
        consumer_key=secrets["consumer_key"],
        consumer_secret=secrets["consumer_secret"],
        passkey=secrets["passkey"],
        till=secrets.get("till"),
    )
