"""Answers "is it there in M?" from stock, with the alternatives when it is not."""

from __future__ import annotations

from dukani.agent.facts import Available, Fact, OptionsAgain, PieceOutOfStock
from dukani.core.store import products
from dukani.core.store.products import Variant
from dukani.domain.acts import AskStock, Search, Values
from dukani.domain.pieces import Focus, SoldPiece
from dukani.domain.questions import Question
from dukani.domain.resolver import pieces_meant
from dukani.domain.shades import shades_of
from dukani.domain.sizes import ONE_SIZE, same_size, sizes_for_age
from dukani.domain.view import View
from dukani.graph.context import Context
from dukani.graph.looking.offering import offer_of
from dukani.graph.state import State, as_plain, newest_list, questions_in, with_facts
from dukani.tools import pieces


async def answer_availability(state: State, context: Context, act: AskStock, view: View) -> State:
    """Answers for the one piece in view that fits; otherwise leaves a search."""
    values = _wanted(act)
    meant = pieces_meant(act.target, view, values=values)
    if len(meant) > 1 and act.target.says_nothing and values.says_nothing and view.lists:
        fact: Fact = OptionsAgain(options=newest_list(state))
        return {"facts": with_facts(state, fact)}
    if len(meant) != 1:
        return {"acts": [_as_search(act, values), *state.get("acts", ())]}
    return await _answer_for(state, context, meant[0], values, view)


def _wanted(act: AskStock) -> Values:
    """Colour and size asked for; minds put them in the target or in the values."""
    told = {"colour": act.target.colour, "size": act.target.size}
    kept = {k: v for k, v in told.items() if v is not None and getattr(act.values, k) is None}
    return act.values.model_copy(update=kept)


def _as_search(act: AskStock, values: Values) -> Search:
    return Search(
        name=act.target.name,
        category=act.target.category,
        colour=values.colour,
        size=values.size,
        age=values.age,
        pattern=act.target.pattern,
    )


async def _answer_for(
    state: State, context: Context, piece: SoldPiece, values: Values, view: View
) -> State:
    focused = view.focus if view.focus and view.focus.product_id == piece.product_id else None
    if focused is not None:
        size = focused.size or (focused.asked_size if values.colour else None)
        known = {"colour": focused.colour, "size": size, "quantity": focused.quantity}
        kept = {k: v for k, v in known.items() if v and getattr(values, k) is None}
        values = values.model_copy(update=kept)
    if values.colour and values.size is None and values.age is None:
        values = values.model_copy(update={"size": _size_taken(state, piece, view)})
    variants = await products.variants(context.conn, product_ids=[piece.product_id])
    fitting = [v for v in pieces.in_stock(variants) if fits(v, values)]
    if not fitting:
        return _out_of_stock(state, piece, values, variants)
    colours, sizes = pieces.colours_of(fitting), pieces.sizes_of(fitting)
    focus = Focus(
        product_id=piece.product_id,
        sku=piece.sku,
        name=piece.name,
        category=piece.category,
        colour=colours[0] if values.colour and len(colours) == 1 else None,
        size=sizes[0] if (values.size or values.age is not None) and len(sizes) == 1 else None,
        quantity=values.quantity,
    )
    fact = Available(
        name=piece.name,
        colour=focus.colour,
        size=focus.size,
        colours=colours,
        sizes=sizes,
        price_minor=min(v.price_minor for v in fitting),
    )
    wishes = [q for q in questions_in(state) if q.field not in ("take_it", "category")]
    offered = [] if _is_asked_about(wishes, piece) else [offer_of(focus)]
    return {
        "facts": with_facts(state, fact),
        "focus": focus.model_dump(mode="json"),
        "last_product_id": piece.product_id,
        "questions": as_plain([*wishes, *offered]),
        "step": "size_recommended" if not _is_paying(state) else state.get("step", "start"),
    }


def _size_taken(state: State, piece: SoldPiece, view: View) -> str | None:
    """The size in which she has the piece in another colour: "do you have it in red too?"."""
    own = [line for line in view.lines if line.product_id == piece.product_id]
    now = state.get("wearer")
    wearer = now["id"] if now else None
    others = [line for line in own if (line.worn_by.id if line.worn_by else None) != wearer]
    sizes = {line.size for line in own}
    return sizes.pop() if len(sizes) == 1 and not others else None


def _is_paying(state: State) -> bool:
    """Whether the total was shown: a question about a piece then leaves the step unchanged."""
    return state.get("step") in ("awaiting_confirmation", "payment_initiated", "payment_failed")


def _is_asked_about(wishes: list[Question], piece: SoldPiece) -> bool:
    return any(wish.product_id == piece.product_id for wish in wishes)


def _out_of_stock(state: State, piece: SoldPiece, values: Values, variants: list[Variant]) -> State:
    """Tells that the piece is sold out and its other sizes and colours; it stays in focus."""
    values = _with_size_of_age(values, piece)
    there = pieces.in_stock(variants)
    shades = shades_of(values.colour, pieces.colours_of(variants)) if values.colour else ()
    colour = shades[0] if shades else values.colour
    fact = PieceOutOfStock(
        name=piece.name,
        colour=colour,
        size=values.size,
        other_sizes=tuple(  # none are in a colour it never comes in
            s
            for s in pieces.sizes_of(there, colour=colour)
            if s != values.size and (shades or not colour)
        ),
        other_colours=tuple(
            c
            for c in pieces.colours_of(v for v in there if values.size in (None, v.size))
            if c != colour
        ),
    )
    has_colour = bool(shades) and colour in pieces.colours_of(there)
    focus = Focus(
        product_id=piece.product_id,
        sku=piece.sku,
        name=piece.name,
        category=piece.category,
        colour=colour if has_colour else None,
        # "Nothing in white, size L" – "then black": the customer still wants L.
        size=None if has_colour else values.size,
        asked_size=values.size,
        quantity=values.quantity,
    )
    return {
        "facts": with_facts(state, fact),
        "focus": focus.model_dump(mode="json"),
        "last_product_id": piece.product_id,
        "questions": as_plain([q for q in questions_in(state) if q.field != "take_it"]),
        "step": "size_recommended" if not _is_paying(state) else state.get("step", "start"),
    }


def _with_size_of_age(values: Values, piece: SoldPiece) -> Values:
    """The values with the one size that is for the age asked about: "peach for a 7 year old?"."""
    if values.age is None or values.size is not None:
        return values
    sizes = sizes_for_age(values.age, piece.sizes, piece)
    return values.model_copy(update={"size": sizes[0]}) if len(sizes) == 1 else values


def fits(variant: Variant, values: Values) -> bool:
    """Whether it has the colour and the size, or fits the age."""
    if values.colour and not shades_of(values.colour, (variant.colour,)):
        return False
    if values.age is not None and not sizes_for_age(values.age, (variant.size,), variant):
        return variant.size == ONE_SIZE
    return not values.size or same_size(values.size, variant.size) or variant.size == ONE_SIZE
