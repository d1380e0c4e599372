"""A filled form is the words that were written in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dukani.webhooks.forms import MOST_ANSWERS, MOST_CHARACTERS, words_of_form


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        ({"flow_token": "t-1", "note": "yellow sun dress please"}, "yellow sun dress please"),
        # A field of few words is said with its name.
        ({"size": "M", "note": "yellow"}, "size M\nyellow"),
        ({"Size": "38"}, "size 38"),
        ({"quantity": 2}, "quantity 2"),
        # As WhatsApp's own form builder names fields and numbers rows.
        ({"screen_0_Dropdown_0": "0_Kitenge_dress"}, "Kitenge_dress"),
        ({"screen_0_TextInput_1": "10_000 shillings"}, "10_000 shillings"),
        # Several choices, and fields within fields.
        ({"wanted": ["hats", "bags"]}, "hats\nbags"),
        ({"values": {"address": "Kilimani", "city": "Nairobi"}}, "Kilimani\nNairobi"),
        # What is no word of hers.
        ({"wa_flow_response_params": {"title": "Order form"}}, ""),
        ({"agreed": True, "age": 30, "nothing": None, "blank": "  "}, ""),
        ({"note": {"a": [1, None]}}, ""),
        ({"a": {"b": {"c": {"d": "too deep"}}}}, ""),
        ({"note": "two\n lines"}, "two lines"),
    ],
)
def test_the_answers_are_the_words(filled: dict[str, Any], words: str) -> None:
    assert words_of_form(json.dumps(filled)) == words


@pytest.mark.parametrize("broken", [None, 5, {}, "", "{", "[" * 100_000, "null", "7", "[1]"])
def test_what_cannot_be_read_has_no_words(broken: object) -> None:
    assert words_of_form(broken) == ""


def test_a_long_form_is_bounded() -> None:
    filled = {f"field-{number}": "x" * 9_000 for number in range(100)}

    lines = words_of_form(json.dumps(filled)).splitlines()

    assert (len(lines), len(lines[0])) == (MOST_ANSWERS, MOST_CHARACTERS)
