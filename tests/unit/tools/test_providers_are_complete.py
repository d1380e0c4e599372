"""A provider has its row in every table, so that a new one is not forgotten in any."""

from __future__ import annotations

from collections.abc import Collection
from typing import get_args

import pytest

from dukani.core.capacity import Capacities
from dukani.core.channels import MessagingProvider, SmsProvider, WhatsAppProvider
from dukani.core.clients import callback_readers, stk
from dukani.core.payment_providers import PROMPTERS, PaymentProvider, PromptProvider
from dukani.core.settings import GivenSettings
from dukani.core.store.credentials import Provider
from dukani.tools import messaging, messengers
from dukani.tools.receipts import making

PROVIDERS = set(get_args(MessagingProvider))


@pytest.mark.parametrize(
    "table",
    [messengers._MAKERS, messaging._LONGEST],
    ids=["makers of messengers", "longest texts"],
)
def test_every_messaging_provider_has_a_row(table: Collection[str]) -> None:
    assert set(table) == PROVIDERS


def test_every_channel_has_its_providers_and_turns_may_wait_for_those_of_whatsapp() -> None:
    whatsapp, sms = set(get_args(WhatsAppProvider)), set(get_args(SmsProvider))

    assert whatsapp | sms == PROVIDERS
    assert not whatsapp & sms
    assert set(Capacities().sending) == whatsapp


def test_every_messaging_provider_has_settings_and_credentials() -> None:
    assert set(get_args(Provider)) >= PROVIDERS
    for provider in get_args(MessagingProvider):
        assert messengers.marketing_interval(GivenSettings(), provider)


@pytest.mark.parametrize(
    "table", [stk.MSISDN, callback_readers.READERS], ids=["whose phones", "readers of callbacks"]
)
def test_every_payment_provider_that_prompts_has_a_row(table: Collection[str]) -> None:
    assert set(table) == set(get_args(PromptProvider))


def test_a_receipt_says_by_what_each_was_paid() -> None:
    assert set(making._PAID_WITH) >= set(get_args(PromptProvider))


def test_a_shop_that_has_chosen_a_provider_is_prompted_for_by_it() -> None:
    """Another may come before it: numbers of another network may have the form of Safaricom's."""
    assert set(PROMPTERS) == set(get_args(PaymentProvider))
    for provider, prompters in PROMPTERS.items():
        assert provider in prompters or (provider == "manual" and not prompters)
