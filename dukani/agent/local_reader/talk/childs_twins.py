"""Takes twins who wear a child's size for children: "mbili blue 6Y, ni za pacha" is no sister's."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.domain import acts as a
from dukani.domain.sizes import is_by_age

_TWIN = frozenset(("twin", "pacha"))


def childs_twins(text: str, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with a child for the customer's own twin where a child's size or age is told."""
    told = [act.values for act in acts if isinstance(act, a.Add | a.Set)]
    young = any(one.age is not None or (one.size and is_by_age(one.size)) for one in told)
    if not young or _TWIN.isdisjoint(words_of(text)):
        return list(acts)
    return [
        act.model_copy(update={"relation": "child"})
        if isinstance(act, a.SetWearer) and act.relation == "sister"
        else act
        for act in acts
    ]
