"""Two halves of a customer became one: what was under way goes on in her one conversation."""

from __future__ import annotations

from dukani.core.store import customer_merge
from dukani.graph.turn import ring_timer
from dukani.tools.payments.events import tell_conversation
from dukani.tools.payments.judgement import Result
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import Talk, order_a_wrap_dress


async def merged(kept: Talk, retired: Talk) -> None:
    async with kept.database.tenant_connection(kept.boutique_id) as conn:
        await customer_merge.merge(conn, kept_id=kept.customer_id, retired_id=retired.customer_id)


async def test_a_timer_of_the_old_conversation_rings_in_the_new(newcomer: Newcomer) -> None:
    # given an order placed before, and its timer
    kept, retired = await newcomer(), await newcomer("+255712345678", wa_user_id="KE.1")
    await order_a_wrap_dress(retired, payer="+255712345678")
    order = await retired.order()
    await merged(kept, retired)

    # when it rings
    await kept.age("stock_reservations", "expires_at", "15 minutes")
    await ring_timer(
        kept.services,
        boutique_id=kept.boutique_id,
        conversation_id=retired.conversation_id,
        payload={"timer": "hold_over", "order_id": order.id},
    )

    # then she is told where she is now
    assert order.number in await kept.turn()


async def test_a_result_asked_for_before_is_told_in_the_new(newcomer: Newcomer) -> None:
    # given M-Pesa being asked about an order while its customer is merged
    kept, retired = await newcomer(), await newcomer(wa_user_id="KE.1")
    await order_a_wrap_dress(retired)
    order, payment = await retired.order(), await retired.payment()
    await merged(kept, retired)

    # when the answer comes
    async with kept.database.tenant_connection(kept.boutique_id) as conn:
        await tell_conversation(conn, payment, order, Result("0", receipt="QGH7X1Y2Z3"))

    # then the receipt goes to her one conversation
    assert "QGH7X1Y2Z3" in await kept.turn()


async def test_the_new_conversation_speaks_the_language_of_the_old(newcomer: Newcomer) -> None:
    # given a customer who speaks Swahili, merged into a conversation nothing was said in
    kept, retired = await newcomer(), await newcomer(wa_user_id="KE.1")
    await order_a_wrap_dress(retired)
    await retired.say("asante sana")
    order, payment = await retired.order(), await retired.payment()
    await merged(kept, retired)

    # when M-Pesa's answer is the first there is to tell in it
    async with kept.database.tenant_connection(kept.boutique_id) as conn:
        await tell_conversation(conn, payment, order, Result("0", receipt="QGH7X1Y2Z3"))

    # then she is told in Swahili
    assert "Tutakuletea" in await kept.turn()


async def test_a_cart_being_paid_is_no_reason_to_forget_another(newcomer: Newcomer) -> None:
    kept, retired = await newcomer(), await newcomer(wa_user_id="KE.1")
    await kept.say("show me hats")
    await kept.say("1")
    await order_a_wrap_dress(retired)
    await merged(kept, retired)
    assert await kept.cart() == [("Savannah Straw Hat", "beige", "ONE", 1)]


async def test_what_one_half_stopped_the_other_does_not_start(newcomer: Newcomer) -> None:
    kept, retired = await newcomer(), await newcomer(wa_user_id="KE.1")
    await kept.say("show me hats")
    await retired.say("STOP")
    await merged(kept, retired)
    assert await kept.say("show me dresses") == ""
