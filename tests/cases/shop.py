"""A shop whose webhooks, worker and provider lines are real: only what is beyond is not.

Bodies come in signed as the provider signs them, the queue's own worker answers, and what leaves
is read as the provider would get it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from procrastinate import App

from dukani.agent.local_reader import LocalReader
from dukani.core.services import Services
from dukani.domain.acts import Understanding
from dukani.domain.context import TurnContext
from dukani.graph.context import Senses
from dukani.tools.catalogue import NewProduct, add_product
from tests.fakes.providers import FakeProviders, _words
from tests.journeys.talk import ScriptedEye
from tests.wiring import META_NUMBER, TWILIO_NUMBER, Caller, a_change, a_line, rows

ASHA = "254712000001"
PIECES = (
    NewProduct(
        sku="PWN-DRS-03", name="Diani Sun Dress", category="dress", pattern="floral",
        occasions=("casual", "beach"), price_minor=330000,
        stock={"yellow": {"S": 3, "M": 2, "L": 2}, "peach": {"S": 1, "M": 2}},
    ),
    NewProduct(
        sku="PWN-DRS-04", name="Mtwapa Wrap Dress", category="dress", pattern="dotted",
        occasions=("office", "casual"), price_minor=410000,
        stock={"teal": {"S": 2, "M": 2, "L": 2}, "black": {"M": 3, "L": 1}},
    ),
    NewProduct(
        sku="PWN-HAT-01", name="Savannah Straw Hat", category="hat", occasions=("beach",),
        price_minor=150000, stock={"beige": {"ONE": 5}},
    ),
)  # fmt: skip


class HearingMind:
    """The local mind, which remembers what it was given to read."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._mind = LocalReader()

    async def read(self, text: str, context: TurnContext) -> Understanding:
        self.lines += text.splitlines()
        return await self._mind.read(text, context)


@dataclass
class CaseShop:
    """A boutique with a number at Meta or Twilio, and who talks to it."""

    services: Services
    senses: Senses
    queue: App
    providers: FakeProviders
    caller: Caller
    boutique_id: str

    @property
    def heard(self) -> list[str]:
        """What was read, line by line, in the order in which it was."""
        assert isinstance(self.senses.reader, HearingMind)
        return self.senses.reader.lines

    @property
    def eye(self) -> ScriptedEye:
        assert isinstance(self.senses.eye, ScriptedEye)
        return self.senses.eye

    async def says(self, text: str, *, sender: str = ASHA) -> str:
        """Words of hers through Meta's webhook; everything she is answered, as one text."""
        return await self.sends(from_meta(text, sender=sender))

    async def sends(self, *messages: dict[str, Any], **value: Any) -> str:
        """Messages in one delivery of Meta's; everything that is answered, as one text."""
        cards = [a_card(str(message["from"])) for message in messages if "from" in message]
        response = await self.meta(*messages, **({"contacts": cards} | value))
        assert response.status_code == 200
        return "\n".join(await self.answers())

    async def twilio(self, **fields: str) -> str:
        """A message through Twilio's webhook; everything she is answered, as one text."""
        response = await self.caller.twilio(**({"MessageSid": f"SM{uuid4().hex}"} | fields))
        assert response.status_code == 200
        return "\n".join(await self.answers())

    async def last_sent(self) -> str:
        """The provider's id of the last message of ours, as a reply or a status names it."""
        sent = [m for m in await rows(self.services, "messages") if m["direction"] == "out"]
        return str(sent[-1]["provider_id"])

    async def meta(self, *messages: dict[str, Any], **value: Any) -> httpx.Response:
        """Messages in one delivery of Meta's; each person's card comes with them."""
        return await self.caller.meta(a_change(messages=list(messages), **value))

    async def answers(self) -> list[str]:
        """Whatever is due is done; the words that left since the last time, notes apart."""
        return [_words(message) for message in await self.bubbles()]

    async def bubbles(self) -> list[dict[str, Any]]:
        """What left for customers since the last time, as the provider got it."""
        before = len(self.providers.sent)
        await self._work()
        async with self.services.database.system_connection() as conn:
            # What was sent shows on the phone, so that what waits behind a picture goes too.
            await conn.execute("update messages set told_at = now() where direction = 'out'")
            await conn.execute(
                """update jobs.procrastinate_jobs set scheduled_at = now()
                   where status = 'todo' and task_name = 'deliver'"""
            )
        await self._work()
        return [sent for sent in self.providers.sent[before:] if not self._is_note(sent)]

    async def _work(self) -> None:
        await self.queue.run_worker_async(wait=False, concurrency=1, listen_notify=False)

    async def notes(self) -> list[str]:
        """What the owner was told."""
        return [m["body"] for m in await rows(self.services, "messages") if m["recipient"]]

    async def cart(self) -> list[tuple[str, str, str, int]]:
        """(name, colour, size, quantity) of the open carts' lines, whoever's they are."""
        async with self.services.database.system_connection() as conn:
            cursor = await conn.execute(
                """select p.name, v.colour, v.size, i.quantity from cart_items i
                   join carts c on c.id = i.cart_id and c.status = 'active'
                   join product_variants v on v.id = i.variant_id
                   join products p on p.id = v.product_id order by i.position, p.name"""
            )
            return [tuple(row.values()) for row in await cursor.fetchall()]

    def _is_note(self, sent: dict[str, Any]) -> bool:
        return str(sent.get("to") or sent.get("To") or "").endswith("254711000000")


async def open_case_shop(
    services: Services,
    senses: Senses,
    queue: App,
    providers: FakeProviders,
    caller: Caller,
    provider: Any,
) -> CaseShop:
    """`queue` is the worker's with these senses, and open."""
    account = META_NUMBER if provider == "meta" else TWILIO_NUMBER
    boutique_id = await a_line(services, provider, account, owner_phone="+254711000000")
    async with services.database.tenant_connection(boutique_id) as conn:
        for piece in PIECES:
            await add_product(conn, piece, boutique_id=boutique_id)
    return CaseShop(services, senses, queue, providers, caller, boutique_id)


def from_meta(text: str = "", *, sender: str | None = ASHA, **fields: Any) -> dict[str, Any]:
    """A message as Meta tells it; words unless `fields` say another kind."""
    kind = {"type": "text", "text": {"body": text}} if text else {}
    named = {"from": sender} if sender else {}
    sent = {"id": f"wamid.{uuid4().hex}", "timestamp": str(int(time.time()))}
    return named | sent | kind | fields


def a_card(wa_id: str | None = ASHA, name: str = "Asha", **fields: Any) -> dict[str, Any]:
    """The `contacts` entry that names a sender."""
    return ({"wa_id": wa_id} if wa_id else {}) | {"profile": {"name": name}} | fields
