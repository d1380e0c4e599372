"""Carts of the last days that were filled and left, for the owner to remind of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from dukani.agent.facts import AddedToCart
from dukani.core.services import Services
from dukani.core.store import cart_leaving
from dukani.core.store.products import Variant
from dukani.sandbox.history import buying, past, sayings
from dukani.sandbox.history.month import Act
from dukani.sandbox.history.people import Person
from dukani.sandbox.history.scene import Scene, Shop, set_scene
from dukani.tools import cart

AGES = (timedelta(days=4, hours=3), timedelta(days=2, hours=6), timedelta(hours=27))
NEARLY = timedelta(days=1)  # so much younger is one where at some hours nobody did nothing since
_STEP = timedelta(hours=3)
_LEFT_AFTER = timedelta(hours=1)
_TO_REMIND = timedelta(hours=5)  # within WhatsApp's day, by one who agreed to promotions


async def leave_carts(
    services: Services, shop: Shop, people: Sequence[Person], acts: Sequence[Act], *, now: datetime
) -> None:
    """One cart of each age, by people who did nothing after it: a later order would answer it."""
    free = list(people)
    for age in (*AGES, _TO_REMIND):
        for nearly in _near(age):
            left_by = await _leave_one(services, shop, free, acts, at=now - nearly, age=age)
            if left_by is not None:
                free.remove(left_by)
                break


def _near(age: timedelta) -> Iterator[timedelta]:
    """The age, and where it stays one of days, those that are a little younger."""
    yield age
    younger = age - _STEP
    while younger >= max(age - NEARLY, AGES[-1]):
        yield younger
        younger -= _STEP


async def _leave_one(
    services: Services,
    shop: Shop,
    free: Sequence[Person],
    acts: Sequence[Act],
    *,
    at: datetime,
    age: timedelta,
) -> Person | None:
    """Who left a cart at that time; None: nobody was free, or nothing fits those who were."""
    for person in free:
        if _came_after(person, acts, at) or (age == _TO_REMIND and not person.marketing):
            continue
        async with services.database.tenant_connection(shop.boutique.id) as conn:
            variants = await shop.some_variants(conn, person)
            if not variants:
                continue
            scene = await set_scene(conn, shop, person, at=at)
            await _leave(scene, variants)
            await scene.write_down()
            await past.happened(conn, boutique_id=shop.boutique.id, at=at)
        await _told(services, shop, scene.customer.id, at=at + _LEFT_AFTER)
        return person
    return None


async def _told(services: Services, shop: Shop, customer_id: str, *, at: datetime) -> None:
    """The clock told of her cart then, and does not today."""
    async with services.database.system_connection() as conn:
        await past.left(conn, boutique_id=shop.boutique.id, customer_id=customer_id)
        await cart_leaving.tell_left(conn)
        await past.happened(conn, boutique_id=shop.boutique.id, at=at)


def _came_after(person: Person, acts: Sequence[Act], at: datetime) -> bool:
    return any(act.at >= at for act in acts if act.person == person)


async def _leave(scene: Scene, variants: Sequence[Variant]) -> None:
    """She puts a piece into the cart and says no more."""
    chosen = variants[0]
    await buying.look_for(scene, chosen, list(variants))
    line = buying.line_of(chosen)
    scene.talk.customer(buying.in_words(scene, sayings.CHOOSING, chosen))
    await cart.replace(
        scene.conn, boutique_id=scene.boutique.id, customer_id=scene.customer.id, lines=[line]
    )
    scene.talk.assistant(AddedToCart(line=line, total_minor=line.total_minor, pieces=1))
