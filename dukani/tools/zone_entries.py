"""Validates the delivery zones in a boutique's description file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dukani.core.money import to_minor
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.tools.places import names_in

Days = Annotated[int, Field(ge=0, le=365)]


class ZoneEntry(BaseModel):
    """A delivery zone; `fee` is in whole units of the boutique's currency."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=80)]
    aliases: tuple[str, ...] = ()
    fee: Annotated[int, Field(ge=0)]
    days: Days | tuple[Days, Days] | None = None  # from payment to arrival; 0: the same day
    pickup: bool = False
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    radius_km: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> ZoneEntry:
        least, most = self._days()
        if least is not None and most is not None and most < least:
            raise ValueError(f"days of {self.name!r}: write [{most}, {least}], the fewest first")
        circle = (self.latitude, self.longitude, self.radius_km)
        if None in circle and circle != (None, None, None):
            raise ValueError(
                f"{self.name!r}: a pin needs latitude, longitude and radius_km, all three"
            )
        return self

    def _days(self) -> tuple[int | None, int | None]:
        return self.days if isinstance(self.days, tuple) else (self.days, self.days)

    def as_zone(self, currency: str) -> DeliveryZone:
        least, most = self._days()
        return DeliveryZone(
            name=self.name,
            fee_minor=to_minor(self.fee, currency),
            aliases=self.aliases,
            days_min=least,
            days_max=most,
            pickup=self.pickup,
            latitude=self.latitude,
            longitude=self.longitude,
            radius_km=self.radius_km,
        )


def require_distinct(zones: Sequence[ZoneEntry]) -> None:
    """Raises ValueError if two zones share a name: the fee there would be a guess."""
    for zone, other in combinations(zones, 2):
        if zone.name == other.name:
            raise ValueError(f"two zones are called {zone.name!r}: give one another name")
        shared = _names(zone) & _names(other)
        if shared and zone.pickup == other.pickup:
            raise ValueError(
                f"{sorted(shared)[0]!r} is in {zone.name!r} and in {other.name!r}: "
                "leave it in one of them"
            )


def _names(zone: ZoneEntry) -> set[str]:
    return {name for written in (zone.name, *zone.aliases) for name in names_in(written)}
