"""Pieces for a customer, and pieces like one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from dukani.agent.facts import Option, Voice
from dukani.agent.wording.commerce import options_text, recommended_head, similar_head, why
from dukani.core.errors import NotFound
from dukani.core.store import carts, customer_profiles, products
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.commerce.access import AReader
from dukani.dashboard_api.commerce.pieces import ShopPiece, fields_of, options_of
from dukani.dashboard_api.commerce.shoppers import UserId, the_boutique, the_shopper, voice_for
from dukani.domain.recommending import Weights
from dukani.tools import recommending
from dukani.tools.recommending import Recommendation

router = APIRouter(prefix="/whatsapp-commerce/products", tags=["whatsapp commerce"])

Limit = Annotated[int, Query(ge=1, le=20)]
LIKENESS = Weights(pairs=0.0, trend=0.0, tired=0.0)


class RecommendedPiece(ShopPiece):
    """`reason`: content (like a piece she bought), pairs (bought with it), trend.

    `because_of`: that piece. `in_her_size`: the size she bought last of the kind is in stock.
    """

    score: float
    reason: Literal["content", "pairs", "trend"]
    because_of: str | None
    in_her_size: bool
    text: str


class Recommendations(Answer):
    items: list[RecommendedPiece]
    whatsapp_text: str


@router.get("/recommendations/{user_id}")
async def get_recommendations(
    member: AReader, user_id: UserId, limit: Limit = 6
) -> Recommendations:
    """In stock, her size first, nothing she has or has in the cart; a new customer gets trends."""
    boutique = await the_boutique(member)
    customer = await the_shopper(member.conn, boutique, user_id)
    in_cart = await carts.items(member.conn, customer_id=customer.id)
    found = await recommending.for_customer(
        member.conn,
        customer_id=customer.id,
        model=await customer_profiles.usual_model(member.conn),
        without=[item.product_id for item in in_cart],
        limit=limit,
    )
    voice = voice_for(boutique, customer)
    return await _answer(member, found, voice, head=recommended_head(voice))


@router.get("/{product_id}/similar")
async def get_similar_products(
    member: AReader, product_id: UUID, limit: Limit = 6
) -> Recommendations:
    """By picture, kind and price; in stock."""
    piece = await products.get(member.conn, product_id=str(product_id))
    if piece is None:
        raise NotFound("There is no such piece on sale here.")
    found = await recommending.beside(
        member.conn,
        product_id=piece.id,
        model=await customer_profiles.usual_model(member.conn),
        weights=LIKENESS,
        limit=limit,
    )
    voice = voice_for(await the_boutique(member), None)
    return await _answer(member, found, voice, head=similar_head(piece.name, voice))


async def _answer(
    member: AReader, found: Sequence[Recommendation], voice: Voice, *, head: str
) -> Recommendations:
    ids = [one.offered.product_id for one in found]
    options = {option.product_id: option for option in await options_of(member.conn, ids)}
    return Recommendations(
        items=[
            _piece(one, options[one.offered.product_id], member, voice)
            for one in found
            if one.offered.product_id in options
        ],
        whatsapp_text=options_text(list(options.values()), voice, head=head),
    )


def _piece(one: Recommendation, option: Option, member: AReader, voice: Voice) -> RecommendedPiece:
    like = one.found.like.name if one.found.like else None
    return RecommendedPiece(
        **fields_of(option, member.services, voice.currency),
        score=round(one.found.score, 3),
        reason=one.found.why,
        because_of=like,
        in_her_size=one.found.piece.in_her_size,
        text=why(one.found.why, like, voice),
    )
