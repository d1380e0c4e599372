"""A shop's plan: what counts, and whom it leaves to the shop's people once it is used up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dukani.core.store import customer_merge, plans
from dukani.core.store.figures import reading
from dukani.core.store.figures.days import Span
from dukani.core.store.plans import MonthUsed
from dukani.tools.plans import warn_owners
from tests.journeys.conftest import Newcomer
from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress
from tests.journeys.test_window_cart import a_code


async def set_plan(talk: Talk, *, included: int, over: str = "stop") -> None:
    async with talk.database.system_connection() as conn:
        await plans.put(
            conn,
            boutique_id=talk.boutique_id,
            name="Free",
            included=included,
            over=over,  # type: ignore[arg-type]
            extra_minor=500 if over == "bill" else 0,
            currency="KES",
        )


async def used(talk: Talk) -> MonthUsed:
    async with talk.database.system_connection() as conn:
        return (await plans.months(conn, boutique_id=talk.boutique_id))[0]


async def rows(talk: Talk, select: str) -> list[dict[str, Any]]:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        return await (await conn.execute(select.encode())).fetchall()


async def test_a_day_of_a_chat_is_one_conversation(talk: Talk, newcomer: Newcomer) -> None:
    # given a customer who writes several times, and another one
    await talk.say("hello")
    await talk.say("show me hats")
    other = await newcomer()
    await other.say("hi")
    assert (await used(talk)).used == 2

    # when she comes back a day later
    await talk.age("chat_sessions", "started_at", "25 hours")
    await talk.say("hello again")

    # then it is another conversation
    assert (await used(talk)).used == 3


async def test_who_comes_anew_is_left_to_people_and_told_once(
    talk: Talk, newcomer: Newcomer
) -> None:
    # given a plan of one conversation, which is under way
    await set_plan(talk, included=1)
    assert "Hat" in await talk.say("show me hats")

    # when somebody else comes
    other = await newcomer()
    said = [await other.say("show me hats"), await other.say("hello?")]

    # then a person answers her, which she is told once, and it is no conversation of the assistant
    assert "Hat" not in said[0]
    assert said[0] != ""
    assert said[1] == ""
    assert (await used(talk)).used == 1
    # and the conversation under way goes on
    assert "Amani" in await talk.say("show me dresses")


async def test_a_customer_with_a_cart_is_never_left(talk: Talk, newcomer: Newcomer) -> None:
    # given a customer with a hat in her cart, who comes back days later
    await talk.say("show me hats")
    await talk.say("the first one")
    assert len(await talk.cart()) == 1
    await talk.age("chat_sessions", "started_at", "50 hours")

    # when the plan is used up meanwhile
    await set_plan(talk, included=1)
    other = await newcomer()
    assert "Hat" not in await other.say("show me hats")

    # then she is served up to the prompt of M-Pesa, and her order after it
    await talk.say("checkout")
    await talk.say(ADDRESS)
    await talk.say("yes")
    order = await talk.order()
    assert order is not None
    await talk.age("chat_sessions", "started_at", "25 hours")
    assert await talk.say("where is my order?") != ""


async def test_who_brings_a_cart_is_not_left_either(talk: Talk, newcomer: Newcomer) -> None:
    # given a plan that is used up
    await set_plan(talk, included=1)
    await (await newcomer()).say("hello")

    # when a customer comes with the cart that she filled in the shop's window
    said = await talk.say(f"Cart {await a_code(talk, 'HAT')}")

    # then she is served, now and after it
    assert "Savannah Straw Hat" in said
    assert await talk.say("checkout") != ""


async def test_a_cart_of_whatsapp_is_not_left_either(talk: Talk, newcomer: Newcomer) -> None:
    await set_plan(talk, included=1)
    await (await newcomer()).say("hello")
    (hat,) = await rows(talk, "select sku from product_variants where sku like 'HAT%%' limit 1")
    item = {"product_retailer_id": hat["sku"], "quantity": 1}

    said = await talk.say("", kind="order", payload={"order": {"product_items": [item]}})

    assert "Savannah Straw Hat" in said


async def test_a_talk_that_comes_to_its_24_hours_goes_on(talk: Talk) -> None:
    # given a talk of a day, with a reply a moment ago, and a plan that is used up
    await talk.say("show me hats")
    await talk.age("chat_sessions", "started_at", "24 hours")
    await talk.age("messages", "created_at", "1 minute")
    await set_plan(talk, included=1)

    # when she goes on, then so does the assistant
    assert "Amani" in await talk.say("show me dresses")


async def test_what_was_done_about_a_wish_goes_with_its_last_customer(talk: Talk) -> None:
    # given words that the owner has dealt with
    await talk.say("zibunzi kolopa")
    (wish,) = await rows(talk, "select kind, subject from unmet_wishes")
    async with talk.database.system_connection() as conn:
        await conn.execute(
            "insert into unmet_wishes_done (boutique_id, kind, subject, how)"
            " values (%s, %s, %s, 'dismissed')",
            (talk.boutique_id, wish["kind"], wish["subject"]),
        )

    # when nothing is left of the customer who said them
    async with talk.database.system_connection() as conn:
        await conn.execute("delete from unmet_wishes")

    assert await rows(talk, "select * from unmet_wishes_done") == []


async def test_a_plan_that_bills_leaves_nobody(talk: Talk, newcomer: Newcomer) -> None:
    await set_plan(talk, included=0, over="bill")

    assert "Hat" in await talk.say("show me hats")
    assert (await used(talk)).used == 1


async def test_what_is_given_does_not_count(talk: Talk, newcomer: Newcomer) -> None:
    # given a plan that is used up
    await set_plan(talk, included=1)
    await talk.say("hello")
    async with talk.database.system_connection() as conn:
        await plans.give(
            conn, boutique_id=talk.boutique_id, conversations=5, reason="our own fault"
        )

    other = await newcomer()

    assert "Hat" in await other.say("show me hats")
    month = await used(talk)
    assert (month.conversations, month.gifts, month.used) == (2, 5, -3)


async def test_the_owner_is_warned_at_80_per_cent_and_at_the_end_once_each(
    talk: Talk, newcomer: Newcomer
) -> None:
    # given a plan of five, of which four are used
    await set_plan(talk, included=5)
    await talk.say("hello")
    for _ in range(2):
        await (await newcomer()).say("hello")
    assert await warn_owners(talk.services) == 0
    await (await newcomer()).say("hello")

    # when it is looked at twice, and twice again once the fifth is used
    told = [await warn_owners(talk.services), await warn_owners(talk.services)]
    await (await newcomer()).say("hello")
    told += [await warn_owners(talk.services), await warn_owners(talk.services)]

    # then she was told twice
    assert told == [1, 0, 1, 0]
    first, second = (await talk.owner_notes())[-2:]
    assert "4 of the 5 conversations" in first
    assert "All 5 conversations" in second


async def test_a_turn_tells_how_far_the_talk_came_and_what_was_wished_in_vain(talk: Talk) -> None:
    # given a customer who buys up to the total, and asks for what is not there
    await talk.say("do you deliver to Garissa?")
    await talk.say("show me hats")
    await talk.say("the first one")
    await talk.say("checkout")
    await talk.say(ADDRESS)

    # then her session has come as far, and the shop sees what it could not do
    (session,) = await rows(talk, "select * from chat_sessions")
    assert (session["shown"], session["in_cart"], session["quoted"]) == (True, True, True)
    assert session["turns"] == 5
    wishes = await rows(talk, "select kind, subject from unmet_wishes")
    assert {"kind": "delivery", "subject": "garissa"} in wishes


async def test_the_assistant_learns_words_and_answers_of_the_shop(talk: Talk) -> None:
    # given words that it does not understand
    await talk.say("hello")
    before = await talk.say("kofia ya jua iko? zibunzi")
    async with talk.database.system_connection() as conn:
        await conn.execute(
            "insert into synonyms (boutique_id, said, means) values (%s, 'zibunzi', 'hat')",
            (talk.boutique_id,),
        )
        await conn.execute(
            "insert into own_answers (boutique_id, asked, english)"
            " values (%s, 'alterations', 'Our tailor does, for KES 300.')",
            (talk.boutique_id,),
        )
    assert "zibunzi" not in before

    # when they are said again, within the minute in which it looks
    talk.handler._senses.assortments.forget(boutique_id=talk.boutique_id)
    shown = await talk.say("zibunzi")
    answered = await talk.say("do you guys do alterations here")

    # then it knows them
    assert "Savannah Straw Hat" in shown
    assert "Our tailor does, for KES 300." in answered


async def test_an_address_is_not_put_in_words_of_the_shop(talk: Talk) -> None:
    # given a shop whose customers call a dress dera
    async with talk.database.system_connection() as conn:
        await conn.execute(
            "insert into synonyms (boutique_id, said, means) values (%s, 'dera', 'dress')",
            (talk.boutique_id,),
        )

    # when one lives where the word is in the address
    for words in ("show me hats", "the first one", "checkout"):
        await talk.say(words)
    await talk.say("Ngong Road, Dera Plaza, house 4")
    await talk.say("yes")

    # then it is written down as she said it
    assert "Dera Plaza" in (await talk.order()).address


async def test_a_talk_in_which_a_person_wrote_is_not_the_assistants_alone(talk: Talk) -> None:
    # given an order that waits for its payment
    await order_a_wrap_dress(talk)

    # when a person of the shop writes, and she pays without another word
    await talk.happens("staff_message", by_note=False)
    await talk.mpesa("0")

    # then the talk knows of the person
    (session,) = await rows(talk, "select with_person from chat_sessions")
    assert session["with_person"] is True


async def test_an_order_is_of_one_session_where_two_became_one(
    talk: Talk, newcomer: Newcomer
) -> None:
    # given a customer who looked around under one name, and bought under another
    other = await newcomer(wa_user_id="KE.9")
    await other.say("show me hats")
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")

    # when they turn out to be one
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await customer_merge.merge(conn, kept_id=talk.customer_id, retired_id=other.customer_id)

    # then one of her two talks was paid
    today = datetime.now(ZoneInfo("Africa/Nairobi")).date()
    around = Span(today - timedelta(days=1), today + timedelta(days=1), ZoneInfo("Africa/Nairobi"))
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        chats = await reading.chats(conn, await reading.days_of(conn, around))
    assert (sum(day.sessions for day in chats), sum(day.paid for day in chats)) == (2, 1)
