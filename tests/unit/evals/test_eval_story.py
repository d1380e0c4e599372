"""What a dialogue remembers of its turns."""

from __future__ import annotations

from tests.unit.evals.standings import a_story


def test_the_last_reply_may_be_of_an_earlier_turn() -> None:
    story = a_story((None, ("Hello!",)), (None, ("Two dresses:", "1. Red")), (None, ()))

    assert story.last_said == ("Two dresses:", "1. Red")
    assert a_story().last_said == ()


def test_what_is_said_counts_from_the_event_until_it_is_handed_back() -> None:
    story = a_story(
        (None, ("before",)),
        ("staff_message", ("at once",)),
        (None, ("meanwhile",)),
        ("staff_release", ("back",)),
        (None, ("after",)),
        ("staff_message", ()),
        (None, ("again",)),
    )

    assert story.said_after("staff_message") == ["at once", "meanwhile", "again"]
    assert story.said_after("payment_failed") == []
    assert story.happened("staff_message")
    assert not story.happened("payment_failed")
