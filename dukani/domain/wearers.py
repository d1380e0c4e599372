"""Tells for whom clothes are cut, from a person's relation to the customer and the age. Pure."""

from __future__ import annotations

from dukani.core.store.wearers import Audience, Relation

GROWN_UP = 15  # years from which women's and men's sizes are worn

_WOMEN: frozenset[Relation] = frozenset(
    {"mother", "sister", "daughter", "wife", "girlfriend", "grandmother", "aunt", "niece"}
)
_MEN: frozenset[Relation] = frozenset(
    {"father", "brother", "son", "husband", "boyfriend", "grandfather", "uncle", "nephew"}
)


def audience_of(relation: Relation, age: int | None) -> Audience | None:
    """Whose sizes the person wears; None where the relation and the age do not tell.

    Sons and daughters are of any age: only a told one says whether they wear children's sizes.
    """
    if (age is not None and age < GROWN_UP) or relation == "child":
        return "children"
    if relation in {"daughter", "son", "niece", "nephew"} and age is None:
        return None
    if relation in _WOMEN:
        return "women"
    return "men" if relation in _MEN else None
