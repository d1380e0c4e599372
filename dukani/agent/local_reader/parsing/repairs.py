"""Resolves self-repair inside a message: in "two, no, three" and "L, no wait XXL" the last counts.

Repaired words are cut from the tokens before anything else is parsed, so no rule sees them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import COMMA, STOP, Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import compound_at

PIVOTS = word_set("edits", "pivots")
BETWEEN = word_set("edits", "between_pivots")
JOINERS = word_set("edits", "joiners")
ANSWERS = word_set("edits", "answers")  # pivots that are also a plain "no"
ALTERNATIVES = word_set("edits", "alternatives")
OR_RATHER = word_set("edits", "or_rather")
KEEP = word_set("edits", "keep")
KINDS = {
    "colour": "colour",
    "size": "size",
    "size_word": "size",
    "number": "number",
    "ordinal": "number",
    "category": "category",
}
CRY = re.compile(r"a+i+|a+h+|o+h+|e+h+|u+h+|woi+|oops")
SAID_AGAIN = frozenset(("namba", "number", "size", "saizi", "nambari"))
SWAPPED_FOR = frozenset(("for", "with", "kwa"))
LIMITS = ("just", "only", "the")
COMMANDS = ("~remove", "~add", "~put", "~change")
ASKED = frozenset(("have", "mko", "mna", "kuna", "ipo", "there", "available", "how", "bei", "what"))
NOT = frozenset(("not", "sio", "siyo", "si", "usitoe", "dont"))
IS = frozenset(("ni", "is", "too", "was", "very", "ilikuwa", "feels"))
BECAUSE = word_set("remarks", "because")
FARTHEST = 4  # words between the repaired value and the pivot


def may_repair(tokens: Sequence[Token]) -> bool:
    """Whether a word is there that may take back what stands before it."""
    return any(token.text in PIVOTS | ALTERNATIVES for token in tokens[1:])


def repaired(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], bool]:
    """(the tokens without repaired words, whether any were cut)."""
    done = False
    while (cut := _first_repair(tokens)) is not None:
        tokens, done = cut, True
    return tokens, done


def _first_repair(tokens: tuple[Token, ...]) -> tuple[Token, ...] | None:
    for at in range(1, len(tokens)):
        end = _pivot_end(tokens, at)
        if end is None:
            continue
        if _answers_each(tokens, at, end):
            continue
        left = _left_chunk(tokens, at)
        if (recounted := _count_of_colour(tokens, at, end)) is not None:
            return recounted
        if _counts_what_was_said(tokens, left, at, end):
            return _without(tokens, set(range(at, end)), at)
        said = {_kind(token) for token in _right_chunk(tokens, end)} - {None}
        if (off := _called_off(tokens, left, at, end)) is not None:
            return off
        again = {_kind(tokens[i]) for i in left} & said
        beside = _stands_beside(tokens, left, at, again) or _recounted(tokens, left, end)
        if not again or not beside:
            continue
        if _denied(tokens, left, again):
            continue  # "not grey, I meant black" denies the one and wants the other
        if "category" in again:  # the whole piece is replaced
            again = {_kind(tokens[i]) for i in left} - {None}
        anew = _right_chunk(tokens, end)
        gone = _taken_back(tokens, left, again, anew)
        gone |= _told_of_the_old(tokens, gone, end + len(anew)) | set(range(at, end))
        return _without(tokens, gone, at)
    return None


def _told_of_the_old(tokens: Sequence[Token], gone: set[int], start: int) -> set[int]:
    """The places of what is told behind of a size or colour taken back: "S, the M hangs on me".

    "40, 39 pinches me" tells of the old one as well. What is asked or commanded of it stays: "XL,
    is L available?".
    """
    old = {tokens[i].value for i in gone if _kind(tokens[i]) in ("size", "colour")}
    old |= {tokens[i].value for i in gone if _kind(tokens[i]) == "number" and _is_figure(tokens[i])}
    places = range(start, len(tokens))
    told = [i for i in places if _kind(tokens[i]) is not None and not _judges(tokens, i)]
    joined = start < len(tokens) and tokens[start].text in JOINERS
    if any(_is_asked_or_commanded(tokens[i]) for i in places):
        return set()
    if not old or not told or joined or not all(tokens[i].value in old for i in told):
        return set()
    return set(places) if len(places) > len(told) else set()


def _is_figure(token: Token) -> bool:
    """Whether the number may be a size, and no count."""
    return token.text.isdigit() and len(token.text) == 2


def _judges(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for a size only judges it: "39 ni ndogo", "too small"."""
    return tokens[at].kind == "size_word" and at > 0 and tokens[at - 1].text in IS


def _is_asked_or_commanded(token: Token) -> bool:
    return token.asked or token.text in ASKED or not token.tags.isdisjoint((*COMMANDS, "~show"))


def _answers_each(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether the pivot is a no to what is before, and what follows stays: "belt no, hat yes"."""
    refused = tokens[at].text in ANSWERS and not tokens[at - 1].pause and tokens[end - 1].pause
    return bool(refused) and any(
        token.text in KEEP or "yes" in token.tags or "~!want" in token.tags
        for token in _right_chunk(tokens, end)
    )


def _count_of_colour(tokens: tuple[Token, ...], at: int, end: int) -> tuple[Token, ...] | None:
    """The tokens with a colour counted anew: "2 white L, 1 navy L. no wait 1 white"."""
    count, colour = (*tokens[end : end + 2], None, None)[:2]
    if count is None or colour is None or _kind(count) != "number" or colour.kind != "colour":
        return None
    before = [i for i in range(1, at) if tokens[i].text == colour.text]
    later = any(token.kind == "colour" for i in before for token in tokens[i + 1 : at])
    beside = before == [at - 1]  # "1 teal hapana 2 teal"
    if len(before) != 1 or not (later or beside) or _kind(tokens[before[0] - 1]) != "number":
        return None
    place = before[0] - 1
    return (*tokens[:place], count, *tokens[place + 1 : at], *tokens[end + 2 :])


def _counts_what_was_said(tokens: Sequence[Token], left: Sequence[int], at: int, end: int) -> bool:
    """Whether only a count is told, of a piece that had none: "grey L, actually two"."""
    before = {_kind(tokens[i]) for i in left}
    told = tokens[at].text not in ANSWERS and _kind(tokens[end]) == "number"
    counted = told and _is_small(tokens[end]) and bool(before & {"category", "colour"})
    following = tokens[end + 1].text if end + 1 < len(tokens) and not tokens[end].pause else ""
    return counted and "number" not in before and following in JOINERS | {""}


def _denied(tokens: Sequence[Token], left: Sequence[int], kinds: set[str | None]) -> bool:
    """Whether a "not" stands close before the value: "si ya kijivu", "si hiyo ya kijivu"."""
    return any(
        tokens[i].text in NOT and any(_kind(t) in kinds for t in _close_behind(tokens, i))
        for i in left
    )


def _close_behind(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The words a "not" may deny; one that points counts for none: "not that navy one"."""
    pointed = any("@this" in token.tags for token in tokens[at + 1 : at + 2])
    return tokens[at + 1 : at + (4 if pointed else 3)]


def _called_off(
    tokens: tuple[Token, ...], left: Sequence[int], at: int, end: int
) -> tuple[Token, ...] | None:
    """The tokens without a command called off: "remove the dress, no sorry not the dress"."""
    command = next((i for i in left if not tokens[i].tags.isdisjoint(COMMANDS)), None)
    denied = [
        i for i in range(max(at, end - 1), min(end + 2, len(tokens))) if tokens[i].text in NOT
    ]
    if command is None or not denied:
        return None
    again = tokens[denied[0] + 1 : denied[0] + 4]
    kinds = {tokens[i].value for i in left if tokens[i].kind == "category" and i > command}
    same = next((t for t in again if t.kind == "category" and t.value in kinds), None)
    if same is None:
        return None
    stop = denied[0] + 1 + again.index(same) + 1
    return (*tokens[:command], *tokens[stop:])


def _taken_back(
    tokens: Sequence[Token],
    left: Sequence[int],
    kinds: set[str | None],
    anew: Sequence[Token],
) -> set[int]:
    """The places to cut: the last word of each kind, or all words of a replaced piece."""
    if "category" in kinds:
        swapped = [i for i in left if tokens[i].text in SWAPPED_FOR and _has_piece(tokens, left, i)]
        return {i for i in left if _kind(tokens[i]) in kinds and i > max(swapped, default=-1)}
    last = {_last_alike(tokens, left, kind, anew) for kind in kinds}
    marks = {i - 1 for i in last if i + 1 in left and _marks_next(tokens, i)}
    other = {j for i in last for j in _alternatives(tokens, left, i)}
    return last | marks | other | {i for i in left if _compound(tokens, i) & last}


def _alternatives(tokens: Sequence[Token], left: Sequence[int], at: int) -> list[int]:
    """The places of an "or" before this word and of what it stands beside: "black or blue?"."""
    if at - 1 not in left or tokens[at - 1].text not in ALTERNATIVES:
        return []
    alike = [i for i in left if i < at and _kind(tokens[i]) == _kind(tokens[at])]
    return [at - 1, alike[-1]] if alike else []


def _has_piece(tokens: Sequence[Token], left: Sequence[int], at: int) -> bool:
    """Whether a piece is named on both sides of this word: "swap the hoodie for vans"."""
    places = [i for i in left if _kind(tokens[i]) == "category"]
    return bool(places) and places[0] < at < places[-1]


def _marks_next(tokens: Sequence[Token], at: int) -> bool:
    """Whether "size" before the number cut would mark the count behind it: "size 38 mbili"."""
    marked = at > 0 and tokens[at - 1].text in SAID_AGAIN
    return marked and _kind(tokens[at]) == _kind(tokens[at + 1]) == "number"


def _last_alike(
    tokens: Sequence[Token], left: Sequence[int], kind: str | None, anew: Sequence[Token]
) -> int:
    """The last place of this kind; of a count and a size the one that the new number is like."""
    places = [i for i in left if _kind(tokens[i]) == kind]
    said = next(token for token in anew if _kind(token) == kind)
    alike = [i for i in places if _is_small(tokens[i]) == _is_small(said)]
    return max(alike or places)


def _compound(tokens: Sequence[Token], at: int) -> set[int]:
    """The places of the compound number at this word: "arobaini na moja", "forty one"."""
    for start in range(max(0, at - 2), at + 1):
        figure = compound_at(tokens, start)
        if figure is not None and at < figure.end:
            return set(range(start, figure.end))
    return set()


def _kind(token: Token) -> str | None:
    if "@named" in token.tags:
        return "category"
    if token.kind in KINDS:
        return KINDS[token.kind]
    figure = token.text.lstrip("-x")  # "x3" is three of it
    return "number" if figure.isdigit() and len(token.text) <= 3 else None


def _pivot_end(tokens: Sequence[Token], at: int) -> int | None:
    """The end of the repair words ("no wait") that begin here; None: none begin here."""
    rather = _says_or_rather(tokens, at)
    if not rather and (not _is_pivot(tokens, at) or _compares(tokens, at)):
        return None
    end = at + 1 + rather
    while end < len(tokens) and tokens[end].text in PIVOTS | BETWEEN and not _kind(tokens[end]):
        end += 1
    if rather:
        return end if end < len(tokens) else None
    pivots = [t for t in tokens[at:end] if t.text in PIVOTS or t is tokens[at]]
    if len(pivots) == 1 and tokens[at].text in ANSWERS and not _marked(tokens, at, end):
        return None
    return end if end < len(tokens) else None


def _is_pivot(tokens: Sequence[Token], at: int) -> bool:
    """Whether a repair word stands here, or a cry before one: "aii hapana", "oh wait"."""
    following = tokens[at + 1].text if at + 1 < len(tokens) and not tokens[at].pause else ""
    cries = CRY.fullmatch(tokens[at].text) is not None and following in PIVOTS
    return cries or tokens[at].text in PIVOTS


def _says_or_rather(tokens: Sequence[Token], at: int) -> bool:
    """Whether an "or" takes back what was said: "the black, or no the beige", "ama wacha iwe L"."""
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return tokens[at].text in ALTERNATIVES and following in ANSWERS | OR_RATHER


def _compares(tokens: Sequence[Token], at: int) -> bool:
    """Whether "rather" compares: what follows "XL rather than L" is not wanted."""
    return [token.text for token in tokens[at : at + 2]] == ["rather", "than"]


def _marked(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a lone "no" repairs: with a pause beside it ("two, no, three"); "no 2" does not."""
    before, after = tokens[at - 1], tokens[end] if end < len(tokens) else None
    if after is not None and after.text in SAID_AGAIN and end + 1 < len(tokens):
        after = tokens[end + 1]  # "namba 38 hapana namba 39"
        return _kind(before) is not None and _kind(before) == _kind(after)
    same = after is not None and _kind(before) is not None and _kind(before) == _kind(after)
    if _sized_anew(tokens, at, end):
        return True
    behind = tokens[end + 1] if end + 1 < len(tokens) else None
    if _kind(before) == "colour" and behind is not None and behind.text == before.text:
        return _kind(tokens[end]) == "number"  # "1 teal hapana 2 teal"
    if _limited_anew(tokens, at, end):
        return True
    if end == at + 1 and not tokens[at].pause:
        figures = before.text.isdigit() or (after and after.text.isdigit())
        sizes = after is not None and _is_figure(before) and _is_figure(after)  # "39 hapana 40"
        spoken = same and (not figures or (sizes and tokens[at].text != "no"))
        if tokens[at].text == "no":
            return spoken and _kind(before) in ("number", "size")
        return spoken or bool(before.pause)
    return bool(tokens[at].pause or before.pause)


def _limited_anew(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a count is limited to another: "make it two, no just the one"."""
    limits = [token.text for token in tokens[end : end + 2] if token.text in LIMITS]
    after = tokens[end + len(limits)] if end + len(limits) < len(tokens) else None
    told = bool(limits) and limits[0] != "the" and after is not None
    return (
        told
        and _kind(tokens[at - 1]) == "number"
        and after is not None
        and _kind(after) == "number"
    )


def _sized_anew(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether another size ends the sentence: "black 41 ya mke wangu... no 38", "no 38! 41 hurts".

    So too with why: "brown 40 no 41 because …". Whether "no" means no or number, the size before
    it is meant no more.
    """
    why = end + 1 < len(tokens) and tokens[end + 1].text in BECAUSE
    ends = end + 1 == len(tokens) or (end < len(tokens) and bool(tokens[end].pause))
    if not (why or (ends and tokens[at - 1].pause)):
        return False
    valued = (t for t in reversed(tokens[:at]) if _kind(t) is not None)
    last = next((t for t in valued if _kind(t) != "colour"), None)
    if last is None or _kind(last) != _kind(tokens[end]):
        return False
    figures = (last.text, tokens[end].text)
    return _kind(last) == "size" or all(figure.isdigit() and len(figure) == 2 for figure in figures)


def _left_chunk(tokens: Sequence[Token], at: int) -> list[int]:
    """The places of the words before the pivot, back to a joint."""
    places: list[int] = []
    for i in range(at - 1, -1, -1):
        joint = tokens[i].text in JOINERS and not _compound(tokens, i)
        if i < at - 1 and (tokens[i].pause == STOP or joint):
            break
        if i < at - 1 and tokens[i].pause == COMMA and any(_kind(tokens[j]) for j in places):
            break
        places.append(i)
    return places[::-1]


def _right_chunk(tokens: Sequence[Token], end: int) -> list[Token]:
    chunk: list[Token] = []
    for token in tokens[end:]:
        if chunk and token.text in JOINERS | BECAUSE:
            break
        chunk.append(token)
        if token.pause:
            break
    return chunk


def _stands_beside(
    tokens: Sequence[Token], left: Sequence[int], at: int, kinds: set[str | None]
) -> bool:
    """Whether a value of these kinds is close before the pivot."""
    return any(at - i <= FARTHEST for i in left if _kind(tokens[i]) in kinds)


def _recounted(tokens: Sequence[Token], left: Sequence[int], end: int) -> bool:
    """Whether the message ends in another count of what was said: "3 pcs in navy L. sorry, 2"."""
    if end + 1 != len(tokens):
        return False
    numbers = [tokens[i] for i in left if _kind(tokens[i]) == "number"]
    return sum(_is_small(token) == _is_small(tokens[end]) for token in numbers) == 1


def _is_small(token: Token) -> bool:
    return not token.text.isdigit() or len(token.text) == 1


def _without(tokens: Sequence[Token], gone: set[int], at: int) -> tuple[Token, ...]:
    kept = [token for i, token in enumerate(tokens) if i not in gone]
    before = sum(1 for i in range(at) if i not in gone)
    if before:  # the pause belonged to the words that are cut
        kept[before - 1] = replace(kept[before - 1], pause=0)
    return tuple(kept)
