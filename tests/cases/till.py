"""The shop's till: an order up to the prompt on a phone, and what M-Pesa says of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from dukani.core.store import credentials
from tests.cases.shop import CaseShop
from tests.fakes.daraja import FakeDaraja, stk_callback
from tests.wiring import rows

ADDRESS = "Kilimani, Rose Apartments B4"


async def up_to_the_total(shop: CaseShop) -> str:
    """A shop with M-Pesa, and a dress whose total is shown; what was shown."""
    async with shop.services.database.system_connection() as conn:
        await credentials.put(
            conn,
            boutique_id=shop.boutique_id,
            provider="daraja",
            account="600101",
            secrets={"consumer_key": "k", "consumer_secret": "s", "passkey": "p"},
            box=shop.services.secrets,
        )
    said = ""
    for words in ("I want the yellow sun dress size M", "checkout", ADDRESS):
        said = await _hears(shop, words)
    assert "YES" in said
    return said


async def up_to_the_prompt(shop: CaseShop, daraja: FakeDaraja) -> None:
    await up_to_the_total(shop)
    await _hears(shop, "yes")
    assert len(daraja.pushes) == 1


async def mpesa_says(shop: CaseShop, daraja: FakeDaraja, code: str, **paid: Any) -> str:
    """M-Pesa's callback to the latest prompt, at the address that prompt gave; the answer."""
    address = urlsplit(daraja.pushes[-1]["CallBackURL"])
    body = stk_callback(f"ws_CO_{len(daraja.pushes)}", code, **paid)
    response = await shop.caller.client.post(address.path, json=body)
    assert response.status_code == 200
    return "\n".join(await shop.answers())


async def payment_status(shop: CaseShop) -> str:
    (payment,) = await rows(shop.services, "payments")
    return str(payment["status"])


async def _hears(shop: CaseShop, words: str) -> str:
    (boutique,) = await rows(shop.services, "boutiques")
    return await (
        shop.twilio(Body=words) if boutique["whatsapp_provider"] == "twilio" else shop.says(words)
    )
