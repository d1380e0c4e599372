"""Changes the line spoken of last to the size that is told anew: "actually my waist is 32 now".

So too the line of the kind that another wears so by now: "anasema jeans anavaa 32 siku hizi".
"""

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
    if message.asks or not _has_changed(message):
        return []
    if anothers := _anothers(message, told):
        return anothers
    line = next((x for x in message.context.cart if x.number == message.context.last_line), None)
    if line is None or line.worn_by is not None:
        return []
    others = (size for act in told for size in _sizes_of(act) if size != line.size)
    size = next((own for said in others if (own := size_said(said, _sizes(message, line)))), None)
    return [a.Set(values=a.Values(size=size), change=True)] if size else []


def _anothers(message: Message, told: Sequence[a.Act]) -> list[a.Act]:
    """A Set of the one line of the kind told of: "he says his jeans are 32 these days"."""
    sizes = [act for act in told if isinstance(act, a.TellSize)]
    if len(sizes) != 1 or sizes[0].whose != "theirs" or sizes[0].fit or not sizes[0].size:
        return []
    heads = [find for find in message.slots.finds if find.slot in ("name", "category")]
    lines = message.only(heads).lines_said() if heads else []
    size = size_said(sizes[0].size, _sizes(message, lines[0])) if len(lines) == 1 else None
    if size is None or size == lines[0].size:
        return []
    values = a.Values(size=size)
    return [a.Set(target=a.Target(line=lines[0].number), values=values, change=True)]


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
