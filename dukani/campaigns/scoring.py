"""What is compared when a customer and a piece are scored; `scorer.py` does it for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from dukani.campaigns.palette import ColourFamily

PriceBand = Literal["budget", "mid", "premium", "luxury"]
PRICE_BANDS: tuple[PriceBand, ...] = get_args(PriceBand)
EmbroideryDensity = Literal["none", "light", "medium", "heavy"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a customer likes, as her paid orders show it.

    `style`: the mean of the vectors of what she bought, of any length; None: no picture of it has
    one. `occasions`: affinity in 0..1 by occasion.
    """

    customer_id: str
    colour_family: ColourFamily | None
    style: Floats | None
    embroidery_density: EmbroideryDensity
    embroidery_types: frozenset[str]
    occasions: dict[str, float]
    price_band: PriceBand


@dataclass(frozen=True, slots=True)
class Attributes:
    """What of a piece counts beside its picture and price."""

    colour_families: tuple[ColourFamily, ...]
    embroidery_density: EmbroideryDensity
    embroidery_type: str | None
    occasions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece that may be offered; `vector` of the same model as the profiles' style."""

    product_id: str
    attributes: Attributes
    vector: Floats | None
    price_band: PriceBand
