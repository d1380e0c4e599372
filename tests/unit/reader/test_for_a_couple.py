"""A couple's pieces: each person's by its name, each size to the right piece."""

from __future__ import annotations

import asyncio

import pytest

from dukani.agent.local_reader import LocalReader, understand
from dukani.core.store.wearers import WornBy
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option
from tests.unit.reader.shelves import sold_from

SHELF = {
    "Couple Kimono (Hers)": ("kimono", ("lilac", "navy"), ("S", "M", "L")),
    "Couple Jacket (His)": ("jacket", ("lilac", "navy"), ("M", "L", "XL")),
    "Woven Bag": ("bag", ("navy", "tan"), ("ONE",)),
    "Beach Poncho": ("poncho", ("red", "white"), ("S", "M", "L")),
}
SOLD = sold_from(SHELF)
HERS, HIS = "Couple Kimono (Hers)", "Couple Jacket (His)"


def shown(*names: str) -> TurnContext:
    pieces = {piece.name: piece for piece in SOLD.pieces}
    options = tuple(
        Option(number=number, **pieces[name].model_dump(include=set(Option.model_fields)))
        for number, name in enumerate(names, start=1)
    )
    return TurnContext(step="products_found", options=options, sold=SOLD)


def line(number: int, name: str, size: str, worn_by: WornBy | None = None) -> Line:
    return Line(
        number=number, variant_id=f"v{number}", product_id=name, sku=name, name=name,
        category=SHELF[name][0], colour="navy", size=size, quantity=1, unit_price_minor=100_00,
        worn_by=worn_by,
    )  # fmt: skip


def read(text: str, standing: TurnContext) -> list[a.Act]:
    return list(asyncio.run(LocalReader().read(text, standing)).acts)


def put_in(text: str, standing: TurnContext) -> dict[str | None, tuple[str | None, str | None]]:
    adds = [act for act in read(text, standing) if isinstance(act, a.Add)]
    return {act.target.name: (act.values.colour, act.values.size) for act in adds}


BOTH_SHOWN = shown(HERS, HIS, "Woven Bag")


@pytest.mark.parametrize(
    ("text", "hers", "his"),
    [
        ("The navy ones, his in L and mine in S", "S", "L"),
        ("za navy, mke M na mume XL", "M", "XL"),
        ("M ya mke na XL ya mume, zote navy", "M", "XL"),
        ("navy for both of us, mine M and my hubby's L", "M", "L"),
        ("yangu M ya mume wangu L, navy", "M", "L"),
        ("bibi S bwana XL rangi ya navy", "S", "XL"),
        ("navy in L for him and navy in M for her", "M", "L"),
        ("I'll take the navy, XL for my husband and M for me", "M", "XL"),
        ("mimi M na mume wangu XL, za navy", "M", "XL"),
        ("nipe zote mbili navy, yangu M na ya boyfriend XL", "M", "XL"),
        ("ya boyfie navy L, yangu navy S", "S", "L"),
        ("yangu XL na ya wife M, navy", "M", "XL"),
    ],
)
def test_each_of_a_couple_gets_the_piece_named_for_them(text: str, hers: str, his: str) -> None:
    # given a list with a couple's jacket and kimono, when sizes are told for each
    added = put_in(text, BOTH_SHOWN)

    # then each size is of that person's piece
    assert added == {HERS: ("navy", hers), HIS: ("navy", his)}


@pytest.mark.parametrize(
    "text",
    [
        "my wife says navy is nice, I want M",
        "bwana nipe jacket ya navy L",
        "hers M navy, and a bag in tan",
        "za navy, mke M na mume XL ngapi?",
    ],
)
def test_a_couples_pieces_are_not_guessed_where_one_person_is_told_of(text: str) -> None:
    assert len(put_in(text, BOTH_SHOWN)) < 2 or "Woven Bag" in put_in(text, BOTH_SHOWN)


def test_two_persons_share_a_piece_that_is_named_for_neither() -> None:
    # given a poncho alone, when she tells his size and hers
    adds = [
        act
        for act in read("red, his L and mine S", shown("Beach Poncho"))
        if isinstance(act, a.Add)
    ]

    # then both are of the poncho
    assert [act.values.size for act in adds] == ["L", "S"]
    assert HIS not in [act.target.name for act in adds]


@pytest.mark.parametrize(
    "text",
    [
        "My husband says he likes it loose, so give him XL",
        "mume wangu anavaa XL, badilisha yake",
        "his should be XL",
    ],
)
def test_a_change_for_him_is_of_the_piece_named_for_him(text: str) -> None:
    # given both pieces in the cart, ordered for nobody by name
    cart = (line(1, HIS, "L"), line(2, HERS, "S"))
    standing = TurnContext(step="cart_updated", cart=cart, last_line=2, sold=SOLD)

    # when his size is changed
    sets = [act for act in read(text, standing) if isinstance(act, a.Set)]

    # then his line is changed
    assert [(act.target.line, act.values.size) for act in sets] == [(1, "XL")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("bro iwe L", None),
        ("kaka iwe L", None),
        ("asante bro, iwe L", None),
        ("iwe L bro", None),
        ("make it L bro", None),
        ("bro nipe L", None),
        ("mzee iwe L", None),
        ("madam iwe L", None),
        ("ibadilishe iwe L ndugu", None),
        ("rider he should call, make it L", None),
        ("ya bro iwe L", 1),
        ("my brother's should be L", 1),
        ("bro wangu anataka L", 1),
        ("give him L", 1),
        ("he should get L", 1),
        ("ya mke iwe L", 2),
        ("my wife needs L", 2),
        ("bro, my wife needs L", 2),
    ],
)
def test_who_is_only_called_has_no_piece(text: str, number: int | None) -> None:
    # given his piece and hers in the cart, hers put in last
    cart = (line(1, HIS, "M"), line(2, HERS, "M"))
    standing = TurnContext(step="cart_updated", cart=cart, last_line=2, sold=SOLD)

    # when a size is told beside a word for a person
    sets = [act for act in read(text, standing) if isinstance(act, a.Set)]

    # then it is of the piece named for the person only where one is spoken of
    assert [(act.target.line, act.values.size) for act in sets] == [(number, "L")]


@pytest.mark.parametrize("text", ["bro L", "my husband is L", "he takes white L"])
def test_a_size_told_in_front_of_a_piece_is_of_that_piece(text: str) -> None:
    cart = (line(1, HIS, "M"), line(2, HERS, "M"))
    options = shown("Beach Poncho").options
    standing = TurnContext(
        step="products_found", cart=cart, last_line=2, sold=SOLD, options=options,
        focus=options[0],
    )  # fmt: skip

    edits = [act for act in read(text, standing) if isinstance(act, a.Set | a.Add)]

    assert [(act.target.line, act.values.size) for act in edits] == [(None, "L")]


@pytest.mark.parametrize(
    "text",
    [
        "do you have matching outfits for a couple?",
        "couple outfits mko nazo?",
        "natafuta sare za mke na mume",
        "mna nguo za wapenzi",
        "his and hers outfits please",
        "matching outfits for my husband and me",
        "niko na boyfie, tunataka matching",
    ],
)
def test_pieces_for_two_are_looked_for_by_the_shops_word(text: str) -> None:
    [search] = [act for act in read(text, TurnContext(sold=SOLD)) if isinstance(act, a.Search)]

    assert (search.text, search.quantity) == ("couple", None)


def test_a_couple_of_pieces_is_a_count() -> None:
    [search] = [
        act
        for act in read("a couple of ponchos please", TurnContext(sold=SOLD))
        if isinstance(act, a.Search)
    ]

    assert (search.category, search.quantity) == ("poncho", 2)


@pytest.mark.parametrize("step", ["awaiting_confirmation", "payment_initiated"])
@pytest.mark.parametrize(
    "text",
    [
        "sawa wapenzi",
        "ndio wapenzi tuma",
        "yes, for husband and wife",
        "ndio tuma, za mke na mume",
        "yes send it, my boyfriend will love the matching outfits",
        "sawa, his and hers tuma",
    ],
)
def test_a_yes_to_the_total_is_no_search(text: str, step: str) -> None:
    cart = (line(1, HIS, "L"), line(2, HERS, "S"))
    standing = TurnContext.model_validate({"step": step, "cart": cart, "sold": SOLD})

    acts = read(text, standing)

    assert any(isinstance(act, a.Confirm) for act in acts)
    assert not any(isinstance(act, a.Search) for act in acts)


def test_whoever_is_greeted_is_no_couple() -> None:
    acts = read("habari wapenzi, nataka poncho nyeupe L", TurnContext(sold=SOLD))

    [search] = [act for act in acts if isinstance(act, a.Search)]
    assert (search.category, search.colour, search.size) == ("poncho", "white", "L")


@pytest.mark.parametrize(
    "text", ["mine S and my sister's L, navy", "navy for me S and for my mum L"]
)
def test_her_own_sex_is_not_known_beside_a_sister(text: str) -> None:
    acts = understand(text, BOTH_SHOWN).acts
    adds = [act for act in acts if isinstance(act, a.Add)]

    assert [act.target.name for act in adds] == [None, None]


SOCKS = sold_from(SHELF | {"Woolen Socks": ("socks", ("black", "white"), ("ONE",))})


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("add another couple of socks", 2),
        ("add a couple of socks", 2),
        ("add couple socks black", 2),
        ("add another couple of black socks", 2),
        ("another couple socks black", 2),
    ],
)
def test_a_couple_of_several_is_a_count(text: str, count: int) -> None:
    # given a pair of socks in the cart of a shop that sells couples' pieces too
    socks = Line(
        number=1, variant_id="v", product_id="Woolen Socks", sku="S", name="Woolen Socks",
        category="socks", colour="black", size="ONE", quantity=1, unit_price_minor=100_00,
    )  # fmt: skip
    standing = TurnContext(step="cart_updated", cart=(socks,), last_line=1, sold=SOCKS)

    [act] = [act for act in understand(text, standing).acts if isinstance(act, a.EDITS)]

    assert (act.by if isinstance(act, a.ChangeQuantity) else act.values.quantity) == count


@pytest.mark.parametrize("text", ["couple jackets please", "couple of us want jackets"])
def test_a_couple_of_persons_is_no_count(text: str) -> None:
    acts = understand(text, TurnContext(sold=SOLD)).acts

    assert all(act.quantity is None for act in acts if isinstance(act, a.Search))
