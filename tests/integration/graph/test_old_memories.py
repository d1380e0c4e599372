"""A conversation that the version before left open: its next message is answered as if by it.

The rows are as that version wrote them; everything but the row (cart, order, payment) is real.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from dukani.core.database import Database
from dukani.core.store import memories, products
from dukani.graph.build import build_graph
from dukani.graph.checkpoints import ConversationSaver, thread_config
from dukani.graph.state import questions_in
from tests.journeys.conftest import open_boutique
from tests.journeys.talk import ADDRESS, Talk, begin_talk, order_a_wrap_dress
from tests.wiring import some_services, with_settings

Row = dict[str, Any]
OF_OLD = {"options", "question", "later"}


@pytest.fixture
async def talk(database: Database, tmp_path: Path) -> Any:
    async with some_services(database, tmp_path) as services:
        services = with_settings(services, conversation={"quiet_time_s": 0})
        boutique = await open_boutique(services)
        yield await begin_talk(services, boutique, phone="+254712300001")


# ── rows as they were written ───────────────────────────────────────────────

BEFORE: Row = {"language": "en", "introduced": True, "misunderstood": 0, "last_variant_id": None}


async def an_option(talk: Talk, sku: str, number: int = 1, **shown: Any) -> Row:
    """facts.Option, as `options` held them."""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        piece = next(sold for sold in await products.sold(conn) if sold.sku == sku)
    of_old = {name: value for name, value in asdict(piece).items() if name != "pattern"}
    return {"number": number, "colour": None, "image_path": None, **of_old, **shown}


def a_focus(option: Row, **known: Any) -> Row:
    piece = {name: option[name] for name in ("product_id", "sku", "name", "category")}
    return {**piece, "colour": None, "size": None, "quantity": None, "asked_size": None} | known


def a_search(*shown: Row, **wish: Any) -> Row:
    ids = [option["product_id"] for option in shown]
    return {"wish": wish, "photo": None, "shown": ids, "quantity": None}


async def remember(talk: Talk, **row: Any) -> None:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await memories.remember(conn, conversation_id=talk.conversation_id, state=BEFORE | row)


async def remembered(talk: Talk) -> Row:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        return await memories.recall(conn, conversation_id=talk.conversation_id)


async def after_the_update(talk: Talk, step: str, **row: Any) -> None:
    """The row of where the talk stands, as the version before had it: with all it kept."""
    now = await remembered(talk)
    hat = await an_option(talk, "HAT", colour="beige")
    await remember(
        talk,
        **{
            "step": step,
            "options": [hat],
            "search": a_search(hat, category="hat"),
            "focus": a_focus(hat, colour="beige"),
            "question": None,
            "later": [],
            "last_variant_id": now.get("last_variant_id"),
            "address": {"text": ADDRESS},
            "order_id": now.get("order_id"),
            "quote": None,
        }
        | row,
    )


async def attempts(talk: Talk) -> int:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        row = await (await conn.execute("select count(*)::int as n from payments")).fetchone()
    assert row is not None
    return int(row["n"])


# ── choosing ────────────────────────────────────────────────────────────────


async def test_a_number_is_of_the_list_that_was_shown(talk: Talk) -> None:
    wrap, maxi = await an_option(talk, "WRAP"), await an_option(talk, "MAXI", 2)
    await remember(
        talk,
        step="products_found",
        options=[wrap, maxi],
        focus=None,
        question=None,
        search=a_search(wrap, maxi, category="dress", budget_max_minor=600000),
    )

    await talk.say("the second one, yellow, size L")

    assert await talk.cart() == [("Malkia Ankara Maxi Dress", "yellow", "L", 1)]
    assert (await remembered(talk)).keys().isdisjoint(OF_OLD)


async def test_how_many_were_looked_for_still_holds(talk: Talk) -> None:
    wrap, maxi = await an_option(talk, "WRAP"), await an_option(talk, "MAXI", 2)
    search = a_search(wrap, maxi, category="dress", size="M") | {"quantity": 2}
    await remember(talk, step="products_found", options=[wrap, maxi], focus=None, search=search)

    await talk.say("the first, in blue")

    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 2)]


async def test_yes_takes_the_piece_that_was_offered(talk: Talk) -> None:
    hat = await an_option(talk, "HAT", colour="beige")
    await remember(
        talk,
        step="products_found",
        options=[hat],
        focus=a_focus(hat, colour="beige"),
        question="take_it",
        search=a_search(hat, category="hat"),
    )

    await talk.say("yes")

    assert await talk.cart() == [("Savannah Straw Hat", "beige", "ONE", 1)]


async def test_an_answer_completes_what_was_asked_and_the_checkout_that_waited(talk: Talk) -> None:
    # given "the wrap dress and checkout", whose colour was asked
    wrap = await an_option(talk, "WRAP")
    await remember(
        talk,
        step="size_recommended",
        options=[wrap],
        focus=a_focus(wrap),
        question="colour",
        later=[{"kind": "checkout"}],
        search=a_search(wrap, category="dress"),
    )

    # when
    await talk.say("blue")
    said = await talk.say("M")

    # then the dress is in the cart, and the way to the till goes on
    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]
    assert "Where shall we deliver?" in said


async def test_a_size_said_after_one_that_is_sold_out(talk: Talk) -> None:
    gown = await an_option(talk, "GOWN", colour="red")
    await remember(
        talk,
        step="size_recommended",
        options=[gown],
        focus=a_focus(gown, colour="red", asked_size="L"),
        question="size",
        search=a_search(gown, category="dress", size="L", colour="red", words="gown"),
    )

    await talk.say("M then")

    assert await talk.cart() == [("Malaika Lace Gown", "red", "M", 1)]


async def test_another_colour_keeps_the_size_that_was_sold_out_in_the_first(talk: Talk) -> None:
    tee = await an_option(talk, "TEE", colour="red")
    await remember(
        talk,
        step="size_recommended",
        options=[tee],
        focus=a_focus(tee, asked_size="M"),
        question="colour",
        search=a_search(tee, category="t-shirt"),
    )

    await talk.say("black")

    assert await talk.cart() == [("Mtaa Graphic T-shirt", "black", "M", 1)]


async def test_a_second_piece_that_was_picked_is_not_lost(talk: Talk) -> None:
    # given "the first and the second", of which the first one's size was asked
    wrap, hat = await an_option(talk, "WRAP"), await an_option(talk, "HAT", 2)
    await remember(
        talk,
        step="size_recommended",
        options=[wrap, hat],
        focus=a_focus(wrap, colour="blue"),
        question="size",
        later=[{"kind": "select_option", "option": 2}],
        search=a_search(wrap, hat),
    )

    # when
    await talk.say("M")
    said = await talk.say("checkout")

    # then it is asked for before the total
    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]
    assert "Savannah Straw Hat" in said


# ── the cart and the total ──────────────────────────────────────────────────


async def with_a_wrap_dress(talk: Talk) -> None:
    await talk.say("I want the Amani wrap dress in blue, size M")
    assert await talk.cart() == [("Amani Wrap Dress", "blue", "M", 1)]


async def test_the_piece_last_put_in_is_changed_and_not_put_in_again(talk: Talk) -> None:
    # that version kept the piece in focus after it was in the cart
    await with_a_wrap_dress(talk)
    wrap = await an_option(talk, "WRAP")
    await after_the_update(talk, "cart_updated", focus=a_focus(wrap, colour="blue"), options=[wrap])

    await talk.say("make it size L")

    assert await talk.cart() == [("Amani Wrap Dress", "blue", "L", 1)]


@pytest.mark.parametrize(
    ("words", "answer", "address"),
    [("yes", "Reply *YES* to pay", "Umoja 2"), ("no", "Where shall we deliver?", None)],
)
async def test_the_address_that_was_offered_counts_with_a_yes_only(
    talk: Talk, words: str, answer: str, address: str | None
) -> None:
    await with_a_wrap_dress(talk)
    await after_the_update(
        talk,
        "awaiting_delivery_address",
        question="last_address",
        address={"text": "Umoja 2", "offered": True},
    )

    assert answer in await talk.say(words)
    assert ((await remembered(talk)).get("address") or {}).get("text") == address


async def test_an_offered_address_is_never_where_an_order_goes_unasked(talk: Talk) -> None:
    await with_a_wrap_dress(talk)
    await after_the_update(
        talk,
        "awaiting_delivery_address",
        question="last_address",
        address={"text": "Umoja 2", "offered": True},
    )

    said = await talk.say("checkout")

    assert "Reply *YES* to pay" not in said


async def test_a_yes_to_a_total_of_the_version_before_shows_it_again(talk: Talk) -> None:
    # given a total as it was remembered: with neither delivery nor address
    await with_a_wrap_dress(talk)
    variant = (await remembered(talk))["last_variant_id"]
    quote = {"total_minor": 450000, "pieces": {variant: [1, 450000]}, "phone": "+254712300001"}
    await after_the_update(talk, "awaiting_confirmation", quote=quote)

    # when
    said = await talk.say("yes")

    # then nothing is charged before it is seen, with all that is in it now
    assert await attempts(talk) == 0
    assert "Reply *YES* to pay" in said and ADDRESS in said and "4,500" in said
    await talk.say("yes")
    assert await attempts(talk) == 1
    assert (await talk.payment()).amount_minor == 450000


async def test_an_edit_at_the_total_shows_the_new_one(talk: Talk) -> None:
    await with_a_wrap_dress(talk)
    await after_the_update(talk, "awaiting_confirmation")

    said = await talk.say("make it two")

    assert "Reply *YES* to pay" in said and "9,000" in said
    assert await attempts(talk) == 0


async def test_the_number_that_pays_was_asked(talk: Talk) -> None:
    # given a customer known by a user id only
    talk = await begin_talk(talk.services, talk.boutique_id, phone=None, wa_user_id="KE.1")
    await with_a_wrap_dress(talk)
    await after_the_update(talk, "awaiting_confirmation", question="payment_phone")

    said = await talk.say("0722000111")

    assert "Reply *YES* to pay" in said and "111" in said


# ── the money ───────────────────────────────────────────────────────────────


async def test_a_prompt_that_was_out_is_settled(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await after_the_update(talk, "payment_initiated")

    said = await talk.mpesa("0")

    assert "Payment received" in said
    assert (await talk.order()).payment_status == "paid"
    assert await talk.step() == "order_completed"


async def test_while_a_prompt_is_out_no_second_one_leaves(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await after_the_update(talk, "payment_initiated")

    for words in ("yes", "send it again", "make it two"):
        await talk.say(words)

    assert await attempts(talk) == 1


@pytest.mark.parametrize("words", ["yes", "send it again", "pay"])
async def test_after_a_failure_the_order_is_shown_before_another_prompt(
    talk: Talk, words: str
) -> None:
    # given a payment that failed, whose sum nothing remembers as shown
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    first = await talk.order()
    await after_the_update(talk, "payment_failed")

    # when
    said = await talk.say(words)

    # then
    assert await attempts(talk) == 1
    assert "4,500" in said and ADDRESS in said
    await talk.say("yes")
    assert await attempts(talk) == 2
    assert (await talk.payment()).order_id == first.id


async def test_after_a_failure_an_edit_reopens_the_order(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("1032")
    await after_the_update(talk, "payment_failed")

    said = await talk.say("make it two")

    assert "Reply *YES* to pay" in said and "9,000" in said
    assert await attempts(talk) == 1


# ── what no version knows any more ──────────────────────────────────────────


async def test_what_no_longer_fits_is_forgotten_and_the_turn_goes_on(talk: Talk) -> None:
    wrap, hat = await an_option(talk, "WRAP"), await an_option(talk, "HAT", 2, colour="beige")
    del wrap["price_minor"]
    await remember(
        talk,
        step="products_found",
        options=[wrap, hat],
        focus={"sku": "WRAP"},
        question="collar",
        later=[{"kind": "tailor"}],
        search=None,
    )

    with capture_logs() as logs:
        await talk.say("the second one")

    assert await talk.cart() == [("Savannah Straw Hat", "beige", "ONE", 1)]
    assert {"memory_forgotten", "old_memory_left_out"} <= {log["event"] for log in logs}


async def test_a_question_of_this_version_that_no_longer_fits_is_forgotten_too(talk: Talk) -> None:
    hat = await an_option(talk, "HAT", colour="beige")
    broken = {"field": "size", "completes": {"kind": "add", "option": 1}}
    await remember(talk, step="products_found", lists=[[hat]], questions=[broken])

    await talk.say("I'll take it")

    assert await talk.cart() == [("Savannah Straw Hat", "beige", "ONE", 1)]
    assert (await remembered(talk))["questions"] == []


async def test_the_state_of_an_old_memory_can_be_looked_at_and_updated(talk: Talk) -> None:
    # given
    hat = await an_option(talk, "HAT", colour="beige")
    focus = a_focus(hat, colour="beige")
    await remember(talk, step="products_found", options=[hat], focus=focus, question="take_it")
    config = thread_config(boutique_id=talk.boutique_id, conversation_id=talk.conversation_id)

    # when it is looked at and set, as from a tool
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        saver = ConversationSaver(
            conn, boutique_id=talk.boutique_id, conversation_id=talk.conversation_id
        )
        machine = build_graph(saver)
        found = (await machine.aget_state(config)).values
        await machine.aupdate_state(config, {"language": "sw"})

    # then
    assert [question.field for question in questions_in(found)] == ["take_it"]
    row = await remembered(talk)
    assert row.keys().isdisjoint(OF_OLD) and row["language"] == "sw"
    assert row["lists"] == [[hat]]
