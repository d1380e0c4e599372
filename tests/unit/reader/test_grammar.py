"""What the network may say of a message: whatever the grammar allows can be read."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dukani.agent.local_reader import understand
from dukani.agent.local_reader.learned.effect import UNSAID, effect_of
from dukani.agent.local_reader.learned.features import told
from dukani.agent.local_reader.learned.grammar import Grammar
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.agent.local_reader.learned.symbols import operations, symbols_of
from dukani.agent.local_reader.learned.vocabulary import CHANGES, SYMBOLS
from dukani.domain.context import TurnContext
from tests.unit.reader.test_second_reading import CART, PIECES

TEXT = "bra moja iwe nude 36C, loafers za brown 42, na puma white mbili za 43"
NUMBERED = told(TEXT, CART, read_of(understand(TEXT, CART).acts, CART)).numbered


def drawn(choices: list[int], context: TurnContext) -> list[str]:
    """Symbols chosen at random among those that may follow, until the end is drawn."""
    grammar, symbols = Grammar(NUMBERED, context), list[str]()
    for choice in choices:
        allowed = [SYMBOLS[at] for at in np.flatnonzero(grammar.may_follow(symbols))]
        symbol = allowed[choice % len(allowed)]
        if symbol == "EOS":
            return symbols
        symbols.append(symbol)
    while "EOS" not in (
        allowed := [SYMBOLS[at] for at in np.flatnonzero(grammar.may_follow(symbols))]
    ):
        symbols.append(allowed[0])
    return symbols


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=24))
def test_what_the_grammar_allows_can_be_read_and_told_again(choices: list[int]) -> None:
    # given
    symbols = drawn(choices, CART)
    # when
    done = operations(symbols, NUMBERED, CART)
    # then: the lines that come of it are of pieces, colours and sizes of the shop, or to be said
    for product, colour, size in effect_of(done, CART):
        piece = next(piece for piece in PIECES if piece.product_id == product)
        assert colour in (*piece.colours, UNSAID)
        assert size in (*piece.sizes, UNSAID)
    # and: told in symbols again it means the same
    again = [symbol for one in done for symbol in symbols_of(one, NUMBERED)]
    assert operations(again, NUMBERED, CART) == done


def test_without_an_order_nothing_of_it_can_be_changed() -> None:
    allowed = Grammar(NUMBERED, CART.model_copy(update={"cart": ()})).may_follow([])
    assert [name for name in CHANGES if allowed[SYMBOLS.index(name)]] == ["ADD"]
