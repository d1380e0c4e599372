"""Reads a message with Gemini."""

from __future__ import annotations

import json
from typing import Any

from dukani.agent.gemini import prompt
from dukani.agent.gemini.model import GeminiModel
from dukani.agent.gemini.written import WrittenTurn, as_understanding
from dukani.core.money import whole_units
from dukani.domain.acts import Understanding
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option

MOST_NAMES = 80  # of what the shop sells: what is in view is told whole


class GeminiReader:
    """A `Reader` that may wait and may fail: a turn asks it outside its transaction."""

    wants_history = True  # the last messages of both sides

    def __init__(self, model: GeminiModel, *, timeout_s: float) -> None:
        self._model = model
        self._timeout_s = timeout_s
        self.prompt = prompt.load("reading")

    async def read(self, text: str, context: TurnContext) -> Understanding:
        """What the customer does in `text`. Raises MindFailed."""
        answer = await self._model.answer(
            WrittenTurn,
            system=self.prompt.text,
            words=document(text, context),
            timeout_s=self._timeout_s,
        )
        return as_understanding(answer.written)


def document(text: str, context: TurnContext) -> str:
    """The message and what the customer has before her, as JSON; what is not there is left out."""
    conversation = {
        "step": context.step,
        "question": context.question,
        "choices": context.choices,
        "options": [_option(option, context.currency) for option in context.options],
        "replied_to_option": context.replied_to_option,
        "piece_in_view": context.focus and _option(context.focus, context.currency),
        "cart": [_line(line) for line in context.cart],
        "line_changed_last": context.last_line,
        "size_said_last": context.spoken_size,
        "colour_said_last": context.spoken_colour,
        "has_placed_order": context.has_order,
        "with_photo": context.with_image,
        "language": context.language,
        "currency": context.currency,
        "shop_sells": {
            "categories": context.sold.categories,
            "colours": context.sold.colours,
            "sizes": context.sold.sizes,
            "names": context.sold.names[:MOST_NAMES],
        },
        "last_messages": [said.model_dump() for said in context.history],
    }
    return json.dumps({"message": text, "conversation": _told(conversation)}, ensure_ascii=False)


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, False, [], (), "")}


def _option(option: Option, currency: str) -> dict[str, Any]:
    return _told(
        {
            "number": option.number,
            "name": option.name,
            "category": option.category,
            "colour": option.colour,
            "colours": option.colours,
            "sizes": option.sizes,
            "price": whole_units(option.price_minor, currency),
        }
    )


def _line(line: Line) -> dict[str, Any]:
    return _told(
        {
            "number": line.number,
            "name": line.name,
            "category": line.category,
            "colour": line.colour,
            "size": line.size,
            "quantity": line.quantity,
        }
    )
