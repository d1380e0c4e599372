"""Which of the shown pieces a customer means. Pure: words and options in, a piece out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from dukani.agent.facts import Option
from dukani.core.store.carts import CartItem
from dukani.graph.state import QueuedAct, State
from dukani.tools.pieces import matching_colour

NAME_FITS = 80  # rapidfuzz token_set_ratio from which a name is taken as meant


def shown_options(state: State) -> list[Option]:
    return [Option(**option) for option in state.get("options", [])]


def candidates(state: State, act: QueuedAct) -> list[Option]:
    """The shown options an act may mean: one when it is clear, several to ask about."""
    options = shown_options(state)
    if act.get("option") is not None:
        return [option for option in options if option.number == act["option"]]
    if act.get("name"):
        named = [option for option in options if _fits(act["name"], option.name)]
        if named:
            options = named
    if act.get("category"):
        options = [o for o in options if o.category == act["category"]] or options
    if act.get("colour"):
        options = [o for o in options if _comes_in(o, act["colour"])] or options
    if act.get("size"):
        options = [o for o in options if act["size"] in o.sizes] or options
    return options


def describes_none(state: State, act: QueuedAct) -> bool:
    """Whether the words describe a piece, and none of those in view is like that."""
    if act.get("option") is not None or not any_said(act, "name", "category", "colour", "pattern"):
        return False
    options = shown_options(state)
    focus = state.get("focus")
    if act.get("pattern") and act.get("name") is None and not options:
        return True
    in_focus = focus is not None and act.get("category") in (None, focus["category"])
    if in_focus and not act.get("name") and not act.get("pattern"):
        return False  # another colour of the piece in focus: stock has the answer
    return not any(_like(option, act) for option in options)


def names_none(state: State, act: QueuedAct) -> bool:
    """Whether a piece is called by its name that is not in view."""
    focus = state.get("focus")
    in_view = [option.name for option in shown_options(state)] + ([focus["name"]] if focus else [])
    return bool(act.get("name")) and not any(_fits(act["name"], name) for name in in_view)


def _like(option: Option, act: QueuedAct) -> bool:
    return (
        (not act.get("name") or _fits(act["name"], option.name))
        and act.get("category") in (None, option.category)
        and (not act.get("colour") or _comes_in(option, act["colour"]))
    )


def points_at_an_option(act: QueuedAct) -> bool:
    """Whether the words single out one of several shown pieces."""
    return any(act.get(name) is not None for name in ("option", "name", "category"))


def lines_meant(items: Sequence[CartItem], act: QueuedAct) -> list[CartItem]:
    """The lines of the cart an act may mean; all of them when it says nothing."""
    if act.get("option") is not None:
        number = int(act["option"])
        return list(items[number - 1 : number]) if number >= 1 else []
    meant = list(items)
    if act.get("name"):
        meant = [item for item in meant if _fits(act["name"], item.name)] or meant
    for slot in ("category", "colour", "size"):
        if act.get(slot) is not None:
            meant = [item for item in meant if _has(item, slot, act[slot])]
    return meant


def _has(item: CartItem, slot: str, value: str) -> bool:
    if slot == "colour":
        return matching_colour(value, [item.colour]) == item.colour
    return bool(getattr(item, slot) == value)


def _comes_in(option: Option, colour: str) -> bool:
    return matching_colour(colour, option.colours) is not None


def _fits(said: str, name: str) -> bool:
    return fuzz.token_set_ratio(said.lower(), name.lower()) >= NAME_FITS


def any_said(act: QueuedAct, *names: str) -> bool:
    return any(act.get(name) is not None for name in names)


def as_plain(options: Sequence[Option]) -> list[dict[str, Any]]:
    return [option.model_dump(mode="json") for option in options]
