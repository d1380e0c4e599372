"""What a shop's customers call a thing is read in the words that every mind knows."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from dukani.core.store.own_answers import OwnAnswer
from dukani.domain.own_answers import best_answer
from dukani.domain.shop_words import in_shop_words

LEARNED = [("dera", "dress"), ("dera refu", "maxi dress"), ("dress", "gown")]


def test_whole_words_are_replaced_and_nothing_else() -> None:
    assert in_shop_words("Naomba DERA, si moderate", LEARNED) == "Naomba dress, si moderate"


def test_the_longest_is_replaced_and_what_was_put_in_stays() -> None:
    assert in_shop_words("dera  refu na dress", LEARNED) == "maxi dress na gown"


@given(st.text(alphabet="deraıſKİ \u00a0"))
def test_letters_that_count_as_others_break_no_turn(text: str) -> None:
    # ı is i in any case, and ſ is s, yet neither is it in small letters
    in_shop_words(text, [("dira", "dress"), ("skirti", "skirt"), ("s k", "shirt")])
    assert in_shop_words("dıra", [("dira", "dress")]) == "dress"


@given(st.text())
def test_without_synonyms_words_stay_as_they_are(text: str) -> None:
    assert in_shop_words(text, []) == text


def an_answer(asked: str) -> OwnAnswer:
    return OwnAnswer(asked, asked, "Yes.", None, datetime(2026, 11, 27, tzinfo=UTC))


def test_an_answer_is_found_in_other_words_around_it() -> None:
    alter, wrap = an_answer("alterations"), an_answer("wrap it")

    assert best_answer("Hi, do you do alteration here?", [wrap, alter]) == alter


def test_no_answer_is_given_to_another_question() -> None:
    assert best_answer("where is my order", [an_answer("alterations")]) is None


def test_of_two_that_fit_the_more_telling_is_given() -> None:
    short, long = an_answer("alterations"), an_answer("alterations price")

    assert best_answer("what is the price of alterations", [short, long]) == long
