"""Decides whether a clause picks a shown piece, sets its values, or searches for another.

The view decides: words that fit a piece in view pick it, other words search.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits import looking, picking
from dukani.agent.local_reader.edits.bought_again import bought_again
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import target, values, whole
from dukani.agent.local_reader.edits.same_size import with_same_size
from dukani.agent.local_reader.edits.searching import add_unseen, searching, taken_unseen
from dukani.agent.local_reader.edits.words import INSTEAD, SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.core.money import to_minor
from dukani.domain import acts as a
from dukani.domain.pieces import Option

POINTS_AT_PRICE = word_set("shopping", "points_at_price")
UP_TO = word_set("shopping", "up_to")
KEEPING = word_set("edits", "keep")
LOOKING = ("show", "have")
WHICH = frozenset(("which", "ipi"))
VALUES = ("colour", "size", "quantity", "age")


def choosing(clause: Message, *, change: bool = False) -> list[a.Act]:
    """Adds, Sets, a Search or a question about stock; nothing when the clause names no piece.

    `change`: the clause corrects an earlier one, so a pick replaces the pick before it.
    """
    if _keeps_line(clause):
        return []
    if (priced := _option_at_price(clause)) is not None:
        return [a.Add(target=a.Target(option=priced), values=values(whole(clause)))]
    if _names_cheapest(clause):
        cheapest = _cheapest(clause)
        if clause.asks or _asks_which(clause):
            return [a.AskPrice(target=cheapest)]
        return [a.Add(target=cheapest, values=_values_of_cheapest(clause, cheapest))]
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
    if each := picking.one_each(clause):
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
    unseen = [part for part in parts if _is_unseen(clause, part)]
    if len(unseen) == len(parts):
        return searching(clause, instead=change)
    acts: list[a.Act] = []
    in_all = _comes_in_all(clause, parts)
    for part in parts:
        if part not in unseen:
            acts.append(picking.pick_of_several(clause, part, in_all))
        elif taken_unseen(clause, part, several=True):
            acts.append(add_unseen(clause, part))
        else:
            acts += searching(clause.only(part.finds), instead=change)
    return acts


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


def _option_at_price(clause: Message) -> int | None:
    """The number of the shown piece named by its price: "the 2,800 one", "ile ya elfu mbili"."""
    slots, amount = clause.slots, clause.slots.budget.get("budget_max")
    pointed = clause.says_any(POINTS_AT_PRICE) and not clause.says_any(UP_TO)
    if amount is None or len(slots.budget) > 1 or not pointed or clause.has("cheaper", "show"):
        return None
    if slots.wanted("category") or slots.wanted("occasion"):
        return None
    minor = to_minor(amount, clause.context.currency)
    costing = [o.number for o in clause.context.options if o.price_minor == minor]
    return costing[0] if len(costing) == 1 else None


def _names_cheapest(clause: Message) -> bool:
    named = clause.has("cheapest") or (clause.has("cheaper") and _asks_which(clause))
    if not named or looking.other_kind(clause) or not something_shown(clause):
        return False
    return len(_compared(clause)) > 1


def _asks_which(clause: Message) -> bool:
    """Whether it is asked which one of those shown: "ya bei nafuu ni ipi", "gani iko chini"."""
    return clause.says_any(WHICH) or clause.tokens[0].text == "gani"


def _compared(clause: Message) -> list[Option]:
    """The pieces compared: those shown, and beside a single one that of the list before it."""
    compared = [option for option in clause.context.options if option.price_minor]
    definite = clause.tagged("@this") or clause.says("the") or _asks_which(clause)
    if len(compared) != 1 or not definite:
        return compared
    for earlier in clause.context.earlier:
        others = [one for one in earlier if one.product_id != compared[0].product_id]
        if others:
            return [*compared, *(one for one in others if one.price_minor)]
    return compared


def _cheapest_option(clause: Message) -> Option:
    return min(_compared(clause), key=lambda option: option.price_minor)


def _cheapest(clause: Message) -> a.Target:
    """The cheapest piece compared: by its number in the list shown last, else by its name."""
    cheapest = _cheapest_option(clause)
    shown = {option.product_id for option in clause.context.options}
    if cheapest.product_id in shown:
        return a.Target(option=cheapest.number)
    return a.Target(name=cheapest.name)


def _values_of_cheapest(clause: Message, told: a.Target) -> a.Values:
    """The values said of it, in the size an earlier list was asked for in."""
    said = values(whole(clause))
    size = _cheapest_option(clause).size if told.option is None else None
    return said if said.size or not size else said.model_copy(update={"size": size})
