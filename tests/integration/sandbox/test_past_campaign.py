"""The campaign that a demo's month has behind it: believable, and right to the last token."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dukani.campaigns.results import results_of
from dukani.core.database import Database
from dukani.core.store import wallet
from dukani.demo_people import add_demo_people
from dukani.sandbox.accounts import ZURI
from dukani.sandbox.catalogue import demo_boutiques
from dukani.sandbox.history.campaigning import NAME
from dukani.sandbox.history.filling import add_history
from dukani.sandbox.seed import add_boutique, add_products
from dukani.sandbox.templates import register_templates
from dukani.sandbox.wallets import DEMO_TOKENS, give_tokens
from tests.ledger import assert_adds_up
from tests.wiring import jobs, rows, some_services


@pytest.mark.slow
async def test_a_month_has_a_campaign_that_sold(
    database: Database, tmp_path: Path, superuser_url: str
) -> None:
    # given a shop whose template is approved, and which has tokens
    zuri = next(one for one in demo_boutiques() if one.slug == "zuri")
    few = zuri.model_copy(update={"products": zuri.products[:30]})
    async with some_services(database, tmp_path, sandbox={"history_days": 30}) as services:
        boutique_id = await add_boutique(services, few, ZURI)
        assert boutique_id is not None
        await add_products(services, boutique_id, few)
        await add_demo_people(services)
        await register_templates(services)
        await give_tokens(services)
        began = datetime.now(UTC)

        # when its month is written
        await add_history(services, model="eye-1")

        # then one campaign is over, long enough ago that its customers may be written to again
        (campaign,) = await rows(services, "campaigns")
        assert (campaign["name"], campaign["status"]) == (NAME, "completed")
        assert began - timedelta(days=13) < campaign["started_at"] < began - timedelta(days=9)
        recipients = await rows(services, "campaign_recipients")
        states = Counter(row["state"] for row in recipients)
        assert states["read"] >= 4 and states["failed"] == 1
        assert set(states) <= {"read", "delivered", "failed"}
        for table in ("messages", "wallet_transfers"):
            assert max(row["created_at"] for row in await rows(services, table)) < began, table

        # and it sold, as its results and the wallet say
        async with database.tenant_connection(boutique_id) as conn:
            found = await results_of(conn, campaign_id=str(campaign["id"]))
            now = await wallet.balance(conn)
        assert found is not None
        total = found.total
        assert total.recipients > total.clicked >= total.converted >= 1
        orders = await rows(services, "orders")
        assert 0 < total.revenue_minor < sum(one["total_minor"] for one in orders)
        arrived = total.recipients - states["failed"]
        assert (now.available, now.held, now.spent) == (DEMO_TOKENS - arrived, 0, arrived)
        assert_adds_up(superuser_url, boutique_id)

        # and nothing of it waits to be done
        assert {job["task_name"] for job in await jobs(services)} == {"renew_profile"}
