"""Records consent: opts the customer out on "stop", and in again only on the customer's word.

"Stop promotions" ends marketing only.
"""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import OptedIn, OptedOut, PromotionsResumed, PromotionsStopped
from dukani.core.store import consents
from dukani.core.store.consents import Purpose
from dukani.domain.acts import OptIn, OptOut, StopPromotions, WantPromotions
from dukani.graph.context import Context
from dukani.graph.state import PAYMENT_RECEIPTS, State, Task, tasks_of, with_facts

_EVERYTHING: tuple[Purpose, ...] = ("assistant", "marketing")
_MARKETING: tuple[Purpose, ...] = ("marketing",)
_MOST_WORDS = 500  # characters of the customer's words quoted in the consent ledger


async def change_consent(state: State, runtime: Runtime[Context]) -> State:
    context = runtime.context
    if not tasks_of(state, OptOut, OptIn) and not _opts_in_by_promotions(state, context):
        return await _change_promotions(state, context)
    granted = not tasks_of(state, OptOut)
    await _record(context, _EVERYTHING, granted=granted)
    # After "stop" the turn's other tasks are dropped, and only payment receipts are still told.
    receipts = [fact for fact in state.get("facts", ()) if fact.kind in PAYMENT_RECEIPTS]
    return {
        "acts": [],
        "questions": [],
        "quote": None,
        "facts": with_facts(state, OptedIn()) if granted else [*receipts, OptedOut()],
        "step": "start" if granted else "opted_out",
    }


def _opts_in_by_promotions(state: State, context: Context) -> bool:
    """Whether an opted-out customer asks for promotions, which is an opt-in to everything."""
    return context.opted_out and bool(tasks_of(state, WantPromotions))


async def _change_promotions(state: State, context: Context) -> State:
    """Records the marketing consent; if a turn says both, "stop" counts."""
    granted = not tasks_of(state, StopPromotions)
    await _record(context, _MARKETING, granted=granted)
    others: list[Task] = [
        task
        for task in state.get("acts", ())
        if not isinstance(task, StopPromotions | WantPromotions)
    ]
    told = PromotionsResumed() if granted else PromotionsStopped()
    return {"acts": others, "facts": with_facts(state, told)}


async def _record(context: Context, purposes: tuple[Purpose, ...], *, granted: bool) -> None:
    words = next((m.body for m in reversed(context.heard) if m.body), None)
    for purpose in purposes:
        await consents.record(
            context.conn,
            customer_id=context.customer.id,
            purpose=purpose,
            granted=granted,
            source="whatsapp",
            words=words[:_MOST_WORDS] if words else None,
        )
