"""Gives the words of a turn to the mind, in parts, with their dialogue context."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.messages import Message
from dukani.domain.acts import Act, Understanding
from dukani.domain.attachments import Attachment
from dukani.domain.context import TurnContext
from dukani.domain.shop_words import in_shop_words
from dukani.graph.context import Context
from dukani.graph.hearing.history import history_for_mind
from dukani.graph.hearing.in_view import lines_in_view, reader_context
from dukani.graph.hearing.texts import Texts, in_parts
from dukani.graph.perceived import ToRead
from dukani.graph.state import State


class NotRead(Exception):
    """The mind must read these words first, outside the transaction."""

    def __init__(self, words: Sequence[ToRead]) -> None:
        super().__init__(f"{len(words)} texts")
        self.words = tuple(words)


async def context_of(
    state: State, context: Context, written: Sequence[Message], *, with_image: bool
) -> TurnContext:
    """The dialogue context the mind reads the turn's words in."""
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    lines = await lines_in_view(state, context)
    turn_context = reader_context(state, context, lines, written, with_image=with_image, sold=sold)
    if history := await history_for_mind(context, written):
        turn_context = turn_context.model_copy(update={"history": history})
    return turn_context


async def read_all(context: Context, texts: Texts, turn_context: TurnContext) -> Understanding:
    """The acts of all parts, in order, and the language of the last part. Raises NotRead."""
    words = _words(texts, turn_context)
    require(context, words)
    read = [await context.read(one) for one in words]
    acts = tuple(act for understanding in read for act in understanding.acts)
    return Understanding(acts=acts, language=read[-1].language)


def require(context: Context, words: Sequence[ToRead]) -> None:
    """Raises NotRead with the words the mind has not read yet, if there are any."""
    if lacking := [one for one in words if context.lacks(one)]:
        raise NotRead(lacking)


def _words(texts: Texts, turn_context: TurnContext) -> list[ToRead]:
    """The parts in the words of the shop, where its owner has said what its customers mean.

    Not where an address is awaited: Dera Plaza is no dress plaza.
    """
    awaits_address = turn_context.step == "awaiting_delivery_address"
    learned = () if awaits_address else turn_context.sold.synonyms
    return [ToRead(in_shop_words(part, learned), turn_context) for part in texts.parts or ("",)]


async def captions_of(
    context: Context,
    written: Sequence[Message],
    photos: Sequence[Attachment],
    turn_context: TurnContext | None,
) -> dict[str, Sequence[Act]]:
    """Message id → acts of its caption; empty unless several messages have photo and caption.

    A single caption belongs to all photos. Raises NotRead.
    """
    pictured = {photo.message_id for photo in photos}
    captioned = [m for m in written if m.id in pictured and m.body.strip()]
    if turn_context is None or len(pictured) < 2 or len(captioned) < 2:
        return {}
    require(context, [one for m in captioned for one in _words(in_parts([m]), turn_context)])
    told = {m.id: await read_all(context, in_parts([m]), turn_context) for m in captioned}
    return {message_id: understanding.acts for message_id, understanding in told.items()}
