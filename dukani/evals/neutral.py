"""Maps our typed acts (dialogue acts) to the intents and slots of evaluation files.

Files expect intents ("select_option", "set_variant") and slots. One act may count as several
intents: an `Add` of option 3 in size L is select_option, set_variant and add_to_cart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dukani.domain import acts as a
from dukani.domain.pieces import Line

Slots = dict[str, object]
Neutral = tuple[frozenset[str], Slots]

KINDS = frozenset((
    "search", "more_options", "select_option", "set_variant", "add_to_cart", "correction",
    "ask_price", "ask_availability", "ask_size", "ask_shop", "view_cart", "remove_item",
    "change_quantity", "clear_cart", "checkout", "provide_address", "affirm", "deny",
    "payment_retry", "payment_phone", "payment_done", "order_status", "handoff", "opt_out",
    "opt_in", "greeting", "thanks", "start_over", "cancel", "unclear",
))  # fmt: skip

SLOTS = frozenset((
    "option", "name", "category", "colour", "exclude_colour", "size", "exclude_size", "quantity",
    "budget_min", "budget_max", "occasion", "pattern", "exclude_pattern", "embroidery", "address",
    "phone", "topic", "order_ref", "payment_ref",
))  # fmt: skip

# Kinds that change a cart, an order, money or consent, or call a person.
CHANGING = frozenset((
    "select_option", "set_variant", "add_to_cart", "correction", "remove_item", "change_quantity",
    "clear_cart", "checkout", "provide_address", "affirm", "deny", "payment_retry",
    "payment_phone", "payment_done", "handoff", "opt_out", "opt_in", "start_over", "cancel",
))  # fmt: skip

# Acts that count as one intent and have no slots.
SAME: dict[str, frozenset[str]] = {
    kind: frozenset(intents.split())
    for kind, intents in {
        "clear": "clear_cart", "undo": "correction", "confirm": "affirm", "decline": "deny",
        "checkout": "checkout", "pay_again": "payment_retry", "cancel": "cancel",
        "more": "more_options", "back": "more_options", "ask_size": "ask_size",
        "view_order": "view_cart", "repeat": "unclear", "handoff": "handoff",
        "complaint": "handoff", "opt_out": "opt_out", "opt_in": "opt_in",
        # Files have one intent for less marketing and for none.
        "stop_promotions": "opt_out", "want_promotions": "opt_in", "greeting": "greeting",
        "thanks": "thanks", "start_over": "start_over", "unclear": "unclear",
        "remark": "unclear", "note": "", "set_wearer": "",
    }.items()
}  # fmt: skip

UNSAID = a.Values()

# Our topics that files lack, and the topics of files that include them.
TOPICS = {
    "pay_on_delivery": "payment",
    "reservation": "other",
    "gift_wrap": "other",
    "delivery_fee": "delivery",
    "add_to_order": "other",
    "quality": "other",
}


def neutral(act: a.Act, cart: Sequence[Line] = ()) -> Neutral:
    """(intents, slots) of an act; `cart` gives "one more" its quantity."""
    read = READERS.get(act.kind)
    if read is not None:
        return read(act, cart)
    return SAME[act.kind], _said(getattr(act, "target", a.Target()))


def changes(kinds: frozenset[str]) -> bool:
    """Whether an act of these kinds changes a cart, an order, money or consent."""
    return bool(kinds & CHANGING)


def _said(target: a.Target | None, values: a.Values = UNSAID) -> Slots:
    """The slots of a target and of its new values; where both have a slot, the value counts."""
    target = target or a.Target()
    slots: Slots = {
        "option": target.option or target.line,
        "name": target.name,
        "category": target.category,
        "pattern": target.pattern,
        "colour": values.colour or target.colour,
        "size": values.size or target.size or _in_years(values.age),
        "quantity": values.quantity,
        "exclude_colour": values.exclude_colour,
        "exclude_size": values.exclude_size,
    }
    return {name: value for name, value in slots.items() if value is not None}


def _in_years(age: int | None) -> str | None:
    """The size of an age said: "ya miaka sita" is 6Y."""
    return None if age is None else f"{age}Y"


def _intents(*said: tuple[str, object]) -> frozenset[str]:
    """The intents whose condition is truthy."""
    return frozenset(intent for intent, holds in said if holds)


def _varies(values: a.Values) -> bool:
    return not values.says_nothing


def _add(act: a.Add, _: Sequence[Line]) -> Neutral:
    named = act.target.category or act.target.name
    intents = _intents(
        ("select_option", True),
        ("add_to_cart", True),
        ("set_variant", _varies(act.values)),
        ("search", named),
    )
    return intents, _said(act.target, act.values)


def _set(act: a.Set, cart: Sequence[Line]) -> Neutral:
    quantity = act.values.quantity
    intents = _intents(
        ("set_variant", True),
        ("correction", act.change),
        ("change_quantity", act.change and quantity is not None and cart),
        ("remove_item", quantity == 0),
    )
    return intents, _said(act.target, act.values)


def _change_quantity(act: a.ChangeQuantity, cart: Sequence[Line]) -> Neutral:
    slots = _said(act.target)
    line = _line_of(act.target, cart)
    if line is not None:
        slots["quantity"] = max(line.quantity * (act.times or 1) + (act.by or 0), 0)
    return frozenset(("change_quantity",)), slots


def _remove(act: a.Remove, cart: Sequence[Line]) -> Neutral:
    slots = _said(act.target)
    line = _line_of(act.target, cart) if act.quantity is not None else None
    if line is None:
        return frozenset(("remove_item",)), slots
    left = {"quantity": line.quantity - (act.quantity or 0)}
    return frozenset(("remove_item", "change_quantity")), slots | left


def _substitute(act: a.Substitute, _: Sequence[Line]) -> Neutral:
    named = act.piece.category or act.piece.name
    intents = _intents(
        ("correction", True),
        ("select_option", True),
        ("set_variant", _varies(act.values)),
        ("add_to_cart", True),
        ("search", named),
    )
    return intents, _said(act.piece, act.values)


def _split(act: a.Split, _: Sequence[Line]) -> Neutral:
    return frozenset(("correction", "set_variant", "change_quantity")), _said(
        act.target, act.parts[0] if act.parts else a.Values()
    )


def _search(act: a.Search, _: Sequence[Line]) -> Neutral:
    slots = {name: getattr(act, name) for name in SLOTS if name in a.Search.model_fields}
    excluded = act.exclude_colour or act.exclude_size or act.exclude_pattern
    intents = _intents(("search", True), ("correction", excluded or act.instead))
    return intents, {name: value for name, value in slots.items() if value is not None}


def _address(act: a.SetAddress, _: Sequence[Line]) -> Neutral:
    intents = _intents(("provide_address", True), ("correction", act.change))
    return intents, {"address": act.text}


def _payer(act: a.SetPayer, _: Sequence[Line]) -> Neutral:
    return frozenset(("payment_phone",)), {"phone": act.phone} if act.phone else {}


def _claim(act: a.ClaimPaid, _: Sequence[Line]) -> Neutral:
    return frozenset(("payment_done",)), {"payment_ref": act.receipt} if act.receipt else {}


def _status(act: a.OrderStatus, _: Sequence[Line]) -> Neutral:
    told = {"order_ref": act.order_ref, "payment_ref": act.receipt}
    return frozenset(("order_status",)), {name: said for name, said in told.items() if said}


def _price(act: a.AskPrice, _: Sequence[Line]) -> Neutral:
    return frozenset(("ask_price",)), _said(act.target)


def _stock(act: a.AskStock | a.WaitForStock, _: Sequence[Line]) -> Neutral:
    return frozenset(("ask_availability",)), _said(act.target, act.values)


def _told(_act: a.TellSize, _: Sequence[Line]) -> Neutral:
    """No intent of the files: what is told of a size stands beside what is wanted."""
    return frozenset(), {}


def _shop(act: a.AskShop, _: Sequence[Line]) -> Neutral:
    topic = TOPICS.get(act.topic, act.topic)
    return _intents(("ask_shop", True), ("unclear", topic == "other")), {"topic": topic}


READERS: dict[str, Callable[..., Neutral]] = {
    "add": _add, "set": _set, "change_quantity": _change_quantity, "remove": _remove,
    "substitute": _substitute, "split": _split, "search": _search, "address": _address,
    "payer": _payer, "claim_paid": _claim, "order_status": _status, "ask_price": _price,
    "ask_stock": _stock, "wait_for_stock": _stock, "ask_shop": _shop, "tell_size": _told,
}  # fmt: skip


def _line_of(target: a.Target, cart: Sequence[Line]) -> Line | None:
    """The one cart line that the target fits, or the last line for an empty target."""
    if target.says_nothing:
        return cart[-1] if cart else None
    fitting = [line for line in cart if _fits(target, line)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(target: a.Target, line: Line) -> bool:
    if target.line is not None:
        return target.line == line.number
    named = target.name is None or any(w in line.name.lower() for w in target.name.split())
    same = all(
        getattr(target, slot) in (None, getattr(line, slot))
        for slot in ("category", "colour", "size")
    )
    return named and same
