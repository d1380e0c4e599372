"""Opens a generated shop as a boutique: its row, its M-Pesa credentials, its pieces in stock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from os import getpid

from dukani.core.money import to_minor
from dukani.core.services import Services
from dukani.core.store import products
from dukani.core.store.boutiques import NewBoutique
from dukani.core.store.credentials import Credentials
from dukani.evals.shoppers.shops import Product, Shop, Variant
from dukani.tools.boutiques import add_boutique
from dukani.tools.catalogue import NewProduct, add_product

_numbers = count(1)

INFO = {
    "hours": "Mon–Sat 9:00–18:00",
    "delivery": "Nairobi within a day, elsewhere within three days.",
    "returns": "Exchange within 7 days, unworn and with the tag.",
    "location": "Moi Avenue, Nairobi",
}


@dataclass(frozen=True, slots=True)
class Served:
    """The boutique, with the SKUs and variants of its ids."""

    shop: Shop
    boutique_id: str
    skus: Mapping[str, str]  # product id → SKU
    variants: Mapping[str, Variant]  # variant id → variant in the shop's names


async def open_shop(services: Services, shop: Shop) -> Served:
    number = next(_numbers)
    new = NewBoutique(
        slug=f"generated-{getpid()}-{number}",
        name=f"Generated Boutique {shop.number}",
        whatsapp_provider="twilio",
        payment_provider="daraja",
        currency=shop.currency,
        owner_name="Amina",
        shop_info=INFO,
    )
    boutique_id = await add_boutique(services, new, [_mpesa(number)])
    assert boutique_id is not None  # the slug is unique
    skus: dict[str, str] = {}
    async with services.database.tenant_connection(boutique_id) as conn:
        for product in shop.products:
            filed = _filed(product, shop.currency)
            skus[await add_product(conn, filed, boutique_id=boutique_id)] = product.sku
        there = await products.variants(conn, product_ids=list(skus))
    variants = {v.id: Variant(v.product_sku, v.colour, v.size) for v in there}
    return Served(shop, boutique_id, skus, variants)


def _filed(product: Product, currency: str) -> NewProduct:
    return replace(product.filed, price_minor=to_minor(product.price_units, currency))


def _mpesa(number: int) -> Credentials:
    secrets = {"consumer_key": "key", "consumer_secret": "secret", "passkey": "pass"}
    account = f"{getpid() % 1000:03d}{number:04d}"
    return Credentials(provider="daraja", account=account, secrets=secrets)
