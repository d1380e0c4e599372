"""A short code with letters and digits stands for the words of a name written together."""

from __future__ import annotations

from dukani.domain.naming import spells


def test_a_code_is_the_words_of_the_name_together() -> None:
    assert spells("4in1 pouch", "4-in-1 Travel Pouch")
    assert not spells("4in1 pouch", "3-in-1 Travel Pouch")
    assert not spells("at", "A T-Shirt")
