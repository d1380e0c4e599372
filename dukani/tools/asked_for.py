"""What somebody's words ask to see, and how far a piece is what was asked for.

For a message by itself, without a chat around it. `graph/nodes/search_products.py` goes on from
earlier messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dukani.agent.eye import Eye
from dukani.agent.facts import Option, Wish
from dukani.core.colours import similar_colours
from dukani.core.database import Connection
from dukani.domain.acts import Act, Add, AskPrice, AskStock, Search, Target, Values
from dukani.domain.pieces import Assortment
from dukani.domain.shades import called
from dukani.tools.search import Found, find_pieces
from dukani.tools.wishes import said_in

Field = Literal["category", "colour", "size", "budget", "occasion", "pattern", "name", "words"]


@dataclass(frozen=True, slots=True)
class AskedFor:
    """`act` None: the words ask for no piece."""

    act: Search | None
    wish: Wish


def asked_in(acts: Sequence[Act], *, currency: str) -> AskedFor:
    """The first act that is about pieces, as a search: to want one is to ask for it."""
    act = next((found for act in acts if (found := _as_search(act)) is not None), None)
    return AskedFor(act, Wish(**said_in(act, currency=currency)) if act else Wish())


def _as_search(act: Act) -> Search | None:
    match act:
        case Search():
            return act
        case Add() | AskStock() if act.target.describes or not act.values.says_nothing:
            return _of_piece(act.target, act.values)
        case AskPrice() if act.target.describes:
            return _of_piece(act.target, Values())
    return None


def _of_piece(target: Target, values: Values) -> Search:
    return Search(
        name=target.name,
        category=target.category,
        colour=values.colour or target.colour,
        exclude_colour=values.exclude_colour,
        size=values.size or target.size,
        pattern=target.pattern,
        age=values.age,
        quantity=values.quantity,
    )


async def find(
    conn: Connection, asked: AskedFor, sold: Assortment, *, eye: Eye | None = None
) -> Found:
    """The pieces asked for; with nothing said of them, the newest."""
    age = asked.act.age if asked.act else None
    category = asked.wish.category
    kinds = tuple(k for k in sold.categories if category and k.endswith(f" {category}"))
    return await find_pieces(
        conn,
        asked.wish,
        cheapest=bool(asked.act and asked.act.order_by == "cheapest"),
        sizes=sold.sizes_for_age(age) if age is not None else (),
        kinds=kinds if age is not None else (),
        eye=eye,
    )


def fits(wish: Wish, option: Option, found: Found) -> dict[Field, bool]:
    """For each thing that was asked, whether the piece has it."""
    return dict(_fits(wish, option, frozenset(found.dropped)))


def _fits(wish: Wish, option: Option, dropped: frozenset[str]) -> Iterator[tuple[Field, bool]]:
    if wish.category:
        yield "category", option.category.endswith(wish.category)
    if wish.colour:
        shades = {wish.colour, *similar_colours(wish.colour), *called(wish.colour)}
        yield "colour", bool(shades & set(option.colours))
    if wish.size:
        yield "size", wish.size in option.sizes or "ONE" in option.sizes
    if wish.budget_min_minor is not None or wish.budget_max_minor is not None:
        least, most = wish.budget_min_minor or 0, wish.budget_max_minor
        yield "budget", least <= option.price_minor and (most is None or option.price_minor <= most)
    if wish.occasion:
        yield "occasion", "occasion" not in dropped
    if wish.pattern:
        yield "pattern", "pattern" not in dropped
    if wish.name:
        said = wish.name.lower().split()
        yield "name", any(word in option.name.lower() for word in said)
    if wish.words:
        yield "words", "words" not in dropped


def score(fitting: dict[Field, bool]) -> float:
    """The share of what was asked that the piece has; 1 when nothing was asked."""
    return sum(fitting.values()) / len(fitting) if fitting else 1.0
