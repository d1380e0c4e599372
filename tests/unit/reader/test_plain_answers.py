"""Which messages the local reader answers for alone, though a mind is there."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader.plain_answers import is_plain_answer
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option

SHOWN = tuple(
    Option(number=number, product_id=f"p{number}", name="Kanga Maxi", price_minor=250_000)
    for number in (1, 2, 3)
)
BROWSING = TurnContext(step="products_found", options=SHOWN)
ASKED_A_SIZE = TurnContext(question="size", choices=("S", "M", "5-6Y"), options=SHOWN)
AT_THE_TOTAL = TurnContext(step="awaiting_confirmation")
ASKED_WHERE = TurnContext(step="awaiting_delivery_address")


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("yes", AT_THE_TOTAL),
        ("Ndiyo sawa", AT_THE_TOTAL),
        ("hapana", AT_THE_TOTAL),
        ("👍", AT_THE_TOTAL),
        ("Habari yako", BROWSING),
        ("asante sana!", BROWSING),
        ("lipa", BROWSING),
        ("Checkout", BROWSING),
        ("2", BROWSING),
        ("m", ASKED_A_SIZE),
        ("5-6y", ASKED_A_SIZE),
    ],
)
def test_a_whole_message_that_means_one_thing_is_plain(text: str, context: TurnContext) -> None:
    assert is_plain_answer(text, context)


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("yes but make it two", AT_THE_TOTAL),
        ("yes?", AT_THE_TOTAL),
        ("ok na delivery ni pesa ngapi", AT_THE_TOTAL),
        ("yes", ASKED_WHERE),  # a place may be any word
        ("2", ASKED_WHERE),
        ("4", BROWSING),  # no piece of the list
        ("2", ASKED_A_SIZE),  # a size, a number of pieces, or the list's second
        ("2 na 3", BROWSING),
        ("black", BROWSING),
        ("XL", ASKED_A_SIZE),  # not offered
        ("", BROWSING),
        ("ok " * 20, AT_THE_TOTAL),
    ],
)
def test_what_may_mean_more_is_left_to_the_mind(text: str, context: TurnContext) -> None:
    assert not is_plain_answer(text, context)
