"""Creates a boutique for an evaluation, with a number, an M-Pesa account and a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from psycopg.types.json import Jsonb

from dukani.evals.harness import Harness
from dukani.sandbox.accounts import MpesaBusiness, SandboxAccount
from dukani.sandbox.catalogue import DemoBoutique
from dukani.sandbox.seed import add_boutique
from dukani.tools.catalogue import NewProduct, add_product

_numbers = count(1)

HOURS = "Mon–Sat 9:00–18:00"
DELIVERY = "Nairobi within a day, elsewhere within three days."
RETURNS = "Exchange within 7 days, unworn and with the tag."
LOCATION = "Moi Avenue, Nairobi"

# Facts in `boutiques.shop_info` that `domain.shop_facts` cannot read from the texts above, as it
# does the hours.
FACTS: dict[str, Any] = {"returns_days": 7, "places": [{"address": LOCATION}]}


@dataclass(frozen=True, slots=True)
class Shop:
    """The boutique, its account in the sandbox, and its product ids by SKU."""

    boutique_id: str
    account: SandboxAccount
    products: Mapping[str, str]
    currency: str


async def open_shop(
    harness: Harness, products: Iterable[NewProduct], *, currency: str = "KES"
) -> Shop:
    """A new boutique at the sandbox's Twilio and Daraja, with these products in stock."""
    number = next(_numbers)
    account = _account(number, currency)
    await harness.register(account)
    boutique = _boutique(account, number, currency)
    boutique_id = await add_boutique(harness.services, boutique, account)
    assert boutique_id is not None  # the slug has a unique number
    await _tell_facts(harness, boutique_id)
    skus: dict[str, str] = {}
    async with harness.database.tenant_connection(boutique_id) as conn:
        for product in products:
            skus[product.sku] = await add_product(conn, product, boutique_id=boutique_id)
    return Shop(boutique_id, account, skus, currency)


async def _tell_facts(harness: Harness, boutique_id: str) -> None:
    async with harness.database.system_connection() as conn:
        await conn.execute(
            "update boutiques set shop_info = shop_info || %(facts)s where id = %(boutique_id)s",
            {"facts": Jsonb(FACTS), "boutique_id": boutique_id},
        )


def _account(number: int, currency: str) -> SandboxAccount:
    key = f"measured-{number}"
    return SandboxAccount(
        key=key,
        name=f"Measured Boutique {number}",
        number=f"+25470{number:07d}",
        provider="twilio",
        owner_phone=f"+25473{number:07d}",
        account_sid=f"AC{number:032d}",
        auth_token=f"sandbox-twilio-token-{key}-not-real",
        mpesa=MpesaBusiness(
            shortcode=f"{700000 + number}",
            consumer_key=f"sandbox-consumer-key-{key}",
            consumer_secret=f"sandbox-consumer-secret-{key}",
            passkey=f"sandbox-passkey-{key}",
            currency=currency,
        ),
    )


def _boutique(account: SandboxAccount, number: int, currency: str) -> DemoBoutique:
    return DemoBoutique(
        slug=f"measured-{number}",
        name=account.name,
        city="Nairobi",
        location=LOCATION,
        owner_name=account.owner_name,
        owner_phone=account.owner_phone or "",
        currency=currency,
        hours=HOURS,
        delivery=DELIVERY,
        returns=RETURNS,
        welcome="",
        product=(),
    )
