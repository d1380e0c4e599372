"""A person who is said first, with what is theirs behind: "mum maroon M, dad grey XL"."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader.talk.person_first import with_person_behind
from dukani.core.store.wearers import WornBy
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Share
from tests.unit.reader.shelves import sold_from

SHELF = {
    "Wool Poncho": ("poncho", ("grey", "brown", "black"), ("M", "L", "XL")),
    "Mum & Me Apron Set": ("set", ("red", "blue"), ("ONE",)),
}
PONCHOS = sold_from({"Wool Poncho": SHELF["Wool Poncho"]})
FRIEND = WornBy("4", "friend")


def line(*persons: WornBy | None) -> Line:
    shares = tuple(Share(worn_by=person, units=1) for person in persons)
    return Line(
        number=1, variant_id="v1", product_id="Wool Poncho", sku="W", name="Wool Poncho",
        category="poncho", colour="grey", size="M", quantity=len(persons), unit_price_minor=100_00,
        shares=shares, for_several=True,
    )  # fmt: skip


def context(*cart: Line, step: str = "cart_updated", sold: object = PONCHOS) -> TurnContext:
    return TurnContext.model_validate({"step": step, "cart": cart, "sold": sold})


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("mum brown M, dad grey XL", "brown M ya mum, grey XL ya dad"),
        ("mum brown M na dad grey XL", "brown M ya mum na grey XL ya dad"),
        (
            "my husband XL black, my son M grey and me L brown",
            "XL black for my husband, M grey for my son and L brown yangu",
        ),
        ("dada yangu L, mimi M", "L ya dada yangu, M yangu"),
        ("mnunulie mathe poncho ingine", "mnunulie poncho ingine ya mathe"),
        ("niwekee bestie yangu poncho black M", "niwekee poncho black M ya bestie yangu"),
        ("mum ni brown M, dad ni grey XL", "brown M ya mum, grey XL ya dad"),
        ("muongezee dada poncho ya grey", "muongezee poncho ya grey ya dada"),
        ("get my mum the brown one", "get the brown one for my mum"),
        ("add my little brother a grey L", "add a grey L for my little brother"),
    ],
)
def test_the_person_is_put_behind(said: str, read: str) -> None:
    assert with_person_behind(said, context()) == read


@pytest.mark.parametrize(
    "said",
    [
        "dada black M",  # the seller is called
        "niongezee dada poncho ya grey",  # so here
        "niwekee buda poncho black M",
        "niwekee bestie poncho black M",
        "niwekee beshte poncho black M",
        "niongezee dem poncho ya grey",
        "mum M",  # of one alone it is not known
        "mtoto 4, binti 6",  # ages
        "my sister told me, black is nice",
        "get my mum on the phone",
        "mimi nataka black, mum anasema grey",
        "ask my husband, he knows",
    ],
)
def test_other_words_of_persons_stay(said: str) -> None:
    assert with_person_behind(said, context()) == said


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("beshte amesema yake anataka brown L", "ya beshte iwe brown L"),
        ("beshte yangu anasema yake iwe brown", "ya beshte yangu iwe brown"),
        ("beshte anataka ya brown. yake iwe brown L", "ya beshte iwe brown L"),
        ("my friend wants hers in brown", "ya my friend iwe brown"),
        ("beshte anataka L, yake iwe brown", "ya beshte iwe brown L"),
        ("beshte anataka brown, yake iwe L", "ya beshte iwe L brown"),
        ("beshte anataka L, yake iwe M", "ya beshte iwe M"),  # the later holds
        ("beshte anataka L, yake iwe tayari kesho", "beshte anataka L, yake iwe tayari kesho"),
        ("beshte anataka ya black, mimi brown", "ya beshte iwe black, yangu iwe brown"),
        ("beshte ni black na dad ni brown", "ya beshte iwe black na brown ya dad"),
        ("beshte iwe L, dad iwe M", "ya beshte iwe L, M ya dad"),
    ],
)
def test_the_wish_of_somebody_with_a_piece_changes_that(said: str, read: str) -> None:
    assert with_person_behind(said, context(line(None, FRIEND))) == read


def test_what_she_gets_herself_is_a_new_piece_where_she_has_none() -> None:
    said = "beshte anataka ya black, mimi brown"
    assert with_person_behind(said, context(line(FRIEND))) == "ya beshte iwe black, brown yangu"


def test_the_wish_of_somebody_with_no_piece_is_a_new_one() -> None:
    said = "beshte amesema yake anataka brown L"
    assert with_person_behind(said, context(line(None, None))) == said


def test_an_address_and_the_names_of_pieces_are_left_alone() -> None:
    awaited = context(step="awaiting_delivery_address")
    assert with_person_behind("mum M, dad L", awaited) == "mum M, dad L"
    of_the_shop = context(sold=sold_from(SHELF))
    assert with_person_behind("mum red, dad blue", of_the_shop) == "mum red, dad blue"
