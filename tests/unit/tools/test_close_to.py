"""What is looked for where nothing is found: the same by another name, or what comes close."""

from __future__ import annotations

import pytest

from dukani.agent.facts import Wish
from dukani.tools.close_to import close_to

SOLD = ("shoes", "tracksuit", "sets", "dress", "jacket", "bag")


def others(wish: Wish, *, for_somebody: bool = False) -> list[Wish]:
    return [one.wish for one in close_to(wish, SOLD, for_somebody=for_somebody)]


@pytest.mark.parametrize(
    ("said", "looked_for"),
    [
        (Wish(words="timbs", size="41"), Wish(words="boots", category="shoes", size="41")),
        (Wish(words="cleats"), Wish(words="sneakers", category="shoes")),
        (Wish(words="parka"), Wish(category="jacket")),
        (Wish(words="duffel", colour="navy"), Wish(category="bag", colour="navy")),
        (Wish(category="romper", size="10"), Wish(category="sets", size="10")),
        (Wish(category="jersey"), Wish(category="tracksuit")),
    ],
)
def test_what_comes_close_is_looked_for(said: Wish, looked_for: Wish) -> None:
    assert looked_for in others(said)


def test_the_same_thing_by_another_name_comes_first_and_gives_up_nothing() -> None:
    first, *_ = close_to(Wish(words="jezi", size="41"), SOLD, for_somebody=False)
    assert first.wish == Wish(words="jersey jerseys", size="41")
    assert first.dropped == ()
    assert first.may_drop(("size",))
    assert not first.may_drop(("occasion",))


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        (Wish(words="fofana", size="28"), Wish(size="28")),
        (Wish(words="fofana", occasion="office"), Wish(occasion="office")),
        (Wish(category="skirt", occasion="church"), Wish(occasion="church")),
        (Wish(name="fofana", colour="red"), Wish(colour="red")),
    ],
)
def test_of_an_unknown_name_the_rest_is_left_and_the_name_is_told_as_missing(
    said: Wish, rest: Wish
) -> None:
    [last] = close_to(said, SOLD, for_somebody=False)
    assert last.wish == rest
    assert last.dropped in (("words",), ("name",), ("category",))
    assert not last.may_drop(("size",))


def test_for_somebody_is_a_rest_too() -> None:
    assert others(Wish(words="fofana"), for_somebody=True) == [Wish()]


@pytest.mark.parametrize(
    "said",
    [
        Wish(),
        Wish(words="fofana"),  # nothing else to go by
        Wish(category="bra", size="34"),  # jeans in 34 are none
        Wish(category="perfume", occasion="wedding"),
    ],
)
def test_a_wish_without_a_rest_has_no_other(said: Wish) -> None:
    assert others(said) == []
