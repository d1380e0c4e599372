"""An owner puts pieces on sale, edits them, and moves stock by the ledger."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from dukani.core.database import Database
from dukani.core.services import Services
from tests.factories import a_product
from tests.integration.api.conftest import Signed
from tests.wiring import rows

PIECE = {
    "name": "Amani",
    "category": "dress",
    "price_minor": 450000,
    "stock": {"Blue": {"M": 3, "L": 0}},
}


async def a_piece(owner: Signed, **fields: Any) -> Any:
    return await owner.post("/products", PIECE | fields)


async def test_a_piece_is_on_sale_with_its_opening_stock(owner: Signed, services: Services) -> None:
    made = await a_piece(owner)

    assert made["sku"].startswith("DRE-")
    assert [(v["colour"], v["size"], v["available"]) for v in made["variants"]] == [
        ("blue", "L", 0),
        ("blue", "M", 3),
    ]
    [moved] = await rows(services, "stock_movements")
    assert (moved["delta"], moved["reason"]) == (3, "opening")


async def test_a_sku_is_one_pieces(owner: Signed) -> None:
    await a_piece(owner, sku="A-1")

    refused = await owner.call("POST", "/products", json=PIECE | {"sku": "A-1"})

    assert (refused.status_code, refused.json()["code"]) == (409, "sku_taken")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("kan", ["Kanga Kitambaa"]),  # the beginning of a word, of Swahili too
        ("kitam kan", ["Kanga Kitambaa"]),  # several, in any order
        ("anga", []),  # not its middle
        ("0042", ["Kanga Kitambaa"]),  # digits of an SKU
        ("04", ["Kanga Kitambaa"]),  # and some of them
        ("sku-0042", ["Kanga Kitambaa"]),
        ("nav", ["Amani"]),  # a colour
        ("amani navy dress", ["Amani"]),
        ("amani teal", []),
        ("dress", ["Amani", "Kanga Kitambaa"]),
        (".*", []),  # no pattern
        ("%", []),
        ("\\", []),
    ],
)
async def test_pieces_are_found_by_words_or_digits(
    owner: Signed, database: Database, search: str, found: list[str]
) -> None:
    await a_product(database, owner.boutique, name="Kanga Kitambaa", sku="SKU-0042")
    amani = await a_piece(owner, name="Amani", sku="A-7")
    # a colour that comes later, and another name for it
    await owner.post(f"/products/{amani['id']}/variants", {"colour": "teal", "size": "M"})
    renamed = await owner.call(
        "PATCH",
        f"/products/{amani['id']}/colours/teal",
        json={"name": "navy"},
        headers={"if-match": "*"},
    )
    assert renamed.status_code == 200

    page = await owner.get("/products", params={"search": search})

    assert sorted(row["name"] for row in page["items"]) == found


async def test_an_edit_is_of_the_version_that_was_seen(owner: Signed) -> None:
    # given a piece that two people look at
    made = await a_piece(owner)
    path = f"/products/{made['id']}"
    seen = (await owner.call("GET", path)).headers["etag"]

    # when one changes it, and then the other
    first = await owner.call("PATCH", path, json={"name": "Amani Maxi"}, headers={"if-match": seen})
    second = await owner.call("PATCH", path, json={"name": "Other"}, headers={"if-match": seen})
    untold = await owner.call("PATCH", path, json={"name": "Other"})

    # then the second is told to look again, and nothing is overwritten
    assert (first.status_code, first.json()["name"]) == (200, "Amani Maxi")
    assert first.headers["etag"] != seen
    assert (second.status_code, second.json()["code"]) == (412, "changed_since")
    assert (untold.status_code, untold.json()["code"]) == (428, "version_not_told")
    assert (await owner.get(path))["name"] == "Amani Maxi"


async def test_an_archived_piece_leaves_the_list_and_comes_back(owner: Signed) -> None:
    made = await a_piece(owner)
    path = f"/products/{made['id']}"

    for active, on_sale in ((False, 0), (True, 1)):
        await owner.call("PATCH", path, json={"active": active}, headers={"if-match": "*"})
        assert len((await owner.get("/products"))["items"]) == on_sale
        assert len((await owner.get("/products?filter=archived"))["items"]) == 1 - on_sale


async def test_stock_moves_by_the_ledger_and_never_below_what_is_held(
    owner: Signed, services: Services
) -> None:
    # given three in stock
    made = await a_piece(owner)
    variant = next(v for v in made["variants"] if v["size"] == "M")
    path = f"/products/{made['id']}/variants/{variant['id']}/stock-movements"

    # when two go, and then two more
    after = await owner.post(path, {"delta": -2, "reason": "adjustment"})
    refused = await owner.call("POST", path, json={"delta": -2, "reason": "adjustment"})

    # then the second is refused, and the ledger has the first
    left = next(v["on_hand"] for v in after["variants"] if v["size"] == "M")
    assert (left, refused.status_code, refused.json()["code"]) == (1, 409, "out_of_stock")
    moved = [(m["delta"], m["reason"]) for m in await rows(services, "stock_movements")]
    assert moved == [(3, "opening"), (-2, "adjustment")]


async def test_a_colour_and_size_is_there_once(owner: Signed) -> None:
    made = await a_piece(owner)
    path = f"/products/{made['id']}/variants"

    added = await owner.post(path, {"colour": "red", "size": "M", "units": 2})
    refused = await owner.call("POST", path, json={"colour": "Red", "size": "M"})

    assert ("red", 2) in [(v["colour"], v["available"]) for v in added["variants"]]
    assert (refused.status_code, refused.json()["code"]) == (409, "variant_there")


def a_picture(side: int = 64) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (side, side), "navy").save(drawn, "PNG")
    return drawn.getvalue()


@pytest.mark.slow  # the eye looks at it
async def test_a_picture_is_added_once_and_the_eye_says_what_it_shows(owner: Signed) -> None:
    # given a piece
    made = await a_piece(owner)
    picture = {"picture": ("IMG_1.png", a_picture(), "image/png")}

    # when its picture is uploaded twice
    for _ in range(2):
        path = f"/products/{made['id']}/pictures"
        answer = await owner.call("POST", path, files=picture, data={"colour": "blue"})
    suggested = await owner.call("POST", "/products/suggestions", files=picture)

    # then the piece has it once, and a kind is suggested
    [shown] = answer.json()["pictures"]
    assert (shown["colour"], shown["position"]) == ("blue", 0)
    assert set(suggested.json()) == {
        "category", "confidence", "alternatives", "colours", "pattern",
    }  # fmt: skip
    [listed] = (await owner.get("/products"))["items"]
    assert listed["picture_url"] == shown["url"]

    # and when it is removed, it is gone
    path = f"/products/{made['id']}/pictures/{shown['id']}"
    assert (await owner.call("DELETE", path)).json()["pictures"] == []


async def test_a_body_larger_than_any_form_is_refused(owner: Signed) -> None:
    refused = await owner.call("POST", "/products", json=PIECE | {"name": "a" * 300_000})

    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"category": "spaceship"}, "category"),
        ({"price_minor": 0}, "price_minor"),
        ({"stock": {}}, "stock"),
        ({"stock": {"blue": {"M": -1}}}, "stock.blue.M"),
        ({"name": "a\0b"}, "body"),
        ({"colour": "blue"}, "colour"),  # no field of a piece
    ],
)
async def test_a_refusal_names_the_field(owner: Signed, body: Any, field: str) -> None:
    refused = await owner.call("POST", "/products", json=PIECE | body)

    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


async def test_a_piece_is_found_in_its_own_boutique_only(owner: Signed, stranger: Signed) -> None:
    await a_piece(stranger, name="Amani")

    assert (await owner.get("/products", params={"search": "amani"}))["items"] == []


async def test_pieces_are_sold_out_when_nothing_of_them_is_left(owner: Signed) -> None:
    # given one piece with all, one with some, and one with none of its sizes
    await a_piece(owner, name="All", stock={"blue": {"M": 1}})
    await a_piece(owner, name="Some", stock={"blue": {"L": 0, "M": 1}})
    gone = await a_piece(owner, name="None", stock={"blue": {"L": 0, "M": 0}})

    async def sold_out() -> list[str]:
        page = await owner.get("/products?filter=sold_out")
        return [row["name"] for row in page["items"]]

    # then the last is sold out, until one comes in
    assert await sold_out() == ["None"]
    variant = f"/products/{gone['id']}/variants/{gone['variants'][0]['id']}"
    await owner.post(f"{variant}/stock-movements", {"delta": 1, "reason": "restock"})
    assert await sold_out() == []


async def test_a_copy_has_everything_but_stock_and_is_made_once(owner: Signed) -> None:
    # given a piece
    made = await a_piece(owner, description="Soft.", stock={"blue": {"M": 3, "L": 1}})
    path = f"/products/{made['id']}/copies"

    # when it is copied twice with one key, then again, and once by another name
    once, twice = [
        await owner.post(path, {}, headers={"idempotency-key": "copy-1"}) for _ in range(2)
    ]
    again = await owner.post(path, {})
    other = await owner.post(path, {"name": "Zuri"})

    # then each is a piece of its own, without stock
    assert once["id"] == twice["id"] != made["id"]
    assert [one["name"] for one in (once, again, other)] == ["Amani 2", "Amani 3", "Zuri"]
    assert once["sku"] != made["sku"]
    for field in ("category", "price_minor", "description", "pattern"):
        assert once[field] == made[field]
    assert [(v["size"], v["available"]) for v in once["variants"]] == [("L", 0), ("M", 0)]
