"""The dashboard's words: each message in both languages, with the same values in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from dukani.agent.wording.campaign_notes import REASONS
from scripts.pack_dashboard import SOURCES

MESSAGES = SOURCES / "src" / "messages"
pytestmark = pytest.mark.skipif(not MESSAGES.exists(), reason="the dashboard is not here")
# `{name}`, `{count, plural, …}`, and the tags of rich text.
_VALUES = re.compile(r"\{(\w+)[,}]|<(\w+)>")


def flat(messages: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in messages.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{key}.")
        else:
            yield above + key, value


def words(language: str) -> dict[str, str]:
    return {
        key: text
        for path in sorted((MESSAGES / language).glob("*.json"))
        for key, text in flat(json.loads(path.read_text()), f"{path.stem}.")
    }


def test_both_languages_have_the_same_messages():
    assert sorted(words("sw")) == sorted(words("en"))


def test_both_languages_name_the_same_values():
    english, swahili = words("en"), words("sw")

    differing = [
        key
        for key, text in english.items()
        if set(_VALUES.findall(text)) != set(_VALUES.findall(swahili.get(key, "")))
    ]
    assert differing == []


def test_no_message_is_empty_or_left_in_english():
    english, swahili = words("en"), words("sw")
    # Words that are the same in both.
    same = {"email", "SKU", "M-Pesa", "WhatsApp"}

    left = [
        key
        for key, text in english.items()
        if not text.strip() or (swahili.get(key) == text and text not in same and " " in text)
    ]
    assert left == []


def test_every_reason_why_a_campaign_stands_still_is_said():
    said = words("en")

    unsaid = [reason for reason in REASONS if f"campaigns.reason.{reason}" not in said]
    assert unsaid == ["missed"]  # it has a sentence and buttons of its own
    assert "campaigns.reason.by_owner" in said


@pytest.mark.parametrize("language", ["en", "sw"])
def test_each_file_of_words_is_loaded_first_or_later(language: str):
    loaded = re.findall(r'"./(\w+)\.json"', _source(language, "first") + _source(language, "rest"))

    files = [path.stem for path in (MESSAGES / language).glob("*.json")]
    assert sorted(loaded) == sorted(files)


def _source(language: str, part: str) -> str:
    return (MESSAGES / language / f"{part}.ts").read_text()
