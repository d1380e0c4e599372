"""Compares the rules' acts of a clause with an intent: which kinds of acts fit which label."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dukani.agent.local_reader.intents.labels import Label
from dukani.domain import acts as a
from dukani.domain.acts import Topic

TOPICS: dict[Label, Topic] = {
    "hours": "hours", "location": "location", "delivery_fee": "delivery",
    "delivery_time": "delivery", "returns": "returns", "payment_methods": "payment",
    "pay_on_delivery": "pay_on_delivery", "hold": "reservation", "shop_other": "other",
}  # fmt: skip

# Per label, the kinds of acts of which the rules must have made at least one.
FITTING: dict[Label, frozenset[str]] = {
    "yes": frozenset(("confirm",)),
    "no": frozenset(("decline",)),
    "checkout": frozenset(("checkout",)),
    "total": frozenset(("view_order",)),
    "pay_again": frozenset(("pay_again",)),
    "paid": frozenset(("claim_paid",)),
    "cancel": frozenset(("cancel",)),
    "status": frozenset(("order_status",)),
    "price": frozenset(("ask_price", "discount")),
    "stock": frozenset(("ask_stock", "search", "discount")),
    "size_help": frozenset(("ask_size",)),
    "complaint": frozenset(("complaint", "handoff")),
    "person": frozenset(("handoff", "ask_shop assistant")),
    "address": frozenset(("address",)),
    "note": frozenset(("note",)),
    "payer": frozenset(("payer",)),
    "search": frozenset(("search", "ask_stock", "more")),
    "more": frozenset(("more", "search", "ask_stock")),
    "cheaper": frozenset(("search", "ask_price", "discount", "add")),
    "back": frozenset(("back", "start_over")),
    "add": frozenset(("add", "set", "split", "substitute", "change_quantity")),
    "remove": frozenset(("remove", "substitute")),
    "change": frozenset(("set", "change_quantity", "split", "substitute")),
    "more_of": frozenset(("change_quantity", "add", "set")),
    "fewer": frozenset(("change_quantity", "remove", "set")),
    "swap": frozenset(("substitute", "split")),
    "split": frozenset(("split", "set", "add")),
    "undo": frozenset(("undo", "add")),
    "clear": frozenset(("clear", "start_over", "cancel")),
    "repeat": frozenset(("repeat",)),
    "greeting": frozenset(("greeting",)),
    "thanks": frozenset(("thanks",)),
    "remark": frozenset(("remark", "thanks")),
    "wait": frozenset(("remark",)),
    **{label: frozenset((f"ask_shop {topic}",)) for label, topic in TOPICS.items()},
    "shop_other": frozenset(
        (
            "ask_shop other",
            "ask_shop quality",
            "ask_shop gift_wrap",
            "ask_shop returns",
            "discount",
            "handoff",
            "ask_shop assistant",
        )
    ),
}


def kinds_of(acts: Iterable[a.Act]) -> list[str]:
    """The kinds of the acts; an AskShop has its topic added."""
    return [_kind_of(act) for act in acts]


def _kind_of(act: a.Act) -> str:
    if isinstance(act, a.AskShop):
        return f"ask_shop {act.topic}"
    return "discount" if isinstance(act, a.AskPrice) and act.discount else act.kind


def fits(label: Label, kinds: Collection[str]) -> bool:
    """Whether acts of these kinds fit the intent."""
    if label in ("swap", "change") and {"remove", "add"} <= set(kinds):
        return True  # several pieces are replaced by one
    return not FITTING[label].isdisjoint(kinds)
