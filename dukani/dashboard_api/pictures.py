"""The pictures of a piece: uploaded, encoded anew, put in order; and what the eye sees in one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from pydantic import Field, StringConstraints

from dukani.agent.eye import Eye
from dukani.core.errors import InvalidValue, NotFound, UnreadableImage
from dukani.core.store import product_edits
from dukani.dashboard_api.access import AnOwner, AProvenOwner, at_work
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.product_answers import Colour, Product, shown
from dukani.tools import product_editing, product_pictures
from dukani.tools.product_pictures import NewPicture

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


class BadPicture(InvalidValue):
    """The upload is no picture that can be shown."""


class PictureColour(Body):
    colour: Colour | None  # none: it shows any


class PictureOrder(Body):
    picture_ids: Annotated[
        list[UUID], Field(min_length=1, max_length=product_pictures.MOST_PICTURES)
    ]


@router.post("/suggestions")
async def suggest_from_picture(
    _: AProvenOwner, request: Request, picture: Annotated[UploadFile, File()]
) -> Suggestion:
    """What kind, colours and pattern a photo shows, for the form of a new piece."""
    eye: Eye = request.app.state.eye
    with naming(picture):
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
    """Add a JPEG, PNG, WebP, GIF or HEIC. The same picture again is added once."""
    data = await picture.read()
    path = product_pictures.path_for(owner.boutique_id, str(product_id), data)
    new = NewPicture(product_id=str(product_id), path=path, colour=colour or None)
    async with at_work(owner, owners_only=True) as member:
        await product_pictures.has_room(member.conn, new)
    with naming(picture):
        clean, seen = await product_pictures.clean_and_look(request.app.state.eye, data)
    await owner.services.media.put(path, clean, "image/jpeg")
    async with at_work(owner, owners_only=True, acting=True) as member:
        await product_pictures.add(member.conn, new, boutique_id=owner.boutique_id, seen=seen)
        product = await product_editing.the_product(member.conn, product_id=str(product_id))
        return await shown(member.conn, member.services, product, response)


@router.put("/{product_id}/picture-order")
async def arrange_product_pictures(
    owner: AnOwner, product_id: UUID, order: PictureOrder, response: Response
) -> Product:
    """Put the pictures in an order; the first is the cover."""
    await product_pictures.arrange(
        owner.conn, product_id=str(product_id), picture_ids=[str(one) for one in order.picture_ids]
    )
    product = await product_editing.the_product(owner.conn, product_id=str(product_id))
    return await shown(owner.conn, owner.services, product, response)


@router.patch("/{product_id}/pictures/{picture_id}")
async def change_product_picture(
    owner: AnOwner, product_id: UUID, picture_id: UUID, changes: PictureColour, response: Response
) -> Product:
    """Say which of the piece's colours a picture shows."""
    await product_pictures.set_colour(
        owner.conn,
        product_id=str(product_id),
        picture_id=str(picture_id),
        colour=changes.colour,
    )
    product = await product_editing.the_product(owner.conn, product_id=str(product_id))
    return await shown(owner.conn, owner.services, product, response)


@router.delete("/{product_id}/pictures/{picture_id}")
async def remove_product_picture(
    owner: AnOwner, product_id: UUID, picture_id: UUID, response: Response
) -> Product:
    """Take a picture off the piece; messages that show it keep it."""
    removed = await product_edits.remove_picture(
        owner.conn, product_id=str(product_id), picture_id=str(picture_id)
    )
    if not removed:
        raise NotFound("The piece has no such picture.")
    await product_edits.touch(owner.conn, product_id=str(product_id))
    product = await product_editing.the_product(owner.conn, product_id=str(product_id))
    return await shown(owner.conn, owner.services, product, response)


@contextmanager
def naming(picture: UploadFile) -> Iterator[None]:
    """Has a picture that cannot be opened refused with its file's name. Raises BadPicture."""
    try:
        yield
    except UnreadableImage as error:
        raise BadPicture(field="picture", value=picture.filename, remedy=str(error)) from error
