"""What came of a campaign is noted with the thing that happened, and taken back with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.core.database import Database
from dukani.core.store import consents
from tests.factories import an_inbound
from tests.integration.campaigns.sent import Sent

NOW = datetime.now(UTC)


async def test_a_reply_and_the_order_after_it_are_the_campaigns(
    database: Database, superuser_url: str
):
    sent = await Sent(database, superuser_url).begin()
    async with database.tenant_connection(sent.boutique_id) as conn:
        await an_inbound(conn, sent.conversation_id, body="3")
    assert sent.recipient()["replied_at"] is not None

    order_id = await sent.buys()

    assert sent.sales() == [("reply", 450000, False)]
    assert sent.recipient()["converted_at"] is not None

    # a part of the money goes back, then all of it
    sent.refund(order_id, 150000, "part")
    assert sent.sales() == [("reply", 300000, False)]
    sent.refund(order_id, 450000, "all")
    assert sent.sales() == [("reply", 0, True)]
    assert sent.recipient()["converted_at"] is None


async def test_an_opening_counts_five_days_and_the_later_touch_wins(
    database: Database, superuser_url: str
):
    sent = await Sent(database, superuser_url).begin()
    sent.at("replied_at", NOW - timedelta(days=2))
    sent.opened(NOW - timedelta(days=1))
    await sent.buys()
    assert sent.sales() == [("click", 450000, False)]
    assert sent.recipient()["converted_at"] is not None


async def test_an_order_long_after_is_nobodys(database: Database, superuser_url: str):
    sent = await Sent(database, superuser_url).begin()
    sent.at("replied_at", NOW - timedelta(days=3, minutes=1))
    sent.opened(NOW - timedelta(days=5, minutes=1))

    await sent.buys()

    assert sent.sales() == []


async def test_a_stop_is_told_of_the_campaign_before_it(database: Database, superuser_url: str):
    sent = await Sent(database, superuser_url).begin()
    async with database.tenant_connection(sent.boutique_id) as conn:
        await consents.record(
            conn, customer_id=sent.customer_id, purpose="marketing", granted=False,
            source="whatsapp", words="stop",
        )  # fmt: skip

    assert sent.recipient()["opted_out_at"] is not None
