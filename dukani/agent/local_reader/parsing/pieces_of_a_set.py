"""Reads "the three piece" as the piece called so, where one is sold: a 3 Piece Suit, a 3pc Set.

So many parts are no count of pieces, sold so or not: "seti za vipande viwili", "a 3pc suit".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext
from dukani.domain.naming import words_of

PARTS = frozenset(("piece", "pc"))  # in the plural they are counted: "three pieces"
VIPANDE = frozenset(("vipande", "pisi"))
GENITIVE = frozenset(("ya", "wa", "la", "cha", "za", "vya", "yenye", "zenye"))
IN_PARTS = frozenset(("set", "suit", "tracksuit", "pyjamas", "swimwear", "uniform"))
MOST = 6
WORDS = {2: "two", 3: "three", 4: "four", 5: "five"}
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}


def named_by_parts(
    tokens: Sequence[Token], figures: Sequence[Figure], context: TurnContext
) -> list[tuple[Figure, Find]]:
    """The numbers that belong to such a name, each with the name."""
    return [
        (figure, Find("name", called, *_span(tokens, figure), sold=not seen))
        for figure in figures
        if 1 < figure.value <= MOST and _parts_follow(tokens, figure)
        for called, _, seen in _called(figure.value, context)
    ]


def tells_parts(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether so many parts make one piece: "suti ya vipande vitatu", "2 pc sets"."""
    if not 1 < figure.value <= MOST or figure.kind == "ordinal":
        return False
    if _of_vipande(tokens, figure):
        return figure.start < 3 or tokens[figure.start - 3].kind not in ("colour", "size")
    kind = tokens[figure.end + 1].value if figure.end + 1 < len(tokens) else ""
    return _parts_follow(tokens, figure) and kind in IN_PARTS and not tokens[figure.end].pause


def kinds_named_by_parts(
    tokens: Sequence[Token], finds: Sequence[Find], context: TurnContext
) -> list[Find]:
    """The finds, with a name beside a kind that tells its parts: "three piece suit"."""
    told: list[Find] = []
    for find in finds:
        said = tokens[find.start].text.split() if find.slot == "category" else []
        number = NUMBERS.get(said[0]) if len(said) > 1 and said[1] in PARTS else None
        named = _called(number, context) if number else []
        if len(named) != 1:
            told.append(find)
            continue
        called, category, seen = named[0]
        told.append(Find("name", called, find.start, find.end, sold=not seen))
        told.append(replace(find, value=category))  # "two piece" alone may be a suit
    return told


def _span(tokens: Sequence[Token], figure: Figure) -> tuple[int, int]:
    if _of_vipande(tokens, figure):
        return figure.start - 1, figure.end
    return figure.start, figure.end + 1


def _parts_follow(tokens: Sequence[Token], figure: Figure) -> bool:
    if _of_vipande(tokens, figure):
        return True
    beside = figure.end < len(tokens) and not tokens[figure.end - 1].pause
    return beside and tokens[figure.end].text in PARTS


def _of_vipande(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether Swahili calls it so: "hiyo ya vipande vitatu", "suti ya pisi mbili"."""
    before = tokens[max(0, figure.start - 2) : figure.start]
    told = len(before) == 2 and before[1].text in VIPANDE and before[0].text in GENITIVE
    return told and not any(token.pause for token in before)


def _called(number: int, context: TurnContext) -> list[tuple[str, str, bool]]:
    """(how its name says so, its kind, whether it is in view) of the one piece called so.

    Of several, the one in view is meant.
    """
    found = {
        piece.name: (said, piece.category)
        for piece in context.sold.pieces
        if (said := _as_in(number, words_of(piece.name))) is not None
    }
    seen = {option.name for option in context.options} | {line.name for line in context.cart}
    named = [(said, kind, name in seen) for name, (said, kind) in found.items()]
    named = [one for one in named if one[2]] or named
    return named if len(named) == 1 else []


def _as_in(number: int, words: Sequence[str]) -> str | None:
    joined = " ".join(words)
    forms: tuple[str, ...]
    forms = (f"{number} piece", f"{number} pc", f"{number}pc", f"{number}pcs", f"{number}piece")
    worded = WORDS.get(number)
    forms += (f"{worded} piece", f"{worded} pc", f"{worded} pieces") if worded else ()
    return next((form for form in forms if f" {form} " in f" {joined} "), None)
