"""A prompt for other goods or another sum than the file says is found, and no right one is."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.evals.dialogue_file import Dialogue
from dukani.evals.standing import Line, Placed, Standing
from dukani.evals.wrong_goods import Prompt, new_prompts, wrong_in
from tests.unit.evals.standings import a_payment, a_standing, placed

TWO = Line("KG-25", "red", "ONE", 2, 70_000)
ONE = Line("KG-25", "red", "ONE", 1, 70_000)
HAT = Line("HT-01", "white", "ONE", 1, 50_000)

WANT_TWO = [{"sku": "KG-25", "colour": "red", "size": "ONE", "qty": 2}]
WANT_ONE = [{"sku": "KG-25", "colour": "red", "size": "ONE", "qty": 1}]
WANT_HAT = [{"sku": "HT-01", "qty": 1}]


def a_dialogue(*then: dict[str, Any], **final: Any) -> Dialogue:
    """One turn for each set of checks."""
    turns = [{"user": f"turn {number}", "then": checks} for number, checks in enumerate(then, 1)]
    return Dialogue.model_validate({"id": "d", "turns": turns, "expect_final": final})


def a_prompt(turn: int, order: Placed, **changed: Any) -> Prompt:
    amount = {"amount_minor": order.order.total_minor} | changed
    return Prompt(turn, a_payment(**amount), order)


def finally_(*orders: Placed, **changed: Any) -> Standing:
    return a_standing(placed=orders, on_hand={"KG-25/red/ONE": 9, "HT-01/white/ONE": 9}, **changed)


PAID_TWO = placed(TWO, payment_status="paid")
PAID_ONE = placed(ONE, payment_status="paid")


@pytest.mark.parametrize(
    ("dialogue", "prompt"),
    [
        # the latest check before the prompt
        (a_dialogue({"cart": WANT_ONE}, {"cart": WANT_TWO}, {}, cart=WANT_TWO),
         a_prompt(3, placed(TWO))),
        # the check of the prompt's own turn
        (a_dialogue({"cart": WANT_ONE}, {"cart": WANT_TWO}, cart=WANT_TWO),
         a_prompt(2, placed(TWO))),
        # lines in any order
        (a_dialogue({"cart_any_order": WANT_HAT + WANT_TWO}, {}), a_prompt(2, placed(TWO, HAT))),
        (a_dialogue({"cart": WANT_HAT + WANT_TWO}, {}), a_prompt(2, placed(TWO, HAT))),
        # the sum is of the lines: delivery comes on top
        (a_dialogue({"cart_total": 1400}, {}), a_prompt(2, placed(TWO, delivery_minor=30_000))),
        # no check before: the final ones
        (a_dialogue({}, {}, cart=WANT_TWO), a_prompt(2, placed(TWO))),
        # changed in a turn nobody checks, and said at the end only
        (a_dialogue({"cart": WANT_ONE}, {}, {}, cart=WANT_TWO), a_prompt(3, placed(TWO))),
        # empty at first: what was bought later is said at the end
        (a_dialogue({"cart": []}, {}, {"cart": WANT_TWO}, cart=WANT_TWO),
         a_prompt(2, placed(TWO))),
        # the file says nothing of any cart
        (a_dialogue({"step": "confirm"}, {}, order_status="paid"), a_prompt(2, placed(TWO))),
    ],
)  # fmt: skip
def test_a_prompt_for_what_was_agreed_is_right(dialogue: Dialogue, prompt: Prompt) -> None:
    assert wrong_in(dialogue, [prompt], finally_()) == []


@pytest.mark.parametrize(
    ("dialogue", "prompt", "wrong"),
    [
        # "make it one" after a failed payment, and the old sum prompted again
        (a_dialogue({"cart": WANT_TWO}, {}, {"cart": WANT_ONE}, {}, cart=WANT_ONE),
         a_prompt(4, placed(TWO)),
         "turn 4: prompted 2× KG-25 red ONE, should be 1× KG-25 red ONE"),
        # "yes but one": the turn's own check says it
        (a_dialogue({"cart": WANT_TWO}, {"cart": WANT_ONE}, cart=WANT_ONE),
         a_prompt(2, placed(TWO)),
         "turn 2: prompted 2× KG-25 red ONE, should be 1× KG-25 red ONE"),
        # a later check does not excuse an earlier prompt
        (a_dialogue({"cart": WANT_TWO}, {}, {"cart": WANT_ONE}, cart=WANT_ONE),
         a_prompt(2, placed(ONE)),
         "turn 2: prompted 1× KG-25 red ONE, should be 2× KG-25 red ONE"),
        # one of two pieces was dropped
        (a_dialogue({"cart_any_order": WANT_TWO + WANT_HAT}, {}),
         a_prompt(2, placed(TWO)),
         "turn 2: prompted 2× KG-25 red ONE, "
         "should be 2× KG-25 red ONE + 1× HT-01"),
        (a_dialogue({"cart_total": 700}, {}), a_prompt(2, placed(TWO)),
         "turn 2: prompted 1400, should be 700"),
        (a_dialogue({}, {}, cart=WANT_ONE), a_prompt(1, placed(TWO)),
         "turn 1: prompted 2× KG-25 red ONE, should be 1× KG-25 red ONE"),
        # everything was cancelled before
        (a_dialogue({"cart": []}, {}, cart=[]), a_prompt(2, placed(TWO)),
         "turn 2: prompted 2× KG-25 red ONE, should be empty"),
        # another sum than the order's own, whatever the file says
        (a_dialogue({}, {}), a_prompt(2, placed(TWO), amount_minor=70_000),
         "turn 2: prompted 700 for an order of 1400"),
    ],
)  # fmt: skip
def test_a_prompt_for_anything_else_is_told(dialogue: Dialogue, prompt: Prompt, wrong: str) -> None:
    assert wrong_in(dialogue, [prompt], finally_()) == [wrong]


@pytest.mark.parametrize(
    ("final", "standing", "wrong"),
    [
        ({"cart": WANT_ONE}, finally_(PAID_TWO),
         "finally: ordered 2× KG-25 red ONE, should be 1× KG-25 red ONE"),
        ({"cart_total": 700}, finally_(placed(TWO)), "finally: ordered 1400, should be 700"),
        ({"cart": []}, finally_(PAID_TWO), "finally: ordered 2× KG-25 red ONE, should be empty"),
        # paid twice
        ({"cart": WANT_ONE, "charged_total": 700},
         finally_(PAID_ONE, payments=(a_payment(status="succeeded", amount_minor=70_000),
                                      a_payment(status="succeeded", amount_minor=70_000))),
         "finally: charged 1400, should be 700"),
    ],
)  # fmt: skip
def test_an_order_that_stands_is_as_the_file_ends(
    final: dict[str, Any], standing: Standing, wrong: str
) -> None:
    assert wrong_in(a_dialogue({}, **final), [], standing) == [wrong]


@pytest.mark.parametrize(
    ("final", "standing"),
    [
        ({"cart": WANT_TWO, "charged_total": 1400}, finally_(PAID_TWO)),
        # nothing is asked for these any more
        ({"cart": WANT_ONE}, finally_(placed(TWO, payment_status="failed"))),
        ({"cart": WANT_ONE}, finally_(placed(TWO, status="cancelled"))),
        ({"cart": WANT_ONE}, finally_()),
        # a new cart is begun after the order was paid, and the end says nothing of it
        ({"order_status": "paid"}, finally_(PAID_TWO)),
    ],
)
def test_an_order_that_does_not_stand_is_not_judged(
    final: dict[str, Any], standing: Standing
) -> None:
    assert wrong_in(a_dialogue({"cart": WANT_HAT}, **final), [], standing) == []


def test_every_prompt_sent_in_a_turn_is_taken_with_its_order() -> None:
    # given: an attempt that failed, then a changed order with a prompt of its own
    old, new = placed(TWO, id="o1"), placed(ONE, id="o2", replaces_id="o1")
    first = a_payment(id="p1", order_id="o1", status="failed")
    second = a_payment(id="p2", order_id="o2")
    claimed = a_payment(id="p3", order_id="o2", provider="manual", sent_at=None)
    before = a_standing(placed=(old,), payments=(first,))
    after = a_standing(placed=(old, new), payments=(first, second, claimed))

    # when
    prompts = list(new_prompts(9, before, after))

    # then
    assert prompts == [Prompt(9, second, new)]
    assert [prompt.payment.id for prompt in new_prompts(1, None, before)] == ["p1"]
