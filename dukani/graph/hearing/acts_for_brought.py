"""Relates a turn's acts to the piece, catalogue order or advertisement sent with the words."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.messages import Message
from dukani.domain.acts import Act, Greeting, Search
from dukani.domain.attachments import advert_key
from dukani.domain.brought import Advert
from dukani.domain.context import TurnContext
from dukani.graph.context import Context
from dukani.graph.happenings import Look, ShowPieces
from dukani.graph.hearing.about import about_ordered, about_piece, without_vague
from dukani.graph.hearing.brought import Brought
from dukani.graph.hearing.reading import read_all
from dukani.graph.hearing.texts import Texts
from dukani.graph.state import Task


def acts_about_brought(acts: Sequence[Act], brought: Brought) -> list[Act]:
    """The acts, read as about the piece or the order sent; the order's own lines first. Pure."""
    if brought.adds:
        return about_ordered(brought.adds, acts)
    if brought.about is not None:
        return about_piece(acts, brought.about.product_id)
    return without_vague(acts) if brought.speaks_of_pieces else list(acts)


async def with_tasks_for_brought(
    context: Context,
    tasks: Sequence[Task],
    brought: Brought,
    turn_context: TurnContext | None,
    written: Sequence[Message],
) -> list[Task]:
    """The tasks; if the words ask nothing, followed by one that shows what was sent with them."""
    asks = any(not isinstance(task, Greeting) for task in tasks)
    if not brought.speaks_of_pieces or brought.adds or asks:
        return list(tasks)
    if brought.shows:
        return [*tasks, ShowPieces(brought.shows)]
    if brought.asks_of_unknown:
        return list(tasks)  # anything shown would be mistaken for the piece asked about
    return [*tasks, await _search_like_advert(context, brought.advert, turn_context, written)]


async def _search_like_advert(
    context: Context,
    advert: Advert | None,
    turn_context: TurnContext | None,
    written: Sequence[Message],
) -> Task:
    """A search for pieces like an advertisement: by picture, by text, else the newest pieces."""
    if advert is None:
        return Search()
    said = await _read_advert(context, advert, turn_context)
    pictured = next((m for m in reversed(written) if advert_key(m.id) in context.photos), None)
    if pictured is not None:
        return Look(advert_key(pictured.id), said, of_advert=True)
    return said


async def _read_advert(
    context: Context, advert: Advert, turn_context: TurnContext | None
) -> Search:
    """A search for the category, colour and occasion in an advertisement's text."""
    if turn_context is None:
        return Search()
    alone = TurnContext(
        sold=turn_context.sold, language=turn_context.language, currency=turn_context.currency
    )
    for text in (advert.headline, advert.body):
        if not text:
            continue
        understood = await read_all(context, Texts((text,)), alone)
        found = next((act for act in understood.acts if isinstance(act, Search)), None)
        told = found and found.model_copy(
            update={
                "text": None,
                "name": None,
                "quantity": None,
                "evidence": None,
                "budget_max": None,
                "budget_min": None,
            }
        )
        if told and told != Search():
            return told
    return Search()
