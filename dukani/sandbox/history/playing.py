"""Plays the acts of the month, each in a transaction that is then moved to its hour."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from dukani.agent.facts import (
    HandedBack,
    HandedOff,
    OptedOut,
    OptionsShown,
    PhotoSeen,
    RequestPassedOn,
)
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import consents, conversations, orders, requests, stock
from dukani.core.store.consents import Purpose
from dukani.core.store.counter_sales import PaidBy, SoldPiece
from dukani.domain.next_opening import Opening
from dukani.sandbox.history import buying, chatting, past, sayings, wishing
from dukani.sandbox.history.campaigning import send_a_campaign
from dukani.sandbox.history.month import Act
from dukani.sandbox.history.scene import Scene, Shop, set_scene
from dukani.tools import counter, options

_FOLLOWS = timedelta(hours=30)  # what comes of a campaign
_PAID_BY: tuple[PaidBy, ...] = ("cash", "cash", "mpesa")


async def play(services: Services, shop: Shop, acts: Sequence[Act], *, model: str | None) -> None:
    """Play them in this order; none tells anybody outside of anything.

    Without a `model` nothing is known of what customers like, and no campaign is sent.
    """
    boutique_id = shop.boutique.id
    for act in acts:
        if act.what == "campaign":
            if model is not None:
                busy = _busy(acts, after=act.at)
                await send_a_campaign(services, shop, at=act.at, busy=busy, model=model)
            continue
        async with services.database.tenant_connection(boutique_id) as conn:
            if act.person is None:
                await _play_without_person(conn, shop, act)
            else:
                scene = await set_scene(conn, shop, act.person, at=act.at)
                await _play(scene, act)
                await scene.write_down()
            await past.happened(conn, boutique_id=boutique_id, at=act.at)


def _busy(acts: Sequence[Act], *, after: datetime) -> frozenset[str]:
    """The phones of those who come by themselves in the day that follows."""
    near = [act.person for act in acts if after <= act.at < after + _FOLLOWS]
    return frozenset(person.phone for person in near if person is not None)


async def _play_without_person(conn: Connection, shop: Shop, act: Act) -> None:
    if act.what == "restock":
        await _restock(conn, shop)
        return
    variants = await shop.some_variants(conn, None)
    if variants:
        member = await shop.somebody_works(conn)
        sold = variants[0]
        paid_by = shop.one_of(_PAID_BY)
        await counter.sell(
            conn,
            boutique_id=shop.boutique.id,
            pieces=[SoldPiece(sold.id, 1, sold.price_minor)],
            paid_by=paid_by,
            reference=_written_down(act) if paid_by == "mpesa" else None,
            user_id=member.user_id,
        )
        shop.sold_since_restock.append((sold.id, 1))


def _written_down(act: Act) -> str | None:
    """M-Pesa's receipt of a sale in the shop, which in a hurry nobody writes down."""
    digest = hashlib.sha256(act.at.isoformat().encode()).hexdigest().upper()
    return f"TC{digest[:8]}" if act.at.minute % 4 else None


async def _restock(conn: Connection, shop: Shop) -> None:
    """What was sold the day before comes in again."""
    await shop.somebody_works(conn)
    for variant_id, quantity in shop.sold_since_restock:
        await stock.move(
            conn,
            boutique_id=shop.boutique.id,
            variant_id=variant_id,
            delta=quantity,
            reason="restock",
        )
    shop.sold_since_restock.clear()


async def _play(scene: Scene, act: Act) -> None:
    match act.what:
        case "orders":
            await buying.order(scene, act.visit)
        case "thanks":
            await buying.thank(scene)
        case "asks":
            await chatting.ask(scene)
        case "asks_in_vain":
            await wishing.ask_in_vain(scene, act.visit)
        case "looks":
            await _look(scene)
        case "calls":
            await _call(scene)
        case "is_answered":
            await _answer(scene)
        case "stops":
            await _stop(scene)
        case _:
            await _play_order(scene, act)


async def _play_order(scene: Scene, act: Act) -> None:
    order_id = scene.shop.orders.get(act.visit)
    placed = await orders.get(scene.conn, order_id=order_id) if order_id else None
    if placed is None:
        return  # nothing fitted her that day
    match act.what:
        case "pays":
            await buying.pay(scene, placed)
        case "pays_less":
            await buying.pay_less(scene, placed)
        case "cancels_prompt":
            await buying.cancel_prompt(scene, placed)
        case "gives_up":
            await buying.give_up(scene, placed)
        case "is_sent":
            await buying.move(scene, placed, to="dispatched")
        case "arrives":
            await buying.move(scene, placed, to="delivered")
        case "wants_change":
            await _want_change(scene, placed.id)


async def _look(scene: Scene) -> None:
    """She sends a photo of a piece and gets its likes."""
    variants = await scene.shop.some_variants(scene.conn, scene.person)
    ids = list(dict.fromkeys(variant.product_id for variant in variants))[: buying.SHOWN]
    shown = await options.as_options(scene.conn, ids)
    if not shown:
        return
    scene.talk.customer(sayings.LIKE_THIS[scene.person.language], photo=shown[0].image_path)
    seen = PhotoSeen(category=shown[0].category, colour=variants[0].colour)
    scene.talk.assistant(*chatting.hello(scene), seen, OptionsShown(options=shown))


async def _call(scene: Scene) -> None:
    scene.talk.customer(scene.shop.one_of(sayings.WANTS_A_PERSON[scene.person.language]))
    await conversations.hand_off(scene.conn, conversation_id=scene.conversation.id, reason="asked")
    scene.talk.assistant(*chatting.hello(scene), HandedOff(reason="asked", opens=Opening(now=True)))


async def _answer(scene: Scene) -> None:
    first, thanks, last = sayings.ANSWERED[scene.person.language]
    await scene.shop.somebody_works(scene.conn)
    scene.talk.staff(first)
    scene.talk.customer(thanks)
    scene.talk.staff(last)
    await conversations.touch_staff(scene.conn, conversation_id=scene.conversation.id)
    await conversations.hand_back(scene.conn, conversation_id=scene.conversation.id)
    scene.talk.assistant(HandedBack())


async def _want_change(scene: Scene, order_id: str) -> None:
    words = scene.shop.one_of(sayings.CHANGES[scene.person.language])
    scene.talk.customer(words)
    await requests.add(
        scene.conn,
        customer_id=scene.customer.id,
        conversation_id=scene.conversation.id,
        kind="order_change",
        words=words,
        order_id=order_id,
    )
    scene.talk.assistant(RequestPassedOn(about="other", opens=Opening(now=True)))


async def _stop(scene: Scene) -> None:
    words = sayings.STOP[scene.person.language]
    scene.talk.customer(words)
    purposes: tuple[Purpose, ...] = ("assistant", "marketing")
    for purpose in purposes:
        await consents.record(
            scene.conn,
            customer_id=scene.customer.id,
            purpose=purpose,
            granted=False,
            source="whatsapp",
            words=words,
        )
    scene.talk.assistant(OptedOut())
