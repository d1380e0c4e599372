"""Builds the LangGraph graph of a sale: its nodes, and the one router between them."""

from __future__ import annotations

from functools import cache

from langgraph.checkpoint.base import BaseCheckpointSaver
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
from dukani.graph.nodes.set_wearer import set_wearer
from dukani.graph.nodes.take_result import take_result
from dukani.graph.routes import route_next, route_perceived
from dukani.graph.state import State

SaleGraph = CompiledStateGraph[State, Context, State, State]

# In the order of a sale; `routes.TAKES` lists the tasks each node handles.
NODES = (
    take_result, change_consent, hand_off, set_wearer, analyze_image, search_products,
    recommend_size, answer_question, order_status, handle_selection, manage_cart, checkout, payment,
)  # fmt: skip


def build_graph(checkpointer: BaseCheckpointSaver[int] | None = None) -> SaleGraph:
    graph = StateGraph(State, context_schema=Context)
    graph.add_node("perceive", perceive)
    graph.add_edge(START, "perceive")
    graph.add_conditional_edges("perceive", route_perceived)
    for node in NODES:
        graph.add_node(node.__name__, node)
        graph.add_conditional_edges(node.__name__, route_next)
    graph.add_node("generate_response", generate_response)
    graph.add_edge("generate_response", END)
    return graph.compile(checkpointer=checkpointer, name="sale")


@cache
def sale_graph() -> SaleGraph:
    """The graph without a checkpointer, compiled once a process: compiling outlasts a turn."""
    return build_graph()
