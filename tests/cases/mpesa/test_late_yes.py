"""A yes that comes late is no yes to a total that was told after it was written."""

from __future__ import annotations

from tests.cases.mpesa.money import MoneyShop, result

LATE = ("yes", "pay", "send it", "ndio")
LOW_BALANCE = result(1, "The balance is insufficient for the transaction.")


async def test_a_yes_written_before_the_total_was_told_asks_again(by_daraja: MoneyShop) -> None:
    # given a total she was just shown
    await by_daraja.is_shown_the_total()

    # when a yes comes that she wrote a minute ago, in any words
    said = [await by_daraja.says(words, seconds_ago=60) for words in LATE]

    # then nothing is ordered: she is asked again each time
    assert by_daraja.prompts == 0
    asked = ["Reply *YES*" in words or "*NDIYO*" in words for words in said]
    assert dict(zip(LATE, asked, strict=True)) == dict.fromkeys(LATE, True)

    # and what she writes to that is a yes
    await by_daraja.says("yes")
    assert by_daraja.prompts == 1


async def test_a_late_yes_beside_other_words_agrees_to_nothing(by_daraja: MoneyShop) -> None:
    # given a total, and a late yes that waits when she thanks
    await by_daraja.is_shown_the_total()
    await by_daraja.writes("yes", seconds_ago=60)

    await by_daraja.says("thanks")

    assert by_daraja.prompts == 0


async def test_a_late_word_to_send_it_again_is_asked_about(by_daraja: MoneyShop) -> None:
    # given a payment that failed just now
    await by_daraja.orders()
    await by_daraja.calls_back(LOW_BALANCE)

    # when "send it again" comes that was written before
    said = await by_daraja.says("send it again", seconds_ago=60)

    # then the total is shown before anything leaves
    assert by_daraja.prompts == 1
    assert "1,200" in said
    await by_daraja.says("yes")
    assert by_daraja.prompts == 2
