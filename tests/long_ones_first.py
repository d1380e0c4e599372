"""The slow suite's longest tests first, so that no process waits for the others at the end.

A process that has nothing left takes tests from another's queue, but none that are under way.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

WORKERS = "PYTEST_XDIST_WORKER_COUNT"

# The longest first: those that kill for minutes, wait for the clock, or start a whole demo.
LONGEST = (
    "tests/integration/test_dashboard.py",
    "tests/integration/killing/test_automation_tour.py",
    "tests/integration/killing/test_kill.py",
    "tests/integration/test_other_origin.py",
    "tests/integration/test_catalogue_tour.py",
    "tests/integration/killing/test_faults.py",
    "tests/integration/killing/test_kill_owner.py",
    "tests/integration/killing/test_campaign_tour.py",
    "tests/integration/test_commerce_tour.py",
    "tests/integration/security/test_stored_scripts.py",
    "tests/integration/test_agents_tour.py",
    "tests/integration/test_products_tour.py",
    "tests/integration/test_models_tour.py",
    "tests/integration/test_demo_lifecycle.py",
    "tests/integration/test_second_shop.py",
    "tests/integration/killing/test_kill_rules.py",
    "tests/integration/killing/test_kill_campaign.py",
    "tests/integration/killing/test_kill_embedding.py",
    "tests/integration/killing/test_kill_piece_import.py",
    "tests/integration/security/test_described_calls.py",
)


def put_long_ones_first(config: pytest.Config, items: list[pytest.Item]) -> None:
    """After those that are not of the suite were left out."""
    if config.option.markexpr != "slow":
        return
    order = dealt([item.nodeid for item in items], int(os.environ.get(WORKERS, "1")))
    items[:] = [items[place] for place in order]


def dealt(tests: Sequence[str], processes: int) -> list[int]:
    """The places of `tests` in a new order.

    pytest-xdist cuts the order into a part for each process: each begins with its share of the
    long ones.
    """
    files = [test.partition("::")[0] for test in tests]
    places = range(len(tests))
    long = sorted(
        (place for place in places if files[place] in LONGEST),
        key=lambda place: LONGEST.index(files[place]),
    )
    short = [place for place in places if files[place] not in LONGEST]
    order: list[int] = []
    for process in range(processes):
        size = (len(tests) - len(order)) // (processes - process)
        part = long[process::processes][:size]
        part += [short.pop(0) for _ in range(min(size - len(part), len(short)))]
        order += part
    return order + [place for place in places if place not in set(order)]
