"""Self-repair inside a message: "two, no, three", "L, no wait XXL": the last word counts.

What was taken back is cut from the tokens before anything else is read, so no rule ever sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import COMMA, STOP, Token
from dukani.agent.lexicon.wordsets import word_set

PIVOTS = word_set("edits", "pivots")
BETWEEN = word_set("edits", "between_pivots")
JOINERS = word_set("edits", "joiners")
ANSWERS = word_set("edits", "answers")  # also a plain no
KINDS = {
    "colour": "colour",
    "size": "size",
    "size_word": "size",
    "number": "number",
    "ordinal": "number",
    "category": "category",
}
SAID_AGAIN = frozenset(("namba", "number", "size", "saizi", "nambari"))
FARTHEST = 4  # words between what is taken back and what counts


def repaired(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], bool]:
    """(the tokens without what was taken back, whether anything was)."""
    done = False
    while (cut := _first_repair(tokens)) is not None:
        tokens, done = cut, True
    return tokens, done


def _first_repair(tokens: tuple[Token, ...]) -> tuple[Token, ...] | None:
    for at in range(1, len(tokens)):
        end = _pivot_end(tokens, at)
        if end is None:
            continue
        left = _left_chunk(tokens, at)
        said = {_kind(token) for token in _right_chunk(tokens, end)} - {None}
        again = {_kind(tokens[i]) for i in left} & said
        if not again or not _stands_beside(tokens, left, at, again):
            continue
        if "category" in again:  # another piece altogether
            again = {_kind(tokens[i]) for i in left} - {None}
        gone = _taken_back(tokens, left, again) | set(range(at, end))
        return _without(tokens, gone, at)
    return None


def _taken_back(tokens: Sequence[Token], left: Sequence[int], kinds: set[str | None]) -> set[int]:
    """The last word of each kind; of another piece altogether all its words."""
    if "category" in kinds:
        return {i for i in left if _kind(tokens[i]) in kinds}
    return {max(i for i in left if _kind(tokens[i]) == kind) for kind in kinds}


def _kind(token: Token) -> str | None:
    if token.kind in KINDS:
        return KINDS[token.kind]
    return "number" if token.text.lstrip("-").isdigit() and len(token.text) <= 3 else None


def _pivot_end(tokens: Sequence[Token], at: int) -> int | None:
    """Where the words of taking back that begin here end; None: none begin here."""
    if tokens[at].text not in PIVOTS:
        return None
    end = at + 1
    while end < len(tokens) and tokens[end].text in PIVOTS | BETWEEN and not _kind(tokens[end]):
        end += 1
    pivots = [t for t in tokens[at:end] if t.text in PIVOTS]
    if len(pivots) == 1 and tokens[at].text in ANSWERS and not _marked(tokens, at, end):
        return None
    return end if end < len(tokens) else None


def _marked(tokens: Sequence[Token], at: int, end: int) -> bool:
    """A lone "no" takes back with a pause beside it: "two, no, three"; "no 2" is number two."""
    before, after = tokens[at - 1], tokens[end] if end < len(tokens) else None
    if after is not None and after.text in SAID_AGAIN and end + 1 < len(tokens):
        after = tokens[end + 1]  # "namba 38 hapana namba 39"
        return _kind(before) is not None and _kind(before) == _kind(after)
    same = after is not None and _kind(before) is not None and _kind(before) == _kind(after)
    if end == at + 1 and not tokens[at].pause:
        spoken = same and not (before.text.isdigit() or (after and after.text.isdigit()))
        if tokens[at].text == "no":
            return spoken and _kind(before) in ("number", "size")
        return spoken or bool(before.pause)
    return bool(tokens[at].pause or before.pause)


def _left_chunk(tokens: Sequence[Token], at: int) -> list[int]:
    """The places of the words just before the pivot, back to a joint."""
    places: list[int] = []
    for i in range(at - 1, -1, -1):
        if i < at - 1 and (tokens[i].pause == STOP or tokens[i].text in JOINERS):
            break
        if i < at - 1 and tokens[i].pause == COMMA and any(_kind(tokens[j]) for j in places):
            break
        places.append(i)
    return places[::-1]


def _right_chunk(tokens: Sequence[Token], end: int) -> list[Token]:
    chunk: list[Token] = []
    for token in tokens[end:]:
        if chunk and token.text in JOINERS:
            break
        chunk.append(token)
        if token.pause:
            break
    return chunk


def _stands_beside(
    tokens: Sequence[Token], left: Sequence[int], at: int, kinds: set[str | None]
) -> bool:
    """A value of these kinds is close before the pivot."""
    return any(at - i <= FARTHEST for i in left if _kind(tokens[i]) in kinds)


def _without(tokens: Sequence[Token], gone: set[int], at: int) -> tuple[Token, ...]:
    kept = [token for i, token in enumerate(tokens) if i not in gone]
    before = sum(1 for i in range(at) if i not in gone)
    if before:  # the pause of what is gone parts nothing any more
        kept[before - 1] = replace(kept[before - 1], pause=0)
    return tuple(kept)
