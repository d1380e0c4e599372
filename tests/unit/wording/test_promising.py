"""What a customer is promised follows from the shop's hours."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from dukani.agent import facts as f
from dukani.agent.wording import word
from dukani.agent.wording.promising import opening_time
from dukani.domain.acts import Language
from dukani.domain.next_opening import Opening
from tests.unit.wording.samples import voice

TOMORROW = Opening(days_ahead=1, weekday=1, opens=time(9))
PROMISES: list[Any] = [
    f.HandedOff(reason="asked"),
    f.HandedOff(reason="misunderstood"),
    f.RequestPassedOn(about="complaint"),
    f.RequestPassedOn(about="hold", until="Friday"),
    f.ShopAnswer(topic="gift_wrap"),
    f.PaymentInstructed(order_number="DK-1", total_minor=100),
]


@pytest.mark.parametrize(
    ("language", "soon", "then"),
    [
        ("en", "here soon", "closed now and opens tomorrow (Tuesday) at 9 am"),
        ("sw", "hivi karibuni", "litafunguliwa kesho (Jumanne) saa 3:00 asubuhi"),
    ],
)
@pytest.mark.parametrize("fact", PROMISES, ids=lambda fact: fact.kind)
def test_a_person_is_promised_soon_at_the_opening_or_at_no_named_time(
    fact: Any, language: Language, soon: str, then: str
) -> None:
    unknown, now, closed = [
        word([fact.model_copy(update={"opens": opens})], voice(language=language))[0].text
        for opens in (None, Opening(now=True), TOMORROW)
    ]

    assert soon not in unknown and then not in unknown
    assert soon in now and then not in now
    assert then in closed and soon not in closed


@pytest.mark.parametrize(
    ("ahead", "english", "swahili"),
    [
        (0, "today at 9:30 am", "leo saa 3:30 asubuhi"),
        (1, "tomorrow (Friday) at 9:30 am", "kesho (Ijumaa) saa 3:30 asubuhi"),
        (3, "on Friday at 9:30 am", "Ijumaa saa 3:30 asubuhi"),
        (7, "next Friday at 9:30 am", "Ijumaa ijayo saa 3:30 asubuhi"),
    ],
)
def test_the_time_of_the_opening(ahead: int, english: str, swahili: str) -> None:
    opens = Opening(days_ahead=ahead, weekday=4, opens=time(9, 30))
    assert opening_time(opens, "en") == english
    assert opening_time(opens, "sw") == swahili


@pytest.mark.parametrize(
    "fact", [f.HandedOff(reason="asked"), f.PersonWrites(), f.StillWaiting()], ids=lambda x: x.kind
)
def test_whoever_is_left_to_a_person_is_told_the_way_back(fact: Any) -> None:
    (reply,) = word([fact], voice())
    assert "*assistant*" in reply.text
    assert [button.id for button in reply.buttons] == ["assistant"]
