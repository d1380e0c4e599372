"""Changes the line spoken of last to the size that is told anew: "actually my waist is 32 now"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.sizes import size_said

BY_NOW = frozenset(("actually", "kumbe", "nowadays"))
THESE_DAYS = (("siku", "hizi"), ("these", "days"))
CM_OF_INCH = 2.54


def in_the_size_by_now(message: Message, told: Sequence[a.Act]) -> list[a.Act]:
    """A Set of the customer's own line to a size it comes in, where she says hers has changed."""
    line = next((x for x in message.context.cart if x.number == message.context.last_line), None)
    if line is None or line.worn_by is not None or message.asks or not _has_changed(message):
        return []
    others = (size for act in told for size in _sizes_of(act) if size != line.size)
    size = next((own for said in others if (own := size_said(said, _sizes(message, line)))), None)
    return [a.Set(values=a.Values(size=size), change=True)] if size else []


def _has_changed(message: Message) -> bool:
    texts = [token.text for token in message.tokens]
    return message.says_any(BY_NOW) or any(pair in THESE_DAYS for pair in itertools.pairwise(texts))


def _sizes(message: Message, line: Line) -> tuple[str, ...]:
    sold = (p for p in message.context.sold.pieces if p.product_id == line.product_id)
    return next((piece.sizes for piece in sold), ())


def _sizes_of(act: a.Act) -> Iterator[str]:
    """The customer's own size as it is told; trousers are sized by the waist in inches."""
    if not isinstance(act, a.TellSize) or act.whose != "mine" or act.fit is not None:
        return
    if act.size is not None:
        yield act.size
    for one in act.measures:
        if one.measure == "waist":
            yield str(round(one.cm / CM_OF_INCH))
