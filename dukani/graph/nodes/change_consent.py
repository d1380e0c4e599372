"""Stops at once when she says stop, and starts again only when she says so.

"Stop promotions" is its own word: marketing ends, and nothing else changes.
"""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import OptedIn, OptedOut, PromotionsResumed, PromotionsStopped
from dukani.core.store import consents
from dukani.core.store.consents import Purpose
from dukani.domain.acts import OptIn, OptOut, StopPromotions, WantPromotions
from dukani.graph.context import Context
from dukani.graph.state import ABOUT_HER_MONEY, State, Task, said, tasks_of

_EVERYTHING: tuple[Purpose, ...] = ("assistant", "marketing")
_MARKETING: tuple[Purpose, ...] = ("marketing",)
_MOST_WORDS = 500  # characters of the ledger's quotation


async def change_consent(state: State, runtime: Runtime[Context]) -> State:
    context = runtime.context
    if not tasks_of(state, OptOut, OptIn) and not _comes_back(state, context):
        return await _change_promotions(state, context)
    granted = not tasks_of(state, OptOut)
    await _record(context, _EVERYTHING, granted=granted)
    # Whatever else the message said, "stop" is the last of it.
    receipts = [fact for fact in state.get("facts", ()) if fact.kind in ABOUT_HER_MONEY]
    return {
        "acts": [],
        "questions": [],
        "quote": None,
        "facts": said(state, OptedIn()) if granted else [*receipts, OptedOut()],
        "step": "start" if granted else "opted_out",
    }


def _comes_back(state: State, context: Context) -> bool:
    """After a full stop, who wants even promotions wants to be written to."""
    return context.opted_out and bool(tasks_of(state, WantPromotions))


async def _change_promotions(state: State, context: Context) -> State:
    """Of both in one turn the stop counts; what else was said goes on."""
    granted = not tasks_of(state, StopPromotions)
    await _record(context, _MARKETING, granted=granted)
    others: list[Task] = [
        task
        for task in state.get("acts", ())
        if not isinstance(task, StopPromotions | WantPromotions)
    ]
    told = PromotionsResumed() if granted else PromotionsStopped()
    return {"acts": others, "facts": said(state, told)}


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
