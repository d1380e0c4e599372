"""What is known of a wearer's size, each piece of it with its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Audience = Literal["women", "men", "children"]
# length: from the shoulder to the hem, of abayas and kanzus
Measure = Literal["bust", "waist", "hips", "foot", "height", "length"]
Fit = Literal["too_small", "right", "too_large"]


@dataclass(frozen=True, slots=True)
class Bought:
    """A paid piece for this wearer that was not given back."""

    size: str
    category: str
    at: datetime
    order_id: str
    product_id: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """As in "I wear 14", "my shoe is 38". Without a category: said of nothing in particular."""

    size: str
    at: datetime
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """As in "bust 92", in centimetres."""

    measure: Measure
    cm: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Fitted:
    """As in "the M was too tight"."""

    size: str
    category: str
    fit: Fit
    at: datetime


@dataclass(frozen=True, slots=True)
class Aged:
    """A child's age in years."""

    years: float
    at: datetime


Evidence = Bought | Stated | Measured | Fitted | Aged
