"""The checks of dialogue files, by name. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dukani.evals.checks import order, reply, state
from dukani.evals.checks.moment import Moment
from dukani.evals.dialogue_file import EVENTS

Check = Callable[[Any, Moment], str | None]

CHECKS: dict[str, Check] = {
    "shown_includes": reply.shown_includes,
    "shown_includes_any": reply.shown_includes_any,
    "shown_excludes": reply.shown_excludes,
    "cart": order.cart,
    "cart_any_order": order.cart_any_order,
    "cart_total": order.cart_total,
    "cart_may_be_kept": order.cart_may_be_kept,
    "order_status": order.order_status,
    "address_contains": order.address_contains,
    "orders_created": order.orders_created,
    "orders_paid": order.orders_paid,
    "payment_attempts": order.payment_attempts,
    "charged_total": order.charged_total,
    "stock_after": order.stock_after,
    "step": state.step,
    "step_not": state.step_not,
    "opted_out": state.opted_out,
    "handed_off": state.handed_off,
    "handoff_offered": reply.handoff_offered,
    "asks_clarification": reply.asks_clarification,
    "must_say_out_of_stock": reply.out_of_stock,
    "mentions": reply.mentions,
    "mentions_not": reply.mentions_not,
    "reply_mentions": reply.reply_mentions,
    "last_reply_mentions": reply.last_reply_mentions,
    "reply_is": reply.reply_is,
    "silent": state.silent,
    "bot_replies": state.replies,
    "bot_silent_after": state.silent_after,
    "max_bot_messages": state.most_messages,
    "max_bot_messages_after_opt_out": state.most_after_opt_out,
}

KNOWN_CHECKS = tuple(CHECKS)

# Checks whose value is one of a set of names.
KNOWN_VALUES: dict[str, tuple[str, ...]] = {
    "reply_is": tuple(reply.ANSWERS),
    "bot_silent_after": tuple(name for own, others in EVENTS.items() for name in (own, *others)),
}

# Other names of checks in files by other authors (`intents.py` has those of intents). Our own files
# use the names above.
_OTHER_NAMES = {
    "human": "handed_off",
    "handoff": "handed_off",
    "must_mention": "mentions",
    "must_not_mention": "mentions_not",
    "not_mentions": "mentions_not",
    "bot_silent": "silent",
    "no_reply": "silent",
}
NOTES = frozenset({"note", "notes", "comment"})


def check_called(name: str) -> str | None:
    """The check's canonical name, or the note's name; None for an unknown name."""
    own = _OTHER_NAMES.get(name, name)
    return own if own in CHECKS or own in NOTES else None


def run_checks(checks: Mapping[str, Any], moment: Moment) -> tuple[list[str], list[str]]:
    """(problems, names of unknown checks)."""
    moment = replace(moment, cart_may_be_kept=bool(checks.get("cart_may_be_kept", False)))
    problems: list[str] = []
    unknown: list[str] = []
    for name, expected in checks.items():
        own = check_called(name)
        if own is None:
            unknown.append(name)
        elif own not in NOTES and (problem := CHECKS[own](expected, moment)) is not None:
            problems.append(f"{name}: {problem}")
    return problems, unknown
