"""Reads one size for another in all lines that are in it: "everything in size 8 should be 10"."""

from __future__ import annotations

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import ALL, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.sizes import same_size

EVERY = ALL | word_set("edits", "every_one")  # "anything", "zile"
AROUND = word_set("edits", "around_two_sizes")
INTO = frozenset(("make", "to", "into", "be", "should"))
COUNTS = 3  # so many pieces may be meant where no word says that it is a size


def sizes_of_all(clause: Message) -> list[a.Act]:
    """A Set of each line in the first of two sizes that are all the clause tells of."""
    sizes = [at for at, token in enumerate(clause.tokens) if _tells_size(token)]
    if len(sizes) != 2 or not clause.context.cart or clause.asks:
        return []
    first = max((at for at in range(sizes[0]) if clause.tokens[at].pause), default=-1) + 1
    if first:  # "he has grown, everything in size 8 should be 10"
        return sizes_of_all(clause.clause(first, len(clause.tokens)))
    heads = [find for find in clause.slots.finds if find.slot in ("name", "category")]
    told = {*sizes, *(at for find in heads for at in range(find.start, find.end))}
    others = [token for at, token in enumerate(clause.tokens) if at not in told]
    said = {token.text for token in others}
    changes = bool(said & (SET_TO | INTO)) or clause.tagged("~change")
    if not changes or not said & EVERY or not said <= EVERY | AROUND | SET_TO:
        return []
    old, new = (clause.tokens[at].value for at in sizes)
    marked = any(token.kind == "mark" for token in others)
    if new.isdigit() and int(new) <= COUNTS and not marked:
        return []
    lines = [line for line in clause.only(heads).lines_said() if same_size(old, line.size)]
    if not lines or not all(_is_sold_in(clause, line, new) for line in lines):
        return []
    to_be = a.Values(size=new)
    return [a.Set(target=a.Target(line=x.number), values=to_be, change=True) for x in lines]


def _tells_size(token: Token) -> bool:
    return "@number" in token.tags or token.kind == "size"


def _is_sold_in(clause: Message, line: Line, size: str) -> bool:
    return any(
        same_size(size, one)
        for piece in clause.context.sold.pieces
        if piece.product_id == line.product_id
        for one in piece.sizes
    )
