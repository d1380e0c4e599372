"""How people write the number that is to pay, and what is none."""

from __future__ import annotations

from tests.cases.mpesa.money import MoneyShop, result

LOW_BALANCE = result(1, "The balance is insufficient for the transaction.")
NUMBERS = [
    ("use this number 0712.345.680", "680"),
    ("use this number +254 (0)712 345 681", "681"),
    ("use this number +254\u2011712\u2011345\u2011682", "682"),
    ("use this number 00254712345684", "684"),
    ("use this number \u0660\u0667\u0661\u0662\u0663\u0664\u0665\u0666\u0668\u0665", "685"),
    ("use this number +254 (0) 712 345 686", "686"),
    ("use this number 254-712\u2011345\u2011687", "687"),
    ("use this number 712345688", "688"),
    ("tumia namba hii 07 12 34 56 89", "689"),
    ("use this number: 0712/345/690.", "690"),
    ("use \u202a+254\xa0712\xa0345\xa0691\u202c please", "691"),
    ("use this number tel:+254-712-345-692", "692"),
    ("use this number wa.me/254712345693", "693"),
    ("use this number \uff10\uff17\uff11\uff12\uff13\uff14\uff15\uff16\uff19\uff14", "694"),
    # their neighbours
    ("use this number https://wa.me/254712345695?text=hi", "695"),
    ("use this number https://api.whatsapp.com/send?phone=254712345696", "696"),
    ("use this number whatsapp:+254712345697", "697"),
    ("use this number \u06f0\u06f7\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f9\u06f8", "698"),
    ("use this number 0712\u2013345\u2013699", "699"),
    ("use this number 0712_345_684", "684"),
]


async def test_a_number_is_understood_as_it_is_written(by_daraja: MoneyShop) -> None:
    # given a payer whose balance was too low
    await by_daraja.orders()
    await by_daraja.calls_back(LOW_BALANCE)

    # when one number after the other is named, then each is shown before any prompt
    misread = [words for words, ending in NUMBERS if ending not in await by_daraja.says(words)]
    assert misread == []
    assert by_daraja.prompts == 1

    # and her yes sends the prompt to the last
    await by_daraja.says("yes")
    assert by_daraja.daraja.pushes[-1]["PhoneNumber"] == f"254712345{NUMBERS[-1][1]}"


async def test_a_newer_number_is_asked_by_daraja_itself(by_paylink: MoneyShop) -> None:
    await by_paylink.orders()
    await by_paylink.calls_back(LOW_BALANCE)

    await by_paylink.says("use this number 0112 345 695")
    await by_paylink.says("yes")

    assert [push["PhoneNumber"] for push in by_paylink.daraja.pushes] == ["254112345695"]
    assert len(by_paylink.paylink.calls) == 1


NO_NUMBERS = [
    "use this number 0712 345 68",
    "use this number 07123456811",
    "use this number +255 712 345 681",
    "use this number 0202 345 681",
    "use the number of order 1042",
    # their neighbours
    "use this number +256 712 345 681",
    "use this number +44 7911 123456",
    "use this number 254 712 345 6811",
    "use this number 712 345 68",
    "use this number 020 2345681",
]


async def test_what_is_no_number_of_m_pesas_gets_no_prompt(by_daraja: MoneyShop) -> None:
    # given a payer whose balance was too low
    await by_daraja.orders()
    await by_daraja.calls_back(LOW_BALANCE)

    # when something else than a number of M-Pesa's is named, then she is asked for one
    unasked = [words for words in NO_NUMBERS if "number" not in (await by_daraja.says(words))]
    assert unasked == []
    assert by_daraja.prompts == 1

    # and her yes sends nothing to a number made of it
    await by_daraja.says("yes")
    assert {push["PhoneNumber"] for push in by_daraja.daraja.pushes} == {"254712000001"}
