"""Reads a size told by the one ordered: "a size bigger", "size kubwa zaidi", "one size down"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line, SoldPiece
from dukani.domain.sizes import ONE_SIZE

BIGGER = word_set("edits", "size_above")
SMALLER = word_set("edits", "size_below")
MORE = word_set("edits", "size_more")  # of "kubwa zaidi", "ndogo kidogo"
SIZE = frozenset(("size", "saizi", "sz", "one size"))  # "one size up"
STEPS = {"up": 1, "down": -1, "ongeza": 1, "punguza": -1}
IT = frozenset(("it", "iwe", "ziwe", "ifanye", "zifanye", "hiyo", "hizo", "yake"))
HEADS = ("name", "category")


def next_size(clause: Message) -> list[a.Act]:
    """A Set of the ordered piece in the size above or below its own."""
    step = _step_said(clause)
    if step is None or clause.asks or clause.has("ask_price", "show", "have", "again"):
        return []  # "replace the ballerinas with the lace-up, same size" takes no step
    meant = clause.only(find for find in clause.slots.finds if _tells_line(clause, find))
    lines = _lines_meant(clause, meant)
    if len(lines) != 1:
        return []
    told = target(meant, whole(meant), line=True) if _named(meant) else a.Target()
    told = told.model_copy(update={"scope": "one", "pointed": None})
    told = a.Target(line=lines[0].number) if told.says_nothing else told
    size = _beside(lines[0], clause, step)
    if size is None:
        return [a.AskStock(target=told)]  # it comes in no larger one: she is told which there are
    return [a.Set(target=told, values=a.Values(size=size), change=True)]


def _tells_line(clause: Message, find: Find) -> bool:
    return find.slot in (*HEADS, "colour") and clause.tokens[find.start].text not in STEPS


def _step_said(clause: Message) -> int | None:
    """1 for the size above, -1 for the one below; None where the words tell no step."""
    texts = [token.text for token in clause.tokens]
    told = [f for f in clause.slots.wanted("size") if not _is_relative(clause, f)]
    if told or clause.tagged("~remove"):
        return None
    sized = bool(SIZE & set(texts))
    for at, text in enumerate(texts):
        near = set(texts[max(0, at - 2) : at + 3])
        if text in STEPS and SIZE & near and not _counts_pieces(clause, at):
            return STEPS[text]
        compared = sized or bool(MORE & set(texts[at + 1 : at + 2]))
        if text in BIGGER and compared:
            return 1
        if text in SMALLER and compared:
            return -1
    return None


def _counts_pieces(clause: Message, at: int) -> bool:
    """Whether so many pieces are added or taken off here: "ongeza moja saizi hiyo hiyo"."""
    sized = next((i for i, t in enumerate(clause.tokens) if i > at and t.text in SIZE), at)
    counts = clause.slots.wanted("quantity")
    return any(find.start == at + 1 and find.end <= sized for find in counts)


def _is_relative(clause: Message, find: Find) -> bool:
    """Whether the size found is only the L of "kubwa" or the ONE of "one size up"."""
    said = {token.text for token in clause.tokens[find.start : find.end]}
    return bool(said & (BIGGER | SMALLER)) or find.value == ONE_SIZE


def _named(meant: Message) -> bool:
    return any(find.slot in HEADS for find in meant.slots.finds)


def _lines_meant(clause: Message, meant: Message) -> list[Line]:
    cart = clause.context.cart
    if _named(meant):
        return meant.lines_said()
    if len(cart) == 1:
        return list(cart)
    spoken_of = [line for line in cart if line.number == clause.context.last_line]
    return spoken_of if clause.says_any(IT) and clause.context.focus is None else []


def _beside(line: Line, clause: Message, step: int) -> str | None:
    """The size so many steps from the line's own, of those its colour is made in."""
    sold = next((p for p in clause.context.sold.pieces if p.product_id == line.product_id), None)
    sizes = _in_order(sold, line.colour)
    at = sizes.index(line.size) + step if line.size in sizes else -1
    return sizes[at] if 0 <= at < len(sizes) else None


def _in_order(sold: SoldPiece | None, colour: str) -> tuple[str, ...]:
    return sold.sizes_in((colour,)) if sold else ()
