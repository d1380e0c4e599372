"""Boutiques on the platform's number, and a customer who writes to it."""

from __future__ import annotations

from typing import Any

from dukani.core.services import Services
from dukani.core.store import consents, message_templates, wallet
from dukani.tools import shared_number
from tests.factories import a_boutique, a_customer
from tests.integration.campaigns.a_campaign import TEMPLATE, TOKENS, by_day
from tests.wiring import Caller, a_change, a_meta_message, jobs

SHARED = "100000000000999"
PHONE = by_day(1)


async def shops(services: Services, *names: str) -> list[str]:
    """Boutiques without a number of their own, with an approved template and tokens."""
    made = [
        await a_boutique(services.database, name=name, slug=name.lower(), owner_phone=None)
        for name in names
    ]
    await shared_number.keep(services)
    for boutique in made:
        async with services.database.operator_connection(boutique) as conn:
            await message_templates.put(
                conn, boutique_id=boutique, provider="meta", name=TEMPLATE, language="en",
                status="approved", category="marketing",
            )  # fmt: skip
            await wallet.grant(conn, key="start", tokens=TOKENS, note="")
    return made


async def a_fan(services: Services, boutique: str, phone: str = PHONE) -> str:
    customer = await a_customer(services.database, boutique, phone=phone)
    async with services.database.tenant_connection(boutique) as conn:
        await consents.record(
            conn, customer_id=customer, purpose="marketing", granted=True, source="whatsapp"
        )
    return customer


async def writes(
    caller: Caller,
    text: str,
    *,
    n: int,
    phone: str = PHONE,
    answers: str | None = None,
    **more: Any,
) -> None:
    """A message of hers to the number."""
    context = {"context": {"id": answers}} if answers else {}
    message = a_meta_message(
        f"wamid.in.{n}", **{"from": phone[1:], "text": {"body": text}}, **context, **more
    )
    contacts = [{"wa_id": phone[1:], "profile": {"name": "Asha"}}]
    answer = await caller.meta(a_change(account=SHARED, contacts=contacts, messages=[message]))
    assert answer.status_code == 200, answer.text


async def heard(services: Services, boutique: str) -> list[str]:
    """What the boutique sees that customers wrote to it."""
    async with services.database.tenant_connection(boutique) as conn:
        cursor = await conn.execute("select body from messages where direction = 'in' order by seq")
        return [row["body"] for row in await cursor.fetchall()]


async def numbers_own_words(services: Services) -> None:
    """Run the jobs by which the number speaks for itself."""
    for job in await jobs(services, "send_number_note"):
        await shared_number.send_number_note(services, **job["args"])
