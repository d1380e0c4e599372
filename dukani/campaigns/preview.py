"""Shows a campaign before it is sent: who gets it, why others do not, what it costs, and how long.

Everyone is judged as at its start, chunk by chunk. Nothing is written.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dukani.campaigns import score_rules
from dukani.campaigns.audience import Judge, Judged, as_scored, load
from dukani.campaigns.finishing import Waiting, finish
from dukani.campaigns.hours import zone_of
from dukani.campaigns.lifecycle import first_at
from dukani.campaigns.offer import candidate_of
from dukani.campaigns.planning import Planner, planner_of
from dukani.campaigns.previewed import Preview, Progress, SampleCustomer, SamplePiece
from dukani.campaigns.pricing import Pricing, messages_of, pricing_of
from dukani.campaigns.reasons import factors, raw_score
from dukani.campaigns.scoring import Profile
from dukani.campaigns.slots import MATCHES, SLOTS, SlotKind
from dukani.campaigns.verdicts import EXCLUSIONS
from dukani.core.database import Connection, Database
from dukani.core.store import boutiques, customer_profiles, message_rates, purchases
from dukani.core.store.message_rates import Category
from dukani.domain.acts import Language
from dukani.domain.campaigns import Exclusion, WrittenCampaign

SAMPLE = 10
AT_ONCE = 5000  # nothing is written: what each chunk costs once is shared by more
NO_CAMPAIGN = str(UUID(int=0))  # a draft that is not kept yet: its lots are drawn anew when it is
_TELLING = 4  # characters of a number that tell its country code: "+254", "+1 4", "+27 8"


async def preview(
    database: Database,
    written: WrittenCampaign,
    *,
    boutique_id: str,
    campaign_id: str = NO_CAMPAIGN,
    now: datetime | None = None,
    at_once: int = AT_ONCE,
) -> Preview:
    """Raises NotFound for a segment that is no more."""
    steps = previewing(
        database,
        written,
        boutique_id=boutique_id,
        campaign_id=campaign_id,
        now=now,
        at_once=at_once,
    )
    async for step in steps:
        if isinstance(step, Preview):
            return step
    raise AssertionError("its last step is the preview")


async def previewing(
    database: Database,
    written: WrittenCampaign,
    *,
    boutique_id: str,
    campaign_id: str = NO_CAMPAIGN,
    now: datetime | None = None,
    at_once: int = AT_ONCE,
) -> AsyncIterator[Progress | Preview]:
    """How far it is after each chunk, and at last the preview. Raises NotFound as `preview`."""
    now = now or datetime.now(UTC)
    async with database.tenant_connection(boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
        assert boutique is not None  # the connection is in it
        starts_at = first_at(written.schedule, now=now, zone=boutique.timezone)
        judge = await load(
            conn,
            written,
            boutique_id=boutique_id,
            campaign_id=campaign_id,
            rules=await score_rules.current(conn),
            at=starts_at or now,
        )
        planner = await planner_of(conn, judge)
        audience = await judge.size(conn)
    yield Progress(0, audience)
    seen = _Seen(judge, planner)
    after: str | None = None
    while True:
        async with database.tenant_connection(boutique_id) as conn:
            chunk = await judge.chunk(conn, after=after, limit=at_once)
            if chunk is None:
                found = await seen.preview(conn, starts_at)
                break
            hours = await planner.hours(conn, [one.contact.customer_id for one in chunk.recipients])
        for one in chunk.judged:
            seen.see(one, hours.get(one.contact.customer_id, {}))
        after = chunk.after
        yield Progress(min(seen.everyone, audience), audience)
    yield found


# What a message's price depends on: the arm, the language, and how the number begins.
_Priced = tuple[str | None, Language, str]


@dataclass(slots=True)
class _Seen:
    """What is counted of everyone; a few customers are kept, drawn by lot from all."""

    judge: Judge
    planner: Planner
    left_out: Counter[Exclusion] = field(default_factory=Counter)
    variants: Counter[str] = field(default_factory=Counter)
    priced: Counter[_Priced] = field(default_factory=Counter)
    waiting: Counter[tuple[ZoneInfo, datetime]] = field(default_factory=Counter)
    recipients: int = 0
    fewer_pieces: int = 0
    fewer_matches: int = 0
    drawn: list[tuple[Judged, datetime]] = field(default_factory=list)
    lots: random.Random = field(default_factory=lambda: random.Random(15))

    def see(self, one: Judged, hours: Mapping[int, int]) -> None:
        if one.excluded is not None:
            self.left_out[one.excluded] += 1
            return
        assert one.taste is not None  # who gets it has one
        self.recipients += 1
        if one.variant is not None:
            self.variants[one.variant.key] += 1
        self.priced[_priced(self.planner, one)] += 1
        due_at = self.planner.due_at(one, hours)
        zone = zone_of(one.contact.identity, shop=self.judge.boutique.timezone)
        self.waiting[zone, due_at] += 1
        self.fewer_matches += len(one.taste.matches) < MATCHES
        self.fewer_pieces += self.judge.offer_to(one.variant).count_slots(one.taste) < SLOTS
        if len(self.drawn) < SAMPLE:
            self.drawn.append((one, due_at))
        elif (place := self.lots.randrange(self.recipients)) < SAMPLE:
            self.drawn[place] = (one, due_at)

    @property
    def everyone(self) -> int:
        return self.recipients + self.left_out.total()

    async def preview(self, conn: Connection, starts_at: datetime | None) -> Preview:
        boutique = self.judge.boutique
        pricing = await self._pricing(conn)
        day = datetime.now(UTC).date()
        price = await message_rates.token_price(conn, currency=boutique.currency, day=day)
        waiting = [Waiting(zone, at, count) for (zone, at), count in self.waiting.items()]
        return Preview(
            audience=self.everyone,
            recipients=self.recipients,
            left_out={name: self.left_out[name] for name in EXCLUSIONS},
            by_variant=dict(self.variants),
            fewer_pieces=self.fewer_pieces,
            fewer_matches=self.fewer_matches,
            by_category=self._by_category(pricing),
            tokens=(tokens := self._tokens(pricing)),
            cost_minor=None if price is None else tokens * price.price_minor,
            currency=boutique.currency,
            starts_at=starts_at,
            finish=finish(waiting, self.judge.written.pace),
            sample=await self._sample(conn),
        )

    async def _pricing(self, conn: Connection) -> Pricing:
        messages = messages_of(self.judge.written)
        boutique = self.judge.boutique
        return await pricing_of(
            conn,
            list(messages.values()),
            provider=boutique.whatsapp_provider,
            shop=boutique.language,
        )

    def _by_category(self, pricing: Pricing) -> Mapping[Category, int]:
        counted: Counter[Category] = Counter()
        messages = messages_of(self.judge.written)
        for (variant, language, _), count in self.priced.items():
            counted[pricing.category(messages[variant], language)] += count
        return dict(counted)

    def _tokens(self, pricing: Pricing) -> int:
        messages = messages_of(self.judge.written)
        return sum(
            count * pricing.tokens(messages[variant], language, _whole(begins))
            for (variant, language, begins), count in self.priced.items()
        )

    async def _sample(self, conn: Connection) -> list[SampleCustomer]:
        ids = [one.contact.customer_id for one, _ in self.drawn]
        sizes = await purchases.last_sizes(conn, customer_ids=ids)
        profiles = {
            one.customer_id: as_scored(one, self.judge.bands, self.judge.model)
            for one in await customer_profiles.of_customers(conn, ids)
        }
        return [
            self._shown(one, due_at, profiles[customer_id], sizes.get(customer_id, {}))
            for one, due_at in self.drawn
            # Her profile is gone if the only order that she kept was refunded just now.
            if (customer_id := one.contact.customer_id) in profiles
        ]

    def _shown(
        self, one: Judged, due_at: datetime, profile: Profile, sizes: Mapping[str, str]
    ) -> SampleCustomer:
        recipient, link = self.planner.recipient(one, sizes=sizes, hours={})
        return SampleCustomer(
            customer_id=one.contact.customer_id,
            name=one.contact.name,
            variant=recipient.variant,
            variables=recipient.variables,
            due_at=due_at,
            pieces=[
                self._piece(one, profile, slot["product_id"], slot["kind"], sizes)
                for slot in link.slots
            ],
        )

    def _piece(
        self,
        one: Judged,
        profile: Profile,
        product_id: str,
        kind: SlotKind,
        sizes: Mapping[str, str],
    ) -> SamplePiece:
        """Trending and new pieces are scored here too, though their score did not choose them."""
        piece = self.judge.offer_to(one.variant).piece(product_id)
        candidate = candidate_of(piece, self.judge.bands)
        found = factors(profile, candidate, self.judge.rules)
        size = sizes.get(piece.category)
        return SamplePiece(
            product_id,
            piece.name,
            piece.price_minor,
            kind,
            score=raw_score(found),
            most=self.judge.rules.weights.total,
            factors=found,
            in_her_size=size is None or size in piece.sizes,
        )


def _priced(planner: Planner, one: Judged) -> _Priced:
    variant = one.variant.key if one.variant is not None else None
    return variant, planner.language_to(one), (one.contact.phone or "")[:_TELLING]


def _whole(begins: str) -> str | None:
    """A number of the same country, for the rates are by country code."""
    return begins.ljust(12, "0") if begins else None
