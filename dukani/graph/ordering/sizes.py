"""Advises sizes in a turn: proposes one where it is asked for, and reads those of other systems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from dukani.agent.facts import Fact, SizeAdvised, SizeConverted
from dukani.core.store import products
from dukani.core.store.products import Variant
from dukani.core.store.wearers import WornBy
from dukani.domain.changes import Change
from dukani.domain.questions import Question
from dukani.domain.said_values import in_stock, sizes_of
from dukani.domain.sizes import same_size, size_key
from dukani.domain.sizing.advice import PieceToFit, SizeAdvice
from dukani.domain.telling import Applied
from dukani.graph.context import Context
from dukani.tools import sizing


def piece_to_fit(variants: Sequence[Variant], category: str | None = None) -> PieceToFit:
    """The piece of these variants; without any, no piece in particular."""
    if not variants:
        return PieceToFit(category)
    first = variants[0]
    return PieceToFit(first.category, sizes_of(variants, None), product_id=first.product_id)


async def advised(
    context: Context,
    piece: PieceToFit,
    *,
    stocked: Sequence[str] = (),
    asked: str | None = None,
    worn_by: WornBy | None = None,
) -> SizeAdvised | None:
    """The size of the piece for the customer, or for the person who is to wear it.

    `stocked` are the piece's sizes that are to be had.
    """
    advice = await sizing.size_for(
        context.conn,
        piece,
        customer_id=context.customer.id,
        wearer_id=worn_by.id if worn_by else None,
        now=datetime.now(UTC),
    )
    if advice is None:
        return None
    meant = await _meant(context, asked, piece) if asked else None
    there = any(same_size(advice.size, size) for size in stocked) if piece.sizes else None
    return SizeAdvised(
        size=advice.size,
        worn_by=worn_by,
        confidence=advice.confidence,
        rests_on=advice.rests_on,
        beside=advice.beside,
        in_stock=there,
        others=() if there is not False else _nearest(advice.size, piece.sizes, stocked),
        asked=asked,
        asked_is=_compared(meant, advice) if meant else None,
    )


async def _meant(context: Context, asked: str, piece: PieceToFit) -> str:
    """The size asked about, as the piece has it: the M that "will 14 fit?" means."""
    found = await sizing.meaning(context.conn, asked, piece)
    return found.sizes[0] if found.sizes else asked


def _compared(asked: str, advice: SizeAdvice) -> str | None:
    """How a size compares with the one advised; None where the two have no order."""
    if same_size(asked, advice.size):
        return "same"
    if advice.beside is not None and same_size(asked, advice.beside):
        return "beside"
    one, other = size_key(asked), size_key(advice.size)
    if one[0] != other[0]:
        return None
    return "too_small" if one < other else "too_large"


def _nearest(size: str, sizes: Sequence[str], stocked: Sequence[str]) -> tuple[str, ...]:
    """The sizes in stock, those next to `size` first."""
    order = {one: place for place, one in enumerate(sorted({*sizes, size}, key=size_key))}
    there = [one for one in stocked if one in order]
    return tuple(sorted(there, key=lambda one: (abs(order[one] - order[size]), order[one])))


async def with_proposal(
    context: Context, questions: Sequence[Question], now: WornBy | None = None
) -> tuple[list[Question], list[Fact]]:
    """The questions, the size asked now with the one to propose, and why it is advised.

    It is advised for whom the waiting edit is; where that is not said, for `now`.
    """
    asked = questions[-1] if questions else None
    if asked is None or asked.field != "size" or asked.product_id is None or asked.proposed:
        return list(questions), []
    variants = await products.variants(context.conn, product_ids=[asked.product_id])
    whose = getattr(asked.completes, "for_whom", None)
    worn_by = whose.worn_by if whose else now
    advice = await advised(context, piece_to_fit(variants), stocked=asked.choices, worn_by=worn_by)
    if advice is None:
        return list(questions), []
    proposed = advice.size if advice.in_stock else None
    return [*questions[:-1], asked.model_copy(update={"proposed": proposed})], [advice]


async def with_converted(
    context: Context, applied: Applied, variants: Sequence[Variant]
) -> list[Fact]:
    """Reads each size refused as one of another system, and proposes what it means.

    The refusal becomes a question: "UK 14 is our L. Shall I take L?".
    """
    facts: list[Fact] = []
    for change in [one for one in applied.changes if one.reason == "no_such_size"]:
        at = next((n for n, q in enumerate(applied.questions) if _asks_for(q, change)), None)
        if at is None or change.size is None:
            continue
        question = applied.questions[at]
        of_piece = [v for v in variants if v.product_id == question.product_id]
        meant = await sizing.meaning(context.conn, change.size, piece_to_fit(of_piece))
        if not meant.sizes:
            continue
        size = meant.sizes[0]
        there = size in question.choices
        facts.append(
            SizeConverted(
                name=question.name,
                said=change.size,
                size=size,
                beside=meant.sizes[1] if len(meant.sizes) > 1 else None,
                in_stock=there,
                shop_chart=meant.by_shops_chart,
            )
        )
        applied.changes.remove(change)
        update = {"proposed": size if there else None}
        applied.questions[at] = question.model_copy(update=update)
    return facts


def _asks_for(question: Question, change: Change) -> bool:
    return question.field == "size" and question.name == change.name


async def stocked_sizes(context: Context, product_id: str) -> tuple[PieceToFit, tuple[str, ...]]:
    """A piece, and its sizes that are to be had."""
    variants = await products.variants(context.conn, product_ids=[product_id])
    return replace(piece_to_fit(variants), product_id=product_id), sizes_of(
        in_stock(variants), None
    )
