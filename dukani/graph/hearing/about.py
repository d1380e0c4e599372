"""Resolves acts to the piece sent with the message: asked about, advertised or ordered. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import (
    Act,
    Add,
    AskPrice,
    AskShop,
    AskSize,
    AskStock,
    Confirm,
    Decline,
    Greeting,
    More,
    Remark,
    Repeat,
    Search,
    Set,
    Target,
    Thanks,
    Unclear,
    Values,
)

# "Hello! Can I get more info on this?", "I'm interested": acts without a question of their own.
ASKS_NOTHING = (Greeting, Thanks, Unclear, Remark, Decline, More, Repeat)
_NAMING_SLOTS = ("name", "category", "occasion", "pattern", "budget_max", "budget_min", "order_by")


def about_piece(acts: Sequence[Act], product_id: str) -> list[Act]:
    """The acts, with those that name no other piece aimed at this one; vague acts are dropped."""
    aimed = [_aimed_at(act, Target(product_id=product_id)) for act in acts]
    return [act for act in aimed if act is not None]


def without_vague(acts: Sequence[Act]) -> list[Act]:
    """The acts that make sense without knowing the piece they are about."""
    return [act for act in acts if not (_is_vague(act) or _is_about_unnamed(act))]


def about_ordered(adds: Sequence[Add], acts: Sequence[Act]) -> list[Act]:
    """The lines of a catalogue order with the words beside it: "all in M", "the black one please".

    Colour and size said of all lines, or beside a single one, are set in the lines.
    """
    said: list[Act] = [act for act in acts if not isinstance(act, (*ASKS_NOTHING, Confirm))]
    for act in [act for act in said if _tells_values(act, alone=len(adds) == 1)]:
        adds = [_with_values(add, act) for add in adds]
        said.remove(act)
    return [*adds, *said]


def _aimed_at(act: Act, piece: Target) -> Act | None:
    match act:
        case Confirm():
            return Add(target=piece)
        case Search() if _is_vague(act):
            told = Values(colour=act.colour, size=act.size, quantity=act.quantity, age=act.age)
            return None if told.says_nothing else AskStock(target=piece, values=told)
        case AskStock() if _names_no_other(act.target) and _values(act).says_nothing:
            return None
        case Set() if _names_no_other(act.target):
            return Add(target=piece, values=_values(act))
        case Add() if _names_no_other(act.target):
            return act.model_copy(update={"target": piece, "values": _values(act)})
        case AskStock() if _names_no_other(act.target):
            return act.model_copy(update={"target": piece, "values": _values(act)})
        case AskPrice() | AskSize() if _names_no_other(act.target):
            return act.model_copy(update={"target": piece})
    return None if _is_vague(act) else act


def _is_vague(act: Act) -> bool:
    if isinstance(act, Search):
        return all(getattr(act, field) is None for field in _NAMING_SLOTS)
    if isinstance(act, AskShop):
        return act.topic == "other"
    return isinstance(act, (Unclear, Remark, Decline, More, Repeat, Confirm))


def _is_about_unnamed(act: Act) -> bool:
    return isinstance(act, Add | Set | AskStock | AskPrice | AskSize) and _names_no_other(
        act.target
    )


def _names_no_other(target: Target) -> bool:
    """Whether the target names no other piece; a colour or size alone is wanted of this one."""
    other = target.name or target.category or target.pattern
    counted = target.line or target.option or target.product_id or target.variant_id
    return not other and not counted and target.scope == "one" and target.pointed != "other"


def _values(act: Add | Set | AskStock) -> Values:
    """The act's values; minds put colour and size in the target or in the values."""
    told = {"colour": act.target.colour, "size": act.target.size}
    kept = {k: v for k, v in told.items() if v is not None and getattr(act.values, k) is None}
    return act.values.model_copy(update=kept)


def _tells_values(act: Act, *, alone: bool) -> bool:
    if isinstance(act, Search):
        return alone and _is_vague(act) and act.text is None
    if not isinstance(act, Add | Set):
        return False
    to_all = act.target.scope in ("all", "both") and not act.target.describes
    return to_all or (alone and _names_no_other(act.target) and not getattr(act, "another", False))


def _with_values(add: Add, act: Act) -> Add:
    """The line with the act's colour, size and quantity; values not said stay the order's."""
    if isinstance(act, Search):
        values = Values(colour=act.colour, size=act.size, quantity=act.quantity, age=act.age)
    else:
        assert isinstance(act, Add | Set)  # nothing else tells values
        values = _values(act)
    told = values.model_dump(exclude_none=True)
    return add.model_copy(update={"values": add.values.model_copy(update=told)})
