"""Addresses, in the customer's own words."""

from __future__ import annotations

import pytest

from tests.unit.reader.turns import Slots, read_turn

TURNS: list[tuple[str, str, str, Slots]] = [
    (
        "cart",
        "checkout, deliver to Kilimani Rose Apts B4",
        "checkout provide_address",
        {"address": "Kilimani Rose Apts B4"},
    ),
    (
        "address",
        "Stop by the gate at Yaya Centre",
        "provide_address",
        {"address": "Stop by the gate at Yaya Centre"},
    ),
    ("address", "naishi Umoja 2, block C", "provide_address", {"address": "Umoja 2, block C"}),
    (
        "address",
        "My address is 12 Moi Avenue, Nakuru",
        "provide_address",
        {"address": "12 Moi Avenue, Nakuru"},
    ),
    ("confirm", "badilisha address iwe Westlands", "provide_address", {"address": "Westlands"}),
    (
        "address",
        "Nipo Mikocheni B, nyumba namba 45, karibu na shule",
        "provide_address",
        {"address": "Mikocheni B, nyumba namba 45, karibu na shule"},
    ),
    (
        "address",
        "deliver to Garden Estate, Thika Road, gate C",
        "provide_address",
        {"address": "Garden Estate, Thika Road, gate C"},
    ),
    (
        "address",
        "tuma Nakuru, stage ya Easy Coach",
        "provide_address",
        {"address": "Nakuru, stage ya Easy Coach"},
    ),
    (
        "address",
        "Room 12, Red House, Ngong road",
        "provide_address",
        {"address": "Room 12, Red House, Ngong road"},
    ),
    ("address", "Westlands", "provide_address", {"address": "Westlands"}),
    (
        "address",
        "ni Kahawa Sukari, baringo road nyumba ya pili",
        "provide_address",
        {"address": "Kahawa Sukari, baringo road nyumba ya pili"},
    ),
    (
        "address",
        "nitumie kwa ofisi yangu, Kimathi Street, Corner House floor 4",
        "provide_address",
        {"address": "ofisi yangu, Kimathi Street, Corner House floor 4"},
    ),
    (
        "address",
        "Plot 15 Kira Road, Ntinda, Kampala",
        "provide_address",
        {"address": "Plot 15 Kira Road, Ntinda, Kampala"},
    ),
    (
        "confirm",
        "address ni Rongai, sio Karen",
        "provide_address",
        {"address": "Rongai, sio Karen"},
    ),
    (
        "address",
        "Kawangware 46, opposite Equity bank",
        "provide_address",
        {"address": "Kawangware 46, opposite Equity bank"},
    ),
    (
        "address",
        "I'm in Syokimau, Katani road, Sunrise court hse 8",
        "provide_address",
        {"address": "Syokimau, Katani road, Sunrise court hse 8"},
    ),
    (
        "address",
        "nyumbani kwangu, Kinondoni Manyanya karibu na kanisa",
        "provide_address",
        {"address": "nyumbani kwangu, Kinondoni Manyanya karibu na kanisa"},
    ),
    (
        "address",
        "Please deliver it to Mbagala Rangi Tatu, stendi",
        "provide_address",
        {"address": "Mbagala Rangi Tatu, stendi"},
    ),
    (
        "address",
        "Bus stop ya Makutano, Meru",
        "provide_address",
        {"address": "Bus stop ya Makutano, Meru"},
    ),
    ("cart", "niko Umoja, naomba kulipa", "checkout provide_address", {"address": "Umoja"}),
    ("address", "Ushirika estate gate 3", "provide_address", {"address": "Ushirika estate gate 3"}),
    (
        "address",
        "ntachukua mwenyewe dukani",
        "provide_address",
        {"address": "ntachukua mwenyewe dukani"},
    ),
    (
        "address",
        "Kwa sasa niko Tena estate, block 9",
        "provide_address",
        {"address": "Tena estate, block 9"},
    ),
    ("address", "No 45, Mango Street", "provide_address", {"address": "No 45, Mango Street"}),
]


@pytest.mark.parametrize(("situation", "text", "acts", "slots"), TURNS)
def test_address(situation: str, text: str, acts: str, slots: Slots) -> None:
    heard = read_turn(situation, text)

    assert (heard.acts, heard.slots) == (acts.split(), slots)
