"""Words where orders stand, for an agent to pass on."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Voice
from dukani.core.languages import Language, Worded
from dukani.core.store.agent_carts import AgentOrder

_PAID = Worded(
    en={
        "unpaid": "not paid yet",
        "pending": "waiting for the payment",
        "failed": "the payment did not go through",
        "paid": "paid",
        "needs_review": "the shop is looking at the payment",
    },
    sw={
        "unpaid": "bado haijalipwa",
        "pending": "inasubiri malipo",
        "failed": "malipo hayakufaulu",
        "paid": "imelipwa",
        "needs_review": "duka linaangalia malipo",
    },
)
_SENT = Worded(
    en={
        "unfulfilled": "not sent yet",
        "partly_dispatched": "partly on its way",
        "dispatched": "on its way",
        "delivered": "delivered",
        "returned": "returned",
    },
    sw={
        "unfulfilled": "bado haijatumwa",
        "partly_dispatched": "sehemu iko njiani",
        "dispatched": "iko njiani",
        "delivered": "imefika",
        "returned": "imerudishwa",
    },
)
_CANCELLED = Worded(en="cancelled", sw="imefutwa")
_NONE = Worded(en="There is no order yet.", sw="Hakuna oda bado.")


def orders_text(orders: Sequence[AgentOrder], voice: Voice) -> str:
    """A line for each order; that there is none, where there is none."""
    if not orders:
        return _NONE[voice.language]
    return "\n".join(f"{one.number}: {_state(one, voice.language)}." for one in orders)


def _state(order: AgentOrder, language: Language) -> str:
    if order.status == "cancelled":
        return _CANCELLED[language]
    paid = _PAID[language][order.payment_status]
    if order.payment_status != "paid":
        return paid
    return f"{paid}, {_SENT[language][order.fulfilment_status]}"
