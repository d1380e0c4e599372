"""Reads what a customer tells of sizes: "I wear 14", "bust 92", "the last one was too tight".

What only tells is cut from the message, so that "ilikuwa kubwa" orders no large one. A size that
is worn stays in it: it may answer a question, or tell what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.negation import says_it_fits_badly
from dukani.agent.local_reader.talk.fit_told import fit_told
from dukani.agent.local_reader.talk.measures_told import MeasureTold, measures_told
from dukani.agent.local_reader.talk.relations import RELATION_WORDS
from dukani.agent.local_reader.talk.told_words import (
    only_fillers,
    segments,
    size_at,
    words_for,
)
from dukani.domain import acts as a

TURNS = frozenset(("but", "lakini", "ila", "so", "hivyo", "hence"))
_QUESTIONING, _HABIT = words_for("questioning"), words_for("habit")
_LEADS = re.compile(
    r"(?:^| )(?:i (?:\w+ )?wear|(?:i am|im)(?: \w+)? an?|(?:i am|im)(?: \w+)? size"
    r"|my (?:\w+ )?size is"
    r"|(?:na|nina|hu|nime)vaa\w*|(?:size|saizi) yangu(?: \w+ \w+)? ni|(?:mimi|me) ni|mine is"
    r"|yangu ni"
    r"|i (?:usually|normally|always|mostly|generally) (?:take|buy|go for|get|use)"
    r"|(?:kawaida|huwa) (?:na|nina|hu)?(?:chukua|vaa|nunua)\w*"
    r"|she wears|he wears|(?:she is|shes|he is|hes) an?|(?:she is|shes|he is|hes) size"
    r"|(?:her|his) (?:\w+ )?size is|anavaa\w*|(?:size|saizi) yake(?: \w+ \w+)? ni|yake ni"
    r"|(?:my|yangu|wangu) \w+ wears|\w+ (?:yangu|wangu) anavaa"
    r"|one (?:\w+ ){0,3}wears)"
    r"(?: (?:a|an|size|saizi|namba|number|viatu|kiatu|shoes?|dress|gauni|suruali|trousers|bra))*$"
)
_THEIRS = re.compile(
    r"\b(?:she|he|her|his|shes|hes|anavaa\w*|yake|wears)\b"
    r"|\b(?:w(?:angu|etu)|(?:mwan|mam|bab|dad)angu) huvaa"  # "mume wangu huvaa"
)


@dataclass(frozen=True, slots=True)
class SizesTold:
    """What is told of sizes, and the message without it; no message when nothing else is said."""

    acts: tuple[a.Act, ...]
    rest: Message | None


def sizes_told(message: Message) -> SizesTold:
    """The acts that tell sizes, and what is left to be read."""
    tokens = message.tokens
    measured = _measures(message)
    acts: list[a.Act] = []
    gone: set[int] = set()
    if measured:
        acts.append(a.TellSize(measures=tuple(one.body for one in measured), whose=_whose(tokens)))
        gone = {at for one in measured for at in range(one.start, one.end)}
    for start, end in segments(tokens):
        part = tokens[start:end]
        fit = fit_told(part, another=_leads_to_another(message, start, end))
        if fit is not None and _praises_shown(message, fit, start, end):
            continue  # "grey imekaa poa, nipe hiyo XL": grey is wanted
        if fit is not None and not gone & set(range(start, end)):
            acts.append(fit)
            # "the 37 is too tight, give her 39": which piece is changed is said there too
            gone |= (
                set(range(start, end))
                if fit.before or not _names_line(message, fit) or end == len(tokens)
                else set()
            )
        elif (found := _worn(message, start, end)) is not None:
            worn, behind = found
            acts.append(worn)
            said_again = _said_again(message, behind, str(worn.size))
            if said_again or _wished_otherwise(message, start, behind, str(worn.size)):
                gone |= set(range(start, behind))  # it is only the reason of what follows
    left = [at for at in range(len(tokens)) if at not in gone]
    if not acts or not gone:
        return SizesTold(tuple(acts), message)
    if only_fillers([tokens[at] for at in left]):
        return SizesTold(tuple(acts), None)
    return SizesTold(tuple(acts), _kept(message, left))


def as_told(act: a.Act, told: Sequence[a.Act], message: Message) -> a.Act:
    """The act beside what was told: a size that is worn is no count, and asks nothing itself."""
    sizes = [one.size for one in told if isinstance(one, a.TellSize) and one.size and not one.fit]
    worn = sizes[0] if sizes else None
    if told and not worn and act == a.AskStock():
        return a.AskSize()  # "bust 92, which size?"
    worn = worn or _with_system(message)
    if worn is None:
        return act
    if isinstance(act, a.AskSize):
        if sizes and not message.asks:
            return a.Set(values=a.Values(size=worn))  # "huwa navaa size L"
        return act.model_copy(update={"size": None}) if act.size == _number(worn) else act
    if isinstance(act, a.Search) and act.size == _number(worn):
        return act.model_copy(update={"size": worn})
    if not isinstance(act, a.Set | a.Add):
        return act
    counted = act.values.quantity is not None and str(act.values.quantity) == _number(worn)
    if act.values.size != _number(worn) and not counted:
        return act
    values = act.values.model_copy(
        update={"size": worn, "quantity": None if counted else act.values.quantity}
    )
    return act.model_copy(update={"values": values})


def _with_system(message: Message) -> str | None:
    """The size said with a system that the shop does not write itself: "in US 10"."""
    sold = message.context.sold.sizes
    said = [found[0] for at in range(len(message.tokens)) if (found := size_at(message.tokens, at))]
    systems = [size for size in said if size[:2] in ("UK", "US", "EU") and " " in size]
    own = [s for s in systems if s in sold or (s[:2] != "US" and _number(s) in sold)]
    return systems[0] if len(systems) == 1 and not own else None


def _number(size: str) -> str:
    """The size without its system: the 14 of UK 14."""
    return size.split(" ")[-1]


def _kept(message: Message, left: Sequence[int]) -> Message:
    tokens = tuple(message.tokens[at] for at in left)
    return replace(message, tokens=tokens).clause(0, len(tokens))


def _measures(message: Message) -> list[MeasureTold]:
    """The measures told; "waist 32" alone is the size of a pair of trousers."""
    found = measures_told(message.tokens)
    if len(found) == 1 and not found[0].plain:
        return []
    return [] if _are_sizes(message, found) else found


def _are_sizes(message: Message, found: Sequence[MeasureTold]) -> bool:
    """Whether one girth told of several is their size: "one chest 28 and one chest 32"."""
    if len(found) < 2 or len({one.body.measure for one in found}) > 1:
        return False
    said = [
        token.text
        for one in found
        for token in message.tokens[one.start : one.end]
        if token.text.isdigit()
    ]
    return bool(said) and set(said) <= set(message.context.sold.sizes)


def _whose(tokens: Sequence[Token]) -> str | None:
    texts = {token.text for token in tokens}
    if texts & {"her", "his", "yake", "wake", "she", "he"}:
        return "theirs"
    return "mine" if texts & {"my", "nina", "changu", "yangu"} else None


def _said_again(message: Message, at: int, size: str) -> bool:
    """Whether a size is counted or set behind: "one of them wears 37, so two 38 and one 37"."""
    ordered = any(line.size != size for line in message.context.cart)
    later = [find for find in message.slots.finds if find.start >= at]
    again = any(find.slot == "size" and find.value == size for find in later)
    return ordered and again and any(find.slot == "quantity" for find in later)


def _praises_shown(message: Message, fit: a.TellSize, start: int, end: int) -> bool:
    """Whether a colour that is to be chosen suits, and no piece worn before."""
    coloured = any(f.slot == "colour" and start <= f.start < end for f in message.slots.finds)
    open_ = message.context.question in ("colour", "take_it", "size")
    return coloured and open_ and fit.fit == "right" and not message.context.cart


def _leads_to_another(message: Message, start: int, end: int) -> bool:
    """Whether a size is called small or large and another follows: "32 ni ndogo, nipe 34"."""
    badly = any(says_it_fits_badly(message.tokens, at) for at in range(start, end))
    return badly and any(f.slot == "size" and f.start >= end for f in message.slots.finds)


def _names_line(message: Message, fit: a.TellSize) -> bool:
    """Whether a line of the order is named by the size that fits badly."""
    return fit.size is not None and any(line.size == fit.size for line in message.context.cart)


def _wished_otherwise(message: Message, start: int, at: int, size: str) -> bool:
    """Whether a "but" or "so" leads to another size: "I wear 32 but like it loose, give me 34".

    The size worn of a named piece, or of somebody else, stays: "39 in shoes but 14 in dresses".
    """
    finds, behind = message.slots.finds, message.tokens[at:]
    opens = next((i for i, t in enumerate(behind, at) if t.text in TURNS), len(message.tokens))
    told = any(
        find.slot in ("name", "category", "colour") and find.start < opens
        for find in finds
        if find.start >= start
    )
    others = _THEIRS.search(" ".join(token.text for token in behind)) or any(
        token.text in RELATION_WORDS for token in behind
    )
    later = {find.value for find in finds if find.slot == "size" and find.start > opens}
    return bool(later) and size not in later and not told and not others and not message.asks


def _worn(message: Message, start: int, end: int) -> tuple[a.TellSize, int] | None:
    """The size that somebody says to wear, and the place behind it.

    "I'm a UK 12", "viatu navaa 38", "she wears 14".
    """
    tokens = message.tokens
    for at in range(start, end):
        said = size_at(tokens, at)
        if said is None or said[1] > end or _counts(tokens, said[1]):
            continue
        size, behind = said
        lead = " ".join(token.text for token in tokens[start:at])
        if _LEADS.search(lead) is None or _asks(tokens, start, at):
            continue
        if any(find.slot == "age" and find.start == at for find in message.slots.finds):
            continue  # "swimsuits for girls? mine is 6"
        beside = tokens[start : _with_kind(tokens, behind)]
        kinds = [t.value for t in beside if t.kind == "category"]
        worn = a.TellSize(
            target=a.Target(category=kinds[-1] if kinds else None),
            size=size,
            whose="theirs" if _THEIRS.search(lead) else "mine",
        )
        return worn, behind
    return None


def _with_kind(tokens: Sequence[Token], behind: int) -> int:
    """The place behind the size and the kind said after it: "I wear 39 in shoes"."""
    at = behind
    while at < len(tokens) and tokens[at].text in ("in", "for", "kwa", "ya", "za"):
        at += 1
    return at + 1 if behind < at < len(tokens) else behind


def _asks(tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether a word before the size asks or denies: "should I wear 14", "I don't wear 14"."""
    return any(token.text in _QUESTIONING for token in tokens[start:at])


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number counts: "I usually wear 2 dresses", "I'm a 5 months"."""
    following = tokens[at] if at < len(tokens) and not tokens[at - 1].pause else None
    if following is None:
        return False
    return following.kind in ("category", "garment", "colour") or following.text in (
        "years", "year", "months", "yrs", "kg", "kgs", "cm", "inches", "kids", "pieces",
    )  # fmt: skip
