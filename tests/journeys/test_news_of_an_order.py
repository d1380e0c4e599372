"""What the shop does with an order is said in the customer's chat, in her language."""

from __future__ import annotations

import pytest

from dukani.core.store import order_progress, order_timeline
from dukani.tools import dispatching, order_desk, refunding
from dukani.tools.refunding import RefundWanted, Returned
from tests.journeys.talk import Talk, order_a_wrap_dress


async def test_parts_and_refunds_are_told_and_can_be_asked_about(talk: Talk) -> None:
    # given a customer who paid for two of a dress
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("two of size M")
    for words in ("checkout", "Kilimani, Rose Apartments B4", "yes"):
        await talk.say(words)
    await talk.mpesa("0")
    order = await talk.order()
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        [item] = await order_progress.items(conn, order_id=order.id)
    assert item.quantity == 2

    # when one goes out
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await dispatching.send_part(conn, order_id=order.id, number=1, pieces={item.id: 1})
    told = await talk.turn()

    # then the customer hears what is coming and what follows, and may ask again
    assert f"a part of your order *{order.number}*" in told and "Still to come:" in told
    assert "is on its way in part" in await talk.say("where is my order?")

    # when the rest goes out, and one dress is refunded
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await dispatching.send_all(conn, order_id=order.id)
    assert f"the rest of your order *{order.number}*" in await talk.turn()
    wanted = RefundWanted(
        1, item.unit_price_minor, "too_small", "", "mpesa", "TJK4A1B2C3", (Returned(item.id, 1, 1),)
    )
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await refunding.refund(conn, boutique_id=talk.boutique_id, order_id=order.id, wanted=wanted)
    told = await talk.turn()

    # then the sum and where it is written are said, and all of it is in the order's timeline
    assert "has refunded you *KES 4,500*" in told and "*TJK4A1B2C3*" in told
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        lines = await order_timeline.timeline(conn, order_id=order.id, number=order.number)
    said = [line.details["text"] for line in lines if line.what == "message"]
    assert told in said and any("Payment received" in text for text in said)


@pytest.mark.slow
async def test_what_the_shop_cancels_is_told(talk: Talk) -> None:
    await talk.say("Habari, naongea Kiswahili. Mna nguo ya bluu ya ofisi?")
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    order = await talk.order()

    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await order_desk.cancel(conn, order_id=order.id)

    told = await talk.turn()
    assert order.number in told and ("had to cancel" in told or "wamelazimika kughairi" in told)
