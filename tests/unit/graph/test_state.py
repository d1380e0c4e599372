"""What is remembered opens as models; what no longer fits is forgotten, and the log says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from dukani.graph.ordering.keeping import kept_edits
from dukani.graph.state import State, focus_in, lists_in, newest_list, questions_in

OPTION = {"number": 2, "product_id": "p2", "name": "Amani Wrap Dress", "price_minor": 450000}
SIZE = {"field": "size", "completes": {"kind": "add", "target": {"product_id": "p2"}}}


def test_what_is_remembered_opens_as_models() -> None:
    state: State = {
        "lists": [[OPTION]],
        "questions": [SIZE],
        "focus": {"product_id": "p2", "colour": "blue"},
        "kept": [{"kind": "remove", "target": {"line": 1}}],
    }
    with capture_logs() as logs:
        assert [option.name for option in newest_list(state)] == ["Amani Wrap Dress"]
        assert [question.field for question in questions_in(state)] == ["size"]
        assert (focus := focus_in(state)) is not None and focus.colour == "blue"
        assert [edit.kind for edit in kept_edits(state)] == ["remove"]
    assert logs == []


@pytest.mark.parametrize(
    ("state", "read", "left"),
    [
        # A question whose field, and one whose edit, no version asks any more.
        ({"questions": [{"field": "collar"}, SIZE]}, questions_in, 1),
        ({"questions": [SIZE, {"field": "size", "completes": {"kind": "tailor"}}]},
         questions_in, 1),
        # An edit in a question with a slot that is gone.
        ({"questions": [{"field": "size", "completes": {"kind": "add", "option": 1}}]},
         questions_in, 0),
        ({"questions": ["size"]}, questions_in, 0),
        ({"kept": [{"kind": "tailor"}, {"kind": "undo"}]}, kept_edits, 1),
    ],
)  # fmt: skip
def test_one_that_no_longer_fits_is_forgotten_alone(
    state: State, read: Callable[[State], list[Any]], left: int
) -> None:
    with capture_logs() as logs:
        assert len(read(state)) == left
    assert [log["event"] for log in logs] == ["memory_forgotten"]


def test_an_option_that_no_longer_fits_leaves_the_others_their_numbers() -> None:
    with capture_logs() as logs:
        [shown] = lists_in({"lists": [[{"number": 1, "name": "no price, no product"}, OPTION]]})
    assert [option.number for option in shown] == [2]
    assert logs == [
        {
            "event": "memory_forgotten",
            "log_level": "warning",
            "what": "option",
            "wrong": ["product_id", "price_minor"],  # never what was in it: it may be personal
        }
    ]


def test_a_focus_that_no_longer_fits_is_no_focus() -> None:
    with capture_logs() as logs:
        assert focus_in({"focus": {"sku": "WRAP"}}) is None
    assert [log["what"] for log in logs] == ["focus"]
