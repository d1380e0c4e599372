"""Charts, and sizes of one system in another."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dukani.domain.sizing.charts import (
    ChartRow,
    SizeChart,
    chart_for,
    convert,
    standard_chart,
    standard_lengths,
)
from dukani.domain.sizing.evidence import Audience

OWN = SizeChart(
    "dress",
    "women",
    (
        ChartRow("M", {"bust": (98, 104), "hips": (106, 112)}, also=("UK 16",)),
        ChartRow("L", {"bust": (104, 112), "hips": (112, 120)}, also=("UK 18",)),
    ),
    own=True,
)


@pytest.mark.parametrize(
    ("said", "sizes", "category", "audience", "means"),
    [
        ("M", "S M L", "dress", None, "M"),  # the same
        ("UK 14", "S M L XL", "dress", None, "M"),
        ("14", "EU 40,EU 42,EU 44", "dress", None, "EU 42"),
        ("EU 38", "8 10 12", "dress", "women", "10"),
        ("US 10", "10 12 14 16", "dress", "women", "14"),
        ("M", "S/M L/XL", "dress", None, "S/M"),
        ("UK 16", "S/M L/XL", "dress", None, "L/XL"),
        ("UK 5", "37 38 39", "shoes", "women", "38"),
        ("UK 8", "41 42 43", "shoes", "men", "42"),
        ("UK 10", "27 28 29", "shoes", "children", "28"),
        ("34B", "75A 75B 80B", "bra", None, "75B"),
        ("34DD", "75D 75E 75F", "bra", None, "75E"),
        ("16", "39 40 41 42", "shirt", "men", "41"),  # inches and centimetres of collar
        ("32", "S M L XL", "jeans", "men", "S"),
        ("40", "M L XL", "suit", "men", "M"),  # UK inches of chest
        ("110", "3-4Y 4-5Y 5-6Y", "dress", "children", "4-5Y"),
        ("7", "5-6Y 7-8Y", "dress", "children", "7-8Y"),
    ],
)
def test_a_size_of_another_system_is_found(
    said: str, sizes: str, category: str, audience: Audience | None, means: str
) -> None:
    made = sizes.split("," if "," in sizes else " ")

    assert convert(said, made, category=category, audience=audience)[0] == means


@pytest.mark.parametrize(
    ("said", "sizes", "category"),
    [
        ("38", "S M L", "shoes"),  # letters of shoes say no foot
        ("34B", "S M L", "dress"),
        ("56", "12 14 16", "dress"),  # a length
        ("red", "S M L", "dress"),
        ("UK 30", "S M L", "dress"),  # beyond all
        ("M", "7 8", "jewellery"),
    ],
)
def test_what_cannot_be_converted_is_none(said: str, sizes: str, category: str) -> None:
    assert convert(said, sizes.split(), category=category, audience=None) == ()


def test_the_boutiques_own_chart_converts_before_the_standard() -> None:
    found = convert("UK 16", ["S", "M", "L"], category="dress", audience="women", own=[OWN])

    assert found == ("M",)
    assert convert("UK 16", ["S", "M", "L"], category="dress", audience="women") == ("L",)


def test_the_boutiques_chart_is_preferred_for_its_category_and_audience() -> None:
    general = SizeChart(None, "women", OWN.rows, own=True)

    assert chart_for("dress", "women", [general, OWN]) == OWN
    assert chart_for("skirt", "women", [general, OWN]) == general
    assert chart_for("shoes", "women", [general, OWN]) == standard_chart("shoes", "women")
    assert chart_for("dress", "men", [OWN]) == standard_chart("dress", "men")


@pytest.mark.parametrize(
    ("category", "audience"),
    [("dress", "women"), ("shirt", "men"), ("dress", "children"), ("shoes", "women"),
     ("shoes", "men"), ("shoes", "children")],
)  # fmt: skip
def test_a_standard_chart_leaves_no_body_out(category: str, audience: Audience) -> None:
    chart = standard_chart(category, audience)

    assert chart is not None
    for smaller, larger in pairwise(chart.rows):
        for measure in smaller.measures.keys() & larger.measures.keys():
            assert smaller.measures[measure][1] == pytest.approx(larger.measures[measure][0])


def test_a_chart_names_its_sizes_in_other_systems() -> None:
    chart = standard_chart("dress", "women")

    assert chart is not None
    row = next(row for row in chart.rows if row.size == "UK 14")
    assert row.also == ("EU 42", "US 10", "M")


def test_abayas_have_lengths() -> None:
    assert [row.size for row in standard_lengths("women").rows][:2] == ["50", "52"]


def test_a_bag_has_no_chart() -> None:
    assert standard_chart("bag", "women") is None
