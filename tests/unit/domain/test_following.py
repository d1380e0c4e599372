"""Open questions of a line that has become another, or is gone."""

from __future__ import annotations

from dukani.domain.acts import Add, Remove, Set, Target, Values
from dukani.domain.changes import Change
from dukani.domain.following import followed
from dukani.domain.questions import Question
from tests.unit.domain.shops import line

WAS, NOW, OTHER = line("Dress/red/M"), line("Dress/red/L"), line("Belt/brown/ONE", kind="belt")
BECAME = [Change(what="changed", line=NOW, before=WAS)]
COLOUR = Question(field="colour", completes=Set(target=Target(variant_id=WAS.variant_id)))
WHICH_LINE = Question(
    field="which_line", completes=Remove(), choices=(WAS.variant_id, OTHER.variant_id)
)
WISH = Question(field="size", completes=Add(target=Target(product_id="Hat")))


def test_a_question_of_a_line_goes_with_it() -> None:
    [colour, which] = followed([COLOUR, WHICH_LINE], BECAME, [NOW, OTHER])
    assert colour.completes == Set(target=Target(variant_id=NOW.variant_id))
    assert which.choices == (NOW.variant_id, OTHER.variant_id)


def test_a_question_of_a_line_that_is_gone_is_moot() -> None:
    assert followed([COLOUR, WHICH_LINE, WISH], (), []) == [WISH]


def test_of_one_line_left_a_change_is_still_wanted_and_a_removal_is_not() -> None:
    change = WHICH_LINE.model_copy(update={"completes": Set(values=Values(size="L"))})

    assert followed([change], (), [OTHER]) == [change]
    assert followed([WHICH_LINE], (), [OTHER]) == []


def test_a_wish_waits_for_no_line() -> None:
    assert followed([WISH], BECAME, [NOW]) == [WISH]
