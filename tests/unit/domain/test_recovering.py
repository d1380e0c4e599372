"""A cart that is taken up again, whatever became of its pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dukani.core.store.left_pieces import LeftPiece
from dukani.domain.pieces import Line
from dukani.domain.recovering import PriceMove, taken_up


def a_piece(variant: str = "v1", **changes: object) -> LeftPiece:
    given = {
        "variant_id": variant, "product_id": f"of {variant}", "sku": "WRAP", "name": variant,
        "category": "dress", "colour": "blue", "size": "M", "quantity": 1, "was_minor": 450000,
        "price_minor": 450000, "available": 5, "on_sale": True,
    }  # fmt: skip
    return LeftPiece(**given | changes)  # type: ignore[arg-type]


def a_line(variant: str, quantity: int) -> Line:
    return Line(
        number=1, name=variant, colour="blue", size="M", quantity=quantity,
        unit_price_minor=450000, variant_id=variant,
    )  # fmt: skip


def test_what_is_had_is_there_and_what_is_not_is_told() -> None:
    again = taken_up(
        [
            a_piece("dress", quantity=2),
            a_piece("hat", available=0),
            a_piece("belt", quantity=4, available=3, price_minor=400000),
            a_piece("scarf", on_sale=False, price_minor=1),
        ],
        [a_line("shoe", 1)],
    )
    assert [(line.name, line.quantity, line.number) for line in again.lines] == [
        ("dress", 2, 1), ("belt", 3, 2), ("shoe", 1, 3),
    ]  # fmt: skip
    assert [(one.name, one.wanted, one.left) for one in again.refused] == [
        ("hat", 1, 0), ("belt", 4, 3), ("scarf", 1, 0),
    ]  # fmt: skip
    assert again.prices == (PriceMove(name="belt", was_minor=450000, now_minor=400000),)


PIECES = st.lists(
    st.builds(
        a_piece,
        st.sampled_from("abcdef"),
        quantity=st.integers(1, 9),
        available=st.integers(-2, 9),
        on_sale=st.booleans(),
        was_minor=st.sampled_from([None, 450000, 500000]),
    ),
    max_size=6,
    unique_by=lambda piece: piece.variant_id,
)
LINES = st.lists(
    st.builds(a_line, st.sampled_from("defgh"), st.integers(1, 9)),
    max_size=4,
    unique_by=lambda line: line.variant_id,
)


@given(left=PIECES, now=LINES)
def test_taking_it_up_twice_is_once_and_loses_nothing(
    left: list[LeftPiece], now: list[Line]
) -> None:
    once = taken_up(left, now)
    assert taken_up(left, once.lines).lines == once.lines
    had = {line.variant_id: line.quantity for line in once.lines}
    for piece in left:
        most = max(piece.available, 0) if piece.on_sale else 0
        assert had.get(piece.variant_id, 0) <= most
        told = any(one.name == piece.name for one in once.refused)
        assert told or had[piece.variant_id] >= piece.quantity
    of_the_cart = {piece.variant_id for piece in left}
    assert all(line in [x.model_copy(update={"number": line.number}) for x in now]
               for line in once.lines if line.variant_id not in of_the_cart)  # fmt: skip
    assert [line.number for line in once.lines] == list(range(1, len(had) + 1))
