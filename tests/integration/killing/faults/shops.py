"""Many boutiques with one dress each, and their numbers at the sandbox's Twilio and Meta."""

from __future__ import annotations

import httpx

from dukani.core.services import Services
from dukani.sandbox import seed
from dukani.sandbox.accounts import PWANI, ZURI, SandboxAccount
from dukani.sandbox.catalogue import demo_boutiques
from dukani.tools.catalogue import add_product
from dukani.tools.pictures import add_picture
from tests.integration.killing.town import DRESS


async def open_shops(
    services: Services, http: httpx.AsyncClient, *, shops: int, with_picture: bool = False
) -> list[str]:
    """The keys of their accounts; the first is Zuri, every second is at Meta."""
    picture = _drawn() if with_picture else None
    accounts = [_account(n) for n in range(shops)]
    for account in accounts:
        found = await http.post("/accounts", json=account.model_dump(mode="json"))
        found.raise_for_status()
        await open_one(services, account, picture)
    return [account.key for account in accounts]


async def open_one(
    services: Services, account: SandboxAccount, picture: bytes | None = None
) -> None:
    """Without delivery zones: a sale comes to the price of the dress."""
    like = demo_boutiques()[0 if account.provider == "twilio" else 1]
    boutique = like.model_copy(update={"slug": account.key, "name": account.name, "zones": ()})
    boutique_id = await seed.add_boutique(services, boutique, account)
    assert boutique_id is not None, "the database is new"
    async with services.database.tenant_connection(boutique_id) as conn:
        product_id = await add_product(conn, DRESS, boutique_id=boutique_id)
    if picture is not None:
        await add_picture(
            services,
            boutique_id=boutique_id,
            product_id=product_id,
            data=picture,
            name="amani",
            colour="blue",
        )
    await seed.open_boutique(services, boutique_id)


def _drawn() -> bytes:
    """A picture of the demo's: of which dress is the same here."""
    [spec, *_] = demo_boutiques()[0].products[0].pictures.values()
    return spec.draw(size=seed.PICTURE_SIZE)


def _account(n: int) -> SandboxAccount:
    if n == 0:
        return ZURI
    own: dict[str, object] = {
        "key": f"shop{n}",
        "name": f"Shop {n}",
        "number": f"+2547001{n:05d}",
        "owner_phone": f"+2547002{n:05d}",
        "sms": None,
        "mpesa": None,
        "paylink": None,
    }
    if n % 2 == 0:
        return ZURI.model_copy(update=own | {"account_sid": f"AC{n:032d}"})
    more = {"phone_number_id": f"2{n:014d}", "waba_id": f"3{n:014d}", "access_token": f"token-{n}"}
    return PWANI.model_copy(update=own | more)
