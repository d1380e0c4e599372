"""Every condition that can be written is said, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dukani.agent.wording.segment_words import said
from dukani.core.store.segments import COMPARISONS, FIELDS, KINDS, Condition, Group
from dukani.domain.segments import WrittenGroup

VALUES: dict[str, Any] = {
    "text": "en", "several": "red", "number": 500000, "day": date(2026, 11, 3),
    "yes_or_no": True,
}  # fmt: skip


def a_value(kind: str, comparison: str) -> Any:
    match comparison:
        case "exists":
            return False
        case "in":
            return ("en", "sw")
        case "in_last_days":
            return 90
        case "between":
            return (VALUES[kind], VALUES[kind])
    return VALUES[kind]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_said_by_every_comparison(field: Any) -> None:
    told = set()
    for comparison in COMPARISONS[KINDS[field]]:
        one = Condition(field, comparison, a_value(KINDS[field], comparison))
        for language in ("en", "sw"):
            text = said(Group("all", (one,)), language, currency="KES")
            assert "{" not in text and text.startswith(("Customers ", "Wateja "))
            told.add(text)
    assert len(told) >= 2 * len(COMPARISONS[KINDS[field]]) - 2  # "in" may say as "eq" does


def test_groups_are_joined_and_bracketed() -> None:
    rule = WrittenGroup.model_validate({
        "match": "all",
        "of": [
            {"field": "last_order_on", "comparison": "in_last_days", "value": 90},
            {"match": "any", "of": [
                {"field": "category", "comparison": "in", "value": ["dress", "kaftan"]},
                {"field": "spent_minor", "comparison": "between", "value": [100000, 500000]},
            ]},
            {"match": "any", "of": [{"field": "marketing", "comparison": "eq", "value": True}]},
        ],
    }).typed()  # fmt: skip

    assert said(rule, "en", currency="KES") == (
        "Customers who last bought in the last 90 days and (bought dress or kaftan or spent"
        " from KES 1,000 to KES 5,000) and agreed to promotions"
    )
    assert said(rule, "sw", currency="KES") == (
        "Wateja ambao walinunua mara ya mwisho katika siku 90 zilizopita na (walinunua gauni au"
        " kaftani au walitumia kuanzia KES 1,000 hadi KES 5,000) na walikubali matangazo"
    )


def test_no_condition_is_everybody() -> None:
    assert said(Group("all", ()), "en", currency="KES") == "All customers"
    assert said(Group("any", ()), "sw", currency="KES") == "Wateja wote"
