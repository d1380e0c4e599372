""" "Both" answers two questions, or a question with two choices, and no more."""

from __future__ import annotations

import pytest

from dukani.domain.acts import Add, Edit, Set, Target, Values
from dukani.domain.answers import answers_of
from dukani.domain.questions import Question
from dukani.domain.view import View
from tests.unit.domain.shops import pieces_of, stock_of

NAMES = ("Amani", "Zuri", "Neema")
VIEW = View(pieces=pieces_of([v for name in NAMES for v in stock_of(name, ("black",), ("S", "M"))]))


def a_size_question(name: str) -> Question:
    wanted = Add(target=Target(product_id=name), values=Values(colour="black"))
    return Question(field="size", completes=wanted, product_id=name, name=name, choices=("S", "M"))


def answered(edit: Edit, *questions: Question) -> list[str | None]:
    """The pieces that what was said completes."""
    answers = answers_of(edit, questions, VIEW)
    return [
        edit.target.product_id
        for answer in answers
        for edit in answer.completed
        if isinstance(edit, Add)
    ]


@pytest.mark.parametrize(
    ("scope", "names", "meant"),
    [
        ("both", NAMES[:2], {"Amani", "Zuri"}),
        ("both", NAMES, set()),  # of three: which two?
        ("all", NAMES, {*NAMES}),
    ],
)
def test_a_size_for_both_is_for_the_two_that_were_asked_about(
    scope: str, names: tuple[str, ...], meant: set[str]
) -> None:
    both_in_m = Set(target=Target.model_validate({"scope": scope}), values=Values(size="M"))

    assert set(answered(both_in_m, *map(a_size_question, names))) == meant


@pytest.mark.parametrize(
    ("scope", "choices", "meant"),
    [
        ("both", NAMES[:2], ["Amani", "Zuri"]),
        ("both", NAMES, []),
        ("all", NAMES, [*NAMES]),
    ],
)
def test_both_of_what_is_offered_are_the_two_that_are_offered(
    scope: str, choices: tuple[str, ...], meant: list[str]
) -> None:
    which = Question(field="which", completes=Add(), choices=choices)
    both = Add(target=Target.model_validate({"scope": scope}))

    assert answered(both, which) == meant
