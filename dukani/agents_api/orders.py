"""order_status: what came of a shopper's links."""

from __future__ import annotations

from mcp.server.mcpserver import Context

from dukani.agents_api.access import at_work, called
from dukani.agents_api.shapes import Language, Order, Orders, ShopperId
from dukani.agents_api.voices import money, voice_of
from dukani.agents_api.wording import orders_text
from dukani.core.store import agent_carts


async def order_status(shopper_id: ShopperId, ctx: Context, language: Language = None) -> Orders:
    """The shopper's orders: whether each is paid, and how far it is on its way."""
    async with called(ctx, "order_status") as agent, at_work(agent) as at:
        found = await agent_carts.orders_of(
            at.conn, key_id=agent.key_id, shopper=agent.shopper(shopper_id)
        )
        return Orders(
            items=[
                Order(
                    number=one.number,
                    status=one.status,
                    payment_status=one.payment_status,
                    fulfilment_status=one.fulfilment_status,
                    currency=one.currency,
                    total_minor=one.total_minor,
                    total=money(one.total_minor, at.boutique),
                    ordered_at=one.created_at,
                )
                for one in found
            ],
            text=orders_text(found, voice_of(at.boutique, language)),
        )
