"""Which of the shop's pieces an advertisement names."""

from __future__ import annotations

import pytest

from dukani.domain.advertised import MOST_ADVERTISED, pieces_advertised
from dukani.domain.brought import Advert
from dukani.domain.pieces import SoldPiece


def a_piece(name: str, sku: str = "") -> SoldPiece:
    return SoldPiece(product_id=name, sku=sku or name[:2], name=name, category="dress")


SOLD = (
    a_piece("Diani Sun Dress", "PWN-DRS-03"),
    a_piece("Mtwapa Wrap Dress", "PWN-DRS-04"),
    a_piece("Sun Dress", "PWN-DRS-05"),
    a_piece("Savannah Straw Hat", "HAT"),
)


@pytest.mark.parametrize(
    ("advert", "named"),
    [
        # By the whole name, in headline or body.
        (Advert(headline="Mtwapa Wrap Dress"), ["Mtwapa Wrap Dress"]),
        (Advert(headline="Chat with us", body="The MTWAPA wrap dress is back"),
         ["Mtwapa Wrap Dress"]),
        (Advert(body="Mtwapa wrap dress and savannah straw hat"),
         ["Mtwapa Wrap Dress", "Savannah Straw Hat"]),
        # "Sun Dress" stands in the longer name, which is meant.
        (Advert(headline="Diani Sun Dress"), ["Diani Sun Dress"]),
        (Advert(headline="Our sun dress"), ["Sun Dress"]),
        # What the headline says counts before what the body says.
        (Advert(headline="Savannah Straw Hat", body="goes with the Mtwapa Wrap Dress"),
         ["Savannah Straw Hat"]),
        # By a word no other piece has, when half of the name is there.
        (Advert(headline="The Mtwapa dress"), ["Mtwapa Wrap Dress"]),
        (Advert(headline="Straw hats"), ["Savannah Straw Hat"]),
        (Advert(headline="Savannah"), []),
        (Advert(headline="Dress"), []),
        # By its number, wherever it stands, as a word of its own.
        (Advert(source_url="https://shop.example/p/pwn-drs-04?x=1"), ["Mtwapa Wrap Dress"]),
        (Advert(headline="Diani Sun Dress", body="PWN-DRS-04"), ["Mtwapa Wrap Dress"]),
        (Advert(headline="XPWN-DRS-040"), []),
        # A number of three letters is found in anything.
        (Advert(headline="A hat for everybody"), []),
        (Advert(), []),
        (Advert(headline="  ", body="Cool cotton for the beach"), []),
    ],
)  # fmt: skip
def test_the_pieces_an_advert_names(advert: Advert, named: list[str]) -> None:
    assert [piece.name for piece in pieces_advertised(advert, SOLD)] == named


def test_of_many_pieces_named_some_are_shown() -> None:
    sold = [a_piece(f"Kanga {word} Dress") for word in "abcdefgh"]
    everything = Advert(body=", ".join(piece.name for piece in sold))

    assert len(pieces_advertised(everything, sold)) == MOST_ADVERTISED
