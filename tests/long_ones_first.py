"""The slow suite's longest tests first, so that no process waits for the others at the end.

A process that has nothing left takes tests from another's queue, but none that are under way.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

WORKERS = "PYTEST_XDIST_WORKER_COUNT"

# In seconds, beside another process: those that kill for minutes, wait for the clock, or start a
# whole demo.
LONGEST = {
    "tests/integration/test_dashboard.py": 1300,
    "tests/integration/test_models_tour.py": 300,
    "tests/integration/api/test_openapi.py": 280,
    "tests/integration/killing/test_automation_tour.py": 265,
    "tests/integration/store/figures/test_a_million_lines.py": 230,
    "tests/integration/test_catalogue_tour.py": 190,
    "tests/integration/killing/test_kill.py": 185,
    "tests/integration/test_other_origin.py": 180,
    "tests/integration/killing/test_campaign_tour.py": 160,
    "tests/integration/security/test_stored_scripts.py": 155,
    "tests/integration/killing/test_faults.py": 145,
    "tests/integration/test_bench_load.py": 135,
    "tests/integration/test_rehearsal.py": 180,
    "tests/integration/killing/test_host_gone.py": 90,
    "tests/integration/test_products_tour.py": 70,
    "tests/integration/killing/test_kill_owner.py": 70,
    "tests/journeys/test_shoppers.py": 65,
    "tests/integration/test_demo_lifecycle.py": 60,
    "tests/integration/test_second_shop.py": 55,
    "tests/integration/security/test_described_calls.py": 50,
    "tests/integration/security/test_planted_secrets.py": 45,
    "tests/integration/killing/test_kill_campaign.py": 40,
    "tests/integration/killing/test_kill_rules.py": 30,
    "tests/integration/test_agents_tour.py": 25,
    "tests/integration/test_commerce_tour.py": 20,
    "tests/integration/killing/test_kill_piece_import.py": 20,
    "tests/integration/killing/test_kill_embedding.py": 15,
}

# They begin with a copy of what the first of their process drew and wrote (tests/filled_demos.py):
# to one process, lest another does that once more. The dashboard's own run is as long as them all.
ON_A_FILLED_DEMO = {
    "tests/integration/security/test_stored_scripts.py",
    "tests/integration/test_agents_tour.py",
    "tests/integration/test_catalogue_tour.py",
    "tests/integration/test_commerce_tour.py",
    "tests/integration/test_other_origin.py",
    "tests/integration/test_products_tour.py",
}


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
    long = [place for place in places if files[place] in LONGEST]
    shares = shared(long, files, processes)
    short = [place for place in places if files[place] not in LONGEST]
    order: list[int] = []
    for process in range(processes):
        size = (len(tests) - len(order)) // (processes - process)
        part = shares[process][:size]
        part += [short.pop(0) for _ in range(min(size - len(part), len(short)))]
        order += part
    return order + [place for place in places if place not in set(order)]


def shared(long: Sequence[int], files: Sequence[str], processes: int) -> list[list[int]]:
    """The places of `long`, for each process: the next longest goes to whoever has least."""
    together = [place for place in long if files[place] in ON_A_FILLED_DEMO]
    lots = [[place] for place in long if place not in together] + [together]

    def seconds(places: Sequence[int]) -> int:
        return sum(LONGEST[files[place]] for place in places)

    shares: list[list[int]] = [[] for _ in range(processes)]
    for lot in sorted(lots, key=seconds, reverse=True):
        min(shares, key=seconds).extend(lot)
    return shares
