"""Checks that a model's rewording says what the template says and nothing else. Pure.

The template is worded from the turn's facts, so its content is true. A rewording may drop
courtesy, never a figure, a name or a bold word; it may add courtesy, never a figure, a link or a
promise.
"""

from __future__ import annotations

import re
from collections import Counter

LONGEST = 1.6  # times the template's length, plus a sentence of 80 characters
_SENTENCE = 80

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_BOLD = re.compile(r"\*([^*\n]+)\*")
_LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+", re.IGNORECASE)
_CURRENCY = re.compile(
    r"\b(?:kes|ksh|kshs|tzs|tsh|ugx|usd|bob|shillings?|shilingi)\b", re.IGNORECASE
)
# Words of promises, which would bind the shop.
_PROMISES = re.compile(
    r"\b(?:free|bure|discounts?|punguzo|refunds?|guarantee\w*|promise\w*|warranty|today|leo"
    r"|tomorrow|kesho|tonight|hours?|masaa|saa|days?|siku|week\w*|wiki|deliver\w*|delivery"
    r"|tutaleta|tutatuma|reserv\w*|hold\w*|paid|payment|malipo|lipa\w*|cheap\w*|cheaper|offers?"
    r"|sale|stock|available|ipo|zipo|yapo|exchange\w*|returns?|gifts?|zawadi)\b",
    re.IGNORECASE,
)


def ungrounded(text: str, template: str) -> list[str]:
    """The reasons why `text` may not replace `template`; empty when it may."""
    wrong = [f"lost {figure}" for figure in _lost(_FIGURE, template, text)]
    wrong += [f"added {figure}" for figure in _lost(_FIGURE, text, template)]
    wrong += [f"lost {bold}" for bold in _bold_but(template, besides=text)]
    wrong += [f"added {bold}" for bold in _bold_but(text, besides=template)]
    for pattern in (_LINK, _CURRENCY, _PROMISES):
        wrong += [f"added {word}" for word in _lost(pattern, text.lower(), template.lower())]
    if not text.strip() or len(text) > LONGEST * len(template) + _SENTENCE:
        wrong.append(f"{len(text)} characters for {len(template)}")
    return wrong


def _bold_but(text: str, *, besides: str) -> list[str]:
    return [bold for bold in _BOLD.findall(text) if bold.lower() not in besides.lower()]


def _lost(pattern: re.Pattern[str], there: str, here: str) -> list[str]:
    """The pattern's matches that `there` has more often than `here`."""
    return list(Counter(pattern.findall(there)) - Counter(pattern.findall(here)))
