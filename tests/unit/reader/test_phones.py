"""A phone number in a message, however its digits are grouped."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader.parsing.phones import find_phone, with_phones_joined
from dukani.core.errors import DukaniError
from dukani.core.phone import to_e164

NAMED = [
    ("use this number \u0660\u0667\u0661\u0662\u0663\u0664\u0665\u0666\u0668\u0665", 685),
    ("use this number +254 (0) 712 345 686", 686),
    ("use this number 254-712\u2011345\u2011687", 687),
    ("use this number 712345688", 688),
    ("tumia namba hii 07 12 34 56 89", 689),
    ("use this number: 0712/345/690.", 690),
    ("use \u202a+254\xa0712\xa0345\xa0691\u202c please", 691),
    ("use this number tel:+254-712-345-692", 692),
    ("use this number wa.me/254712345693", 693),
    ("use this number \uff10\uff17\uff11\uff12\uff13\uff14\uff15\uff16\uff19\uff14", 694),
    ("use this number 0712_345_684", 684),
]


@pytest.mark.parametrize(("words", "ending"), NAMED)
def test_every_digit_of_a_number_is_read(words: str, ending: int) -> None:
    found = find_phone(words)
    assert found is not None
    assert to_e164(found, region="KE") == f"+254712345{ending}"


@pytest.mark.parametrize(
    "words",
    [
        "use this number 0712 345 68",
        "use this number 07123456811",
        "use this number 0202 345 681",
        "use the number of order 1042",
        "use this number 254 712 345 6811",
        "use this number +44 7911 123456",
    ],
)
def test_no_digit_is_dropped_or_added(words: str) -> None:
    found = find_phone(words)
    if found is not None:
        with pytest.raises(DukaniError):
            to_e164(found, region="KE")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("tumia 07 12 34 56 89 tafadhali", "tumia 0712345689 tafadhali"),
        ("pay with +254 (0)712 345 681", "pay with +254712345681"),
        ("2 of size 38", "2 of size 38"),
    ],
)
def test_the_pairs_of_a_number_are_no_sizes(text: str, joined: str) -> None:
    assert with_phones_joined(text) == joined
