"""Everyone has exactly one verdict, and a recipient's words and pieces are frozen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukani.campaigns.offer import Offer, Taste
from dukani.campaigns.packed_profiles import PackedProfiles
from dukani.campaigns.palette import COLOUR_FAMILIES
from dukani.campaigns.profiles import DENSITIES, PriceBands
from dukani.campaigns.reasons import factors, raw_score
from dukani.campaigns.rules import ScoreRules
from dukani.campaigns.scorer import score
from dukani.campaigns.scoring import PRICE_BANDS, Profile
from dukani.campaigns.slots import Offered, choose_slots
from dukani.campaigns.variables import frozen_variables, language_of, some_pieces
from dukani.campaigns.verdicts import EXCLUSIONS, before_taste, by_taste
from dukani.core.store.audience import Contact
from dukani.core.store.offers import OfferedPiece

AT = datetime(2026, 12, 1, 6, tzinfo=UTC)
RULES = ScoreRules()


def a_contact(**values: object) -> Contact:
    row: dict[str, object] = {
        "customer_id": "c", "identity": "+254722000001", "phone": "+254722000001",
        "name": "Njeri", "language": None, "stopped": False, "agreed": True, "suppressed": False,
        "contacts": 0, "last_contact": None, "last_paid_minor": 450000, "currency": "KES",
    }  # fmt: skip
    return Contact(**row | values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contact", "why"),
    [
        (a_contact(), None),
        (a_contact(stopped=True, suppressed=True), "opted_out"),
        (a_contact(agreed=False), "opted_out"),  # said stop to promotions alone
        (a_contact(agreed=None, suppressed=True), "not_opted_in"),
        (a_contact(suppressed=True, identity="+14155550123"), "suppressed"),
        (a_contact(identity="+14155550123", phone="+14155550123"), "us_number"),
        (a_contact(phone=None, identity="KE.1"), None),  # reached by WhatsApp's id
        # Which tells the country of the number that it hides.
        (a_contact(phone=None, identity="US.1349120865530274"), "us_number"),
        (a_contact(phone=None, identity="JM.1349120865530274"), "us_number"),
        (a_contact(phone=None, identity="CA.ENT.1349120865530274"), "us_number"),
        # The number that she shows outweighs it.
        (a_contact(identity="+254722000001"), None),
        (a_contact(contacts=1, last_contact=AT - timedelta(days=5)), None),
        (a_contact(contacts=1, last_contact=AT - timedelta(days=4, hours=23)), "cooldown"),
        (a_contact(contacts=2, last_contact=AT - timedelta(days=6)), "frequency_cap"),
    ],
)
def test_the_first_reason_counts(contact: Contact, why: str | None) -> None:
    assert before_taste(contact, at=AT) == why


@pytest.mark.parametrize(
    ("taste", "held_out", "why"),
    [
        (None, True, "no_profile"),
        (Taste(in_reach=False), True, "price_gate"),
        (Taste(in_reach=True), True, "low_score"),
        (Taste(in_reach=True, matches=(("a", 0.9),)), True, "holdout"),
        (Taste(in_reach=True, matches=(("a", 0.9),)), False, None),
    ],
)
def test_then_her_taste_and_the_lot(taste: Taste | None, held_out: bool, why: str | None) -> None:
    assert by_taste(taste, held_out=held_out) == why


contacts = st.builds(
    a_contact,
    stopped=st.booleans(),
    agreed=st.sampled_from([None, True, False]),
    suppressed=st.booleans(),
    phone=st.sampled_from([None, "+14155550123", "+254722000001"]),
    contacts=st.integers(0, 3),
    last_contact=st.sampled_from([None, AT, AT - timedelta(days=6)]),
)
tastes = st.sampled_from([None, Taste(False), Taste(True), Taste(True, (("a", 0.5),))])


@given(st.lists(st.tuples(contacts, tastes, st.booleans())))
def test_everyone_has_one_verdict_and_the_counts_add_up(
    crowd: list[tuple[Contact, Taste | None, bool]],
) -> None:
    verdicts = [
        before_taste(contact, at=AT) or by_taste(taste, held_out=held_out)
        for contact, taste, held_out in crowd
    ]
    counted = {why: verdicts.count(why) for why in EXCLUSIONS}
    assert sum(counted.values()) + verdicts.count(None) == len(crowd)
    for (contact, taste, _), why in zip(crowd, verdicts, strict=True):
        # nobody is a recipient without a yes, and whoever said stop is told as such
        assert why is not None or (contact.agreed and not contact.stopped and taste)
        assert why == "opted_out" or not (contact.stopped or contact.agreed is False)


def a_piece(number: int, price_minor: int, direction: int, sold: int) -> OfferedPiece:
    vector = np.zeros(512, np.float32)
    vector[direction] = 1
    colour = ("red", "blue", "black", "teal")[number % 4]
    return OfferedPiece(
        f"p{number:02d}", "Dress", "dress", price_minor, AT - timedelta(days=number),
        DENSITIES[number % 4], None, ("wedding",) if number % 2 else (), (colour,), ("M",), sold,
        vector,
    )  # fmt: skip


def a_profile(family: int, direction: int, band: int) -> Profile:
    style = np.zeros(512, np.float32)
    style[direction] = 1
    return Profile(
        "c", COLOUR_FAMILIES[family], style, DENSITIES[family], frozenset(), {"wedding": 0.7},
        PRICE_BANDS[band],
    )  # fmt: skip


shops = st.lists(
    st.tuples(st.integers(1, 4).map(lambda n: n * 1000_00), st.integers(0, 2), st.integers(0, 3)),
    min_size=1,
    max_size=12,
)
profiles = st.lists(
    st.builds(a_profile, st.integers(0, 3), st.integers(0, 2), st.integers(0, 3)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40)
@given(shops, profiles, st.data())
def test_an_offer_chooses_as_the_plain_rules_do(
    shop: list[tuple[int, int, int]], crowd: list[Profile], data: st.DataObject
) -> None:
    # given pieces of a shop, some of them the owner's pool
    pieces = [a_piece(number, *one) for number, one in enumerate(shop)]
    ids = [one.product_id for one in pieces]
    pool = data.draw(st.sets(st.sampled_from(ids)))
    bands = PriceBands.of([one.price_minor for one in pieces])
    offer = Offer(pieces, pool=pool, bands=bands, rules=RULES)

    # when each customer's pieces are chosen
    found = dict(offer.tastes(PackedProfiles.of(crowd, width=512)))

    # then they are those that each pair's own score chooses, and none comes twice
    offered = [
        Offered(one.product_id, not pool or one.product_id in pool, one.sold, one.created_at)
        for one in pieces
    ]
    for place, profile in enumerate(crowd):
        taste = found.get(place, Taste(in_reach=False))
        scores = {
            one.product_id: float(each.scores[0, 0])
            for one in offer.candidates
            for each in score([profile], [one], RULES)
        }
        assert taste.in_reach == bool(scores)
        plain = choose_slots(offered, scores, threshold=RULES.threshold)
        chosen = offer.slots(taste, sizes={})
        assert len({slot.product_id for slot in chosen}) == len(chosen) <= 6
        assert len(plain) == len(chosen)
        best, ours = (
            [round(one.score or 0, 5) for one in slots if one.kind == "match"]
            for slots in (plain, chosen)
        )
        assert best == ours


def test_factors_add_up_to_the_score() -> None:
    bands = PriceBands.of([1000_00])
    offer = Offer([a_piece(3, 1000_00, 0, 1)], pool=(), bands=bands, rules=RULES)
    profile = a_profile(3, 0, 0)
    found = factors(profile, offer.candidates[0], RULES)
    whole = RULES.model_copy(update={"bands_apart": 3})
    (scored,) = score([profile], offer.candidates, whole)
    assert raw_score(found) == pytest.approx(float(scored.scores[0, 0]), abs=1e-6)
    assert [one.share for one in found] == pytest.approx([1.0, 1.0, 1.0, 0.7])
    assert sum(one.most for one in found) == pytest.approx(0.92)


def test_what_her_size_is_sold_out_of_goes_behind() -> None:
    small = a_piece(0, 1000_00, 0, 9)
    large = OfferedPiece(
        **{
            name: getattr(a_piece(4, 1000_00, 0, 1), name)
            for name in OfferedPiece.__slots__
            if name != "sizes"
        },
        sizes=("L",),
    )
    offer = Offer([small, large], pool=(), bands=PriceBands.of([1000_00]), rules=RULES)
    taste = Taste(in_reach=True, matches=(("p00", 0.9), ("p04", 0.8)))
    assert [one.product_id for one in offer.slots(taste, sizes={"dress": "L"})] == ["p04", "p00"]
    assert [one.product_id for one in offer.slots(taste, sizes={"bag": "L"})] == ["p00", "p04"]


words = st.text(max_size=400)


@given(
    st.none() | words, words, st.dictionaries(st.sampled_from(["price", "customer_name"]), words)
)
def test_frozen_variables_are_texts_that_a_provider_takes(
    name: str | None, boutique: str, overrides: dict[str, str]
) -> None:
    told = frozen_variables(
        name=name, boutique=boutique, last_paid_minor=450000, currency="KES",
        slug="0123456789ab", pieces=6, language="en", overrides={**overrides, "slug": "another"},
    )  # fmt: skip
    assert set(told) == {"customer_name", "boutique_name", "price", "slug", "pieces"}
    assert told["slug"] == "0123456789ab"
    for text in told.values():
        assert text.strip() and "\n" not in text and "\t" not in text and len(text) <= 300


def test_who_has_no_name_is_greeted_all_the_same() -> None:
    told = {
        language: frozen_variables(
            name="☺ 254", boutique="Us", last_paid_minor=None, currency="KES", slug="s",
            pieces=0, language=language, overrides={},
        )
        for language in ("en", "sw")
    }  # fmt: skip
    assert told["en"]["customer_name"] == "dear customer"
    assert told["sw"]["customer_name"] == "mteja wetu"
    assert "price" not in told["en"]
    assert language_of("customer", customer=None, boutique="sw") == "sw"


@pytest.mark.parametrize(
    ("number", "en", "sw"),
    [
        (1, "one piece", "nguo moja"),
        (4, "four pieces", "nguo nne"),
        (6, "six pieces", "nguo sita"),
        (12, "12 pieces", "nguo 12"),  # more than a campaign shows
    ],
)
def test_pieces_are_told_with_their_number(number: int, en: str, sw: str) -> None:
    assert (some_pieces(number, "en"), some_pieces(number, "sw")) == (en, sw)


def test_the_campaigns_language_counts_before_hers() -> None:
    assert language_of("customer", customer="en", boutique="sw") == "en"
    assert language_of("sw", customer="en", boutique="en") == "sw"
