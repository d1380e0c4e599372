"""Prompts are not a weapon, and words do not freeze a shop's stock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.core.store import payments
from dukani.tools.orders import MOST_RESERVED
from tests.journeys.conftest import Newcomer, open_boutique
from tests.journeys.talk import ADDRESS, Talk, begin_talk, order_a_wrap_dress

HELD, FREE = 3, 4  # of four blue wrap dresses in M, while one is held and after
TILL = {"till": "500102"}


async def hold_ends(talk: Talk) -> timedelta:
    """How long the pieces are held from now on."""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            "select max(expires_at) as ends from stock_reservations where status = 'held'"
        )
        row = await cursor.fetchone()
    assert row is not None and row["ends"] is not None
    return row["ends"] - datetime.now(UTC)


async def test_an_order_gets_three_prompts_and_then_the_till(talk: Talk) -> None:
    # given three prompts she cancelled
    await talk.set_shop_info(TILL)
    await order_a_wrap_dress(talk)
    for _ in range(2):
        await talk.mpesa("1032")
        await talk.say("send it again")
    await talk.mpesa("1032")

    # when she asks for a fourth, with another number too
    said = await talk.say("send it again")
    await talk.say("use 0722123456")
    also = await talk.say("yes")

    # then none leaves, and she is told how to pay
    assert (await talk.payment()).attempt == 3
    for told in (said, also):
        assert "three M-Pesa prompts" in told
        assert "500102" in told and "KES 4,500" in told


async def test_a_busy_line_uses_up_no_prompt(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("26")
    await talk.mpesa("1032")
    await talk.say("send it again")
    await talk.mpesa("1032")
    await talk.say("send it again")
    assert (await talk.payment()).attempt == 4


async def test_a_third_party_who_cancelled_is_not_prompted_again(talk: Talk) -> None:
    # given somebody else's phone, where the prompt was cancelled
    await talk.set_shop_info(TILL)
    await order_a_wrap_dress(talk)
    await talk.mpesa("1")
    await talk.say("use 0722123456")
    await talk.say("yes")
    said = await talk.mpesa("1032")
    assert "won't send that phone another" in said and "500102" in said

    # when she insists
    said = await talk.say("send it again")

    # then that phone is left in peace, and her own can pay
    assert "won't send that phone another" in said
    assert (await talk.payment()).attempt == 2
    await talk.say("use 0712300001")
    await talk.say("yes")
    assert (await talk.payment()).attempt == 3


async def test_a_phone_gets_ten_prompts_a_day_of_all_boutiques_together(
    talk: Talk, newcomer: Newcomer
) -> None:
    # given ten prompts to one phone, from another boutique
    other = await open_boutique(talk.services)
    async with talk.database.tenant_connection(other) as conn:
        counted = [await payments.count_prompt(conn, phone="+254722123456") for _ in range(11)]
    assert counted == [True] * 10 + [False]

    # when this boutique's customer names it
    await talk.set_shop_info(TILL)
    await order_a_wrap_dress(talk)
    await talk.mpesa("1")
    await talk.say("use 0722123456")
    said = await talk.say("yes")

    # then no prompt leaves, other phones are served, and nothing tells of another shop
    assert "enough M-Pesa prompts for today" in said and "500102" in said
    assert (await talk.payment()).attempt == 1
    await talk.say("use 0722999888")
    await talk.say("yes")
    assert (await talk.payment()).phone == "+254722999888"


async def test_no_boutique_reads_how_often_a_phone_was_prompted(talk: Talk) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await payments.count_prompt(conn, phone="+254722123456")
        cursor = await conn.execute(
            "select has_table_privilege(current_user, 'private.prompt_counts', 'select') as may"
        )
        assert await cursor.fetchone() == {"may": False}


async def test_a_claim_without_evidence_keeps_a_quarter_of_an_hour(talk: Talk) -> None:
    await talk.set_shop_info(TILL)
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")

    for words in ("I have paid", "nimelipa", "I have paid already"):
        await talk.say(words)

    assert await talk.available("WRAP", "blue", "M") == HELD
    assert await hold_ends(talk) <= timedelta(minutes=15)
    assert len(await talk.owner_notes()) == 1


async def test_when_the_quarter_is_over_the_pieces_are_free_and_the_order_is_still_looked_at(
    talk: Talk,
) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    await talk.say("I have paid")
    order = await talk.order()

    await talk.age("stock_reservations", "expires_at", "15 minutes")
    await talk.happens("timer", timer="hold_over", order_id=order.id)
    await talk.say("I have paid")

    assert await talk.available("WRAP", "blue", "M") == FREE
    assert (await talk.order()).payment_status == "needs_review"


async def test_a_receipt_the_owner_can_look_up_keeps_a_day(talk: Talk) -> None:
    await talk.set_shop_info(TILL)
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    await talk.say("I have paid")
    await talk.say("QGH7X1Y2Z3 Confirmed. Ksh4,500.00 sent to ZURI BOUTIQUE")

    assert await hold_ends(talk) > timedelta(hours=23)
    notes = await talk.owner_notes()
    assert len(notes) == 2
    assert "“QGH7X1Y2Z3”" in notes[-1]


async def test_a_receipt_of_another_payment_is_no_evidence(newcomer: Newcomer) -> None:
    # given a receipt that paid somebody's order
    first, second = await newcomer(), await newcomer()
    await order_a_wrap_dress(first)
    await first.mpesa("0", receipt="QGH7X1Y2Z3")

    # when another customer writes of it
    await order_a_wrap_dress(second)
    await second.mpesa("1032")
    await second.say("QGH7X1Y2Z3 Confirmed. Ksh4,500.00 sent to ZURI BOUTIQUE")

    assert await hold_ends(second) <= timedelta(minutes=15)


async def test_one_customer_holds_so_many_pieces_and_no_more(talk: Talk) -> None:
    # given a shelf of 99 and a cart with more than is held at a time
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            "insert into stock_movements (boutique_id, variant_id, delta, reason)"
            " select boutique_id, id, 95, 'restock' from product_variants"
            " where sku = 'WRAP/blue/M'"
        )
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("size M")
    one_more = MOST_RESERVED + 1
    one_more = MOST_RESERVED + 1
    await talk.say(f"change the quantity to {one_more}")
    assert (await talk.cart())[0][3] == one_more
    await talk.say("checkout")
    await talk.say(ADDRESS)

    # when she says yes
    said = await talk.say("yes")

    # then nothing is held, she hears why, and her cart is as it was
    assert f"*{MOST_RESERVED}*" in said
    assert await talk.available("WRAP", "blue", "M") == 99
    assert (await talk.cart())[0][3] == one_more

    # and as many as may be held are
    await talk.say(f"change the quantity to {MOST_RESERVED}")
    await talk.say("checkout")
    await talk.say("yes")
    assert await talk.available("WRAP", "blue", "M") == 99 - MOST_RESERVED


async def test_a_customer_whose_own_number_is_hidden_may_think_again_once(talk: Talk) -> None:
    # given a customer who writes under a name, and the number she told
    hidden = await begin_talk(talk.services, talk.boutique_id, phone=None, wa_user_id="KE.1")
    await order_a_wrap_dress(hidden)
    await hidden.say("0722123456")
    await hidden.say("yes")

    # when the prompt is cancelled there, it may have been she
    assert "reply *send again*" in await hidden.mpesa("1032")
    await hidden.say("send it again")
    assert (await hidden.payment()).attempt == 2

    # but twice is enough
    assert "won't send that phone another" in await hidden.mpesa("1032")
    await hidden.say("send it again")
    assert (await hidden.payment()).attempt == 2
