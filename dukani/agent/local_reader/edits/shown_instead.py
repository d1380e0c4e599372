"""Reads a swap for a piece shown: "take that one instead of the Pelican", "swap it for that one".

The piece is pointed at and not named. Of two shown, one of them ordered, "ile nyingine badala yake"
is the other.
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import HEADS
from dukani.agent.local_reader.edits.instead_of import PLACES
from dukani.agent.local_reader.edits.pieces import pointed_at, values
from dukani.agent.local_reader.edits.swap_parts import (
    CONNECTORS,
    part_between,
    swap_verb,
    undenied,
    what_goes,
)
from dukani.agent.local_reader.edits.words import INSTEAD
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a


def that_one_instead(clause: Message) -> list[a.Act]:
    """The swap of a line for the piece in focus: "take that one instead of the Pelican"."""
    if pointed := _swapped_for_shown(clause):
        return pointed
    texts = [token.text for token in clause.tokens]
    at = next((i for i in range(len(texts) - 1) if (texts[i], texts[i + 1]) in PLACES), None)
    focus = clause.context.focus
    if at is None or focus is None or not clause.context.cart:
        return []
    heads = [find for find in clause.slots.finds if find.slot in HEADS]
    if len(heads) != 1 or heads[0].start < at or not clause.only(undenied(heads)).lines_said():
        return []
    gone = part_between(clause, at, len(texts), denied=heads[0].denied)
    wanted = a.Target(name=focus.name)
    return [a.Substitute(target=what_goes(clause, gone), piece=wanted, values=a.Values())]


def other_instead(clause: Message) -> list[a.Act]:
    """The swap for the other piece shown: "nipe ile nyingine badala yake, navy 14"."""
    shown = {option.product_id for option in clause.context.options}
    told = clause.says_any(INSTEAD) and pointed_at(clause) == "other"
    heads = any(find.slot in HEADS or find.denied for find in clause.slots.finds)
    if not told or heads or len(shown) != 2 or not clause.context.cart:
        return []
    wanted = part_between(clause, 0, len(clause.tokens))
    ordered = [line for line in clause.context.cart if line.product_id in shown]
    if len(ordered) != 1:
        return []
    gone = a.Target(line=ordered[0].number)
    return [a.Substitute(target=gone, piece=a.Target(pointed="other"), values=values(wanted))]


def _swapped_for_shown(clause: Message) -> list[a.Act]:
    """The swap for the only piece shown, which no line is: "swap it for that one"."""
    verb, shown = swap_verb(clause), {option.name: option for option in clause.in_view}
    if verb is None or len(shown) != 1 or not clause.context.cart:
        return []
    behind = clause.tokens[verb + 1 :]
    at = next((i for i, token in enumerate(behind) if token.text in CONNECTORS), len(behind))
    told = any("@this" in token.tags for token in behind[at + 1 :])
    (piece,) = shown.values()
    cart = clause.context.cart
    if not told or piece.name in {line.name for line in cart}:
        return []
    if (finds := clause.slots.finds) and (not _names_line(clause) or finds[-1].start > verb + at):
        return []
    if finds:
        named = part_between(clause, 0, len(clause.tokens))
        return [a.Substitute(target=what_goes(clause, named), piece=a.Target(name=piece.name))]
    alike = [line for line in cart if line.category == piece.category]
    line = alike[0] if len(alike) == 1 else cart[0] if len(cart) == 1 else None
    gone = a.Target(line=line.number) if line else a.Target(pointed="it")
    return [a.Substitute(target=gone, piece=a.Target(name=piece.name), values=a.Values())]


def _names_line(clause: Message) -> bool:
    """Whether all that is said names one line: the tote of "swap the tote for that one"."""
    finds = clause.slots.finds
    told = all(find.slot in ("name", "category", "colour") and not find.denied for find in finds)
    return told and len(clause.only(finds).lines_said()) == 1
