"""What an act of the month needs: the shop, its pieces, and who writes to it in which language."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from dukani.agent.facts import Voice
from dukani.core.database import Connection
from dukani.core.store import conversations, customers, delivery_zones, products
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.customers import Customer
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.core.store.members import Member
from dukani.core.store.products import Variant
from dukani.domain.shop_facts import ShopFacts
from dukani.sandbox.history import past
from dukani.sandbox.history.people import Person
from dukani.sandbox.history.talk import Talk

KEPT = 2  # units of a variant that the month leaves, so that it sells nothing out
_SHOES = "shoes"

T = TypeVar("T")


@dataclass
class Shop:
    """A boutique while its month is played; orders are kept by the number of their visit."""

    boutique: Boutique
    members: Sequence[Member]
    zones: Sequence[DeliveryZone]
    rng: random.Random
    product_ids: dict[str, list[str]]  # by category
    orders: dict[int, str] = field(default_factory=dict)
    sold_since_restock: list[tuple[str, int]] = field(default_factory=list)

    @property
    def facts(self) -> ShopFacts:
        return ShopFacts.read(self.boutique.shop_info)

    def one_of(self, several: Sequence[T]) -> T:
        return self.rng.choice(several)

    def zone_of(self, person: Person) -> DeliveryZone | None:
        return next((zone for zone in self.zones if zone.name == person.zone), None)

    async def somebody_works(self, conn: Connection) -> Member:
        """A member, in whose name the rest of the transaction is."""
        member = self.one_of(self.members)
        await past.act_as(conn, user_id=member.user_id, role=member.role)
        return member

    async def some_variants(self, conn: Connection, person: Person | None) -> list[Variant]:
        """Variants of one category with units to spare; in the person's size, where there are."""
        categories = list(self.product_ids)
        self.rng.shuffle(categories)
        for category in categories:
            ids = self.rng.sample(self.product_ids[category], k=len(self.product_ids[category]))
            there = [
                variant
                for variant in await products.variants(conn, product_ids=ids[:12])
                if variant.available > KEPT and _fits(variant, person)
            ]
            if there:
                self.rng.shuffle(there)
                return there
        return []


def _fits(variant: Variant, person: Person | None) -> bool:
    if person is None:
        return True
    wanted = person.shoe if variant.category == _SHOES else person.size
    return variant.size.upper() in (wanted, "ONE SIZE", "FREE SIZE")


async def open_shop(
    conn: Connection, boutique: Boutique, members: Sequence[Member], *, seed: int
) -> Shop:
    by_category: dict[str, list[str]] = {}
    for piece in await products.sold(conn):
        by_category.setdefault(piece.category, []).append(piece.product_id)
    zones = await delivery_zones.of_boutique(conn)
    return Shop(boutique, members, zones, random.Random(seed), by_category)


@dataclass(frozen=True)
class Scene:
    """A person's conversation at one hour."""

    conn: Connection
    shop: Shop
    person: Person
    customer: Customer
    conversation: Conversation
    talk: Talk
    is_first: bool  # she never wrote before

    @property
    def boutique(self) -> Boutique:
        return self.shop.boutique

    async def write_down(self) -> None:
        await past.write_down(self.conn, self.conversation, self.talk.said)
        if any(said.inbound for said in self.talk.said):
            outcomes = self.talk.outcomes
            await past.count_session(self.conn, self.conversation, outcomes, at=self.talk.began_at)


async def set_scene(conn: Connection, shop: Shop, person: Person, *, at: datetime) -> Scene:
    customer = await customers.find_or_create(conn, phone=person.phone, name=person.name)
    if customer.language is None:
        await past.set_language(conn, customer_id=customer.id, language=person.language)
    conversation = await conversations.find_or_create(
        conn, customer_id=customer.id, provider=shop.boutique.whatsapp_provider
    )
    voice = Voice(
        language=person.language,
        currency=shop.boutique.currency,
        boutique=shop.boutique.name,
        customer=person.name.split()[0],
    )
    talk = Talk(voice, at=at, rng=shop.rng)
    is_first = conversation.last_inbound_at is None
    return Scene(conn, shop, person, customer, conversation, talk, is_first)
