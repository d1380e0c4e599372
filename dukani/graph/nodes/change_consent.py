"""Stops at once when she says stop, and starts again only when she says so."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import OptedIn, OptedOut
from dukani.core.store import consents
from dukani.core.store.consents import Purpose
from dukani.domain.acts import OptOut
from dukani.graph.context import Context
from dukani.graph.state import ABOUT_HER_MONEY, State, said, tasks_of

_PURPOSES: tuple[Purpose, ...] = ("assistant", "marketing")


async def change_consent(state: State, runtime: Runtime[Context]) -> State:
    context = runtime.context
    granted = not tasks_of(state, OptOut)
    words = next((m.body for m in reversed(context.heard) if m.body), None)
    for purpose in _PURPOSES:
        await consents.record(
            context.conn,
            customer_id=context.customer.id,
            purpose=purpose,
            granted=granted,
            source="whatsapp",
            words=words,
        )
    # Whatever else the message said, "stop" is the last of it.
    receipts = [fact for fact in state.get("facts", ()) if fact.kind in ABOUT_HER_MONEY]
    return {
        "acts": [],
        "questions": [],
        "quote": None,
        "facts": said(state, OptedIn()) if granted else [*receipts, OptedOut()],
        "step": "start" if granted else "opted_out",
    }
