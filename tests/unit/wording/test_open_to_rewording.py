"""Which replies a model may word anew: talk, and nothing that binds the shop."""

from __future__ import annotations

import pytest

from dukani.agent.facts import Fact, Greeted, NothingFound, OptedOut, Thanked, Unclear, Voice, Wish
from dukani.agent.wording.open_to_rewording import open_wording
from dukani.agent.wording.replies import to_replies
from dukani.domain.steps import Step

VOICE = Voice(language="en", boutique="Malaika Fashions")


def is_open(*facts: Fact) -> bool:
    (reply,) = to_replies(facts, VOICE)
    return open_wording(facts, reply, VOICE) is not None


@pytest.mark.parametrize("step", ["start", "image_analyzed", "products_found", "size_recommended"])
def test_help_while_the_customer_looks_is_talk(step: Step) -> None:
    assert is_open(Unclear(step=step))


@pytest.mark.parametrize(
    "step",
    ["cart_updated", "awaiting_delivery_address", "awaiting_confirmation", "payment_initiated",
     "payment_failed", "order_completed", "opted_out"],
)  # fmt: skip
def test_help_with_an_order_a_payment_or_a_stop_is_the_templates(step: Step) -> None:
    assert not is_open(Unclear(step=step))


def test_a_reply_that_names_a_sum_is_the_templates() -> None:
    dear = NothingFound(wish=Wish(category="dress", budget_max_minor=300000))
    assert not is_open(dear)
    assert is_open(NothingFound(wish=Wish(category="dress")))


def test_one_fact_that_binds_the_shop_closes_the_reply() -> None:
    assert is_open(Greeted()) and is_open(Thanked())
    assert not is_open(OptedOut())
