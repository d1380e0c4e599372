"""Reads a cloth as the name of the one piece called after it: "ile ya lace", "the satin one"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells

OF = frozenset(("ya", "la", "za", "cha", "wa", "vya"))
ONE = frozenset(("one", "ones"))
JEANS = "jeans"
DENIM = "denim"


def named_by_cloth(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """The finds, with a name for a pattern that only one piece sold is called by.

    Only beside what is ordered: a search looks for all that is made of it.
    """
    if not context.cart:
        return list(finds)
    headed = {at for find in finds if find.slot != "pattern" for at in range(find.start, find.end)}
    return [
        replace(find, slot="name", value=tokens[find.start].text, sold=True)
        if find.slot == "pattern"
        and find.start not in headed
        and _stands_alone(tokens, find)
        and _names_one(tokens[find.start].text, context)
        else find
        for find in finds
    ]


def shown_in_denim(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """The finds, with a name for "hilo la jeans" where no jeans are shown, but one denim piece."""
    shown = [option for option in context.options if spells(DENIM, option.name)]
    if len(shown) != 1 or any(option.category == JEANS for option in context.options):
        return list(finds)
    return [
        replace(find, slot="name", value=DENIM)
        if (find.slot, find.value) == ("category", JEANS) and _stands_alone(tokens, find)
        else find
        for find in finds
    ]


def _stands_alone(tokens: Sequence[Token], find: Find) -> bool:
    before = tokens[max(0, find.start - 2) : find.start]
    pointed = len(before) == 2 and ("@this" in before[0].tags or before[0].verb is not None)
    of_that = pointed and before[1].text in OF
    the = bool(before) and before[-1].text == "the"
    return of_that or (the and any(t.text in ONE for t in tokens[find.end : find.end + 1]))


def _names_one(word: str, context: TurnContext) -> bool:
    return len([piece for piece in context.sold.pieces if spells(word, piece.name)]) == 1
