"""Gives each child told of the pieces "for each": "one is 6, the other 8; two sweaters each"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

OF_ALL = frozenset(("mtu", "mmoja", "mtoto", "mwanafunzi"))  # "kila mtu"


def for_each_child(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with an Add for each age in the place of what only tells the ages."""
    told = [act for act in acts if isinstance(act, a.Search) and _tells_only_age(act)]
    ages = [act.age for act in told if act.age is not None]
    adds = [act for act in acts if isinstance(act, a.Add)]
    ages += [act.values.age for act in adds if act.values.age is not None]
    if not told or not adds or len(set(ages)) != len(ages) or not _says_each(message):
        return list(acts)
    if any(act.values.size for act in adds) or len(ages) < 2:
        return list(acts)
    aged: list[a.Act] = []
    for act in acts:
        if isinstance(act, a.Add):
            aged += [one for age in ages if (one := _of_age(act, age)) not in aged]
        elif act not in told:
            aged.append(act)
    return aged


def _of_age(act: a.Add, age: int) -> a.Add:
    values = act.values.model_copy(update={"age": age})
    return act.model_copy(update={"values": values, "evidence": None})


def _tells_only_age(act: a.Search) -> bool:
    told = {"age": act.age, "occasion": act.occasion, "quantity": act.quantity}
    bare = act.model_copy(update={"instead": False, "evidence": None})
    return act.age is not None and bare == a.Search(**told)


def _says_each(message: Message) -> bool:
    texts = [token.text for token in message.tokens]
    every = any(one == "kila" and other in OF_ALL for one, other in itertools.pairwise(texts))
    return "each" in texts or every
