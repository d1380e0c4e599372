"""Tells what "those" counts from a quantity or an option: "hizo mbili tu", "those two"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.domain.context import TurnContext
from dukani.domain.steps import CHOOSING

THESE = word_set("pointing", "these")
SET_TO = word_set("edits", "set_to")
GENITIVE = ("ya", "za", "la", "cha", "vya", "of")
EDITING = ("~remove", "~cancel", "~erase", "~reduce", "~add")
VALUES = ("colour", "size", "mark")
COUNTING = ("~reduce", "~add")
OF_PEOPLE = frozenset(("wawili", "watatu", "wanne", "watano"))  # "wote wawili"
OF_PIECES = ("colour", "category", "garment", "size", "mark")


def counts_these(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether "those two" are pieces shown or ordered: no second option, and no two of one."""
    return counts_these_shown(tokens, figure, context) or counts_these_lines(
        tokens, figure, context
    )


def counts_these_shown(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether the pieces shown are counted; a plural never leads to the number of one."""
    listed = context.step == "products_found" and len(context.options) > 1
    return listed and figure.value > 1 and _is_behind_these(tokens, figure)


def counts_all(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether "all" counts what is shown or ordered, and no units of each: "zote tatu nyeusi"."""
    before = tokens[figure.start - 1] if figure.start else None
    listed = context.step == "products_found" and len(context.options) > 1
    if before is None or before.pause or figure.kind != "number":
        return False
    if not listed:
        ordered = {len(context.cart), sum(line.quantity for line in context.cart)}
        counted = figure.value in ordered or tokens[figure.start].text in OF_PEOPLE
        return figure.value > 1 and counted and "@all" in before.tags
    opens = figure.start < 3 and not any(t.kind == "category" for t in tokens[: figure.start])
    return opens and "@all" in before.tags and figure.value == len(context.options)


def counts_one_line(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether the units of one line are counted: "zile mbili za purple", "the two black ones"."""
    before = tokens[figure.start - 1] if figure.start else None
    if before is None or before.pause or before.text not in THESE | {"the"}:
        return False
    behind = [token for token in tokens[figure.end : figure.end + 2] if token.text not in GENITIVE]
    said = behind[0] if behind and behind[0].kind in ("colour", "size") else None
    if said is None or any(not token.tags.isdisjoint(("~add", "~put")) for token in tokens):
        return False
    kinds = {token.value for token in tokens if token.kind == "category"}
    return any(
        line.quantity == figure.value and said.value in (line.colour, line.size)
        for line in context.cart
        if not kinds or line.category in kinds
    )


def is_chosen_from(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether one of the pieces counted is chosen: "kati ya hizi mbili", "out of these two"."""
    if figure.kind == "ordinal":
        return False  # "the price of the third"
    before = tokens[figure.start - 1] if figure.start else None
    pointed = before is not None and not before.pause and before.text in THESE | {"the"}
    if not pointed or not 1 < figure.value == len(context.options):
        return False
    lead = [token.text for token in tokens[max(0, figure.start - 3) : figure.start - 1]]
    return lead == ["kati", "ya"] or (bool(lead) and lead[-1] in ("of", "between", "among", "from"))


def counts_these_lines(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether the lines of the order are counted; where a line has so many units, it may be that.

    "Toa hizo mbili" and "hizo mbili ziwe black" are of both lines, if neither has two units.
    """
    if context.step in CHOOSING or context.step == "products_found":
        return False
    ordered = 1 < len(context.cart) == figure.value
    so_many = any(line.quantity == figure.value for line in context.cart)
    return ordered and _is_behind_these(tokens, figure, edited=not so_many)


def _is_behind_these(tokens: Sequence[Token], figure: Figure, *, edited: bool = False) -> bool:
    """Whether "those" leads to the count, and neither a value nor a kind follows it.

    `edited`: they may be removed or changed too.
    """
    before = tokens[figure.start - 1] if figure.start else None
    if figure.kind != "number" or before is None or before.text not in THESE or before.pause:
        return False
    editing = COUNTING if edited else EDITING
    if any(not token.tags.isdisjoint(editing) for token in tokens):
        return False
    after = tokens[figure.end] if figure.end < len(tokens) else None
    if after is None or tokens[figure.end - 1].pause:
        return True
    set_before = any(token.text in SET_TO for token in tokens[: figure.start])
    if after.text in SET_TO or after.text == "in" or (set_before and after.kind in VALUES):
        return edited
    return after.text not in GENITIVE and after.kind not in OF_PIECES
