"""Where each act goes. Pure: the state in, the name of a node out."""

from __future__ import annotations

from typing import Literal

from dukani.agent.acts import ActKind
from dukani.agent.steps import PAYING
from dukani.graph.state import InternalKind, QueuedAct, State

NodeName = Literal[
    "analyze_image", "search_products", "recommend_size", "handle_selection", "manage_cart",
    "checkout", "payment", "order_status", "answer_question", "hand_off", "change_consent",
    "generate_response",
]  # fmt: skip

# Every kind but those whose way the state decides, below.
NODE_OF: dict[ActKind | InternalKind, NodeName] = {
    "look": "analyze_image",
    "search": "search_products",
    "more_options": "search_products",
    "ask_size": "recommend_size",
    "select_option": "handle_selection",
    "set_variant": "handle_selection",
    "add_to_cart": "handle_selection",
    "correction": "handle_selection",
    "view_cart": "manage_cart",
    "remove_item": "manage_cart",
    "change_quantity": "manage_cart",
    "clear_cart": "manage_cart",
    "start_over": "manage_cart",
    "provide_address": "checkout",
    "ask_price": "answer_question",
    "ask_availability": "answer_question",
    "ask_shop": "answer_question",
    "greeting": "answer_question",
    "thanks": "answer_question",
    "unclear": "answer_question",
    "unheard": "answer_question",
    "payment_result": "payment",
    "payment_retry": "payment",
    "payment_phone": "payment",
    "payment_done": "payment",
    "order_status": "order_status",
    "handoff": "hand_off",
    "staff_message": "hand_off",
    "hand_back": "hand_off",
    "opt_out": "change_consent",
    "opt_in": "change_consent",
}


def route_next_act(state: State) -> NodeName:
    """The node for the next act; when none is left, the words."""
    if not state.get("acts"):
        return "generate_response"
    act = state["acts"][0]
    match act["kind"]:
        case "affirm":
            return route_yes(state)
        case "deny":
            return route_no(state)
        case "checkout":
            return "payment" if state.get("step") in PAYING else "checkout"
        case "cancel":
            return "payment" if state.get("order_id") else "manage_cart"
        case "timer":
            return "payment" if act.get("timer") == "hold_over" else "hand_off"
        case "add_to_cart" if not _can_add(state, act):
            return "search_products"
    # What is remembered may be of a kind that is no more.
    return NODE_OF.get(act["kind"], "answer_question")


def route_yes(state: State) -> NodeName:
    """What she says yes to: the open question, else the step's own."""
    match state.get("question"):
        case "take_it":
            return "handle_selection"
        case "last_address":
            return "checkout"
    match state.get("step"):
        case "awaiting_confirmation" | "cart_updated":
            return "checkout"
        case "payment_failed":
            return "payment"
        case "products_found" if state.get("options"):
            return "handle_selection"
        case "size_recommended" if state.get("focus"):
            return "handle_selection"
    return "answer_question"


def route_no(state: State) -> NodeName:
    asked_for_address = state.get("question") == "last_address"
    confirming = state.get("step") == "awaiting_confirmation"
    return "checkout" if asked_for_address or confirming else "answer_question"


def _can_add(state: State, act: QueuedAct) -> bool:
    """Without a piece in view, "add a red dress" is a search."""
    if act.get("manner") == "again":
        return True
    return bool(state.get("focus") or state.get("options") or act.get("option"))
