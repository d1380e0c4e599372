"""Whatever rule of a segment is sent, it is counted or refused: the compiler never breaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dukani.core.store.segments import COMPARISONS, FIELDS
from tests.examples import examples
from tests.integration.api.conftest import Signed

TOLD = (200, 201, 400, 413, 422)
ODD: list[Any] = [
    "", "\0", "a\0b", "%", "_", "\\", "' or 1=1 --", "$1", "%(a)s", "{}", "x" * 81, "\ud800",
    "9999-12-31", "0001-01-01", "2026-02-30", "2026-11-28T00:00:00+99:99", 0, -1, 2**53, 2**63,
    10**400, 1e308, True, None, [], [[]], {}, ["a"] * 101, [1, 2], ["2026-01-01", "2026-01-02"],
    [2, 1], ["a", None], [{"a": 1}],
]  # fmt: skip
HOW = sorted({one for all_ in COMPARISONS.values() for one in all_})
conditions = st.fixed_dictionaries(
    {
        "field": st.sampled_from(sorted(FIELDS)) | st.text(max_size=5),
        "comparison": st.sampled_from(
            sorted({one for all_ in COMPARISONS.values() for one in all_})
        ),
        "value": st.sampled_from(ODD) | st.text(max_size=10) | st.integers(),
    }
)
rules = st.recursive(
    conditions | st.sampled_from(ODD),
    lambda inner: st.fixed_dictionaries(
        {"match": st.sampled_from(["all", "any", "none"]), "of": st.lists(inner, max_size=3)}
    ),
    max_leaves=8,
)


def some_rules() -> list[Any]:
    found: list[Any] = []

    @settings(examples(400), suppress_health_check=list(HealthCheck))
    @given(rules)
    def collect(rule: Any) -> None:
        found.append(rule)

    collect()
    return found


async def test_any_rule_is_counted_or_refused(staff: Signed) -> None:
    headers = {"content-type": "application/json"}
    counted = 0
    for rule in some_rules():
        body = json.dumps({"rule": rule})
        answer = await staff.call("POST", "/segment-counts", content=body, headers=headers)
        assert answer.status_code in TOLD, rule
        assert len(answer.content) < 64 * 1024
        counted += answer.status_code == 200
    assert counted


@pytest.mark.parametrize("deep", [4, 5, 60, 254, 400, 5_000, 12_000])
async def test_groups_within_groups_without_end_are_refused(staff: Signed, deep: int) -> None:
    rule = '{"of": [' * deep + "]}" * deep
    answer = await staff.call(
        "POST",
        "/segment-counts",
        content=f'{{"rule": {rule}}}',
        headers={"content-type": "application/json"},
    )
    assert answer.status_code in ((200,) if deep <= 4 else (400, 422))
    assert len(answer.content) < 64 * 1024
