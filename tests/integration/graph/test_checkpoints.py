"""LangGraph's checkpoint in the conversation's one row, on the turn's own connection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypedDict

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.channels import UntrackedValue
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import interrupt
from pydantic import BaseModel

from dukani.core.database import Connection, Database
from dukani.core.store import memories, turns
from dukani.graph.checkpoints import ConversationSaver, thread_config
from tests.factories import a_boutique, a_conversation, a_customer


class Address(BaseModel):
    area: str


class State(TypedDict, total=False):
    step: str
    count: int
    wishes: list[dict[str, Any]]
    address: Any
    acts: Annotated[list[str], UntrackedValue]
    facts: Annotated[list[str], UntrackedValue]


async def hear(state: State) -> State:
    wishes = [{"name": act} for act in state["acts"]]
    return {
        "count": state.get("count", 0) + 1,
        "wishes": [*state.get("wishes", []), *wishes],
        "facts": ["heard"],
    }


async def answer(state: State) -> State:
    return {"step": "browsing", "facts": [*state["facts"], "answered"], "acts": []}


async def answer_after_asking(state: State) -> State:
    if state["acts"]:
        interrupt("which one?")
    return await answer(state)


Machine = CompiledStateGraph[State, None, State, State]


def a_machine(saver: ConversationSaver, answering: Any = answer) -> Machine:
    graph = StateGraph(State)
    graph.add_node("hear", hear)
    graph.add_node("answer", answering)
    graph.add_edge(START, "hear")
    graph.add_edge("hear", "answer")
    graph.add_edge("answer", END)
    return graph.compile(checkpointer=saver)


class Talk:
    """A conversation and its graph, on one connection."""

    def __init__(self, conn: Connection, boutique: str, conversation: str, **how: Any) -> None:
        self.conn = conn
        self.conversation = conversation
        self.saver = ConversationSaver(
            conn, boutique_id=boutique, conversation_id=conversation, **how
        )
        self.config: RunnableConfig = thread_config(
            boutique_id=boutique, conversation_id=conversation
        )
        self.machine = a_machine(self.saver)

    async def turn(self, *acts: str) -> dict[str, Any]:
        return await self.machine.ainvoke({"acts": list(acts)}, self.config, durability="exit")

    async def row(self) -> dict[str, Any]:
        return await memories.recall(self.conn, conversation_id=self.conversation)


@pytest.fixture
async def boutique(database: Database) -> str:
    return await a_boutique(database)


@pytest.fixture
async def conversation(database: Database, boutique: str) -> str:
    return await a_conversation(database, boutique)


def values(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "_checkpoint"}


async def test_a_turn_is_remembered_by_the_next(
    database: Database, boutique: str, conversation: str
) -> None:
    # given a turn in a transaction of its own
    async with database.tenant_connection(boutique) as conn:
        await Talk(conn, boutique, conversation).turn("kanga")

    # when
    async with database.tenant_connection(boutique) as conn:
        state = await Talk(conn, boutique, conversation).turn("kikoi")

    # then
    assert state["count"] == 2
    assert state["wishes"] == [{"name": "kanga"}, {"name": "kikoi"}]


async def test_every_turn_starts_at_start(
    database: Database, boutique: str, conversation: str
) -> None:
    async with database.tenant_connection(boutique) as conn:
        await Talk(conn, boutique, conversation).turn("kanga")
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        nodes = [
            node
            async for update in talk.machine.astream(
                {"acts": []}, talk.config, durability="exit", stream_mode="updates"
            )
            for node in update
        ]

    assert nodes == ["hear", "answer"]


async def test_what_is_of_this_turn_only_is_neither_stored_nor_there_in_the_next(
    database: Database, boutique: str, conversation: str
) -> None:
    async with database.tenant_connection(boutique) as conn:
        said = await Talk(conn, boutique, conversation).turn("kanga")
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        row, found = await talk.row(), await talk.machine.aget_state(talk.config)

    assert said["facts"] == ["heard", "answered"]
    assert values(row) == {"step": "browsing", "count": 1, "wishes": [{"name": "kanga"}]}
    assert found.values == values(row)


async def test_a_rollback_takes_the_checkpoint_with_it(
    database: Database, boutique: str, conversation: str
) -> None:
    async with database.tenant_connection(boutique) as conn:
        await Talk(conn, boutique, conversation).turn("kanga")

    with pytest.raises(RuntimeError):
        async with database.tenant_connection(boutique) as conn:
            await Talk(conn, boutique, conversation).turn("kikoi")
            raise RuntimeError

    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        found = await talk.machine.aget_state(talk.config)
    assert found.values["wishes"] == [{"name": "kanga"}]


async def test_get_state_shows_a_finished_run(
    database: Database, boutique: str, conversation: str
) -> None:
    async with database.tenant_connection(boutique) as conn:
        await Talk(conn, boutique, conversation).turn("kanga")
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        found = await talk.machine.aget_state(talk.config)
        again = await talk.machine.aget_state(found.config)
        history = [snapshot async for snapshot in talk.machine.aget_state_history(talk.config)]

    assert (found.next, found.tasks, found.interrupts) == ((), (), ())
    assert found.metadata is not None
    assert (found.metadata["source"], found.metadata["step"]) == ("loop", 2)
    assert found.created_at is not None
    assert again == found
    assert history == [found]


async def test_before_the_first_turn_there_is_no_state(
    database: Database, boutique: str, conversation: str
) -> None:
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        found = await talk.machine.aget_state(talk.config)
        history = [snapshot async for snapshot in talk.machine.aget_state_history(talk.config)]

    assert (found.values, found.next, history) == ({}, (), [])


@pytest.mark.parametrize("as_node", [None, "hear", "answer"])
async def test_update_state_changes_what_the_next_turn_sees(
    database: Database, boutique: str, conversation: str, as_node: str | None
) -> None:
    # given a turn, and an update from elsewhere
    async with database.tenant_connection(boutique) as conn:
        await Talk(conn, boutique, conversation).turn("kanga")
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        await talk.machine.aupdate_state(talk.config, {"count": 40, "acts": ["lost"]}, as_node)

    # when
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        found, row = await talk.machine.aget_state(talk.config), await talk.row()
        state = await talk.turn()

    # then nothing is left to be done by the update, and the next turn goes on from it
    assert found.next == ()
    assert found.metadata is not None
    assert found.metadata["source"] == "update"
    assert values(row) == {"step": "browsing", "count": 40, "wishes": [{"name": "kanga"}]}
    assert state["count"] == 41


async def test_an_update_is_taken_for_the_last_nodes(
    database: Database, boutique: str, conversation: str
) -> None:
    """As LangGraph has it; `answer` leads to the end, so nothing follows even at once."""
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        await talk.turn("kanga")
        await talk.machine.aupdate_state(talk.config, {"count": 40})
        found = await talk.machine.aget_state(talk.config)

    assert (found.next, found.values["count"]) == ((), 40)


@pytest.mark.parametrize("before", [{}, {"step": "paying", "count": 7, "gone_since": [1]}])
async def test_an_old_plain_memory_opens(
    database: Database, boutique: str, conversation: str, before: dict[str, Any]
) -> None:
    async with database.tenant_connection(boutique) as conn:
        await memories.remember(conn, conversation_id=conversation, state=before)
        talk = Talk(conn, boutique, conversation)
        found = await talk.machine.aget_state(talk.config)
        state = await talk.turn("kanga")
        row = await talk.row()

    known = {name: value for name, value in before.items() if name != "gone_since"}
    assert (found.values, found.next) == (known, ())
    assert state["count"] == before.get("count", 0) + 1
    assert "gone_since" not in row


@pytest.mark.parametrize("before", [{}, {"step": "paying"}])
async def test_an_old_memory_can_be_updated(
    database: Database, boutique: str, conversation: str, before: dict[str, Any]
) -> None:
    async with database.tenant_connection(boutique) as conn:
        await memories.remember(conn, conversation_id=conversation, state=before)
        talk = Talk(conn, boutique, conversation)
        await talk.machine.aupdate_state(talk.config, {"count": 40})
        row, found = await talk.row(), await talk.machine.aget_state(talk.config)

    assert values(row) == before | {"count": 40}
    assert found.next == ()


async def test_another_conversations_thread_gets_nothing_and_writes_nothing(
    database: Database, boutique: str, conversation: str
) -> None:
    # given a conversation of another boutique, and another of this one
    theirs = await a_boutique(database)
    other = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        await talk.turn("kanga")

        # when a thread is asked for that the saver is not for
        for thread in (
            thread_config(boutique_id=theirs, conversation_id=conversation),
            thread_config(boutique_id=boutique, conversation_id=other),
        ):
            found = await talk.machine.aget_state(thread)
            assert found.values == {}
            with pytest.raises(ValueError, match=conversation):
                await talk.machine.ainvoke({"acts": []}, thread, durability="exit")

    # when another boutique's connection is given this conversation's thread
    async with database.tenant_connection(theirs) as conn:
        spy = Talk(conn, boutique, conversation)
        assert (await spy.machine.aget_state(spy.config)).values == {}


async def test_there_is_one_row_whatever_the_turns(
    database: Database, boutique: str, conversation: str
) -> None:
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        for _ in range(3):
            await talk.turn("kanga")
        await talk.machine.aupdate_state(talk.config, {"count": 9})
        cursor = await conn.execute("select count(*)::int as n from conversation_memories")
        found = await cursor.fetchone()

    assert found == {"n": 1}


async def test_a_turns_saver_leaves_writing_to_the_closing_statement(
    database: Database, boutique: str, conversation: str
) -> None:
    customer = await a_customer(database, boutique)
    before = {"count": 4}
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation, memory=before, store=False)
        await talk.turn("kanga")
        untouched = await talk.row()
        await turns.close(
            conn,
            event_ids=[],
            conversation_id=conversation,
            customer_id=customer,
            step="browsing",
            language=None,
            memory=talk.saver.memory,
        )
        row = await talk.row()

    assert untouched == {}
    assert row == talk.saver.memory
    assert values(row)["count"] == 5


async def test_a_turns_saver_costs_no_query(boutique: str) -> None:
    """Its connection is never touched: `None` would raise."""
    none: Any = None
    talk = Talk(none, boutique, "c", memory={}, store=False)
    await talk.turn("kanga")
    await talk.turn("kikoi")
    found = await talk.machine.aget_state(talk.config)

    assert found.values["count"] == 2


async def test_models_are_kept_as_plain_json(
    database: Database, boutique: str, conversation: str
) -> None:
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        await talk.machine.ainvoke(
            {"acts": [], "address": Address(area="Kilimani")}, talk.config, durability="exit"
        )
        cursor = await conn.execute(
            "select state->'address'->>'area' as area from conversation_memories"
        )
        found = await cursor.fetchone()

    assert found == {"area": "Kilimani"}


@pytest.mark.parametrize("durability", ["exit", "async", "sync"])
async def test_an_interrupted_task_is_not_resumed(
    database: Database,
    boutique: str,
    conversation: str,
    durability: Literal["exit", "async", "sync"],
) -> None:
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        asking = a_machine(talk.saver, answer_after_asking)
        await asking.ainvoke({"acts": ["kanga"]}, talk.config, durability=durability)
        row = await talk.row()
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        found = await talk.machine.aget_state(talk.config)
        state = await talk.turn()

    assert values(row) == {"count": 1, "wishes": [{"name": "kanga"}]}
    assert found.next == ()
    assert (state["count"], state["step"]) == (2, "browsing")


async def test_deleting_the_thread_forgets_the_conversation(
    database: Database, boutique: str, conversation: str
) -> None:
    async with database.tenant_connection(boutique) as conn:
        talk = Talk(conn, boutique, conversation)
        await talk.turn("kanga")
        await talk.saver.adelete_thread("another:thread")
        kept = await talk.row()
        await talk.saver.adelete_thread(talk.config["configurable"]["thread_id"])
        row, state = await talk.row(), await talk.turn("kikoi")

    assert values(kept)["count"] == 1
    assert row == {}
    assert state["count"] == 1
