"""An answer, a stop and an order belong to one message: of a campaign or of an automation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.store import consents
from tests.factories import a_customer, an_inbound
from tests.integration.campaigns.an_automation import Automated, a_code, a_piece, an_automation
from tests.integration.campaigns.sent import Sent, a_paid_order

NOW = datetime.now(UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def buys(made: Automated, *, customer_id: str | None = None) -> str:
    return await a_paid_order(
        made.database, made.boutique_id, customer_id or made.customer_id, await a_piece(made)
    )


async def pays_by_link(made: Automated, code: str) -> str:
    """An order that carries the code, and is paid only then."""
    order_id = await buys(made)
    made.run("update orders set payment_status = 'pending', paid_at = null where id = %(id)s",
             id=order_id)  # fmt: skip
    made.run("delete from automation_conversions")
    made.run(
        "update orders set utm_message_id = %(code)s, payment_status = 'paid', paid_at = now()"
        " where id = %(id)s",
        code=code,
        id=order_id,
    )
    return order_id


async def replies(made: Automated, **values: str) -> None:
    async with made.database.tenant_connection(made.boutique_id) as conn:
        await an_inbound(conn, made.conversation_id, **values)


def refund(made: Automated, order_id: str, minor: int, status: str) -> None:
    made.run(
        "update orders set refunded_minor = %(minor)s, refund_status = %(status)s"
        " where id = %(id)s",
        minor=minor, status=status, id=order_id,
    )  # fmt: skip


async def both(database: Database, superuser_url: str) -> tuple[Sent, Automated]:
    """A customer whom a campaign and an automation were sent to, the automation last."""
    sent = await Sent(database, superuser_url).begin()
    made = await an_automation(
        database, superuser_url, boutique_id=sent.boutique_id, customer_id=sent.customer_id
    )
    made.at("sent_at", NOW - HOUR)
    return sent, made


async def test_a_reply_and_the_order_after_it_are_the_automations(
    database: Database, superuser_url: str
) -> None:
    made = await an_automation(database, superuser_url)
    made.at("sent_at", NOW - DAY)

    await replies(made)
    order_id = await buys(made)

    assert made.sales() == [("reply", 450000, False)]
    assert made.send()["converted_at"] is not None

    # a part of the money goes back, then all of it, and the last refund was a mistake
    refund(made, order_id, 150000, "part")
    assert made.sales() == [("reply", 300000, False)]
    refund(made, order_id, 450000, "all")
    assert made.sales() == [("reply", 0, True)]
    assert made.send()["converted_at"] is None
    refund(made, order_id, 0, "none")
    assert made.sales() == [("reply", 450000, False)]
    assert made.send()["converted_at"] is not None


async def test_an_order_that_comes_back_is_no_sale(database: Database, superuser_url: str) -> None:
    made = await an_automation(database, superuser_url)
    made.opened(NOW - DAY)
    order_id = await buys(made)
    made.run("update orders set fulfilment_status = 'returned' where id = %(id)s", id=order_id)
    assert made.sales() == [("click", 450000, True)]


async def test_the_message_that_an_order_names_is_the_one_it_came_by(
    database: Database, superuser_url: str
) -> None:
    # given two sends, the second of which was opened later
    first = await an_automation(database, superuser_url)
    second = await an_automation(
        database, superuser_url, boutique_id=first.boutique_id, customer_id=first.customer_id
    )
    second.opened(NOW - HOUR)

    # when the order carries the first one's code
    await pays_by_link(first, first.code)

    # then it is the first one's, however long ago that was
    assert first.sales() == [("link", 450000, False)]
    assert first.send()["converted_at"] is not None
    (sale,) = first.rows("select send_id from automation_conversions")
    assert str(sale["send_id"]) == first.send_id


async def test_a_code_of_another_boutique_or_of_nothing_names_no_message(
    database: Database, superuser_url: str
) -> None:
    made = await an_automation(database, superuser_url)
    other = await an_automation(database, superuser_url)
    await pays_by_link(made, other.code)
    await pays_by_link(made, a_code())
    assert made.sales() == []


async def test_a_preview_and_a_bot_are_no_touch(database: Database, superuser_url: str) -> None:
    made = await an_automation(database, superuser_url)
    made.opened(NOW - HOUR, by="preview")
    made.opened(NOW - HOUR, by="bot")
    await buys(made)
    assert made.sales() == []


@pytest.mark.parametrize(
    ("opened", "replied", "came_by"),
    [
        (5 * DAY - HOUR, None, "click"),
        (5 * DAY + HOUR, None, None),
        (None, 3 * DAY - HOUR, "reply"),
        (None, 3 * DAY + HOUR, None),
        (HOUR, 2 * HOUR, "click"),
        (2 * HOUR, HOUR, "reply"),
    ],
)
async def test_a_touch_counts_for_its_days_and_the_later_one_wins(
    database: Database,
    superuser_url: str,
    opened: timedelta | None,
    replied: timedelta | None,
    came_by: str | None,
) -> None:
    made = await an_automation(database, superuser_url)
    if opened is not None:
        made.opened(NOW - opened)
    if replied is not None:
        made.at("replied_at", NOW - replied)
    await buys(made)
    assert [sale[0] for sale in made.sales()] == ([came_by] if came_by else [])


@pytest.mark.parametrize("automation_first", [True, False])
async def test_an_order_is_the_sale_of_a_campaign_or_of_an_automation(
    database: Database, superuser_url: str, *, automation_first: bool
) -> None:
    """The later touch, never both."""
    sent, made = await both(database, superuser_url)
    early, late = NOW - 2 * HOUR, NOW - HOUR
    sent.opened(late if automation_first else early)
    made.opened(early if automation_first else late)

    order_id = await sent.buys()

    assert sent.sales() == ([("click", 450000, False)] if automation_first else [])
    assert made.sales() == ([] if automation_first else [("click", 450000, False)])

    # and its refund corrects the one it is the sale of
    refund(made, order_id, 450000, "all")
    assert [reversed_ for *_, reversed_ in (*sent.sales(), *made.sales())] == [True]


async def test_an_order_named_by_its_link_is_no_campaigns(
    database: Database, superuser_url: str
) -> None:
    sent, made = await both(database, superuser_url)
    order_id = await sent.buys()
    made.run("update orders set payment_status = 'pending', paid_at = null")
    sent.opened(NOW - timedelta(minutes=1))
    made.run(
        "update orders set utm_message_id = %(code)s, payment_status = 'paid', paid_at = now()"
        " where id = %(id)s",
        code=made.code,
        id=order_id,
    )
    assert (sent.sales(), made.sales()) == ([], [("link", 450000, False)])


async def test_an_order_paid_twice_stays_the_sale_that_it_was(
    database: Database, superuser_url: str
) -> None:
    sent, made = await both(database, superuser_url)
    sent.opened(NOW - 2 * HOUR)
    await sent.buys()
    made.opened(NOW - timedelta(minutes=1))
    made.run("update orders set payment_status = 'needs_review'")
    made.run("update orders set payment_status = 'paid'")
    assert (len(sent.sales()), made.sales()) == (1, [])


async def test_an_answer_is_to_what_reached_her_last(
    database: Database, superuser_url: str
) -> None:
    sent, made = await both(database, superuser_url)
    await replies(made)
    assert sent.recipient()["replied_at"] is None
    assert made.send()["replied_at"] is not None


async def test_an_answer_by_name_is_to_that_message(database: Database, superuser_url: str) -> None:
    """However much was sent since."""
    sent, made = await both(database, superuser_url)
    await replies(made, reply_to="sent-campaign")
    assert sent.recipient()["replied_at"] is not None
    assert made.send()["replied_at"] is None

    message_id = await made.says()
    await made.told(message_id, "sent", provider_id="wamid.cart")
    await replies(made, reply_to="wamid.cart", provider_id="wamid.2")
    assert made.send()["replied_at"] is not None


async def test_a_stop_is_told_of_the_last_that_was_sent(
    database: Database, superuser_url: str
) -> None:
    sent, made = await both(database, superuser_url)
    async with database.tenant_connection(made.boutique_id) as conn:
        await consents.record(
            conn,
            customer_id=made.customer_id,
            purpose="marketing",
            granted=False,
            source="whatsapp",
        )
    assert sent.recipient()["opted_out_at"] is None
    assert made.send()["opted_out_at"] is not None


async def test_what_others_do_is_not_hers(database: Database, superuser_url: str) -> None:
    """A customer of the same shop, and one of another."""
    made = await an_automation(database, superuser_url)
    made.at("sent_at", NOW - HOUR)
    made.opened(NOW - HOUR)
    other = await an_automation(database, superuser_url)
    await replies(other)
    await buys(other)
    neighbour = await a_customer(database, made.boutique_id)
    await buys(made, customer_id=neighbour)
    assert made.sales() == []
    assert made.send()["replied_at"] is None


async def test_what_came_of_it_is_told(database: Database, superuser_url: str) -> None:
    made = await an_automation(database, superuser_url)
    made.at("sent_at", NOW - HOUR)
    await replies(made)
    await buys(made)
    made.run("update automation_sends set state = 'cancelled' where id = %(send)s")
    with psycopg.connect(superuser_url) as conn:
        told = conn.execute(
            """select payload ->> 'what', customer_id::text, subject_id::text from domain_events
               where kind = 'automation_told' order by id"""
        ).fetchall()
    assert told == [
        (what, made.customer_id, made.send_id)
        for what in ("sent", "replied", "converted", "cancelled")
    ]
