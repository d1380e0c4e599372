"""Reads which lines stay while the others go: "keep only the hat", "nibaki na handbag tu"."""

from __future__ import annotations

import itertools
from dataclasses import replace

from dukani.agent.local_reader.edits.emphasis import customer_keeps, is_the_one_kept
from dukani.agent.local_reader.edits.lines_called import called_apart, fits_cart, lines_called
from dukani.agent.local_reader.edits.pieces import single, target, values, whole
from dukani.agent.local_reader.edits.stature import line_of_stature
from dukani.agent.local_reader.edits.stretches import HEADS
from dukani.agent.local_reader.edits.words import JOINERS, KEEP, ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

OF_ONE = frozenset(("ya", "wa", "za", "la", "ile", "the", "only", "just"))
TAKEN_OUT = ("~remove", "~cancel", "~erase")
MOST_OF_ONE = 5  # words: "ile ya 32 pekee", "only the small one's"


def keeping(clause: Message) -> list[a.Act]:
    """A Remove of all other lines: "keep only the hat", "just the bag please"; else nothing."""
    if not clause.context.cart or clause.asks or clause.has("show", "have"):
        return []
    if gone := _only_what_goes(clause):
        return gone
    if _keeps_ordered_value(clause):
        return [a.Decline()]
    if others := _others_of_the_kind(clause):
        return others
    kept = clause.says_any(KEEP) or leaves_only(clause)
    if kept and clause.tagged("~reduce") and clause.slots.wanted("quantity"):
        return _kept(clause) if customer_keeps(clause) else _reduced(clause)
    if _stays_so_many(clause):
        return _reduced(clause)
    if clause.says_any(KEEP) and _stays_of_two(clause):
        return _kept(clause)
    if _only_that_size(clause):
        return _kept(clause)
    if is_the_one_kept(clause):
        return _kept(clause)
    if not clause.says_any(ONLY):
        return []
    if (kept or _may_name_lines(clause)) and (several := _kept_several(clause)):
        return several
    return _kept(clause) if kept or _only_a_line(clause) else []


def _only_what_goes(clause: Message) -> list[a.Act]:
    """The Remove of the piece named, where what stays is told in no words of a piece.

    "Futa blanketi, nibakishie nguo za mtoto tu".
    """
    texts = [token.text for token in clause.tokens]
    kept = next((at for at, text in enumerate(texts) if text in KEEP), 0)
    if not kept or not clause.tokens[kept - 1].pause:
        return []
    out = next((i for i in range(kept) if not clause.tokens[i].tags.isdisjoint(TAKEN_OUT)), kept)
    named = [find for find in clause.slots.finds if find.slot in ("name", "category")]
    if len(named) != 1 or len(clause.slots.finds) != 1 or not out < named[0].start < kept:
        return []
    part = clause.only([replace(named[0], denied=False)])
    told = target(part, whole(part)).model_copy(update={"scope": "one", "pointed": None})
    return [a.Remove(target=told)]


def _keeps_ordered_value(clause: Message) -> bool:
    """Whether the ordered colour or size is kept, not the one asked about: "just the blue then".

    The piece in focus is offered or its size asked for, and a line has the value said already.
    """
    context, slots = clause.context, clause.slots
    kept = slots.wanted("colour") or slots.wanted("size")
    asked = context.question in ("size", "take_it") or clause.says_any(KEEP)
    focus = context.focus if asked else None
    if focus is None or len(kept) != 1 or len(clause.slots.finds) != 1 or clause.tagged("~add"):
        return False
    keeps = clause.says_any(KEEP)  # "I'll keep the brown"
    if not keeps and not (clause.says_any(ONLY) and definite(clause, kept[0])):
        return False
    lines = [line for line in context.cart if line.product_id == focus.product_id]
    return any(getattr(line, kept[0].slot) == kept[0].value for line in lines)


def _kept_several(clause: Message) -> list[a.Act]:
    """A Remove of each line besides several kept: "nibaki na cardigan na ile ya pink tu"."""
    cuts = [
        at
        for at in range(1, len(clause.tokens))
        if clause.tokens[at - 1].pause or clause.tokens[at].text in JOINERS
    ]
    spans = itertools.pairwise((0, *cuts, len(clause.tokens)))
    told = itertools.takewhile(
        lambda span: not _tells_more(clause, *span), ((start, end) for start, end in spans)
    )
    parts = [part for start, end in told if (part := clause.clause(start, end)).slots.finds]
    kept = called_apart([lines_called(part) for part in parts])
    refused = any(find.denied for find in clause.slots.finds)
    if len(parts) < 2 or not all(kept) or refused or clause.slots.wanted("quantity"):
        return []
    stay = {line.number for lines in kept for line in lines}
    gone = [line for line in clause.context.cart if line.number not in stay]
    removed: list[a.Act] = [a.Remove(target=a.Target(line=line.number)) for line in gone]
    return removed or [a.ViewOrder()]


def _tells_more(clause: Message, start: int, end: int) -> bool:
    """Whether another sentence begins: "only the tracksuit, we will get the shoes in April"."""
    if not start or not clause.tokens[start - 1].pause:
        return False
    return any(token.verb is not None for token in clause.tokens[start:end])


def _stays_so_many(clause: Message) -> bool:
    """Whether fewer of one line are to stay: "size 40 zibaki moja tu"; not "I keep one"."""
    counts = clause.slots.wanted("quantity")
    before = clause.tokens[counts[0].start - 1].text if counts and counts[0].start else ""
    if len(counts) != 1 or before not in KEEP or not before.endswith("baki"):
        return False
    if before[:2] in ("ni", "tu", "ku") or before == "baki":
        return False
    said = {f.slot: f.value for f in clause.slots.wanted("colour") + clause.slots.wanted("size")}
    lines = [
        line
        for line in clause.lines_said()
        if all(getattr(line, slot) == value for slot, value in said.items())
    ]
    named = any(find.slot != "quantity" for find in clause.slots.finds)
    return named and len(lines) == 1 and lines[0].quantity > int(str(counts[0].value))


def _only_that_size(clause: Message) -> bool:
    """Whether one of several lines of a piece is kept, named by its size: "just the 42"."""
    cart, sizes = clause.context.cart, clause.slots.wanted("size")
    if not clause.says_any(ONLY) or len(sizes) != 1 or len(clause.slots.finds) != 1:
        return False
    pointed = sizes[0].start > 0 and clause.tokens[sizes[0].start - 1].text in ("the", "ya", "za")
    fitting = [line for line in cart if line.size == sizes[0].value]
    kin = [line for line in cart if fitting and line.product_id == fitting[0].product_id]
    return pointed and len(fitting) == 1 and len(kin) > 1 and len(kin) == len(cart)


def _others_of_the_kind(clause: Message) -> list[a.Act]:
    """A Remove of each other line of the kind: "sweater ibaki ile ya 32 pekee", "ya mdogo tu"."""
    at = next((at for at, token in enumerate(clause.tokens) if token.text in KEEP), None)
    said = _phrase_behind(clause, at) if at is not None else None
    if at is None or said is None or not said.says_any(ONLY):
        return []
    so_many = [find.value for find in clause.slots.finds if find.slot == "quantity"]
    heads = [find for find in clause.slots.finds if find.slot in HEADS and find.end <= at]
    told = [find for find in said.slots.finds if find.slot in ("size", "colour")]
    kin = clause.only(heads).lines_said() if heads and told else []
    kept = [x for x in kin if all(getattr(x, find.slot) == find.value for find in told)]
    if said.tokens[0].text in OF_ONE and (line := line_of_stature(said)):
        kin, kept = [x for x in clause.context.cart if x.product_id == line.product_id], [line]
    gone = [line for line in kin if line not in kept]
    others = len(clause.slots.finds) - len(heads) - len(told) - len(so_many)
    if not kept or not gone or others or (so_many and so_many != [len(gone)]):
        return []
    return [a.Remove(target=a.Target(line=line.number)) for line in gone]


def _phrase_behind(clause: Message, at: int) -> Message | None:
    """What is said behind the verb of staying, up to a pause; None where that is little or much."""
    end = next(
        (n + 1 for n in range(at, len(clause.tokens)) if clause.tokens[n].pause), len(clause.tokens)
    )
    few = 1 < end - at - 1 <= MOST_OF_ONE and end == len(clause.tokens)
    return clause.clause(at + 1, end) if few else None


def _reduced(clause: Message) -> list[a.Act]:
    """A Set of the quantity that stays: "zile za njano punguza ibaki moja"."""
    told = single(target(clause, whole(clause), line=True))
    return [a.Set(target=told, values=values(whole(clause), ("quantity",)), change=True)]


def _stays_of_two(clause: Message) -> bool:
    """Whether the line to keep is the answer to which of two goes: "ya kaki ndiyo ibaki"."""
    asked = clause.context.question == "which_line" and len(clause.context.cart) == 2
    lines = clause.lines_said()
    return asked and len(lines) == 1 and not _stays_as(clause, lines[0])


def _stays_as(clause: Message, line: Line) -> bool:
    """Whether the line's own size is said, so that only its size is kept: "sketi ibaki M"."""
    size = clause.slots.first("size")
    return size is not None and line.size == size


def _kept(clause: Message) -> list[a.Act]:
    """A Remove of all other lines, and a Set of the kept line's quantity if one is said."""
    group = whole(clause)
    counted = values(group, ("quantity",))
    told = target(clause, group, line=True)
    if not told.describes and told.line is None:
        return [] if counted.says_nothing else [a.Set(values=counted, change=True)]
    if (told.name or told.category) and not clause.lines_said():
        return []  # the line to keep does not exist, so no line is removed
    acts: list[a.Act] = [a.Remove(target=a.Target(scope="all", but=single(told)))]
    wanted = clause.only(find for find in clause.slots.finds if not find.denied)
    called = lines_called(wanted)
    of_kind = told.category is not None and told.name is None
    if of_kind and len(called) < len(wanted.lines_said()):  # "the jeans", of all trousers
        gone = [line for line in clause.context.cart if line not in called]
        acts = [a.Remove(target=a.Target(line=line.number)) for line in gone]
    if not counted.says_nothing:
        acts.append(a.Set(target=single(told), values=counted, change=True))
    return acts


def leaves_only(clause: Message) -> bool:
    """Whether "leave only" is said of a piece: "leave only the black one", "acha tu black"."""
    return bool(clause.slots.finds) and any(
        before.text == "leave" and token.text in ("only", "just")
        for before, token in itertools.pairwise(clause.tokens)
    )


def _only_a_line(clause: Message) -> bool:
    """Whether only one line of the cart is wanted: "nataka kofia tu"."""
    wanted = clause.only(find for find in clause.slots.finds if not find.denied)
    return _may_name_lines(clause) and fits_cart(wanted)


def _may_name_lines(clause: Message) -> bool:
    """Whether a kind or name is said of several lines, and no value or other command."""
    slots, cart = clause.slots, clause.context.cart
    if clause.context.step in CHOOSING or len(cart) < 2 or slots.wanted("quantity"):
        return False
    if slots.wanted("size") or clause.tagged("~remove", "~change", "~add"):
        return False
    return _heads_said(clause)


def _heads_said(clause: Message) -> bool:
    return any(clause.slots.wanted(slot) for slot in HEADS)
