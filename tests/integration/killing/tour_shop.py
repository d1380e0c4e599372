"""The tour's shop: a demo boutique whose customers bought something and agreed to offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from uuid import uuid4

from dukani.agent.eye import Eye
from dukani.campaigns.profile_renewal import ProfileRenewal
from dukani.campaigns.rates import Rates
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import consents, message_rates, products, stock, wallet
from dukani.core.store.products import Variant
from dukani.sandbox import seed
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue import DemoBoutique, demo_boutiques
from dukani.sandbox.templates import register_templates
from tests.integration.campaigns.a_campaign import by_day

SIZE = "M"  # of every piece of the tour's shop, so that whoever buys has one to name
PIECES = 10
STOCK = 1_000
SPARE_TOKENS = 250
_NAMES = ("Amina", "Wanjiku", "Njeri", "Achieng", "Zainab", "Mwikali", "Halima", "Chebet")


@dataclass(frozen=True, slots=True)
class TourShop:
    boutique_id: str
    phones: tuple[str, ...]
    tokens: int  # that it was given


async def open_shop(services: Services, eye: Eye, *, customers: int) -> TourShop:
    """One boutique of the demo, and so many customers who may be sent a campaign now."""
    boutique = _smaller(demo_boutiques()[1])
    boutique_id = await seed.add_boutique(services, boutique, PWANI, opened=False)
    assert boutique_id is not None, "the database is new"
    await seed.fill_boutique(services, eye, boutique_id, boutique, progress=_quietly)
    await register_templates(services)
    phones = tuple(by_day(n) for n in range(customers))
    async with services.database.tenant_connection(boutique_id) as conn:
        await _welcome(conn, boutique_id, phones)
    # As the jobs of those orders do it, one by one.
    await ProfileRenewal(services.database, model=eye.model).renew_all(boutique_id=boutique_id)
    tokens = await _give_tokens(services, boutique_id, phones)
    return TourShop(boutique_id, phones, tokens)


def _smaller(boutique: DemoBoutique) -> DemoBoutique:
    """Its first pieces in one size, and enough of them that nothing is sold out meanwhile."""
    pieces = [
        piece.model_copy(update={"stock": {colour: {SIZE: STOCK} for colour in piece.stock}})
        for piece in boutique.products[:PIECES]
    ]
    return boutique.model_copy(update={"products": tuple(pieces), "zones": ()})


def _quietly(what: str, done: int, of: int) -> None:
    """Nobody watches how the pictures are drawn."""


async def _welcome(conn: Connection, boutique_id: str, phones: Sequence[str]) -> None:
    """Customers who bought a piece each, months ago, and said yes to offers since."""
    cursor = await conn.execute("select id::text as id from products where active order by sku")
    ids = [row["id"] for row in await cursor.fetchall()]
    pieces = cycle(await products.variants(conn, product_ids=ids))
    for n, phone in enumerate(phones):
        customer_id = str(uuid4())
        await conn.execute(
            """insert into customers (boutique_id, id, phone, name, language)
               values (private.current_boutique(), %s, %s, %s, %s)""",
            (customer_id, phone, _NAMES[n % len(_NAMES)], "sw" if n % 3 == 0 else "en"),
        )
        await _sell(
            conn, boutique_id, customer_id, next(pieces), number=f"T-{n:05d}", days_ago=20 + n % 100
        )
        await consents.record(
            conn, customer_id=customer_id, purpose="marketing", granted=True, source="whatsapp"
        )


async def _sell(
    conn: Connection,
    boutique_id: str,
    customer_id: str,
    piece: Variant,
    *,
    number: str,
    days_ago: int,
) -> None:
    """As it is left by a sale: the order, its money, and the piece out of the stock."""
    order_id, paid_at = str(uuid4()), datetime.now(UTC) - timedelta(days=days_ago)
    await conn.execute(
        """insert into orders (boutique_id, id, number, customer_id, currency, items_minor,
             address, payment_status, status, paid_at)
           values (private.current_boutique(), %s, %s, %s, 'KES', %s, 'Kilimani', 'paid',
             'confirmed', %s)""",
        (order_id, number, customer_id, piece.price_minor, paid_at),
    )
    await conn.execute(
        """insert into order_items (boutique_id, order_id, product_id, variant_id, sku, name,
             category, colour, size, unit_price_minor, quantity)
           values (private.current_boutique(), %s, %s, %s, %s, %s, %s, %s, %s, %s, 1)""",
        (order_id, piece.product_id, piece.id, piece.product_sku, piece.name, piece.category,
         piece.colour, piece.size, piece.price_minor),
    )  # fmt: skip
    await conn.execute(
        """insert into payments (boutique_id, order_id, attempt, provider, phone, amount_minor,
             status, callback_token, received_minor, resolved_at)
           values (private.current_boutique(), %s, 1, 'manual', '+254722000001', %s, 'succeeded',
             %s, %s, %s)""",
        (order_id, piece.price_minor, order_id, piece.price_minor, paid_at),
    )
    await stock.move(
        conn,
        boutique_id=boutique_id,
        variant_id=piece.id,
        delta=-1,
        reason="sale",
        order_id=order_id,
    )


async def _give_tokens(services: Services, boutique_id: str, phones: Sequence[str]) -> int:
    """As many as a message to each takes, and some more."""
    async with services.database.operator_connection(boutique_id) as conn:
        rates = Rates(await message_rates.on(conn, day=datetime.now(UTC).date()))
        tokens = sum(rates.of("marketing", phone).tokens for phone in phones) + SPARE_TOKENS
        await wallet.grant(conn, key="tour", tokens=tokens, note="")
    return tokens
