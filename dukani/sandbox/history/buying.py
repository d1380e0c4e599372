"""An order of the month, from the first question to the piece that arrived."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Literal

from dukani.agent.facts import (
    AddedToCart,
    AskAddress,
    AskConfirmation,
    Cancelled,
    Greeted,
    Line,
    OptionsShown,
    OrderMoved,
    PaymentFailed,
    PaymentPrompted,
    PaymentReceived,
    PaymentUnderReview,
    Thanked,
)
from dukani.agent.wording.names import category_name, colour_name
from dukani.core.phone import mask_phone
from dukani.core.store import consents, orders, payments
from dukani.core.store.orders import Order
from dukani.core.store.products import Variant
from dukani.domain.acts import Language
from dukani.domain.order_states import why_not
from dukani.domain.pieces import Line as CartLine
from dukani.sandbox.history import sayings
from dukani.sandbox.history.scene import Scene
from dukani.sandbox.receipts import new_receipt
from dukani.tools import cart, dispatching, options
from dukani.tools import orders as order_tools
from dukani.tools.orders import Delivery
from dukani.tools.payments.judgement import Result
from dukani.tools.payments.settlement import Outcome, settle

SHOWN = 3
_SHORT_BY_MINOR = 20000  # of a payment that a person must look at


async def order(scene: Scene, visit: int) -> None:
    """She finds a piece, agrees to the total and gets the prompt; nothing if none fits her."""
    conn, shop, talk = scene.conn, scene.shop, scene.talk
    variants = await shop.some_variants(conn, scene.person)
    if not variants:
        return
    chosen = variants[0]
    await look_for(scene, chosen, variants)
    line = line_of(chosen)
    talk.customer(in_words(scene, sayings.CHOOSING, chosen))
    await cart.replace(
        conn, boutique_id=scene.boutique.id, customer_id=scene.customer.id, lines=[line]
    )
    talk.assistant(AddedToCart(line=line, total_minor=line.total_minor, pieces=1))
    talk.customer(in_words(scene, sayings.DONE, chosen))
    known = await orders.last_address(conn, customer_id=scene.customer.id)
    talk.assistant(AskAddress(last_address=known))
    talk.customer(in_words(scene, sayings.YES, chosen) if known else scene.person.place)
    placed = await _place(scene, known or scene.person.place)
    shop.orders[visit] = placed.id
    zone = shop.zone_of(scene.person)
    talk.assistant(
        AskConfirmation(
            lines=(line,),
            delivery_minor=placed.delivery_minor,
            total_minor=placed.total_minor,
            address=placed.address,
            phone_masked=mask_phone(scene.person.phone),
            zone=zone.name if zone else None,
            days_min=zone.days_min if zone else None,
            days_max=zone.days_max if zone else None,
        )
    )
    talk.customer(in_words(scene, sayings.YES, chosen))
    await _prompt(scene, placed)


async def look_for(scene: Scene, chosen: Variant, variants: list[Variant]) -> None:
    scene.talk.customer(in_words(scene, sayings.LOOKING, chosen))
    ids = list(dict.fromkeys(variant.product_id for variant in variants))[:SHOWN]
    shown = await options.as_options(scene.conn, ids, colour=chosen.colour)
    hello = [Greeted(name=scene.talk.first_name)] if scene.is_first else []
    scene.talk.assistant(*hello, OptionsShown(options=shown, more=len(ids) == SHOWN))


async def _place(scene: Scene, address: str) -> Order:
    zone = scene.shop.zone_of(scene.person)
    fee = zone.fee_minor if zone else scene.boutique.delivery_fee_minor
    items = await cart.current_items(scene.conn, customer_id=scene.customer.id)
    return await order_tools.place(
        scene.conn,
        boutique_id=scene.boutique.id,
        customer_id=scene.customer.id,
        conversation_id=scene.conversation.id,
        currency=scene.boutique.currency,
        delivery=Delivery(address, zone=zone.name if zone else None),
        delivery_minor=fee or 0,
        items=items,
    )


async def _prompt(scene: Scene, placed: Order) -> None:
    """As `request_payment`, but no job pushes it: the prompt was on her phone long ago."""
    payment_id = await payments.add(
        scene.conn,
        boutique_id=scene.boutique.id,
        order_id=placed.id,
        provider=scene.boutique.payment_provider,
        phone=scene.person.phone,
        amount_minor=placed.total_minor,
        callback_token=secrets.token_urlsafe(24),
    )
    assert payment_id is not None  # the order is new, so no attempt is in flight
    await orders.set_payment_status(scene.conn, order_id=placed.id, payment_status="pending")
    await payments.mark_sending(scene.conn, payment_id=payment_id)
    await payments.mark_pending(
        scene.conn,
        payment_id=payment_id,
        checkout_request_id=f"ws_CO_past_{secrets.token_hex(10)}",
        merchant_request_id=None,
    )
    scene.talk.assistant(
        PaymentPrompted(
            order_number=placed.number,
            total_minor=placed.total_minor,
            phone_masked=mask_phone(scene.person.phone),
        )
    )


async def pay(scene: Scene, placed: Order, *, short_by_minor: int = 0) -> None:
    receipt = new_receipt("T", scene.shop.rng)
    received = placed.total_minor - short_by_minor
    outcome = await _settle(scene, placed, Result("0", "", received, receipt))
    if outcome.judgement.reason is not None:
        scene.talk.assistant(PaymentUnderReview(order_number=placed.number))
        return
    items = await orders.items(scene.conn, order_id=placed.id)
    scene.shop.sold_since_restock += [(item.variant_id or "", item.quantity) for item in items]
    scene.talk.assistant(
        PaymentReceived(
            order_number=placed.number,
            total_minor=placed.total_minor,
            receipt=receipt,
            lines=tuple(
                Line(
                    number=number,
                    name=item.name,
                    colour=item.colour,
                    size=item.size,
                    quantity=item.quantity,
                    unit_price_minor=item.unit_price_minor,
                )
                for number, item in enumerate(items, 1)
            ),
            address=placed.address,
        )
    )
    if scene.person.marketing:
        await _opt_in(scene)


async def pay_less(scene: Scene, placed: Order) -> None:
    await pay(scene, placed, short_by_minor=min(_SHORT_BY_MINOR, placed.total_minor // 2))


async def _opt_in(scene: Scene) -> None:
    """Recorded once, in her own words."""
    if await consents.may_market(scene.conn, customer_id=scene.customer.id):
        return
    words = sayings.OPTS_IN[scene.person.language]
    scene.talk.customer(words)
    await consents.record(
        scene.conn,
        customer_id=scene.customer.id,
        purpose="marketing",
        granted=True,
        source="whatsapp",
        words=words,
    )
    if (scene.customer.phone or "").endswith(("0", "2", "4", "6", "8")):
        await consents.record(
            scene.conn,
            customer_id=scene.customer.id,
            purpose="sms",
            granted=True,
            source="window",
            words=sayings.AGREES_TO_SMS[scene.person.language],
        )


async def cancel_prompt(scene: Scene, placed: Order) -> None:
    await _settle(scene, placed, Result("1032", "Request Cancelled by user."))
    scene.talk.assistant(
        PaymentFailed(
            order_number=placed.number, total_minor=placed.total_minor, reason="cancelled"
        )
    )


async def give_up(scene: Scene, placed: Order) -> None:
    scene.talk.customer(scene.shop.one_of(sayings.LATER[scene.person.language]))
    await order_tools.cancel(scene.conn, placed, actor="customer")
    scene.talk.assistant(Cancelled(order_number=placed.number))


async def move(scene: Scene, placed: Order, *, to: Literal["dispatched", "delivered"]) -> None:
    await scene.shop.somebody_works(scene.conn)
    order = await dispatching.the_order(scene.conn, order_id=placed.id, lock=True)
    if why_not(order, "send" if to == "dispatched" else "deliver") is not None:
        return  # it is not paid: a person looks at it first
    await dispatching.write_down(scene.conn, order, to=to)
    scene.talk.assistant(OrderMoved(order_number=placed.number, to=to))


async def thank(scene: Scene) -> None:
    scene.talk.customer(scene.shop.one_of(sayings.THANKS[scene.person.language]))
    scene.talk.assistant(Thanked())


async def _settle(scene: Scene, placed: Order, result: Result) -> Outcome:
    latest = await payments.latest_of_order(scene.conn, order_id=placed.id)
    assert latest is not None  # its prompt was sent
    outcome = await settle(
        scene.conn, boutique_id=scene.boutique.id, payment_id=latest.id, result=result
    )
    assert outcome is not None  # the payment is there
    scene.talk.at += timedelta(seconds=1)
    return outcome


def line_of(variant: Variant) -> CartLine:
    return CartLine(
        number=1,
        name=variant.name,
        colour=variant.colour,
        size=variant.size,
        quantity=1,
        unit_price_minor=variant.price_minor,
        variant_id=variant.id,
        product_id=variant.product_id,
        sku=variant.product_sku,
        category=variant.category,
    )


def in_words(scene: Scene, choices: dict[Language, tuple[str, ...]], of: Variant) -> str:
    language = scene.person.language
    return scene.shop.one_of(choices[language]).format(
        kind=category_name(of.category, language),
        colour=colour_name(of.colour, language),
        size=of.size,
    )
