"""Writes an occurrence's recipients down: who gets it, what it says, which pieces, from when on.

Chunk by chunk, each a transaction that also notes how far it came: killed anywhere, the next run
goes on after the last chunk. Of two that run at once one waits for the other's chunk.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from dukani.campaigns import score_rules
from dukani.campaigns.audience import CHUNK, Chunk, Judge, Judged, load
from dukani.campaigns.best_hours import best_hour, due_at
from dukani.campaigns.hours import zone_of
from dukani.campaigns.slots import Slot
from dukani.campaigns.variables import frozen_variables, language_of
from dukani.campaigns.written import written_in
from dukani.core.database import Connection, Database
from dukani.core.errors import NotFound
from dukani.core.store import (
    campaign_occurrences,
    campaign_recipients,
    campaigns,
    catalog_links,
    purchases,
    reading_hours,
)
from dukani.core.store.campaign_occurrences import Occurrence
from dukani.core.store.campaign_recipients import NewRecipient
from dukani.core.store.catalog_links import NewLink
from dukani.domain.acts import Language
from dukani.domain.campaigns import CampaignMessage

SLUG_BYTES = 6


async def plan(
    database: Database,
    *,
    boutique_id: str,
    occurrence_id: str,
    now: datetime | None = None,
    at_once: int = CHUNK,
) -> Occurrence:
    """The occurrence, whose recipients are all written down unless it was ended meanwhile.

    `planned_at` tells which. Raises NotFound.
    """
    async with database.tenant_connection(boutique_id) as conn:
        planner = await _planner_for(conn, boutique_id, occurrence_id, now or datetime.now(UTC))
    while True:
        async with database.tenant_connection(boutique_id) as conn:
            occurrence = await _occurrence(conn, occurrence_id)
            if occurrence.status != "planning" or occurrence.planned_at is not None:
                return occurrence
            chunk = await planner.judge.chunk(conn, after=occurrence.planned_after, limit=at_once)
            if chunk is None:
                await campaign_occurrences.note_all_planned(conn, occurrence_id=occurrence_id)
            else:
                await planner.write_down(conn, occurrence, chunk)


async def _occurrence(conn: Connection, occurrence_id: str) -> Occurrence:
    found = await campaign_occurrences.get(conn, occurrence_id=occurrence_id, for_update=True)
    if found is None:
        raise NotFound("There is no such occurrence here.")
    return found


async def _planner_for(
    conn: Connection, boutique_id: str, occurrence_id: str, now: datetime
) -> Planner:
    occurrence = await _occurrence(conn, occurrence_id)
    campaign = await campaigns.get(conn, campaign_id=occurrence.campaign_id)
    assert campaign is not None  # the occurrence refers to it
    judge = await load(
        conn,
        written_in(campaign),
        boutique_id=boutique_id,
        campaign_id=campaign.id,
        rules=await score_rules.of_campaign(conn, campaign_id=campaign.id),
        at=max(occurrence.due_at, now),
    )
    return await planner_of(conn, judge)


async def planner_of(conn: Connection, judge: Judge) -> Planner:
    hours: Mapping[int, int] = {}
    if judge.written.pace.best_hour:
        hours = await reading_hours.of_shop(conn, timezone=judge.boutique.timezone)
    return Planner(judge, hours)


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes recipients of those whom a campaign is for; `shop_hours`: when customers read."""

    judge: Judge
    shop_hours: Mapping[int, int]

    async def write_down(self, conn: Connection, occurrence: Occurrence, chunk: Chunk) -> None:
        gets_it = chunk.recipients
        ids = [one.contact.customer_id for one in gets_it]
        sizes = await purchases.last_sizes(conn, customer_ids=ids)
        hours = await self.hours(conn, ids)
        made = [
            self.recipient(
                one,
                sizes=sizes.get(one.contact.customer_id, {}),
                hours=hours.get(one.contact.customer_id, {}),
            )
            for one in gets_it
        ]
        apart = [self._held_out(one) for one in chunk.judged if one.excluded == "holdout"]
        written = await campaign_recipients.add(
            conn,
            campaign_id=occurrence.campaign_id,
            occurrence_id=occurrence.id,
            recipients=[*(recipient for recipient, _ in made), *apart],
        )
        links = [link for recipient, link in made if recipient.id in written]
        await catalog_links.add(conn, campaign_id=occurrence.campaign_id, links=links)
        await campaign_occurrences.note_planned(
            conn,
            occurrence_id=occurrence.id,
            after=chunk.after,
            customers=len(chunk.judged),
            left_out=chunk.left_out,
        )

    async def hours(self, conn: Connection, ids: Sequence[str]) -> dict[str, dict[int, int]]:
        """When each of them reads, where that counts."""
        if not self.judge.written.pace.best_hour:
            return {}
        return await reading_hours.of_customers(
            conn, customer_ids=ids, timezone=self.judge.boutique.timezone
        )

    def due_at(self, one: Judged, hours: Mapping[int, int]) -> datetime:
        """The start; or her variant's hour, in her zone; or her best hour, by the shop's clock."""
        judge, pace = self.judge, self.judge.written.pace
        shop = judge.boutique.timezone
        if one.variant is not None and one.variant.hour is not None:
            theirs = zone_of(one.contact.identity, shop=shop)
            return due_at(judge.at, one.variant.hour, zone=theirs)
        if not pace.best_hour:
            return judge.at
        hour = best_hour(hours, self.shop_hours, pace)
        return due_at(judge.at, hour, zone=zone_of("", shop=shop))

    def message_to(self, one: Judged) -> CampaignMessage:
        """The campaign's message, or that of the customer's arm."""
        own = one.variant.message if one.variant is not None else None
        return own or self.judge.written.message

    def language_to(self, one: Judged) -> Language:
        return language_of(
            self.message_to(one).language,
            customer=one.contact.language,
            boutique=self.judge.boutique.language,
        )

    def recipient(
        self, one: Judged, *, sizes: Mapping[str, str], hours: Mapping[int, int]
    ) -> tuple[NewRecipient, NewLink]:
        judge, contact = self.judge, one.contact
        assert one.taste is not None  # who gets it has one
        variant = one.variant
        slug = secrets.token_hex(SLUG_BYTES)
        slots = judge.offer_to(variant).slots(one.taste, sizes=sizes)
        language = self.language_to(one)
        recipient = NewRecipient(
            id=str(uuid4()),
            customer_id=contact.customer_id,
            identity=contact.identity,
            variant=variant.key if variant else None,
            language=language,
            due_at=self.due_at(one, hours),
            variables=frozen_variables(
                name=contact.name,
                boutique=judge.boutique.name,
                last_paid_minor=contact.last_paid_minor,
                currency=contact.currency or judge.boutique.currency,
                slug=slug,
                pieces=len(slots),
                language=language,
                overrides=self.message_to(one).variables,
            ),
        )
        link = NewLink(
            slug=slug,
            recipient_id=recipient.id,
            customer_id=contact.customer_id,
            product_ids=[slot.product_id for slot in slots],
            slots=[_kept(slot) for slot in slots],
        )
        return recipient, link

    def _held_out(self, one: Judged) -> NewRecipient:
        return NewRecipient(
            id=str(uuid4()),
            customer_id=one.contact.customer_id,
            identity=one.contact.identity,
            variables={},
            language=one.contact.language or self.judge.boutique.language,
            due_at=self.judge.at,
            held_out=True,
        )


def _kept(slot: Slot) -> dict[str, Any]:
    score = None if slot.score is None else round(slot.score, 4)
    return {"product_id": slot.product_id, "kind": slot.kind, "score": score}
