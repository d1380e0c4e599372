"""Reads a kind as the name of another piece of the shop: "the turtleneck", beside a cardigan.

Both are sweaters; the cardigan is looked at, and the only turtleneck is a Merino Turtleneck.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells


def kinds_as_names(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """A name for each kind that only pieces out of view are called by."""
    named = {at for find in finds if find.slot == "name" for at in range(find.start, find.end)}
    kinds = [find for find in finds if find.slot == "category" and find.start not in named]
    return [
        Find("name", word, find.start, find.end, sold=another)
        for find in kinds
        if (another := _calls_another(word := tokens[find.start].text, str(find.value), context))
        or _calls_one_shown(word, str(find.value), context)
    ]


def _calls_one_shown(word: str, category: str, context: TurnContext) -> bool:
    """Whether one of several pieces shown is of this kind and the others of others: "beanie"."""
    alike = [option.name for option in context.options if option.category == category]
    called = [name for name in alike if spells(word, name)]
    others = [kinds_in(name) - {None, category} for name in alike if name not in called]
    kind = kind_of(word)
    if kind in (None, category) or len(called) != 1 or not others:
        return False
    return all(kinds and kind not in kinds for kinds in others)


def kinds_in(name: str) -> set[str | None]:
    """The kinds that words of the name tell of."""
    return {kind_of(part) for part in name.lower().split()}


def _calls_another(word: str, category: str, context: TurnContext) -> bool:
    focus = context.focus
    if focus is None or focus.category != category or spells(word, focus.name):
        return False
    kind, own = kind_of(word), kinds_in(focus.name)
    if kind is None or kind == category or not own - {None, kind}:
        return False
    called = [p for p in context.sold.pieces if p.category == category and spells(word, p.name)]
    return len(called) == 1
