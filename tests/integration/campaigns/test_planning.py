"""An occurrence's recipients are written down once each, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dukani.campaigns import score_rules
from dukani.campaigns.planning import plan
from dukani.campaigns.rules import ScoreRules
from dukani.campaigns.written import documents_of
from dukani.core.database import Connection, Database
from dukani.core.errors import NotFound
from dukani.core.store import (
    campaign_occurrences,
    campaign_recipients,
    campaigns,
    catalog_links,
)
from dukani.core.store.campaign_occurrences import Occurrence
from dukani.core.store.campaign_recipients import Recipient
from dukani.domain.campaigns import (
    CampaignMessage,
    Experiment,
    ExperimentVariant,
    Pace,
    WrittenCampaign,
)
from tests.factories import a_boutique
from tests.integration.campaigns.crowd import a_fan, a_paid_order, a_shop

NINE = datetime(2026, 12, 1, 6, tzinfo=UTC)  # nine in Nairobi
MESSAGE = CampaignMessage(
    template="customer_purchase_notification", variables={"boutique_name": "Us"}
)


async def an_occurrence(database: Database, boutique_id: str, **values: Any) -> Occurrence:
    written = WrittenCampaign(**{"name": "December", "message": MESSAGE} | values)
    async with database.tenant_connection(boutique_id) as conn:
        campaign = await campaigns.create(conn, documents_of(written))
        return await campaign_occurrences.open_occurrence(
            conn, campaign_id=campaign.id, due_at=NINE
        )


async def planned(database: Database, boutique_id: str, occurrence: Occurrence) -> list[Recipient]:
    await plan(database, boutique_id=boutique_id, occurrence_id=occurrence.id, now=NINE, at_once=2)
    async with database.tenant_connection(boutique_id) as conn:
        return await campaign_recipients.page(conn, campaign_id=occurrence.campaign_id, limit=99)


async def test_a_recipient_has_her_words_and_her_pieces(database: Database):
    # given a customer who bought a dress, and one who said stop
    shop = await a_shop(database)
    its = shop.boutique_id
    fan = await a_fan(database, its, name="Njeri Mwangi", language="sw", phone="+254722123456")
    await a_paid_order(database, its, fan, shop.red[0])
    await a_fan(database, its, agreed=False)
    occurrence = await an_occurrence(database, its)

    # when the recipients are written down
    (her,) = await planned(database, its, occurrence)

    # then her message is frozen, and her link shows the pieces in their order
    assert (her.customer_id, her.identity, her.language) == (fan, "+254722123456", "sw")
    assert (her.state, her.due_at, her.variant) == ("planned", NINE, None)
    slug = her.variables["slug"]
    assert her.variables == {
        "customer_name": "Njeri", "boutique_name": "Us", "price": "KES 4,500", "slug": slug,
        "pieces": "nguo tatu",
    }  # fmt: skip
    async with database.tenant_connection(its) as conn:
        link = await catalog_links.of_recipient(conn, recipient_id=her.id)
        now = await campaign_occurrences.get(conn, occurrence_id=occurrence.id)
        campaign = await campaigns.get(conn, campaign_id=occurrence.campaign_id)
    assert link is not None and link.slug == slug
    kinds = {slot["product_id"]: slot["kind"] for slot in link.slots}
    assert list(kinds) == list(link.product_ids_ordered)
    red = {one.product_id for one in shop.red}
    assert {one for one, kind in kinds.items() if kind == "match"} == red
    assert now is not None and now.planned_at and now.left_out == {"opted_out": 1}
    assert now.audience_size == 2
    # and the campaign keeps the rules by which it chose
    assert campaign is not None and campaign.score_rules_version == 1


async def test_after_a_kill_the_rest_is_written_down(database: Database, monkeypatch: Any):
    # given seven customers, and a process that dies in the third chunk, when all is written
    shop = await a_shop(database)
    its = shop.boutique_id
    fans = {await a_fan(database, its) for _ in range(6)}
    await a_fan(database, its, agreed=None)
    occurrence = await an_occurrence(database, its)
    note, chunks = campaign_occurrences.note_planned, []

    async def dying(conn: Connection, **values: Any) -> None:
        await note(conn, **values)
        chunks.append(values["after"])
        if len(chunks) == 3:
            raise ConnectionError("killed before the commit")

    monkeypatch.setattr(campaign_occurrences, "note_planned", dying)
    with pytest.raises(ConnectionError):
        await planned(database, its, occurrence)
    async with database.tenant_connection(its) as conn:
        so_far = await campaign_occurrences.get(conn, occurrence_id=occurrence.id)
    assert so_far is not None and so_far.planned_after == chunks[1] and not so_far.planned_at

    # when two others go on at the same time
    await asyncio.gather(*(planned(database, its, occurrence) for _ in range(2)))

    # then everybody is there once, and who is left out was counted once
    found = await planned(database, its, occurrence)
    assert sorted(one.customer_id for one in found) == sorted(fans)
    async with database.tenant_connection(its) as conn:
        now = await campaign_occurrences.get(conn, occurrence_id=occurrence.id)
        for one in found:
            assert await catalog_links.of_recipient(conn, recipient_id=one.id) is not None
    assert now is not None and (now.left_out, now.audience_size) == ({"not_opted_in": 1}, 7)


@pytest.mark.slow  # many customers
async def test_variants_and_the_holdout_are_drawn_and_kept(database: Database):
    shop = await a_shop(database)
    its = shop.boutique_id
    for number in range(24):
        await a_fan(database, its, phone=f"+2547331000{number:02d}")
    late = ExperimentVariant(key="late", share=0.5, hour=18)
    experiment = Experiment(holdout=0.3, variants=(ExperimentVariant(key="now", share=0.5), late))
    occurrence = await an_occurrence(database, its, experiment=experiment)

    found = await planned(database, its, occurrence)

    assert len(found) == 24
    apart = [one for one in found if one.reason == "holdout"]
    assert apart and all(one.state == "skipped" for one in apart)
    sent = [one for one in found if one.reason is None]
    due = {"now": NINE, "late": NINE.replace(hour=15)}  # six in the evening in Nairobi
    assert {one.variant for one in sent} == set(due)
    assert all(one.due_at == due[str(one.variant)] for one in sent)
    async with database.tenant_connection(its) as conn:
        counted = await campaign_recipients.counts(conn, campaign_id=occurrence.campaign_id)
        week = await campaign_occurrences.open_occurrence(
            conn, campaign_id=occurrence.campaign_id, due_at=NINE + timedelta(days=7)
        )
    assert counted == {"planned": len(sent)}

    # and the next time everybody is where she was
    again = await planned(database, its, week)
    drawn = {(one.identity, one.variant, one.reason) for one in again}
    assert drawn == {(one.identity, one.variant, one.reason) for one in found}


async def test_her_best_hour_else_the_shops(database: Database):
    # given a customer who wrote five times at noon, and one who never wrote
    shop = await a_shop(database)
    its = shop.boutique_id
    often, never = await a_fan(database, its), await a_fan(database, its)
    noon = datetime.now(UTC).replace(hour=9, minute=5)
    async with database.tenant_connection(its) as conn:
        await conn.execute(
            """with chat as (
                 insert into conversations (boutique_id, customer_id, provider)
                 values (%(boutique)s, %(customer)s, 'twilio') returning boutique_id, id)
               insert into messages (boutique_id, conversation_id, direction, author, provider,
                 provider_id, status, body, created_at)
               select boutique_id, id, 'in', 'customer', 'twilio', 'SM' || n || id, 'received',
                 'Hujambo', %(noon)s::timestamptz - n * interval '1 day'
               from chat, generate_series(1, 5) as n""",
            {"boutique": its, "customer": often, "noon": noon},
        )
    occurrence = await an_occurrence(database, its, pace=Pace(best_hour=True))

    found = await planned(database, its, occurrence)

    due = {one.customer_id: one.due_at for one in found}
    assert due == {often: NINE.replace(hour=9), never: NINE.replace(hour=9)}


async def test_rules_that_change_later_do_not_count(database: Database):
    # given an occurrence that was planned by the defaults
    shop = await a_shop(database)
    its = shop.boutique_id
    await a_fan(database, its, family="Cool")  # 0.35 * 0.1 + 0.25 + 0.2 + 0.012 = 0.497
    occurrence = await an_occurrence(database, its)
    assert len(await planned(database, its, occurrence)) == 1

    # when the owner asks for more, and the same campaign comes again
    async with database.tenant_connection(its) as conn:
        made = await score_rules.add_version(conn, ScoreRules(threshold=0.6))
        assert made.version == 2 and await score_rules.current(conn) == made
        later = await campaign_occurrences.open_occurrence(
            conn, campaign_id=occurrence.campaign_id, due_at=NINE + timedelta(days=7)
        )
    await planned(database, its, later)

    # then it chooses as it did, and another campaign by the new ones
    other = await an_occurrence(database, its)
    await planned(database, its, other)
    async with database.tenant_connection(its) as conn:
        as_before = await campaign_occurrences.get(conn, occurrence_id=later.id)
        anew = await campaign_occurrences.get(conn, occurrence_id=other.id)
    assert as_before is not None and as_before.left_out == {}
    assert anew is not None and anew.left_out == {"low_score": 1}


async def test_another_boutique_plans_nothing(database: Database):
    shop, other = await a_shop(database), await a_boutique(database)
    fan = await a_fan(database, shop.boutique_id)
    occurrence = await an_occurrence(database, shop.boutique_id)
    (her,) = await planned(database, shop.boutique_id, occurrence)
    assert her.customer_id == fan

    with pytest.raises(NotFound):
        await plan(database, boutique_id=other, occurrence_id=occurrence.id)
    async with database.tenant_connection(other) as conn:
        assert await catalog_links.of_recipient(conn, recipient_id=her.id) is None
        assert await score_rules.store.current(conn) is None
