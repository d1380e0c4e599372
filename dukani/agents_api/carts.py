"""view_cart, edit_cart and checkout_link: a cart for each shopper of each key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from mcp.server.mcpserver import Context
from pydantic import Field, StringConstraints

from dukani.agent.wording.commerce import cart_text, payment_text
from dukani.agents_api.access import AtWork, at_work, called, digest_of
from dukani.agents_api.shapes import (
    Cart,
    CartLine,
    CheckoutLink,
    Language,
    ProductId,
    ShopperId,
    Word,
)
from dukani.agents_api.voices import money, voice_of
from dukani.core import languages
from dukani.core.store import agent_carts
from dukani.dashboard_api.idempotency import once_by
from dukani.tools import agent_carts as desk
from dukani.tools import cart, chosen
from dukani.tools.lines import as_lines

Action = Annotated[
    Literal["add", "set", "remove"],
    Field(description="add: so many more. set: exactly so many, 0 takes it out. remove: all."),
]
OnceKey = Annotated[
    str | None,
    StringConstraints(pattern=r"^[\x21-\x7e]{1,200}$"),
    Field(description="A key of your own for a call that may be sent twice: it is done once."),
]
Quantity = Annotated[
    int | None,
    Field(ge=0, le=99, description="How many. add: one where it is not said. set: needed."),
]
Colour = Annotated[Word | None, Field(description="Needed where a piece comes in several.")]
Size = Annotated[Word | None, Field(description="Needed where a piece comes in several.")]


async def view_cart(shopper_id: ShopperId, ctx: Context, language: Language = None) -> Cart:
    """What the shopper has in the cart, at today's prices."""
    async with called(ctx, "view_cart") as agent, at_work(agent) as at:
        shopper = agent.shopper(shopper_id)
        filled = await agent_carts.open_of(at.conn, key_id=agent.key_id, shopper=shopper)
        return await _shown(at, filled.lines if filled else {}, language)


async def edit_cart(
    shopper_id: ShopperId,
    action: Action,
    product_id: ProductId,
    ctx: Context,
    colour: Colour = None,
    size: Size = None,
    quantity: Quantity = None,
    idempotency_key: OnceKey = None,
    language: Language = None,
) -> Cart:
    """Put pieces into the shopper's cart, set how many, or take them out; the cart afterwards."""
    async with called(ctx, "edit_cart") as agent, at_work(agent) as at:
        shopper = agent.shopper(shopper_id)

        async def edit() -> Cart:
            filled = await agent_carts.locked(
                at.conn, key_id=agent.key_id, shopper=shopper, language=language
            )
            lines = await desk.edited(
                at.conn,
                filled.lines,
                desk.Edit(action, product_id, colour=colour, size=size, quantity=quantity),
            )
            await agent_carts.put(at.conn, cart_id=filled.id, lines=lines)
            return await _shown(at, lines, language)

        sent = digest_of(
            "edit_cart", shopper_id, action, product_id, colour, size, quantity, language
        )
        return await once_by(
            at.conn, user_id=agent.key_id, key=idempotency_key, sent=sent, work=edit, kind=Cart
        )


async def checkout_link(
    shopper_id: ShopperId,
    ctx: Context,
    idempotency_key: OnceKey = None,
    language: Language = None,
) -> CheckoutLink:
    """A link for the shopper to pay the cart by; it shows the total, and ends after a day."""
    async with called(ctx, "checkout_link") as agent, at_work(agent) as at:
        shopper = agent.shopper(shopper_id)

        async def link() -> CheckoutLink:
            filled = await agent_carts.locked(
                at.conn, key_id=agent.key_id, shopper=shopper, language=language
            )
            items = await chosen.as_items(at.conn, filled.lines)
            made = await desk.payment_link(
                at.conn, agent.services, at.boutique, cart_id=filled.id, items=items
            )
            total = cart.total_minor(items)
            until = made.expires_at.astimezone(ZoneInfo(at.boutique.timezone))
            voice = voice_of(at.boutique, language or filled.language)
            return CheckoutLink(
                url=made.url,
                expires_at=made.expires_at,
                currency=at.boutique.currency,
                total_minor=total,
                total=money(total, at.boutique),
                text=payment_text(as_lines(items), total, made.url, until, voice),
            )

        return await once_by(
            at.conn,
            user_id=agent.key_id,
            key=idempotency_key,
            sent=digest_of("checkout_link", shopper_id, language),
            work=link,
            kind=CheckoutLink,
        )


async def _shown(at: AtWork, lines: Mapping[str, int], language: languages.Language | None) -> Cart:
    items = await chosen.as_items(at.conn, lines)
    total = cart.total_minor(items)
    return Cart(
        items=[
            CartLine(
                product_id=one.product_id,
                variant_id=one.variant_id,
                name=one.name,
                colour=one.colour,
                size=one.size,
                quantity=one.quantity,
                unit_price_minor=one.unit_price_minor,
                total_minor=one.total_minor,
                total=money(one.total_minor, at.boutique),
            )
            for one in items
        ],
        pieces=cart.pieces(items),
        currency=at.boutique.currency,
        total_minor=total,
        total=money(total, at.boutique),
        text=cart_text(as_lines(items), total, voice_of(at.boutique, language)),
    )
