"""Every table that holds a provider or a channel takes those that there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

import psycopg

from dukani.core.channels import Channel, MessagingProvider, WhatsAppProvider
from dukani.core.payment_providers import PaymentProvider, PromptProvider
from dukani.core.store.credentials import Provider

CHECKS = """select conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  from pg_constraint where contype = 'c' and pg_get_constraintdef(oid) ~ '''daraja'''"""
CARRIERS = """select conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  from pg_constraint
  where contype = 'c' and pg_get_constraintdef(oid) ~ '[( ](whatsapp_)?provider = ANY.*''meta'''
    and pg_get_constraintdef(oid) !~ '''daraja'''"""
INBOUND = "select pg_get_indexdef('provider_credentials_inbound'::regclass)"
CHANNELS = """select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint
  where contype = 'c' and conrelid in ('messages'::regclass, 'conversations'::regclass)
    and pg_get_constraintdef(oid) ~ '[(]channel = ANY'"""
PROMPTS, PAYMENTS = set(get_args(PromptProvider)), set(get_args(PaymentProvider))
WITH_KEYS = set(get_args(Provider))
NAMED = r"'(\w+)'::text"


def test_each_table_takes_all_providers_of_its_kind(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        checks = conn.execute(CHECKS).fetchall()

    taken = _named_in(checks)
    kinds = (PROMPTS, PAYMENTS, WITH_KEYS)
    assert len(taken) >= 6
    assert {check: told for check, told in taken.items() if told not in kinds} == {}


def test_whoever_prompts_or_carries_messages_has_keys() -> None:
    assert PROMPTS | {"manual"} == PAYMENTS
    assert PROMPTS | set(get_args(MessagingProvider)) == WITH_KEYS


def test_each_table_takes_all_carriers_of_messages_or_those_of_whatsapp(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        checks = conn.execute(CARRIERS).fetchall()

    taken = _named_in(checks)
    everyone, of_whatsapp = set(get_args(MessagingProvider)), set(get_args(WhatsAppProvider))
    assert len(taken) >= 5
    assert taken["messages.messages_provider_check"] == everyone
    assert {
        check: told for check, told in taken.items() if told not in (everyone, of_whatsapp)
    } == {}


def test_a_number_is_one_boutiques_at_each_provider_of_whatsapp(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        found = conn.execute(INBOUND).fetchall()

    assert set(re.findall(NAMED, found[0][0])) == set(get_args(WhatsAppProvider))


def test_what_is_written_and_where_may_be_of_every_channel(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        checks = conn.execute(CHANNELS).fetchall()

    taken = _named_in(checks)
    every = set(get_args(Channel))
    assert taken == {"conversations": every, "messages": every}


def _named_in(checks: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Of each check, or table, the providers or channels that it takes."""
    return {name: set(re.findall(NAMED, told)) for name, told in checks}
