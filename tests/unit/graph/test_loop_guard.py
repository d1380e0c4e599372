"""Who is answered, and who has been answered often enough: turns as kinds of facts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, repeat

import pytest

from dukani.graph.loop_guard import MOST_ANSWERS, WITHIN_S, Loop, fingerprint_of, judge

ON_LEAVE = "Thank you for contacting Zuri Salon, we will be with you shortly."


def answered(turns: Iterable[tuple[str, list[str]]], *, gap_s: float = 5.0) -> list[bool]:
    """Of each turn (its words, the facts it led to) whether it is answered."""
    loop, told = Loop(), []
    for number, (words, facts) in enumerate(turns):
        loop, quiet, _ = judge(loop, facts=facts, words=words, now=1000.0 + number * gap_s)
        told.append(not quiet)
    return told


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("We will reply shortly", ["unclear"]),
        ("We will reply shortly", ["options_shown"]),  # it was taken for a wish
        ("hello", ["greeted"]),
        ("", ["voice_not_heard"]),
        ("", []),  # nothing could be said to it
    ],
)
def test_who_says_the_same_for_ever_is_answered_a_few_times(words: str, facts: list[str]) -> None:
    told = answered(repeat((words, facts), 20))

    assert told[:MOST_ANSWERS] == [True] * MOST_ANSWERS
    assert not any(told[MOST_ANSWERS + 1 :])  # the first time, words were not said again


@pytest.mark.parametrize("facts", [["unclear"], ["options_shown"], ["nothing_found"]])
def test_a_whole_text_again_and_again_is_answered_three_times(facts: list[str]) -> None:
    told = answered(repeat(("Ticket 1234: " + ON_LEAVE, facts), 20))

    assert told == [True] * 3 + [False] * 17


def test_numbers_do_not_make_words_new() -> None:
    turns = ((f"{n}: {ON_LEAVE} Ticket no {n}.", ["options_shown"]) for n in range(20))
    assert answered(turns)[-1] is False


def test_two_texts_in_turn_are_no_news_either() -> None:
    turns = ((f"{ON_LEAVE} {'ab'[n % 2]}", ["nothing_found"]) for n in range(20))
    assert answered(turns)[-1] is False


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        # Short words people say again and again.
        ("more", ["options_shown"]),
        ("yes please", ["ask_variant"]),
        # What was done is told, however often.
        ("add one more hat please", ["added_to_cart", "cart_shown"]),
        ("send the prompt again now", ["payment_prompted"]),
        ("I want to talk to a person", ["handed_off"]),
        ("show me what I pay please", ["ask_confirmation"]),
    ],
)
def test_who_gets_on_is_always_answered(words: str, facts: list[str]) -> None:
    assert all(answered(repeat((words, facts), 20)))


def test_many_different_questions_are_all_answered() -> None:
    assert all(answered((f"is there a {c * 3} dress", ["nothing_found"]) for c in "abcdefghijkl"))


def test_a_person_is_answered_as_soon_as_she_makes_sense() -> None:
    machine = repeat((ON_LEAVE, ["unclear"]), 10)
    person = [("do you have a red dress?", ["options_shown"]), ("thanks", ["thanked"])]

    assert answered(chain(machine, person))[-2:] == [True, True]


def test_after_a_while_she_is_answered_again() -> None:
    loop = Loop()
    for second in range(10):
        loop = judge(loop, facts=["greeted"], words="hello", now=float(second)).loop

    assert judge(loop, facts=["greeted"], words="hello", now=20.0).quiet
    assert not judge(loop, facts=["greeted"], words="hello", now=20.0 + WITHIN_S).quiet


def test_the_owner_is_told_once_a_day() -> None:
    loop, told = Loop(), []
    for minute in range(60 * 49):
        loop, _, tell = judge(loop, facts=["greeted"], words="hello", now=minute * 60.0 + 1e9)
        told += [minute] if tell else []

    assert [round(minute / 60 / 24) for minute in told] == [0, 1, 2]


def test_what_is_remembered_stays_small() -> None:
    loop = Loop()
    for n in range(500):
        loop = judge(loop, facts=["unclear"], words=f"abc def {'x' * n}", now=float(n)).loop

    assert len(str(loop)) < 400


def test_words_are_known_again_without_being_kept() -> None:
    assert fingerprint_of("Hello, dear customer 12!") == fingerprint_of("hello DEAR customer 99")
    assert "hello" not in str(fingerprint_of("hello dear customer"))
    assert fingerprint_of("hello there") is None
