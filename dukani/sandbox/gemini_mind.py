"""What the stand-in for Gemini understands: what this machine's own reader does.

It reads the document it was sent and nothing else, as Gemini would, and writes its answer in the
schema that was asked for. Answers that were set for a message come before its own.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from dukani.agent.gemini.written import as_written
from dukani.agent.local_reader import LocalReader
from dukani.core.money import to_minor
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, Line, Option
from dukani.sandbox.gemini_wire import Asked, BadRequest, as_text

_READER = LocalReader()


async def answer_to(asked: Asked, set_answers: dict[str, Any]) -> str:
    """The answer's JSON. Raises BadRequest for what it was never taught."""
    if asked.wanted != "WrittenTurn":
        raise BadRequest(f"the stand-in has no answer of the schema {asked.wanted!r}")
    try:
        document = json.loads(asked.words)
        message = str(document["message"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest("the stand-in reads a JSON document with a message") from error
    if message in set_answers:
        return as_text(set_answers[message])
    understood = await _READER.read(message, _context(document.get("conversation") or {}))
    return as_written(understood).model_dump_json(exclude_none=True)


def _context(told: dict[str, Any]) -> TurnContext:
    """The conversation as far as the document tells of it."""
    currency = told.get("currency", "KES")
    sells = told.get("shop_sells") or {}
    names = tuple(sells.get("names") or ())
    fields = {
        "step": told.get("step", "start"),
        "question": told.get("question"),
        "choices": tuple(told.get("choices") or ()),
        "options": tuple(_option(one, currency) for one in told.get("options") or ()),
        "replied_to_option": told.get("replied_to_option"),
        "focus": _option(told["piece_in_view"], currency) if told.get("piece_in_view") else None,
        "cart": tuple(_line(one) for one in told.get("cart") or ()),
        "last_line": told.get("line_changed_last"),
        "has_order": bool(told.get("has_placed_order")),
        "with_image": bool(told.get("with_photo")),
        "language": told.get("language", "en"),
        "currency": currency,
        "sold": Assortment(
            names=names,
            categories=tuple(sells.get("categories") or ()),
            colours=tuple(sells.get("colours") or ()),
            sizes=tuple(sells.get("sizes") or ()),
        ),
    }
    try:
        return TurnContext.model_validate(fields)
    except ValidationError as error:
        raise BadRequest("the stand-in does not know such a conversation") from error


def _option(told: dict[str, Any], currency: str) -> Option:
    return Option(
        number=told.get("number", 1),
        product_id=told.get("name", ""),
        name=told.get("name", ""),
        category=told.get("category", ""),
        colour=told.get("colour"),
        colours=tuple(told.get("colours") or ()),
        sizes=tuple(told.get("sizes") or ()),
        price_minor=to_minor(int(told.get("price", 0)), currency),
    )


def _line(told: dict[str, Any]) -> Line:
    return Line(
        number=told.get("number", 1),
        name=told.get("name", ""),
        colour=told.get("colour", ""),
        size=told.get("size", ""),
        quantity=told.get("quantity", 1),
        unit_price_minor=0,
        product_id=told.get("name", ""),
    )
