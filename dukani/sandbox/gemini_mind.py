"""What the stand-in for Gemini understands: what this machine's own reader and eye do.

It reads what it was sent and nothing else, as Gemini would, and writes its answer in the schema
that was asked for. Answers that were set for a message come before its own. It hears in a voice
note what the phone said is spoken in it.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from dukani.agent.gemini.written import as_written
from dukani.agent.local_eye import LocalEye
from dukani.agent.local_reader import LocalReader
from dukani.core.money import to_minor
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, Line, Option
from dukani.sandbox.gemini_wire import Asked, BadRequest, Media, as_text
from dukani.sandbox.world import World

_READER = LocalReader()
_COURTESY = {"en": "Happy to help!", "sw": "Nafurahi kukusaidia!"}


async def answer_to(asked: Asked, world: World) -> str:
    """The answer's JSON. Raises BadRequest for what it was never taught."""
    match asked.wanted:
        case "WrittenTurn":
            return await _read(asked, world.gemini_answers)
        case "WrittenTranscript":
            return await _hear(asked, world.spoken)
        case "WrittenPhoto":
            return await _see(asked)
        case "WrittenWords":
            return _word(asked, world.gemini_answers)
        case _:
            raise BadRequest(f"the stand-in has no answer of the schema {asked.wanted!r}")


def _word(asked: Asked, set_answers: dict[str, Any]) -> str:
    """The template with a courtesy at its end, unless other words were set for it."""
    try:
        document = json.loads(asked.words)
        template, language = str(document["template"]), document["language"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest("the stand-in words a JSON document with a template") from error
    if template in set_answers:
        return as_text(set_answers[template])
    return as_text({"text": f"{template} {_COURTESY.get(language, '')}".rstrip()})


async def _hear(asked: Asked, spoken: dict[str, str]) -> str:
    words = spoken.get(sha256(_medium(asked, "audio/").content).hexdigest(), "")
    language = (await _READER.read(words, TurnContext())).language
    return as_text({"transcript": words, "language": language, "confidence": 1.0})


async def _see(asked: Asked) -> str:
    photo = await _eye().look(_medium(asked, "image/").content)
    garment = {
        "category": photo.category,
        "colours": [*([photo.colour] if photo.colour else []), *photo.colours],
        "pattern": photo.pattern,
        "confidence": photo.confidence,
    }
    return as_text({"garments": [garment]})


def _medium(asked: Asked, kind: str) -> Media:
    found = [one for one in asked.media if one.mime_type.startswith(kind)]
    if not found:
        raise BadRequest(f"the stand-in was given no {kind}*")
    return found[0]


@cache
def _eye() -> LocalEye:
    return LocalEye()


async def _read(asked: Asked, set_answers: dict[str, Any]) -> str:
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
        "spoken_size": told.get("size_said_last"),
        "spoken_colour": told.get("colour_said_last"),
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
        category=told.get("category", ""),
        colour=told.get("colour", ""),
        size=told.get("size", ""),
        quantity=told.get("quantity", 1),
        unit_price_minor=0,
        product_id=told.get("name", ""),
    )
