"""What an SMS costs in segments, and how it is made plain without losing a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.sms_segments import Segments, plain_sms, segments


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Habari", Segments("GSM-7", 1, 6, 160)),
        ("a" * 160, Segments("GSM-7", 1, 160, 160)),
        ("a" * 161, Segments("GSM-7", 2, 161, 153)),
        # The signs of the extended alphabet count twice.
        ("€" * 80, Segments("GSM-7", 1, 160, 160)),
        ("€" * 81, Segments("GSM-7", 2, 162, 153)),
        # One curly quote, and 70 characters are all that fits.
        ("a" * 69 + "’", Segments("UCS-2", 1, 70, 70)),
        ("a" * 70 + "’", Segments("UCS-2", 2, 71, 67)),
        # An emoji is two, and is never cut in half: the second begins anew.
        ("a" * 66 + "👗" + "a" * 67, Segments("UCS-2", 3, 135, 67)),
    ],
)
def test_a_text_is_counted_as_networks_count_it(text: str, counted: Segments) -> None:
    assert segments(text) == counted


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Your *Amani dress* is _here_ 👗 now", "Your Amani dress is here now"),
        ("“It’s back” – size M…", '"It\'s back" - size M...'),
        ("✅ Paid • KES 4,500", "Paid - KES 4,500"),
        ("Asante, Zoë na Ng'ang'a", "Asante, Zoë na Ng'ang'a"),
        # A name keeps its letters though they make it UCS-2.
        ("Habari Đoàn", "Habari Đoàn"),
        ("3 * 4 * 5 is no bold", "3 * 4 * 5 is no bold"),
        ("snake_case_name", "snake_case_name"),
        ("Look: https://a.ke/l/aB_c_9*x* *now*", "Look: https://a.ke/l/aB_c_9*x* now"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("👗", "👗"),
    ],
)
def test_markup_and_costly_signs_go(written: str, plain: str) -> None:
    assert plain_sms(written) == plain


@given(st.text(max_size=400))
def test_segments_hold_all_of_the_text(text: str) -> None:
    counted = segments(text)

    assert counted.characters <= counted.count * counted.per_segment or counted.count == 0
    if counted.count > 1:  # nor one segment more than a whole character at its end explains
        least = -(-counted.characters // counted.per_segment)
        assert least <= counted.count <= least + 1 + counted.count // counted.per_segment


@given(st.text(max_size=200))
def test_making_it_plain_keeps_letters_and_never_costs_more(text: str) -> None:
    plain = plain_sms(text)

    def letters(words: str) -> list[str]:
        return [letter for letter in words if letter.isalnum() and letter != "x"]

    assert letters(plain) == letters(text) or plain == text.strip()
    assert segments(plain).count <= segments(text).count
    assert plain_sms(plain) == plain or "*" in plain or "_" in plain or "~" in plain
