"""A part of an address is corrected, or more of it said, without the rest being lost."""

from __future__ import annotations

import pytest

from dukani.domain.address_parts import continued, of_last_time, with_part_replaced


@pytest.mark.parametrize(
    ("before", "said", "replaces", "whole"),
    [
        ("Flamingo estate hse 40, Nakuru", "hse 41", "40", "Flamingo estate hse 41, Nakuru"),
        ("Gilgil, karibu na kanisa la ACK", "kanisa la PCEA", "kanisa la ACK",
         "Gilgil, karibu na kanisa la PCEA"),
        ("Kilimani, Gate B", "gate C", "gate b", "Kilimani, gate C"),
        ("Nyali, Links Road", "Bamburi", "Nyali", "Bamburi"),  # the road was in Nyali
        ("hse 4, Nyali", "hse 5", "4", "hse 5, Nyali"),
        ("hse 400, Milimani", "hse 41", "40", "hse 41, Milimani"),  # a house alone is no address
        ("Milimani", "hse 9", "hse 6", "Milimani, hse 9"),
        ("Plot 12", "plot (13", "12", "plot (13"),
        # The shop had spoken of Nairobi; no address that was told did.
        ("Kisaasi, Kyanja road", "Kampala", "Nairobi", "Kisaasi, Kyanja road"),
        ("Kisumu", "Kisii", "Kisumu", "Kisii"),
    ],
)  # fmt: skip
def test_only_the_part_that_was_wrong_is_replaced(
    before: str, said: str, replaces: str, whole: str
) -> None:
    assert with_part_replaced(before, said, replaces) == whole


@pytest.mark.parametrize(
    ("before", "said", "whole"),
    [
        ("Molo town", "opposite Equity bank", "Molo town, opposite Equity bank"),
        ("Molo town.", "ask for Mama Njeri", "Molo town, ask for Mama Njeri"),
        ("Mwariki", "ni karibu na shule", "Mwariki, ni karibu na shule"),
        ("Molo town, near Naivas", "near Naivas", "Molo town, near Naivas"),  # said twice
        ("Molo town", "Lanet, Umoja stage", "Lanet, Umoja stage"),
        ("Molo town", "Nearby Heights B4", "Nearby Heights B4"),
        (None, "opposite Equity bank", "opposite Equity bank"),
    ],
)
def test_what_only_goes_on_from_an_address_is_added_to_it(
    before: str | None, said: str, whole: str
) -> None:
    assert continued(before, said) == whole


@pytest.mark.parametrize(
    ("before", "said", "replaces", "whole"),
    [
        ("Kilimani hse 21", "house 12", "21", "Kilimani house 12"),
        ("Rose apt 9, Kilimani", "apartment 7", "9", "Rose apartment 7, Kilimani"),
        ("Tengeru, nyumba namba 41", "nyumba 14", "41", "Tengeru, nyumba 14"),
        ("Tengeru, house no 41", "hse 14", "41", "Tengeru, hse 14"),
        ("Tengeru, plot no 41", "namba 14", "41", "Tengeru, plot namba 14"),
        ("House of Joy 3", "house 4", "3", "House of Joy house 4"),  # the house is another's name
    ],
)
def test_a_word_that_is_only_spelled_otherwise_is_not_said_twice(
    before: str, said: str, replaces: str, whole: str
) -> None:
    assert with_part_replaced(before, said, replaces) == whole


@pytest.mark.parametrize(
    ("before", "said", "whole"),
    [
        ("Kilimani hse 21", "house 12", "Kilimani house 12"),
        ("Tengeru, nyumba namba 41", "nyumba ni 7 sasa", "Tengeru, nyumba ni 7"),
        ("Rose Court, Kilimani", "apt B4", "Rose Court, Kilimani, apt B4"),
    ],
)
def test_a_part_of_a_house_alone_is_no_address(before: str, said: str, whole: str) -> None:
    assert continued(before, said) == whole
    assert of_last_time(before, said) == whole


def test_other_words_for_the_place_of_last_time_add_nothing_to_it() -> None:
    assert of_last_time("Kilimani hse 21", "the same place") == "Kilimani hse 21"


def test_a_description_of_the_house_is_added_to_its_address() -> None:
    assert continued("Kilimani hse 21", "the gate is green") == "Kilimani hse 21, the gate is green"
    assert continued("Kilimani hse 21", "gate 4") == "Kilimani hse 21, gate 4"


def test_a_gate_is_a_part_too() -> None:
    assert continued("Umoja, gate A", "gate B") == "Umoja, gate B"
    assert with_part_replaced("Umoja", "gate B", "main gate") == "Umoja, gate B"
