"""Stops at once when she says stop, and starts again only when she says so."""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime

from dukani.agent.facts import OptedIn, OptedOut
from dukani.core.store import consents
from dukani.core.store.consents import Purpose
from dukani.graph.context import Context
from dukani.graph.state import ABOUT_HER_MONEY, State, current, said

_PURPOSES: tuple[Purpose, ...] = ("assistant", "marketing")

_OPTED_OUT = OptedOut().model_dump(mode="json")


async def change_consent(state: State, runtime: Runtime[Context]) -> State:
    context, granted = runtime.context, current(state)["kind"] == "opt_in"
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
    return {
        "acts": [],
        "later": [],
        "question": None,
        "facts": said(state, OptedIn()) if granted else [*_receipts(state), _OPTED_OUT],
        "step": "start" if granted else "opted_out",
    }


def _receipts(state: State) -> list[dict[str, Any]]:
    """Money that came in at the same moment is receipted all the same."""
    return [fact for fact in state.get("facts", []) if fact["kind"] in ABOUT_HER_MONEY]
