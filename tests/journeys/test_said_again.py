"""The assistant never says the same twice running, and a mind may know what was said before."""

from __future__ import annotations

from dukani.domain.acts import Checkout, Confirm, Repeat, Search, Set, Thanks, Values, ViewOrder
from tests.journeys.talk import Talk, order_a_wrap_dress
from tests.journeys.told import (
    HAT,
    WRAP,
    MindWithHistory,
    ToldMind,
    does,
    has_in_the_cart,
    piece,
    shown_the_total,
    with_mind,
)


async def test_a_question_asked_again_lists_its_choices(talk: Talk) -> None:
    # given a size that is asked for
    await does(talk, Thanks())
    first = await does(talk, piece(WRAP, "blue"))

    # when what is said does not answer it
    again = await does(talk, piece(WRAP, "blue"))

    # then the same is asked in other words
    assert again != first
    assert "• *M*" in again
    assert await talk.cart() == []


async def test_what_has_no_other_words_offers_a_person(talk: Talk) -> None:
    await does(talk, Search(category="hat"))
    first = await does(talk, Thanks())
    again = await does(talk, Thanks())
    assert again != first and "*person*" in again


async def test_repeated_at_her_wish_it_is_the_same(talk: Talk) -> None:
    await does(talk, Thanks())
    first = await does(talk, piece(WRAP, "blue"))
    assert await does(talk, Repeat()) == first


async def test_the_cart_is_shown_again_as_it_is(talk: Talk) -> None:
    await has_in_the_cart(talk, piece(HAT))
    first = await does(talk, ViewOrder())
    assert await does(talk, ViewOrder()) == first


async def test_the_total_is_shown_again_as_it_is(talk: Talk) -> None:
    first = await shown_the_total(talk, piece(HAT))
    again = await does(talk, ViewOrder())
    assert "KES 1,500" in first and "KES 1,500" in again and "other words" not in again


async def test_while_a_prompt_is_out_she_is_told_in_other_words(talk: Talk) -> None:
    await shown_the_total(talk, piece(HAT))
    await does(talk, Confirm())
    first = await does(talk, Checkout())
    assert await does(talk, Checkout()) != first


async def test_a_mind_that_wants_it_gets_the_last_six_messages(talk: Talk) -> None:
    # given more than six messages of both sides, and one of staff
    mind = MindWithHistory()
    with_mind(talk, mind)
    for text in ("habari", "kofia iko?", "ni ngapi?"):
        await does(talk, Thanks(), text=text)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            "insert into messages (boutique_id, conversation_id, direction, author, kind, body,"
            " provider, status) "
            "values (%s, %s, 'out', 'staff', 'text', 'Karibu', 'twilio', 'sent')",
            (talk.boutique_id, talk.conversation_id),
        )

    # when she writes
    await does(talk, Set(values=Values(quantity=2)), text="mbili")

    # then it knows what was said before her words, oldest first, and not the words themselves
    history = mind.contexts[-1].history
    assert len(history) == 6
    assert history[-1].model_dump() == {"author": "staff", "text": "Karibu"}
    assert [one.author for one in history[:-1]] == [
        "assistant", "customer", "assistant", "customer", "assistant",
    ]  # fmt: skip
    assert [one.text for one in history if one.author == "customer"] == ["kofia iko?", "ni ngapi?"]
    assert mind.contexts[0].history == ()


async def test_a_mind_that_does_not_ask_gets_no_history(talk: Talk) -> None:
    mind = ToldMind()
    await order_a_wrap_dress(talk)
    with_mind(talk, mind)
    await does(talk, Thanks())
    assert mind.contexts[-1].history == ()
