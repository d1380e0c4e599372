"""A campaign before it is sent: everyone has one verdict, and the sample shows why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from dukani.campaigns.preview import preview
from dukani.campaigns.previewed import Preview
from dukani.core.database import Database
from dukani.core.errors import NotFound
from dukani.core.store import audience_lists, consents, saved_segments, suppressed_identities
from dukani.domain.campaigns import (
    CampaignMessage,
    Experiment,
    OfCampaign,
    OfList,
    OfSegment,
    Pace,
    WrittenCampaign,
)
from tests.factories import a_boutique
from tests.integration.campaigns.crowd import (
    a_fan,
    a_paid_order,
    a_shop,
)
from tests.integration.campaigns.sent import a_sent_campaign

NINE = datetime(2026, 12, 1, 6, tzinfo=UTC)  # nine in Nairobi, a Tuesday


def written(**values: Any) -> WrittenCampaign:
    return WrittenCampaign(
        **{
            "name": "December",
            "message": CampaignMessage(template="customer_purchase_notification"),
        }
        | values
    )


async def seen(database: Database, boutique_id: str, **values: Any) -> Preview:
    return await preview(database, written(**values), boutique_id=boutique_id, now=NINE, at_once=3)


async def test_everyone_has_the_first_reason_that_is_true(database: Database):
    # given a customer for each reason, and two whom the campaign is for
    shop = await a_shop(database)
    its = shop.boutique_id
    first = await a_fan(database, its, name="Njeri Mwangi")
    await a_paid_order(database, its, first, shop.red[0])
    await a_fan(database, its)
    stopped = await a_fan(database, its)
    await a_fan(database, its, agreed=False)
    await a_fan(database, its, agreed=None, has_profile=False)
    await a_fan(database, its, phone="+254733000001")
    await a_fan(database, its, phone="+14155550123")
    soon = datetime.now(UTC) - NINE  # the contacts are by the database's clock
    await a_fan(database, its, contacted=soon + timedelta(days=2))
    await a_fan(database, its, has_profile=False)
    await a_fan(database, its, family="Cool", direction=5)
    async with database.tenant_connection(its) as conn:
        await consents.record(
            conn, customer_id=stopped, purpose="assistant", granted=False, source="test"
        )
        await suppressed_identities.add(conn, identity="+254733000001", reason="unreachable")

    # when the campaign of the red dresses is previewed, three customers at a time
    red = tuple(UUID(one.product_id) for one in shop.red)
    found = await seen(database, its, pieces=red)

    # then each is counted once
    assert {name: count for name, count in found.left_out.items() if count} == {
        "opted_out": 2, "not_opted_in": 1, "suppressed": 1, "us_number": 1, "cooldown": 1,
        "no_profile": 1, "low_score": 1,
    }  # fmt: skip
    assert (found.audience, found.recipients) == (10, 2)
    assert found.tokens >= 2 and found.currency == "KES" and found.cost_minor

    # and the sample shows her pieces, and what they owe their score to
    njeri = next(one for one in found.sample if one.customer_id == first)
    assert njeri.variables["customer_name"] == "Njeri"
    assert njeri.variables["price"] == "KES 4,500"
    assert [one.kind for one in njeri.pieces] == ["match", "match", "new"]
    best = njeri.pieces[0]
    assert {one.name: round(one.points, 3) for one in best.factors} == {
        "colour": 0.35, "style": 0.25, "embroidery": 0.2, "occasion": 0.012,
    }  # fmt: skip
    assert abs(best.score - sum(one.points for one in best.factors)) < 1e-6
    assert abs(best.most - 0.92) < 1e-6
    # nothing is padded: two of four pieces match, and that is told
    assert (found.fewer_pieces, found.fewer_matches) == (2, 2)


async def test_a_pool_out_of_reach_of_her_price_band_is_told(database: Database):
    shop = await a_shop(database)
    await a_fan(database, shop.boutique_id, paid_minor=1_00)

    dear = tuple(UUID(one.product_id) for one in shop.blue)
    found = await seen(database, shop.boutique_id, pieces=dear)

    assert found.left_out["price_gate"] == 1 and found.recipients == 0
    assert found.finish is None and found.sample == []


async def test_what_is_sold_out_in_her_size_is_behind(database: Database):
    shop = await a_shop(database)
    fan = await a_fan(database, shop.boutique_id)
    await a_paid_order(database, shop.boutique_id, fan, shop.red[0], size="L")

    (her,) = (await seen(database, shop.boutique_id)).sample

    # all dresses are there in M only, so their order stays, and none is in her size
    assert not any(piece.in_her_size for piece in her.pieces)
    assert [piece.kind for piece in her.pieces][:2] == ["match", "match"]


async def test_slow_and_many_takes_days_and_says_so(database: Database):
    shop = await a_shop(database)
    for _ in range(3):
        await a_fan(database, shop.boutique_id)

    found = await seen(database, shop.boutique_id, pace=Pace(per_minute=1))

    assert found.starts_at == NINE and found.finish is not None
    assert found.finish.lasts == timedelta(minutes=3)


@pytest.mark.slow  # many customers
async def test_the_holdout_is_left_out_and_the_same_again(database: Database):
    shop = await a_shop(database)
    for _ in range(20):
        await a_fan(database, shop.boutique_id)

    half = Experiment(holdout=0.5)
    found = await seen(database, shop.boutique_id, experiment=half)
    again = await seen(database, shop.boutique_id, experiment=half)

    assert 0 < found.left_out["holdout"] < 20
    assert found.left_out == again.left_out
    assert found.recipients + found.left_out["holdout"] == 20
    assert len(found.sample) == min(10, found.recipients)


async def test_each_kind_of_audience(database: Database):
    # given three customers, one of them on a list, one who got and opened an earlier campaign
    shop = await a_shop(database)
    its = shop.boutique_id
    listed, opened, _ = [await a_fan(database, its, name=name) for name in ("A", "B", "C")]
    red = [shop.red[0].product_id]
    got_it = await a_sent_campaign(database, its, opened, red, slug="0123456789a1")
    async with database.tenant_connection(its) as conn:
        list_id = await audience_lists.create(conn, name="VIP", source="manual")
        assert await audience_lists.add_members(conn, list_id=list_id, customer_ids=[listed]) == 1
        rule = {"match": "all", "of": [{"field": "name", "comparison": "eq", "value": "C"}]}
        segment = await saved_segments.add(conn, name="C's", rule=rule)
        cursor = await conn.execute(
            """update campaign_recipients set clicked_at = now() where id = %s
               returning campaign_id""",
            (got_it,),
        )
        (earlier,) = [row["campaign_id"] for row in await cursor.fetchall()]

    async def names(**values: Any) -> list[str | None]:
        return sorted(one.name or "" for one in (await seen(database, its, **values)).sample)

    # then each audience has its own
    assert await names() == ["A", "B", "C"]
    assert await names(audience=OfList(list_id=list_id)) == ["A"]
    assert await names(audience=OfSegment(segment_id=segment.id)) == ["C"]
    assert await names(audience=OfCampaign(campaign_id=earlier, responded=True)) == ["B"]
    assert await names(audience=OfCampaign(campaign_id=earlier, responded=False)) == []

    # and another boutique finds nobody behind any of them
    other = await a_boutique(database)
    for audience in (OfList(list_id=list_id), OfCampaign(campaign_id=earlier, responded=True)):
        assert (await seen(database, other, audience=audience)).audience == 0
    with pytest.raises(NotFound):
        await seen(database, other, audience=OfSegment(segment_id=segment.id))
