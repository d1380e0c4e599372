"""Reads what comes in the place of a line: "kikapu acha, weka mkoba wa orange in its place".

So too of what is named before: "ile cap ya white badala yake nipe beanie grey".
"""

from __future__ import annotations

import itertools

from dukani.agent.local_reader.edits.groups import HEADS
from dukani.agent.local_reader.edits.pieces import definite_colour, single, target, values, whole
from dukani.agent.local_reader.edits.swap_parts import GONE, part_between, what_goes
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

IN_ITS_PLACE = {("its", "place"), ("their", "place"), ("mahali", "pake"), ("nafasi", "yake")}
INSTEAD_OF_IT = {("badala", "yake"), ("badala", "zake"), ("badala", "yao")}


def in_its_place(clause: Message) -> list[a.Act]:
    """The Substitute of "kikapu acha, weka mkoba wa orange in its place"."""
    texts = [token.text for token in clause.tokens]
    if swapped := _with_its_place_between(clause, texts):
        return swapped
    placed = any((one, other) in IN_ITS_PLACE for one, other in itertools.pairwise(texts))
    heads = [find for find in clause.slots.finds if find.slot in HEADS]
    if not placed or not heads or not clause.context.cart:
        return []
    parted = [at + 1 for at in range(heads[0].end - 1, len(texts)) if clause.tokens[at].pause]
    later = [find for find in heads if parted and find.start >= parted[0]]
    gone = part_between(clause, 0, parted[0], denied=heads[0].denied) if later else None
    if gone is not None and not clause.only(gone.finds).lines_said():
        return []
    start = parted[0] if later else 0
    wanted = part_between(clause, start, len(texts))
    if not wanted.heads:
        return []
    piece_slots = ("name", "category", "colour") if definite_colour(clause, wanted) else HEADS
    piece = single(target(clause.only(wanted.finds), wanted, piece_slots))
    return [a.Substitute(target=what_goes(clause, gone), piece=piece, values=values(wanted))]


def _with_its_place_between(clause: Message, texts: list[str]) -> list[a.Act]:
    """The Substitute of "ile cap ya white badala yake nipe beanie grey"."""
    at = next((i for i, pair in enumerate(itertools.pairwise(texts)) if pair in INSTEAD_OF_IT), 0)
    if not at:
        return []
    gone, wanted = clause.clause(0, at), clause.clause(at + 2, len(texts))
    named = all(any(f.slot in HEADS for f in part.slots.finds) for part in (gone, wanted))
    if not named or len(gone.lines_said()) != 1:
        return []
    slots = ("name", "category", "colour") if definite_colour(wanted, whole(wanted)) else HEADS
    line = single(target(gone, whole(gone), GONE))
    piece = single(target(wanted, whole(wanted), slots))
    return [a.Substitute(target=line, piece=piece, values=values(whole(wanted)))]
