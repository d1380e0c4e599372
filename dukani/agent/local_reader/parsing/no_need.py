"""Reads "no need for the blue bag" as "I don't need the blue bag", where one is ordered.

"No need to change it", "hakuna haja ya kubadilisha" and "no need for a receipt" refuse no piece.
"""

from __future__ import annotations

import re

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import words_of
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line

_NO_NEED = re.compile(
    r"\b(?P<en>(?:there(?:'?s| is|s) )?no (?:more )?need (?:for|of)(?: the| that| those| this)?)"
    r"(?P<what>(?: \w+){1,4})"
    r"|\b(?P<sw>(?:hakuna|haina|sina|hatuna|hamna) haja (?:ya|na)(?: hiyo| hizo| ile| zile| hilo)?)"
    r"(?P<kitu>(?: \w+){1,4})",
    re.IGNORECASE,
)


def with_need_refused(text: str, context: TurnContext) -> str:
    """The text with such words as a refusal of an ordered piece; unchanged where none is named."""
    found = _NO_NEED.search(text) if context.cart else None
    if found is None:
        return text
    said = words_of(found["what"] or found["kitu"])
    if not any(_tells_of(word, line) for word in said for line in context.cart):
        return text
    refused = "I don't need the" if found["en"] else "sihitaji"
    what = found["what"] or found["kitu"]
    return f"{text[: found.start()]}{refused}{what}{text[found.end() :]}"


def _tells_of(word: str, line: Line) -> bool:
    """Whether the word is of the line's name or kind, or its colour: "ya bluu" of a blue bag."""
    if word in (*words_of(line.name), *words_of(line.category), *words_of(line.colour)):
        return True
    entry = WORDS.get(word)
    return entry is not None and entry.value in (line.category, line.colour)
