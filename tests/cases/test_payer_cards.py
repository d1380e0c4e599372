"""Somebody else's card after a balance was too low: offered by its number before any prompt."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.brought.test_photos import twilio_files
from tests.cases.shop import CaseShop, from_meta
from tests.cases.till import mpesa_says, up_to_the_prompt
from tests.fakes.daraja import FakeDaraja

FATHER = {"formatted_name": "Baba Asha", "first_name": "Baba"}
SISTER = {"formatted_name": "Dada Neema", "first_name": "Dada"}
AUNT = {"formatted_name": "Shangazi Rehema", "first_name": "Shangazi"}
HIS = {"phone": "+254 711 223344", "type": "CELL", "wa_id": "254711223344"}
HERS = {"phone": "+254 722 334455", "type": "CELL", "wa_id": "254722334455"}
BRITISH = {"phone": "+44 7700 900123", "type": "WORK", "wa_id": "447700900123"}

VCARD = b"""BEGIN:VCARD
VERSION:3.0
N:;Baba Asha;;;
FN:Baba Asha
item1.TEL;waid=254711223344:+254 711 223344
item1.X-ABLabel:Mobile
END:VCARD
"""


def cards(*people: dict[str, Any]) -> dict[str, Any]:
    return from_meta(type="contacts", contacts=list(people))


async def after_a_low_balance(shop: CaseShop, daraja: FakeDaraja) -> None:
    await up_to_the_prompt(shop, daraja)
    assert "balance" in await mpesa_says(shop, daraja, "1")


async def is_prompted_by_her_yes(shop: CaseShop, daraja: FakeDaraja, answer: str) -> bool:
    assert len(daraja.pushes) == 1  # nothing before it
    await shop.says(answer)
    return daraja.pushes[1:] != [] and daraja.pushes[-1]["PhoneNumber"] == "254711223344"


@pytest.mark.parametrize(
    "person",
    [
        {"name": FATHER, "phones": [HIS]},
        {"name": FATHER, "phones": [{"phone": "0711 223 344", "type": "Mobile"}]},
        {"name": FATHER, "phones": [{"type": "CELL", "wa_id": "254711223344"}]},
        {"name": AUNT, "phones": [BRITISH, {"phone": "254711223344", "type": "HOME"}]},
    ],
    ids=["whole", "local", "wa-id-only", "foreign-first"],
)
async def test_the_number_on_a_card_is_offered_before_any_prompt(
    shop: CaseShop, daraja: FakeDaraja, person: dict[str, Any]
) -> None:
    await after_a_low_balance(shop, daraja)

    said = await shop.sends(cards(person))

    assert "0711 223 344" in said
    assert await is_prompted_by_her_yes(shop, daraja, "yes")


async def test_twilios_vcard_is_offered_and_never_looked_at(
    twilio_shop: CaseShop, daraja: FakeDaraja
) -> None:
    await after_a_low_balance(twilio_shop, daraja)
    twilio_shop.providers.media["ME0"] = VCARD

    files = twilio_files("text/vcard") | {"MessageType": "contacts"}
    said = await twilio_shop.twilio(**files)

    assert "0711 223 344" in said and "photo" not in said
    assert len(daraja.pushes) == 1
    await twilio_shop.twilio(Body="yes")
    assert daraja.pushes[-1]["PhoneNumber"] == "254711223344"


async def test_of_two_numbers_on_a_card_she_is_asked_which(
    shop: CaseShop, daraja: FakeDaraja
) -> None:
    await after_a_low_balance(shop, daraja)

    said = await shop.sends(cards({"name": FATHER, "phones": [HIS, HERS | {"type": "WORK"}]}))

    assert "0711 223 344" in said and "0722 334 455" in said and "?" in said
    assert len(daraja.pushes) == 1


async def test_of_two_cards_she_is_asked_whose(shop: CaseShop, daraja: FakeDaraja) -> None:
    await after_a_low_balance(shop, daraja)

    said = await shop.sends(
        cards({"name": FATHER, "phones": [HIS]}, {"name": SISTER, "phones": [HERS]})
    )

    assert "Baba Asha" in said and "Dada Neema" in said and "?" in said
    assert "0711 223 344" in said and "0722 334 455" in said
    assert len(daraja.pushes) == 1


async def test_of_a_card_without_a_number_she_is_asked_for_it(
    shop: CaseShop, daraja: FakeDaraja
) -> None:
    await after_a_low_balance(shop, daraja)

    said = await shop.sends(cards({"name": FATHER}))

    assert "number" in said
    assert len(daraja.pushes) == 1
