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
_TAGS = re.compile(r"<(\w+)>")


def values(message: str) -> set[str]:
    """The names of `{name}`, of `{count, plural, …}` and of the tags of rich text.

    A branch of a plural or select is a message of its own, even of one word: `none {oda}`.
    """
    found = set(_TAGS.findall(message))
    for inside in _braces(message):
        name, _, rest = (part.strip() for part in inside.partition(","))
        found.add(name)
        for branch in _braces(rest):
            found |= values(branch)
    return found


def _braces(message: str) -> Iterator[str]:
    """What is in the outermost braces, each."""
    depth, start = 0, 0
    for place, sign in enumerate(message):
        if sign == "{":
            depth, start = depth + 1, start if depth else place + 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield message[start:place]


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
        key for key, text in english.items() if values(text) != values(swahili.get(key, ""))
    ]
    assert differing == []


def test_no_message_is_empty_or_left_in_english():
    english, swahili = words("en"), words("sw")
    # Words that are the same in both.
    same = {"email", "SKU", "M-Pesa", "WhatsApp", "Africa's Talking"}

    left = [
        key
        for key, text in english.items()
        if not text.strip() or (swahili.get(key) == text and text not in same and _tells(text))
    ]
    assert left == []


def _tells(text: str) -> bool:
    """Whether it has words of a language, beside values and signs."""
    return " " in re.sub(r"\{\w+\}", "", text).strip(" →·—")


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
