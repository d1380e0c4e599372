"""What a mind heard becomes what the nodes work on: the state decides what a yes is to."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.domain.acts import (
    Act,
    Add,
    AskPrice,
    Cancel,
    Checkout,
    Clear,
    Confirm,
    Decline,
    Greeting,
    Handoff,
    PayAgain,
    Remove,
    Search,
    Set,
    SetAddress,
    SetPayer,
    Target,
    Thanks,
    Unclear,
    Values,
    ViewOrder,
)
from dukani.domain.pieces import Option
from dukani.domain.questions import Asked, Question
from dukani.domain.steps import Step
from dukani.graph.hearing.normalise import normalise
from dukani.graph.state import State, as_plain

OFFERED = Add(target=Target(product_id="hat"), values=Values(colour="beige"))
TWO, THREE = Set(values=Values(quantity=2)), Set(values=Values(quantity=3))
YES, NO = Confirm(), Decline()


def at(step: Step, *, asked: Asked | None = None, completes: Any = None, **more: Any) -> State:
    """A conversation at a step, with one question open."""
    questions = [Question(field=asked, completes=completes)] if asked else []
    return State(step=step, questions=as_plain(questions), **more)


def shown(*names: str) -> list[list[dict[str, Any]]]:
    options = [
        Option(number=number, product_id=name, name=name, price_minor=100)
        for number, name in enumerate(names, start=1)
    ]
    return [as_plain(options)]


AT_THE_TOTAL = at("awaiting_confirmation")
FAILED = at("payment_failed", order_id="an order")
TAKE_IT = at("products_found", asked="take_it", completes=OFFERED, lists=shown("hat"))
GREEN = Set(target=Target(variant_id="hat/red"), values=Values(colour="green"))
COLOUR_OFFERED = at("size_recommended", asked="take_it", completes=GREEN)
LAST_ADDRESS = at("awaiting_delivery_address", asked="last_address", offered_address="Kilimani B4")


@pytest.mark.parametrize(
    ("acts", "state", "ready"),
    [
        # What a yes is to: the question asked now, else what the step waits for.
        ([YES], AT_THE_TOTAL, [YES]),
        ([YES], TAKE_IT, [OFFERED]),
        ([YES], COLOUR_OFFERED, [GREEN]),
        ([YES], LAST_ADDRESS, [SetAddress(text="Kilimani B4")]),
        ([YES], at("awaiting_delivery_address", asked="last_address"), [YES]),  # none was offered
        ([YES], FAILED, [PayAgain()]),
        ([YES], at("cart_updated"), [Checkout()]),
        ([YES], at("products_found", lists=shown("hat", "bag")), [Add()]),  # it is asked which
        ([YES], at("size_recommended", focus={"product_id": "hat"}), [Add()]),
        ([YES], at("size_recommended", asked="size", focus={"product_id": "hat"}), [YES]),
        ([YES], at("start"), [YES]),
        ([YES], {}, [YES]),
        # Beside other words a yes is no yes to the order as it was shown.
        ([YES, TWO], AT_THE_TOTAL, [TWO]),
        ([TWO, YES], AT_THE_TOTAL, [TWO]),
        ([YES, AskPrice()], AT_THE_TOTAL, [AskPrice()]),
        ([YES, ViewOrder()], AT_THE_TOTAL, [ViewOrder()]),
        ([YES, Search(category="dress")], AT_THE_TOTAL, [Search(category="dress")]),
        ([YES, SetAddress(text="Umoja 2")], AT_THE_TOTAL, [SetAddress(text="Umoja 2")]),
        ([YES, TWO], FAILED, [TWO]),
        ([PayAgain(), TWO], FAILED, [TWO]),
        ([Checkout(), TWO], AT_THE_TOTAL, [TWO]),
        ([YES, Clear()], AT_THE_TOTAL, [Clear()]),
        # A greeting, a thank-you and the number that pays may stand beside it.
        ([Greeting(), YES], AT_THE_TOTAL, [Greeting(), YES]),
        ([YES, Thanks()], AT_THE_TOTAL, [YES, Thanks()]),
        ([SetPayer(phone="0712"), YES], AT_THE_TOTAL, [SetPayer(phone="0712"), YES]),
        # To a piece that is offered a yes may come with its values.
        ([YES, Set(values=Values(size="M"))], TAKE_IT, [OFFERED, Set(values=Values(size="M"))]),
        # "Pay": a yes at the total, another try after a failure, the way to the till before.
        ([Checkout()], AT_THE_TOTAL, [YES]),
        ([Checkout()], FAILED, [PayAgain()]),
        ([Checkout()], at("payment_failed"), [Checkout()]),  # its order is no more
        ([Checkout()], at("payment_initiated", order_id="an order"), [PayAgain()]),
        ([Checkout()], at("cart_updated"), [Checkout()]),
        # "Send it again": without an order it is the way to the till.
        ([PayAgain()], FAILED, [PayAgain()]),
        ([PayAgain()], at("cart_updated"), [Checkout()]),
        ([PayAgain()], {}, [Checkout()]),
        ([PayAgain()], at("awaiting_confirmation", order_id="an order"), [YES]),
        # A no is answered by what is wanted instead.
        ([NO], AT_THE_TOTAL, [NO]),
        ([NO, TWO], AT_THE_TOTAL, [TWO]),
        ([Remove(), NO], TAKE_IT, [Remove()]),
        ([NO, AskPrice()], TAKE_IT, [NO, AskPrice()]),
        # What was not understood is nothing beside what was.
        ([Unclear(), TWO], AT_THE_TOTAL, [TWO]),
        ([Unclear(), Unclear()], {}, [Unclear()]),
        ([], {}, []),
        # Said twice, done once; "another one" twice is two more.
        ([TWO, TWO], {}, [TWO]),
        ([Set(values=TWO.values, evidence="two"), Set(values=TWO.values, evidence="mbili")],
         {}, [TWO]),
        # Of a correction the last counts, though it was said before; of the rest one is enough.
        ([TWO, THREE, TWO], {}, [TWO, THREE, TWO]),
        ([TWO] * 10, {}, [TWO]),
        ([SetAddress(text="Umoja"), SetAddress(text="Langata"), SetAddress(text="Umoja")], {},
         [SetAddress(text="Umoja"), SetAddress(text="Langata"), SetAddress(text="Umoja")]),
        ([Handoff(), TWO, Handoff()], {}, [Handoff(), TWO]),
        ([Add(another=True), Add(another=True)], {}, [Add(another=True), Add(another=True)]),
        # The order they were said in stays.
        ([Cancel(), Search(category="bag")], FAILED, [Cancel(), Search(category="bag")]),
    ],
)  # fmt: skip
def test_acts_are_made_ready_for_the_stations(
    acts: list[Act], state: State, ready: list[Act]
) -> None:
    assert normalise(acts, state) == ready


@pytest.mark.parametrize(
    ("empty_cart", "ready"), [(True, [OFFERED, Checkout()]), (False, [Checkout()])]
)
def test_pay_takes_the_piece_offered_when_there_is_nothing_else_to_pay(
    empty_cart: bool, ready: list[Act]
) -> None:
    assert normalise([Checkout()], TAKE_IT, empty_cart=empty_cart) == ready


def test_a_question_no_version_asks_takes_no_yes() -> None:
    state = State(step="awaiting_confirmation", questions=[{"field": "collar"}])
    assert normalise([YES], state) == [YES]
