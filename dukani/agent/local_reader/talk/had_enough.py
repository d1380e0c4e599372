"""Leaves out what the customer has enough of: "drop the skinny ones, I have enough jeans"."""

from __future__ import annotations

import itertools

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import KEEP
from dukani.agent.local_reader.parsing.message import Message

ENOUGH = word_set("remarks", "enough_had")
HAVING = word_set("remarks", "having_enough")
THEM = word_set("remarks", "them_enough")
LIKE = frozenset(("like", "kama"))
IT = word_set("edits", "it")
AT_HOME = frozenset(("home", "nyumbani", "hao", "kabati", "closet", "wardrobe"))
MANY = frozenset(("many", "nyingi", "mingi", "mengi"))
TOO = frozenset(("too", "sana", "mno"))
PIECES = ("name", "category")
WISHING = ("~want", "~give", "~take", "~add", "~put", "~remove", "~change", "~buy", "~cancel")


def without_what_is_enough(message: Message) -> Message:
    """The message without the clause that says so; the rest must wish for something."""
    if message.asks:
        return message
    pauses = [at for at in range(1, len(message.tokens)) if message.tokens[at - 1].pause]
    for start, end in itertools.pairwise((0, *pauses, len(message.tokens))):
        if _are_too_many(message, start, end):
            rest = message.without(start, end)
            named = rest.slots.wanted("colour") or rest.slots.wanted("size")
            if named and rest.slots.wanted("quantity"):
                return rest
        if _has_enough(message, start, end):
            rest = message.without(start, end)
            wished = rest.tagged(*WISHING) or rest.has("remove_item") or rest.says_any(KEEP)
            return rest if wished else message
    return message


def _are_too_many(message: Message, start: int, end: int) -> bool:
    """Whether ordered pieces are said to be too many: "i have too many caps, 2 is plenty"."""
    texts = {word for t in message.tokens[start:end] for word in t.text.split()}
    finds = [find for find in message.slots.finds if start <= find.start < end]
    told = bool(texts & MANY) and bool(texts & TOO) and bool(message.context.cart)
    return told and not any(find.slot == "quantity" for find in finds)


def _has_enough(message: Message, start: int, end: int) -> bool:
    tokens = message.tokens[start:end]
    texts = {token.text for token in tokens}
    wishes = any(not token.tags.isdisjoint(WISHING) for token in tokens)
    heads = (find for slot in PIECES for find in message.slots.wanted(slot))
    of_pieces = any(start <= find.start < end for find in heads) or bool(texts & THEM)
    of_pieces = of_pieces or bool(texts & LIKE and texts & IT) or bool(texts & AT_HOME)
    return of_pieces and bool(texts & ENOUGH) and bool(texts & HAVING) and not wishes
