"""The floor: the same API, queue, outbox and database, with nodes that do nothing.

Everything around the graph stays as it is: the turn's transaction and lock, what it reads as it
opens and writes as it closes, and the sending. The nodes read nothing and say one fixed line.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from dukani.agent.facts import Reply
from dukani.graph import turn
from dukani.graph.build import SaleGraph
from dukani.graph.context import Context
from dukani.graph.state import State
from dukani.tools import messaging

LINE = Reply(text="Hello from the floor.")


async def perceive(state: State) -> State:
    return {"step": "start"}


async def work(state: State) -> State:
    return {"introduced": True}


async def answer(state: State, runtime: Runtime[Context]) -> State:
    context = runtime.context
    context.replies.extend(
        await messaging.queue_reply(
            context.conn, context.conversation, LINE, language="en", claim=context.may_claim
        )
    )
    return {"language": "en"}


@cache
def trivial_graph() -> SaleGraph:
    """As many steps as the usual turn of the real graph: perceive, one node, the answer."""
    graph = StateGraph(State, context_schema=Context)
    nodes = (perceive, work, answer)
    for node in nodes:
        graph.add_node(node.__name__, node)
    path = (START, *(node.__name__ for node in nodes), END)
    for before, after in pairwise(path):
        graph.add_edge(before, after)
    return graph.compile(name="floor")


def use_trivial_nodes() -> None:
    """For a process of its own, before it serves: every turn in it takes the trivial graph."""
    turn.sale_graph = trivial_graph
