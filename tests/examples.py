"""How many examples a property is tried on: a share in the fast suite, all of them elsewhere.

A property belongs to both suites. Each run draws other examples, so a share still finds in a few
runs what is wrong for one in a thousand.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

FAST_SHARE = 4
USUAL = 100  # the library's own number, for what names none

# Deadlines and the check for slow drawing measure how busy the machine is.
settings.register_profile(
    "all", max_examples=USUAL, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("share", settings.get_profile("all"), max_examples=USUAL // FAST_SHARE)
_shared = False


def follow_the_suite(config: pytest.Config) -> None:
    """Before tests are imported: their settings are made then."""
    global _shared
    _shared = config.option.markexpr == "not slow"
    settings.load_profile("share" if _shared else "all")


def examples(most: int) -> settings:
    """Settings for a property that takes `most` examples."""
    return settings(max_examples=most // FAST_SHARE if _shared else most)


def add_properties_to_the_slow_suite(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.markexpr != "slow":
        return
    for item in items:
        if isinstance(item, pytest.Function) and getattr(item.obj, "is_hypothesis_test", False):
            item.add_marker("slow")
