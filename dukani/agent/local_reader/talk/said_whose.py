"""Leaves out a value told again only to say whose it is: "black M, hiyo black ni ya kaka"."""

from __future__ import annotations

import re

_AGAIN = re.compile(
    r"(?:^|[,.;!?]|\b(?:and|na)\b) ?(?:(?:the|that|this|hiyo|ile|hii|hizo|zile) )?(?:(?:ya|za) )?"
    r"(?P<value>(?!one |moja )[a-z]{3,})(?: one)?(?: (?:ni|is|are|will be|itakuwa))? ?$",
    re.IGNORECASE,
)


def without_what_is_whose(text: str, end: int) -> int:
    """The place up to which the text is kept before "for my brother", told at `end`."""
    found = _AGAIN.search(text, 0, end)
    if found is None:
        return end
    before = re.findall(r"[a-z]+", text[: found.start()].lower())
    return found.start() if found["value"].lower() in before else end
