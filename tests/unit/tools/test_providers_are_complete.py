"""A provider has its row in every table, so that a new one is not forgotten in any."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import get_args

import pytest

from dukani.core.capacity import Capacities
from dukani.core.channels import PROVIDER_NAMES, MessagingProvider, SmsProvider, WhatsAppProvider
from dukani.core.clients import callback_readers, stk
from dukani.core.payment_providers import PROMPTERS, PaymentProvider, PromptProvider
from dukani.core.settings import ROOT, GivenSettings
from dukani.core.store.credentials import Provider
from dukani.running import demo_settings
from dukani.sandbox.courier import RETRY_WAITS_S
from dukani.sandbox.faults import Faults
from dukani.tools import channel_setup, messaging, messengers, sms_setup
from dukani.tools.receipts import making
from dukani.webhooks.proofs import PROOFS
from dukani.webhooks.reading_again import READ_AGAIN

PROVIDERS = set(get_args(MessagingProvider))
WHATSAPP, SMS = set(get_args(WhatsAppProvider)), set(get_args(SmsProvider))
# Who names both of a channel means them all; a list without one of them has a reason of its own.
OLDEST = (({"twilio", "meta"}, WHATSAPP), ({"twilio_sms", "africastalking"}, SMS))
OWN_LISTS = ("core/settings.py",)  # the platform's number is where the settings have keys for it
NAMES_IN_A_ROW = re.compile(r"""(["'])\w+\1(?:\s*[,|]\s*(["'])\w+\2)+""")


@pytest.mark.parametrize(
    "table",
    [
        messengers._MAKERS,
        messaging._LONGEST,
        {*channel_setup.PATHS, *sms_setup.PATHS},
        PROVIDER_NAMES,
        READ_AGAIN,
        PROOFS,
    ],
    ids=[
        "makers of messengers",
        "longest texts",
        "addresses of webhooks",
        "names",
        "readers of kept calls",
        "proofs of kept calls",
    ],
)
def test_every_messaging_provider_has_a_row(table: Collection[str]) -> None:
    assert set(table) == PROVIDERS


def test_every_channel_has_its_providers_and_turns_may_wait_for_those_of_whatsapp() -> None:
    assert WHATSAPP | SMS == PROVIDERS
    assert not WHATSAPP & SMS
    assert set(Capacities().sending) == WHATSAPP


def test_every_messaging_provider_has_settings_and_credentials() -> None:
    assert set(get_args(Provider)) >= PROVIDERS
    for provider in get_args(MessagingProvider):
        assert messengers.marketing_interval(GivenSettings(), provider)


def test_a_list_of_all_providers_of_a_channel_lacks_none() -> None:
    """In types, in SQL and on the dashboard."""
    short = [f"{place}: {sorted(listed)}" for place, listed in _lists() if _is_short(listed)]

    assert not short, "\n".join(short)


def _is_short(listed: set[str]) -> bool:
    return any(both <= listed and not whole <= listed for both, whole in OLDEST)


def _lists() -> Iterator[tuple[str, set[str]]]:
    """Each place where two providers or more stand in a row, with their names."""
    files = [*(ROOT / "dukani").rglob("*.py"), *(ROOT / "dashboard/src").rglob("*.ts*")]
    for file in files:
        if file.name != "schema.ts" and not file.as_posix().endswith(OWN_LISTS):
            yield from _lists_in(file)


def _lists_in(file: Path) -> Iterator[tuple[str, set[str]]]:
    text = file.read_text()
    for found in NAMES_IN_A_ROW.finditer(text):
        listed = set(re.findall(r"\w+", found[0])) & PROVIDERS
        if len(listed) > 1:
            line = text.count("\n", 0, found.start()) + 1
            yield f"{file.relative_to(ROOT)}:{line}", listed


def test_the_sandbox_calls_as_each_provider_does_and_has_its_faults() -> None:
    assert set(RETRY_WAITS_S) >= PROVIDERS
    assert set(Faults.model_fields) >= PROVIDERS


@pytest.mark.parametrize("provider", sorted({*PROVIDERS, *get_args(PromptProvider)} - {"paylink"}))
def test_a_demo_reaches_every_provider_in_its_sandbox(provider: str, tmp_path: Path) -> None:
    demo = demo_settings(GivenSettings(data_dir=tmp_path))

    settings = getattr(demo, provider.removesuffix("_sms"))
    assert settings.base_url.startswith(demo.sandbox.url)


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
