"""Inflects Swahili colours and qualities by the noun class of the garment (concord)."""

from __future__ import annotations

from typing import NamedTuple


class Concord(NamedTuple):
    """The forms of the words after a noun of one noun class."""

    adjective: str  # before -ekundu, -eusi, -eupe: j + ekundu
    of: str  # gauni *la* harusi
    having: str  # gauni *lenye* mistari
    not_being: str  # gauni *lisilo* jekundu


CLASS_3 = Concord("mw", "wa", "wenye", "usio")  # mkoba
CLASS_4 = Concord("my", "ya", "yenye", "isiyo")  # mikoba
CLASS_5 = Concord("j", "la", "lenye", "lisilo")  # gauni
CLASS_6 = Concord("m", "ya", "yenye", "yasiyo")  # magauni
CLASS_7 = Concord("ch", "cha", "chenye", "kisicho")  # kitu
CLASS_8 = Concord("vy", "vya", "vyenye", "visivyo")  # viatu
CLASS_9 = Concord("ny", "ya", "yenye", "isiyo")  # sketi, rangi, names of pieces
CLASS_10 = Concord("ny", "za", "zenye", "zisizo")  # sketi, many


class Noun(NamedTuple):
    """A garment's Swahili noun, singular and plural, with the noun class of each."""

    one: str
    many: str
    concord: Concord
    concord_many: Concord = CLASS_10


def _loan(word: str) -> Noun:
    return Noun(word, word, CLASS_9)


NOUNS = {
    "dress": Noun("gauni", "magauni", CLASS_5, CLASS_6),
    "kaftan": _loan("kaftani"),
    "kanzu": _loan("kanzu"),
    "shirt": Noun("shati", "mashati", CLASS_5, CLASS_6),
    "t-shirt": _loan("tishati"),
    "blouse": _loan("blauzi"),
    "top": _loan("top"),
    "trousers": _loan("suruali"),
    "jeans": _loan("jeans"),
    "shorts": _loan("kaptula"),
    "skirt": _loan("sketi"),
    "jacket": Noun("jaketi", "majaketi", CLASS_5, CLASS_6),
    "coat": Noun("koti", "makoti", CLASS_5, CLASS_6),
    "sweater": _loan("sweta"),
    "suit": _loan("suti"),
    "jumpsuit": _loan("jumpsuit"),
    "leso": _loan("leso"),
    "shoes": Noun("viatu", "viatu", CLASS_8, CLASS_8),
    "hat": _loan("kofia"),
    "bag": Noun("mkoba", "mikoba", CLASS_3, CLASS_4),
    "scarf": _loan("skafu"),
    "belt": Noun("mshipi", "mishipi", CLASS_3, CLASS_4),
    "jewellery": Noun("vito", "vito", CLASS_8, CLASS_8),
}
SOMETHING = Noun("kitu", "vitu", CLASS_7, CLASS_8)
COLOUR = Noun("rangi", "rangi", CLASS_9)  # also for a piece known by its name only

_ADJECTIVES = {"red": "ekundu", "black": "eusi", "white": "eupe"}
# Invariable, after "ya", "la", …; shades without a word of their own keep their English name,
# as Kenyan shops call them.
_COLOUR_NOUNS = {
    "blue": "bluu",
    "green": "kijani",
    "yellow": "njano",
    "brown": "kahawia",
    "grey": "kijivu",
    "orange": "machungwa",
    "purple": "zambarau",
    "gold": "dhahabu",
    "silver": "fedha",
    "cream": "krimu",
    "khaki": "kaki",
    "navy": "navy blue",
    "multicolour": "mchanganyiko",
}
# "gauni la dhahabu" would be made of gold, "la machungwa" of oranges.
_MATERIAL = {
    "gold": "rangi ya dhahabu",
    "silver": "rangi ya fedha",
    "orange": "rangi ya machungwa",
    "multicolour": "rangi mchanganyiko",
}


def plain_colour(colour: str) -> str:
    """The colour by itself, as in a list of colours: `nyekundu`, `bluu`."""
    if colour in _ADJECTIVES:
        return COLOUR.concord.adjective + _ADJECTIVES[colour]
    return _COLOUR_NOUNS.get(colour, colour)


def coloured(colour: str, concord: Concord) -> str:
    """The colour after a noun of that class: `jekundu`, `la bluu`, `vya rangi ya dhahabu`."""
    if colour in _ADJECTIVES:
        return concord.adjective + _ADJECTIVES[colour]
    return f"{concord.of} {_MATERIAL.get(colour, plain_colour(colour))}"


def in_colour(colour: str) -> str:
    """`rangi nyekundu`, `rangi ya bluu`: for a piece known by its name only."""
    if colour in _MATERIAL:
        return _MATERIAL[colour]
    return f"{COLOUR.one} {coloured(colour, COLOUR.concord)}"
