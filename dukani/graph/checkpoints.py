"""LangGraph's checkpoint of a conversation: the latest one, in the conversation's one row.

`conversation_memories.state` holds the state's remembered channels as plain JSON, one key each,
and beside them a few words about the checkpoint. Versions of channels are not stored: every turn
starts at START, so they are rebuilt on loading. A row from before there were checkpoints opens too.
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
from dukani.graph.old_memories import brought_up_to_date

_FORMAT = 4  # langgraph.pregel._checkpoint.LATEST_VERSION; older ones would be migrated
_ABOUT = "_checkpoint"  # the row's one key that is no channel: {id, ts, source, step, node}
_VERSION = 1  # of every channel that has a value, as a turn begins


def thread_id(*, boutique_id: str, conversation_id: str) -> str:
    """The name of a conversation's thread; the boutique is part of it."""
    return f"{boutique_id}:{conversation_id}"


def thread_config(*, boutique_id: str, conversation_id: str) -> RunnableConfig:
    """What a run of the graph, `aget_state` and `aupdate_state` are given."""
    name = thread_id(boutique_id=boutique_id, conversation_id=conversation_id)
    return {"configurable": {"thread_id": name}}


class ConversationSaver(BaseCheckpointSaver[int]):
    """The checkpointer of one conversation, on one transaction's connection.

    Run the graph with `durability="exit"`: one checkpoint a turn. Interrupted tasks are not kept.

    `memory` is the row as already read; without it the row is read when first needed.
    With `store=False` nothing is written: `memory` holds what the row should become, and the
    turn's closing statement writes it together with all else.
    Only the async methods exist.
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
        """For a turn: neither reads nor writes, since the turn's own two statements do."""
        return cls(
            conn,
            boutique_id=boutique_id,
            conversation_id=conversation_id,
            memory=memory,
            store=False,
        )

    @property
    def memory(self) -> Mapping[str, Any]:
        """The row: as it was read, or as the last checkpoint left it."""
        return self._memory or {}

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The conversation's checkpoint; none of another thread, nor of an earlier moment."""
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
        """The one checkpoint there is; nothing is kept from before it."""
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
        """In place of the checkpoint before; raises ValueError for another conversation's."""
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
        """Nothing: these are of an unfinished run, and every turn starts at START."""

    async def adelete_thread(self, thread_id: str) -> None:
        """Forget the conversation; the row stays, empty."""
        if thread_id == self._thread:
            self._memory = {}
            if self._store:
                await self._write()

    def _is_mine(self, config: RunnableConfig) -> bool:
        """A subgraph has a namespace of its own and starts anew each turn."""
        asked = config["configurable"]
        return asked.get("thread_id") == self._thread and not asked.get("checkpoint_ns")

    async def _write(self) -> None:
        await memories.remember(
            self._conn, conversation_id=self._conversation_id, state=self.memory
        )


def _row(checkpoint: Checkpoint, metadata: CheckpointMetadata) -> dict[str, Any]:
    """A checkpoint as the row keeps it: readable to SQL and to people."""
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
    """A row as the checkpoint of a finished run: nothing is left to be done."""
    about: Mapping[str, Any] = row.get(_ABOUT) or {}
    values = {name: v for name, v in brought_up_to_date(row).items() if name != _ABOUT}
    node = about.get("node")
    checkpoint = Checkpoint(
        v=_FORMAT,
        id=about.get("id") or str(uuid6(clock_seq=-2)),
        ts=about.get("ts") or datetime.now(UTC).isoformat(),
        channel_values=values,
        channel_versions=dict.fromkeys(values, _VERSION),
        # So that an update without `as_node` is taken for this node's, as LangGraph has it.
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
    """Not one of the engine's own: `branch:to:…`, `__start__`, `__pregel_tasks`."""
    return ":" not in channel and not channel.startswith("__")


def _last_node(checkpoint: Checkpoint) -> str | None:
    """The node that ran last: the one that has seen the newest version of any channel."""
    newest = {
        node: max(seen.values())
        for node, seen in checkpoint["versions_seen"].items()
        if seen and not node.startswith("__")
    }
    return max(newest, key=lambda node: newest[node], default=None)
