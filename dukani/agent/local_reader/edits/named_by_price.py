"""Reads a shown piece named by its price: "the 2,800 one", "the cheapest", "ile ya bei ya juu"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits import looking
from dukani.agent.local_reader.edits.pieces import values, whole
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.core.money import to_minor
from dukani.domain import acts as a
from dukani.domain.pieces import Option

POINTS_AT_PRICE = word_set("shopping", "points_at_price")
UP_TO = word_set("shopping", "up_to")
WHICH = frozenset(("which", "ipi"))


def named_by_price(clause: Message) -> list[a.Act]:
    """An Add of the piece named by its price, or its price where it is asked which that is."""
    if (priced := _option_at_price(clause)) is not None:
        return [a.Add(target=a.Target(option=priced), values=values(whole(clause)))]
    if (piece := _by_price(clause)) is None:
        return []
    told = _target(clause, piece)
    if clause.asks or _asks_which(clause):
        return [a.AskPrice(target=told)]
    return [a.Add(target=told, values=_values(clause, piece, told))]


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
    return clause.has("cheapest") or (clause.has("cheaper") and _asks_which(clause))


def _names_dearest(clause: Message) -> bool:
    """Whether the dearest is asked for or picked; "hiyo ni ghali zaidi" only complains."""
    told = clause.slots.wanted("colour") or clause.slots.wanted("size")
    picked = clause.has("want", "add_to_cart") or bool(told) or _asks_which(clause)
    return clause.has("dearest") and picked


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


def _by_price(clause: Message) -> Option | None:
    """The cheapest or dearest of the pieces compared, if one of them is meant."""
    dearest = _names_dearest(clause)
    if not (dearest or _names_cheapest(clause)):
        return None
    if looking.other_kind(clause) or not something_shown(clause) or len(_compared(clause)) < 2:
        return None
    return (max if dearest else min)(_compared(clause), key=lambda option: option.price_minor)


def _target(clause: Message, piece: Option) -> a.Target:
    """The piece compared: by its number in the list shown last, else by its name."""
    shown = {option.product_id for option in clause.context.options}
    if piece.product_id in shown:
        return a.Target(option=piece.number)
    return a.Target(name=piece.name)


def _values(clause: Message, piece: Option, told: a.Target) -> a.Values:
    """The values said of it, in the size an earlier list was asked for in."""
    said = values(whole(clause))
    size = piece.size if told.option is None else None
    return said if said.size or not size else said.model_copy(update={"size": size})
