"""Handles payment results, expired stock reservations, and orders sent out or delivered."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.agent.facts import OrderMoved
from dukani.core.store import orders
from dukani.graph.context import Context
from dukani.graph.happenings import Fulfilment, PaymentResult, ReservationTimer
from dukani.graph.money.reservation import expire_reservation
from dukani.graph.money.results import take_payment_result
from dukani.graph.state import State, Task, tasks_without, with_facts


async def take_result(state: State, runtime: Runtime[Context]) -> State:
    """Handles one event; the router returns here for further ones."""
    context = runtime.context
    task = next(
        t for t in state["acts"] if isinstance(t, PaymentResult | ReservationTimer | Fulfilment)
    )
    others: list[Task] = tasks_without(state, task)
    state = {**state, "acts": others}
    if isinstance(task, PaymentResult):
        return {"acts": others, **await take_payment_result(state, context, task)}
    if isinstance(task, Fulfilment):
        return {"acts": others, **await _tell_of_fulfilment(state, context, task)}
    order = await orders.get(context.conn, order_id=task.order_id, lock=True)
    update: State = await expire_reservation(state, context, order) if order else {}
    return {"acts": others, **update}


async def _tell_of_fulfilment(state: State, context: Context, task: Fulfilment) -> State:
    """Tells what the owner said of the order, unless it has got further since."""
    order = await orders.get(context.conn, order_id=task.order_id)
    if order is None or order.fulfilment_status != task.to:
        return {}
    return {"facts": with_facts(state, OrderMoved(order_number=order.number, to=task.to))}
