"""A memory of the version before, in the words of this one: each key by itself."""

from __future__ import annotations

from typing import Any, cast

import pytest

from dukani.graph.old_memories import migrate_memory
from dukani.graph.state import State, focus_in, questions_in

Row = dict[str, Any]
HAT = {"number": 1, "product_id": "hat", "name": "Hat", "price_minor": 100, "sizes": ["ONE"],
       "colours": ["beige", "black"]}  # fmt: skip
BAG = HAT | {"number": 2, "product_id": "bag", "name": "Bag"}
OLD_QUOTE = {"total_minor": 100, "pieces": {"v": [1, 100]}, "phone": "+254712000001"}


def of_old(**row: Any) -> Row:
    """What every row of that version had at least."""
    return {"step": "products_found", "options": [HAT, BAG], "question": None, "later": []} | row


def opened(**row: Any) -> State:
    return cast(State, migrate_memory(of_old(**row)))


def a_focus(**known: Any) -> Row:
    empty = {"colour": None, "size": None, "quantity": None}
    return {"product_id": "hat", "sku": "H", "name": "Hat", "category": "hat"} | empty | known


def test_a_memory_of_this_version_stays_as_it_is() -> None:
    quote = OLD_QUOTE | {"order_id": None, "delivery_minor": None, "address": "Kilimani"}
    memory = {"step": "awaiting_confirmation", "lists": [[HAT]], "quote": quote, "_checkpoint": {}}
    assert migrate_memory(memory) == memory
    assert migrate_memory({}) == {}


def test_what_was_read_is_not_changed() -> None:
    memory = of_old(quote=OLD_QUOTE)
    migrate_memory(memory)
    assert memory == of_old(quote=OLD_QUOTE)


def test_nothing_of_the_old_words_is_left() -> None:
    now = migrate_memory(of_old(language="sw", quote=OLD_QUOTE))
    assert now.keys() <= State.__optional_keys__ | State.__required_keys__
    assert (now["lists"], now["quote"], now["language"]) == ([[HAT, BAG]], None, "sw")


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ({"question": "category", "step": "image_analyzed"}, ["category"]),
        ({"question": "last_address"}, ["last_address"]),
        ({"question": "payment_phone"}, ["payment_phone"]),
        ({"question": "take_it", "focus": a_focus()}, ["take_it"]),
        ({"question": "colour", "focus": a_focus()}, ["colour"]),
        ({"question": "size", "focus": None}, []),  # of what?
        # The list is in view all the same: its number needs no question.
        ({"question": "which"}, []),
        ({"question": "which", "later": [{"kind": "set_variant", "size": "M"}]}, ["which"]),
        ({"question": None}, []),
        # "The first and the second": the second is asked for when the first is settled.
        ({"question": "size", "focus": a_focus(),
          "later": [{"kind": "select_option", "option": 2}]}, ["which", "size"]),
        ({"later": [{"kind": "select_option", "option": 7}]}, []),
    ],
)  # fmt: skip
def test_the_question_that_was_open_is_open(row: Row, fields: list[str]) -> None:
    now = opened(**row)
    assert [question.field for question in questions_in(now)] == fields


def test_a_question_keeps_what_was_known_of_the_piece_and_what_was_offered() -> None:
    focus = a_focus(colour="beige", quantity=2)
    now = opened(question="size", focus=focus)

    [question] = questions_in(now)
    assert question.completes is not None and question.completes.kind == "add"
    assert question.completes.target.product_id == question.product_id == "hat"
    assert question.completes.values.model_dump(exclude_none=True) == {
        "colour": "beige", "quantity": 2,
    }  # fmt: skip
    assert (question.name, question.choices) == ("Hat", ("ONE",))


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ({"step": "size_recommended", "question": "size"}, True),
        ({"step": "products_found"}, True),
        ({"step": "cart_updated"}, False),  # it is in the cart: a change is of its line
        ({"step": "cart_updated", "question": "take_it"}, True),  # priced, and offered
        ({"step": "awaiting_confirmation"}, False),
        ({"step": "payment_failed"}, False),
    ],
)
def test_a_piece_is_in_focus_until_it_is_in_the_cart(row: Row, kept: bool) -> None:
    now = opened(focus=a_focus(), **row)
    assert (focus_in(now) is not None) == kept
    assert now["last_product_id"] == "hat"


@pytest.mark.parametrize(
    ("question", "focus", "size"),
    [
        ("colour", a_focus(asked_size="L"), "L"),  # "black, then": she still wears L
        ("colour", a_focus(size="M", asked_size="L"), "M"),
        ("size", a_focus(colour="red", asked_size="L"), None),  # L is what there is not
        ("colour", a_focus(), None),
    ],
)
def test_a_size_that_was_sold_out_goes_with_another_colour(
    question: str, focus: Row, size: str | None
) -> None:
    kept = opened(question=question, focus=focus)["focus"]
    assert kept is not None and kept["size"] == size
    assert "asked_size" not in kept


@pytest.mark.parametrize(
    ("row", "address", "offered"),
    [
        ({"address": {"text": "Umoja"}}, "Umoja", None),
        ({"address": {"text": "Umoja", "offered": True}}, None, "Umoja"),
        ({"address": None}, None, None),
        ({"later": [{"kind": "provide_address", "address": "Thika"}]}, "Thika", None),
    ],
)
def test_an_address_that_was_only_offered_is_no_address(
    row: Row, address: str | None, offered: str | None
) -> None:
    now = opened(**row)
    assert ((now["address"] or {}).get("text"), now["offered_address"]) == (address, offered)


@pytest.mark.parametrize(
    ("row", "paying"),
    [
        ({"step": "awaiting_confirmation"}, True),
        ({"step": "awaiting_delivery_address"}, True),
        ({"step": "size_recommended", "later": [{"kind": "checkout"}]}, True),
        ({"step": "cart_updated"}, False),
        ({"step": "payment_failed"}, False),  # an edit reopens the order, and pays again
    ],
)
def test_whoever_was_paying_goes_on_paying(row: Row, paying: bool) -> None:
    assert opened(**row)["checking_out"] == paying
