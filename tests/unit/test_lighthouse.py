"""The scores of the dashboard's pages are printed as a row a page."""

from __future__ import annotations

from scripts.lighthouse.run import table


def test_each_page_is_a_row_of_scores_and_times():
    page = {
        "performance": 97,
        "accessibility": 100,
        "best-practices": 96,
        "seo": 63,
        "first-contentful-paint": 812.4,
        "largest-contentful-paint": 1905.0,
        "total-blocking-time": 40.0,
        "cumulative-layout-shift": 0.0124,
        "machine": 1234.5,
    }

    head, row = table({"/sign-in": page}).splitlines()

    assert head.split() == [
        "page", "performance", "accessibility", "best-practices", "seo",
        "first", "paint", "largest", "paint", "blocked", "moved", "machine",
    ]  # fmt: skip
    assert row.split() == [
        "/sign-in", "97", "100", "96", "63", "0.81", "s", "1.91", "s", "0.04", "s", "0.012", "1234",
    ]  # fmt: skip
