"""Takes up whom a piece is for, and marks the edits and lines that are for that person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from langgraph.runtime import Runtime

from dukani.agent.facts import WearerNoted
from dukani.core.store import wearers
from dukani.core.store.wearers import Wearer
from dukani.domain.acts import (
    Add,
    ChangeQuantity,
    Remark,
    Set,
    SetWearer,
    Split,
    Target,
    TellSize,
    Unclear,
)
from dukani.domain.wearers import audience_of
from dukani.domain.whose import HER_OWN, Whose
from dukani.graph.context import Context
from dukani.graph.hearing.in_view import lines_in_view
from dukani.graph.state import State, Task, WearerNow, with_facts

OLDEST = 120


async def set_wearer(state: State, runtime: Runtime[Context]) -> State:
    """Each wearer said holds for the edits behind it, the last one also for what comes later.

    Said alone it is of the line changed last: "it's for my sister" after a dress was added.
    """
    context = runtime.context
    before: list[Task] = []
    whose: Whose | None = None
    units: int | None = None
    now = state.get("wearer")
    for task in state.get("acts", ()):
        if isinstance(task, SetWearer):
            wearer = await _known(context, task)
            whose = HER_OWN if wearer is None else Whose(wearer.worn_by)
            units = task.units
            if task.units is None:  # what comes later is not for whom one of several is
                now = None if wearer is None else _now(wearer)
            if task.target is not None:
                before.append(Set(target=task.target, for_whom=whose, for_units=task.units))
        elif whose is not None and isinstance(task, Add | Set | ChangeQuantity | Split | TellSize):
            given = task.model_copy(update={"for_whom": whose})
            if isinstance(task, Set):
                given = given.model_copy(update={"for_units": units})
            before.append(given)
        else:
            before.append(task)
    assert whose is not None  # the router came here for a SetWearer
    edits = _said_behind(before, whose)
    update: State = {"wearer": now, "acts": edits}
    if any(not isinstance(task, Remark | Unclear) for task in edits):
        return update
    if (line := await _line_changed_last(state, context)) is not None:
        return {**update, "acts": [Set(target=line, for_whom=whose)]}
    worn_by = whose.worn_by
    noted = WearerNoted(
        relation=worn_by.relation if worn_by else None, name=worn_by.name if worn_by else None
    )
    return {**update, "acts": [], "facts": with_facts(state, noted)}


def _said_behind(tasks: Sequence[Task], whose: Whose) -> list[Task]:
    """The tasks; a wearer said behind all edits is of them: "the red one in M, for my sister"."""
    edits = [task for task in tasks if isinstance(task, Add | Set | Split)]
    if any(edit.for_whom is not None for edit in edits):
        return list(tasks)
    return [
        task.model_copy(update={"for_whom": whose}) if isinstance(task, Add | Split) else task
        for task in tasks
    ]


async def _known(context: Context, said: SetWearer) -> Wearer | None:
    """The wearer, kept for the next time; None: the customer herself."""
    if said.relation is None:
        return None
    age = said.age if said.age is not None and 0 <= said.age <= OLDEST else None
    name = said.name or await _only_name(context, said)
    return await wearers.put(
        context.conn,
        customer_id=context.customer.id,
        relation=said.relation,
        name=name,
        audience=audience_of(said.relation, age),
        age=age,
        told_on=_today(),
    )


async def _only_name(context: Context, said: SetWearer) -> str | None:
    """The name of the person of that relation who was spoken of last, as nobody says it twice."""
    known = await wearers.of_customer(context.conn, customer_id=context.customer.id)
    named = [one.name for one in known if one.relation == said.relation and one.name]
    plain = any(one.relation == said.relation and not one.name for one in known)
    return named[0] if len(named) == 1 and not plain else None


async def _line_changed_last(state: State, context: Context) -> Target | None:
    """The line of the order that was changed last, or its only one."""
    lines = await lines_in_view(state, context)
    last = [line for line in lines if line.variant_id == state.get("last_variant_id")]
    only = last or lines
    return Target(variant_id=only[0].variant_id) if len(only) == 1 else None


def _now(wearer: Wearer) -> WearerNow:
    return {
        "id": wearer.id,
        "relation": wearer.relation,
        "name": wearer.name,
        "day": _today().isoformat(),
    }


def _today() -> date:
    return datetime.now(UTC).date()
