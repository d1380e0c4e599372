"""A shop that is paid: from the words on her phone to M-Pesa and back, all of it real but M-Pesa.

An order is of one T-shirt at KES 1,200, and delivery costs nothing.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row

from dukani.core.store import credentials, products
from dukani.tools.catalogue import NewProduct, add_product
from tests.cases.shop import ASHA, CaseShop, from_meta
from tests.fakes.daraja import FakeDaraja
from tests.fakes.paylink import FakePayLink
from tests.fakes.providers import _words
from tests.wiring import rows

ANNA = "254712000002"
TEE = "Mtaa Graphic T-shirt"
PRICE = 1200
STOCK = 6
RECEIPT = "UKL4X9TT01"
SECRETS = {"consumer_key": "k", "consumer_secret": "s", "passkey": "p"}
PAYLINK = {"api_key": "the-key", "project": "zuri", "tracing": "trace"}
WAITING = ("your pin", "enter your", "waiting for m-pesa", "m-pesa prompt to")
PRICED = NewProduct(
    sku="TEE", name=TEE, category="t-shirt", pattern="graphic", occasions=("casual",),
    price_minor=PRICE * 100, stock={"red": {"M": STOCK}},
)  # fmt: skip


@dataclass
class MoneyShop:
    """The shop of the cases, with M-Pesa."""

    shop: CaseShop
    daraja: FakeDaraja
    paylink: FakePayLink
    superuser_url: str
    bubbles: list[str] = field(default_factory=list)

    async def open(self, *, provider: str = "daraja") -> None:
        """By Daraja alone, or by PayLink with Daraja beside it."""
        services, boutique_id = self.shop.services, self.shop.boutique_id
        async with services.database.tenant_connection(boutique_id) as conn:
            await add_product(conn, PRICED, boutique_id=boutique_id)
        async with services.database.system_connection() as conn:
            await conn.execute(
                "update boutiques set payment_provider = %s where id = %s", (provider, boutique_id)
            )
            for name, secrets in (("daraja", SECRETS), ("paylink", SECRETS | PAYLINK)):
                if name in ("daraja", provider):
                    await credentials.put(
                        conn,
                        boutique_id=boutique_id,
                        provider=name,  # type: ignore[arg-type]
                        account="600101",
                        secrets=secrets,
                        box=services.secrets,
                    )

    async def says(self, text: str, *, sender: str = ASHA, seconds_ago: int = 0) -> str:
        """Her words go in by Meta's webhook; whatever leaves for customers then."""
        await self.writes(text, sender=sender, seconds_ago=seconds_ago)
        return await self.hears()

    async def writes(self, text: str, *, sender: str = ASHA, seconds_ago: int = 0) -> None:
        """Her words go in by Meta's webhook, and are not answered yet."""
        written = str(int(time.time()) - seconds_ago)
        response = await self.shop.meta(from_meta(text, sender=sender, timestamp=written))
        assert response.status_code == 200

    async def hears(self) -> str:
        """Whatever is due is done; the words that left for customers."""
        before = len(self.shop.providers.sent)
        await self.shop._work()
        left = self.shop.providers.sent[before:]
        self.bubbles = [_words(sent) for sent in left if not self.shop._is_note(sent)]
        return "\n".join(self.bubbles)

    @property
    def last(self) -> str:
        """The last that left for customers: what they believe now."""
        return self.bubbles[-1]

    async def orders(self, *, sender: str = ASHA) -> str:
        """From nothing to her yes to the total; what she hears of it."""
        await self.is_shown_the_total(sender=sender)
        return await self.says("yes", sender=sender)

    async def is_shown_the_total(self, *, sender: str = ASHA) -> None:
        await self.says(f"I want the {TEE} in red, size M", sender=sender)
        await self.says("checkout", sender=sender)
        total = await self.says("Kilimani, Rose Apartments B4", sender=sender)
        assert "1,200" in total, total

    async def calls_back(
        self, result: dict[str, Any] | str, *, payment: dict[str, Any] | None = None
    ) -> str:
        """M-Pesa posts to the payment's own address; what customers hear of it.

        A text is posted as it is, for what no encoder of ours would write.
        """
        payment = payment or await self.payment()
        raw = result if isinstance(result, str) else json.dumps(result)
        own = payment["checkout_request_id"] or "ws_CO_unheard"
        response = await self.shop.caller.client.post(
            f"/webhook/daraja/{payment['callback_token']}",
            content=raw.replace('"ws_CO_1"', json.dumps(own)),
            headers={"content-type": "application/json"},
        )
        assert response.status_code == 200
        return await self.hears()

    async def later(self, seconds: float) -> str:
        """Time passes for everything that is stored; then whatever is due is done."""
        with psycopg.connect(self.superuser_url, row_factory=dict_row) as conn:
            conn.execute("set session_replication_role = replica")
            columns = conn.execute(
                """select c.table_schema || '.' || c.table_name as name, c.column_name as column
                   from information_schema.columns c
                   join information_schema.tables t using (table_schema, table_name)
                   where c.table_schema in ('public', 'jobs') and t.table_type = 'BASE TABLE'
                     and c.data_type = 'timestamp with time zone' and c.is_generated = 'NEVER'"""
            ).fetchall()
            for c in columns:
                statement = (
                    f"update {c['name']} set {c['column']} = {c['column']} - %s * interval '1s'"
                )
                conn.execute(statement.encode(), (seconds,))
        return await self.hears()

    async def payments(self) -> list[dict[str, Any]]:
        found = await rows(self.shop.services, "payments")
        return sorted(found, key=lambda payment: payment["created_at"])

    async def payment(self) -> dict[str, Any]:
        """The latest attempt."""
        return (await self.payments())[-1]

    async def order(self) -> dict[str, Any]:
        (order,) = await rows(self.shop.services, "orders")
        return order

    async def paid(self) -> bool:
        return (await self.order())["payment_status"] == "paid"

    async def free(self) -> int:
        """T-shirts nobody holds."""
        async with self.shop.services.database.tenant_connection(self.shop.boutique_id) as conn:
            cursor = await conn.execute("select id::text from products where sku = 'TEE'")
            row = await cursor.fetchone()
            assert row is not None
            [variant] = await products.variants(conn, product_ids=[row["id"]])
        return variant.available

    async def notes(self) -> str:
        """What the owner was told, lower case."""
        return "\n".join(await self.shop.notes()).lower()

    @property
    def prompts(self) -> int:
        """Calls for a prompt, by either way."""
        return len(self.daraja.pushes) + len(self.paylink.calls)


def promises_a_prompt(said: str) -> list[str]:
    """The words in a text that let her wait for a prompt."""
    return [words for words in WAITING if words in said.lower()]


def result(code: Any, text: str, **inner: Any) -> dict[str, Any]:
    """A callback as Daraja posts it; the payment's id is put in where it is posted."""
    told = {
        "MerchantRequestID": "m-1",
        "CheckoutRequestID": "ws_CO_1",
        "ResultCode": code,
        "ResultDesc": text,
    }
    return {"Body": {"stkCallback": told | inner}}


def paid(amount: Any = 1200.0, *, code: Any = 0, **items: Any) -> dict[str, Any]:
    """Success with metadata; an item given as None is left out."""
    named = {
        "Amount": amount,
        "MpesaReceiptNumber": RECEIPT,
        "Balance": ...,
        "TransactionDate": 20261126101500,
        "PhoneNumber": 254712000001,
    } | items
    listed = [
        {"Name": name} if value is ... else {"Name": name, "Value": value}
        for name, value in named.items()
        if value is not None
    ]
    text = "The service request is processed successfully."
    return result(code, text, CallbackMetadata={"Item": listed})


def refusal(status: int, code: str, text: str) -> httpx.Response:
    """An error of Daraja's."""
    body = {"requestId": "r-1", "errorCode": code, "errorMessage": text}
    return httpx.Response(status, json=body)
