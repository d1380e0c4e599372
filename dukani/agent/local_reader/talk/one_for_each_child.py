"""Counts a piece that is "for each child" by the children dressed: "moja kwa kila mtoto".

How many they are is known of the order: of the most units of one piece in sizes by age.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import EXCEPT
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.sizes import is_by_age

JOINERS = word_set("edits", "joiners")
EACH = frozenset(("each", "every"))
CHILD = frozenset(("child", "kid", "boy", "girl", "twin", "kids", "boys", "girls", "twins"))
OF_THEM = frozenset(("of", "the", "my", "them"))
ONE_CHILD = frozenset(
    ("youngest", "eldest", "oldest", "smallest", "biggest", "lastborn", "firstborn", "baby",
     "mdogo", "mkubwa", "kitindamimba", "one", "mmoja"),
)  # fmt: skip


def as_many_as_children(message: Message, acts: Sequence[a.Act]) -> list[a.Act]:
    """The acts, with one for each child dressed where a piece is "for each child".

    Two suits for the twins, then "soksi, pakiti moja kwa kila mtoto": two packs. "Three scarves,
    one for each child" are three; "… each child except the youngest" leaves one out.
    """
    texts = [token.text for token in message.tokens]
    if not says_for_each_child(texts):
        return list(acts)
    count = _children_dressed(message.context)
    acts = _without_the_share(message, acts, count)
    adds = [act for act in acts if isinstance(act, a.Add)]
    if len(adds) != 1 or count < 2:
        return list(acts)
    values = adds[0].values
    if values.size or values.age is not None or adds[0].target.scope != "one":
        return list(acts)
    if _all_are_counted(texts, values, count):
        return list(acts)
    if not EXCEPT.isdisjoint(texts):
        if ONE_CHILD.isdisjoint(_behind_except(texts)):
            return [a.Unclear() if act is adds[0] else act for act in acts]
        count -= 1
    counted = values.model_copy(update={"quantity": (values.quantity or 1) * count})
    told = adds[0].model_copy(update={"values": counted})
    return [told if act is adds[0] else act for act in acts]


def says_for_each_child(texts: Sequence[str]) -> bool:
    """Whether something is for each child: "kwa kila mtoto", "for each of the boys"."""
    return _said_at(texts) is not None


def _said_at(texts: Sequence[str]) -> int | None:
    """Where "each" of the words for it stands."""
    told = [(at, text) for at, text in enumerate(texts) if text not in OF_THEM]
    for (at, one), (_, other) in itertools.pairwise(told):
        if (one in EACH and other in CHILD) or (one == "kila" and other == "mtoto"):
            return at
    return None


def _without_the_share(message: Message, acts: Sequence[a.Act], count: int) -> Sequence[a.Act]:
    """The acts without the "one for each child" of what is counted before: "3 scarves, one …"."""
    adds = [act for act in acts if isinstance(act, a.Add)]
    if len(adds) != 2 or _is_joined(message):
        return acts
    first, second = adds
    several = first.values.quantity or 1
    same = first.target == second.target and (second.values.quantity or 1) == 1
    if not same or several < 2 or count not in (0, 1, several):
        return acts
    return [act for act in acts if act is not second]


def _is_joined(message: Message) -> bool:
    """Whether "and" begins what is for each child: "two for me and one for each child"."""
    at = _said_at([token.text for token in message.tokens]) or 0
    while at and not message.tokens[at - 1].pause:
        at -= 1
        if message.tokens[at].text in JOINERS:
            return True
    return False


def _all_are_counted(texts: Sequence[str], values: a.Values, count: int) -> bool:
    """Whether the count said is that of all: "3 scarves, one for each child"."""
    at = _said_at(texts) or 0
    shared = not {"one", "moja", "mmoja"}.isdisjoint(texts[max(0, at - 3) : at])
    return shared and values.quantity == count


def _behind_except(texts: Sequence[str]) -> Sequence[str]:
    return texts[next(at for at, text in enumerate(texts) if text in EXCEPT) + 1 :]


def _children_dressed(context: TurnContext) -> int:
    """How many children the order dresses: the most units of one piece in sizes by age."""
    units: Counter[str] = Counter()
    for line in context.cart:
        if is_by_age(line.size):
            units[line.product_id] += line.quantity
    return max(units.values(), default=0)
