"""Handles payment results, expired stock reservations, and news of orders."""

from __future__ import annotations

from langgraph.runtime import Runtime

from dukani.core.store import orders
from dukani.graph.context import Context
from dukani.graph.happenings import OrderNews, PaymentResult, ReservationTimer
from dukani.graph.money.reservation import expire_reservation
from dukani.graph.money.results import take_payment_result
from dukani.graph.ordering.news import fact_of
from dukani.graph.state import State, Task, tasks_without, with_facts


async def take_result(state: State, runtime: Runtime[Context]) -> State:
    """Handles one event; the router returns here for further ones."""
    context = runtime.context
    task = next(
        t for t in state["acts"] if isinstance(t, PaymentResult | ReservationTimer | OrderNews)
    )
    others: list[Task] = tasks_without(state, task)
    state = {**state, "acts": others}
    if isinstance(task, PaymentResult):
        return {"acts": others, **await take_payment_result(state, context, task)}
    if isinstance(task, OrderNews):
        return {"acts": others, **await _tell_news(state, context, task)}
    order = await orders.get(context.conn, order_id=task.order_id, lock=True)
    update: State = await expire_reservation(state, context, order) if order else {}
    return {"acts": others, **update}


async def _tell_news(state: State, context: Context, task: OrderNews) -> State:
    fact = await fact_of(context.conn, task)
    return {} if fact is None else {"facts": with_facts(state, fact)}
