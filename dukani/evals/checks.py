"""What must be true after a turn, by the names a dialogue file uses. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dukani.agent.lexicon import canonical_colour
from dukani.evals.differences import either, lines_there, lines_wanted, listed, skus_there, unequal
from dukani.evals.standing import Line, Standing
from dukani.evals.steps import names_of

OUT_OF_STOCK = re.compile(
    r"out of stock|sold out|nothing in [^.!?]* in stock|\bhatuna kitu\b"
    r"|\b(?:i|zi|u|ya|ki|vi|li|wa)me(?:kw)?isha\b|\bkuisha\b|\bkwisha\b"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What can be seen after a turn, or (with `final`) after the last one."""

    said: Sequence[str]  # the assistant's words: of the turn, finally of the whole dialogue
    options: frozenset[str]  # SKUs listed in them
    named: frozenset[str]  # SKUs whose name is in them
    standing: Standing
    after_opt_out: int = 0  # the assistant's messages since she said stop
    final: bool = False

    @property
    def text(self) -> str:
        """All that was said, plain: no markup, lower case, with 4,500 also as 4500."""
        plain = " ".join(re.sub(r"[*_~]", "", " \n ".join(self.said)).lower().split())
        return f"{plain} \n {re.sub(r'(?<=[0-9]),(?=[0-9]{3})', '', plain)}"


Check = Callable[[Any, Moment], str | None]


def run_checks(checks: Mapping[str, Any], moment: Moment) -> tuple[list[str], list[str]]:
    """What is not as it must be, and the names of checks nobody here knows."""
    problems: list[str] = []
    unknown: list[str] = []
    for name, expected in checks.items():
        if name in _NOTES:
            continue
        check = CHECKS.get(_OTHER_NAMES.get(name, name))
        if check is None:
            unknown.append(name)
        elif (problem := check(expected, moment)) is not None:
            problems.append(f"{name}: {problem}")
    return problems, unknown


def _shown_includes(expected: Any, moment: Moment) -> str | None:
    shown = moment.options | moment.named
    absent = [sku for sku in listed(expected) if sku not in shown]
    return f"not shown: {', '.join(absent)}; shown: {skus_there(shown)}" if absent else None


def _shown_excludes(expected: Any, moment: Moment) -> str | None:
    wrong = [sku for sku in listed(expected) if sku in moment.options]
    return f"shown all the same: {', '.join(wrong)}" if wrong else None


def _cart(expected: Any, moment: Moment) -> str | None:
    lines = moment.standing.lines(final=moment.final)
    wanted = listed(expected)
    same = len(wanted) == len(lines) and all(map(_is_line, wanted, lines))
    return None if same else f"should be {lines_wanted(wanted)}, is {lines_there(lines)}"


def _cart_any_order(expected: Any, moment: Moment) -> str | None:
    lines = list(moment.standing.lines(final=moment.final))
    wanted = listed(expected)
    for line in wanted:
        match = next((there for there in lines if _is_line(line, there)), None)
        if match is None:
            return f"{lines_wanted([line])} is not in {lines_there(lines)}"
        lines.remove(match)
    return f"too much: {lines_there(lines)}" if lines else None


def _cart_total(expected: Any, moment: Moment) -> str | None:
    total = moment.standing.total_units(final=moment.final)
    return unequal(total, float(expected), f"{total:g}", expected)


def _order_status(expected: Any, moment: Moment) -> str | None:
    statuses = order_statuses(moment.standing)
    if statuses.intersection(listed(expected)):
        return None
    return f"should be {either(expected)}, is {either(sorted(statuses))}"


def order_statuses(standing: Standing) -> frozenset[str]:
    """The neutral names that fit; a cart without an order is a draft as well as none."""
    order, draft = standing.order, {"draft"} if standing.cart else set()
    if order is None:
        return frozenset({"none", *draft})
    if order.status == "cancelled":
        return frozenset({"cancelled", *draft})
    if order.payment_status in ("paid", "needs_review"):
        return frozenset({order.payment_status})
    return frozenset({"payment_failed" if order.payment_status == "failed" else "awaiting_payment"})


def _step(expected: Any, moment: Moment) -> str | None:
    names = names_of(moment.standing.conversation.step)
    if set(names).intersection(listed(expected)):
        return None
    return f"should be {either(expected)}, is {names[0]}"


def _address_contains(expected: Any, moment: Moment) -> str | None:
    order = moment.standing.live_order
    address = order.address if order else (moment.standing.state.get("address") or {}).get("text")
    absent = [part for part in listed(expected) if part.lower() not in (address or "").lower()]
    return f"{', '.join(absent)} is not in {address!r}" if absent else None


def _orders_created(expected: Any, moment: Moment) -> str | None:
    count = moment.standing.orders_created
    return unequal(count, expected, count, expected)


def _payment_attempts(expected: Any, moment: Moment) -> str | None:
    attempts = moment.standing.payment.attempt if moment.standing.payment else 0
    return unequal(attempts, expected, attempts, expected)


def _stock_after(expected: Any, moment: Moment) -> str | None:
    wrong = []
    for key, units in expected.items():
        left = moment.standing.on_hand.get(_variant_key(key, moment.standing.on_hand))
        if left != units:
            wrong.append(f"{key} should be {units}, is {left}")
    return "; ".join(wrong) or None


def _opted_out(expected: Any, moment: Moment) -> str | None:
    stopped = not moment.standing.may_answer
    return unequal(stopped, expected, stopped, expected)


def _handed_off(expected: Any, moment: Moment) -> str | None:
    away = moment.standing.conversation.handed_off_at is not None
    return unequal(away, expected, away, expected)


def _out_of_stock(expected: Any, moment: Moment) -> str | None:
    says = OUT_OF_STOCK.search(moment.text) is not None
    return unequal(says, expected, "said" if says else "not said", "said" if expected else "unsaid")


def _mentions(expected: Any, moment: Moment) -> str | None:
    absent = [words for words in listed(expected) if not _mentioned(words, moment)]
    return f"not mentioned: {'; '.join(absent)}" if absent else None


def _mentions_not(expected: Any, moment: Moment) -> str | None:
    there = [words for words in listed(expected) if _mentioned(words, moment)]
    return f"mentioned: {'; '.join(there)}" if there else None


def _mentioned(alternatives: Any, moment: Moment) -> bool:
    return any(one.strip().lower() in moment.text for one in str(alternatives).split("|"))


def _silent(expected: Any, moment: Moment) -> str | None:
    silent = not moment.said
    return None if silent is bool(expected) else f"{len(moment.said)} messages were sent"


def _replies(expected: Any, moment: Moment) -> str | None:
    return _silent(not expected, moment)


def _most_messages(expected: Any, moment: Moment) -> str | None:
    count = len(moment.said)
    return f"{count} messages were sent, at most {expected} may be" if count > expected else None


def _most_after_opt_out(expected: Any, moment: Moment) -> str | None:
    count = moment.after_opt_out
    return f"{count} messages after the opt-out, at most {expected}" if count > expected else None


CHECKS: dict[str, Check] = {
    "shown_includes": _shown_includes,
    "shown_excludes": _shown_excludes,
    "cart": _cart,
    "cart_any_order": _cart_any_order,
    "cart_total": _cart_total,
    "order_status": _order_status,
    "step": _step,
    "address_contains": _address_contains,
    "orders_created": _orders_created,
    "payment_attempts": _payment_attempts,
    "stock_after": _stock_after,
    "opted_out": _opted_out,
    "handed_off": _handed_off,
    "must_say_out_of_stock": _out_of_stock,
    "mentions": _mentions,
    "mentions_not": _mentions_not,
    "silent": _silent,
    "bot_replies": _replies,
    "max_bot_messages": _most_messages,
    "max_bot_messages_after_opt_out": _most_after_opt_out,
}

# Files are written by several hands: what else they call a check, as `intents.py` has it for
# intents. A file of our own uses the names above.
_OTHER_NAMES = {
    "human": "handed_off",
    "must_mention": "mentions",
    "must_not_mention": "mentions_not",
    "not_mentions": "mentions_not",
    "bot_silent": "silent",
    "no_reply": "silent",
}
_NOTES = frozenset({"note", "notes", "comment"})


def _is_line(wanted: Mapping[str, Any], line: Line) -> bool:
    quantity = wanted.get("qty", wanted.get("quantity"))
    return (
        wanted.get("sku") in (None, line.sku)
        and _colour(wanted.get("colour")) in (None, line.colour)
        and str(wanted.get("size") or line.size).upper() == line.size.upper()
        and quantity in (None, line.quantity)
    )


def _colour(name: str | None) -> str | None:
    return canonical_colour(name) or name.lower() if name else None


def _variant_key(key: str, known: Mapping[str, int]) -> str:
    if key in known or key.count("/") != 2:
        return key
    sku, colour, size = key.split("/")
    return f"{sku}/{_colour(colour)}/{size}"
