"""What the machine keeps of a conversation between turns: LangGraph's checkpoint, by its name."""

from __future__ import annotations

from typing import Any

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

from dukani.core.database import Connection
from dukani.core.store.conversations import Conversation
from dukani.graph.build import Machine, build_graph


def thread(boutique_id: str, conversation_id: str) -> str:
    """The checkpoint thread; row level security reads the boutique from it."""
    return f"{boutique_id}:{conversation_id}"


async def recall(conn: Connection, conversation: Conversation) -> dict[str, Any]:
    """The state the conversation was left in; empty before its first turn."""
    snapshot = await _machine(conn).aget_state(_place(conversation))
    return dict(snapshot.values)


async def remember(conn: Connection, conversation: Conversation, values: dict[str, Any]) -> None:
    """Leave the conversation as if a turn had ended with these values."""
    await _machine(conn).aupdate_state(_place(conversation), values, as_node="generate_response")


def _machine(conn: Connection) -> Machine:
    return build_graph(AsyncPostgresSaver(conn))


def _place(conversation: Conversation) -> Any:
    return {"configurable": {"thread_id": thread(conversation.boutique_id, conversation.id)}}
