"""Turns an open question about the order (slot filling) into the facts that ask it."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import (
    AskReading,
    AskVariant,
    AskWhichLine,
    AskWhichOption,
    Fact,
    OfferNearest,
    PriceTold,
    StillOpen,
)
from dukani.core.store import products
from dukani.core.store.products import Variant
from dukani.domain.acts import Set, Split, Values
from dukani.domain.pieces import Line
from dukani.domain.questions import Question
from dukani.graph.context import Context
from dukani.graph.ordering.missing import missing_asked
from dukani.graph.state import State, with_list
from dukani.tools.options import as_options

MOST_OPTIONS = 8


async def ask(
    state: State,
    context: Context,
    question: Question,
    lines: Sequence[Line],
    *,
    again: bool = False,
) -> tuple[State, list[Fact]]:
    """(state changes, facts that ask the question); `again`: it was asked before."""
    match question.field:
        case "which":
            values = _values(question)
            options = await as_options(
                context.conn, question.choices[:MOST_OPTIONS], colour=values.colour
            )
            return {"lists": with_list(state, options)}, [AskWhichOption(options=options)]
        case "which_line":
            meant = tuple(line for line in lines if line.variant_id in question.choices)
            return {}, [AskWhichLine(lines=meant)]
        case "colour" | "size" | "quantity":
            return {}, await _ask_variant(context, question, again=again)
        case "take_it":
            return {}, await _offer(context, question)
        case "missing" if lines:
            return {}, [missing_asked(lines, question.choices)]
        case "reading":
            told = tuple(reading.changes for reading in question.readings)
            return {}, [AskReading(readings=told, again=again or question.attempts > 1)]
    return {}, []


async def _offer(context: Context, question: Question) -> list[Fact]:
    """Offers the nearest colour to the one wanted; else the piece with its price."""
    if question.offer is not None:
        return [OfferNearest(**question.offer.model_dump())]
    assert question.product_id is not None  # a piece is offered
    options = await as_options(
        context.conn, (question.product_id,), colour=_values(question).colour
    )
    return [PriceTold(options=options)] if options else []


def _values(question: Question) -> Values:
    return getattr(question.completes, "values", None) or Values()


async def _ask_variant(context: Context, question: Question, *, again: bool) -> list[Fact]:
    assert question.product_id is not None  # a value is asked of a piece
    variants = await products.variants(context.conn, product_ids=[question.product_id])
    values = _values(question)
    facts: list[Fact] = []
    if again:
        ordered = isinstance(question.completes, Set | Split)
        facts.append(
            StillOpen(name=question.name, colour=values.colour, size=values.size, ordered=ordered)
        )
    facts.append(
        AskVariant(
            name=question.name,
            missing=question.field,
            choices=question.choices,
            proposed=question.proposed,
            colour=values.colour,
            size=values.size,
            price_minor=_price(variants, values),
        )
    )
    return facts


def _price(variants: Sequence[Variant], values: Values) -> int:
    fitting = [v for v in variants if values.colour in (None, v.colour)] or list(variants)
    return min((v.price_minor for v in fitting), default=0)
