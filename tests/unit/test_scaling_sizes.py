"""The tables of `docs/scaling.md` are what the formulas give."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from scripts.sizes import (
    ASSUMED,
    DOCUMENT,
    MEASURED,
    costs_of_a_thousand,
    size_of,
    with_tables,
)

# 100 boutiques, 36 conversations a day each, a tenth of them in the busiest hour: 0.1 a second.
GIVEN = replace(ASSUMED, conversations=36, busiest_hour=0.1, burst=1.0, full=0.5, most_turns=0.25)
FOUND = replace(
    MEASURED, turns=5, bytes=1_000_000, worker_s=20, api_s=5, database_s=11,
    of_an_api=6, of_a_worker=9,
)  # fmt: skip


def test_the_document_has_the_tables_of_the_formulas() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert text == with_tables(text), "run python -m scripts.sizes"


def test_a_size_is_what_the_busiest_minute_takes() -> None:
    size = size_of(100, FOUND, GIVEN)

    assert size.turns_a_second == pytest.approx(0.5)
    assert size.installations == 2  # 0.5 turns a second, of which one database has a half
    assert size.workers == 4  # 0.1 × 20 s, half full; two for each database
    assert size.apis == 4  # 0.1 × 5 s would be one
    assert size.connections == 4 * 6 + 4 * 9
    assert size.database_cores == 3  # 0.1 × 11 s, half full
    assert size.gigabytes == pytest.approx(1314)  # 100 × 36 × 365 megabytes


def test_one_shop_needs_one_of_each() -> None:
    size = size_of(1)

    assert (size.installations, size.apis, size.workers, size.database_cores) == (1, 1, 1, 1)


def test_more_boutiques_never_need_less() -> None:
    sizes = [size_of(boutiques) for boutiques in (1, 9, 10, 99, 1_000, 9_999, 100_000)]

    for less, more in pairwise(sizes):
        assert less.workers <= more.workers
        assert less.connections <= more.connections
        assert less.database_cores <= more.database_cores


def test_a_thousand_conversations_cost_what_their_tokens_and_templates_cost() -> None:
    found = replace(MEASURED, turns=2, input_tokens=1000, output_tokens=100)
    given = replace(ASSUMED, input_price=1.0, output_price=10.0, marketing=0.02)

    costs = {what: usd for what, _, usd in costs_of_a_thousand(found, given)}

    # 2,000 turns of 1,000 tokens for a dollar a million, and of 100 for ten
    assert costs["model, Gemini 2.5 Flash"] == pytest.approx(4.0)
    assert costs["one offer each, of a campaign"] == pytest.approx(20.0)
    assert costs["replies on WhatsApp"] == 0
