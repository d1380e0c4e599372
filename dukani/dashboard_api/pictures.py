"""The pictures of a piece: uploaded, encoded anew, put in order; and what the eye sees in one."""

from __future__ import annotations

import hashlib
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from pydantic import Field, StringConstraints

from dukani.agent.eye import Eye
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.store import product_edits, product_list
from dukani.dashboard_api.access import AnOwner, AProvenOwner, Person, at_work
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.products import Colour, Product, shown
from dukani.tools import product_editing
from dukani.tools.pictures import add_picture, look_at_pictures

MOST_PICTURES = 20

router = APIRouter(prefix="/boutiques/{boutique_id}/products", tags=["pictures"])

OptionalColour = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=40)
]


class Suggestion(Answer):
    """What the eye of this machine sees; a person decides."""

    category: str | None
    confidence: float
    alternatives: list[str]
    colours: list[str]
    pattern: str | None


class PicturePlace(Body):
    colour: Colour | None  # none: it shows any
    position: Annotated[int, Field(ge=0, le=1000)]


@router.post("/suggestions")
async def suggest_from_picture(
    _: AProvenOwner, request: Request, picture: Annotated[UploadFile, File()]
) -> Suggestion:
    """What kind, colours and pattern a photo shows, for the form of a new piece."""
    eye: Eye = request.app.state.eye
    seen = await eye.look(await picture.read())
    return Suggestion(
        category=None if seen.nothing_worn else seen.category,
        confidence=seen.confidence,
        alternatives=list(seen.alternatives),
        colours=list(seen.colours),
        pattern=seen.pattern,
    )


@router.post("/{product_id}/pictures", status_code=201)
async def add_product_picture(
    owner: AProvenOwner,
    product_id: UUID,
    request: Request,
    response: Response,
    picture: Annotated[UploadFile, File()],
    colour: Annotated[OptionalColour, Form()] = "",
) -> Product:
    """Add a JPEG, PNG, WebP or GIF. The same picture again is added once."""
    data = await picture.read()
    name = f"{product_id}-{hashlib.sha256(data).hexdigest()[:12]}"
    position = await _free_position(owner, str(product_id), name)
    if position is not None:
        await add_picture(
            owner.services,
            boutique_id=owner.boutique_id,
            product_id=str(product_id),
            data=data,
            name=name,
            colour=colour or None,
            position=position,
        )
        # So that a customer's photo finds the piece.
        await look_at_pictures(owner.services, request.app.state.eye, boutique_id=owner.boutique_id)
    return await _after(owner, str(product_id), response)


@router.patch("/{product_id}/pictures/{picture_id}")
async def place_product_picture(
    owner: AnOwner, product_id: UUID, picture_id: UUID, place: PicturePlace, response: Response
) -> Product:
    placed = await product_edits.place_picture(
        owner.conn, product_id=str(product_id), picture_id=str(picture_id), **place.model_dump()
    )
    if not placed:
        raise NotFound("The piece has no such picture.")
    await product_edits.touch(owner.conn, product_id=str(product_id))
    product = await product_editing.the_product(owner.conn, product_id=str(product_id))
    return await shown(owner.conn, owner.services, product, response)


@router.delete("/{product_id}/pictures/{picture_id}")
async def remove_product_picture(
    owner: AnOwner, product_id: UUID, picture_id: UUID, response: Response
) -> Product:
    removed = await product_edits.remove_picture(
        owner.conn, product_id=str(product_id), picture_id=str(picture_id)
    )
    if not removed:
        raise NotFound("The piece has no such picture.")
    await product_edits.touch(owner.conn, product_id=str(product_id))
    product = await product_editing.the_product(owner.conn, product_id=str(product_id))
    return await shown(owner.conn, owner.services, product, response)


async def _free_position(owner: Person, product_id: str, name: str) -> int | None:
    """The position behind the product's other pictures; None when the picture is one of them.

    Raises NotFound, or InvalidValue for more pictures than a piece may have.
    """
    async with at_work(owner, owners_only=True) as member:
        await product_editing.the_product(member.conn, product_id=product_id)
        there = await product_list.pictures(member.conn, product_id=product_id)
    if any(one.path.endswith(f"/{name}.jpg") for one in there):
        return None
    if len(there) >= MOST_PICTURES:
        raise InvalidValue(
            field="picture", remedy=f"A piece has {MOST_PICTURES} pictures at most: remove one."
        )
    return max((one.position for one in there), default=-1) + 1


async def _after(owner: Person, product_id: str, response: Response) -> Product:
    async with at_work(owner, owners_only=True) as member:
        await product_edits.touch(member.conn, product_id=product_id)
        product = await product_editing.the_product(member.conn, product_id=product_id)
        return await shown(member.conn, member.services, product, response)
