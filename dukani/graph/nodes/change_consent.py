"""Stops at once when she says stop, and starts again only when she says so."""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime

from dukani.agent.facts import OptedIn, OptedOut
from dukani.core.store import consents
from dukani.core.store.consents import Purpose
from dukani.graph.context import Context
from dukani.graph.state import State, current, said

_PURPOSES: tuple[Purpose, ...] = ("assistant", "marketing")


async def change_consent(state: State, runtime: Runtime[Context]) -> dict[str, Any]:
    context, granted = runtime.context, current(state)["kind"] == "opt_in"
    words = next((m.body for m in reversed(list(context.messages.values())) if m.body), None)
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
    return {
        "acts": [],
        "later": [],
        "question": None,
        "facts": said(state, OptedIn()) if granted else [OptedOut().model_dump(mode="json")],
        "step": "start" if granted else "opted_out",
    }
