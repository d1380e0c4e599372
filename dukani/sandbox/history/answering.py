"""What a customer of the month did with a campaign's message: nothing, or all the way to a sale."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import campaign_statuses, orders, outbox, personal_pages, wallet
from dukani.core.store.messages import ToldStatus
from dukani.sandbox.history import buying, chatting, past
from dukani.sandbox.history.people import people_of
from dukani.sandbox.history.scene import Scene, Shop, set_scene

_ARRIVES, _READ, _OPENED = timedelta(seconds=4), timedelta(minutes=7), timedelta(minutes=9)
_BOUGHT, _SENT, _AT_HOME = timedelta(minutes=31), timedelta(hours=5), timedelta(hours=26)
_LATER = timedelta(minutes=11)  # one after the other
_PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A245F) Chrome/129.0 Mobile"
# What becomes of those who have time, in turn.
_TURNS = (
    ("opens", "buys"), ("opens",), (), ("opens", "buys"), ("asks",), ("opens",), (),
    ("opens", "asks"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """A campaign's message that a provider took at `at`."""

    recipient_id: str
    message_id: str
    provider_id: str
    phone: str = field(repr=False)
    slug: str
    at: datetime


async def answer(services: Services, shop: Shop, sent: Sent, *, turn: int | None) -> None:
    """It arrives; the customer whose `turn` it is does more than to read it. None: does not."""
    does = () if turn is None else _TURNS[turn % len(_TURNS)]
    began = sent.at + _LATER * (turn or 0)
    await _come_to(services, shop, sent, "delivered", at=sent.at + _ARRIVES)
    if turn is None or does or turn % 2 == 0:
        await _come_to(services, shop, sent, "read", at=began + _READ)
    if "opens" in does:
        async with _at(services, shop, began + _OPENED) as conn:
            await _open(conn, sent)
    if "asks" in does:
        async with _scene(services, shop, sent, began + _BOUGHT) as scene:
            await chatting.ask(scene)
    if "buys" in does:
        await _buy(services, shop, sent, visit=-1 - (turn or 0), at=began + _BOUGHT)


async def _come_to(
    services: Services, shop: Shop, sent: Sent, status: ToldStatus, *, at: datetime
) -> None:
    async with _at(services, shop, at) as conn:
        await outbox.apply_status(
            conn, provider_id=sent.provider_id, status=status, message_id=sent.message_id
        )
        await campaign_statuses.come_to(conn, recipient_id=sent.recipient_id, state=status)
        if status == "delivered":
            await wallet.end_sends(conn, recipients=[sent.recipient_id], delivered=True)


async def _open(conn: Connection, sent: Sent) -> None:
    await personal_pages.record_open(conn, slug=sent.slug, opened_by="person", agent=_PHONE)


async def _buy(services: Services, shop: Shop, sent: Sent, *, visit: int, at: datetime) -> None:
    """She looks at her page once more and buys, in one transaction.

    A sale comes of what was opened before it, by the time at which both are written.
    """
    async with _scene(services, shop, sent, at) as scene:
        await _open(scene.conn, sent)
        await buying.order(scene, visit)
        order_id = shop.orders.get(visit)
        placed = await orders.get(scene.conn, order_id=order_id) if order_id else None
        if placed is None:
            return  # nothing fitted her that day
        await buying.pay(scene, placed)
    async with _scene(services, shop, sent, at + _SENT) as scene:
        await buying.move(scene, placed, to="dispatched")
    async with _scene(services, shop, sent, at + _AT_HOME) as scene:
        await buying.move(scene, placed, to="delivered")


@asynccontextmanager
async def _at(services: Services, shop: Shop, at: datetime) -> AsyncIterator[Connection]:
    """A transaction whose writes happened at `at`."""
    async with services.database.tenant_connection(shop.boutique.id) as conn:
        yield conn
        await past.happened(conn, boutique_id=shop.boutique.id, at=at)


@asynccontextmanager
async def _scene(services: Services, shop: Shop, sent: Sent, at: datetime) -> AsyncIterator[Scene]:
    person = next(one for one in people_of(shop.boutique.slug) if one.phone == sent.phone)
    async with _at(services, shop, at) as conn:
        scene = await set_scene(conn, shop, person, at=at)
        yield scene
        await scene.write_down()
