"""Finds the shop's pieces that an advertisement names. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dukani.domain.brought import Advert
from dukani.domain.naming import coverage, names, words_of
from dukani.domain.pieces import SoldPiece

MOST_ADVERTISED = 5  # pieces of one advertisement that are shown
_LEAST_SKU = 4  # letters: a shorter SKU occurs in any text by chance
_ENOUGH = 0.5  # share of a name that suffices when one word of the name is unique to the piece


def pieces_advertised(advert: Advert, sold: Sequence[SoldPiece]) -> tuple[SoldPiece, ...]:
    """The pieces named by SKU, by their whole name, or by a word no other piece has in its name.

    The headline is read before the body.
    """
    everything = " ".join((advert.headline, advert.body, advert.source_url))
    numbered = [piece for piece in sold if _says_sku(everything, piece.sku)]
    if numbered:
        return tuple(numbered[:MOST_ADVERTISED])
    for text in (advert.headline, advert.body):
        found = _named_in(text, sold)
        if found:
            return tuple(found[:MOST_ADVERTISED])
    return ()


def _says_sku(text: str, sku: str) -> bool:
    number, told = words_of(sku), words_of(text)
    if len(sku) < _LEAST_SKU or not number:
        return False
    return any(told[at : at + len(number)] == number for at in range(len(told)))


def _named_in(text: str, sold: Sequence[SoldPiece]) -> list[SoldPiece]:
    if not text.strip():
        return []
    whole = [piece for piece in sold if coverage(text, piece.name) == 1.0]
    if whole:
        return [piece for piece in whole if not _is_part_of_another(piece, whole)]
    used = Counter(word for piece in sold for word in set(words_of(piece.name)))
    return [
        piece
        for piece in sold
        if coverage(text, piece.name) >= _ENOUGH and _says_own_word(text, piece, used)
    ]


def _is_part_of_another(piece: SoldPiece, others: Sequence[SoldPiece]) -> bool:
    """Whether a longer name contains this one: "Sun Dress" within "Diani Sun Dress"."""
    return any(
        len(words_of(other.name)) > len(words_of(piece.name)) and names(piece.name, other.name)
        for other in others
    )


def _says_own_word(text: str, piece: SoldPiece, used: Counter[str]) -> bool:
    return any(used[word] == 1 and names(word, text) for word in words_of(piece.name))
