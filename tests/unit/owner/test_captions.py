"""The caption of a new piece's photo: a price is needed, the rest may be left to the eye."""

from __future__ import annotations

import pytest

from dukani.domain.owner_commands import PricedPhoto, SizeCount
from dukani.owner.captions import read_caption, sizes_in


def counted(**units: int) -> tuple[SizeCount, ...]:
    return tuple(SizeCount(size=size.lstrip("_"), units=n) for size, n in units.items())


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("2500", 2500),
        ("2,500", 2500),
        ("KES 2,500", 2500),
        ("Ksh2500", 2500),
        ("2500/=", 2500),
        ("2.5k", 2500),
        ("bei 850", 850),
        ("only 90 bob", 90),
        ("sizes 38 39 40, 3200", 3200),
        ("@ 1,200 each", 1200),
    ],
)
def test_the_price_is_found(text: str, price: int) -> None:
    said = read_caption(text)
    assert said is not None and said.price == price


@pytest.mark.parametrize(
    "text", ["", "red dress", "size 38", "M L", "do you have this?", "x2", "0"]
)
def test_without_a_price_it_is_no_new_piece(text: str) -> None:
    assert read_caption(text) is None


def test_all_of_a_caption_is_read() -> None:
    assert read_caption("red dress 2,500 M L") == PricedPhoto(
        price=2500, name="Red Dress", category="dress", colour="red", sizes=counted(M=1, L=1)
    )
    assert read_caption("gauni nyeusi 2500 M 2, L 1") == PricedPhoto(
        price=2500, name="Gauni Nyeusi", category="dress", colour="black", sizes=counted(M=2, L=1)
    )
    assert read_caption("Malaika kaftan KES 4500 one size 3") == PricedPhoto(
        price=4500, name="Malaika Kaftan", category="kaftan", sizes=counted(ONE=3)
    )


def test_sizes_of_every_system_are_read_beside_a_price() -> None:
    for text, sizes in (
        ("Ankara dress 3,200 sizes 8 10 12", counted(_8=1, _10=1, _12=1)),
        ("Sketchers 38-40 3500", counted(_38=1, _39=1, _40=1)),
        ("3 pieces 2500", ()),
    ):
        said = read_caption(text)
        assert said is not None and said.sizes == sizes


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("M 2, L 1", counted(M=2, L=1)),
        ("2 M 1 L", counted(M=2, L=1)),
        ("S M L XL", counted(S=1, M=1, L=1, XL=1)),
        ("m x2, 2xl x 3", counted(M=2, _2XL=3)),
        ("38 39 40", counted(_38=1, _39=1, _40=1)),
        ("38 x2, 39 x1", counted(_38=2, _39=1)),
        ("38 2 39 3", counted(_38=2, _39=3)),
        ("one size 3", counted(ONE=3)),
        ("sizes M and L", counted(M=1, L=1)),
        ("M M L", counted(M=2, L=1)),
        ("8 10 12", counted(_8=1, _10=1, _12=1)),
        ("10 3, 12 2", counted(_10=3, _12=2)),
        ("size 8", counted(_8=1)),
        ("38-41", counted(_38=1, _39=1, _40=1, _41=1)),
        ("2Y 3, 4-5y 1", counted(**{"2Y": 3, "4-5Y": 1})),
        ("UK10 x2", counted(UK10=2)),
    ],
)  # fmt: skip
def test_sizes_of_an_answer(text: str, sizes: tuple[SizeCount, ...]) -> None:
    assert sizes_in(text) == sizes


@pytest.mark.parametrize("text", ["", "yes", "I don't know", "M tomorrow", "3", "pending"])
def test_other_answers_name_no_size(text: str) -> None:
    assert sizes_in(text) == ()
