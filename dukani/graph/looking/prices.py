"""Finds the pieces whose price a customer asks for."""

from __future__ import annotations

from dukani.domain.acts import AskPrice
from dukani.domain.pieces import Option
from dukani.domain.resolver import pieces_meant
from dukani.domain.view import View
from dukani.graph.context import Context
from dukani.graph.state import State, newest_list
from dukani.tools.options import as_options


def is_of_what_was_ordered(act: AskPrice, view: View) -> bool:
    """Whether "how much is that?" is of what was just put in: the order, with its sum, answers."""
    plain = act.target.says_nothing and act.quantity is None and not act.besides
    looking = view.focus is not None or view.choosing
    return plain and not looking and view.line_of_variant(view.last_variant_id) is not None


async def price_asked(state: State, context: Context, act: AskPrice, view: View) -> list[Option]:
    """The pieces the words name, else the one in focus, else all pieces shown."""
    target = act.target
    meant = pieces_meant(target, view)
    if not meant:
        return []
    numbers = {option.product_id: option.number for option in newest_list(state)}
    colour = target.colour or (view.focus.colour if view.focus and target.says_nothing else None)
    options = await as_options(context.conn, [piece.product_id for piece in meant], colour=colour)
    if any(option.product_id not in numbers for option in options):
        return list(options)  # some were not in the newest list: a list of its own numbers
    return [option.model_copy(update={"number": numbers[option.product_id]}) for option in options]
