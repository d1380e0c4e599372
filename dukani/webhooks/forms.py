"""Turns the answers of a filled form (a WhatsApp Flow) into lines of text. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

MOST_ANSWERS = 20
MOST_CHARACTERS = 500  # of one answer
_DEEPEST = 3
# Fields that the sender of the form put there, not the customer.
_SENDERS_FIELDS = frozenset(("flow_token", "wa_flow_response_params"))
# Answers that are understood only beside the name of their field: "size 38".
_NAMED = frozenset(("size", "colour", "color", "quantity"))
_NUMBERED_ROW = re.compile(r"\d+_(?=\D)")  # WhatsApp's form builder numbers the rows: "0_Yes"


def words_of_form(response_json: object) -> str:
    """One line for each answer; empty when the form is empty or unreadable."""
    if not isinstance(response_json, str):
        return ""
    try:
        answers = json.loads(response_json)
    except (ValueError, RecursionError):  # not JSON, or nested too deeply
        return ""
    return "\n".join(islice(_lines(answers, name=""), MOST_ANSWERS))


def _lines(answer: Any, *, name: str, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(answer, dict):
        for key, value in answer.items():
            if key not in _SENDERS_FIELDS:
                yield from _lines(value, name=key, depth=depth + 1)
    elif isinstance(answer, list):
        for value in answer:
            yield from _lines(value, name=name, depth=depth + 1)
    elif line := _line(answer, name.lower()):
        yield line


def _line(answer: Any, name: str) -> str:
    is_count = isinstance(answer, int) and not isinstance(answer, bool) and name in _NAMED
    if not (isinstance(answer, str) or is_count):
        return ""
    text = _NUMBERED_ROW.sub("", " ".join(str(answer).split()), count=1)[:MOST_CHARACTERS]
    return f"{name} {text}" if text and name in _NAMED else text
