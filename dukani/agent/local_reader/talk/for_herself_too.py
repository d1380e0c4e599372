"""Looks for a piece for the customer too: "abaya ya me na ya daughter yangu, ako 6yrs"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.domain import acts as a

_AND_HERS = re.compile(
    r"(?<!size )(?<!saizi )(?<!number )(?<!namba )(?<!jina )(?<!address )(?<!simu )"
    r"\b(?:(?:ya|za|la|cha|vya) (?:me|mimi)|(?:for|ya) (?:me|myself|mimi)|yangu|zangu|langu)"
    r",? (?:na|and|plus|pia|also|then)\b",
    re.IGNORECASE,
)


def for_herself_too(text: str, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with a search in her own sizes before the one for a child."""
    searches = [act for act in acts if isinstance(act, a.Search)]
    if len(searches) != 1 or searches[0].age is None or not _AND_HERS.search(text):
        return list(acts)
    [childs] = searches
    own = childs.model_copy(update={"age": None, "quantity": None})
    return [one for act in acts for one in ([own, act] if act is childs else [act])]
