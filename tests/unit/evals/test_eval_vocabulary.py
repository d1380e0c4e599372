"""Names in a file that nobody here knows are told with their place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dukani.evals.checks import KNOWN_CHECKS
from dukani.evals.cli import SAMPLES
from dukani.evals.dialogue_file import Dialogue, read_dialogues
from dukani.evals.utterance_file import Utterance, read_utterances
from dukani.evals.vocabulary import refusal, unknown_in_dialogues, unknown_in_utterances


def an_utterance(*intents: str, **slots: Any) -> Utterance:
    expect = {"intent": intents, "slots": slots}
    return Utterance.model_validate({"id": "u1", "text": "x", "expect": expect})


def a_dialogue(*turns: dict[str, Any], **final: Any) -> Dialogue:
    return Dialogue.model_validate({"id": "d1", "turns": turns, "expect_final": final})


HELLO = {"user": "hello"}


@pytest.mark.parametrize(
    ("utterance", "told"),
    [
        (an_utterance("search", "teleport"), "utterance u1: the intent 'teleport' is not known"),
        # of alternatives each must be known
        (an_utterance("search|teleport"), "utterance u1: the intent 'teleport' is not known"),
        (an_utterance("search", altitude=3), "utterance u1: the slot 'altitude' is not known"),
    ],
)
def test_an_unknown_intent_or_slot_is_told(utterance: Utterance, told: str) -> None:
    assert [str(one) for one in unknown_in_utterances([utterance])] == [told]


@pytest.mark.parametrize(
    ("dialogue", "told"),
    [
        (a_dialogue(HELLO, HELLO | {"then": {"mood": 1}}), "turn 2: the check 'mood'"),
        (a_dialogue(HELLO, mood="cheerful"), "finally: the check 'mood'"),
        (a_dialogue({"event": "earthquake"}), "turn 1: the event 'earthquake'"),
        (a_dialogue(HELLO, reply_is="poem"), "finally: the value of reply_is 'poem'"),
        (
            a_dialogue(HELLO, bot_silent_after="noon"),
            "finally: the value of bot_silent_after 'noon'",
        ),
    ],
)
def test_an_unknown_check_event_or_value_is_told(dialogue: Dialogue, told: str) -> None:
    assert [str(one) for one in unknown_in_dialogues([dialogue])] == [
        f"dialogue d1, {told} is not known"
    ]


def test_what_files_call_things_otherwise_is_known() -> None:
    dialogue = a_dialogue(
        HELLO | {"then": {"note": "for people", "handoff": False, "reply_is": "order_status"}},
        {"event": "staff_reply"},
        {"event": "hand_back", "then": {"bot_silent_after": "staff_message"}},
        cart_may_be_kept=True,
    )
    utterances = [an_utterance("pick|add", receipt="X"), an_utterance("human", color="red")]

    assert unknown_in_dialogues([dialogue]) == []
    assert unknown_in_utterances(utterances) == []


def test_a_refusal_names_the_file_each_place_and_what_is_known() -> None:
    unknown = unknown_in_dialogues([a_dialogue(HELLO | {"then": {"mood": 1}}, weather="fine")])

    told = str(refusal(Path("talks.json"), unknown)).splitlines()

    assert told == [
        "talks.json: names that are not known (--lenient goes on without them)",
        "  dialogue d1, turn 1: the check 'mood' is not known",
        "  dialogue d1, finally: the check 'weather' is not known",
        f"known of check: {', '.join(sorted(KNOWN_CHECKS))}",
    ]


@pytest.mark.parametrize(
    "check",
    [
        "step_not", "handoff_offered", "handoff", "last_reply_mentions", "shown_includes_any",
        "orders_paid", "cart_may_be_kept", "asks_clarification", "reply_mentions",
        "charged_total", "payment_attempts",
    ],
)  # fmt: skip
def test_the_checks_of_other_files_are_known(check: str) -> None:
    assert unknown_in_dialogues([a_dialogue(HELLO, **{check: True})]) == []


def test_the_samples_say_nothing_unknown() -> None:
    talks = read_dialogues(SAMPLES / "dialogues.json").dialogues

    assert unknown_in_dialogues(talks) == []
    assert unknown_in_utterances(read_utterances(SAMPLES / "utterances.jsonl")) == []
