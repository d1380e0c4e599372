"""What customers take back."""

from __future__ import annotations

import pytest

from tests.unit.reader.turns import Slots, read_turn

TURNS: list[tuple[str, str, str, Slots]] = [
    ("options", "si ya kwanza, ni ya tatu", "correction", {"option": 3}),
    ("options", "not the first one, the third", "correction", {"option": 3}),
    ("options", "sitaki nyekundu", "search correction", {"exclude_colour": "red"}),
    ("piece", "not M, S", "correction", {"size": "S"}),
    ("piece", "size S, no wait, make it M", "set_variant correction", {"size": "M"}),
    ("one_line", "hapana, saizi L", "correction", {"size": "L"}),
    ("one_line", "badilisha size iwe L", "correction", {"size": "L"}),
    ("options", "hapana, ya pili", "correction", {"option": 2}),
    ("options", "wait I meant the third one", "correction", {"option": 3}),
    ("options", "actually number 2 in black", "correction", {"option": 2, "colour": "black"}),
    ("options", "si hizi, nionyeshe viatu", "search correction", {"category": "shoes"}),
    ("options", "show me black ones instead", "search correction", {"colour": "black"}),
    ("options", "don't show me red", "search correction", {"exclude_colour": "red"}),
    ("piece", "hapana si M, nataka L", "correction", {"size": "L"}),
    ("piece", "sorry I meant black not blue", "correction", {"colour": "black"}),
    ("cart", "change the dress to size L", "correction", {"category": "dress", "size": "L"}),
    ("options", "can I see them in green instead", "correction", {"colour": "green"}),
    ("options", "I don't like red, what about white?", "search correction", {"colour": "white"}),
    ("options", "no I want trousers", "search correction", {"category": "trousers"}),
    ("options", "nataka viatu badala ya gauni", "search correction", {"category": "shoes"}),
    ("piece", "si L ni XL", "correction", {"size": "XL"}),
    ("piece", "no, medium", "correction", {"size": "M"}),
    ("one_line", "hapana nilitaka size S", "correction", {"size": "S"}),
    (
        "one_line",
        "the dress should be black",
        "search correction",
        {"category": "dress", "colour": "black"},
    ),
    (
        "address",
        "ngoja kwanza, badilisha dress iwe L",
        "correction",
        {"category": "dress", "size": "L"},
    ),
    ("options", "not number 1, number 2", "correction", {"option": 2}),
    ("options", "no no the first one", "correction", {"option": 1}),
    ("options", "samahani nilimaanisha ya tatu", "correction", {"option": 3}),
    ("options", "ngoja, si ya pili, nataka ya kwanza", "correction", {"option": 1}),
    ("options", "no yellow please", "search correction", {"exclude_colour": "yellow"}),
    ("options", "stop showing me lace", "search correction", {}),
    ("options", "usinionyeshe nyekundu", "search correction", {"exclude_colour": "red"}),
    ("options", "nataka jacket badala yake", "search correction", {"category": "jacket"}),
    ("piece", "nataka nyeusi badala ya blue", "correction", {"colour": "black"}),
    ("piece", "small, sorry I mean large", "set_variant correction", {"size": "L"}),
    ("piece", "change to L", "correction", {"size": "L"}),
    (
        "cart",
        "sandals size 39 badala ya 38",
        "search correction",
        {"category": "shoes", "size": "39"},
    ),
    ("address", "badilisha size ya dress iwe S", "correction", {"category": "dress", "size": "S"}),
    (
        "confirm",
        "deliver to Lavington instead",
        "correction provide_address",
        {"address": "Lavington"},
    ),
    ("options", "not that one, the third", "correction", {"option": 3}),
    ("options", "hapana hiyo, ile ya blue", "correction", {"colour": "blue"}),
    ("options", "actually I prefer the first one", "correction", {"option": 1}),
    ("options", "ni hiyo ya tatu sio ya pili", "correction", {"option": 3}),
    ("options", "I don't want dresses, show me tops", "search correction", {"category": "top"}),
    ("options", "acha za nyekundu, nionyeshe nyeupe", "search correction", {"colour": "white"}),
    ("options", "hapana sitaki gauni, nataka sketi", "search correction", {"category": "skirt"}),
    ("piece", "no sorry, size S", "correction", {"size": "S"}),
    ("piece", "not black, blue", "correction", {"colour": "blue"}),
    ("piece", "wacha iwe XL", "correction", {"size": "XL"}),
    ("cart", "make it black", "correction", {"colour": "black"}),
]


@pytest.mark.parametrize(("situation", "text", "acts", "slots"), TURNS)
def test_correcting(situation: str, text: str, acts: str, slots: Slots) -> None:
    heard = read_turn(situation, text)

    assert (heard.acts, heard.slots) == (acts.split(), slots)
