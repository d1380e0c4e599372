"""Finds prompts and payments for other goods, or another sum, than the file's checks say. Pure.

A prompt is compared with the checks `cart`, `cart_any_order` and `cart_total` of its turn or of the
latest turn before with any. Where no later turn has such checks, the final checks may justify the
prompt too: files check sparsely, and a change may show in the final checks only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dukani.core.money import minor_per_unit
from dukani.core.store.payments import Payment
from dukani.evals.checks.differences import lines_there, lines_wanted, listed
from dukani.evals.checks.matching import Filed, Wanted, same_lines
from dukani.evals.dialogue_file import Dialogue
from dukani.evals.standing import Placed, Standing, total_minor

# The payment states of an order in which a prompt may be open or money received.
_STANDS = ("pending", "paid", "needs_review")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A payment attempt, with its order at the end of the turn."""

    turn: int
    payment: Payment
    placed: Placed


@dataclass(frozen=True, slots=True)
class Agreed:
    """The cart's lines and total by a file's checks; None: not checked."""

    lines: Sequence[Wanted] | None
    total_units: float | None

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.total_units


def agreed_by(checks: Mapping[str, Any]) -> Agreed | None:
    """The cart by these checks; None when they do not check it."""
    lines = checks.get("cart", checks.get("cart_any_order"))
    total = checks.get("cart_total")
    if lines is None and total is None:
        return None
    return Agreed(None if lines is None else listed(lines), None if total is None else float(total))


def new_prompts(turn: int, before: Standing | None, after: Standing) -> Iterator[Prompt]:
    """The prompts sent since `before`."""
    known = {payment.id for payment in before.prompts} if before else set()
    orders = {placed.order.id: placed for placed in after.placed}
    for payment in after.prompts:
        if payment.id not in known:
            yield Prompt(turn, payment, orders[payment.order_id])


def wrong_in(dialogue: Dialogue, prompts: Sequence[Prompt], final: Standing) -> list[str]:
    """The problems of each wrong prompt, and of the final state."""
    filed = final.on_hand
    found = []
    for prompt in prompts:
        wrong = _prompt_wrong(dialogue, prompt, final.currency, filed)
        found += [f"turn {prompt.turn}: prompted {wrong}"] if wrong else []
    wrong = _finally_wrong(dialogue, final, filed)
    return [*found, f"finally: {wrong}"] if wrong else found


def _prompt_wrong(dialogue: Dialogue, prompt: Prompt, currency: str, filed: Filed) -> str | None:
    order, amount_minor = prompt.placed.order, prompt.payment.amount_minor
    if amount_minor != order.total_minor:
        per_unit = minor_per_unit(currency)
        return f"{amount_minor / per_unit:g} for an order of {order.total_minor / per_unit:g}"
    differs = [
        _differs(agreed, prompt.placed, currency, filed)
        for agreed in _agreed_before(dialogue, prompt.turn)
    ]
    return differs[0] if differs and all(differs) else None


def _agreed_before(dialogue: Dialogue, turn: int) -> list[Agreed]:
    """The carts, any of which justifies a prompt in that turn; none: the file has no checks.

    An empty cart justifies no prompt, so then only the final checks count.
    """
    by_turn = [agreed_by(one.then) for one in dialogue.turns]
    before = [agreed for agreed in by_turn[:turn] if agreed is not None]
    after = [agreed for agreed in by_turn[turn:] if agreed is not None]
    final = agreed_by(dialogue.expect_final)
    latest = before[-1:]
    if latest and latest[0].is_empty and final is not None:
        return [final]
    return latest if after or final is None else [*latest, final]


def _differs(agreed: Agreed, placed: Placed, currency: str, filed: Filed) -> str | None:
    if agreed.lines is not None and not same_lines(agreed.lines, placed.lines, filed):
        return f"{lines_there(placed.lines)}, should be {lines_wanted(agreed.lines)}"
    total = total_minor(placed.lines) / minor_per_unit(currency)
    if agreed.total_units not in (None, total):
        return f"{total:g}, should be {agreed.total_units:g}"
    return None


def _finally_wrong(dialogue: Dialogue, final: Standing, filed: Filed) -> str | None:
    """The problem of the order paid or in payment, or of a sum charged above the file's total."""
    agreed = agreed_by(dialogue.expect_final)
    order = final.live_order
    if agreed and order and order.payment_status in _STANDS:
        wrong = _differs(agreed, final.placed[-1], final.currency, filed)
        if wrong:
            return f"ordered {wrong}"
    most = dialogue.expect_final.get("charged_total")
    if most is not None and final.charged_units > float(most):
        return f"charged {final.charged_units:g}, should be {most}"
    return None
