"""Every table that holds a provider or a channel takes those that there are."""

from __future__ import annotations

import re
from typing import get_args

import psycopg

from dukani.core.channels import Channel, MessagingProvider, WhatsAppProvider
from dukani.core.payment_providers import PaymentProvider, PromptProvider
from dukani.core.store.credentials import Provider

CHECKS = """select conrelid::regclass::text, pg_get_constraintdef(oid)
  from pg_constraint where contype = 'c' and pg_get_constraintdef(oid) ~ '''daraja'''"""
CARRIERS = """select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint
  where contype = 'c' and pg_get_constraintdef(oid) ~ '[( ](whatsapp_)?provider = ANY.*''meta'''
    and pg_get_constraintdef(oid) !~ '''daraja'''"""
CHANNELS = """select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint
  where contype = 'c' and conrelid in ('messages'::regclass, 'conversations'::regclass)
    and pg_get_constraintdef(oid) ~ '[(]channel = ANY'"""
PROMPTS, PAYMENTS = set(get_args(PromptProvider)), set(get_args(PaymentProvider))
WITH_KEYS = set(get_args(Provider))


def test_each_table_takes_all_providers_of_its_kind(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        checks = conn.execute(CHECKS).fetchall()

    taken = {table: set(re.findall(r"'(\w+)'::text", told)) for table, told in checks}
    kinds = (PROMPTS, PAYMENTS, WITH_KEYS)
    assert len(taken) >= 6
    assert {table: told for table, told in taken.items() if told not in kinds} == {}


def test_whoever_prompts_or_carries_messages_has_keys() -> None:
    assert PROMPTS | {"manual"} == PAYMENTS
    assert PROMPTS | set(get_args(MessagingProvider)) == WITH_KEYS


def test_each_table_takes_all_carriers_of_messages_or_those_of_whatsapp(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        checks = conn.execute(CARRIERS).fetchall()

    taken = {table: set(re.findall(r"'(\w+)'::text", told)) for table, told in checks}
    everyone, of_whatsapp = set(get_args(MessagingProvider)), set(get_args(WhatsAppProvider))
    assert len(taken) >= 5
    assert taken["messages"] == everyone
    assert {
        table: told for table, told in taken.items() if told not in (everyone, of_whatsapp)
    } == {}


def test_what_is_written_and_where_may_be_of_every_channel(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        checks = conn.execute(CHANNELS).fetchall()

    taken = {table: set(re.findall(r"'(\w+)'::text", told)) for table, told in checks}
    every = set(get_args(Channel))
    assert taken == {"conversations": every, "messages": every}
