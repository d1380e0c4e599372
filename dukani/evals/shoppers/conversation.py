"""Runs one shopper's conversation in process: stores messages as a webhook does, reads the outbox.

No HTTP is involved: the turn handler works on a database, and M-Pesa's answers are stored as the
events that callbacks cause.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from dukani.core.database import Database
from dukani.core.store import conversations, customers, events, inbox
from dukani.core.store.inbox import Arrival
from dukani.evals.shoppers.served import Served
from dukani.evals.shoppers.view import Counted, Prompt, Quote, View, asked, shown_options
from dukani.graph.turn import TurnHandler

LONGEST_TURN_S = 20.0

# One statement reads a view: a run of thousands of shoppers reads one after every turn.
_VIEW = b"""
select
  (select state from conversation_memories where conversation_id = %(conversation_id)s) as memory,
  (select json_agg(m.body order by m.seq) from messages m
   where m.conversation_id = %(conversation_id)s and m.direction = 'out' and m.recipient is null
     and m.seq > %(seen)s) as said,
  (select m.understanding from messages m
   where m.conversation_id = %(conversation_id)s and m.direction = 'in' and m.seq > %(seen)s
   order by m.seq desc limit 1) as heard,
  (select max(m.seq) from messages m where m.conversation_id = %(conversation_id)s) as seq,
  (select json_agg(json_build_array(i.variant_id::text, i.quantity,
       coalesce(v.price_minor, p.price_minor)) order by i.position, i.id)
   from carts c
   join cart_items i on i.boutique_id = c.boutique_id and i.cart_id = c.id
   join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
   join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
   where c.customer_id = %(customer_id)s and c.status = 'active' and c.expires_at > now()
  ) as lines,
  (select json_agg(json_build_object('payment_id', p.id::text, 'order_id', o.id::text,
       'attempt', p.attempt, 'provider', p.provider, 'phone', p.phone,
       'amount_minor', p.amount_minor, 'status', p.status, 'delivery_minor', o.delivery_minor,
       'address', o.address, 'order_status', o.status,
       'lines', (
         select json_agg(json_build_array(i.variant_id::text, i.quantity, i.unit_price_minor)
           order by i.id)
         from order_items i where i.boutique_id = o.boutique_id and i.order_id = o.id))
     order by p.created_at, p.attempt)
   from orders o join payments p on p.boutique_id = o.boutique_id and p.order_id = o.id
   where o.customer_id = %(customer_id)s) as prompts
"""


@dataclass
class Conversation:
    """One customer of one boutique."""

    database: Database
    handler: TurnHandler
    served: Served
    customer_id: str
    conversation_id: str
    seen: int = 0  # `seq` of the last message read

    async def say(self, text: str) -> View:
        """Write to the boutique; the shopper's view then. Raises TurnFailed, TimeoutError."""
        arrival = Arrival(
            provider_id=uuid4().hex,
            provider="twilio",
            author="customer",
            kind="text",
            body=text,
            reply_to=None,
            payload={},
            raw={},
            sent_at=None,
        )
        async with self.database.tenant_connection(self.served.boutique_id) as conn:
            await inbox.record(conn, conversation_id=self.conversation_id, arrival=arrival)
        return await self._turn()

    async def mpesa(self, payment_id: str, code: str, *, amount_minor: int) -> View:
        """Store M-Pesa's result of an attempt (`0`: paid); the view then. Raises as `say`."""
        payload: dict[str, Any] = {"payment_id": payment_id, "code": code}
        if code == "0":
            receipt = f"Q{uuid4().hex[:9].upper()}"
            payload |= {"amount_minor": amount_minor, "receipt": receipt}
        async with self.database.tenant_connection(self.served.boutique_id) as conn:
            await events.add(
                conn,
                conversation_id=self.conversation_id,
                kind="payment_result",
                payload=payload,
            )
        return await self._turn()

    async def _turn(self) -> View:
        async with asyncio.timeout(LONGEST_TURN_S):
            await self.handler.turn(
                boutique_id=self.served.boutique_id, conversation_id=self.conversation_id
            )
        return await self._view()

    async def _view(self) -> View:
        at_once = self.database.at_once(self.served.boutique_id)
        cursor = await at_once.execute(
            _VIEW,
            {
                "conversation_id": self.conversation_id,
                "customer_id": self.customer_id,
                "seen": self.seen,
            },
        )
        row = await cursor.fetchone()
        assert row is not None  # a select without a table
        self.seen = row["seq"] or self.seen
        return self._read(row["memory"] or {}, row)

    def _read(self, memory: Mapping[str, Any], row: Mapping[str, Any]) -> View:
        prompts = tuple(self._prompt(prompt) for prompt in row["prompts"] or ())
        lines = self._counted(row["lines"] or ())
        return View(
            step=memory.get("step", "start"),
            questions=asked(memory),
            options=shown_options(memory),
            lines=lines or _being_paid(memory, prompts),
            texts=tuple(row["said"] or ()),
            heard=brief(row["heard"] or {}),
            quote=self._quote(memory),
            offered_address=memory.get("offered_address"),
            prompts=prompts,
            skus=self.served.skus,
        )

    def _prompt(self, row: Mapping[str, Any]) -> Prompt:
        return Prompt(**(dict(row) | {"lines": self._counted(row["lines"] or ())}))

    def _counted(self, lines: list[list[Any]] | tuple[()]) -> tuple[Counted, ...]:
        return tuple(
            Counted(self.served.variants[variant_id], quantity, price_minor)
            for variant_id, quantity, price_minor in lines
        )

    def _quote(self, memory: Mapping[str, Any]) -> Quote | None:
        quote = memory.get("quote")
        if not quote:
            return None
        return Quote(
            lines=self._counted([[id_, *amounts] for id_, amounts in quote["pieces"].items()]),
            total_minor=quote["total_minor"],
            phone=quote["phone"],
            address=quote["address"],
        )


def brief(understanding: Mapping[str, Any]) -> str:
    """The acts in short: "add name=Amani size=M"."""
    return " + ".join(_brief(act) for act in understanding.get("acts", ()))


def _brief(act: Mapping[str, Any]) -> str:
    told = [f"{name}={_plain(value)}" for name, value in act.items() if _tells(name, value)]
    return " ".join((str(act["kind"]), *told))


def _tells(name: str, value: Any) -> bool:
    return name not in ("kind", "evidence") and value not in (None, False, "one", {}, [])


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = (f"{name}={_plain(one)}" for name, one in value.items() if _tells(name, one))
        return f"({' '.join(inner)})"
    return "|".join(map(_plain, value)) if isinstance(value, list) else str(value)


def _being_paid(memory: Mapping[str, Any], prompts: tuple[Prompt, ...]) -> tuple[Counted, ...]:
    """The lines of the order being paid."""
    open_ones = [p for p in prompts if p.order_id == memory.get("order_id")]
    return open_ones[-1].lines if open_ones and open_ones[-1].order_status == "open" else ()


async def begin(
    database: Database, handler: TurnHandler, served: Served, *, phone: str | None
) -> Conversation:
    """A new customer's conversation; without a phone only the WhatsApp id is known."""
    async with database.tenant_connection(served.boutique_id) as conn:
        customer = await customers.find_or_create(
            conn, phone=phone, wa_user_id=None if phone else f"KE.{uuid4().hex[:12]}", name="Asha"
        )
        conversation = await conversations.find_or_create(
            conn, customer_id=customer.id, provider="twilio"
        )
    return Conversation(database, handler, served, customer.id, conversation.id)
