"""A shop is filled from a list, again and again, and sells what is in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dukani.core.services import Services
from dukani.core.settings import ROOT
from dukani.core.store import products
from dukani.pieces_file import Piece, read_pieces
from dukani.tools.stocking import UnreadablePicture, stock_piece
from tests.factories import a_boutique
from tests.wiring import rows

DOCS = ROOT / "docs"


def listed() -> list[Piece]:
    text = (DOCS / "pieces.csv").read_text()
    return read_pieces(text, folder=DOCS, is_toml=False, currency="KES").good


async def put_all_in(services: Services, boutique_id: str, pieces: list[Piece]) -> list[str]:
    return [
        await stock_piece(services, piece.new, piece.pictures, boutique_id=boutique_id)
        for piece in pieces
    ]


TABLES = ("products", "product_variants", "product_images", "stock_movements")


async def kept(services: Services) -> dict[str, list[dict[str, object]]]:
    return {table: await rows(services, table) for table in TABLES}


async def test_the_same_list_again_changes_nothing(services: Services) -> None:
    # given a boutique that was filled, and sold one
    boutique_id = await a_boutique(services.database)
    assert await put_all_in(services, boutique_id, listed()) == ["added"] * 3
    before = await kept(services)
    assert [len(before[table]) for table in TABLES] == [3, 7, 4, 7]

    # when the same list comes again
    again = await put_all_in(services, boutique_id, listed())

    # then nothing is another, the ledger least of all
    assert again == ["unchanged"] * 3
    assert await kept(services) == before


async def test_a_list_with_news_brings_them_and_leaves_the_stock(services: Services) -> None:
    # given
    boutique_id = await a_boutique(services.database)
    await put_all_in(services, boutique_id, listed())
    dress, *_ = listed()

    # when the price is another, a colour is new, and a size is said to be there nine times
    stock = {**dress.new.stock, "red": {"S": 9, "M": 9}, "black": {"M": 2}}
    news = replace(dress.new, price_minor=350000, stock=stock)
    assert await stock_piece(services, news, dress.pictures, boutique_id=boutique_id) == "changed"

    # then
    async with services.database.tenant_connection(boutique_id) as conn:
        product = await products.by_sku(conn, sku="MLK-WRAP")
        assert product is not None
        variants = await products.variants(conn, product_ids=[product.id])
    assert product.price_minor == 350000
    on_hand = {(v.colour, v.size): v.available for v in variants}
    assert on_hand[("black", "M")] == 2
    assert on_hand[("red", "S")] == 2  # what was sold since is in the ledger, not in the list


async def test_another_picture_of_a_colour_takes_the_place_of_the_first(
    services: Services,
) -> None:
    boutique_id = await a_boutique(services.database)
    dress, *_ = listed()
    await stock_piece(services, dress.new, dress.pictures, boutique_id=boutique_id)

    other = dress.pictures | {"red": [DOCS / "pieces" / "bag-brown.jpg"]}
    assert await stock_piece(services, dress.new, other, boutique_id=boutique_id) == "changed"

    pictures = await rows(services, "product_images")
    assert sorted(str(p["colour"]) for p in pictures) == ["green", "red"]


async def test_a_picture_that_cannot_be_opened_is_told(services: Services, tmp_path: Path) -> None:
    boutique_id = await a_boutique(services.database)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    dress, *_ = listed()
    with pytest.raises(UnreadablePicture, match="red"):
        await stock_piece(services, dress.new, {"red": [broken]}, boutique_id=boutique_id)
    assert len(await rows(services, "products")) == 1  # the piece is in, without it


async def test_two_boutiques_with_the_same_numbers_do_not_meet(services: Services) -> None:
    first, second = [await a_boutique(services.database) for _ in range(2)]
    await put_all_in(services, first, listed())
    assert await put_all_in(services, second, listed()) == ["added"] * 3

    # taking a picture down in one leaves the other's
    dress, *_ = listed()
    await stock_piece(services, dress.new, {"red": []}, boutique_id=second)
    pictures = await rows(services, "product_images")
    assert len([p for p in pictures if str(p["boutique_id"]) == first]) == 4
    async with services.database.tenant_connection(second) as conn:
        assert await products.count(conn) == 3
