"""Stores a conversation's latest LangGraph checkpoint in one row of the database.

`conversation_memories.state` holds the state's remembered channels as plain JSON, one key each,
and beside them the key `_checkpoint`. Versions of channels are not stored: every turn starts at
START, so versions are rebuilt on loading. Rows older than the first checkpoint can be loaded too.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)
from langgraph.checkpoint.base.id import uuid6
from pydantic_core import to_jsonable_python

from dukani.core.database import Connection
from dukani.core.store import memories
from dukani.graph.old_memories import migrate_memory

_FORMAT = 4  # langgraph.pregel._checkpoint.LATEST_VERSION; LangGraph migrates older checkpoints
_ABOUT = "_checkpoint"  # the row's only key that is not a channel: {id, ts, source, step, node}
_VERSION = 1  # of every channel that has a value, as a turn begins


def thread_id(*, boutique_id: str, conversation_id: str) -> str:
    """LangGraph's thread id of a conversation: boutique and conversation."""
    return f"{boutique_id}:{conversation_id}"


def thread_config(*, boutique_id: str, conversation_id: str) -> RunnableConfig:
    """The config for running the graph and for `aget_state` and `aupdate_state`."""
    name = thread_id(boutique_id=boutique_id, conversation_id=conversation_id)
    return {"configurable": {"thread_id": name}}


class ConversationSaver(BaseCheckpointSaver[int]):
    """The checkpointer of one conversation, on one transaction's connection.

    Run the graph with `durability="exit"`: one checkpoint a turn. Interrupted tasks are not kept.

    `memory` is the row if the caller has read it; otherwise the row is read when first needed.
    With `store=False` nothing is written: the caller writes the property `memory` to the row, as
    a turn does in its closing statement. Only the async methods exist.
    """

    def __init__(
        self,
        conn: Connection,
        *,
        boutique_id: str,
        conversation_id: str,
        memory: Mapping[str, Any] | None = None,
        store: bool = True,
    ) -> None:
        super().__init__()
        self._conn = conn
        self._conversation_id = conversation_id
        self._thread = thread_id(boutique_id=boutique_id, conversation_id=conversation_id)
        self._store = store
        self._memory = memory

    @classmethod
    def of_turn(
        cls, conn: Connection, *, boutique_id: str, conversation_id: str, memory: Mapping[str, Any]
    ) -> Self:
        """A saver for a turn, which reads and writes the row in statements of its own."""
        return cls(
            conn,
            boutique_id=boutique_id,
            conversation_id=conversation_id,
            memory=memory,
            store=False,
        )

    @property
    def memory(self) -> Mapping[str, Any]:
        """The row as it was read, or as the last checkpoint changed it."""
        return self._memory or {}

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The conversation's checkpoint; None for another thread or an earlier checkpoint id."""
        if not self._is_mine(config):
            return None
        if self._memory is None:
            self._memory = await memories.recall(self._conn, conversation_id=self._conversation_id)
        if not self._memory:
            return None
        found = _opened(self._memory, self._thread)
        wanted = config["configurable"].get("checkpoint_id")
        return found if wanted in (None, found.checkpoint["id"]) else None

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002 - as the library has it
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """Yields the latest checkpoint, if it matches: earlier ones are not kept."""
        found = await self.aget_tuple(config or {"configurable": {"thread_id": self._thread}})
        if found is None or before is not None or limit == 0:
            return
        if (filter or {}).items() <= dict(found.metadata).items():
            yield found

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Replaces the checkpoint; raises ValueError for another conversation's thread."""
        if not self._is_mine(config):
            raise ValueError(f"{config['configurable']} is not the thread {self._thread}")
        self._memory = _row(checkpoint, metadata)
        if self._store:
            await self._write()
        return _config(self._thread, checkpoint["id"])

    async def aput_writes(
        self,
        config: RunnableConfig,
        writes: Sequence[tuple[str, Any]],
        task_id: str,
        task_path: str = "",
    ) -> None:
        """Stores nothing: pending writes serve unfinished runs, and every turn starts at START."""

    async def adelete_thread(self, thread_id: str) -> None:
        """Empties the conversation's row; the row itself stays."""
        if thread_id == self._thread:
            self._memory = {}
            if self._store:
                await self._write()

    def _is_mine(self, config: RunnableConfig) -> bool:
        """Whether the config names this conversation's thread.

        Subgraphs, which have a namespace of their own, are not stored: they start anew each turn.
        """
        asked = config["configurable"]
        return asked.get("thread_id") == self._thread and not asked.get("checkpoint_ns")

    async def _write(self) -> None:
        await memories.remember(
            self._conn, conversation_id=self._conversation_id, state=self.memory
        )


def _row(checkpoint: Checkpoint, metadata: CheckpointMetadata) -> dict[str, Any]:
    """The row's JSON for a checkpoint, readable by SQL and by people."""
    values = {
        name: value for name, value in checkpoint["channel_values"].items() if _is_of_state(name)
    }
    about = {
        "id": checkpoint["id"],
        "ts": checkpoint["ts"],
        "source": metadata.get("source", "loop"),
        "step": metadata.get("step", -1),
        "node": _last_node(checkpoint),
    }
    plain: dict[str, Any] = to_jsonable_python({**values, _ABOUT: about})
    return plain


def _opened(row: Mapping[str, Any], thread: str) -> CheckpointTuple:
    """The row's JSON as the checkpoint of a finished run, without pending tasks."""
    about: Mapping[str, Any] = row.get(_ABOUT) or {}
    values = {name: v for name, v in migrate_memory(row).items() if name != _ABOUT}
    node = about.get("node")
    checkpoint = Checkpoint(
        v=_FORMAT,
        id=about.get("id") or str(uuid6(clock_seq=-2)),
        ts=about.get("ts") or datetime.now(UTC).isoformat(),
        channel_values=values,
        channel_versions=dict.fromkeys(values, _VERSION),
        # LangGraph takes an update without `as_node` for the node that ran last.
        versions_seen={node: {"__start__": _VERSION}} if node else {},
        updated_channels=None,
    )
    metadata = CheckpointMetadata(
        source=about.get("source", "loop"), step=about.get("step", -1), parents={}
    )
    return CheckpointTuple(_config(thread, checkpoint["id"]), checkpoint, metadata, None, [])


def _config(thread: str, checkpoint_id: str) -> RunnableConfig:
    return {
        "configurable": {
            "thread_id": thread,
            "checkpoint_ns": "",
            "checkpoint_id": checkpoint_id,
        }
    }


def _is_of_state(channel: str) -> bool:
    """Whether the channel is ours and not LangGraph's (`branch:to:…`, `__start__`)."""
    return ":" not in channel and not channel.startswith("__")


def _last_node(checkpoint: Checkpoint) -> str | None:
    """The node that ran last, which is the node that saw the newest version of a channel."""
    newest = {
        node: max(seen.values())
        for node, seen in checkpoint["versions_seen"].items()
        if seen and not node.startswith("__")
    }
    return max(newest, key=lambda node: newest[node], default=None)
