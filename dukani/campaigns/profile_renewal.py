"""Makes customers' profiles anew from their orders, whenever one is paid or refunded.

A profile could also grow by each order, but its job may run twice, or after another's; made from
all of her orders, of which there are few, it is the same however often and in whichever order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import cast

from dukani.campaigns.profiles import PriceBands, Purchase, Tally, profile_of, rebuilt
from dukani.campaigns.scoring import EmbroideryDensity
from dukani.core.database import Database
from dukani.core.store import customer_profiles as store
from dukani.core.store.customer_profiles import BoughtPiece, CustomerProfile

CUSTOMERS_AT_ONCE = 500


class ProfileRenewal:
    """Renews profiles by the vectors of one image model."""

    def __init__(self, database: Database, *, model: str) -> None:
        self._database, self._model = database, model

    async def renew(self, *, boutique_id: str, customer_id: str) -> None:
        """A customer's profile after one of her orders was paid, refunded or returned."""
        async with self._database.tenant_connection(boutique_id) as conn:
            bought = await store.bought_by(conn, customer_id=customer_id, model=self._model)
            prices = await store.prices(conn)
            made = _made(customer_id, bought, prices, self._model)
            if made is None:
                await store.remove(conn, customer_id=customer_id)
            else:
                await store.put(conn, [made])

    async def renew_all(self, *, boutique_id: str) -> int:
        """All of a boutique's profiles, a few hundred at once; returns how many there are."""
        count, after = 0, None
        while True:
            async with self._database.tenant_connection(boutique_id) as conn:
                bought = await store.bought_by_next(
                    conn, after=after, limit=CUSTOMERS_AT_ONCE, model=self._model
                )
                if not bought:
                    return count
                profiles = list(_all_made(bought, await store.prices(conn), self._model))
                await store.put(conn, profiles)
            count += len(profiles)
            after = bought[-1].customer_id


def _all_made(
    bought: Iterable[BoughtPiece], prices: list[int], model: str
) -> Iterator[CustomerProfile]:
    for customer_id, pieces in groupby(bought, key=lambda piece: piece.customer_id):
        made = _made(customer_id, list(pieces), prices, model)
        if made is not None:
            yield made


def _made(
    customer_id: str, bought: list[BoughtPiece], prices: list[int], model: str
) -> CustomerProfile | None:
    """None for who kept nothing. Without a piece on sale, prices are compared with her own."""
    tally = rebuilt(_purchase(piece) for piece in bought)
    if tally.units <= 0:
        return None
    bands = PriceBands.of(prices or [piece.unit_price_minor for piece in bought])
    profile = profile_of(customer_id, tally, bands)
    assert profile is not None  # she kept something
    return CustomerProfile(
        customer_id=customer_id,
        color_family_pref=profile.colour_family,
        style_model=model if profile.style is not None else None,
        style_centroid=profile.style,
        embroidery_density_pref=profile.embroidery_density,
        embroidery_type_pref=sorted(profile.embroidery_types),
        occasion_affinity=profile.occasions,
        mean_price_minor=_mean_price(tally),
        price_band=profile.price_band,
        units=tally.units,
    )


def _mean_price(tally: Tally) -> int:
    return round(tally.spent_minor / tally.units)


def _purchase(piece: BoughtPiece) -> Purchase:
    return Purchase(
        at=piece.paid_at,
        units=piece.units,
        colour=piece.colour,
        unit_price_minor=piece.unit_price_minor,
        embroidery_density=cast(EmbroideryDensity, piece.embroidery_density),  # the table checks it
        embroidery_type=piece.embroidery_type,
        occasions=tuple(piece.occasions),
        vector=piece.vector,
    )
