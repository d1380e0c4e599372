"""The owner works from her own WhatsApp: figures, orders, stock, a pause; each change at a yes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dukani.core.store import messages
from tests.journeys.conftest import Newcomer, open_boutique
from tests.journeys.owner import Owner, owner_of
from tests.journeys.talk import Talk, begin_talk, order_a_wrap_dress


@pytest.fixture
def owner(talk: Talk) -> Owner:
    return owner_of(talk)


async def paid(talk: Talk) -> str:
    """The number of an order that the customer has paid."""
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    return (await talk.order()).number


async def test_sales_and_what_waits(talk: Talk, newcomer: Newcomer, owner: Owner) -> None:
    # given a paid order, one that waits for its money, and a customer who asks for a person
    assert "Nothing is waiting" in await owner.say("pending")
    number = await paid(talk)
    second = await newcomer()
    await order_a_wrap_dress(second)
    third = await newcomer()
    await third.say("I want to talk to a person")

    # when she asks
    sales, waiting = await owner.say("mauzo leo"), await owner.say("pending")

    # then the money is the paid order's, and each has its number
    total = f"{(await talk.order()).total_minor // 100:,}"
    assert f"Money in: *KES {total}* (1 order)" in sales
    assert "2 orders" in sales and "• paid: 1" in sales and "• waiting for payment: 1" in sales
    assert f"*{number}*" in waiting and f"*{(await second.order()).number}*" in waiting
    assert "Customers waiting for you: *1*" in waiting


async def test_an_order_sent_out_is_told_to_its_customer_in_her_language(
    talk: Talk, owner: Owner
) -> None:
    # given a customer who bought in Swahili
    number = await paid(talk)
    await talk.say("asante sana, nitangoja mzigo wangu")

    # when the owner says that it left, and yes
    asked = await owner.say(f"nimetuma {number.lower()}")
    assert number in asked and (await talk.order()).fulfilment_status == "unfulfilled"
    done = await owner.say("ndiyo")

    # then the order is marked, and the customer hears it
    assert number in done and "is told" in done
    assert (await talk.order()).fulfilment_status == "dispatched"
    assert f"wametuma oda yako *{number}*" in await talk.turn()
    # and once
    assert "sent already" in await owner.say(f"sent {number}")
    assert await talk.turn() == ""
    await owner.say(f"delivered {number}")
    await owner.say("yes")
    assert "imefika" in await talk.turn()


async def test_a_wrong_or_unpaid_order_is_named_and_left(
    talk: Talk, newcomer: Newcomer, owner: Owner
) -> None:
    number = await paid(talk)
    unpaid = await newcomer()
    await order_a_wrap_dress(unpaid)
    wrong = number[:-1] + ("2" if number[-1] != "2" else "3")

    told = await owner.say(f"sent {wrong}")
    assert wrong in told and f"Did you mean *{number}*?" in told
    open_number = (await unpaid.order()).number
    assert "is not paid yet" in await owner.say(f"sent {open_number}")
    assert "nothing to confirm" in await owner.say("yes")
    assert (await unpaid.order()).fulfilment_status == "unfulfilled"


async def test_an_order_sent_a_day_later_is_told_to_be_called_about(
    talk: Talk, owner: Owner
) -> None:
    number = await paid(talk)
    await talk.age("conversations", "last_inbound_at", "25 hours")
    await owner.say(f"sent {number}")
    assert "please call" in await owner.say("yes")
    assert (await talk.order()).fulfilment_status == "dispatched"
    assert await talk.turn() == ""


async def test_what_is_sold_over_the_counter_leaves_the_stock_once(
    talk: Talk, owner: Owner
) -> None:
    # given 4 blue dresses of size M
    asked = await owner.say("nimeuza WRAP nyeusi L 2")
    assert "2 × *Amani Wrap Dress* (black, size L)" in asked and "1 left" in asked
    assert await talk.on_hand("WRAP", "black", "L") == 3

    # when she says yes, and WhatsApp tells it twice
    for _ in range(2):
        await owner.write("yes", provider_id="SMyes")
        await owner.handle()

    # then they are gone once, and another yes is to nothing
    assert await talk.on_hand("WRAP", "black", "L") == 1
    assert "nothing to confirm" in await owner.say("yes")
    assert await talk.on_hand("WRAP", "black", "L") == 1
    assert "Sold over the counter: 2 pieces" in await owner.say("sales today")


async def test_a_piece_of_several_colours_and_sizes_is_asked_about(
    talk: Talk, owner: Owner
) -> None:
    which = await owner.say("add SHOE 5")
    assert "Which one?" in which and "1. black, size 38" in which
    assert "5 × *Coast Leather Sandals* (brown, size 37)" in await owner.say("brown 37")
    assert "On hand now: *7*" in await owner.say("ndio")
    assert await talk.on_hand("SHOE", "brown", "37") == 7
    assert "How many?" in await owner.say("add HAT")
    assert "is no colour or size of *HAT*" in await owner.say("sold HAT purple")


async def test_the_stock_of_a_piece_and_a_wrong_sku(talk: Talk, owner: Owner) -> None:
    await order_a_wrap_dress(talk)  # holds one
    told = await owner.say("stock wrap")
    assert "blue, size M: 4 on hand, 1 held, *3* to be had" in told
    assert "No piece has the SKU *WRAPP*. Did you mean *WRAP*" in await owner.say("stock WRAPP")
    assert "Only 5 of *Savannah Straw Hat*" in await owner.say("sold HAT 6")


async def test_selling_what_an_open_order_holds_says_so(talk: Talk, owner: Owner) -> None:
    # given an unpaid order that holds one of four
    await order_a_wrap_dress(talk)
    assert "⚠️" not in await owner.say("sold WRAP blue M 3")
    # when she sells the fourth too, then she is told before her yes
    assert "⚠️ Open orders hold 1" in await owner.say("sold WRAP blue M 4")
    await owner.say("no")
    assert await talk.on_hand("WRAP", "blue", "M") == 4


async def test_stock_held_since_she_was_asked_is_asked_about_again(
    talk: Talk, owner: Owner
) -> None:
    await owner.say("sold WRAP blue M 4")
    await order_a_wrap_dress(talk)  # reserves one of them
    told = await owner.say("yes")
    assert "has changed" in told and "⚠️" in told
    assert await talk.on_hand("WRAP", "blue", "M") == 4
    await owner.say("yes")  # now she knows
    assert await talk.on_hand("WRAP", "blue", "M") == 0


async def test_a_yes_counts_for_minutes_and_for_the_last_question_only(
    talk: Talk, owner: Owner
) -> None:
    await owner.say("sold HAT 2")
    await owner.later("11 minutes")
    assert "took too long" in await owner.say("yes")
    # an hour later a yes is about something else
    await owner.say("sold HAT 2")
    await owner.later("2 hours")
    assert "nothing to confirm" in await owner.say("yes")
    # a button of an older question
    await owner.say("sold HAT 2")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select version from owner_sessions")
        row = await cursor.fetchone()
    assert row is not None
    await owner.say("sold HAT 3")
    tapped = {"row_id": f"owner:yes:{row['version']}"}
    assert "question is over" in await owner.say("Yes", kind="button", payload=tapped)
    assert await talk.on_hand("HAT", "beige", "ONE") == 5
    # "yes but" is no yes
    assert "*yes* or *no*" in await owner.say("yes but only one")
    assert await talk.on_hand("HAT", "beige", "ONE") == 5
    tapped = {"row_id": f"owner:yes:{row['version'] + 1}"}
    await owner.say("Yes", kind="button", payload=tapped)
    assert await talk.on_hand("HAT", "beige", "ONE") == 2


async def test_a_yes_that_comes_late_leaves_the_question_asked_since(
    talk: Talk, owner: Owner
) -> None:
    # given a yes that she wrote again, since nobody seemed to take it, and then the next sale
    written_at = datetime.now(UTC) - timedelta(seconds=30)
    await owner.say("sold HAT 1")
    await owner.say("yes")
    await owner.say("sold HAT 2")

    # when the first one comes at last
    told = await owner.say("yes", sent_at=written_at)

    # then it is no answer to what she was asked since, which her next yes is
    assert "question is over" in told
    assert await talk.on_hand("HAT", "beige", "ONE") == 4
    assert "Done" in await owner.say("yes")
    assert await talk.on_hand("HAT", "beige", "ONE") == 2


async def test_a_job_that_dies_in_the_middle_leaves_nothing_half_done(
    talk: Talk, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a yes whose job dies after the ledger was written
    await owner.say("sold HAT 2")
    await owner.write("yes")

    async def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("dukani.owner.stock._note", dies)
        with pytest.raises(KeyboardInterrupt):
            await owner.handle()
    assert await talk.on_hand("HAT", "beige", "ONE") == 5

    # when the queue runs it again, and again
    await owner.handle()
    await owner.handle()

    # then it is done once
    assert await talk.on_hand("HAT", "beige", "ONE") == 3


async def test_a_message_that_fails_for_good_is_left_and_told(
    talk: Talk, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("dukani.owner.reports.tell_pending", fails)
    await owner.write("pending")
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await owner.handle()
    await owner.handle()
    assert "something went wrong" in (await owner.notes())[-1]
    assert "*Your shop, by message*" in await owner.say("help")


async def test_a_paused_shop_is_silent_and_the_owner_gets_the_words(
    talk: Talk, owner: Owner
) -> None:
    # given a customer at the till, and an owner who pauses
    await order_a_wrap_dress(talk)
    await owner.say("pause")
    assert "quiet for everyone" in await owner.say("yes")

    # when the customer writes
    first, second = await talk.say("is it ready?"), await talk.say("assistant")

    # then she learns once that a person answers, and her payment is still receipted
    assert "in person" in first
    assert second == ""
    assert "is it ready?" in (await owner.notes())[-2]
    assert "received" in (await talk.mpesa("0")).lower()
    # and the owner finds her waiting, so that plain words reach her as a reply to the note does
    assert "Customers waiting for you: *1*" in await owner.say("pending")
    assert await owner.say("I am looking for it") == ""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        last = await messages.recent(conn, conversation_id=talk.conversation_id)
    assert [m.body for m in last if m.author == "staff"] == ["I am looking for it"]
    note = await owner.last_note_sent("is it ready?")
    assert await owner.say("Tomorrow, dear", reply_to=note) == ""

    # when it goes on
    await owner.say("back", reply_to=note)
    await talk.turn()
    assert await talk.say("show me hats") == ""
    await owner.say("endelea")
    await owner.say("ndiyo")
    assert "Hat" in await talk.say("show me hats")


async def test_one_customer_is_paused_by_a_reply_to_a_note(
    talk: Talk, newcomer: Newcomer, owner: Owner
) -> None:
    await talk.say("I want to talk to a person")
    await talk.say("assistant")
    note = await owner.last_note_sent()
    assert "quiet for" in await owner.say("pause", reply_to=note)
    await owner.say("yes")
    await talk.turn()
    assert await talk.say("show me hats") == ""
    assert "Hat" in await (await newcomer()).say("show me hats")


async def test_words_are_shopping_only_when_she_asks_to_shop(talk: Talk, owner: Owner) -> None:
    assert "I don't know that one" in await owner.say("show me hats")
    assert "customer of your shop" in await owner.say("nataka kununua")
    assert await owner.say("show me hats") == ""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            "select v.id::text from conversations v join customers c on c.id = v.customer_id"
            " join boutiques b on b.owner_phone = c.phone"
        )
        row = await cursor.fetchone()
    assert row is not None
    await talk.handler.handle(boutique_id=talk.boutique_id, conversation_id=row["id"])
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute(
            "select body from messages where conversation_id = %s and direction = 'out'",
            (row["id"],),
        )
        assert any("Hat" in row["body"] for row in await cursor.fetchall())
    # her commands are a customer's words meanwhile, until she ends it or the hours are over
    assert await owner.say("pause") == ""
    assert "owner again" in await owner.say("desk")
    await owner.say("shop")
    await owner.later("4 hours")
    assert "Nothing is waiting" not in await owner.say("sales today")


async def test_another_boutiques_pieces_and_orders_are_none_of_hers(
    talk: Talk, owner: Owner
) -> None:
    # given the same SKU and an order in another boutique
    other = await begin_talk(
        talk.services, await open_boutique(talk.services), phone="+254712399999"
    )
    number = await paid(other)

    # when the owner of this one names them
    told = await owner.say(f"sent {number}")
    await owner.say("sold HAT 2")
    await owner.say("yes")

    # then hers alone moved
    assert f"There is no order *{number}*" in told
    assert (await other.order()).fulfilment_status == "unfulfilled"
    assert await talk.on_hand("HAT", "beige", "ONE") == 3
    assert await other.on_hand("HAT", "beige", "ONE") == 5
    assert "KES 0" in await owner.say("sales today")
