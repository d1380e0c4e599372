"""Gives each number its slot and its value: "ya mwisho" is the last option, "mbili" a count of 2.

"Ya katikati" is the middle option while several are shown, and else the size M.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.numbers import role_of
from dukani.agent.local_reader.parsing.packs import piece_of_the_pack
from dukani.domain.context import TurnContext

MIDDLE = -2  # the ordinal of "the middle one"; -1 is "the last one"
KEEP = word_set("edits", "keep")


def numbered_slots(
    tokens: Sequence[Token], figures: Sequence[Figure], context: TurnContext, words: list[Find]
) -> list[Find]:
    """Options, sizes and quantities said as numbers."""
    picks = sum(figure.kind == "ordinal" for figure in figures)
    sizes = sum(find.slot == "size" for find in words) + sum(
        figure.start > 0 and tokens[figure.start - 1].kind == "mark" for figure in figures
    )
    finds: list[Find] = []
    for figure in figures:
        marked = figure.start > 0 and tokens[figure.start - 1].kind == "mark"
        others_said = picks + sizes - marked - (figure.kind == "ordinal")
        if number := piece_of_the_pack(tokens, figure, context):
            finds.append(Find("option", number, figure.start, figure.end))
            continue
        role = role_of(tokens, figure, context, others_said)
        if role is not None:
            value = _resolve(tokens, figure, role, context)
            finds.append(Find(role, value, figure.start, figure.end))
    return finds


def _resolve(tokens: Sequence[Token], figure: Figure, role: str, context: TurnContext) -> str | int:
    """The value of a number in its role."""
    if role == "size":
        return str(figure.value)
    if figure.kind != "ordinal":
        return figure.value
    if figure.value == MIDDLE:
        return _middle(context)
    if figure.value < 0:  # "the last one"
        of_order = context.cart and (not context.options or any(map(_is_of_order, tokens)))
        return len(context.cart if of_order else context.options) or 1
    return figure.value


def _is_of_order(token: Token) -> bool:
    """Whether the word is said of what is ordered: "take out the last", "keep only the last"."""
    return "~remove" in token.tags or token.text in KEEP


def _middle(context: TurnContext) -> int:
    return (len(context.options) + 1) // 2 or 1


def in_the_middle(find: Find, tokens: Sequence[Token], context: TurnContext) -> Find:
    """The find; "ya katikati" (medium) is the middle option while several are shown."""
    word = tokens[find.start].text.split()[-1]
    marked = find.start > 0 and tokens[find.start - 1].kind == "mark"
    several = context.step == "products_found" and len(context.options) > 2
    if find.slot != "size" or word not in ("kati", "katikati") or marked or not several:
        return find
    return replace(find, slot="option", value=_middle(context))
