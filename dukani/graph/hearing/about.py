"""Acts read as about a piece that came with the message: asked about, advertised, ordered. Pure."""

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

# "Hello! Can I get more info on this?", "I'm interested": asks nothing by itself.
ASKS_NOTHING = (Greeting, Thanks, Unclear, Remark, Decline, More, Repeat)
_TELLS = ("name", "category", "occasion", "pattern", "budget_max", "budget_min", "order_by")


def about_piece(acts: Sequence[Act], product_id: str) -> list[Act]:
    """What names no other piece is of this one; what asks nothing at all is left out."""
    mine = [_of(act, Target(product_id=product_id)) for act in acts]
    return [act for act in mine if act is not None]


def without_vague(acts: Sequence[Act]) -> list[Act]:
    """The acts that mean something though nobody knows the piece they are about."""
    return [act for act in acts if not (_is_vague(act) or _of_it(act))]


def about_ordered(adds: Sequence[Add], acts: Sequence[Act]) -> list[Act]:
    """A native order with the words that came with it: "all in M", "the black one please".

    Colour and size said of all, or of the only piece, are those pieces'.
    """
    said: list[Act] = [act for act in acts if not isinstance(act, (*ASKS_NOTHING, Confirm))]
    for act in [act for act in said if _tells_values(act, alone=len(adds) == 1)]:
        adds = [_with(add, act) for add in adds]
        said.remove(act)
    return [*adds, *said]


def _of(act: Act, piece: Target) -> Act | None:
    match act:
        case Confirm():
            return Add(target=piece)
        case Search() if _is_vague(act):
            told = Values(colour=act.colour, size=act.size, quantity=act.quantity, age=act.age)
            return None if told.says_nothing else AskStock(target=piece, values=told)
        case AskStock() if _means_it(act.target) and _values(act).says_nothing:
            return None
        case Set() if _means_it(act.target):
            return Add(target=piece, values=_values(act))
        case Add() if _means_it(act.target):
            return act.model_copy(update={"target": piece, "values": _values(act)})
        case AskStock() if _means_it(act.target):
            return act.model_copy(update={"target": piece, "values": _values(act)})
        case AskPrice() | AskSize() if _means_it(act.target):
            return act.model_copy(update={"target": piece})
    return None if _is_vague(act) else act


def _is_vague(act: Act) -> bool:
    if isinstance(act, Search):
        return all(getattr(act, field) is None for field in _TELLS)
    if isinstance(act, AskShop):
        return act.topic == "other"
    return isinstance(act, (Unclear, Remark, Decline, More, Repeat, Confirm))


def _of_it(act: Act) -> bool:
    return isinstance(act, Add | Set | AskStock | AskPrice | AskSize) and _means_it(act.target)


def _means_it(target: Target) -> bool:
    """No other piece by its name or kind; a colour or size is wanted of this one."""
    other = target.name or target.category or target.pattern
    counted = target.line or target.option or target.product_id or target.variant_id
    return not other and not counted and target.scope == "one" and target.pointed != "other"


def _values(act: Add | Set | AskStock) -> Values:
    """What is said, wherever the mind put it."""
    told = {"colour": act.target.colour, "size": act.target.size}
    kept = {k: v for k, v in told.items() if v is not None and getattr(act.values, k) is None}
    return act.values.model_copy(update=kept)


def _tells_values(act: Act, *, alone: bool) -> bool:
    if isinstance(act, Search):
        return alone and _is_vague(act) and act.text is None
    if not isinstance(act, Add | Set):
        return False
    to_all = act.target.scope in ("all", "both") and not act.target.describes
    return to_all or (alone and _means_it(act.target) and not getattr(act, "another", False))


def _with(add: Add, act: Act) -> Add:
    """The order's own colour, size and count stay unless the words say others."""
    if isinstance(act, Search):
        values = Values(colour=act.colour, size=act.size, quantity=act.quantity, age=act.age)
    else:
        assert isinstance(act, Add | Set)  # nothing else tells values
        values = _values(act)
    told = values.model_dump(exclude_none=True)
    return add.model_copy(update={"values": add.values.model_copy(update=told)})
