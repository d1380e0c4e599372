"""Every kind of act has its way, chosen on purpose."""

from __future__ import annotations

from typing import get_args

import pytest

from dukani.agent.acts import ActKind, Step
from dukani.core.store.events import EventKind
from dukani.graph.build import build_graph
from dukani.graph.routes import NODE_OF, NodeName, route_next_act
from dukani.graph.state import InternalKind, State

KINDS = {*get_args(ActKind), *get_args(InternalKind)}
BY_STATE = {"affirm", "deny", "checkout", "cancel", "timer"}


def test_every_kind_of_act_is_routed_by_name_or_by_state() -> None:
    assert set(NODE_OF) | BY_STATE == KINDS
    assert not set(NODE_OF) & BY_STATE


def test_every_event_but_a_message_is_an_act_of_its_own() -> None:
    assert set(get_args(EventKind)) - {"message"} <= set(get_args(InternalKind))


def test_every_node_named_is_one_of_the_machine() -> None:
    assert set(get_args(NodeName)) <= set(build_graph().nodes)


def test_a_turn_has_one_state_and_no_node_another() -> None:
    machine = build_graph()

    assert machine.stream_channels == machine.output_channels
    assert {node.channels for node in machine.nodes.values()} == {"__root__", "__start__"}


@pytest.mark.parametrize("step", get_args(Step))
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_act_goes_to_the_words_unanswered(kind: str, step: Step) -> None:
    assert route_next_act({"acts": [{"kind": kind}], "step": step}) != "generate_response"


def test_a_kind_that_is_no_more_is_answered_kindly() -> None:
    assert route_next_act({"acts": [{"kind": "of_last_year"}]}) == "answer_question"


@pytest.mark.parametrize(
    ("state", "node"),
    [
        ({"acts": []}, "generate_response"),
        ({"acts": [{"kind": "checkout"}], "step": "cart_updated"}, "checkout"),
        ({"acts": [{"kind": "checkout"}], "step": "payment_failed"}, "payment"),
        # Without an order there is only the cart to give up.
        ({"acts": [{"kind": "cancel"}]}, "manage_cart"),
        ({"acts": [{"kind": "cancel"}], "order_id": "an order"}, "payment"),
        ({"acts": [{"kind": "timer", "timer": "hold_over"}]}, "payment"),
        ({"acts": [{"kind": "timer", "timer": "handoff_over"}]}, "hand_off"),
        # "Add a red dress" with nothing in view looks for one.
        ({"acts": [{"kind": "add_to_cart"}]}, "search_products"),
        ({"acts": [{"kind": "add_to_cart", "option": 2}]}, "handle_selection"),
        ({"acts": [{"kind": "affirm"}], "question": "last_address"}, "checkout"),
        ({"acts": [{"kind": "affirm"}], "step": "payment_failed"}, "payment"),
        ({"acts": [{"kind": "affirm"}]}, "answer_question"),
        ({"acts": [{"kind": "deny"}], "step": "awaiting_confirmation"}, "checkout"),
        ({"acts": [{"kind": "deny"}], "step": "products_found"}, "answer_question"),
    ],
)
def test_the_state_decides_where_an_act_goes(state: State, node: NodeName) -> None:
    assert route_next_act(state) == node
