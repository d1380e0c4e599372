"""What is chosen by its number on a list: at today's price, and only what the list has."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Fact, Option, OptionsAgain, PricesDiffer, PriceTag
from dukani.core.store import products
from dukani.core.store.products import Variant
from dukani.domain.acts import Add, Edit, Set, Substitute, Target
from dukani.domain.resolved import NotFound
from dukani.graph.context import Context
from dukani.graph.state import State, newest_list, with_facts
from dukani.tools.pieces import in_stock


async def at_todays_price(state: State, context: Context, edits: Sequence[Edit]) -> State:
    """Says the price of what is chosen where its list showed another; the list has it then.

    The list may be an older one whose row was tapped, or a price may have changed since.
    """
    numbers = {target.option for edit in edits if (target := _chosen(edit)) is not None}
    shown = newest_list(state)
    chosen = [option for option in shown if option.number in numbers]
    if not chosen:
        return {}
    ids = [option.product_id for option in chosen]
    variants = await products.variants(context.conn, product_ids=ids)
    prices = {option.number: _price_of(option, variants) for option in chosen}
    moved = {
        option.number: price
        for option in chosen
        if (price := prices[option.number]) is not None and price != option.price_minor
    }
    if not moved:
        return {}
    now = [
        option.model_copy(update={"price_minor": moved.get(option.number, option.price_minor)})
        for option in shown
    ]
    tags = [PriceTag(name=o.name, price_minor=o.price_minor) for o in now if o.number in moved]
    plain = [option.model_dump(mode="json") for option in now]
    return {
        "facts": with_facts(state, PricesDiffer(pieces=tuple(tags), of_list=True)),
        "lists": [plain, *(state.get("lists") or [])[1:]],
    }


def _chosen(edit: Edit) -> Target | None:
    """The target of an edit that takes a piece by its number."""
    if not isinstance(edit, Add | Set | Substitute):
        return None
    target = edit.piece if isinstance(edit, Substitute) else edit.target
    return target if target.option is not None else None


def _price_of(option: Option, variants: Sequence[Variant]) -> int | None:
    """The lowest price of what the option is of, as lists show it; None: it is sold no more."""
    own = [v for v in variants if v.product_id == option.product_id]
    own = [v for v in own if not option.colours or v.colour in option.colours] or own
    there = in_stock(own) or own
    meant = [v for v in there if option.colour is None or v.colour == option.colour] or there
    return min((v.price_minor for v in meant), default=None)


def beyond_the_list(state: State, unknown: Sequence[NotFound]) -> list[Fact]:
    """The list once more, where a number was said that it does not have."""
    shown = newest_list(state)
    if not shown or not any(is_beyond(one, shown) for one in unknown):
        return []
    return [OptionsAgain(options=shown)]


def is_beyond(unknown: NotFound, shown: Sequence[Option]) -> bool:
    """Whether what was not found is a mere number that none of the options has."""
    target = _chosen(unknown.edit)
    if unknown.of_order or target is None or target.describes:
        return False
    return bool(shown) and target.option not in {option.number for option in shown}
