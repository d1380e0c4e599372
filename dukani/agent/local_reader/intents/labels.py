"""Lists the intents of the model (its labels)."""

from __future__ import annotations

from typing import Literal, get_args

Label = Literal[
    "yes", "no", "checkout", "total", "pay_again", "paid", "cancel", "status", "price", "stock",
    "size_help", "hours", "location", "delivery_fee", "delivery_time", "returns",
    "payment_methods", "pay_on_delivery", "hold", "shop_other", "complaint", "person", "address",
    "note", "payer", "search", "more", "cheaper", "back", "add", "remove", "change", "more_of",
    "fewer", "swap", "split", "undo", "clear", "repeat", "greeting", "thanks", "remark", "wait",
]  # fmt: skip
LABELS: tuple[Label, ...] = get_args(Label)
