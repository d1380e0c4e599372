"""The way of a sale: every act and happening has its node, and none is passed by."""

from __future__ import annotations

from typing import Any, cast, get_args

import pytest

from dukani.core.store.events import EventKind
from dukani.domain.acts import (
    EDITS,
    Act,
    Add,
    AskPrice,
    Cancel,
    Checkout,
    ClaimPaid,
    Confirm,
    Greeting,
    Handoff,
    OptOut,
    OrderStatus,
    Remove,
    Search,
    SetAddress,
    Undo,
    ViewOrder,
)
from dukani.domain.resolution import Resolution
from dukani.domain.steps import Step
from dukani.graph.build import NODES, build_graph
from dukani.graph.happenings import (
    AskForMoney,
    Find,
    Happening,
    Look,
    PaymentResult,
    ReservationTimer,
    ShowTotal,
    StaffMessage,
    happening,
)
from dukani.graph.routes import NODE_OF, TAKES, NodeName, next_node
from dukani.graph.state import Quote, State, Task

ACTS: tuple[type, ...] = get_args(get_args(Act)[0])
HAPPENINGS: tuple[type, ...] = get_args(Happening)
QUOTE = Quote(
    order_id=None, pieces={}, delivery_minor=None, total_minor=0, phone="+254712000001", address=""
)


def test_every_act_and_every_happening_has_one_station() -> None:
    taken = [task for tasks in TAKES.values() for task in tasks]
    assert set(taken) == {*ACTS, *HAPPENINGS}
    assert len(taken) == len(set(taken))


def test_every_edit_is_resolved_at_one_station() -> None:
    """All edits of a message are resolved against one snapshot."""
    assert {NODE_OF[edit] for edit in EDITS} == {"handle_selection"}


def test_the_stations_stand_in_the_order_in_which_a_turn_comes_by() -> None:
    assert [node.__name__ for node in NODES] == list(TAKES)
    assert (*TAKES, "generate_response") == get_args(NodeName)


def test_every_station_is_one_of_the_machine() -> None:
    nodes = {name for name in build_graph().nodes if not name.startswith("__")}
    assert nodes == {"perceive", *get_args(NodeName)}


def test_every_event_but_a_message_is_a_happening_with_a_station() -> None:
    events = set(get_args(EventKind)) - {"message"}
    payload = {"payment_id": "p", "code": "0", "timer": "hold_over", "order_id": "o"}
    payload |= {"to": "dispatched", "news": "refunded"}
    for event in events:
        assert type(happening(event, payload)) in NODE_OF, event
    assert isinstance(happening("timer", payload), ReservationTimer)


@pytest.mark.parametrize("kind", NODE_OF, ids=lambda kind: kind.__name__)
def test_nothing_goes_to_the_words_unanswered(kind: type) -> None:
    """Whatever the step, and whatever else the state holds."""
    task = cast(Task, object.__new__(kind))  # its node is known by its kind alone
    steps: tuple[Step, ...] = get_args(Step)
    bare = [State(step=step) for step in steps]
    full = [State(step=step, heard=True, quote=QUOTE) for step in steps]
    for state in (*bare, *full):
        assert next_node({**state, "acts": [task]}) == NODE_OF[kind], state


@pytest.mark.parametrize(
    ("acts", "nodes"),
    [
        ([], []),
        # In the order of a sale, not of the words: the pieces, the address, the way to the till.
        ([Checkout(), SetAddress(text="Kilimani"), Add()], ["handle_selection", "checkout"]),
        ([Add(), Search(category="bag")], ["search_products", "handle_selection"]),
        ([Find(Search(), {}), Look()], ["analyze_image", "search_products"]),
        # All edits of a message at once.
        ([Remove(), Add(), Undo()], ["handle_selection"]),
        # Money that came in first, and a stop before what else was said.
        ([Greeting(), Add(), PaymentResult("p", "0")],
         ["take_result", "answer_question", "handle_selection"]),
        ([Search(), OptOut()], ["change_consent", "search_products"]),
        ([Add(), Handoff(), StaffMessage()], ["hand_off", "handle_selection"]),
        # The answer first: what is asked is answered before the order moves on.
        ([Checkout(), AskPrice(), OrderStatus()],
         ["answer_question", "order_status", "checkout"]),
        ([ViewOrder(), Add()], ["handle_selection", "manage_cart"]),
        # A prompt leaves last, after all that could change what it is for.
        ([AskForMoney("o"), ShowTotal()], ["checkout", "payment"]),
        ([ClaimPaid(), Cancel(), Confirm()], ["checkout", "payment"]),
    ],
)  # fmt: skip
def test_a_turn_stops_where_something_is_for_it(acts: list[Task], nodes: list[NodeName]) -> None:
    """Each node is taken to do all that is for it, as it does unless the task is long."""
    state = State(acts=acts)
    stopped: list[NodeName] = []
    while (node := next_node(state)) != "generate_response":
        stopped.append(node)
        state = {"acts": [task for task in state["acts"] if NODE_OF[type(task)] != node]}
    assert stopped == nodes


def test_edits_that_are_resolved_are_applied_before_anything_that_follows() -> None:
    state = State(acts=[Checkout()], resolution=Resolution())
    assert next_node(state) == "manage_cart"


@pytest.mark.parametrize(
    ("changes", "node"),
    [
        ({}, "checkout"),
        ({"step": "payment_failed"}, "checkout"),
        # It was shown in this turn, or nobody wrote, or no total had been shown.
        ({"quote": QUOTE}, "generate_response"),
        ({"heard": False}, "generate_response"),
        ({"step": "cart_updated"}, "generate_response"),
        ({"step": "payment_initiated"}, "generate_response"),
        # What else is due comes first.
        ({"acts": [AskPrice()]}, "answer_question"),
    ],
)
def test_whatever_came_between_the_total_and_a_yes_shows_the_total_again(
    changes: dict[str, Any], node: NodeName
) -> None:
    state: State = {"step": "awaiting_confirmation", "heard": True, "quote": None, "acts": []}
    assert next_node(cast(State, {**state, **changes})) == node
