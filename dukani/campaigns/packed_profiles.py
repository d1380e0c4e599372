"""Many customers' tastes as arrays, a row each, so that they are scored by matrix products."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dukani.campaigns.scoring import PRICE_BANDS, Floats, Profile

Places = NDArray[np.intp]
# What a customer likes or not; the name is "" for no colour family, and for no embroidery.
Trait = tuple[Literal["colour", "density", "type"], str]


@dataclass(frozen=True, slots=True)
class PackedProfiles:
    """Rows come sorted by price band, so that the customers of one are a slice and no copy.

    `places`: of each row in what was packed. `styles`: rows of length 1, or zeros. `traits`: ones
    and zeros, a column for each of `trait_names`. `occasions`: affinities in 0..1, a column for
    each of `occasion_names`; NaN: never bought for.
    """

    places: Places
    bands: Places
    styles: Floats
    traits: Floats
    trait_names: Sequence[Trait]
    occasions: Floats
    occasion_names: Sequence[str]

    def __len__(self) -> int:
        return len(self.places)

    @classmethod
    def of(cls, profiles: Sequence[Profile], *, width: int) -> PackedProfiles:
        """`width`: the length of all vectors."""
        return packed(
            styles=stacked([one.style for one in profiles], width),
            bands=np.array([PRICE_BANDS.index(one.price_band) for one in profiles], np.intp),
            families=[one.colour_family for one in profiles],
            densities=[one.embroidery_density for one in profiles],
            types=[one.embroidery_types for one in profiles],
            occasions=[one.occasions for one in profiles],
        )

    def only(self, rows: NDArray[np.bool_]) -> PackedProfiles:
        """Some rows; their places stay those in all that was packed."""
        if rows.all():
            return self
        return replace(
            self,
            places=self.places[rows],
            bands=self.bands[rows],
            styles=self.styles[rows],
            traits=self.traits[rows],
            occasions=self.occasions[rows],
        )

    def of_band(self, band: int) -> range:
        """The rows of a price band."""
        return range(*np.searchsorted(self.bands, (band, band + 1)).tolist())


def packed(
    *,
    styles: NDArray[np.float32],
    bands: Places,
    families: Sequence[str | None],
    densities: Sequence[str],
    types: Sequence[Collection[str]],
    occasions: Sequence[Mapping[str, float]],
) -> PackedProfiles:
    """Columns of as many customers. `styles`: rows of any length and byte order; zeros: none."""
    order = np.argsort(bands, kind="stable")
    traits, trait_names = _traits(families, densities, types)
    affinities, occasion_names = _affinities(occasions)
    return PackedProfiles(
        places=order,
        bands=bands[order],
        styles=unit_rows(styles[order].astype(np.float32, copy=False)),
        traits=traits[order],
        trait_names=trait_names,
        occasions=affinities[order],
        occasion_names=occasion_names,
    )


def stacked(vectors: Sequence[Floats | None], width: int) -> Floats:
    """The vectors as rows; a row of zeros for none."""
    rows = np.zeros((len(vectors), width), np.float32)
    for place, vector in enumerate(vectors):
        if vector is not None:
            rows[place] = vector
    return rows


def unit_rows(rows: Floats) -> Floats:
    """The rows, stretched in place to length 1; those of length 0 stay."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, np.newaxis]
    np.divide(rows, lengths, out=rows, where=lengths > 0)
    return rows


def _traits(
    families: Sequence[str | None], densities: Sequence[str], types: Sequence[Collection[str]]
) -> tuple[Floats, list[Trait]]:
    """Of tastes there are few, so each one's row is made once."""
    number: dict[tuple[str | None, str, frozenset[str]], int] = {}
    tastes = zip(families, densities, map(frozenset, types), strict=True)
    numbers = [number.setdefault(taste, len(number)) for taste in tastes]
    liked = [_of_taste(*taste) for taste in number]
    names = sorted(set[Trait]().union(*liked))
    rows = np.array([[name in some for name in names] for some in liked], np.float32)
    return rows.reshape(len(liked), len(names))[numbers], names


def _of_taste(family: str | None, density: str, types: Collection[str]) -> set[Trait]:
    """Who buys nothing embroidered is suited by what has no embroidery."""
    return {("colour", family or ""), ("density", density), *(("type", t) for t in types or ("",))}


def _affinities(occasions: Sequence[Mapping[str, float]]) -> tuple[Floats, list[str]]:
    column = {name: place for place, name in enumerate(dict.fromkeys(chain(*occasions)))}
    rows = np.full((len(occasions), len(column)), np.nan, np.float32)
    which = np.repeat(np.arange(len(occasions)), [len(one) for one in occasions])
    rows[which, [column[name] for name in chain(*occasions)]] = [
        affinity for one in occasions for affinity in one.values()
    ]
    return rows, list(column)
