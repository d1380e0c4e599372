"""Changes that a boutique's people make to the colours and sizes of a product."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection

# The SKU follows a colour or size, unless it is one of the shop's own.
_DERIVED_SKU = """case when v.sku = p.sku || '/' || v.colour || '/' || v.size
  then p.sku || '/' || %(colour)s || '/' || {size} else v.sku end"""


@dataclass(frozen=True, slots=True)
class VariantOf:
    id: str
    product_id: str
    colour: str
    size: str
    price_minor: int | None  # none: the product's
    retired: bool


async def get(conn: Connection, *, product_id: str, variant_id: str) -> VariantOf | None:
    """The variant, if it is one of this product."""
    async with conn.cursor(row_factory=class_row(VariantOf)) as cursor:
        await cursor.execute(
            """select id::text, product_id::text, colour, size, price_minor, retired
               from product_variants
               where boutique_id = private.current_boutique() and product_id = %(product_id)s
                 and id = %(variant_id)s""",
            {"product_id": product_id, "variant_id": variant_id},
        )
        return await cursor.fetchone()


async def save(conn: Connection, variant: VariantOf) -> None:
    """Write a variant's size, price and whether it is made. Raises UniqueViolation."""
    await conn.execute(
        f"""update product_variants v set size = %(size)s, price_minor = %(price_minor)s,
              retired = %(retired)s, sku = {_DERIVED_SKU.format(size="%(size)s")}
            from products p
            where v.boutique_id = private.current_boutique() and v.id = %(id)s
              and p.boutique_id = v.boutique_id and p.id = v.product_id""".encode(),
        {
            "id": variant.id,
            "colour": variant.colour,
            "size": variant.size,
            "price_minor": variant.price_minor,
            "retired": variant.retired,
        },
    )


async def rename_colour(conn: Connection, *, product_id: str, colour: str, name: str) -> None:
    """Give a colour of a product another name, in its variants and its pictures.

    Raises UniqueViolation.
    """
    said = {"product_id": product_id, "was": colour, "colour": name}
    await conn.execute(
        f"""update product_variants v
            set colour = %(colour)s, sku = {_DERIVED_SKU.format(size="v.size")}
            from products p
            where v.boutique_id = private.current_boutique() and v.product_id = %(product_id)s
              and v.colour = %(was)s
              and p.boutique_id = v.boutique_id and p.id = v.product_id""".encode(),
        said,
    )
    await conn.execute(
        """update product_images set colour = %(colour)s
           where boutique_id = private.current_boutique() and product_id = %(product_id)s
             and colour = %(was)s""",
        said,
    )
