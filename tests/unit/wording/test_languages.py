"""A language is a set of words; what it lacks is said in English, and is listed here."""

from __future__ import annotations

from typing import get_args

import pytest

from dukani.agent import facts as f
from dukani.agent.wording import registry
from dukani.agent.wording.registry import TEMPLATES, said
from dukani.core.languages import FULL, LANGUAGES, Language, Worded, known
from tests.unit.wording.samples import voice

FACTS = get_args(get_args(f.AnyFact)[0])
# By language: how many facts have no words of their own yet. It may only fall.
LACKS: dict[Language, int] = {"en": 0, "sw": 0}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_lacks_no_more_words_than_it_says(language: Language) -> None:
    lacking = [fact.__name__ for fact in FACTS if (fact, language) not in TEMPLATES]

    assert len(lacking) == LACKS.get(language), (
        f"LACKS[{language!r}] must be {len(lacking)}; said in English: {', '.join(lacking)}"
    )


def test_what_a_language_lacks_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    without = {key: words for key, words in TEMPLATES.items() if key != (f.Thanked, "sw")}
    monkeypatch.setattr(registry, "TEMPLATES", without)

    assert said(f.Thanked(), voice("sw")) == said(f.Thanked(), voice("en"))
    assert said(f.Introduced(), voice("sw")) != said(f.Introduced(), voice("en"))


def test_a_table_of_words_gives_the_english_ones_for_what_it_lacks() -> None:
    only_english = Worded(en="person")

    assert [only_english[language] for language in LANGUAGES] == ["person"] * len(LANGUAGES)


def test_a_table_of_words_knows_no_language_that_is_none() -> None:
    with pytest.raises(TypeError, match="xx"):
        Worded(en="person", xx="mtu")


def test_a_language_that_nobody_has_written_is_english() -> None:
    assert (known("sw"), known("xx"), known(None)) == ("sw", FULL, FULL)
