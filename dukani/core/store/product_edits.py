"""Changes that a boutique's people make to its products, variants and pictures."""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.store.product_list import ShownProduct


async def save(conn: Connection, product: ShownProduct) -> None:
    """Write every field of a product that an owner edits; its `updated_at` moves."""
    await conn.execute(
        """
        update products set name = %(name)s, description = %(description)s,
          category = %(category)s, pattern = %(pattern)s, embroidery = %(embroidery)s,
          occasions = %(occasions)s, price_minor = %(price_minor)s, active = %(active)s,
          low_stock_at = %(low_stock_at)s
        where boutique_id = private.current_boutique() and id = %(id)s
        """,
        {
            "id": product.id,
            "name": product.name,
            "description": product.description,
            "category": product.category,
            "pattern": product.pattern,
            "embroidery": product.embroidery,
            "occasions": product.occasions,
            "price_minor": product.price_minor,
            "active": product.active,
            "low_stock_at": product.low_stock_at,
        },
    )


async def touch(conn: Connection, *, product_id: str) -> None:
    """Move a product's `updated_at`, after a change of its variants or pictures."""
    await conn.execute(
        """update products set name = name
           where boutique_id = private.current_boutique() and id = %(product_id)s""",
        {"product_id": product_id},
    )


async def remove_picture(conn: Connection, *, product_id: str, picture_id: str) -> bool:
    """Take a picture off a product; its file stays, because messages may show it."""
    cursor = await conn.execute(
        """delete from product_images
           where boutique_id = private.current_boutique() and product_id = %(product_id)s
             and id = %(picture_id)s""",
        {"product_id": product_id, "picture_id": picture_id},
    )
    return cursor.rowcount == 1


async def set_picture_position(
    conn: Connection, *, product_id: str, picture_id: str, position: int
) -> None:
    """Set a picture's place among the product's pictures; the lowest is the cover."""
    await conn.execute(
        """update product_images set position = %(position)s
           where boutique_id = private.current_boutique() and product_id = %(product_id)s
             and id = %(picture_id)s""",
        {"product_id": product_id, "picture_id": picture_id, "position": position},
    )


async def set_picture_colour(
    conn: Connection, *, product_id: str, picture_id: str, colour: str | None
) -> bool:
    """Set which colour a picture shows; None: any. False when the product has no such picture."""
    cursor = await conn.execute(
        """update product_images set colour = %(colour)s
           where boutique_id = private.current_boutique() and product_id = %(product_id)s
             and id = %(picture_id)s""",
        {"product_id": product_id, "picture_id": picture_id, "colour": colour},
    )
    return cursor.rowcount == 1
