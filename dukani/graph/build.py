"""The machine on one screen: every node, and the one router between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from dukani.graph.context import Context
from dukani.graph.nodes.analyze_image import analyze_image
from dukani.graph.nodes.answer_question import answer_question
from dukani.graph.nodes.change_consent import change_consent
from dukani.graph.nodes.checkout import checkout
from dukani.graph.nodes.generate_response import generate_response
from dukani.graph.nodes.hand_off import hand_off
from dukani.graph.nodes.handle_selection import handle_selection
from dukani.graph.nodes.manage_cart import manage_cart
from dukani.graph.nodes.order_status import order_status
from dukani.graph.nodes.payment import payment
from dukani.graph.nodes.perceive import perceive
from dukani.graph.nodes.recommend_size import recommend_size
from dukani.graph.nodes.search_products import search_products
from dukani.graph.routes import NodeName, route_next_act
from dukani.graph.state import State, WholeState

Machine = CompiledStateGraph[State, Context, State, State]

# Each takes one act from the queue; the router then looks at the next.
ACTING = (
    analyze_image, search_products, recommend_size, handle_selection, manage_cart, checkout,
    payment, order_status, answer_question, hand_off, change_consent,
)  # fmt: skip


async def next_act(state: Mapping[str, Any]) -> NodeName:
    """The pure router, as the machine calls it: a plain function would cost a thread each time.

    No `State` here, and `input_schema` below: from one the engine would make a channel for each
    key, and what a node brings would not reach the next.
    """
    return route_next_act(cast(State, state))


def build_graph() -> Machine:
    graph = StateGraph(WholeState, context_schema=Context)
    graph.add_node("perceive", perceive, input_schema=WholeState)
    graph.add_edge(START, "perceive")
    graph.add_conditional_edges("perceive", next_act)
    for node in ACTING:
        graph.add_node(node.__name__, node, input_schema=WholeState)
        graph.add_conditional_edges(node.__name__, next_act)
    graph.add_node("generate_response", generate_response, input_schema=WholeState)
    graph.add_edge("generate_response", END)
    return graph.compile()
