"""An owner puts pieces on sale and changes them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from psycopg.errors import UniqueViolation

from dukani.core.database import Connection
from dukani.core.errors import CallerError, NotFound
from dukani.core.store import product_edits, product_list
from dukani.core.store.product_list import ShownProduct
from dukani.tools.catalogue import NewProduct, add_product

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without look-alikes such as O and 0


class SkuTaken(CallerError):
    """Another piece of this boutique has this SKU: choose one of its own, or leave it out."""

    http_status = 409


def new_sku(category: str) -> str:
    """A SKU for a piece that came without one: `DRE-7K2M9`."""
    kind = "".join(letter for letter in category.upper() if letter.isalpha())[:3]
    return f"{kind}-" + "".join(secrets.choice(_LETTERS) for _ in range(5))


async def add_piece(conn: Connection, new: NewProduct, *, boutique_id: str) -> str:
    """Puts a piece on sale and returns its id. Raises SkuTaken."""
    try:
        async with conn.transaction():
            return await add_product(conn, new, boutique_id=boutique_id)
    except UniqueViolation as error:
        raise SkuTaken(f"Another piece here has the SKU {new.sku!r}: choose one of its own.") from (
            error
        )


async def the_product(conn: Connection, *, product_id: str, lock: bool = False) -> ShownProduct:
    """Raises NotFound."""
    found = await product_list.get(conn, product_id=product_id, lock=lock)
    if found is None:
        raise NotFound("There is no such piece here.")
    return found


async def change_piece(
    conn: Connection, product: ShownProduct, changes: Mapping[str, Any]
) -> ShownProduct:
    """Writes the changed fields of a locked product; the product as it is then."""
    changed = replace(product, **changes)
    if changed != product:
        await product_edits.save(conn, changed)
    return await the_product(conn, product_id=product.id)
