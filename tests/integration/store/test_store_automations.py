"""Rules of the automations, their decisions and their channels in the database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from psycopg.errors import UniqueViolation

from dukani.core.database import Database
from dukani.core.store import automation_channels, automation_decisions, automation_rules
from dukani.core.store.automation_rules import Rule, RuleDocument
from tests.factories import a_boutique, a_customer

LEFT = RuleDocument(
    name="Left cart",
    trigger="cart_abandoned",
    rule_class="marketing",
    precedence=60,
    definition={"steps": [{"after_minutes": 60}]},
)


async def a_rule(database: Database, boutique_id: str, written: RuleDocument = LEFT) -> Rule:
    async with database.tenant_connection(boutique_id) as conn:
        return await automation_rules.create(conn, written)


async def test_a_rule_is_written_switched_and_hidden(database: Database):
    # given
    boutique_id = await a_boutique(database)

    # when it is made, written anew and switched on
    made = await a_rule(database, boutique_id)
    async with database.tenant_connection(boutique_id) as conn:
        again = replace(LEFT, definition={"steps": [{"after_minutes": 90}]})
        changed = await automation_rules.replace(conn, again, rule_id=made.id)
        on = await automation_rules.switch(conn, rule_id=made.id, is_on=True)

    # then it begins switched off, and only another definition is another version
    assert (made.is_on, made.version) == (False, 1)
    assert changed and changed.version == 2 and changed.updated_at > made.updated_at
    assert on and on.is_on and on.version == 2

    # when it is removed
    async with database.tenant_connection(boutique_id) as conn:
        assert await automation_rules.remove(conn, rule_id=made.id)

        # then nothing finds it
        assert await automation_rules.get(conn, rule_id=made.id) is None
        assert await automation_rules.of_boutique(conn) == []
        assert await automation_rules.on(conn, triggers=["cart_abandoned"]) == []
        assert not await automation_rules.remove(conn, rule_id=made.id)


async def test_rules_that_are_on_are_found_by_trigger_the_foremost_first(database: Database):
    # given two that are on, one that is off, and one of another trigger
    boutique_id = await a_boutique(database)
    late = await a_rule(database, boutique_id, replace(LEFT, name="Late", precedence=10))
    early = await a_rule(database, boutique_id)
    await a_rule(database, boutique_id, replace(LEFT, name="Off", precedence=99))
    other = await a_rule(database, boutique_id, replace(LEFT, name="O", trigger="price_dropped"))

    # when
    async with database.tenant_connection(boutique_id) as conn:
        for one in (late, early, other):
            await automation_rules.switch(conn, rule_id=one.id, is_on=True)
        found = await automation_rules.on(conn, triggers=["cart_abandoned", "back_in_stock"])

    # then
    assert [one.id for one in found] == [early.id, late.id]


async def test_a_name_is_taken_once_until_its_rule_is_removed(database: Database):
    # given
    boutique_id = await a_boutique(database)
    first = await a_rule(database, boutique_id)

    # then another of the name is refused, however it is written
    with pytest.raises(UniqueViolation):
        await a_rule(database, boutique_id, replace(LEFT, name="left CART"))

    # when the first is removed, then its name is free
    async with database.tenant_connection(boutique_id) as conn:
        await automation_rules.remove(conn, rule_id=first.id)
    assert (await a_rule(database, boutique_id)).name == "Left cart"


async def test_nothing_of_it_is_another_shops(database: Database):
    # given a rule that is on, a decision, and a paused channel
    boutique_id, other_id = await a_boutique(database), await a_boutique(database)
    rule = await a_rule(database, boutique_id)
    async with database.tenant_connection(boutique_id) as conn:
        await automation_rules.switch(conn, rule_id=rule.id, is_on=True)
        await automation_decisions.add(conn, rule_id=rule.id, verdict="enrolled")
        await automation_channels.pause(conn, channel="sms", reason=None, by=None)

    # then the other shop reads and changes none of them
    async with database.tenant_connection(other_id) as conn:
        assert await automation_rules.get(conn, rule_id=rule.id) is None
        assert await automation_rules.on(conn, triggers=["cart_abandoned"]) == []
        assert await automation_rules.switch(conn, rule_id=rule.id, is_on=False) is None
        assert await automation_decisions.page(conn, limit=10) == []
        assert await automation_channels.paused(conn) == []


async def test_decisions_are_read_the_newest_first_by_rule_customer_and_verdict(
    database: Database,
):
    # given three, of two customers
    boutique_id = await a_boutique(database)
    rule = await a_rule(database, boutique_id)
    amina = await a_customer(database, boutique_id, name="Amina")
    async with database.tenant_connection(boutique_id) as conn:
        first, second, third = [
            await automation_decisions.add(
                conn, rule_id=rule.id, customer_id=customer_id, verdict=verdict, reason=reason
            )
            for customer_id, verdict, reason in (
                (amina, "enrolled", None),
                (None, "skipped", "conditions"),
                (amina, "waits", "quiet_hours"),
            )
        ]

        # when
        everything = await automation_decisions.page(conn, rule_id=rule.id, limit=10)
        hers = await automation_decisions.page(conn, customer_id=amina, before=third, limit=10)
        waiting = await automation_decisions.page(conn, verdict="waits", limit=10)

    # then
    assert [one.id for one in everything] == [third, second, first]
    assert [(one.id, one.customer_name, one.rule_name) for one in hers] == [
        (first, "Amina", "Left cart")
    ]
    assert [(one.id, one.reason) for one in waiting] == [(third, "quiet_hours")]


async def test_a_channel_is_paused_with_its_last_reason_until_it_is_resumed(database: Database):
    # given
    boutique_id = await a_boutique(database)
    async with database.tenant_connection(boutique_id) as conn:
        # when it is paused twice
        await automation_channels.pause(conn, channel="whatsapp", reason="Stock-taking", by=None)
        await automation_channels.pause(conn, channel="whatsapp", reason="Moving", by=None)

        # then it is one row
        assert [(one.channel, one.reason) for one in await automation_channels.paused(conn)] == [
            ("whatsapp", "Moving")
        ]

        # when
        assert await automation_channels.resume(conn, channel="whatsapp")

        # then
        assert await automation_channels.paused(conn) == []
        assert not await automation_channels.resume(conn, channel="whatsapp")
