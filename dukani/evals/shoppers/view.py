"""A shopper's view after a turn: questions, totals, lists and prompts, as a person sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dukani.domain.questions import Question
from dukani.evals.shoppers.intentions import Stage
from dukani.evals.shoppers.shops import Variant

IN_FLIGHT = frozenset(("requested", "sending", "pending"))

_STAGES: Mapping[str, Stage] = {
    "awaiting_delivery_address": "address",
    "awaiting_confirmation": "total",
    "payment_initiated": "prompt",
    "payment_failed": "failed",
    "order_completed": "paid",
}
_SETTLED = frozenset(("succeeded", "needs_review"))
_SILENT = frozenset(("human_handoff", "opted_out"))


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity of a variant in the shop's names, with the price of one in minor units."""

    variant: Variant
    quantity: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Prompt:
    """An attempt to charge the shopper, with its order."""

    payment_id: str
    order_id: str
    attempt: int
    provider: str
    phone: str  # E.164
    amount_minor: int
    status: str
    lines: tuple[Counted, ...]
    delivery_minor: int
    address: str
    order_status: str

    @property
    def in_flight(self) -> bool:
        return self.status in IN_FLIGHT


@dataclass(frozen=True, slots=True)
class Quote:
    """The total shown last, with its lines and payer."""

    lines: tuple[Counted, ...]
    total_minor: int
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class View:
    """The view after a turn. `lines` are the cart's, or those of an order being paid."""

    step: str = "start"
    questions: tuple[Question, ...] = ()
    options: tuple[tuple[int, str], ...] = ()  # (number, SKU) of the list shown last
    lines: tuple[Counted, ...] = ()
    texts: tuple[str, ...] = ()  # the assistant's texts of this turn
    heard: str = ""  # the acts understood, in short
    quote: Quote | None = None
    offered_address: str | None = None
    prompts: tuple[Prompt, ...] = ()  # oldest first
    skus: Mapping[str, str] | None = None  # product id → SKU

    @property
    def stage(self) -> Stage:
        """The stage of the sale; looking at other pieces after paying does not change `paid`."""
        if self.quote is not None and self.step not in _STAGES:
            return "total"  # shown in this turn, so it asks for a yes
        paid = self.prompt is not None and self.prompt.status in _SETTLED and not self.lines
        return _STAGES.get(self.step, "paid" if paid else "cart")

    @property
    def silent(self) -> bool:
        """Whether the assistant is silent: handed off, or opted out."""
        return self.step in _SILENT

    @property
    def question(self) -> Question | None:
        """The latest question that is still open."""
        return self.questions[-1] if self.questions else None

    @property
    def prompt(self) -> Prompt | None:
        return self.prompts[-1] if self.prompts else None

    @property
    def prompt_out(self) -> bool:
        return any(prompt.in_flight for prompt in self.prompts)

    @property
    def said(self) -> str:
        return "\n".join(self.texts)

    def sku_of(self, question: Question) -> str | None:
        """The SKU of the piece that a question is about."""
        return (self.skus or {}).get(question.product_id or "")

    def offered(self, question: Question) -> list[str]:
        """The SKUs of the pieces that a question offers, in order."""
        known = self.skus or {}
        return [known[choice] for choice in question.choices if choice in known]


def asked(memory: Mapping[str, Any]) -> tuple[Question, ...]:
    return tuple(Question.model_validate(one) for one in memory.get("questions") or ())


def shown_options(memory: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
    lists = memory.get("lists") or ()
    return tuple((option["number"], option["sku"]) for option in (lists[0] if lists else ()))
