"""An owner's pictures of a piece: what is taken, in which order and sizes; the eye finds each."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from dukani.agent.eye import DIMENSIONS, PhotoAnalysis
from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.services import Services
from tests.integration.api.conftest import Signed
from tests.integration.api.test_products_api import a_piece
from tests.wiring import rows

HEIC = (Path(__file__).parents[2] / "unit" / "iphone.heic").read_bytes()
STOCK = {"blue": {"M": 3}, "red": {"M": 1}}


class PlainEye:
    """Sees a dress in every picture."""

    model = "plain-1"

    async def look(self, image: bytes) -> PhotoAnalysis:
        assert Image.open(io.BytesIO(image)).size
        vector = np.eye(1, DIMENSIONS, dtype=np.float32)[0]
        return PhotoAnalysis(category="dress", confidence=0.9, vector=vector, model=self.model)


@pytest.fixture
def eye() -> PlainEye:
    return PlainEye()


def drawn(colour: str = "navy", kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(file, kind, **options)
    return file.getvalue()


async def add(owner: Signed, piece: Any, data: bytes, *, colour: str = "") -> httpx.Response:
    return await owner.call(
        "POST",
        f"/products/{piece['id']}/pictures",
        files={"picture": ("IMG_1.jpg", data, "image/jpeg")},
        data={"colour": colour},
    )


async def test_a_picture_is_added_once_behind_the_others_and_can_be_found(
    owner: Signed, services: Services
) -> None:
    # given a piece
    made = await a_piece(owner, stock=STOCK)

    # when one picture comes twice, and then an iPhone's
    for data, colour in ((drawn(), "blue"), (drawn(), "blue"), (HEIC, "red")):
        answer = await add(owner, made, data, colour=colour)
        assert answer.status_code == 201, answer.text

    # then it has two, in their order, each with its vector
    shown = answer.json()["pictures"]
    assert [(one["colour"], one["position"]) for one in shown] == [("blue", 0), ("red", 1)]
    seen = "product_images i join product_embeddings e on e.image_id = i.id"
    assert [one["model"] for one in await rows(services, seen, "model")] == ["plain-1"] * 2
    [listed] = (await owner.get("/products"))["items"]
    assert listed["picture_url"] == shown[0]["url"]


async def test_pictures_change_places_and_the_first_is_the_cover(owner: Signed) -> None:
    # given three pictures
    made = await a_piece(owner, stock=STOCK)
    for colour in ("navy", "teal", "maroon"):
        answer = await add(owner, made, drawn(colour))
    first, second, third = (one["id"] for one in answer.json()["pictures"])
    path = f"/products/{made['id']}/picture-order"

    # when the last is put first
    moved = await owner.call("PUT", path, json={"picture_ids": [third, first, second]})
    short = await owner.call("PUT", path, json={"picture_ids": [third]})

    # then it is the cover, and an order that forgets one is refused
    assert [one["id"] for one in moved.json()["pictures"]] == [third, first, second]
    [listed] = (await owner.get("/products"))["items"]
    assert listed["picture_url"] == moved.json()["pictures"][0]["url"]
    assert (short.status_code, short.json()["errors"][0]["field"]) == (422, "picture_ids")


async def test_a_picture_shows_a_colour_of_the_piece_or_any(owner: Signed) -> None:
    made = await a_piece(owner, stock=STOCK)
    [picture] = (await add(owner, made, drawn(), colour="blue")).json()["pictures"]
    path = f"/products/{made['id']}/pictures/{picture['id']}"

    red = await owner.call("PATCH", path, json={"colour": "red"})
    pink = await owner.call("PATCH", path, json={"colour": "pink"})
    none = await owner.call("PATCH", path, json={"colour": None})
    strange = await add(owner, made, drawn("pink"), colour="pink")

    assert red.json()["pictures"][0]["colour"] == "red"
    assert none.json()["pictures"][0]["colour"] is None
    for refused in (pink, strange):
        [error] = refused.json()["errors"]
        assert (error["field"], error["remedy"]) == ("colour", "The piece comes in blue, red.")


async def test_a_picture_taken_off_stays_in_the_messages_that_showed_it(
    owner: Signed, services: Services
) -> None:
    made = await a_piece(owner)
    [picture] = (await add(owner, made, drawn())).json()["pictures"]
    [stored] = await rows(services, "product_images")

    gone = await owner.call("DELETE", f"/products/{made['id']}/pictures/{picture['id']}")

    assert gone.json()["pictures"] == []
    assert await services.media.exists(stored["path"])


async def test_a_page_gets_a_picture_in_the_width_it_has_room_for(
    owner: Signed, services: Services
) -> None:
    # given a piece with a picture
    made = await a_piece(owner)
    [picture] = (await add(owner, made, drawn())).json()["pictures"]

    # when a page takes each of its sizes, as anybody with the link may
    links = dict(reversed(one.split(" ")) for one in picture["srcset"].split(", "))
    app = create_app(services)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as anybody:
        answers = {width: await anybody.get(link) for width, link in links.items()}
        forged = await anybody.get(links["160w"].replace("-160.webp", "-480.webp"))

    # then it is a WebP of that width, never wider than the photo, which is kept
    sizes = {width: Image.open(io.BytesIO(one.content)).size for width, one in answers.items()}
    assert sizes == {"160w": (160, 213), "480w": (300, 400), "1080w": (300, 400)}
    assert {one.headers["content-type"] for one in answers.values()} == {"image/webp"}
    [stored] = await rows(services, "product_images")
    assert await services.media.exists(stored["path"].replace(".jpg", "-160.webp"))
    assert forged.status_code == 403


CUT_OFF = drawn()[:900]
MOVING = drawn(kind="GIF", save_all=True, append_images=[Image.new("RGB", (300, 400))])


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        (b"no picture", 422, "not a picture"),
        (b"", 422, "empty"),
        (b"%PDF-1.7 a catalogue", 422, "PDF"),
        (CUT_OFF, 422, "cut off"),
        (MOVING, 422, "animation"),
        (b"\x89PNG" + b"x" * 11 * 1024 * 1024, 413, "10 MB"),
    ],
)
async def test_an_upload_that_is_no_picture_is_named_and_leaves_nothing(
    owner: Signed, services: Services, sent: bytes, status: int, told: str
) -> None:
    made = await a_piece(owner)

    refused = await add(owner, made, sent)

    assert (refused.status_code, refused.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert told in refused.json()["detail"]
    if status == 422:
        [error] = refused.json()["errors"]
        assert (error["field"], error["value"]) == ("picture", "IMG_1.jpg")
    assert await rows(services, "product_images") == []
    assert not list(services.settings.data_dir.rglob("*.jpg"))


async def test_a_picture_is_not_added_to_a_piece_of_others(
    owner: Signed, stranger: Signed, database: Database, services: Services
) -> None:
    theirs = await a_piece(stranger)

    refused = await add(owner, theirs, drawn())

    assert (refused.status_code, await rows(services, "product_images")) == (404, [])


async def test_a_copys_pictures_are_its_own(owner: Signed, services: Services) -> None:
    # given a piece with a picture, and its copy
    made = await a_piece(owner)
    [picture] = (await add(owner, made, drawn(), colour="blue")).json()["pictures"]
    copy = await owner.post(f"/products/{made['id']}/copies", {})

    # when the picture is taken off the first
    await owner.call("DELETE", f"/products/{made['id']}/pictures/{picture['id']}")

    # then the copy still shows it, and customers' photos find it
    [own] = (await owner.get(f"/products/{copy['id']}"))["pictures"]
    assert (own["colour"], own["position"]) == ("blue", 0)
    [stored] = await rows(services, "product_images")
    assert await services.media.exists(stored["path"])
    seen = "product_images i join product_embeddings e on e.image_id = i.id"
    assert len(await rows(services, seen, "model")) == 1
