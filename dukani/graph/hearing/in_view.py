"""Builds the dialogue context: TurnContext for the mind, View for resolving references.

Both hold what the customer can refer to: lines of the order, pieces shown, the piece in focus.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store import orders, products
from dukani.core.store.messages import Message
from dukani.core.store.products import Variant
from dukani.domain.acts import Add, Values
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, Focus, Line, Option
from dukani.domain.questions import Question
from dukani.domain.steps import CHOOSING
from dukani.domain.view import Swapped, View, Worn
from dukani.graph.context import Context
from dukani.graph.hearing.texts import tapped_rows
from dukani.graph.ordering.left_out import left_out_in
from dukani.graph.ordering.shares import with_shares
from dukani.graph.state import State, focus_in, lists_in, questions_in, shown_last
from dukani.tools import cart
from dukani.tools.lines import as_lines


async def lines_in_view(state: State, context: Context) -> tuple[Line, ...]:
    """The lines of the cart, else those of the order that is placed and not paid."""
    items = await cart.current_items(context.conn, customer_id=context.customer.id)
    order_id = state.get("order_id")
    if items or order_id is None or state.get("step") == "order_completed":
        return with_shares(state, as_lines(items))
    order = await orders.get(context.conn, order_id=order_id)
    if order is None or order.status != "open":
        return ()  # paid, and the customer has looked at other pieces since
    return with_shares(state, as_lines(await orders.items(context.conn, order_id=order_id)))


def _ages(state: State) -> tuple[int, ...]:
    search = state.get("search")
    return tuple(search.get("ages") or ()) if search else ()


def _single(ages: Sequence[int]) -> int | None:
    return ages[0] if len(ages) == 1 else None


async def bought_before(context: Context, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The last order's lines, for "another one, same size"; empty if the cart has lines."""
    if lines:
        return ()
    last = await orders.latest(context.conn, customer_id=context.customer.id)
    return as_lines(await orders.items(context.conn, order_id=last.id)) if last else ()


async def swapped_in(state: State, context: Context, lines: Sequence[Line]) -> Swapped | None:
    """The line whose variant the last change swapped, with its colour and size before.

    None unless the change swapped exactly one line for another variant of the same product.
    """
    before = {str(id_) for id_, _ in state.get("undo") or []}
    gone = before - {line.variant_id for line in lines}
    came = [line for line in lines if line.variant_id not in before]
    if len(gone) != 1 or len(came) != 1:
        return None
    was = await products.variant(context.conn, variant_id=gone.pop())
    if was is None or was.product_id != came[0].product_id:
        return None
    return Swapped(line=came[0].variant_id, colour=was.colour, size=was.size)


async def taken_out(state: State, context: Context, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines the last change removed, of products the order no longer has."""
    there = {line.variant_id for line in lines}
    gone: list[Line] = []
    for variant_id, quantity in state.get("undo") or []:
        was = None
        if str(variant_id) not in there:
            was = await products.variant(context.conn, variant_id=str(variant_id))
        if was is not None and all(line.product_id != was.product_id for line in lines):
            gone.append(_line_of(was, int(quantity), number=len(gone) + 1))
    return tuple(gone)


def _only_took_out(state: State, lines: Sequence[Line]) -> bool:
    """Whether the last change took lines out, and left all others as they were."""
    before = {str(id_): int(quantity) for id_, quantity in state.get("undo") or []}
    now = {line.variant_id: line.quantity for line in lines}
    return len(now) < len(before) and now.items() <= before.items()


def _line_of(variant: Variant, quantity: int, *, number: int) -> Line:
    return Line(
        number=number,
        name=variant.name,
        colour=variant.colour,
        size=variant.size,
        quantity=quantity,
        unit_price_minor=variant.price_minor,
        variant_id=variant.id,
        product_id=variant.product_id,
    )


def view_of(
    state: State,
    lines: Sequence[Line],
    sold: Assortment,
    *,
    bought: Sequence[Line] = (),
    swapped: Swapped | None = None,
    gone: Sequence[Line] = (),
) -> View:
    """The snapshot against which all edits of the turn are resolved."""
    return View(
        lines=tuple(lines),
        bought=tuple(bought),
        gone=tuple(gone),
        left_out=left_out_in(state),
        only_taken_out=_only_took_out(state, lines),
        lists=lists_in(state),
        focus=focus_in(state),
        last_variant_id=state.get("last_variant_id"),
        swapped=swapped,
        last_product_id=state.get("last_product_id"),
        choosing=state.get("step") in CHOOSING,
        listed=bool(shown_last(state)),
        wished=_wished(state),
        worn=tuple(Worn(**one) for one in state.get("sizes_worn") or ()),
        ages=_ages(state),
        pieces=sold.pieces,
    )


def _wished(state: State) -> Values:
    """Colour, size, quantity and age given in the search that led to the newest list."""
    search = state.get("search")
    if search is None:
        return Values()
    wish = search["wish"]
    return Values(
        colour=wish.get("colour"),
        size=wish.get("size"),
        quantity=search.get("quantity"),
        age=_single(search.get("ages") or ()),
    )


def reader_context(
    state: State,
    context: Context,
    lines: Sequence[Line],
    written: Sequence[Message],
    *,
    with_image: bool,
    sold: Assortment,
) -> TurnContext:
    # With a photo, "this, but purple" refers to the photo and not to a piece seen before.
    lists = () if with_image else tuple(_shown_first(options) for options in lists_in(state))
    open_ones = questions_in(state)
    asked = open_ones[-1] if open_ones else None
    listed = shown_last(state)
    last = next((x for x in lines if x.variant_id == state.get("last_variant_id")), None)
    newest = lists[0] if lists else ()
    spoken = _spoken_values(state)
    return TurnContext(
        step=state.get("step", "start"),
        options=newest,
        earlier=lists[1:],
        focus=None if with_image else _in_focus(focus_in(state), asked_about(state), newest, sold),
        replied_to_option=_replied_option(written, newest),
        cart=tuple(lines),
        left_out=left_out_in(state),
        last_line=last.number if last else None,
        spoken_size=spoken.size,
        spoken_colour=spoken.colour,
        children=_children(state),
        question=asked.field if asked and not asked.is_behind(listed) else None,
        choices=asked.choices if asked and asked.field in ("colour", "size") else (),
        has_order=state.get("order_id") is not None,
        language=context.language(state),
        with_image=with_image,
        sold=sold,
        currency=context.boutique.currency,
    )


def _children(state: State) -> tuple[tuple[str, int], ...]:
    """The children told of, while pieces are chosen: "navy for him" then has the boy's age."""
    choosing = state.get("step") in CHOOSING or bool(state.get("questions"))
    return tuple((state.get("children") or {}).items()) if choosing else ()


def _spoken_values(state: State) -> Values:
    """The last size and colour named for the current piece, in stock or not, for "the same"."""
    waiting, focus = asked_about(state), focus_in(state)
    said = [piece for piece in (waiting, focus) if piece is not None]
    several = _asked_in_several_sizes(questions_in(state))
    sizes = (size for piece in said for size in (piece.size, piece.asked_size))
    return Values(
        colour=next((piece.colour for piece in said if piece.colour), None),
        # "navy for him and red for her": each of several sizes waits for its own colour
        size=None if several else next((size for size in sizes if size), None),
    )


def _asked_in_several_sizes(questions: Sequence[Question]) -> bool:
    """Whether the colour of one piece is asked for in several sizes, one after the other."""
    asked = questions[-1] if questions else None
    sizes = {
        q.completes.values.size
        for q in questions
        if asked
        and q.field == asked.field == "colour"
        and q.product_id == asked.product_id
        and isinstance(q.completes, Add)
    }
    return len(sizes) > 1


def asked_about(state: State) -> Focus | None:
    """The piece whose colour or size is being asked, as the piece in focus."""
    open_ones = questions_in(state)
    if not open_ones or open_ones[-1].product_id is None:
        return None
    asked = open_ones[-1]
    values = getattr(asked.completes, "values", None)
    return Focus(
        product_id=asked.product_id or "",
        name=asked.name,
        colour=values.colour if values else None,
        size=values.size if values else None,
        asked_size=asked.not_had,
    )


def _shown_first(options: Sequence[Option]) -> tuple[Option, ...]:
    """Options with the colour shown first among their colours."""
    return tuple(
        option.model_copy(
            update={"colours": (option.colour, *(c for c in option.colours if c != option.colour))}
        )
        if option.colour
        else option
        for option in options
    )


def _in_focus(
    focus: Focus | None, asked: Focus | None, shown: Sequence[Option], sold: Assortment
) -> Option | None:
    focus = asked or focus
    if focus is None:
        return None
    option = next((o for o in shown if o.product_id == focus.product_id), None)
    piece = next((p for p in sold.pieces if p.product_id == focus.product_id), None)
    if option is None and piece is None:
        return None
    colours = piece.colours if piece else option.colours if option else ()
    known = (focus.colour,) if focus.colour else ()
    return Option(
        number=option.number if option else 0,
        product_id=focus.product_id,
        sku=piece.sku if piece else focus.sku,
        name=piece.name if piece else focus.name,
        category=piece.category if piece else focus.category,
        colours=(*known, *(c for c in colours if c not in known)),
        sizes=piece.sizes if piece else option.sizes if option else (),
        price_minor=piece.price_minor if piece else option.price_minor if option else 0,
    )


def _replied_option(written: Sequence[Message], options: Sequence[Option]) -> int | None:
    """The number of the last row tapped, else of the only option in a picture replied to."""
    tapped = tapped_rows(written)
    if tapped:
        return tapped[-1]
    replied = any(message.reply_to for message in written)
    return options[0].number if replied and len(options) == 1 else None
