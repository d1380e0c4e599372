"""Which prices a customer asks for."""

from __future__ import annotations

from dukani.agent.facts import Option
from dukani.graph.choosing import any_said, candidates, names_none, shown_options
from dukani.graph.context import Context
from dukani.graph.state import QueuedAct, State
from dukani.tools.options import as_options


async def price_asked(state: State, context: Context, act: QueuedAct) -> list[Option]:
    """The pieces meant: those the words point at, else the one in focus, else all shown."""
    if names_none(state, act):
        return []
    pointing = any_said(act, "option", "name", "category", "colour")
    if pointing and state.get("options"):
        meant = candidates(state, act)
        if any_said(act, "option") or len(meant) < len(shown_options(state)):
            return _in_colour(meant, act)
    focus = state.get("focus")
    if focus is not None and (act.get("category") in (None, focus["category"])):
        return _numbered_as_shown(
            state, await as_options(context.conn, [focus["product_id"]], colour=focus["colour"])
        )
    if act.get("category") and not any(o.category == act["category"] for o in shown_options(state)):
        return []
    return candidates(state, act)


def _in_colour(meant: list[Option], act: QueuedAct) -> list[Option]:
    colour = act.get("colour")
    if colour is None:
        return meant
    return [o.model_copy(update={"colour": colour}) if colour in o.colours else o for o in meant]


def _numbered_as_shown(state: State, options: tuple[Option, ...]) -> list[Option]:
    numbers = {option.product_id: option.number for option in shown_options(state)}
    return [
        option.model_copy(update={"number": numbers.get(option.product_id, option.number)})
        for option in options
    ]
