"""What must be true after a turn, by the names a dialogue file uses. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dukani.agent.lexicon import canonical_colour
from dukani.evals.standing import Line, Standing

OUT_OF_STOCK = re.compile(
    r"out of stock|sold out|nothing in [^.!?]* in stock|\bhatuna kitu\b"
    r"|\b(?:i|zi|u|ya|ki|vi|li|wa)me(?:kw)?isha\b|\bkuisha\b|\bkwisha\b"
)

STEPS = {
    "start": "browsing",
    "image_analyzed": "browsing",
    "products_found": "choosing",
    "size_recommended": "variant",
    "cart_updated": "cart",
    "awaiting_delivery_address": "address",
    "awaiting_confirmation": "confirm",
    "payment_initiated": "payment",
    "payment_failed": "payment",
    "order_completed": "done",
    "human_handoff": "human",
    "opted_out": "stopped",
}
_OTHER_STEPS = {"payment_failed": "payment", "paid": "done"}


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
        check = CHECKS.get(name)
        if check is None:
            unknown.append(name)
        elif (problem := check(expected, moment)) is not None:
            problems.append(f"{name}: {problem}")
    return problems, unknown


def _shown_includes(expected: Any, moment: Moment) -> str | None:
    shown = moment.options | moment.named
    absent = [sku for sku in _listed(expected) if sku not in shown]
    return f"not shown: {', '.join(absent)}; shown: {_names(shown)}" if absent else None


def _shown_excludes(expected: Any, moment: Moment) -> str | None:
    wrong = [sku for sku in _listed(expected) if sku in moment.options]
    return f"shown all the same: {', '.join(wrong)}" if wrong else None


def _cart(expected: Any, moment: Moment) -> str | None:
    lines = moment.standing.lines(final=moment.final)
    wanted = _listed(expected)
    same = len(wanted) == len(lines) and all(map(_is_line, wanted, lines))
    return None if same else f"should be {_lines_wanted(wanted)}, is {_lines_there(lines)}"


def _cart_any_order(expected: Any, moment: Moment) -> str | None:
    lines = list(moment.standing.lines(final=moment.final))
    wanted = _listed(expected)
    for line in wanted:
        match = next((there for there in lines if _is_line(line, there)), None)
        if match is None:
            return f"{_lines_wanted([line])} is not in {_lines_there(lines)}"
        lines.remove(match)
    return f"too much: {_lines_there(lines)}" if lines else None


def _cart_total(expected: Any, moment: Moment) -> str | None:
    total = moment.standing.total_units(final=moment.final)
    return _equal(total, float(expected), f"{total:g}", expected)


def _order_status(expected: Any, moment: Moment) -> str | None:
    statuses = order_statuses(moment.standing)
    if statuses.intersection(_listed(expected)):
        return None
    return f"should be {_or(expected)}, is {_or(sorted(statuses))}"


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
    step = STEPS.get(moment.standing.conversation.step, moment.standing.conversation.step)
    wanted = {_OTHER_STEPS.get(name, name) for name in _listed(expected)}
    return None if step in wanted else f"should be {_or(expected)}, is {step}"


def _address_contains(expected: Any, moment: Moment) -> str | None:
    order = moment.standing.live_order
    address = order.address if order else (moment.standing.state.get("address") or {}).get("text")
    absent = [part for part in _listed(expected) if part.lower() not in (address or "").lower()]
    return f"{', '.join(absent)} is not in {address!r}" if absent else None


def _orders_created(expected: Any, moment: Moment) -> str | None:
    count = moment.standing.orders_created
    return _equal(count, expected, count, expected)


def _payment_attempts(expected: Any, moment: Moment) -> str | None:
    attempts = moment.standing.payment.attempt if moment.standing.payment else 0
    return _equal(attempts, expected, attempts, expected)


def _stock_after(expected: Any, moment: Moment) -> str | None:
    wrong = []
    for key, units in expected.items():
        left = moment.standing.on_hand.get(_variant_key(key, moment.standing.on_hand))
        if left != units:
            wrong.append(f"{key} should be {units}, is {left}")
    return "; ".join(wrong) or None


def _opted_out(expected: Any, moment: Moment) -> str | None:
    stopped = not moment.standing.may_answer
    return _equal(stopped, expected, stopped, expected)


def _handed_off(expected: Any, moment: Moment) -> str | None:
    away = moment.standing.conversation.handed_off_at is not None
    return _equal(away, expected, away, expected)


def _out_of_stock(expected: Any, moment: Moment) -> str | None:
    says = OUT_OF_STOCK.search(moment.text) is not None
    return _equal(says, expected, "said" if says else "not said", "said" if expected else "unsaid")


def _mentions(expected: Any, moment: Moment) -> str | None:
    absent = [words for words in _listed(expected) if not _mentioned(words, moment)]
    return f"not mentioned: {'; '.join(absent)}" if absent else None


def _mentions_not(expected: Any, moment: Moment) -> str | None:
    there = [words for words in _listed(expected) if _mentioned(words, moment)]
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
    "human": _handed_off,
    "must_say_out_of_stock": _out_of_stock,
    "mentions": _mentions,
    "must_mention": _mentions,
    "mentions_not": _mentions_not,
    "must_not_mention": _mentions_not,
    "not_mentions": _mentions_not,
    "bot_silent": _silent,
    "silent": _silent,
    "no_reply": _silent,
    "bot_replies": _replies,
    "max_bot_messages": _most_messages,
    "max_bot_messages_after_opt_out": _most_after_opt_out,
}
_NOTES = frozenset({"note", "notes", "comment"})


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


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


def _lines_wanted(lines: Sequence[Mapping[str, Any]]) -> str:
    return _shown(
        [
            f"{line.get('qty', line.get('quantity', '?'))}× {line.get('sku')} "
            f"{line.get('colour')} {line.get('size')}"
            for line in lines
        ]
    )


def _lines_there(lines: Sequence[Line]) -> str:
    return _shown([f"{x.quantity}× {x.sku} {x.colour} {x.size}" for x in lines])


def _shown(lines: Sequence[str]) -> str:
    return " + ".join(lines) or "empty"


def _names(skus: frozenset[str]) -> str:
    return ", ".join(sorted(skus)) or "nothing"


def _or(names: Any) -> str:
    return " or ".join(str(name) for name in _listed(names))


def _equal(there: Any, wanted: Any, shown: Any, should: Any) -> str | None:
    return None if there == wanted else f"should be {should}, is {shown}"
