"""Who has become one that WhatsApp takes no marketing to is passed by when her turn comes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dukani.campaigns.claiming import unwanted
from dukani.core.store.campaign_claims import Candidate


def a_candidate(*, to: str | None, phone: str | None = None) -> Candidate:
    return Candidate(
        id="r", customer_id="c", identity="+254722000001", to=to, phone=phone, language="en",
        variant=None, variables={}, tries=0, tokens=None, due_at=datetime.now(UTC),
        may_market=True, opted_out=False, suppressed=False, is_double=False, written_at=None,
        product_ids=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (a_candidate(to="KE.1349120865530274"), None),
        (a_candidate(to="US.1349120865530274"), "us_number"),
        (a_candidate(to="+254722000001", phone="+254722000001"), None),
        (a_candidate(to="+14155550123", phone="+14155550123"), "us_number"),
        # She is written to by the id she wrote with last; her number is known all the same.
        (a_candidate(to="US.1349120865530274", phone="+254722000001"), None),
        (a_candidate(to="KE.1349120865530274", phone="+14155550123"), "us_number"),
        (a_candidate(to="former:7d0c"), "suppressed"),
    ],
)
def test_no_marketing_goes_to_north_america(candidate: Candidate, reason: str | None) -> None:
    assert unwanted(candidate) == reason
