"""What the measured shop says of itself."""

from __future__ import annotations

from datetime import time

from dukani.domain.shop_facts import ShopFacts
from dukani.evals.shop import DELIVERY, FACTS, HOURS, LOCATION, RETURNS


def test_the_measured_shop_has_its_facts_by_day_and_number_too() -> None:
    texts = {"hours": HOURS, "delivery": DELIVERY, "returns": RETURNS, "location": LOCATION}

    facts = ShopFacts.read(texts | FACTS)

    assert facts.hours is not None
    assert [[(s.opens, s.closes) for s in day] for day in facts.hours] == [
        *([[(time(9), time(18))]] * 6),
        [],  # Sunday
    ]
    assert facts.returns_days == 7
    assert [place.address for place in facts.places] == ["Moi Avenue, Nairobi"]
    # its own words stay
    assert facts.text("hours", "en") == HOURS
    assert facts.text("delivery", "en") == "Nairobi within a day, elsewhere within three days."
