"""Money in the corners: rare orders of events that must still come out right."""

from __future__ import annotations

from dukani.core.store import payments
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import Talk, order_a_wrap_dress


async def test_a_busy_line_with_the_pieces_gone_from_the_shelf_is_a_failure(talk: Talk) -> None:
    # given a prompt on its way, and the owner counting fewer pieces than she thought
    await order_a_wrap_dress(talk)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            "insert into stock_movements (boutique_id, variant_id, delta, reason)"
            " select boutique_id, variant_id, -4, 'adjustment' from stock_reservations"
        )

    # when the line is busy, there is nothing to try again for
    said = await talk.mpesa("26")
    assert said != ""
    assert (await talk.order()).payment_status == "failed"
    assert (await talk.payment()).attempt == 1


async def test_money_for_a_cancelled_order_shows_on_the_order(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.say("cancel my order")
    await talk.mpesa("0")
    order = await talk.order()
    assert (order.status, order.payment_status) == ("cancelled", "needs_review")
    assert order.review_reason == "cancelled_order"


async def test_a_second_receipt_shows_on_the_order(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0", receipt="QFIRST0000")
    await talk.mpesa("0", receipt="QSECOND000")
    order = await talk.order()
    assert (order.payment_status, order.review_reason) == ("paid", "second_receipt")


async def test_an_amount_known_only_after_a_query_said_paid_is_still_compared(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0", amount_minor=None, receipt=None)
    await talk.mpesa("0", amount_minor=100, receipt="QSHORT0000")
    payment, order = await talk.payment(), await talk.order()
    assert (payment.receipt, payment.received_minor) == ("QSHORT0000", 100)
    assert order.review_reason == "wrong_amount"
    assert any("QSHORT0000" in note for note in await talk.owner_notes())


async def test_a_second_attempt_by_hand_has_its_fifteen_minutes(newcomer: Newcomer) -> None:
    # given a first prompt that failed after ten minutes, and then a phone to be paid by hand
    talk = await newcomer()
    await talk.set_shop_info({"till": "500102"})
    await order_a_wrap_dress(talk)
    order = await talk.order()
    await talk.mpesa("1032")
    await talk.say("use +255712345678")
    await talk.say("yes")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        latest = await payments.latest_of_order(conn, order_id=order.id)
    assert latest is not None and latest.provider == "manual"

    # when the first attempt's timer rings
    await talk.age("stock_reservations", "expires_at", "5 minutes")
    said = await talk.happens("timer", timer="hold_over", order_id=order.id)

    # then her time is not over yet; ten minutes later it is
    assert said == ""
    assert (await talk.order()).status == "open"
    await talk.age("stock_reservations", "expires_at", "10 minutes")
    assert order.number in await talk.happens("timer", timer="hold_over", order_id=order.id)
