"""What a customer likes, from what she bought: sums that grow by a purchase, shrink by a refund.

Rebuilding them from all her orders gives the same, whatever came in which order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from dukani.campaigns.palette import preferred_family
from dukani.campaigns.scoring import PRICE_BANDS, EmbroideryDensity, PriceBand, Profile

HALF_LIFE = timedelta(days=180)  # of what she bought for an occasion
TYPE_SHARE = 0.2  # of her embroidered pieces, for a type to be one that she likes

DENSITIES: tuple[EmbroideryDensity, ...] = get_args(EmbroideryDensity)
_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Purchase:
    """A line of a paid order. `vector`: of the bought colour's picture, by the boutique's model."""

    at: datetime
    units: int
    colour: str
    unit_price_minor: int
    embroidery_density: EmbroideryDensity = "none"
    embroidery_type: str | None = None
    occasions: tuple[str, ...] = ()
    vector: NDArray[np.float32] | None = None


@dataclass(slots=True)
class Tally:
    """The sums of a customer's purchases. `moments` grow with time, so that old ones count less."""

    units: int = 0
    spent_minor: int = 0
    colours: Counter[str] = field(default_factory=Counter)
    densities: Counter[EmbroideryDensity] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    moments: float = 0.0
    occasions: dict[str, float] = field(default_factory=dict)
    vector_units: int = 0
    vectors: NDArray[np.float64] | None = None

    def add(self, bought: Purchase) -> None:
        self._count(bought, bought.units)

    def take_back(self, bought: Purchase) -> None:
        """The line was refunded: as if she had never bought it."""
        self._count(bought, -bought.units)

    def _count(self, bought: Purchase, units: int) -> None:
        self.units += units
        self.spent_minor += units * bought.unit_price_minor
        self.colours[bought.colour] += units
        self.densities[bought.embroidery_density] += units
        if bought.embroidery_type is not None:
            self.types[bought.embroidery_type] += units
        weight = units * 2.0 ** ((bought.at - _EPOCH) / HALF_LIFE)
        self.moments += weight
        for occasion in bought.occasions:
            self.occasions[occasion] = self.occasions.get(occasion, 0.0) + weight
        if bought.vector is not None:
            summed = units * bought.vector.astype(np.float64)
            self.vectors = summed if self.vectors is None else self.vectors + summed
            self.vector_units += units


def rebuilt(purchases: Iterable[Purchase]) -> Tally:
    """The sums of all that was bought and kept."""
    tally = Tally()
    for bought in purchases:
        tally.add(bought)
    return tally


@dataclass(frozen=True, slots=True)
class PriceBands:
    """The boutique's prices cut into quarters. `cuts`: three prices in minor units, rising."""

    cuts: tuple[int, int, int]

    @classmethod
    def of(cls, prices_minor: Sequence[int]) -> PriceBands:
        """Of the prices of all pieces on sale. Raises ValueError for none."""
        if not prices_minor:
            raise ValueError("a boutique without pieces has no price bands")
        first, middle, last = np.percentile(prices_minor, [25, 50, 75])
        return cls((round(first), round(middle), round(last)))

    def places(self, prices_minor: Sequence[int]) -> NDArray[np.intp]:
        """The bands of many prices, each by its place in `PRICE_BANDS`."""
        return np.searchsorted(self.cuts, prices_minor, side="right")

    def band(self, price_minor: float) -> PriceBand:
        """A price on a cut is in the band above it."""
        return PRICE_BANDS[bisect_right(self.cuts, price_minor)]


def profile_of(customer_id: str, tally: Tally, bands: PriceBands) -> Profile | None:
    """None for who bought nothing that she kept."""
    if tally.units <= 0:
        return None
    return Profile(
        customer_id=customer_id,
        colour_family=preferred_family(tally.colours),
        style=_mean(tally),
        embroidery_density=_commonest_density(tally),
        embroidery_types=_liked_types(tally),
        occasions=_affinities(tally),
        price_band=bands.band(tally.spent_minor / tally.units),
    )


def _mean(tally: Tally) -> NDArray[np.float32] | None:
    if tally.vectors is None or tally.vector_units <= 0:
        return None
    return (tally.vectors / tally.vector_units).astype(np.float32)


def _commonest_density(tally: Tally) -> EmbroideryDensity:
    """Of two with as many pieces, the denser."""
    return max(reversed(DENSITIES), key=lambda density: tally.densities[density])


def _liked_types(tally: Tally) -> frozenset[str]:
    total = sum(tally.types.values())
    return frozenset(
        name for name, units in tally.types.items() if units > 0 and units >= TYPE_SHARE * total
    )


def _affinities(tally: Tally) -> dict[str, float]:
    """The share of what she bought that was for the occasion, older pieces counting less."""
    if tally.moments <= 0:
        return {}
    shares = {name: weight / tally.moments for name, weight in tally.occasions.items()}
    return {name: min(1.0, share) for name, share in shares.items() if share > _NOTHING}


_NOTHING = 1e-9  # what rounding leaves of a purchase that was taken back
