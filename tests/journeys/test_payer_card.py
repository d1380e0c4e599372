"""A contact card at the payment step: its number is offered as the payer's, and nothing more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress

HUSBAND = "+254 711 223344"


def a_card(*phones: str) -> dict[str, Any]:
    return {"contacts": [{"name": "Baba Asha", "phones": list(phones)}]}


async def share(talk: Talk, *phones: str) -> str:
    return await talk.say("", kind="contacts", payload=a_card(*phones))


async def up_to_the_total(talk: Talk) -> str:
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("size M")
    await talk.say("checkout")
    return await talk.say(ADDRESS)


async def test_after_a_low_balance_the_card_of_another_payer_is_offered(talk: Talk) -> None:
    # given a payment that failed for want of money
    await order_a_wrap_dress(talk)
    await talk.mpesa("1")
    first = (await talk.payment()).id

    # when she shares her husband's contact
    said = await share(talk, HUSBAND)

    # then he is offered by his full number, and nothing is pushed
    assert "Shall I send the M-Pesa prompt to *0711 223 344*?" in said
    assert "KES 4,500" in said
    assert (await talk.payment()).id == first

    # and her yes sends it to him
    assert "+254 7•• ••• 344" in await talk.say("yes")
    assert (await talk.payment()).id != first
    assert (await talk.payment()).phone == "+254711223344"


async def test_at_the_total_a_yes_pays_with_the_card(talk: Talk) -> None:
    await up_to_the_total(talk)
    await share(talk, "0711 223 344")

    await talk.say("ndiyo")

    assert (await talk.payment()).phone == "+254711223344"


async def test_a_no_keeps_her_own_number(talk: Talk) -> None:
    # given a card offered at the total
    total = await up_to_the_total(talk)
    own = next(line for line in total.splitlines() if "+254" in line)
    await share(talk, HUSBAND)

    # when she says no, then the total is shown with her own number
    assert own in await talk.say("no")

    # and her yes is to that
    await talk.say("yes")
    assert (await talk.payment()).phone != "+254711223344"


async def test_other_words_after_the_offer_agree_to_nothing(talk: Talk) -> None:
    await up_to_the_total(talk)
    await share(talk, HUSBAND)

    await talk.say("how long does delivery take?")

    with pytest.raises(AssertionError, match="nothing was ordered"):
        await talk.payment()


async def test_a_yes_in_the_same_breath_as_the_card_is_no_yes(talk: Talk) -> None:
    # given the total, shown with her own number
    await up_to_the_total(talk)

    # when she says yes and shares a card
    await talk.write("yes, let him pay")
    said = await share(talk, HUSBAND)

    # then she is asked before anything is sent
    assert "0711 223 344" in said
    with pytest.raises(AssertionError, match="nothing was ordered"):
        await talk.payment()


@pytest.mark.parametrize("answer", ["2", "the second one", "ya pili", "0722 000 111"])
async def test_of_several_numbers_it_is_asked_which(talk: Talk, answer: str) -> None:
    # given a card with two numbers
    await up_to_the_total(talk)
    said = await share(talk, HUSBAND, "0722000111")
    assert "1. 0711 223 344" in said and "2. 0722 000 111" in said

    # when one is chosen, then the total is shown with it and waits for a yes
    assert "+254 7•• ••• 111" in await talk.say(answer)
    await talk.say("yes")
    assert (await talk.payment()).phone == "+254722000111"


async def test_while_a_prompt_is_out_nothing_more_is_sent(talk: Talk) -> None:
    # given a prompt on her phone
    await order_a_wrap_dress(talk)
    first = (await talk.payment()).id

    # when she shares a card
    said = await share(talk, HUSBAND)

    # then it waits for the prompt to end
    assert "still open" in said and "0711 223 344" in said
    assert (await talk.payment()).id == first

    # and after it failed a yes shows the total with the new number before anything leaves
    await talk.mpesa("1032")
    assert "+254 7•• ••• 344" in await talk.say("yes")
    await talk.say("yes")
    assert (await talk.payment()).phone == "+254711223344"


@pytest.mark.parametrize("phones", [(), ("",), ("12",), ("not a number",)])
async def test_a_card_without_a_usable_number_is_said(talk: Talk, phones: tuple[str, ...]) -> None:
    await up_to_the_total(talk)

    said = await share(talk, *phones)

    assert "no mobile number on that card" in said
    # and the total stands: her yes pays with her own number
    await up_to_yes(talk)
    assert (await talk.payment()).phone.startswith("+2547123")


async def up_to_yes(talk: Talk) -> None:
    for _ in range(2):
        if "Reply *YES*" in "\n".join(talk.said):
            await talk.say("yes")
            return
        await talk.say("checkout")


async def test_elsewhere_a_card_gets_a_kind_word(talk: Talk) -> None:
    await talk.say("show me hats")

    said = await share(talk, HUSBAND)

    assert "Thanks for the contact" in said
    await talk.say("1")
    assert await talk.cart() != [] or "hat" in "\n".join(talk.said).lower()


async def test_in_swahili_she_is_asked_in_swahili(talk: Talk) -> None:
    await talk.say("nataka gauni la bluu la ofisi")
    await talk.say("ya kwanza")
    await talk.say("M")
    await talk.say("nalipa")
    await talk.say(ADDRESS)

    assert "Nitume ombi la M-Pesa kwa *0711 223 344*?" in await share(talk, HUSBAND)
