"""Changes a customer's cart from outside the chat: another system, a page.

A turn of the chat reads the cart and writes it back, so each change waits for a turn under way and
lets none begin before it is committed.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound, OutOfStock
from dukani.core.store import carts, customer_profile, products
from dukani.core.store.carts import CartItem
from dukani.core.store.conversations import wait_for_turn
from dukani.core.store.products import Variant
from dukani.domain.pieces import Line
from dukani.tools import cart, pieces
from dukani.tools.lines import as_lines

MOST = 99  # of one variant


async def variant_of(
    conn: Connection, *, product_id: str, colour: str | None, size: str | None
) -> Variant:
    """The variant of a piece on sale that is meant; without a choice there is only one.

    Raises NotFound for the piece, and InvalidValue naming what can be chosen.
    """
    made = await products.variants(conn, product_ids=[product_id])
    if not made:
        raise NotFound("There is no such piece on sale here.")
    of_colour = _narrowed(made, "colour", colour)
    of_size = _narrowed(of_colour, "size", size)
    return of_size[0]


def _narrowed(made: Sequence[Variant], field: str, said: str | None) -> list[Variant]:
    """Those of the value said; of one alone nothing need be said."""
    had = {str(getattr(one, field)) for one in made}
    if said is None and len(had) == 1:
        return list(made)
    found = [one for one in made if said and getattr(one, field).lower() == said.strip().lower()]
    if found:
        return found
    known = sorted(had, key=pieces.size_key) if field == "size" else sorted(had)
    raise InvalidValue(field=field, value=said, remedy=f"Choose one of: {', '.join(known)}.")


async def add(
    conn: Connection, *, boutique_id: str, customer_id: str, variant: Variant, quantity: int
) -> tuple[CartItem, ...]:
    """Puts so many more into the cart. Raises OutOfStock, and InvalidValue beyond MOST."""
    lines = await _locked(conn, customer_id)
    before = next((line for line in lines if line.variant_id == variant.id), None)
    wanted = quantity + (before.quantity if before else 0)
    if wanted > MOST:
        raise InvalidValue(field="quantity", value=quantity, remedy=f"At most {MOST} in a cart.")
    if wanted > variant.available:
        raise OutOfStock(variant_id=variant.id, wanted=wanted, available=max(variant.available, 0))
    changed = [
        line.model_copy(update={"quantity": wanted}) if line is before else line for line in lines
    ]
    if before is None:
        changed.append(_line_of(variant, quantity, number=len(lines) + 1))
    return await _replaced(conn, boutique_id=boutique_id, customer_id=customer_id, lines=changed)


async def remove(
    conn: Connection,
    *,
    boutique_id: str,
    customer_id: str,
    product_id: str,
    variant_id: str | None = None,
) -> tuple[CartItem, ...]:
    """Takes a piece out, in all its colours and sizes or in one. Raises NotFound."""
    lines = await _locked(conn, customer_id)
    kept = [
        line
        for line in lines
        if line.product_id != product_id or variant_id not in (None, line.variant_id)
    ]
    if len(kept) == len(lines):
        raise NotFound("This piece is not in the cart.")
    return await _replaced(conn, boutique_id=boutique_id, customer_id=customer_id, lines=kept)


async def clear(conn: Connection, *, customer_id: str) -> bool:
    """Closes the cart; False if there was none."""
    await _locked(conn, customer_id)
    return await carts.abandon_open(conn, customer_id=customer_id)


async def _locked(conn: Connection, customer_id: str) -> tuple[Line, ...]:
    found = await customer_profile.conversation_of(conn, customer_id=customer_id)
    if found is not None:
        await wait_for_turn(conn, conversation_id=found)
    return as_lines(await cart.current_items(conn, customer_id=customer_id))


async def _replaced(
    conn: Connection, *, boutique_id: str, customer_id: str, lines: Sequence[Line]
) -> tuple[CartItem, ...]:
    await cart.replace(conn, boutique_id=boutique_id, customer_id=customer_id, lines=lines)
    return tuple(await cart.current_items(conn, customer_id=customer_id))


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
        sku=variant.product_sku,
        category=variant.category,
    )
