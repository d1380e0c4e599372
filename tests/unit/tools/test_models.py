"""Models whose names do not say their kind."""

from __future__ import annotations

from dukani.tools.models import has_models, with_models


def test_a_kind_brings_its_models() -> None:
    assert {"sneakers", "converse", "samba"} <= {*with_models(("white", "sneakers"))}
    assert {"heels", "stilettos"} <= {*with_models(("heels",))}
    assert {"sandali", "slides"} <= {*with_models(("sandali",))}


def test_other_words_bring_nothing() -> None:
    assert with_models(("red", "dress")) == ("red", "dress")


def test_only_a_kind_alone_has_models() -> None:
    assert has_models("raba") and not has_models("samba") and not has_models("black sneakers")
