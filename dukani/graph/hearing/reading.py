"""The words of a turn given to the mind: in parts, in the light of what came with them."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.messages import Message
from dukani.domain.acts import Act, Understanding
from dukani.domain.attachments import Attachment
from dukani.domain.context import TurnContext
from dukani.graph.context import Context
from dukani.graph.hearing.history import history_for_mind
from dukani.graph.hearing.in_view import lines_in_view, reader_context
from dukani.graph.hearing.texts import Texts, in_parts
from dukani.graph.perceived import ToRead
from dukani.graph.state import State


class NotRead(Exception):
    """A mind is to be asked of these words first, outside the transaction."""

    def __init__(self, words: Sequence[ToRead]) -> None:
        super().__init__(f"{len(words)} texts")
        self.words = tuple(words)


async def context_of(
    state: State, context: Context, written: Sequence[Message], *, with_image: bool
) -> TurnContext:
    """What the mind may know while it reads."""
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    lines = await lines_in_view(state, context)
    heard_in = reader_context(state, context, lines, written, with_image=with_image, sold=sold)
    if history := await history_for_mind(context, written):
        heard_in = heard_in.model_copy(update={"history": history})
    return heard_in


async def read_all(context: Context, texts: Texts, heard_in: TurnContext) -> Understanding:
    """The acts of all parts, in order; the language of the last. Raises NotRead."""
    words = _words(texts, heard_in)
    require(context, words)
    read = [await context.read(one) for one in words]
    acts = tuple(act for understanding in read for act in understanding.acts)
    return Understanding(acts=acts, language=read[-1].language)


def require(context: Context, words: Sequence[ToRead]) -> None:
    """Raises NotRead, with all of them that a mind is still to be asked of."""
    if lacking := [one for one in words if context.lacks(one)]:
        raise NotRead(lacking)


def _words(texts: Texts, heard_in: TurnContext) -> list[ToRead]:
    return [ToRead(part, heard_in) for part in texts.parts or ("",)]


async def captions_of(
    context: Context,
    written: Sequence[Message],
    photos: Sequence[Attachment],
    heard_in: TurnContext | None,
) -> dict[str, Sequence[Act]]:
    """The acts of each photo's own words, by message; none where one caption is for all.

    Raises NotRead.
    """
    pictured = {photo.message_id for photo in photos}
    captioned = [m for m in written if m.id in pictured and m.body.strip()]
    if heard_in is None or len(pictured) < 2 or len(captioned) < 2:
        return {}
    require(context, [one for m in captioned for one in _words(in_parts([m]), heard_in)])
    told = {m.id: await read_all(context, in_parts([m]), heard_in) for m in captioned}
    return {message_id: understanding.acts for message_id, understanding in told.items()}
