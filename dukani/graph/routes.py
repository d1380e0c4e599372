"""Routes a turn to its next node, from the tasks that wait. Pure: the state in, a name out.

A turn visits each node that has tasks, in the order of a sale. A node may leave a task for another
node: an edit that names no piece of the shop leaves a search, and a change of the cart while the
customer pays leaves `ShowTotal`.
"""

from __future__ import annotations

from typing import Literal

from dukani.domain.acts import (
    EDITS,
    AskPrice,
    AskShop,
    AskSize,
    AskStock,
    Back,
    Cancel,
    Checkout,
    ClaimPaid,
    Complaint,
    Confirm,
    Decline,
    Greeting,
    Handoff,
    More,
    OptIn,
    OptOut,
    OrderStatus,
    PayAgain,
    Remark,
    Repeat,
    Search,
    SetAddress,
    SetNote,
    SetPayer,
    SetWearer,
    StartOver,
    StopPromotions,
    TellSize,
    Thanks,
    Unclear,
    ViewOrder,
    WaitForStock,
    WantPromotions,
)
from dukani.domain.steps import SHOWN_A_TOTAL
from dukani.graph.happenings import (
    AskForMoney,
    Find,
    GoOn,
    HandBack,
    HandoffTimer,
    Look,
    OrderNews,
    PassOn,
    PayerCard,
    PaymentResult,
    RemindOfWayBack,
    ReservationTimer,
    ShowPieces,
    ShowTotal,
    StaffMessage,
    Unheard,
)
from dukani.graph.state import State

NodeName = Literal[
    "take_result", "change_consent", "hand_off", "set_wearer", "analyze_image", "search_products",
    "recommend_size", "answer_question", "order_status", "handle_selection", "manage_cart",
    "checkout", "payment", "generate_response",
]  # fmt: skip

# The tasks each node handles; a turn visits the nodes in this order.
TAKES: dict[NodeName, tuple[type, ...]] = {
    "take_result": (PaymentResult, ReservationTimer, OrderNews),
    "change_consent": (OptOut, OptIn, StopPromotions, WantPromotions),
    "hand_off": (StaffMessage, HandBack, HandoffTimer, PassOn, RemindOfWayBack, Handoff, Complaint),
    "set_wearer": (SetWearer,),
    "analyze_image": (Look,),
    "search_products": (ShowPieces, Find, Search, More, Back),
    "recommend_size": (TellSize, AskSize),
    "answer_question": (
        Greeting, Thanks, Remark, AskPrice, AskStock, WaitForStock, AskShop, Repeat, Unclear,
        Unheard, GoOn,
    ),
    "order_status": (OrderStatus,),
    "handle_selection": EDITS,
    "manage_cart": (ViewOrder, StartOver),
    "checkout": (SetAddress, SetNote, SetPayer, PayerCard, Checkout, Confirm, Decline, ShowTotal),
    "payment": (PayAgain, ClaimPaid, Cancel, AskForMoney),
}  # fmt: skip

NODE_OF: dict[type, NodeName] = {task: name for name, tasks in TAKES.items() for task in tasks}
_ORDER: tuple[NodeName, ...] = (*TAKES, "generate_response")


async def route_perceived(state: State) -> Literal[NodeName, "__end__"]:
    """The first node; the end when mind or eye must first be asked outside the transaction."""
    return "__end__" if state.get("lacking") else next_node(state)


async def route_next(state: State) -> NodeName:
    """The first node with a waiting task; `generate_response` when no task waits.

    Async, because LangGraph would run a plain function in a thread.
    """
    return next_node(state)


def next_node(state: State) -> NodeName:
    waiting = {NODE_OF[type(task)] for task in state.get("acts", ())}
    if state.get("resolution") is not None:
        waiting.add("manage_cart")
    if not waiting and _owes_the_total(state):
        return "checkout"
    return next(name for name in _ORDER if name in waiting or name == "generate_response")


def _owes_the_total(state: State) -> bool:
    """Whether the total must be shown again: the customer wrote, and no quote holds any more."""
    quoted = state.get("quote") is not None
    return state.get("heard", False) and state.get("step") in SHOWN_A_TOTAL and not quoted
