"""Where the boutique delivers to, what it costs, and how long it takes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints, model_validator

from dukani.core.errors import NotFound
from dukani.core.store import zone_edits
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.core.store.zone_edits import StoredZone
from dukani.dashboard_api.access import AMember, AnOwner
from dukani.dashboard_api.bodies import Answer, Body, Minor
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.tools import zone_editing

router = APIRouter(prefix="/boutiques/{boutique_id}/delivery-zones", tags=["delivery zones"])

Place = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Days = Annotated[int, Field(ge=0, le=365)]


class ZoneFields(Body):
    """A zone. A pin on the map belongs to it inside a circle: all three of it, or none."""

    name: Place
    fee_minor: Minor
    aliases: Annotated[tuple[Place, ...], Field(max_length=100)] = ()
    days_min: Days | None = None  # from payment to arrival; 0: the same day
    days_max: Days | None = None
    pickup: bool = False
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    radius_km: Annotated[float, Field(gt=0, le=20_000)] | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> ZoneFields:
        least, most = self.days_min, self.days_max
        if least is not None and most is not None and most < least:
            raise ValueError("days_max: it is less than days_min")
        if (self.latitude, self.longitude, self.radius_km).count(None) not in (0, 3):
            raise ValueError("a pin needs latitude, longitude and radius_km, all three")
        return self

    def as_zone(self) -> DeliveryZone:
        return DeliveryZone(**self.model_dump())


class Zone(Answer):
    id: UUID
    name: str
    fee_minor: int
    aliases: list[str]
    days_min: int | None
    days_max: int | None
    pickup: bool
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    position: int


class Zones(Answer):
    items: list[Zone]

    @classmethod
    def of(cls, rows: list[StoredZone]) -> Zones:
        return cls(items=[Zone.model_validate(row) for row in rows])


@router.get("")
async def list_delivery_zones(member: AMember) -> Zones:
    return Zones.of(await zone_edits.of_boutique(member.conn))


@router.post("", status_code=201)
async def create_delivery_zone(
    owner: AnOwner, zone: ZoneFields, request: Request, idempotency_key: IdempotencyKey = None
) -> Zones:
    """Add a zone behind the others; all of them are answered."""

    async def create() -> Zones:
        await zone_editing.add(owner.conn, zone.as_zone())
        return Zones.of(await zone_edits.of_boutique(owner.conn))

    return await once(owner, request, idempotency_key, create, Zones)


@router.put("/{zone_id}")
async def replace_delivery_zone(owner: AnOwner, zone_id: UUID, zone: ZoneFields) -> Zones:
    await zone_editing.replace(owner.conn, zone.as_zone(), zone_id=str(zone_id))
    return Zones.of(await zone_edits.of_boutique(owner.conn))


@router.delete("/{zone_id}")
async def remove_delivery_zone(owner: AnOwner, zone_id: UUID) -> Zones:
    if not await zone_edits.remove(owner.conn, zone_id=str(zone_id)):
        raise NotFound("There is no such zone here.")
    return Zones.of(await zone_edits.of_boutique(owner.conn))
