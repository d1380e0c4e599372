"""The demo's shops: complete, sellable and each with a picture of its own."""

from __future__ import annotations

import io
import itertools

import pytest
from PIL import Image
from pydantic import ValidationError

from dukani.domain.shop_facts import ShopFacts
from dukani.sandbox.accounts import DEMO_ACCOUNTS
from dukani.sandbox.catalogue import DemoBoutique, DemoProduct, PictureSpec, demo_boutiques
from dukani.sandbox.drawing.cuts import CUTS
from dukani.sandbox.drawing.fabric import PATTERNS
from dukani.sandbox.gallery import sample_photos
from dukani.tools.delivery_zones import priced

LETTERS = {"S", "M", "L", "XL", "XXL", "ONE"}
BOUTIQUES = demo_boutiques()
PRODUCTS = [product for boutique in BOUTIQUES for product in boutique.products]


def a_product(**changes: object) -> dict[str, object]:
    return {
        "sku": "TST-001", "name": "Test Dress", "description": "A dress.", "category": "dress",
        "pattern": "plain", "occasions": ["casual"], "price": 1000, "seed": 1,
        "stock": {"red": {"M": 1}}, **changes,
    }  # fmt: skip


def test_there_is_a_boutique_in_nairobi_and_one_in_mombasa() -> None:
    assert [(b.name, b.city) for b in BOUTIQUES] == [
        ("Zuri Boutique", "Nairobi"),
        ("Pwani Styles", "Mombasa"),
    ]


@pytest.mark.parametrize("boutique", BOUTIQUES, ids=lambda b: b.slug)
def test_boutique_can_answer_every_shop_question(boutique: DemoBoutique) -> None:
    facts = ShopFacts.read(boutique.model_dump())

    assert facts.hours is not None and facts.hours[4]
    assert facts.returns_days and facts.pay_on_delivery is not None
    assert all(len(facts.text(topic, "en") or "") > 20 for topic in ("returns", "location"))
    assert all(facts.speaks(topic, "sw") for topic in ("delivery", "returns"))
    assert boutique.welcome.startswith("Karibu")


@pytest.mark.parametrize(
    ("slug", "address", "fee"),
    [
        ("zuri", "Kilimani, Rose Apartments B4", 25_000),
        ("zuri", "Umoja 2, Nairobi", 30_000),
        ("zuri", "CBD, Bazaar Plaza", 15_000),
        ("zuri", "Kasarani, Thika Road", 30_000),
        ("zuri", "Thika Section 9", 35_000),
        ("zuri", "Nyali, Mombasa", 50_000),
        ("zuri", "nitachukua mwenyewe", 0),
        ("zuri", "Rose Apartments B4", None),
        ("pwani", "Nyali, Links Road, house 12", 15_000),
        ("pwani", "Likoni, Mombasa", 30_000),
        ("pwani", "Watamu", 45_000),
        ("pwani", "Donholm, Nairobi", 50_000),
    ],
)
def test_delivery_to_an_address_has_the_fee_of_its_zone(
    slug: str, address: str, fee: int | None
) -> None:
    boutique = next(b for b in BOUTIQUES if b.slug == slug)
    zones = [zone.as_zone(boutique.currency) for zone in boutique.zones]

    assert priced(zones, address=address).fee_minor == fee


def test_boutiques_are_the_ones_the_sandbox_has_accounts_for() -> None:
    known = {(a.key, a.name, a.owner_name, a.owner_phone) for a in DEMO_ACCOUNTS}

    assert {(b.slug, b.name, b.owner_name, b.owner_phone) for b in BOUTIQUES} == known


@pytest.mark.parametrize("boutique", BOUTIQUES, ids=lambda b: b.slug)
def test_boutique_has_a_real_choice_and_something_sold_out(boutique: DemoBoutique) -> None:
    units = [u for p in boutique.products for sizes in p.stock.values() for u in sizes.values()]

    assert len(boutique.products) >= 20
    assert len({p.category for p in boutique.products}) >= 8
    assert 0 in units
    assert sum(units) > 100


def test_skus_and_names_are_never_shared() -> None:
    skus, names = ([getattr(p, field) for p in PRODUCTS] for field in ("sku", "name"))

    assert len(set(skus)) == len(skus)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda p: p.sku)
def test_product_is_sellable_and_drawable(product: DemoProduct) -> None:
    sizes = {size for stock in product.stock.values() for size in stock}

    assert product.description.endswith(".")
    assert product.occasions
    assert 500 <= product.price <= 20_000
    assert any(units for stock in product.stock.values() for units in stock.values())
    assert (
        all(size.isdigit() for size in sizes) if product.category == "shoes" else sizes <= LETTERS
    )
    assert set(product.pictures) == set(product.stock)
    for picture in product.pictures.values():
        assert picture.fabric in PATTERNS
        assert picture.cut is None or picture.cut in CUTS[picture.category]


def test_no_two_pictures_are_alike() -> None:
    specs = [p for product in PRODUCTS for p in product.pictures.values()]

    assert all(a != b for a, b in itertools.combinations(specs, 2))


def test_embroidered_plain_piece_is_drawn_with_its_embroidery() -> None:
    product = DemoProduct.model_validate(a_product(category="hat", embroidery=True))

    assert product.pictures["red"].fabric == "embroidered"


def test_picture_spec_draws_its_piece() -> None:
    spec = PictureSpec(category="bag", colour="orange", fabric="ankara", cut=None, seed=22)

    picture = Image.open(io.BytesIO(spec.draw(size=96)))

    assert picture.size == (96, 96)


@pytest.mark.parametrize(
    "changes",
    [
        {"sku": "A-SKU-OF-TWENTY-ONE-CH"},  # providers take 20 characters
        {"category": "gown"},  # not canonical
        {"price": 0},
        {"stock": {}},
        {"stock": {"red": {"M": -1}}},
        {"stock": {"reddish": {"M": 1}}},  # not a shop colour
        {"prise": 10},  # misspelt key
    ],
)
def test_faulty_product_is_refused(changes: dict[str, object]) -> None:
    DemoProduct.model_validate(a_product())

    with pytest.raises(ValidationError):
        DemoProduct.model_validate(a_product(**changes))


def test_gallery_offers_eight_photos_with_names_of_their_own() -> None:
    photos = sample_photos()

    assert len({photo.name for photo in photos}) == 8


def test_gallery_pieces_resemble_the_catalogue_but_are_none_of_it() -> None:
    specs = [p for product in PRODUCTS for p in product.pictures.values()]

    for photo in sample_photos():
        alike = [s for s in specs if (s.category, s.colour) == (photo.category, photo.colour)]
        assert alike
        assert all(s.seed != photo.seed for s in alike)


def test_gallery_photo_is_drawn_once_and_is_a_jpeg() -> None:
    photo = sample_photos()[0]

    jpeg = photo.jpeg()

    assert Image.open(io.BytesIO(jpeg)).format == "JPEG"
    assert sample_photos()[0].jpeg() is jpeg
