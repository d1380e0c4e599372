"""Decides whether a clause picks a shown piece, sets its values, or searches for another.

The view decides: words that fit a piece in view pick it, other words search.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits import looking, picking
from dukani.agent.local_reader.edits.bought_again import bought_again
from dukani.agent.local_reader.edits.each_kind import EVERY, each_kind
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.named_by_price import named_by_price
from dukani.agent.local_reader.edits.one_each import one_each
from dukani.agent.local_reader.edits.pieces import target, values, whole
from dukani.agent.local_reader.edits.same_size import with_same_size
from dukani.agent.local_reader.edits.searching import add_unseen, searching, taken_unseen
from dukani.agent.local_reader.edits.words import INSTEAD, OTHER, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.domain import acts as a

KEEPING = word_set("edits", "keep")
LOOKING = ("show", "have")
VALUES = ("colour", "size", "quantity", "age")


def choosing(clause: Message, *, change: bool = False) -> list[a.Act]:
    """Adds, Sets, a Search or a question about stock; nothing when the clause names no piece.

    `change`: the clause corrects an earlier one, so a pick replaces the pick before it.
    """
    if _keeps_line(clause):
        return []
    if priced := named_by_price(clause):
        return priced
    if _browses(clause):
        return [a.Search(instead=change)]
    if looking.wants_again(clause):
        return [picking.again(clause)]
    if same := bought_again(clause):
        return same
    if another := picking.besides(clause):
        return another
    if _adds_something(clause):
        return [a.Search()]
    if _recounts_shown(clause):
        told = target(clause, whole(clause), ("name", "category"))
        return [a.Set(target=told, values=values(whole(clause), ("quantity",)), change=True)]
    if _alters_ordered(clause):
        return [a.Set(values=values(whole(clause)), change=True)]
    if each := one_each(clause):
        return [each]
    parts = groups(clause)
    looks = clause.has(*LOOKING) or (clause.has("more_options") and not _all_have_values(parts))
    if len(parts) > 1 and not clause.asks and not looks:
        return _several(clause, parts, change=change)
    if asked := looking.asks_even(clause) or looking.asks_of_known(clause):
        return asked
    if looking.wants_search(clause):
        return searching(clause, instead=change and _was_looking(clause))
    if looking.asks_stock(clause):
        return looking.stock_questions(clause, parts)
    return picking.picks(clause, change=change)


def _several(clause: Message, parts: Sequence[Group], *, change: bool) -> list[a.Act]:
    """An act for each piece: picked from the list, ordered unseen, or searched for."""
    parts = with_same_size(clause, parts)
    told = [part for part in parts if not _is_ordered(clause, part)]
    if told and len(told) < len(parts):
        clause, parts = clause.only(find for part in told for find in part.finds), told
    in_all = _comes_in_all(clause, parts)
    unseen = [] if in_all else [part for part in parts if _is_unseen(clause, part)]
    if unseen and len(unseen) == len(parts):
        return searching(clause, instead=change)
    acts: list[a.Act] = []
    for part in parts:
        if every := _in_every(clause, part):
            acts += every
        elif part not in unseen:
            number = in_all or _other_of_two(clause, part, parts)
            acts.append(picking.pick_of_several(clause, part, number))
        elif taken_unseen(clause, part, several=True):
            acts.append(add_unseen(clause, part))
        else:
            acts += searching(clause.only(part.finds), instead=change)
    return acts


def _in_every(clause: Message, part: Group) -> list[a.Act]:
    """The Adds of a piece in every colour or size: the scarf of "scarf rangi zote na tote moja"."""
    told = clause.tokens[part.start : part.end]
    if not part.heads or not any(token.text in EVERY for token in told):
        return []
    return each_kind(clause.clause(part.start, part.end))


def _other_of_two(clause: Message, part: Group, parts: Sequence[Group]) -> int | None:
    """The number of the other of two shown, behind a pick of one: "the first …, the other …"."""
    shown = [option.number for option in clause.context.options]
    picked = [int(str(f.value)) for one in parts if (f := one.first("option")) is not None]
    before = [f.end for one in parts if one is not part for f in one.finds if f.end <= part.start]
    behind = clause.tokens[max(before, default=part.start) : part.end]
    said = any(token.text in OTHER for token in behind)
    if len(shown) != 2 or len(picked) != 1 or len(parts) != 2 or part.heads or not said:
        return None
    return next((number for number in shown if number not in picked), None)


def _comes_in_all(clause: Message, parts: Sequence[Group]) -> int | None:
    """The number of the only piece shown that comes in all colours said: "two red, one yellow"."""
    colours = [part.first("colour") for part in parts]
    said = {str(find.value) for find in colours if find is not None}
    if None in colours or len(said) < 2 or any(part.heads for part in parts):
        return None
    fitting = [o.number for o in clause.context.options if said <= set(o.colours)]
    return fitting[0] if len(fitting) == 1 and len(clause.context.options) > 1 else None


def _is_ordered(clause: Message, part: Group) -> bool:
    """Whether the piece is ordered already: the cream of "the cream and a white one"."""
    besides = picking.is_besides(clause) and "quantity" not in part.slots
    colour = part.first("colour")
    if not besides or colour is None or colour.start == 0:
        return False
    ordered = len(clause.only(part.finds).lines_said()) == 1
    return ordered and clause.tokens[colour.start - 1].text == "the"


def _was_looking(clause: Message) -> bool:
    """Whether a correction replaces the last search: "no, skirts", without a cart."""
    return something_shown(clause) or not clause.context.cart


def _browses(clause: Message) -> bool:
    """Whether everything is to be shown: "show me what you have"."""
    said = [find for find in clause.slots.finds if find.slot != "quantity"]
    return clause.has("browse") and not said and not clause.slots.budget


def _adds_something(clause: Message) -> bool:
    """Whether a further piece is wanted and none named: "can I add something to my order"."""
    return clause.tagged("~add") and clause.tagged("@garment") and not clause.slots.finds


def _alters_ordered(clause: Message) -> bool:
    """Whether a placed order is to change: "make it size L"."""
    ordered = clause.context.has_order and not something_shown(clause)
    changed = clause.says_any(SET_TO) or clause.tagged("~change")
    said = {find.slot for find in clause.slots.finds}
    return ordered and changed and bool(said) and said <= set(VALUES) and not clause.asks


def _recounts_shown(clause: Message) -> bool:
    """Whether the quantity of the piece in view changes: "change the t-shirt to 2"."""
    said = {find.slot for find in clause.slots.finds}
    heads = {"name", "category"} & said
    changed = clause.tagged("~change") and not clause.says_any(INSTEAD)
    return changed and bool(heads) and "quantity" in said and said <= {*heads, "quantity"}


def _all_have_values(parts: Sequence[Group]) -> bool:
    """Whether each part has a colour or size: "moja ya zambarau nyingine ya machungwa"."""
    return all(part.slots & {"colour", "size"} for part in parts)


def _is_unseen(clause: Message, part: Group) -> bool:
    """Whether the part names a piece that is not in view."""
    if not part.heads and (clause.context.focus or len(clause.context.options) == 1):
        return False
    return looking.wants_search(clause.only(part.finds))


def _keeps_line(clause: Message) -> bool:
    """Whether a line of the cart is only kept: "ok I'll keep the navy one"."""
    asked = clause.context.question
    answers = asked in ("colour", "size") and bool(clause.slots.wanted(str(asked)))
    return clause.says_any(KEEPING) and bool(clause.lines_said()) and not answers
