"""The API of what came of a campaign."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg

from dukani.campaigns.results import results_of
from dukani.core.database import Database
from tests.factories import a_boutique
from tests.integration.api.conftest import Signed
from tests.integration.campaigns.sent import Sent

NOW = datetime.now(UTC)


async def test_the_results_add_up_and_nobody_else_sees_them(
    database: Database, superuser_url: str, owner: Signed, boutique: str
):
    # given a message that was read, opened and led to a sale
    sent = await Sent(database, superuser_url).begin(boutique)
    for column in ("sent_at", "delivered_at", "read_at", "clicked_at"):
        sent.at(column, NOW)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update campaign_recipients set state = 'read', tokens = 1")
        row = conn.execute("select id::text from campaigns").fetchone()
    assert row is not None
    campaign_id = row[0]
    sent.opened(NOW - timedelta(hours=1))
    await sent.buys()

    # when the owner asks
    stats = await owner.get(f"/campaigns/{campaign_id}/stats")

    # then
    total = stats["total"]
    counted = ("recipients", "delivered", "read", "clicked", "converted", "bought")
    assert [total[name] for name in counted] == [1] * 6
    assert (total["revenue_minor"], stats["currency"], total["tokens"]) == (450000, "KES", 1)
    assert stats["cost_minor"] > 0
    assert stats["return_on_cost"] > 100
    assert sum(stats["read_by_hour"]) == 1
    async with database.tenant_connection(await a_boutique(database)) as other:
        assert await results_of(other, campaign_id=campaign_id) is None


async def test_the_size_of_an_experiment_is_told_beforehand(owner: Signed):
    told = await owner.get("/sample-size?base=0.05&difference=0.02")
    refused = await owner.call("GET", "/sample-size?base=0.95&difference=0.1")

    assert 2000 < told["each_arm"] < 2400
    assert refused.status_code == 422
    assert "cannot be" in refused.text
