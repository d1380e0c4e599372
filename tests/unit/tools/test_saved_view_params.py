"""Whatever is kept in a view, only what its screen understands now is handed to the screen."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from dukani.core.store.saved_views import Screen
from dukani.tools.saved_views import KNOWN, fitting
from tests.examples import examples

SCREENS = st.sampled_from(get_args(Screen))
GROUPS = frozenset(["5f0c0a52-0000-4000-8000-000000000000"])
NAMES = sorted({name for known in KNOWN.values() for name in known})
ODD: list[Any] = [
    "", " ", "all", "\0", "../..", "javascript:alert(1)", "' or 1=1 --", "x" * 101, None, 1, True,
    [], {}, ["all"], *GROUPS, *(group.upper() for group in GROUPS), "{" + min(GROUPS) + "}",
]  # fmt: skip
params = st.dictionaries(
    st.sampled_from([*NAMES, "__proto__", "boutique_id"]) | st.text(max_size=8),
    st.sampled_from(ODD) | st.text(max_size=120),
    max_size=12,
)


@examples(400)
@given(screen=SCREENS, kept=params)
def test_a_screen_gets_its_own_filters_alone(screen: Screen, kept: dict[str, Any]) -> None:
    shown = fitting(screen, kept, groups=GROUPS)

    assert shown.keys() <= kept.keys() & KNOWN[screen].keys()
    assert all(isinstance(value, str) and value == kept[name] for name, value in shown.items())
    assert shown.get("group", min(GROUPS)) in GROUPS
    assert fitting(screen, shown, groups=GROUPS) == shown


@examples(100)
@given(screen=SCREENS, kept=params)
def test_a_group_that_is_gone_filters_nothing(screen: Screen, kept: dict[str, Any]) -> None:
    assert "group" not in fitting(screen, kept, groups=frozenset())
