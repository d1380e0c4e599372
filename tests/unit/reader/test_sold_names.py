"""Names of pieces that are sold but not shown: they win over the words they are made of."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, SoldPiece
from tests.unit.reader.shelves import sold_from
from tests.unit.reader.turns import shown
from tests.unit.reader.written import written

NAMES = (
    "Amani Wrap Dress",
    "Pwani Embroidered Kaftan",
    "Coast Leather Sandals",
    "Denim Jacket",
    "Neema Lace Blouse",
)
SHOP = TurnContext(sold=Assortment(names=NAMES))


def search_for(text: str) -> a.Search:
    [search] = understand(text, SHOP).acts
    assert isinstance(search, a.Search)
    return search


@pytest.mark.parametrize(
    ("text", "name", "category"),
    [
        ("show me the Amani Wrap Dress, size M", "amani wrap dress", "dress"),
        ("is the Pwani Embroidered Kaftan there", "pwani embroidered kaftan", "kaftan"),
        ("Pwani kaftan please", "pwani kaftan", "kaftan"),
        ("show me Amani", "amani", None),
        ("nionyeshe Amanni", "amani", None),  # a slip of the finger
        ("coast leather sandals", "coast leather sandals", "shoes"),
        ("a denim jacket", None, "jacket"),  # describes a jacket, names none
        ("something for the coast", None, None),
    ],
)
def test_a_name_is_heard_with_the_kind_of_piece(
    text: str, name: str | None, category: str | None
) -> None:
    heard = search_for(text)

    assert (heard.name, heard.category) == (name, category)


def test_what_a_name_is_made_of_is_no_wish() -> None:
    heard = search_for("do you have the Amani Wrap Dress")

    assert (heard.pattern, heard.occasion) == (None, None)


def test_a_named_piece_is_wanted_and_not_only_looked_at() -> None:
    acts = understand("I want the Amani Wrap Dress, size M", SHOP).acts

    named = a.Target(name="amani wrap dress", category="dress")
    assert acts == (a.Add(target=named, values=a.Values(size="M")),)


def test_the_same_words_outside_a_name_are_wishes() -> None:
    assert search_for("nataka nguo za pwani").occasion == "beach"
    assert search_for("a lace blouse").pattern == "lace"


def test_a_name_tells_no_language() -> None:
    assert understand("do you have the Pwani Embroidered Kaftan?", SHOP).language == "en"


def test_her_own_name_is_no_piece() -> None:
    heard = search_for("hi, I'm Neema, I want a dress")

    assert (heard.name, heard.category) == (None, "dress")


def test_two_kinds_are_two_searches_with_their_own_slots() -> None:
    acts = understand("a wrap dress size M and a straw hat under 2000", SHOP).acts

    assert [(act.category, act.size, act.budget_max) for act in acts] == [  # type: ignore[union-attr]
        ("dress", "M", 2000),
        ("hat", None, 2000),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("black heels size 38", "heels"),
        ("nataka raba", "sneakers"),
        ("a dress with pockets", "pockets"),
        ("pencil skirt", "pencil"),
        ("a red dress", None),
    ],
)
def test_what_no_slot_holds_stays_as_search_words(text: str, words: str | None) -> None:
    assert search_for(text).text == words


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("nataka Matatu print tshirt mbili", 2), ("I'll take one Matatu print T-shirt", 1)],
)
def test_a_number_word_in_a_name_counts_nothing(text: str, quantity: int) -> None:
    shop = TurnContext(sold=Assortment(names=("Matatu Print T-shirt",)))
    [added] = understand(text, shop).acts
    assert isinstance(added, a.Add)
    assert (added.target.name or "").startswith("matatu print")
    assert added.values.quantity == quantity


@pytest.mark.parametrize(
    "text", ["size 37, pair mbili", "ill take them, one pair", "nipe pairs tatu"]
)
def test_a_word_for_counting_names_no_piece(text: str) -> None:
    shop = TurnContext(
        step="size_recommended",
        focus=shown("sandals"),
        sold=Assortment(names=("Lamu Kanga Pair", "Leso Set of Two")),
    )
    acts = understand(text, shop).acts
    assert all(getattr(act, "target", a.Target()).name is None for act in acts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Thika town, Section 9, Mama Ngina flats house 7", "en"),
        ("nyumba iko karibu na kanisa, Donholm", "sw"),
    ],
)
def test_a_place_tells_no_language_unless_she_speaks_of_it(text: str, language: str) -> None:
    asked = TurnContext(step="awaiting_delivery_address", language="en")
    assert understand(text, asked).language == language


def _shop_with_a_waridi_dera(*more: SoldPiece) -> TurnContext:
    dera = SoldPiece(
        product_id="1", sku="D1", name="Waridi Dera", category="dress", colours=("cream",)
    )
    pieces = (dera, *more)
    return TurnContext(sold=Assortment(pieces=pieces, names=tuple(p.name for p in pieces)))


def test_a_name_of_a_colour_and_a_kind_is_a_name_where_no_such_kind_is_of_that_colour() -> None:
    [found] = understand("nionyeshe waridi dera", _shop_with_a_waridi_dera()).acts
    assert isinstance(found, a.Search)
    assert (found.name, found.colour) == ("waridi dera", None)


def test_behind_the_noun_it_is_a_colour_where_such_a_piece_is_sold() -> None:
    pink = SoldPiece(
        product_id="2", sku="D2", name="Amani Dera", category="dress", colours=("pink",)
    )
    [found] = understand("nionyeshe dera la waridi", _shop_with_a_waridi_dera(pink)).acts
    assert isinstance(found, a.Search)
    assert (found.category, found.colour) == ("dress", "pink")


def test_a_colour_before_its_kind_is_a_name_of_that_kind_and_word() -> None:
    kangas = tuple(
        SoldPiece(product_id=sku, sku=sku, name=name, category="leso", colours=(colour,))
        for sku, name, colour in (
            ("K1", "Kanga za Waridi", "green"),
            ("K2", "Mombasa Kanga Pair", "pink"),
        )
    )
    sold = Assortment(pieces=kangas, names=tuple(piece.name for piece in kangas))
    [named] = understand("please give me waridi kanga", TurnContext(sold=sold)).acts
    assert isinstance(named, a.Add)
    assert (named.target.name, named.values.colour) == ("waridi kanga", None)


def test_a_word_of_a_name_that_is_also_a_verb_is_the_piece_with_a_value_behind() -> None:
    kanga = SoldPiece(
        product_id="K", sku="K", name="Kanga za Subira", category="leso", colours=("purple",)
    )
    sold = Assortment(pieces=(kanga,), names=(kanga.name,))
    [named] = understand("nataka subira ya purple", TurnContext(sold=sold)).acts
    assert isinstance(named, a.Add)
    assert (named.target.name, named.values.colour) == ("subira", "purple")


PAIRS = tuple(
    SoldPiece(
        product_id=name,
        sku=name,
        name=name,
        category=category,
        colours=("black", "white"),
        sizes=sizes,
        price_minor=600_000,
    )
    for name, category, sizes in (
        ("Soksi za Shule Furushi", "socks", ("ONE",)),
        ("Kofia ya Sufi", "hat", ("ONE",)),
        ("Sketi ya Kitambaa (Fupi)", "skirt", ("M", "L")),
        ("Sketi ya Jeans", "skirt", ("M", "L")),
    )
)
PAIRED = TurnContext(
    sold=Assortment(
        pieces=PAIRS,
        names=tuple(piece.name for piece in PAIRS),
        categories=("socks", "hat", "skirt"),
        colours=("black", "white"),
        sizes=("ONE", "M", "L"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("naomba soksi nyeusi furushi mbili", [("soksi furushi", "black", None, 2)]),
        ("nataka soksi nyeupe za furushi tatu", [("soksi furushi", "white", None, 3)]),
        ("nipe sketi ya kitambaa nyeusi M", [("sketi kitambaa", "black", "M", None)]),
        (
            "naomba sketi ya kitambaa nyeupe L na kofia nyeusi",
            [("sketi kitambaa", "white", "L", None), (None, "black", None, None)],
        ),
    ],
)
def test_two_words_of_one_name_are_one_piece(
    text: str, expected: list[tuple[str | None, str, str | None, int | None]]
) -> None:
    acts = understand(text, PAIRED).acts

    adds = [act for act in acts if isinstance(act, a.Add)]
    assert len(adds) == len(acts)
    said = [
        (act.target.name, act.values.colour, act.values.size, act.values.quantity) for act in adds
    ]
    assert said == expected


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("polo shirts in navy available?", "t-shirt"),
        ("nataka polo shirt navy L", "t-shirt"),
        ("nataka official shirt white L", "shirt"),  # no trousers, though theirs are official
    ],
)
def test_a_kind_of_two_words_is_filed_as_the_piece_that_has_both(text: str, category: str) -> None:
    named = (
        ("Polo T-shirt Plain", "t-shirt"),
        ("Slim Fit Shirt", "shirt"),
        ("Official Trousers", "trousers"),
    )
    pieces = tuple(
        SoldPiece(product_id=name, sku=name, name=name, category=kind, colours=("navy", "white"),
                  sizes=("M", "L"), price_minor=160000)
        for name, kind in named
    )  # fmt: skip
    kinds = tuple(kind for _, kind in named)
    sold = Assortment(pieces=pieces, names=tuple(name for name, _ in named), categories=kinds)

    acts = understand(text, TurnContext(sold=sold)).acts

    searches = [act for act in acts if isinstance(act, a.Search)]
    assert [act.category for act in searches] == [category]


WARIDI = TurnContext(
    sold=sold_from(
        {
            "Waridi Kids Romper": ("jumpsuit", ("maroon", "grey"), ("6-7Y", "8-9Y")),
            "Imani Kids Romper": ("jumpsuit", ("pink",), ("6-7Y",)),
            "Waridi Pleated Dress": ("dress", ("wine",), ("8", "16")),
            "Upepo Dress": ("dress", ("pink", "blue"), ("8", "16")),
        }
    )
)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("nipe Waridi romper ya 6-7y", "add(name waridi romper, jumpsuit; 6-7Y)"),
        ("ongeza hiyo Waridi Pleated size 16", "add(name waridi pleated; 16)"),
        ("nitachukua waridi dress saizi 8", "add(name waridi dress, dress; 8)"),
        # Behind the noun, or with "rangi", it is the colour.
        ("nataka gauni la waridi", "search(category dress, colour pink)"),
        ("dress waridi saizi 8", "search(category dress, colour pink, size 8)"),
    ],
)
def test_a_colour_ahead_of_its_swahili_noun_is_a_name(text: str, acts: str) -> None:
    # given a shop that has pieces named Waridi (rose), and others in pink
    assert written(understand(text, WARIDI).acts) == acts
