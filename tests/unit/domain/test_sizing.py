"""The size of a wearer from what is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dukani.domain.sizing.advice import PieceToFit, SizeAdvice, advise
from dukani.domain.sizing.charts import ChartRow, SizeChart
from dukani.domain.sizing.evidence import (
    Aged,
    Audience,
    Bought,
    Evidence,
    Fit,
    Fitted,
    Measured,
    Stated,
)

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LETTERS = ("XS", "S", "M", "L", "XL", "XXL")
AGES = ("2-3Y", "3-4Y", "4-5Y", "5-6Y", "6-7Y", "7-8Y")


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def bought(size: str, category: str = "dress", *, days: int = 30) -> Bought:
    return Bought(size, category, ago(days), order_id=f"{category} {size} {days}")


def fitted(size: str, fit: Fit, *, days: int = 5) -> Fitted:
    return Fitted(size, "dress", fit, ago(days))


def advised(
    *evidence: Evidence,
    category: str | None = "dress",
    sizes: tuple[str, ...] = LETTERS,
    audience: Audience | None = None,
    charts: tuple[SizeChart, ...] = (),
) -> SizeAdvice:
    advice = advise(evidence, PieceToFit(category, sizes, audience), charts=charts, now=NOW)
    assert advice is not None
    return advice


def test_three_orders_that_agree_give_high_confidence() -> None:
    advice = advised(bought("M"), bought("M", days=60), bought("M", days=90))

    assert (advice.size, advice.confidence) == ("M", "high")
    assert [(basis.kind, basis.orders) for basis in advice.rests_on] == [("bought", 3)]


def test_one_order_gives_medium_confidence() -> None:
    assert advised(bought("L")).confidence == "medium"


def test_one_odd_size_among_many_is_outvoted_and_not_averaged() -> None:
    many = [bought("S", days=days) for days in (100, 200, 300, 400)]

    advice = advised(*many, bought("XXL", days=2))

    assert advice.size == "S"
    assert [basis.size for basis in advice.rests_on] == ["S"]


def test_a_body_changes_and_the_latest_sizes_count_more() -> None:
    long_ago = [bought("S", days=days) for days in (1900, 2000, 2100)]

    assert advised(*long_ago, bought("L", days=20), bought("L", days=50)).size == "L"


@pytest.mark.parametrize(("fit", "size"), [("too_small", "L"), ("too_large", "S")])
def test_what_did_not_fit_moves_the_advice(fit: Fit, size: str) -> None:
    assert advised(bought("M"), fitted("M", fit)).size == size


def test_what_fits_well_supports_its_size() -> None:
    advice = advised(fitted("M", "right"))

    assert advice.size == "M"
    assert advice.rests_on[0].fit == "right"


@pytest.mark.parametrize(
    ("said", "category", "sizes", "size"),
    [
        ("UK 14", None, LETTERS, "M"),
        ("14", None, ("10", "12", "14", "16"), "14"),
        ("14", "dress", ("EU 38", "EU 40", "EU 42", "EU 44"), "EU 42"),
        ("L", "top", LETTERS, "L"),
    ],
)
def test_a_stated_size_is_read_for_the_piece(
    said: str, category: str | None, sizes: tuple[str, ...], size: str
) -> None:
    advice = advised(Stated(said, ago(3), category), sizes=sizes)

    assert advice.size == size
    assert advice.rests_on[0].kind == "stated"


def test_what_is_said_later_replaces_what_was_said_of_the_same() -> None:
    sizes = ("8", "10", "12", "14", "16")

    advice = advised(Stated("8", ago(4)), Stated("14", ago(3)), sizes=sizes)

    assert advice.size == "14"
    assert [basis.size for basis in advice.rests_on] == ["14"]
    assert advised(Measured("bust", 120, ago(2)), Measured("bust", 92, ago(1))).size == "M"


def test_a_size_said_last_to_be_too_small_is_followed_by_no_smaller_one() -> None:
    # given much that speaks for L, and one XL that fitted long ago
    known = (Stated("L", ago(0), None), bought("L"), bought("L"), fitted("XXL", "right", days=300))

    # when / then the larger one is advised, though it is the less probable
    assert advised(*known, fitted("XL", "too_small", days=0)).size == "XXL"


def test_fits_of_one_size_are_of_two_garments_and_both_count() -> None:
    advice = advised(bought("L"), fitted("M", "right", days=9), fitted("M", "too_large", days=2))

    assert advice.size == "M"


def test_a_size_said_in_another_system_is_called_converted() -> None:
    assert advised(Stated("UK 14", ago(3))).rests_on[0].converted
    assert not advised(Stated("M", ago(3))).rests_on[0].converted


def test_measures_say_a_size_and_agree() -> None:
    tape = [
        Measured("bust", 92, ago(3)),
        Measured("waist", 75, ago(3)),
        Measured("hips", 99, ago(3)),
    ]

    advice = advised(*tape)

    assert (advice.size, advice.confidence) == ("M", "high")
    assert {basis.measure for basis in advice.rests_on} == {"bust", "waist", "hips"}


def test_the_boutiques_own_chart_is_used_for_measures() -> None:
    rows = (
        ChartRow("S", {"bust": (94, 100)}),
        ChartRow("M", {"bust": (100, 106)}),
        ChartRow("L", {"bust": (106, 114)}),
    )
    own = SizeChart("dress", "women", rows, own=True)
    bust = Measured("bust", 97, ago(3))

    assert advised(bust, sizes=("S", "M", "L")).size == "M"
    advice = advised(bust, sizes=("S", "M", "L"), charts=(own,))
    assert (advice.size, advice.rests_on[0].shop_chart) == ("S", True)


@pytest.mark.parametrize(
    ("evidence", "category", "sizes", "audience", "size"),
    [
        (Stated("UK 5", ago(3), "shoes"), "shoes", ("36", "37", "38", "39"), "women", "38"),
        (Measured("foot", 24, ago(3)), "shoes", ("36", "37", "38", "39"), None, "38"),
        (Measured("waist", 81, ago(3)), "jeans", ("30", "32", "34"), "men", "32"),
        (Measured("height", 165, ago(3)), "kaftan", ("52", "54", "56", "58"), None, "56"),
        (Measured("length", 147, ago(3)), "kaftan", ("54", "56", "58", "60"), None, "58"),
        (bought("56", "kaftan"), "abaya", ("54", "56", "58"), None, "56"),
        (Stated("34B", ago(3)), "bra", ("70B", "75B", "75C", "80B"), None, "75B"),
        (bought("16", "shirt"), "t-shirt", ("S", "M", "L", "XL"), "men", "L"),
        (bought("38", "suit"), "suit", ("36", "38", "40"), "men", "38"),
    ],
)
def test_each_kind_of_piece_is_sized_by_its_own_measure(
    evidence: Evidence,
    category: str,
    sizes: tuple[str, ...],
    audience: Audience | None,
    size: str,
) -> None:
    assert advised(evidence, category=category, sizes=sizes, audience=audience).size == size


def test_what_only_men_wear_tells_that_the_wearer_is_a_man() -> None:
    chest = Measured("bust", 100, ago(2))

    assert advised(chest, category="t-shirt").size == "L"
    assert advised(chest, bought("15", "shirt"), category="t-shirt").size == "M"
    assert advised(chest, bought("38", "suit"), category="t-shirt").size == "M"


def test_children_grow() -> None:
    assert advised(bought("3-4Y", days=10), sizes=AGES).size == "3-4Y"
    assert advised(bought("3-4Y", days=730), sizes=AGES).size == "5-6Y"
    assert advised(Aged(4, ago(10)), sizes=AGES).size == "4-5Y"
    assert advised(Aged(4, ago(730)), sizes=AGES).size == "6-7Y"


def test_a_childs_shoe_grows_with_the_child_and_a_grown_foot_does_not() -> None:
    small = bought("26", "shoes", days=500)
    grown = bought("38", "shoes", days=500)
    sizes = ("26", "27", "28", "29", "30")

    assert advised(small, Aged(5, ago(1)), category="shoes", sizes=sizes).size > "26"
    assert advised(grown, category="shoes", sizes=("37", "38", "39")).size == "38"


def test_a_mothers_size_is_none_of_her_childs() -> None:
    piece = PieceToFit("dress", AGES, "children")

    assert advise([bought("M")], piece, now=NOW) is None


def test_close_sizes_are_both_named() -> None:
    advice = advised(Measured("bust", 99.4, ago(3)), category="top")

    assert {advice.size, advice.beside} == {"M", "L"}
    assert advice.confidence != "high"


def test_nothing_known_gives_no_advice() -> None:
    assert advise([], PieceToFit("dress", LETTERS), now=NOW) is None


def test_no_size_is_advised_where_none_would_fit() -> None:
    large = [bought("XXL", days=days) for days in (10, 20, 30)]

    assert advise(large, PieceToFit("dress", ("XS", "S")), now=NOW) is None


@pytest.mark.parametrize(
    ("evidence", "category", "sizes"),
    [
        (bought("38", "shoes"), "dress", ("36", "38", "40")),
        (bought("38"), "shoes", ("37", "38", "39")),
        (Stated("38", ago(3)), "shoes", ("37", "38", "39")),
        (bought("M"), "bra", ("34B", "36B")),
        (bought("56", "kaftan"), "dress", LETTERS),
        (bought("ONE"), "dress", LETTERS),
        (bought("7", "jewellery"), "jewellery", ("6", "7", "8")),
        (bought("M"), "dress", ("ONE",)),
    ],
)
def test_what_is_measured_otherwise_says_nothing(
    evidence: Evidence, category: str, sizes: tuple[str, ...]
) -> None:
    assert advise([evidence], PieceToFit(category, sizes), now=NOW) is None


@pytest.mark.parametrize(
    ("evidence", "size"),
    [
        (bought("M"), "M"),
        (Stated("14", ago(3)), "14"),
        (Stated("EU 42", ago(3), "dress"), "EU 42"),
        (Measured("bust", 94, ago(3)), "M"),
        (fitted("M", "too_small"), "L"),
        (Aged(4, ago(3)), "4-5Y"),
    ],
)
def test_without_a_piece_the_size_is_in_the_words_of_what_is_known(
    evidence: Evidence, size: str
) -> None:
    assert advised(evidence, category=None, sizes=()).size == size
