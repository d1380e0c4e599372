"""An address is in the zone it names; where that would be a guess, the shop confirms the fee."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukani.core.store.delivery_zones import DeliveryZone
from dukani.domain.pickup import says_pickup
from dukani.tools.delivery_zones import Delivered, priced, zone_for
from tests.examples import examples


def zone(name: str, *aliases: str, fee: int = 25_000, **values: object) -> DeliveryZone:
    return DeliveryZone(name=name, aliases=aliases, fee_minor=fee, **values)  # type: ignore[arg-type]


NAIROBI = (
    zone("Pick up at the shop", fee=0, pickup=True),
    zone("Nairobi CBD", "CBD", "town", "tao", "Kencom", "Moi Avenue", fee=15_000),
    zone("Westlands / Kilimani", "Lavington", "Ngong Road", "Yaya Centre", "Milimani", "Lang'ata"),
    zone("Eastleigh section 3", fee=20_000),
    zone("Eastlands", "Eastleigh", "Umoja", "Donholm", "Embakasi West", "South B", "South C"),
    zone("Embakasi East"),
    zone("Rest of Nairobi", fee=30_000),
    zone("Thika, Rongai and Kiambu", "Ruiru", "Juja", "Ongata Rongai", fee=35_000),
    zone("Countrywide", "Mombasa", "Kisumu", "Nakuru", "Eldoret", "Nyali", fee=50_000),
)
DAR = (
    zone("Kariakoo", "Ilala", "Posta", "Mjini"),
    zone("Kinondoni", "Mikocheni", "Masaki", "Oysterbay", "Mlimani City", "Sinza", "Mwenge"),
    zone("Mbezi Beach"),
    zone("Mbezi", "Kimara"),
    zone("Nje ya Dar", "Arusha", "Mwanza", "Dodoma", "Moshi", fee=1_000_000),
)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("Kilimani, Rose Apartments B4", "Westlands / Kilimani"),
        ("westlands", "Westlands / Kilimani"),
        ("WESTLANDS!!", "Westlands / Kilimani"),
        ("naomba uniletee Umoja 2, karibu na stage", "Eastlands"),
        ("umoja2 innercore", "Eastlands"),
        ("Umoja, Nairobi", "Eastlands"),  # the town around the place
        ("Nairobi, Donholm phase 5", "Eastlands"),
        ("Pangani, Nairobi", "Rest of Nairobi"),  # no zone of its own
        ("southc, Mugoya estate", "Eastlands"),
        ("South-C", "Eastlands"),
        ("Langata, Southlands", "Westlands / Kilimani"),
        ("lang’ata", "Westlands / Kilimani"),
        ("lang ata", "Westlands / Kilimani"),
        # a landmark in the middle of the address
        ("House 5, opposite Yaya Centre, third floor", "Westlands / Kilimani"),
        ("house 5, opp Yaya Centre, Nairobi", "Westlands / Kilimani"),
        # a landmark is less than a place
        ("Kilimani, opposite Eastleigh Motors", "Westlands / Kilimani"),
        ("Donholm, next to the Westlands Butchery", "Eastlands"),
        ("karibu na Westlands stage, Umoja", "Eastlands"),
        ("near Westlands stage", "Westlands / Kilimani"),  # nothing better
        # the longest name wins
        ("Eastleigh section 3, 12th street", "Eastleigh section 3"),
        ("Eastleigh, section 7", "Eastlands"),  # no slip of section 3
        ("Embakasi East, Pipeline", "Embakasi East"),
        ("Embakasi West", "Eastlands"),
        ("Ngong Road, Prestige Plaza", "Westlands / Kilimani"),
        ("Ngong rd", "Westlands / Kilimani"),
        ("moi avenue, Bazaar plaza", "Nairobi CBD"),
        # a town beside places of the same name in the shop's own town
        ("Thika Section 9, Mama Wambui, 0722000111", "Thika, Rongai and Kiambu"),
        ("Rongai", "Thika, Rongai and Kiambu"),
        ("Milimani estate, Kisumu", "Countrywide"),
        ("Milimani, Nakuru town", "Countrywide"),
        ("Kisumu, Westlands hotel", "Countrywide"),
        ("Nyali, Links Road, house 12", "Countrywide"),
        # slips
        ("kilimni", "Westlands / Kilimani"),
        ("Westland, Mpaka road", "Westlands / Kilimani"),
        ("lavingtonn", "Westlands / Kilimani"),
        ("Mombassa, Bamburi", "Countrywide"),
        ("Eastlegh", "Eastlands"),
        # a road is not the place it leads to
        ("Thika Road, Kasarani", None),
        ("Thika rd", None),
        ("Thika super highway, Githurai 45", None),
        ("Thika Superhighway", None),
        ("barabara ya Thika, Roysambu", None),
        ("barabara ya kwenda Kiambu", None),
        ("Mombasa Road, Syokimau", None),
        ("Thika, Road C", "Thika, Rongai and Kiambu"),  # a road of Thika's
        ("Thika Road, Eastleigh side", "Eastlands"),
        # no guess
        ("Kasarani, Mwiki", None),
        ("Kilimanjaro House", None),
        ("not Kilimani", None),
        ("house 4", None),
        ("Rose Apartments B4", None),
        ("Nyanza house", None),
        ("tika", None),  # a short name is not guessed at
        ("", None),
        ("📍", None),
    ],
)
def test_an_address_in_kenya_is_in_the_zone_it_names(address: str, name: str | None) -> None:
    found = zone_for(NAIROBI, address=address)

    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("Sinza Kijiweni, karibu na kanisa", "Kinondoni"),
        ("Mikocheni B, nyumba namba 12", "Kinondoni"),
        ("mikochen", "Kinondoni"),
        ("Mlimani City, duka la simu", "Kinondoni"),
        ("Kariakoo mtaa wa Kongo", "Kariakoo"),
        ("nipo Posta mpya", "Kariakoo"),
        ("Mbezi Beach, Africana", "Mbezi Beach"),
        ("Mbezi mwisho", "Mbezi"),
        ("Arusha, Njiro", "Nje ya Dar"),
        ("barabara ya Arusha", None),
        ("Kigamboni", None),
        ("Temeke, Tandika", None),
    ],
)
def test_an_address_in_tanzania_is_in_the_zone_it_names(address: str, name: str | None) -> None:
    found = zone_for(DAR, address=address)

    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    "words",
    [
        "pick up",
        "Pick-up please",
        "I'll pick it up myself",
        "ill pick it on saturday",
        "I will pick up at the shop",
        "I'll come and collect",
        "can I collect it from you tomorrow?",
        "I'll come to the shop",
        "I'll come to your Westlands shop to pick it up",
        "self pickup",
        "I'll send my rider to pick up",
        "nitachukua mwenyewe",
        "nitaichukua mwenyewe dukani",
        "nitachukua",
        "nakuja kuichukua",
        "nitakuja kuchukua kesho",
        "nitapita hapo dukani",
        "ntapitia dukani",
        "naweza kuja kuichukua?",
        "nakam kupick",
        "mwenyewe nitachukua",
        "nitapick mwenyewe",
        "dukani",
        "hapo dukani kwenu",
        "at the shop",
        "niko home but nitakuja dukani",
    ],
)
def test_fetching_it_from_the_shop_is_a_zone(words: str) -> None:
    found = zone_for(NAIROBI, address=words)

    assert found is not None and found.pickup
    assert zone_for(DAR, address=words) is None  # a shop without one


@pytest.mark.parametrize(
    "address",
    [
        "Pick Up Mtaani, Roysambu",  # a courier
        "pickup point Naivas",
        "I can't come to pick it up",
        "siwezi kuja kuichukua",
        "Kilimani, opposite the shop",  # shops are landmarks
        "Umoja, dukani kwa Mama Njeri",
        "nitachukua hii kanzu nyeupe",  # takes it, as one says of buying
        "Kasarani, duka la dawa",
        "ukipita duka la nyama, nyumba ya pili",  # the way
        "niletee dukani kwangu, Kasarani",
        "ukuje kuchukua hapa kwangu",
    ],
)
def test_an_address_is_not_taken_for_fetching(address: str) -> None:
    found = zone_for(NAIROBI, address=address)

    assert found is None or not found.pickup


def test_fetching_it_somewhere_else_is_no_guess() -> None:
    assert says_pickup("I'll pick it up in Eastleigh")
    assert zone_for(NAIROBI, address="I'll pick it up in Eastleigh") is None


def test_of_several_shops_the_one_named_is_meant() -> None:
    shops = (
        zone("Pick up in town", "town", fee=0, pickup=True),
        zone("Pick up at Sarit", "Sarit", fee=0, pickup=True),
    )

    assert zone_for(shops, address="I'll pick it up at Sarit") == shops[1]
    assert zone_for(shops, address="nitachukua mwenyewe") is None
    assert zone_for(shops, address="Sarit Centre") is None  # an address beside the shop


CIRCLES = (
    zone("Nairobi", latitude=-1.286, longitude=36.817, radius_km=15.0),
    zone("Westlands", latitude=-1.265, longitude=36.804, radius_km=2.0),
    zone("Thika", latitude=-1.033, longitude=37.069, radius_km=5.0),
)


@pytest.mark.parametrize(
    ("pin", "address", "name"),
    [
        ((-1.2676, 36.8108), "", "Westlands"),  # the smallest circle around it
        ((-1.3182, 36.8540), "", "Nairobi"),  # South C
        ((-1.0388, 37.0834), "", "Thika"),
        ((-4.0435, 39.6682), "", None),  # Mombasa
        ((-4.0435, 39.6682), "Thika town", "Thika"),  # outside all circles: the words
        ((-1.2676, 36.8108), "Thika", "Westlands"),  # a pin is exact
        ((float("nan"), 36.8), "", None),
        ((float("inf"), float("-inf")), "", None),
        ((None, 36.8), "", None),
    ],
)
def test_a_pin_is_in_the_circle_around_it(
    pin: tuple[float | None, float | None], address: str, name: str | None
) -> None:
    found = zone_for(CIRCLES, address=address, latitude=pin[0], longitude=pin[1])

    assert (found.name if found else None) == name


def test_a_zone_tells_its_fee_and_time() -> None:
    zones = [zone("Thika", fee=35_000, days_min=1, days_max=3)]

    assert priced(zones, address="Thika Section 9") == Delivered(35_000, "Thika", 1, 3)
    assert priced(zones, address="Kisii", flat_fee_minor=20_000) == Delivered(None)


@pytest.mark.parametrize(("flat", "fee"), [(30_000, 30_000), (0, None)])
def test_a_boutique_without_zones_has_its_one_fee(flat: int, fee: int | None) -> None:
    assert priced([], address="Kisii", flat_fee_minor=flat) == Delivered(fee)


words = st.text(max_size=60) | st.lists(
    st.sampled_from(["Thika", "Road", ",", "Kilimani", "pick", "up", "na", "ya", "3", "\u0130"])
).map(" ".join)
degrees = st.none() | st.floats()


@examples(300)
@given(address=words, name=words, alias=words, latitude=degrees, longitude=degrees)
def test_no_address_breaks_it(
    address: str, name: str, alias: str, latitude: float | None, longitude: float | None
) -> None:
    zones = [*NAIROBI, *CIRCLES, zone(name, alias)]

    found = zone_for(zones, address=address, latitude=latitude, longitude=longitude)

    assert found is None or found in zones


@settings(deadline=None)
@given(
    st.sampled_from(NAIROBI[1:]), st.text("qxjz 19", max_size=20), st.text("qxjz 19,", max_size=20)
)
def test_a_zones_own_name_finds_it_in_any_address(
    wanted: DeliveryZone, before: str, after: str
) -> None:
    for name in wanted.aliases:
        assert zone_for(NAIROBI, address=f"{before}, {name}, {after}") == wanted
