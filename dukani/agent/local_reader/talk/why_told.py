"""Strips why an edit is wished: "toa gumboots, mzae ako na zingine", "remove it, I'll borrow one".

What is said of a person (he has others, she wears navy too, he will pay himself) changes no line.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.possessions import BOUGHT_FOR, GIVEN, RECEIVERS

BORROWING = word_set("why_told", "borrowing")
USING = word_set("why_told", "using")
WILL = word_set("why_told", "will")
OTHERS_OWN = word_set("why_told", "others_own")
HAS = word_set("why_told", "has")
PERSONS = word_set("why_told", "persons")
WEARING = word_set("why_told", "wearing")
ALSO = word_set("why_told", "also")
HIMSELF = word_set("why_told", "pays_himself")
PAYS = word_set("why_told", "pays")
BETTER = word_set("why_told", "better")
ENOUGH = word_set("edits", "enough")
FINDING = word_set("why_told", "finding")
JOINERS = word_set("edits", "joiners") | {"then", "kisha", "halafu", "alafu"}
POSSESSED = frozenset(("my", "his", "her", "our", "their"))
COMMANDS = ("~remove", "~erase", "~cancel", "~change", "~add", "~put", "~give", "~want", "~stop")
PIECE = ("name", "category", "colour")
TOLD = ("size", "quantity", "option", "price")
TELLING = BORROWING | USING | HAS | WEARING | PAYS | BETTER | ENOUGH
LONGEST = 60  # words
SHORT = 9  # words that a reason without a pause behind it may have


def without_why(message: Message) -> Message:
    """The message without the words that tell why, where the rest of it commands something."""
    if len(message.tokens) > LONGEST or message.asks:
        return message
    message = _without_seeing(message)
    if not message.says_any(TELLING) and not _was_bought([t.text for t in message.tokens]):
        return message
    for start, end in _phrases(message):
        if _tells_why(message, start, end):
            rest = message.without(start, end)
            if _names_which(message, start, end) and not _says_which(rest):
                continue
            if _enough_said(rest) or any(_commands(rest, at) for at in range(len(rest.tokens))):
                return rest
    return message


def _without_seeing(message: Message) -> Message:
    """The message without the "I find" before a change: "naona vyeusi vinafaa zaidi, viwe vyeusi".

    "Naona … zaidi" would ask to see more.
    """
    opens = message.tokens[:1] and message.tokens[0].text in FINDING
    changes = message.tagged("~change") or message.says_any(SET_TO - {"be", "ni"})
    return message.without(0, 1) if opens and changes and len(message.tokens) > 2 else message


def _names_which(message: Message, start: int, end: int) -> bool:
    """Whether these words name a piece or a colour, which "make mine black" may point to."""
    return any(start <= f.start < end and f.slot in PIECE for f in message.slots.finds)


def _says_which(rest: Message) -> bool:
    heads = any(find.slot in ("name", "category") for find in rest.slots.finds)
    return heads or rest.tagged("@cart", "@all")


def _phrases(message: Message) -> Iterator[tuple[int, int]]:
    """The stretches that may tell why: from a pause, or a person, to where the next wish begins."""
    tokens = message.tokens
    for start in range(len(tokens)):
        begins = start == 0 or tokens[start - 1].pause or tokens[start].text in ("i", "ill", "he")
        begins = begins or tokens[start].text in BORROWING | PAYS - {"pay", "paying"}
        if not begins:
            continue
        end = start + 1
        enough = start and tokens[start - 1].text in ENOUGH
        while end < len(tokens) and not tokens[end - 1].pause:
            if not enough and _next_wish(message, end):
                break
            end += 1
        if end - start <= SHORT:
            yield start, end


def _next_wish(message: Message, at: int) -> bool:
    """Whether a command follows a joining word here: "… and then make the blue one 14"."""
    tokens = message.tokens
    if _commands(message, at):
        return True
    while at < len(tokens) and tokens[at].text in JOINERS:
        at += 1
        if at < len(tokens) and _commands(message, at):
            return True
    return False


def _commands(message: Message, at: int) -> bool:
    token = message.tokens[at]
    return not token.tags.isdisjoint(COMMANDS) or token.text in SET_TO - {"be", "ni"}


def _enough_said(rest: Message) -> bool:
    """Whether the rest says how many are enough: "one hijab is enough, she will lose the other"."""
    counted = any(find.slot == "quantity" for find in rest.slots.finds)
    return counted and rest.says_any(ENOUGH) and _says_which(rest)


def _tells_why(message: Message, start: int, end: int) -> bool:
    texts = [token.text for token in message.tokens[start:end]]
    inside = [find for find in message.slots.finds if start <= find.start < end]
    if start and message.tokens[start - 1].text in ENOUGH and not WILL.isdisjoint(texts):
        return {find.slot for find in inside} <= {
            "size",
            "quantity",
        }  # "the small one will lose it"
    if any(_commands(message, at) for at in range(start, end)):
        return False
    if _was_bought(texts):
        return True
    if any(find.slot in TOLD and find.slot != "quantity" for find in inside):
        return False
    return (
        _borrows(texts)
        or _has_others(texts, coloured=any(find.slot == "colour" for find in inside))
        or _wears_the_same(texts)
        or _pays_himself(texts)
        or _suits_better(message, texts, end)
    )


def _suits_better(message: Message, texts: list[str], end: int) -> bool:
    """ "Vyeusi vitaendana zaidi, viatu viwe vyeusi": the colour is said again of the piece."""
    behind = {find.slot for find in message.slots.finds if find.start >= end}
    return texts[-1] in BETTER and {"colour", "category"} <= behind


def _was_bought(texts: list[str]) -> bool:
    """ "My husband already bought me the skirt", "mwenzangu tayari ameninunulia viatu"."""
    given = any(verb in GIVEN and to in RECEIVERS for verb, to in itertools.pairwise(texts))
    return given or any(BOUGHT_FOR.fullmatch(text) for text in texts)


def _borrows(texts: list[str]) -> bool:
    """ "I will borrow from my cousin", "nitaazima ya sis", "I'll use my sister's"."""
    if not BORROWING.isdisjoint(texts):
        return True
    uses = any(text in USING for text in texts[1:3])
    return uses and not WILL.isdisjoint(texts[:2]) and not POSSESSED.isdisjoint(texts[2:])


def _has_others(texts: list[str], *, coloured: bool) -> bool:
    """ "Mzae ako na zingine", "she already has one", "niko na ingine nyumbani"."""
    for at, text in enumerate(texts):
        if text not in HAS or coloured:
            continue
        behind = texts[at + 1 : at + 4]
        if behind[:1] == ["na"]:
            behind = behind[1:]
        if behind[:1] and behind[0] in OTHERS_OWN:
            return True
    return False


def _wears_the_same(texts: list[str]) -> bool:
    """ "My friend is wearing navy too", "dada amevaa black pia"."""
    worn = not WEARING.isdisjoint(texts) and not ALSO.isdisjoint(texts)
    return worn and not PERSONS.isdisjoint(texts)


def _pays_himself(texts: list[str]) -> bool:
    """ "Shemeji atajilipia mwenyewe", "he will pay for them himself"."""
    return not PAYS.isdisjoint(texts) and not HIMSELF.isdisjoint(texts) and texts[0] != "nitalipa"
