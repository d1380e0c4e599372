"""Another shop's machine, and kinds nobody knows: answered a few times, and then no more."""

from __future__ import annotations

import pytest

from tests.cases.shop import CaseShop, a_card, from_meta

ON_LEAVE = "Thank you for contacting Zuri Salon! We will be with you shortly."
UNAVAILABLE = (
    "Thank you for contacting Zuri Salon! We are unavailable right now and will reply as soon as"
    " possible."
)
BOT = "254799000001"


async def hears(shop: CaseShop, **message: object) -> list[str]:
    """The answers to one message of the machine's."""
    text = str(message.pop("text", ""))
    await shop.meta(from_meta(text, sender=BOT, **message), contacts=[a_card(BOT, "Zuri Salon")])
    return await shop.answers()


async def test_what_whatsapp_does_not_show_is_excused_once(shop: CaseShop) -> None:
    unsupported = {"type": "unsupported", "errors": [{"code": 131051}]}

    told = [await hears(shop, **unsupported) for _ in range(8)]

    assert "can't open that kind" in told[0][0]
    assert told[1:] == [[]] * 7
    (note,) = await shop.notes()
    assert "automatic replies" in note
    assert "Zuri Salon" in note


@pytest.mark.parametrize("kind", ["hologram", "unknown", "interactive"])
async def test_a_kind_nobody_knows_is_excused_once(shop: CaseShop, kind: str) -> None:
    first = await hears(shop, type=kind)
    second = await hears(shop, type=kind)

    assert (len(first), second) == (1, [])


async def test_a_voice_note_is_excused_each_time(shop: CaseShop) -> None:
    voice = {"type": "audio", "audio": {"id": "A1", "mime_type": "audio/ogg"}}

    told = [await hears(shop, **voice) for _ in range(3)]

    assert all(len(answers) == 1 for answers in told)


async def test_a_machine_is_answered_a_few_times(shop: CaseShop) -> None:
    told = [await hears(shop, text=ON_LEAVE) for _ in range(12)]

    assert 1 <= sum(map(bool, told)) <= 6
    assert told[-5:] == [[]] * 5
    assert len(await shop.notes()) == 1


async def test_a_machine_that_greets_is_answered_a_few_times_and_a_person_after_it(
    shop: CaseShop,
) -> None:
    # given a machine that greets whoever answers it
    told = [await hears(shop, text="Hello! Welcome!") for _ in range(10)]
    assert told[-3:] == [[]] * 3

    # when a person asks for something
    answers = await hears(shop, text="do you have a black wrap dress?")

    # then she is answered
    assert "Mtwapa Wrap Dress" in "\n".join(answers)
    assert len(await shop.notes()) == 1


async def test_at_twilio_a_machine_is_answered_a_few_times_too(twilio_shop: CaseShop) -> None:
    told = []
    for number in range(10):
        await twilio_shop.caller.twilio(MessageSid=f"SM-bot-{number}", Body="Hello! Welcome!")
        told.append(await twilio_shop.answers())

    assert told[-3:] == [[]] * 3


async def test_another_shops_automatic_reply_is_answered_three_times_at_most(
    shop: CaseShop,
) -> None:
    # given a machine that writes whenever it is answered
    rounds = 0
    while await hears(shop, text=UNAVAILABLE):
        rounds += 1
        assert rounds <= 3

    # then the owner sees why it is silent, and others are answered
    (note,) = await shop.notes()
    assert "Zuri Salon" in note
    assert "Mtwapa Wrap Dress" in await shop.says("do you have a black wrap dress?")
    assert await shop.cart() == []
    assert await hears(shop, text=UNAVAILABLE) == []
