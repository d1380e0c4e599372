"""Finds the line whose piece is named for the person spoken of: "give him XL" of a Shirt (His)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line
from dukani.domain.wearers import Sex, for_child, named_for

_CALLING = "|".join(word_set("persons", "called") | word_set("wants_prompt", "calling"))
_LEADING = (  # what tells of a person, whom one else calls: "give bro L", "ya dada"
    "my", "our", "his", "her", "the", "for", "give", "get", "kwa", "mpe", "na", "and",
    "ya", "za", "la", "cha", "vya", "wa",
)  # fmt: skip
_NOT_LED = "".join(rf"(?<!\b{word} )" for word in _LEADING)
_TOLD_OF = (
    r"['’]?s\b| (?:w|y|z|l|ch|vy)?(?:angu|etu|ake|ako)\b"
    r"| (?:wants?|needs?|takes?|gets?|anataka|is|ni|anavaa)\b"
)
_CALLED = re.compile(rf"{_NOT_LED}\b(?:{_CALLING})\b(?!{_TOLD_OF})", re.IGNORECASE)


def named_for_person(lines: Sequence[Line], sexes: Collection[Sex | None]) -> list[Line]:
    """The only line named for that sex beside one for the other; none where they are no two."""
    if len(sexes) != 1:
        return []
    named = [(line, named_for(line.name)) for line in lines if not for_child(line.name)]
    own = [line for line, sex in named if sex in sexes]
    others = [line for line, sex in named if sex is not None and sex not in sexes]
    return own if len(own) == 1 and others else []


def without_called(text: str) -> str:
    """The text without persons only called: "bro iwe L", "make it L sis"; "ya bro iwe L" stays."""
    return _CALLED.sub(" ", text)


def wishes_of_another_piece(context: TurnContext) -> bool:
    """Whether what is told of a person may be of a piece not in the cart: "my husband is XL"."""
    ordered = {line.product_id for line in context.cart}
    return context.focus is not None and (
        context.focus.product_id not in ordered or context.question is not None
    )
