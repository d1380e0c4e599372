"""Finds the lines that words call, the closest where several are of the kind."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.pieces import Line


def lines_called(clause: Message) -> list[Line]:
    """The lines said; of several those called by the word for the kind, and of the size said.

    "The jeans" are not the parachute pants, though both are trousers.
    """
    lines = clause.lines_said()
    kinds = clause.slots.wanted("category")
    words = {clause.tokens[find.start].text for find in kinds}
    called = [line for line in lines if words & set(words_of(line.name))] or lines
    sizes = {find.value for find in clause.slots.wanted("size")}
    return [line for line in called if line.size in sizes] or called


def called_apart(parts: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each part, without the pieces that another part calls more closely.

    "The shoes and the pink sandals", where sandals are filed as shoes: the shoes are the others.
    """
    apart = []
    for lines in parts:
        closer = [
            part for part in parts if len(part) < len(lines) and all(x in lines for x in part)
        ]
        pieces = {line.product_id for part in closer for line in part}
        apart.append([line for line in lines if line.product_id not in pieces] or lines)
    return apart


def fits_cart(clause: Message) -> bool:
    """Whether a line of the cart is called by its kind, name, colour or size."""
    said = any(find.slot in ("category", "name", "colour") for find in clause.slots.finds)
    sized = {find.value for find in clause.slots.finds if find.slot == "size"}
    lines = clause.lines_said() if said or sized else []
    return any(not sized or line.size in sized for line in lines)
