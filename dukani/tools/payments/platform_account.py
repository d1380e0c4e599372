"""The platform's own M-Pesa account, which boutiques pay for message tokens."""

from __future__ import annotations

from dukani.core.clients.daraja import DarajaAccount
from dukani.core.clients.paylink import PayLinkAccount
from dukani.core.clients.stk import PAYLINK_MSISDN, takes_phone
from dukani.core.errors import ConfigurationError
from dukani.core.settings import Settings
from dukani.core.store.top_ups import TopUpProvider
from dukani.tools.payments.accounts import Account


def daraja_account(settings: Settings) -> DarajaAccount:
    """The account that prompts are asked about. Raises ConfigurationError if it is not set."""
    mine = settings.platform_mpesa
    if not (mine.shortcode and mine.consumer_key and mine.consumer_secret and mine.passkey):
        raise ConfigurationError(
            "DUKANI_PLATFORM_MPESA__SHORTCODE, __CONSUMER_KEY, __CONSUMER_SECRET and __PASSKEY are"
            " needed to sell message tokens"
        )
    return DarajaAccount(
        shortcode=mine.shortcode,
        consumer_key=mine.consumer_key.get_secret_value(),
        consumer_secret=mine.consumer_secret.get_secret_value(),
        passkey=mine.passkey.get_secret_value(),
        till=mine.till,
    )


def account_of(settings: Settings, provider: TopUpProvider) -> Account:
    """The account that the prompt is sent with. Raises ConfigurationError if it is not set."""
    daraja, mine = daraja_account(settings), settings.platform_mpesa
    if provider == "daraja":
        return daraja
    if mine.paylink_key is None or mine.paylink_project is None:
        raise ConfigurationError("DUKANI_PLATFORM_MPESA__PAYLINK_KEY or __PAYLINK_PROJECT is gone")
    return PayLinkAccount(
        api_key=mine.paylink_key.get_secret_value(),
        project=mine.paylink_project,
        tracing="disabled",
        shortcode=daraja.shortcode,
        consumer_key=daraja.consumer_key,
        consumer_secret=daraja.consumer_secret,
        passkey=daraja.passkey,
    )


def provider_for(settings: Settings, phone: str) -> TopUpProvider:
    """PayLink's schema refuses 2541… numbers, and it knows no tills: those go to Daraja."""
    mine = settings.platform_mpesa
    by_paylink = mine.paylink_key is not None and settings.paylink.url is not None
    return "paylink" if by_paylink and takes_phone(PAYLINK_MSISDN, phone) else "daraja"
