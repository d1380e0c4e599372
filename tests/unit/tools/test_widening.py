"""What is given up of a wish that nothing fits: what matters least goes first."""

from __future__ import annotations

from dukani.agent.facts import Wish
from dukani.tools.criteria import criteria_of
from dukani.tools.widening import widenings

WISH = Wish(
    category="dress",
    colour="red",
    size="M",
    occasion="wedding",
    pattern="floral",
    embroidery=True,
    budget_min_minor=100,
    budget_max_minor=900,
)
IN_ORDER = (
    "occasion", "pattern", "embroidery", "size", "colour", "budget_min_minor", "budget_max_minor",
)  # fmt: skip


def test_one_thing_after_another_is_given_up_and_the_kind_of_piece_never() -> None:
    steps = list(widenings(WISH, criteria_of(WISH, None, ())))

    assert [step.dropped for step in steps] == [*(IN_ORDER[:n] for n in range(1, 6)), IN_ORDER]
    last = steps[-1].criteria
    assert last == criteria_of(Wish(category="dress"), None, ())
    assert [step.wish.size for step in steps] == ["M", "M", "M", None, None, None]


def test_only_what_was_asked_for_is_given_up() -> None:
    wish = Wish(category="dress", colour="red", budget_max_minor=900)

    dropped = [step.dropped[-1] for step in widenings(wish, criteria_of(wish, None, ()))]

    assert dropped == ["colour", "budget_max_minor"]


def test_a_kind_of_piece_alone_cannot_be_widened() -> None:
    wish = Wish(category="dress")

    assert list(widenings(wish, criteria_of(wish, None, ()))) == []
