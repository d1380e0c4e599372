"""What is said while the M-Pesa prompt is open: kept as it was meant, used when it is over."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.store import delivery_zones
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.domain.acts import (
    Add,
    ChangeQuantity,
    Checkout,
    Confirm,
    Remove,
    Search,
    Set,
    SetAddress,
    Target,
    Values,
)
from tests.journeys.talk import Talk, order_a_wrap_dress
from tests.journeys.told import HAT, MAXI, TEE, WRAP, does, piece, shown_the_total

CANCELLED, PAID = "1032", "0"
KILIMANI, KAREN = "Kilimani, Rose Apartments B4", "Karen, Hardy Road 5"


async def prompted(talk: Talk, *pieces: Add) -> None:
    await shown_the_total(talk, *pieces)
    await does(talk, Confirm())
    assert await talk.step() == "payment_initiated"


async def with_zones(talk: Talk) -> None:
    async with talk.database.system_connection() as conn:
        for name, fee_minor in (("Kilimani", 20000), ("Karen", 50000), ("Hurlingham", 20000)):
            zone = DeliveryZone(name=name, aliases=[], fee_minor=fee_minor)
            await delivery_zones.put(conn, zone, boutique_id=talk.boutique_id)


async def requests_of(talk: Talk) -> list[dict[str, Any]]:
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        cursor = await conn.execute("select kind, words, details from requests order by created_at")
        return list(await cursor.fetchall())


# ── edits ───────────────────────────────────────────────────────────────────


async def test_an_edit_means_what_was_in_view_when_it_was_said(talk: Talk) -> None:
    # given "remove the second option's piece", said of the list she had before her
    await prompted(talk, piece(WRAP, "blue", "M"))
    await does(talk, Search(category="hat"))
    await does(talk, Add(target=Target(option=1)))

    # when she looks at something else before the prompt fails
    await does(talk, Search(category="t-shirt"))
    said = await talk.mpesa(CANCELLED)

    # then the hat is put in, and the new total is shown
    assert await talk.cart() == [(WRAP, "blue", "M", 1), (HAT, "beige", "ONE", 1)]
    assert "KES 6,000" in said
    assert len(await talk.cart()) == 2 and TEE not in said


@pytest.mark.parametrize(("another", "hats"), [(False, 1), (True, 2)])
async def test_a_piece_asked_for_again_is_the_same_unless_it_is_another(
    talk: Talk, another: bool, hats: int
) -> None:
    # given a prompt that is out, and a hat asked for twice, as nothing seemed to happen
    await prompted(talk, piece(WRAP, "blue", "M"))
    await does(talk, Search(category="hat"))
    for _ in range(2):
        await does(talk, Add(target=Target(option=1), another=another))

    # when the prompt fails
    await talk.mpesa(CANCELLED)

    # then it is in once, and twice where each was said to be one more
    assert await talk.cart() == [(WRAP, "blue", "M", 1), (HAT, "beige", "ONE", hats)]


async def test_an_ambiguous_edit_is_asked_about_when_it_is_applied(talk: Talk) -> None:
    # given a change of one of two dresses, and it is not said which
    await prompted(talk, piece(WRAP, "blue", "M"), piece(MAXI, "green", "M"))
    kept = await does(talk, Remove(target=Target(category="dress")))
    assert "noted your change" in kept

    # when the prompt fails, then it is asked, and the answer completes it
    assert "Which" in await talk.mpesa(CANCELLED)
    said = await does(talk, Set(target=Target(line=1)))
    assert await talk.cart() == [(MAXI, "green", "M", 1)]
    assert "KES 5,200" in said


async def test_an_ambiguous_edit_can_be_answered_while_the_prompt_is_out(talk: Talk) -> None:
    await prompted(talk, piece(WRAP, "blue", "M"), piece(MAXI, "green", "M"))
    await does(talk, Remove(target=Target(category="dress")))
    await does(talk, Remove(target=Target(name=WRAP)))
    await talk.mpesa(CANCELLED)
    assert await talk.cart() == [(MAXI, "green", "M", 1)]


async def test_it_is_the_line_whose_change_was_kept(talk: Talk) -> None:
    await prompted(talk, piece(WRAP, "blue", "M"), piece(HAT))
    await does(talk, Set(target=Target(name=WRAP), values=Values(size="S"), change=True))
    await does(talk, ChangeQuantity(target=Target(pointed="it"), by=1))
    await talk.mpesa(CANCELLED)
    assert await talk.cart() == [(WRAP, "blue", "S", 2), (HAT, "beige", "ONE", 1)]


async def test_what_is_not_in_the_order_is_said_at_once(talk: Talk) -> None:
    await prompted(talk, piece(WRAP, "blue", "M"))
    said = await does(talk, Remove(target=Target(name=HAT)))
    assert "not in your cart" in said and "noted your change" not in said


async def test_a_paid_prompt_leaves_her_words_to_the_shop(talk: Talk) -> None:
    await prompted(talk, piece(WRAP, "blue", "M"))
    await does(talk, ChangeQuantity(by=1), text="add one more please")
    said = await talk.mpesa(PAID)
    assert "passed your wish on" in said
    [request] = await requests_of(talk)
    assert (request["kind"], request["words"]) == ("order_change", "add one more please")
    assert any("add one more please" in note for note in await talk.owner_notes())


async def test_no_second_prompt_leaves_while_one_is_out(talk: Talk) -> None:
    await prompted(talk, piece(WRAP, "blue", "M"))
    first = await talk.payment()
    for act in (Confirm(), Checkout()):
        await does(talk, act)
    await does(talk, ChangeQuantity(by=1), Confirm())
    assert (await talk.payment()).id == first.id


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("yes", "waiting for M-Pesa"),
        ("ndiyo", "Nasubiri M-Pesa"),
        ("yes bana, ni sawa tu", "Nasubiri M-Pesa"),
    ],
)
async def test_another_yes_is_answered_by_how_the_prompt_stands(
    talk: Talk, words: str, answer: str
) -> None:
    await order_a_wrap_dress(talk)
    first = await talk.payment()

    # when she says yes again, thrice in one breath
    for _ in range(3):
        await talk.write(words)
    said = await talk.turn()

    # then she is told once, and no second prompt leaves
    assert said.count(answer) == 1
    assert (await talk.payment()).id == first.id


@pytest.mark.parametrize(
    ("change", "words", "answer"),
    [
        ("I wanted size S, not M", "yes send it now", "press cancel there"),
        ("subiri, ziwe mbili", "ndiyo tuma upya", "lighairi huko"),
    ],
)
async def test_a_yes_behind_a_change_is_not_sent_to_the_old_prompt(
    talk: Talk, change: str, words: str, answer: str
) -> None:
    # given a change while the prompt is out
    await order_a_wrap_dress(talk)
    first = await talk.payment()
    await talk.write(change)
    await talk.turn()

    # when she asks for the new prompt
    await talk.write(words)
    said = await talk.turn()

    # then she is told to cancel the old one, and sees the new total behind it
    assert answer in said and "PIN there" not in said
    assert (await talk.payment()).id == first.id
    assert "KES" in await talk.mpesa(CANCELLED)


async def test_a_yes_long_after_the_prompt_has_mpesa_asked(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        await conn.execute(
            "update payments set sent_at = now() - interval '2 minutes',"
            " created_at = now() - interval '2 minutes'"
        )
    assert "checking with M-Pesa" in await talk.say("yes")


# ── the address, and what delivery there costs ──────────────────────────────


async def test_an_address_in_another_zone_is_quoted_anew_after_a_failure(talk: Talk) -> None:
    # given a prompt with delivery to Kilimani in its sum
    await with_zones(talk)
    await prompted(talk, piece(HAT))
    assert (await talk.payment()).amount_minor == 170000

    # when it is to go to Karen, and the prompt fails
    kept = await does(talk, SetAddress(text=KAREN, change=True))
    assert "KES 1,700" in kept and (await talk.order()).address == KILIMANI
    said = await talk.mpesa(CANCELLED)

    # then the order is open again with the new fee, and only a yes to that is charged
    assert KAREN in said and "KES 2,000" in said
    assert await talk.step() == "awaiting_confirmation"
    await does(talk, Confirm())
    assert (await talk.payment()).amount_minor == 200000
    assert (await talk.order()).address == KAREN


async def test_an_address_in_another_zone_after_a_failure_is_quoted_anew(talk: Talk) -> None:
    await with_zones(talk)
    await prompted(talk, piece(HAT))
    await talk.mpesa(CANCELLED)
    said = await does(talk, SetAddress(text=KAREN, change=True))
    assert "KES 2,000" in said and await talk.step() == "awaiting_confirmation"
    await does(talk, Confirm())
    assert (await talk.payment()).amount_minor == 200000


async def test_paid_with_another_fee_the_shop_agrees_the_difference(talk: Talk) -> None:
    # given an address in another zone, said while the prompt was out
    await with_zones(talk)
    await prompted(talk, piece(HAT))
    await does(talk, SetAddress(text=KAREN, change=True))

    # when the prompt is paid
    said = await talk.mpesa(PAID)

    # then it goes to the new address, both are told of the difference, nobody is charged
    order = await talk.order()
    assert (order.address, order.total_minor, order.delivery_minor) == (KAREN, 170000, 20000)
    assert "KES 500" in said and "confirm the difference" in said
    [request] = await requests_of(talk)
    assert request["kind"] == "address_change"
    assert request["details"] == {"fee_paid_minor": 20000, "fee_now_minor": 50000}
    assert any("KES 500" in note and KAREN in note for note in await talk.owner_notes())
    assert (await talk.payment()).attempt == 1


async def test_a_paid_order_that_moves_to_another_zone_has_its_fee_agreed(talk: Talk) -> None:
    await with_zones(talk)
    await prompted(talk, piece(HAT))
    await talk.mpesa(PAID)
    said = await does(talk, SetAddress(text=KAREN, change=True))
    assert KAREN in said and "confirm the difference" in said
    assert len(await requests_of(talk)) == 1


async def test_another_address_for_the_same_fee_is_only_changed(talk: Talk) -> None:
    await with_zones(talk)
    await prompted(talk, piece(HAT))
    await does(talk, SetAddress(text=KAREN, change=True))
    await does(talk, SetAddress(text="Hurlingham, Argwings Kodhek 3", change=True))
    said = await talk.mpesa(PAID)
    assert (await talk.order()).address == "Hurlingham, Argwings Kodhek 3"
    assert "difference" not in said
    assert await requests_of(talk) == []


# ── the old prompt is paid late ─────────────────────────────────────────────


async def test_late_money_ends_the_cart_that_the_order_became(talk: Talk) -> None:
    # given a change said while the prompt was out, and a prompt that failed
    await prompted(talk, piece(WRAP, "blue", "M"))
    await does(talk, piece(HAT))
    await talk.mpesa("1037")
    assert len(await talk.cart()) == 2

    # when the old prompt is paid after all
    said = await talk.mpesa(PAID)

    # then nothing is left to be paid besides it, and the shop hears what else she wanted
    assert await talk.cart() == []
    assert "don't pay again" in said.lower() or "not pay again" in said.lower()
    [request] = await requests_of(talk)
    assert [line["name"] for line in request["details"]["wanted"]] == [WRAP, HAT]
    await does(talk, Confirm())
    await does(talk, Checkout())
    assert await talk.step() != "payment_initiated"


async def test_late_money_of_an_order_that_is_as_it_was_asks_nothing_of_the_shop(
    talk: Talk,
) -> None:
    await prompted(talk, piece(WRAP, "blue", "M"))
    await talk.mpesa("1037")
    await does(talk, ChangeQuantity(by=1))
    await does(talk, ChangeQuantity(by=-1))
    await talk.mpesa(PAID)
    assert await talk.cart() == []
    assert await requests_of(talk) == []
