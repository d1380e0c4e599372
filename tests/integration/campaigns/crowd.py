"""A shop with pieces on sale and customers, each as a test of audiences needs her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np

from dukani.core.database import Database
from dukani.core.store import consents, customer_profiles, embeddings
from dukani.core.store.customer_profiles import CustomerProfile
from tests.factories import Variant, a_boutique, a_customer, a_product

MODEL = "eye-1"
RED, BLUE = 0, 1  # directions of vectors


@dataclass(frozen=True, slots=True)
class Shop:
    boutique_id: str
    red: list[Variant]
    blue: list[Variant]


async def a_shop(database: Database) -> Shop:
    """Two red dresses of KES 4,500 and two blue ones of KES 20,000, all with stock."""
    boutique_id = await a_boutique(database, name="Malaika", timezone="Africa/Nairobi")
    red = [await a_piece(database, boutique_id, "red", RED, 4500_00) for _ in range(2)]
    blue = [await a_piece(database, boutique_id, "navy", BLUE, 20000_00) for _ in range(2)]
    return Shop(boutique_id, red, blue)


async def a_piece(
    database: Database, boutique_id: str, colour: str, direction: int, price_minor: int
) -> Variant:
    made = await a_product(database, boutique_id, stock={colour: {"M": 5}}, price_minor=price_minor)
    vector = np.zeros(512, np.float32)
    vector[direction] = 1
    image_id = str(uuid4())
    async with database.tenant_connection(boutique_id) as conn:
        await conn.execute(
            """insert into product_images (boutique_id, id, product_id, path)
               values (%s, %s, %s, %s)""",
            (boutique_id, image_id, made[0].product_id, f"{boutique_id}/{image_id}.jpg"),
        )
        await embeddings.put(
            conn, boutique_id=boutique_id, image_id=image_id, model=MODEL, vector=vector
        )
    return made[0]


async def a_fan(
    database: Database,
    boutique_id: str,
    *,
    family: str = "Warm",
    direction: int = RED,
    paid_minor: int = 4500_00,
    agreed: bool | None = True,
    has_profile: bool = True,
    contacted: timedelta | None = None,
    **values: Any,
) -> str:
    """A customer who may be sent marketing and likes red dresses of that price; or as said."""
    customer_id = await a_customer(database, boutique_id, **values)
    style = np.zeros(512, np.float32)
    style[direction] = 1
    async with database.tenant_connection(boutique_id) as conn:
        if agreed is not None:
            await consents.record(
                conn, customer_id=customer_id, purpose="marketing", granted=agreed, source="test"
            )
        if has_profile:
            profile = CustomerProfile(
                customer_id, family, MODEL, style, "none", [], {}, paid_minor, "mid", 1
            )
            await customer_profiles.put(conn, [profile])
        if contacted is not None:
            await conn.execute(
                """insert into marketing_contacts (boutique_id, identity, source, reserved_at)
                   select boutique_id, coalesce(phone, wa_user_id), %s, now() - %s::interval
                   from customers where id = %s""",
                (f"test:{uuid4()}", contacted, customer_id),
            )
    return customer_id


async def a_paid_order(
    database: Database,
    boutique_id: str,
    customer_id: str,
    variant: Variant,
    *,
    size: str = "M",
    at: datetime | None = None,
) -> None:
    order_id = str(uuid4())
    async with database.system_connection() as conn:
        await conn.execute(
            """insert into orders (boutique_id, id, number, customer_id, currency, items_minor,
                 address, payment_status, status, paid_at)
               values (%s, %s, %s, %s, 'KES', 450000, 'Kilimani', 'paid', 'confirmed',
                 coalesce(%s, now()))""",
            (boutique_id, order_id, f"DK-{order_id[:6]}", customer_id, at),
        )
        await conn.execute(
            """insert into order_items (boutique_id, order_id, product_id, variant_id, sku, name,
                 category, colour, size, unit_price_minor, quantity)
               values (%s, %s, %s, %s, %s, 'Dress', 'dress', %s, %s, 450000, 1)""",
            (boutique_id, order_id, variant.product_id, variant.id, variant.sku, variant.colour,
             size),
        )  # fmt: skip
