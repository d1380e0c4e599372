"""Models whose names do not say their kind."""

from __future__ import annotations

from dukani.tools.models import has_models, with_models, with_what_is_worn


def test_a_kind_brings_its_models() -> None:
    assert {"sneakers", "converse", "samba"} <= {*with_models(("white", "sneakers"))}
    assert {"heels", "stilettos"} <= {*with_models(("heels",))}
    assert {"sandali", "slides"} <= {*with_models(("sandali",))}


def test_other_words_bring_nothing() -> None:
    assert with_models(("red", "dress")) == ("red", "dress")


def test_only_a_kind_alone_has_models() -> None:
    assert has_models("raba") and not has_models("samba") and not has_models("black sneakers")


def test_what_is_worn_in_the_cold_is_looked_for_by_its_names() -> None:
    assert {"baridi", "jacket", "fleece"} <= set(with_what_is_worn(["baridi"]))
    assert with_what_is_worn(["kamba"], kind="shoes") == ("kamba", "lace")
    assert with_what_is_worn(["kamba"], kind="dress") == ("kamba",)
    assert with_what_is_worn(["gown"]) == ("gown",)
