"""Judges the customers of a campaign's audience chunk by chunk: who gets it, and why others do not.

Everyone has one verdict, the first of `domain.campaigns.Exclusion` that is true; memory does not
grow with the number of customers.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

import numpy as np

from dukani.campaigns.arms import is_held_out, variant_for
from dukani.campaigns.frequency import WEEK
from dukani.campaigns.offer import Offer, Taste
from dukani.campaigns.packed_profiles import packed
from dukani.campaigns.palette import ColourFamily
from dukani.campaigns.profiles import PriceBands
from dukani.campaigns.rules import ScoreRules
from dukani.campaigns.scoring import EmbroideryDensity, Profile
from dukani.campaigns.verdicts import before_taste, by_taste
from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.store import audience as store
from dukani.core.store import boutiques, customer_profiles, offers, saved_segments, segments
from dukani.core.store.audience import Contact
from dukani.core.store.boutiques import Boutique
from dukani.core.store.customer_profiles import CustomerProfile, ProfileColumns
from dukani.core.store.segments import Group
from dukani.domain.campaigns import (
    Everyone,
    Exclusion,
    ExperimentVariant,
    OfCampaign,
    OfList,
    OfSegment,
    WrittenCampaign,
)
from dukani.domain.segments import WrittenGroup

CHUNK = 1000
TRENDS = timedelta(days=30)  # in which pieces sold are counted


@dataclass(frozen=True, slots=True)
class Judged:
    """A customer of the audience. `excluded` None: she gets it."""

    contact: Contact
    excluded: Exclusion | None
    variant: ExperimentVariant | None
    taste: Taste | None


@dataclass(frozen=True, slots=True)
class Chunk:
    """`after`: the id of its last customer, after which the next chunk begins."""

    after: str
    judged: Sequence[Judged]

    @property
    def left_out(self) -> dict[str, int]:
        return dict[str, int](
            Counter(one.excluded for one in self.judged if one.excluded is not None)
        )

    @property
    def recipients(self) -> list[Judged]:
        return [one for one in self.judged if one.excluded is None]


@dataclass(frozen=True, slots=True)
class Judge:
    """A campaign that begins at `at`, with all that is the same for every customer."""

    campaign_id: str
    written: WrittenCampaign
    boutique: Boutique
    rules: ScoreRules
    at: datetime
    segment: Group | None
    model: str | None
    bands: PriceBands
    offers: Mapping[str | None, Offer]  # by the variant's key; None: the campaign's own

    async def chunk(
        self, conn: Connection, *, after: str | None, limit: int = CHUNK
    ) -> Chunk | None:
        """The next `limit` customers after the one with the id `after`; None: there is none."""
        ids = await self._ids(conn, after=after, limit=limit)
        if not ids:
            return None
        contacts = await store.contacts(conn, customer_ids=ids, at=self.at, within=WEEK)
        early = {one.customer_id: before_taste(one, at=self.at) for one in contacts}
        asked = [one for one in contacts if early[one.customer_id] is None]
        variants = {one.customer_id: self._variant(one) for one in asked}
        profiles = await customer_profiles.columns(conn, list(variants), model=self.model)
        tastes = await asyncio.to_thread(self._tastes, profiles, variants)
        judged = []
        for one in contacts:
            excluded = early[one.customer_id]
            taste = tastes.get(one.customer_id)
            if excluded is None:
                excluded = by_taste(taste, held_out=self._is_held_out(one))
            judged.append(Judged(one, excluded, variants.get(one.customer_id), taste))
        return Chunk(ids[-1], judged)

    def offer_to(self, variant: ExperimentVariant | None) -> Offer:
        return self.offers[self._offer_key(variant)]

    def _offer_key(self, variant: ExperimentVariant | None) -> str | None:
        return variant.key if variant is not None and variant.key in self.offers else None

    async def size(self, conn: Connection) -> int:
        """How many customers there are to be judged."""
        match self.written.audience:
            case Everyone():
                return await store.count_everybody(conn)
            case OfSegment():
                assert self.segment is not None  # `load` found it
                return await segments.count(conn, self.segment)
            case OfList(list_id=list_id):
                return await store.count_list(conn, list_id=str(list_id))
            case OfCampaign(campaign_id=campaign_id, responded=responded):
                return await store.count_of_campaign(
                    conn, campaign_id=str(campaign_id), responded=responded
                )

    async def _ids(self, conn: Connection, *, after: str | None, limit: int) -> list[str]:
        match self.written.audience:
            case Everyone():
                return await store.everybody(conn, after=after, limit=limit)
            case OfSegment():
                assert self.segment is not None  # `load` found it
                return await segments.members(conn, self.segment, after=after, limit=limit)
            case OfList(list_id=list_id):
                return await store.of_list(conn, list_id=str(list_id), after=after, limit=limit)
            case OfCampaign(campaign_id=campaign_id, responded=responded):
                return await store.of_campaign(
                    conn,
                    campaign_id=str(campaign_id),
                    responded=responded,
                    after=after,
                    limit=limit,
                )

    def _variant(self, contact: Contact) -> ExperimentVariant | None:
        return variant_for(
            self.written.experiment, campaign_id=self.campaign_id, identity=contact.identity
        )

    def _is_held_out(self, contact: Contact) -> bool:
        return is_held_out(
            self.written.experiment, campaign_id=self.campaign_id, identity=contact.identity
        )

    def _tastes(
        self, found: ProfileColumns, variants: Mapping[str, ExperimentVariant | None]
    ) -> dict[str, Taste]:
        ids = found.customer_ids
        tastes = dict.fromkeys(ids, Taste(in_reach=False))
        if not ids:
            return tastes
        profiles = packed(
            styles=found.styles,
            bands=self.bands.places(found.mean_prices_minor),
            families=found.families,
            densities=found.densities,
            types=found.types,
            occasions=found.occasions,
        )
        keys = [self._offer_key(variants[customer_id]) for customer_id in ids]
        for key, offer in self.offers.items():
            get_this = np.array([one == key for one in keys])
            for place, taste in offer.tastes(profiles.only(get_this[profiles.places])):
                tastes[ids[place]] = taste
        return tastes


def as_scored(stored: CustomerProfile, bands: PriceBands, model: str | None) -> Profile:
    """A stored profile by today's prices; its style counts if it is of the pieces' model."""
    return Profile(
        customer_id=stored.customer_id,
        # The table checks both.
        colour_family=cast(ColourFamily | None, stored.color_family_pref),
        style=stored.style_centroid if stored.style_model == model else None,
        embroidery_density=cast(EmbroideryDensity, stored.embroidery_density_pref),
        embroidery_types=frozenset(stored.embroidery_type_pref),
        occasions=dict(stored.occasion_affinity),
        price_band=bands.band(stored.mean_price_minor),
    )


async def load(
    conn: Connection,
    written: WrittenCampaign,
    *,
    boutique_id: str,
    campaign_id: str,
    rules: ScoreRules,
    at: datetime,
) -> Judge:
    """All that is the same for every customer. Raises NotFound for a segment that is no more."""
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None  # the connection is in it
    model = await customer_profiles.usual_model(conn)
    pieces = await offers.on_sale(conn, model=model, sold_since=at - TRENDS)
    prices = await customer_profiles.prices(conn)
    bands = PriceBands.of(prices or [0])  # without a piece on sale nothing is in reach
    pools: dict[str | None, Sequence[UUID]] = {None: written.pieces}
    for variant in written.experiment.variants if written.experiment else ():
        if variant.pieces is not None:
            pools[variant.key] = variant.pieces
    made = {
        key: Offer(pieces, pool={str(one) for one in pool}, bands=bands, rules=rules)
        for key, pool in pools.items()
    }
    segment = await _segment(conn, written)
    return Judge(campaign_id, written, boutique, rules, at, segment, model, bands, made)


async def _segment(conn: Connection, written: WrittenCampaign) -> Group | None:
    if not isinstance(written.audience, OfSegment):
        return None
    found = await saved_segments.get(conn, segment_id=str(written.audience.segment_id))
    if found is None:
        raise NotFound("The segment of this campaign is no more: choose another audience.")
    return WrittenGroup.model_validate(found.rule).typed()
