"""The boutique itself: its profile, hours, returns, tone and languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dukani.core.languages import Language
from dukani.core.store import boutique_edits
from dukani.core.store.boutique_edits import ShownBoutique
from dukani.dashboard_api.access import AMember, AnOwner
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Minor
from dukani.dashboard_api.versions import IfMatch, require_version, show_version
from dukani.domain.opening_hours import read_week, written
from dukani.domain.shop_facts import LONGEST_TONE
from dukani.tools import boutique_profile

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["boutique"])


def _by_weekday(hours: dict[str, str]) -> dict[str, str]:
    return written(read_week(hours))


Told = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
InLanguages = Annotated[dict[Language, Told], Field(min_length=1)]
Hours = Annotated[
    dict[str, Annotated[str, StringConstraints(max_length=80)]],
    AfterValidator(_by_weekday),
    Field(
        max_length=14,
        description="mon … sun or ranges to times: `9:00-18:00`, several parted by commas, closed",
        examples=[{"mon-fri": "9:00-18:00", "sat": "9:00-14:00", "sun": "closed"}],
    ),
]
Days = Annotated[int, Field(ge=0, le=365)]


class Boutique(Answer):
    id: UUID
    slug: str
    name: str
    country: str
    currency: str
    timezone: str
    language: Language
    owner_name: str | None
    owner_phone: MaskedPhone
    whatsapp_provider: str
    payment_provider: str
    delivery_fee_minor: Minor
    low_stock_at: int  # so few of a colour and size are low, where a piece has no number of its own
    cart_left_after_hours: int  # a cart that nobody changed for so long was left
    shop_info: dict[str, Any]
    updated_at: datetime
    changed_by: str | None  # of whom a person is told who meets another's change


class ShopChanges(Body):
    """What the assistant may tell of the shop; null takes a fact away."""

    hours: Hours | None = None
    delivery: InLanguages | None = None
    returns: InLanguages | None = None
    returns_days: Days | None = None
    location: InLanguages | None = None
    payment: InLanguages | None = None
    pay_on_delivery: bool | None = None
    gift_wrap: bool | None = None
    holds_days: Days | None = None
    tone: Annotated[Told, Field(max_length=LONGEST_TONE)] | None = None


class BoutiqueChanges(Body):
    """Only what is sent is changed."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)] = ""
    timezone: Annotated[str, StringConstraints(max_length=60)] = ""
    language: Language = "en"
    owner_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] | None = (
        None
    )
    owner_phone: Annotated[str, StringConstraints(max_length=40)] | None = None
    delivery_fee_minor: Minor = 0
    low_stock_at: Annotated[int, Field(ge=0, le=1000)] = 2
    cart_left_after_hours: Annotated[int, Field(ge=1, le=168)] = 1
    shop: ShopChanges = ShopChanges()

    @model_validator(mode="after")
    def _something_is_sent(self) -> BoutiqueChanges:
        if not self.model_fields_set:
            raise ValueError("Send what is to change.")
        return self

    def sent(self) -> Mapping[str, Any]:
        return self.model_dump(mode="json", exclude_unset=True)


@router.get("")
async def get_boutique(member: AMember, response: Response) -> Boutique:
    return _shown(await boutique_edits.get(member.conn), response)


@router.patch("")
async def change_boutique(
    owner: AnOwner, changes: BoutiqueChanges, response: Response, if_match: IfMatch = None
) -> Boutique:
    before = await boutique_edits.get(owner.conn, lock=True)
    require_version(if_match, before.updated_at)
    changed = await boutique_profile.change(owner.conn, before, changes.sent())
    return _shown(changed, response)


def _shown(boutique: ShownBoutique, response: Response) -> Boutique:
    show_version(response, boutique.updated_at)
    return Boutique.model_validate(boutique)
