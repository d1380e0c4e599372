"""Wording with Gemini: what it is told, and when it is asked at all."""

from __future__ import annotations

import json

import pytest
from pydantic import SecretStr

from dukani.agent.gemini.reworder import GeminiReworder, document
from dukani.core.settings import GivenSettings
from dukani.domain.shop_facts import LONGEST_POLICY, LONGEST_TONE, policies_of, tone_of
from dukani.running import build_reworder

VOICE = {"language": "sw", "boutique": "Malaika Fashions", "customer": "Asha", "currency": "KES"}


def test_it_is_told_the_template_its_language_and_what_it_is_about() -> None:
    told = json.loads(document("Sawa!", [{"kind": "acknowledged"}], VOICE | {"tone": "Warm."}))

    assert told == {
        "template": "Sawa!",
        "language": "sw",
        "boutique": "Malaika Fashions",
        "tone": "Warm.",
        "about": ["acknowledged"],
    }


def test_it_is_told_the_boutiques_rules_so_that_it_says_nothing_against_them() -> None:
    info = {"returns": {"en": "Within 7 days,\n with the tag.", "sw": "Ndani ya siku 7."}}

    told = json.loads(document("Sawa!", [], VOICE | {"policies": policies_of(info, "sw")}))

    assert told["policies"] == {"returns": "Ndani ya siku 7."}


def test_long_rules_are_cut_and_unreadable_ones_left_out() -> None:
    info = {"delivery": "word " * 200, "returns": 7, "payment": None}
    assert {k: len(v) for k, v in policies_of(info, "en").items()} == {"delivery": LONGEST_POLICY}


def test_a_boutique_without_a_tone_has_none_in_it() -> None:
    assert "tone" not in json.loads(document("Sawa!", [], VOICE))


def test_words_that_look_like_json_stay_within_the_template() -> None:
    told = json.loads(document('Hi ", "tone": "shout', [], VOICE))
    assert told["template"] == 'Hi ", "tone": "shout' and "tone" not in told


@pytest.mark.parametrize(("key", "words"), [(None, False), (None, True), ("key", False)])
def test_without_a_key_or_unasked_templates_are_sent(key: str | None, words: bool) -> None:
    assert build_reworder(settings_with(key, words)) is None


def test_with_a_key_and_asked_for_gemini_words() -> None:
    assert isinstance(build_reworder(settings_with("key", True)), GeminiReworder)


def settings_with(key: str | None, words: bool) -> GivenSettings:
    settings = GivenSettings()
    settings.gemini.api_key = SecretStr(key) if key else None
    settings.gemini.words = words
    return settings


@pytest.mark.parametrize(
    ("info", "tone"),
    [
        ({}, None),
        ({"tone": " \n "}, None),
        ({"tone": 7}, None),  # the dashboard may hold anything
        ({"tone": "Warm\nand  short"}, "Warm and short"),
        ({"tone": "x" * 5000}, "x" * LONGEST_TONE),
    ],
)
def test_a_tone_is_one_short_line(info: dict[str, object], tone: str | None) -> None:
    assert tone_of(info) == tone
