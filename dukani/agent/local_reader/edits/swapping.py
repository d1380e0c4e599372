"""Reads substitutions in any words: "swap the hoodie for the jacket", "sketi badala ya gauni".

The line that goes is named in one part of the clause and the new piece in another; where none is
named to go, it is the piece spoken of last. "Badala ya masweta yote mawili" removes each of them.
"""

from __future__ import annotations

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.edits.as_before import as_the_line_that_goes
from dukani.agent.local_reader.edits.exchanging import exchanged
from dukani.agent.local_reader.edits.groups import HEADS, Group
from dukani.agent.local_reader.edits.instead import instead_of_last
from dukani.agent.local_reader.edits.instead_of import denied_for_wanted, in_place_of
from dukani.agent.local_reader.edits.other_shown import other_shown
from dukani.agent.local_reader.edits.pieces import definite_colour, single, target, values
from dukani.agent.local_reader.edits.set_from import set_in_place, value_in_place, value_swapped
from dukani.agent.local_reader.edits.shown_instead import other_instead, that_one_instead
from dukani.agent.local_reader.edits.swap_parts import GENITIVE, what_goes
from dukani.agent.local_reader.edits.swapping_all import all_exchanged, all_for_one, replaces_all
from dukani.agent.local_reader.edits.swapping_some import some_exchanged
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a


def swapping(clause: Message) -> list[a.Act]:
    """A Substitute; nothing where no piece replaces another."""
    return [as_the_line_that_goes(clause, act) for act in _swapped(clause)]


def _swapped(clause: Message) -> list[a.Act]:
    if clause.asks or clause.has("show", "have"):
        return []
    if revalued := value_swapped(clause) or value_in_place(clause):
        return revalued
    if some := all_exchanged(clause) or some_exchanged(clause):
        return some
    if in_hand := that_one_instead(clause) or other_instead(clause) or other_shown(clause):
        return in_hand
    parts = (
        exchanged(clause)
        or denied_for_wanted(clause)
        or in_place_of(clause)
        or instead_of_last(clause)
    )
    if parts is None:
        return set_in_place(clause)
    gone, wanted = parts
    if gone is not None and replaces_all(clause, gone):
        return all_for_one(clause, gone, wanted)
    piece_slots = ("name", "category", "colour") if definite_colour(clause, wanted) else HEADS
    taken = clause.only(wanted.finds)
    return [
        a.Substitute(
            target=what_goes(clause, gone),
            piece=_of_same_kind(clause, gone, single(target(taken, wanted, piece_slots))),
            values=values(wanted),
        )
    ]


def _of_same_kind(clause: Message, gone: Group | None, piece: a.Target) -> a.Target:
    """The new piece with the old line's category, where its name fits pieces of several."""
    if gone is None or piece.name is None or piece.category is not None:
        return piece
    lines = clause.only(gone.finds).lines_said()
    called = set(piece.name.split()) - GENITIVE
    pieces = clause.context.sold.pieces
    kinds = {sold.category for sold in pieces if called <= set(words_of(sold.name))}
    same = {line.category for line in lines} & kinds
    if len(kinds) < 2 or len(same) != 1:
        return piece
    return piece.model_copy(update={"category": same.pop()})
