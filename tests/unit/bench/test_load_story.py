"""What a shopper of a load writes next."""

from __future__ import annotations

from random import Random

import pytest

from dukani.bench.story import (
    GREETINGS,
    MOST_REPEATS,
    TONGUES,
    WISHES,
    NothingMovesOn,
    Story,
    Tongue,
)

HOME = "Kilimani, Rose Apartments B4"


def begun(tongue: Tongue, *, by_photo: bool = False, seed: int = 1) -> Story:
    """A story whose greeting, question and wish are over."""
    story = Story(Random(seed), HOME, by_photo=by_photo, tongue=tongue)
    for _ in range(3):
        said = story.next("")
        assert said is not None
        if said.photo or said.text in WISHES[tongue]:
            return story
    raise AssertionError("no wish")


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_story_begins_with_a_greeting_in_its_language(tongue: Tongue) -> None:
    said = Story(Random(1), HOME, tongue=tongue).next("")
    assert said is not None and said.text in GREETINGS[tongue]


def test_who_looks_by_photo_sends_one() -> None:
    story = Story(Random(3), HOME, by_photo=True)
    said = [story.next("") for _ in range(3)]
    assert any(one is not None and one.photo for one in said)


@pytest.mark.parametrize(
    ("tongue", "news", "said"),
    [
        ("en", "Which one do you like? Reply with its number, e.g. *2*.", "1"),
        ("sw", "Umependa ipi? Andika namba yake, mfano *2*.", "1"),
        ("en", "Do you like it? Reply *1* to choose it.", "1"),
        ("en", "Which colour would you like? Reply e.g. *teal*.", "teal"),
        ("sw", "Unavaa saizi gani? Jibu mfano *M*.", "M"),
        ("en", "Please choose one of these:\n• *navy*\n• *red*", "navy"),
        ("sheng", "Nikuchukulie *M*? Jibu *ndiyo*, au niambie saizi nyingine.", "ndio"),
        ("en", "Where shall we deliver? Write the area, street or building", HOME),
        ("sw", "Tukuletee wapi? Andika mtaa, barabara au jengo", HOME),
        ("en", "Total: KES 4,850\nReply *YES* to pay, or tell me what to change.", "yes"),
        ("sw", "Jumla: KES 4,150\nJibu *NDIYO* kulipa, au niambie cha kubadilisha", "ndiyo"),
        # The total is asked last, whatever stands before it.
        ("en", "Write *checkout* to order.\nReply *YES* to pay", "yes"),
    ],
)
def test_questions_are_answered(tongue: Tongue, news: str, said: str) -> None:
    answer = begun(tongue).next(news)
    assert answer is not None and answer.text == said


def test_the_cart_is_looked_into_at_most_once() -> None:
    story = begun("en")
    said = [story.next("Added. Write *checkout* to order") for _ in range(8)]
    texts = [one.text for one in said if one is not None]
    assert texts.count("what is in my cart?") <= 1
    assert texts[-1] == "checkout"


def test_while_the_prompt_is_on_its_way_nothing_is_said() -> None:
    prompted = "The M-Pesa prompt is on its way.\nPlease enter your M-Pesa PIN on your phone."
    assert begun("en").next(prompted) is None


def test_a_shopper_who_is_not_understood_gives_up() -> None:
    # given a shopper whose wish is not understood
    story = begun("en")
    for _ in range(MOST_REPEATS):
        again = story.next("Sorry, what do you mean?")
        assert again is not None and again.text in WISHES["en"]

    # then the shopper does not go on for ever
    with pytest.raises(NothingMovesOn, match="what do you mean"):
        story.next("Sorry, what do you mean?")
