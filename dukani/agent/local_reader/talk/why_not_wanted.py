"""Leaves out why a piece or a size is not wanted: "sandals instead, the heels will tire me".

So too what cannot be ("flat shoes because I cannot do heels anymore"), what everybody knows ("si
unajua schools zinafungua Monday"), and how the size so far will fit: "make it 10, 12 is too big".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.remarks import PIECES, TOLD
from dukani.agent.local_reader.talk.told_words import words_for
from dukani.agent.local_reader.talk.wishing import WISHING, WISHING_NOW

KEEP = word_set("edits", "keep")
ASKING = frozenset(("au", "or", "je", "out", "off"))
FITTING = words_for("small") | words_for("large")
DETERMINERS = word_set("remarks", "determiners")
REASONS = word_set("remarks", "reasons")
BECAUSE = word_set("remarks", "because")
CANNOT = word_set("remarks", "cannot")
LEADING_REASONS = REASONS | DETERMINERS | word_set("remarks", "thinking")
TELLS_OF_PIECES = word_set("remarks", "tells_of_pieces")
DOES_TO_ME = re.compile(  # "vitanichosha": they will tire me
    r"(?:ha)?(?:vi|zi|li|i|ya|u|ki)(?:ta|na|me|li|nge)?(?:ni|tu)[a-z]{3,}"
)


def without_reason(message: Message) -> Message:
    """The message without why a piece is not wanted: "sandals instead, the heels will tire me".

    So too why its size is not: "make the skirt 10, that 12 will be too big".
    """
    tokens = message.tokens
    for at in range(2, len(tokens)):
        if _tells_what_is_known(message, at):
            return message.without(at, len(tokens))
        if _tells_what_cannot_be(message, at):
            return message.without(at, len(tokens))
        begins = tokens[at - 1].pause and _tells_of_piece(message, at)
        if begins or _tells_of_old_size(message, at):
            return message.without(at, len(tokens))
    return message


def _tells_what_cannot_be(message: Message, at: int) -> bool:
    """Whether the words to the end say why: "flat shoes because I cannot do heels anymore"."""
    if message.tokens[at].text not in BECAUSE:
        return False
    tail = {token.text for token in message.tokens[at:]}
    finds = message.slots.finds
    named = any(find.slot in PIECES and find.end <= at for find in finds)
    behind = [find for find in finds if find.start >= at]
    plain = not any(find.slot in TOLD and not find.denied for find in behind)
    edits = any(not token.tags.isdisjoint(WISHING_NOW) for token in message.tokens[at:])
    return named and plain and not edits and bool(tail & CANNOT) and not message.asks


def _tells_what_is_known(message: Message, at: int) -> bool:
    """Whether what everybody knows ends a wish: "… si unajua schools zinafungua Monday"."""
    texts = [token.text for token in message.tokens[at : at + 2]]
    before = {find.slot for find in message.slots.finds if find.end <= at}
    known = texts in (["si", "unajua"], ["you", "know"], ["unajua", "tu"])
    behind = {find.slot for find in message.slots.finds if find.start >= at}
    tells = behind & {"name", "category", "colour", "size", "quantity", "age"}
    return known and bool(before & {"name", "category"}) and not tells and not message.asks


def _tells_of_old_size(message: Message, at: int) -> bool:
    """Whether the words to the end say how an ordered size will fit, and another is set before."""
    if not (message.tokens[at - 1].pause or message.tokens[at].text in REASONS):
        return False
    said = [  # the "large" of "too large" is no size
        find
        for find in message.slots.finds
        if find.start >= at and message.tokens[find.start].text not in FITTING
    ]
    before = [find for find in message.slots.finds if find.end <= at and find.slot == "size"]
    if [find.slot for find in said] != ["size"] or len(before) != 1:
        return False
    ordered = any(line.size == said[0].value for line in message.context.cart)
    leading = message.tokens[at : said[0].start]
    reasons = all(t.text in LEADING_REASONS or "@this" in t.tags for t in leading)
    if not ordered or not reasons or said[0].value == before[0].value:
        return False
    texts = [token.text for token in message.tokens[said[0].end :]]
    return _tells_of_fit(texts)


def _tells_of_fit(texts: Sequence[str]) -> bool:
    """Whether the words say that it fits badly: "will be too big", "won't fit"."""
    if not texts:
        return False
    will_be = texts[0] in TELLS_OF_PIECES and not FITTING.isdisjoint(texts)
    wont = texts[0] in ("wont", "doesnt", "cant", "didnt", "not") and "fit" in texts[1:3]
    return will_be or wont


def _tells_of_piece(message: Message, at: int) -> bool:
    """Whether the words to the end say how a kind is, and wish nothing of it."""
    tail = message.tokens[at:]
    noun = 1 if tail[0].text in DETERMINERS else 0
    said = [find for find in message.slots.finds if find.start >= at]
    kinds = all(find.slot in ("category", "name") and find.start == at + noun for find in said)
    if not said or not kinds or len(tail) < noun + 2 or any(t.pause for t in tail[:-1]):
        return False
    if any(not t.tags.isdisjoint(WISHING) or t.text in KEEP | ASKING for t in tail):
        return False
    if message.clause(at, len(message.tokens)).asks:
        return False  # "that's a lot. The loafers are how much?"
    told = tail[noun + 1].text
    return told in TELLS_OF_PIECES or bool(DOES_TO_ME.fullmatch(told))
