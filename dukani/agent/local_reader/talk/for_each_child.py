"""Gives each child told of the pieces "for each": "one is 6, the other 8; two sweaters each".

And the kind looked for to each age of a list: "aged 3, 5 and 8, I want dungarees".
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

JOINERS = word_set("edits", "joiners")
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


def one_kind_for_the_ages(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with a search for the kind in the place of one that only tells a listed age."""
    kinds = [
        act for act in acts if isinstance(act, a.Search) and act.age and not _tells_only_age(act)
    ]
    alike = {act.model_copy(update={"age": None, "evidence": None}) for act in kinds}
    if len(alike) != 1 or not _are_listed(message):
        return list(acts)
    return [
        kinds[0].model_copy(update={"age": act.age})
        if isinstance(act, a.Search) and _tells_only_age(act)
        else act
        for act in acts
    ]


def without_one_of_each(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with no count where one is for each of those it was shown for: "one each".

    How many they are is known of the search: "for my boys of 4, 7 and 9", then "white, one each".
    """
    adds = [act for act in acts if isinstance(act, a.Add)]
    if len(adds) != 1 or adds[0].values.quantity != 1 or not _says_each(message):
        return list(acts)
    if adds[0].target.scope != "one" or not adds[0].values.colour:
        return list(acts)
    values = adds[0].values.model_copy(update={"quantity": None})
    uncounted = adds[0].model_copy(update={"values": values})
    return [uncounted if act is adds[0] else act for act in acts]


def _are_listed(message: Message) -> bool:
    """Whether nothing but commas and "and" stands between the ages: "3, 5 and 8"."""
    ages = message.slots.wanted("age")
    between = [message.tokens[x.end : y.start] for x, y in itertools.pairwise(ages)]
    return bool(between) and all(token.text in JOINERS for part in between for token in part)


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
