"""Two kinds of one category wished together: neither is lost, and what is told holds for both."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain.context import TurnContext
from tests.unit.reader.shelves import sold_from
from tests.unit.reader.written import written

SOLD = sold_from({
    "Pointed Block Heels": ("shoes", ("black", "red"), ("37", "38", "42")),
    "Suede Loafers": ("shoes", ("black", "brown"), ("40", "42")),
    "Canvas Sneakers": ("shoes", ("white", "black"), ("40", "42")),
    "Jersey Hijab": ("scarf", ("black", "red"), ("ONE",)),
    "Silk Mtandio": ("scarf", ("black", "red"), ("ONE",)),
    "Wrap Dress": ("dress", ("black", "red"), ("M", "L")),
    "Fleece Hoodie": ("hoodie", ("black", "red"), ("M", "L")),
})  # fmt: skip
START = TurnContext(sold=SOLD)


def looked_for(one: str, other: str, told: str) -> str:
    return " + ".join(f"search(category shoes, {told}, text {kind})" for kind in (one, other))


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("heels na loafers black", looked_for("heels", "loafers", "colour black")),
        ("sneakers na loafers 42", looked_for("sneakers", "loafers", "size 42")),
        ("boots and loafers 42 please", looked_for("boots", "loafers", "size 42")),
        (
            "nataka heels na loafers 42 brown",
            looked_for("heels", "loafers", "colour brown, size 42"),
        ),
        (
            "hijab na mtandio black",
            "search(category scarf, colour black, text hijab)"
            " + search(category scarf, colour black)",
        ),
    ],
)
def test_both_kinds_are_looked_for_with_what_is_told(text: str, acts: str) -> None:
    assert written(understand(text, START).acts) == acts


@pytest.mark.parametrize(
    "text", ["add sneakers na loafers 42", "nitachukua sneakers na loafers 42"]
)
def test_both_kinds_are_taken_where_they_are_bought(text: str) -> None:
    both = "add(name sneakers, shoes; 42) + add(name loafers, shoes; 42)"
    assert written(understand(text, START).acts) == both


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (
            "nataka sneakers black na loafers brown 42",
            "add(name sneakers, shoes; black) + add(name loafers, shoes; brown, 42)",
        ),
        ("dress na hoodie black M", "search(category dress) + add(hoodie; black, M)"),
        (
            "sneakers na loafers",
            "search(category shoes, text sneakers) + search(category shoes, text loafers)",
        ),
    ],
)
def test_what_is_told_of_one_alone_stays_with_it(text: str, acts: str) -> None:
    assert written(understand(text, START).acts) == acts
