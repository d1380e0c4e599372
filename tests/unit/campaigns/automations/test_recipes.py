"""The rules to begin with read well in both languages, whatever is known of the customer."""

from __future__ import annotations

import pytest

from dukani.campaigns.automations.recipes import RECIPES
from dukani.core.sms_segments import segments
from dukani.domain.acts import Language
from dukani.domain.automations import Content
from tests.unit.campaigns.automations.composed import all_known, card, values

_MESSAGES = [
    pytest.param(step.message, id=f"{trigger}-{number}")
    for trigger, rule in RECIPES.items()
    for number, step in enumerate(rule.steps, start=1)
]


@pytest.mark.parametrize("message", _MESSAGES)
@pytest.mark.parametrize("language", ["en", "sw"])
def test_each_message_is_written_with_every_value_missing(
    message: Content, language: Language
) -> None:
    made = card(message, values(language=language))

    assert "{" not in made.whatsapp.text + made.sms.text
    assert made.language == language


@pytest.mark.parametrize("message", _MESSAGES)
@pytest.mark.parametrize("language", ["en", "sw"])
def test_each_message_is_written_with_every_value_known(
    message: Content, language: Language
) -> None:
    made = card(message, all_known(language=language))

    assert not made.stood_in
    assert not made.left_out
    assert len(made.whatsapp.text) <= 1024
    assert segments(made.sms.text).encoding == "GSM-7"
    assert made.sms.segments <= 2, "an SMS is paid by the segment"
    assert not made.sms.shortened


def test_each_is_said_in_both_languages_and_not_in_the_same_words() -> None:
    for rule in RECIPES.values():
        for step in rule.steps:
            for texts in (step.message.text, step.message.sms or step.message.text):
                assert texts["en"] != texts["sw"]


def test_a_left_cart_is_mentioned_after_an_hour_a_day_and_three() -> None:
    steps = RECIPES["cart_abandoned"].steps

    assert [step.after_minutes for step in steps] == [60, 24 * 60, 72 * 60]
