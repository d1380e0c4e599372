"""A count is of the piece it is said of, and a word that else is a verb may be a piece's name."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.agent.local_reader.learned.operations import PutIn, piece_sold
from dukani.agent.local_reader.learned.told_plainly import told_otherwise
from dukani.domain import acts as a
from dukani.domain.acts import Values
from dukani.domain.context import TurnContext
from tests.unit.reader.shelves import ordered, sold_from

SHELF = {
    "Sifa Maxi Dress": ("dress", ("navy", "maroon"), ("12", "14")),
    "Kisumu Shift Dress": ("dress", ("emerald", "navy"), ("XL", "XXL")),
    "Subira Abaya": ("kaftan", ("beige", "navy"), ("54", "56")),
    "Subira Headwrap": ("scarf", ("black", "nude"), ("ONE",)),
    "Mwezi Dera": ("dress", ("rust", "black"), ("ONE",)),
    "Entebbe Beaded Belt": ("belt", ("purple", "green"), ("34", "38")),
}
SHOP = TurnContext(sold=sold_from(SHELF))
ONE_DERA = SHOP.model_copy(update={"cart": ordered(SHELF, "1 Kisumu Shift Dress/navy/XL")})


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("3 subira in nude", "subira", Values(colour="nude", quantity=3)),
        ("the subira in beige size 56", "subira", Values(colour="beige", size="56")),
        ("nipe mbili subira za black", "subira", Values(colour="black", quantity=2)),
        ("niongezee mwezi pieces 2", "mwezi", Values(quantity=2)),
        ("add 2 subira", "subira", Values(quantity=2)),
    ],
)
def test_a_counted_word_is_the_name_it_opens(text: str, name: str, values: Values) -> None:
    # when
    (act,) = understand(text, ONE_DERA).acts
    # then
    assert isinstance(act, a.Add)
    assert (act.target.name, act.values) == (name, values)


@pytest.mark.parametrize("text", ["subiri kidogo", "kuwa na subira", "subira yavuta heri"])
def test_patience_is_no_piece(text: str) -> None:
    assert not any(isinstance(act, a.EDITS) for act in understand(text, ONE_DERA).acts)


def put_in(name: str, **values: object) -> PutIn:
    return PutIn(piece_sold(name, SHOP), Values.model_validate(values))


@pytest.mark.parametrize(
    ("text", "count", "otherwise"),
    [
        ("three Sifa navy 14, Kisumu Shift Dress emerald XXL", 3, True),
        ("three Sifa navy 14, Kisumu Shift Dress emerald XXL", 1, False),
        ("three each: Sifa navy 14, Kisumu Shift Dress emerald XXL", 3, False),
    ],
)
def test_the_network_gives_no_count_to_a_second_piece(
    text: str, count: int, *, otherwise: bool
) -> None:
    # given: the network would put in so many of the second
    meant = [
        put_in("Sifa Maxi Dress", colour="navy", size="14", quantity=3),
        put_in("Kisumu Shift Dress", colour="emerald", size="XXL", quantity=count),
    ]
    # when / then
    first = read_of(understand(text, SHOP).acts, SHOP)
    assert told_otherwise(text, meant, first, SHOP) is otherwise
