"""What a customer tells the rider in several messages is kept together."""

from __future__ import annotations

from dukani.domain.notes import noted_also


def test_a_second_note_loses_no_number_to_call() -> None:
    both = noted_also("call 0712345678 ukifika", "leteni jumamosi")

    assert both == "call 0712345678 ukifika; leteni jumamosi"


def test_a_note_said_twice_stands_once_and_behind_the_others() -> None:
    assert noted_also("leave it at the gate; call me", "Leave it at the gate") == (
        "call me; Leave it at the gate"
    )


def test_only_the_newest_notes_are_kept() -> None:
    assert noted_also("a; b; c", "d") == "b; c; d"
    assert noted_also(None, "a") == "a"
