"""Reads a kind as the name of another piece of the shop: "the turtleneck", beside a cardigan.

Both are sweaters; the cardigan is looked at, and the only turtleneck is a Merino Turtleneck. Two
kinds in a row that stand so in a name are its name, whatever is in view: the "sweater dress".
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.called_kinds import WORD, kinds_in
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.vocabulary import names_in_view, names_sold
from dukani.domain.context import TurnContext
from dukani.domain.naming import singulars, spells

ANY_SUCH = frozenset(("a", "an", "any", "some"))


def kinds_as_names(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """A name for each kind that only pieces out of view are called by."""
    named = {at for find in finds if find.slot == "name" for at in range(find.start, find.end)}
    kinds = [find for find in finds if find.slot == "category" and find.start not in named]
    pairs = [pair for find in kinds if (pair := _compound(find, tokens, context)) is not None]
    paired = {find.end for find in pairs}
    return pairs + [
        Find("name", word, find.start, find.end, sold=another)
        for find in kinds
        if find.end not in paired
        and (
            (another := _calls_another(word := tokens[find.start].text, str(find.value), context))
            or _calls_one_shown(word, str(find.value), context)
        )
    ]


def _compound(find: Find, tokens: Sequence[Token], context: TurnContext) -> Find | None:
    """Two kinds in a row as they stand in a name; "a shirt set" may be any."""
    before = tokens[max(0, find.start - 2) : find.start]
    if not before or before[-1].pause or before[-1].kind != "category":
        return None
    if len(before) > 1 and before[0].text in ANY_SUCH:
        return None
    firsts, lasts = singulars(before[-1].text), singulars(tokens[find.start].text)
    pairs = _pairs(names_sold(context))
    said = next(
        (f"{a} {b}" for a in sorted(firsts) for b in sorted(lasts) if (a, b) in pairs), None
    )
    if said is None:
        return None
    start = find.start - 1
    while start and not tokens[start - 1].pause:  # the zara of a "zara tote handbag"
        before_it = tokens[start - 1].text
        if (before_it, said.split()[0]) not in pairs:
            break
        said, start = f"{before_it} {said}", start - 1
    seen = any(spells(said, name) for name in names_in_view(context))
    return Find("name", said, start, find.end, sold=not seen)


@lru_cache(maxsize=256)
def _pairs(names: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """The words that stand side by side in these names, with nothing but a space between."""
    found: set[tuple[str, str]] = set()
    for name in names:
        words = list(WORD.finditer(name.lower()))
        for one, other in itertools.pairwise(words):
            if name[one.end() : other.start()].isspace():
                found.add((one.group(), other.group()))
    return frozenset(found)


def _calls_one_shown(word: str, category: str, context: TurnContext) -> bool:
    """Whether one of several pieces shown is of this kind and the others of others: "beanie"."""
    alike = [option.name for option in context.options if option.category == category]
    called = [name for name in alike if spells(word, name)]
    others = [kinds_in(name) - {None, category} for name in alike if name not in called]
    kind = kind_of(word)
    if kind in (None, category) or len(called) != 1 or not others:
        return False
    return all(kinds and kind not in kinds for kinds in others)


def _calls_another(word: str, category: str, context: TurnContext) -> bool:
    focus = context.focus
    if focus is None or focus.category != category or spells(word, focus.name):
        return False
    kind, own = kind_of(word), kinds_in(focus.name)
    if kind is None or kind == category or not own - {None, kind}:
        return False
    called = [p for p in context.sold.pieces if p.category == category and spells(word, p.name)]
    return len(called) == 1
