"""How many units of a line are whose is kept beside the order, while it is made."""

from __future__ import annotations

from dukani.core.store.wearers import WornBy
from dukani.domain.pieces import Line, Share
from dukani.graph.money.results import _AGREED
from dukani.graph.ordering.shares import shares_of, with_shares

SHARES = (Share(units=1), Share(worn_by=WornBy("7", "sister", "Neema"), units=2))
LINE = Line(
    number=1, name="Scarf", colour="red", size="ONE", quantity=3, unit_price_minor=100,
    variant_id="scarf", for_several=True,
)  # fmt: skip


def test_what_is_kept_is_plain_and_is_found_again() -> None:
    kept = shares_of([LINE.model_copy(update={"shares": SHARES})])

    assert kept == {"scarf": [[None, None, None, 1], ["7", "sister", "Neema", 2]]}
    [found] = with_shares({"shares": kept}, [LINE])
    assert found.shares == SHARES


def test_what_counts_another_number_of_units_is_not_believed() -> None:
    kept = shares_of([LINE.model_copy(update={"shares": SHARES})])
    two = LINE.model_copy(update={"quantity": 2})
    hers = LINE.model_copy(update={"for_several": False})

    assert [line.shares for line in with_shares({"shares": kept}, [two, hers])] == [(), ()]


def test_a_memory_of_before_knows_of_none() -> None:
    assert with_shares({}, [LINE]) == (LINE,)


def test_nothing_of_a_paid_order_is_kept_for_the_next() -> None:
    assert _AGREED["shares"] == {}
