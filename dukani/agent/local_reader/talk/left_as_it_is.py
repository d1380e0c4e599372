"""Leaves out what is to stay as it is: "ya 4-5 iwe nyeupe, nyingine iache vile iko"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.lines_called import lines_called
from dukani.agent.local_reader.edits.words import JOINERS, KEEP, ONLY, OTHER
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

REST = OTHER | word_set("sparing", "rest")
LEFT = KEEP | word_set("left_as_it_is", "left")
AS_IT_IS = word_set("left_as_it_is", "as_it_is")
AS_SO = AS_IT_IS - {"is", "are", "was", "were", "alone", "same", "hivi"}  # beside a piece
NAMING = ("name", "category", "colour", "size")
STAYS = re.compile("(?:i|zi|li|ya|vi|ki|u)(?:baki|kae)")
TOO = frozenset(("too", "also", "pia"))
GOING = frozenset(("acha", "wacha", "leave"))  # "acha heels": they go
AROUND = word_set("left_as_it_is", "around")


def without_what_stays(message: Message) -> Message:
    """The message without the words of what stays; unchanged where nothing else is told."""
    if left_as_it_is(message):
        return message
    if value_stays := _value_that_stays(message):
        return message.without(*value_stays)
    span = _span(message) if message.says_any(AS_IT_IS) and message.says_any(LEFT) else None
    if span is None:
        return message
    start, end = span
    others = [find for find in message.slots.finds if not start <= find.start < end]
    return message.without(start, end) if others else message


def _value_that_stays(message: Message) -> tuple[int, int] | None:
    """The stretch of "nude ibaki tu" before a yes: no other piece goes for it."""
    finds, tokens = message.slots.finds, message.tokens
    if len(finds) != 1 or finds[0].slot not in ("colour", "size") or not message.lines_said():
        return None
    end = finds[0].end
    stays = end < len(tokens) - 1 and STAYS.fullmatch(tokens[end].text)
    if not stays or len({line.product_id for line in message.context.cart}) < 2:
        return None
    end += 1 + (tokens[end + 1].text == "tu")
    return (finds[0].start, end) if tokens[end - 1].pause and end < len(tokens) else None


def _span(message: Message) -> tuple[int, int] | None:
    """The stretch of nothing but "leave the other as it is", from its joining word on."""
    tokens = message.tokens
    last = max(at for at, token in enumerate(tokens) if token.text in AS_IT_IS)
    start = last
    while start and not tokens[start - 1].pause and _belongs(message, start - 1):
        start -= 1
    said = {token.text for token in tokens[start : last + 1]}
    named = any(start <= find.start <= last for find in message.slots.finds)
    if not (said & LEFT and (said & REST or named)):
        return None
    joined = start > 0 and tokens[start - 1].text in JOINERS and not tokens[start - 1].pause
    end = last + 1
    while end < len(tokens) and not tokens[end - 1].pause and tokens[end].text in AROUND:
        end += 1
    return start - joined, end


def _is_named(message: Message, at: int) -> bool:
    return any(f.slot in NAMING and f.start <= at < f.end for f in message.slots.finds)


def says_as_it_is(tokens: Sequence[Token], so: frozenset[str] = AS_SO) -> bool:
    """Whether something is to stay, and a word says so as it is: "let the heels stay as is"."""
    texts = {token.text for token in tokens}
    return bool(texts & LEFT) and bool(texts & so)


def _belongs(message: Message, at: int) -> bool:
    return _is_named(message, at) or message.tokens[at].text in REST | LEFT | AS_IT_IS | AROUND


def _lets_one_go(message: Message) -> bool:
    """Whether one piece goes, and the rest is to stay: "acha viatu, zingine zibaki vile ziko".

    Not "leave the heels and the others as they are", nor "acha heels vile ziko, zingine pia".
    """
    tokens = message.tokens
    rest = next((at for at, token in enumerate(tokens) if token.text in REST), 0)
    ends = [f.end for f in message.slots.finds if f.slot in NAMING]
    if not rest or not ends or max(ends) > rest:
        return False
    texts = [token.text for token in tokens]
    told = texts[: min(f.start for f in message.slots.finds if f.slot in NAMING)]
    joined = not JOINERS.isdisjoint(texts[max(ends) : rest]) and not any(
        token.pause for token in tokens[max(ends) - 1 : rest]
    )
    lets = bool(GOING.intersection(told)) and KEEP.isdisjoint(told)
    return lets and not joined and AS_SO.isdisjoint(texts[max(ends) : rest])


def left_as_described(message: Message) -> bool:
    """Whether a line is left as it is described: "leave the dress black", "acha bag iwe natural".

    A colour behind its noun tells what it is to stay; "leave the black dress" may let it go.
    """
    finds = [find for find in message.slots.finds if not find.sold or find.slot == "name"]
    heads = [find for find in finds if find.slot in ("name", "category")]
    told = [find for find in finds if find.slot in ("colour", "size")]
    if len(told) != 1 or not heads or len(heads) + 1 != len(finds) or message.asks:
        return False
    end = max(find.end for find in heads)
    leaves = any(token.text in LEFT for token in message.tokens[: heads[0].start])
    between = [token.text for token in message.tokens[end : told[0].start]]
    if not leaves or told[0].start < end or not set(between) <= {"as", "in", "iwe", "ikiwa"}:
        return False
    lines = message.only(heads).lines_said()
    behind = all("@thank" in t.tags or t.text in AROUND for t in message.tokens[told[0].end :])
    as_told = any(getattr(line, told[0].slot) == told[0].value for line in lines)
    return behind and as_told and not message.says_any(ONLY)


def left_as_it_is(message: Message) -> list[a.Act]:
    """A Remark, which agrees to nothing: "leave it as it is", "acha heels na bag vile ziko".

    What is let go beside goes: "acha heels, zingine zibaki vile ziko".
    """
    if message.context.cart and left_as_described(message):
        return [a.Remark()]
    if not message.context.cart or not says_as_it_is(message.tokens, AS_IT_IS):
        return []
    texts = [
        token.text
        for at, token in enumerate(message.tokens)
        if token.tags.isdisjoint(("@ok", "@stopword")) and not _is_named(message, at)
    ]
    bare = set(texts) <= LEFT | AS_IT_IS | AROUND | REST | JOINERS | TOO
    if _lets_one_go(message):
        let_go = message.only([find for find in message.slots.finds if find.slot in NAMING])
        lines = lines_called(let_go) if bare else []
        return [a.Remove(target=a.Target(line=line.number)) for line in lines]
    named = any(_is_named(message, at) for at in range(len(message.tokens)))
    said = bare and says_as_it_is(message.tokens, AS_SO if named else AS_IT_IS)
    return [a.Remark()] if said and len(texts) > 1 else []
