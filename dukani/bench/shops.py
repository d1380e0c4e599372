"""The shops of a load: the demo's catalogue with stock for everybody, at both providers of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dukani.agent.eye import Eye
from dukani.core.services import Services
from dukani.sandbox import seed
from dukani.sandbox.accounts import PWANI, ZURI, SandboxAccount
from dukani.sandbox.catalogue import DemoBoutique, demo_boutiques
from dukani.sandbox.templates import register_templates

PRODUCTS = 6
IN_STOCK = 10_000  # of each size: no shopper is to find a piece sold out
ADDRESSES = {
    ZURI.key: ("Kilimani, Rose Apartments B4", "Westlands, Parklands Road, house 7"),
    PWANI.key: ("Nyali, Links Road, house 12", "Bamburi, Utange Road, house 3"),
}


@dataclass(frozen=True, slots=True)
class Shop:
    """A boutique that shoppers write to; they live at `addresses`."""

    account: SandboxAccount
    boutique: DemoBoutique
    addresses: Sequence[str]


def shops(count: int) -> list[Shop]:
    """Every other one is on Meta and Daraja, the others are on Twilio and PayLink."""
    return [_shop(number) for number in range(count)]


def _shop(number: int) -> Shop:
    account, boutique = ((ZURI, demo_boutiques()[0]), (PWANI, demo_boutiques()[1]))[number % 2]
    addresses = ADDRESSES[account.key]
    twin = number // 2
    if twin:
        account = account.model_copy(update=_own(account, number))
    products = [_plentiful(product) for product in boutique.products[:PRODUCTS]]
    changed = {
        "slug": account.key,
        "name": account.name,
        "owner_phone": account.owner_phone,
        "products": tuple(products),
    }
    return Shop(account, boutique.model_copy(update=changed), addresses)


def _own(account: SandboxAccount, number: int) -> dict[str, Any]:
    """Numbers and keys of its own for a twin of an account."""
    assert account.mpesa is not None
    key = f"{account.key}-{number}"
    own: dict[str, Any] = {
        "key": key,
        "name": f"{account.name} {number}",
        "number": f"+2547100001{number:02d}",
        "owner_phone": f"+2547100002{number:02d}",
        "sms": None,
        "mpesa": account.mpesa.model_copy(
            update={
                "shortcode": f"6002{number:02d}",
                "till": f"5002{number:02d}" if account.mpesa.till else None,
                "consumer_key": f"sandbox-consumer-key-{key}",
                "consumer_secret": f"sandbox-consumer-secret-{key}",
            }
        ),
    }
    if account.provider == "twilio":
        own["account_sid"] = f"AC{number:032d}"
    else:
        own |= {
            "phone_number_id": f"1000000000001{number:02d}",
            "waba_id": f"2000000000001{number:02d}",
            "access_token": f"sandbox-meta-token-{key}-not-real",
        }
    if account.paylink is not None:
        own["paylink"] = account.paylink.model_copy(
            update={"api_key": f"sandbox-paylink-key-{key}", "project": key}
        )
    return own


def _plentiful(product: Any) -> Any:
    stock = {colour: dict.fromkeys(sizes, IN_STOCK) for colour, sizes in product.stock.items()}
    return product.model_copy(update={"stock": stock})


async def open_shops(services: Services, eye: Eye, opened: Sequence[Shop]) -> None:
    """Add each with its pictures, and its templates."""
    for shop in opened:
        boutique_id = await seed.add_boutique(services, shop.boutique, shop.account, opened=False)
        assert boutique_id is not None  # the database is new
        await seed.fill_boutique(
            services, eye, boutique_id, shop.boutique, progress=lambda *_: None
        )
    await register_templates(services)
