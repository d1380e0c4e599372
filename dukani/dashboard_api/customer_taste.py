"""What a customer likes, by what she bought and kept; and the nearest pieces in stock."""

from __future__ import annotations

from collections import Counter
from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from dukani.core.errors import NotFound
from dukani.core.store import customer_profile, customer_profiles
from dukani.core.store.customer_profiles import CustomerProfile
from dukani.dashboard_api.access import AnActingMember, Member
from dukani.dashboard_api.bodies import Answer, Minor
from dukani.dashboard_api.commerce.pieces import fields_of, options_of
from dukani.dashboard_api.segments import currency_of
from dukani.tools import recommending

router = APIRouter(prefix="/boutiques/{boutique_id}/customers/{customer_id}", tags=["customers"])

NEAREST, MOST_COLOURS = 6, 6


class NearPiece(Answer):
    """`reason`: content (like a piece she bought), pairs (bought with it), trend of the shop.

    `because_of`: that piece. `in_her_size`: the size she bought last of the kind is in stock.
    """

    product_id: UUID
    name: str
    category: str
    price_minor: Minor
    picture_url: str | None
    reason: Literal["content", "pairs", "trend"]
    because_of: str | None
    in_her_size: bool


class Taste(Answer):
    """Of who bought nothing, nothing is known: no `bought`, and no pieces.

    `colours`: what she bought most of, first. `price_band`: which quarter of the shop's prices.
    """

    bought: int
    colours: list[str]
    colour_family: str | None
    price_band: str | None
    mean_price_minor: Minor | None
    occasions: list[str]
    pieces: list[NearPiece]


@router.get("/taste")
async def get_customer_taste(member: AnActingMember, customer_id: UUID) -> Taste:
    if await customer_profile.get(member.conn, customer_id=str(customer_id)) is None:
        raise NotFound("There is no such customer here.")
    profile = await customer_profiles.get(member.conn, customer_id=str(customer_id))
    if profile is None:
        return Taste(
            bought=0, colours=[], colour_family=None, price_band=None, mean_price_minor=None,
            occasions=[], pieces=[],
        )  # fmt: skip
    occasions = sorted(profile.occasion_affinity.items(), key=lambda one: -one[1])
    return Taste(
        bought=profile.units,
        colours=await _colours(member, profile),
        colour_family=profile.color_family_pref,
        price_band=profile.price_band,
        mean_price_minor=profile.mean_price_minor,
        occasions=[name for name, _ in occasions],
        pieces=await _nearest(member, profile),
    )


async def _colours(member: Member, profile: CustomerProfile) -> list[str]:
    bought = await customer_profiles.bought_by(
        member.conn, customer_id=profile.customer_id, model=profile.style_model or ""
    )
    units: Counter[str] = Counter()
    for piece in bought:
        units[piece.colour] += piece.units
    return [colour for colour, _ in units.most_common(MOST_COLOURS)]


async def _nearest(member: Member, profile: CustomerProfile) -> list[NearPiece]:
    found = await recommending.for_customer(
        member.conn,
        customer_id=profile.customer_id,
        model=await customer_profiles.usual_model(member.conn),
        limit=NEAREST,
    )
    shown = await options_of(member.conn, [one.offered.product_id for one in found])
    options = {option.product_id: option for option in shown}
    currency = await currency_of(member.conn, member.boutique_id)
    return [
        NearPiece.model_validate(
            fields_of(options[one.offered.product_id], member.services, currency)
            | {
                "reason": one.found.why,
                "because_of": one.found.like.name if one.found.like else None,
                "in_her_size": one.found.piece.in_her_size,
            }
        )
        for one in found
        if one.offered.product_id in options
    ]
