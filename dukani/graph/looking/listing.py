"""Numbers the options of several searches in one turn consecutively.

So no number stands for two pieces when the customer answers with a number.
"""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.facts import OptionsShown
from dukani.domain.pieces import Option
from dukani.graph.state import State
from dukani.tools.search import Found

OF_EACH_KIND = 3


def shown_this_turn(state: State) -> tuple[Option, ...]:
    """The options listed earlier in this turn."""
    listed = [fact for fact in state.get("facts", ()) if isinstance(fact, OptionsShown)]
    return tuple(option for fact in listed for option in fact.options)


def of_one_kind(found: Found, *, before: tuple[Option, ...], several: bool) -> Found:
    """The search result; of several in a turn, cut short and numbered on from the last one.

    Of "a wrap dress and a straw hat" the one piece that the words tell of stands alone.
    """
    if not several and not before:
        return found
    meant = [option for option in found.options if option.product_id == found.meant]
    kept = meant or found.options[:OF_EACH_KIND]
    numbered = tuple(
        option.model_copy(update={"number": number})
        for number, option in enumerate(kept, start=len(before) + 1)
    )
    return replace(found, options=numbered, more=found.more or len(kept) < len(found.options))
