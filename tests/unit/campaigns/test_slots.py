"""Six pieces for a customer: matches, what sells, what is new; never one twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dukani.campaigns.slots import Offered, Shelf, Slot, choose_slots

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def a_piece(name: str, *, in_pool: bool = False, sold: int = 0, day: int = 0) -> Offered:
    return Offered(name, in_pool, sold, DAY + timedelta(days=day))


def chosen(offered: list[Offered], scores: dict[str, float]) -> list[tuple[str, str]]:
    slots = choose_slots(offered, scores, threshold=0.4)
    return [(slot.kind, slot.product_id) for slot in slots]


def test_the_best_of_the_pool_come_first_then_what_sells_then_what_is_new() -> None:
    offered = [
        *(a_piece(name, in_pool=True) for name in ("a", "b", "c", "d")),
        a_piece("weak", in_pool=True, sold=2),
        a_piece("bestseller", sold=90),
        a_piece("good", sold=40),
        a_piece("newest", day=9),
    ]
    scores = {"a": 0.5, "b": 0.9, "c": 0.7, "d": 0.41, "weak": 0.39, "bestseller": 0.99}

    assert chosen(offered, scores) == [
        ("match", "b"), ("match", "c"), ("match", "a"),
        ("trending", "weak"), ("trending", "bestseller"),  # the pool's first, though it sold less
        ("new", "d"),  # likewise
    ]  # fmt: skip


def test_a_score_at_the_threshold_is_a_match_in_single_precision_too() -> None:
    assert chosen([a_piece("a", in_pool=True)], {"a": 0.39999998}) == [("match", "a")]
    assert chosen([a_piece("a", in_pool=True)], {"a": 0.39999}) == [("new", "a")]


def test_fewer_pieces_make_a_shorter_list() -> None:
    assert chosen([], {}) == []
    assert chosen([a_piece("only", in_pool=True, sold=5)], {"only": 0.8}) == [("match", "only")]


def test_what_is_sold_out_in_her_size_goes_behind_what_is_not() -> None:
    offered = [a_piece(name, in_pool=True, sold=1) for name in ("a", "b", "c", "d")]
    scores = {"a": 0.9, "b": 0.8, "c": 0.7, "d": 0.1}

    slots = choose_slots(offered, scores, threshold=0.4, sold_out={"a", "c"}.__contains__)

    assert [slot.product_id for slot in slots] == ["b", "d", "a", "c"]
    assert slots[2] == Slot("a", "match", 0.9)  # it is a match all the same


pieces = st.lists(
    st.builds(
        a_piece,
        st.sampled_from("abcdefghij"),
        in_pool=st.booleans(),
        sold=st.integers(0, 5),
        day=st.integers(0, 5),
    ),
    unique_by=lambda piece: piece.product_id,
)


@given(pieces, st.dictionaries(st.sampled_from("abcdefghij"), st.floats(0, 0.92)))
def test_no_piece_comes_twice_and_no_kind_has_too_many(
    offered: list[Offered], scores: dict[str, float]
) -> None:
    slots = choose_slots(offered, scores, threshold=0.4)

    matches = [(slot.product_id, 1.0) for slot in slots if slot.kind == "match"]
    assert Shelf(offered).count(matches) == len(slots)
    ids = [slot.product_id for slot in slots]
    assert len(set(ids)) == len(ids) <= 6
    assert set(ids) <= {piece.product_id for piece in offered}
    kinds = [slot.kind for slot in slots]
    assert kinds.count("match") <= 3 and kinds.count("trending") <= 2 and kinds.count("new") <= 1
    if len(offered) >= 6 and all(piece.sold for piece in offered):
        # three matches or fewer, two that sell, one that is new: nothing is padded
        assert kinds.count("trending") == 2 and kinds.count("new") == 1
