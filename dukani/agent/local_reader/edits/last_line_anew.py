"""Recognises the line put in last told anew in several colours: "3 white and 2 black" of five."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.edits.group import Group
from dukani.agent.local_reader.parsing.message import Message


def last_line_told_anew(clause: Message, parts: Sequence[Group]) -> bool:
    """Whether the counts make up the line put in last, whose piece comes in each of the colours.

    With five white socks and black shoes, "3 white and 2 black" are socks.
    """
    context = clause.context
    last = next((line for line in context.cart if line.number == context.last_line), None)
    apart = all(part.slots == {"colour", "quantity"} for part in parts)
    if last is None or last.quantity < 2 or not apart:
        return False
    counts = [int(str(part.first("quantity").value)) for part in parts]  # type: ignore[union-attr]
    said = {str(part.first("colour").value) for part in parts}  # type: ignore[union-attr]
    sold = (p.colours for p in context.sold.pieces if p.product_id == last.product_id)
    others = [x for x in context.cart if x.product_id == last.product_id and x is not last]
    anew = last.colour in said and not any(line.colour in said for line in others)
    return anew and sum(counts) == last.quantity and any(said <= set(comes_in) for comes_in in sold)
