"""Takes another value for a person's piece that could not be had: "basi naye apate navy pia".

His grey suit is sold out, and its size is asked for; "navy too" is of that suit and no further one.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

_WHO = word_set("persons", "his") | word_set("persons", "hers") | {"naye", "nae", "yeye", "huyo"}
_ASKED = ("colour", "size")


def his_too(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, with the value said for the person as the answer to what is asked."""
    adds = [act for act in acts if isinstance(act, a.Add)]
    looked_at = context.focus is not None and context.question in _ASKED
    if len(adds) != 1 or not looked_at or _WHO.isdisjoint(words_of(text)):
        return list(acts)
    [add] = adds
    told = add.values
    alone = bool(told.colour) != bool(told.size) and told.quantity is None and told.age is None
    wanted = context.spoken_size if told.colour else context.spoken_colour
    named = add.target in (a.Target(), a.Target(colour=told.colour, size=told.size))
    if not (add.another and named and alone and wanted):
        return list(acts)
    return [a.Set(values=told) if act is add else act for act in acts]
