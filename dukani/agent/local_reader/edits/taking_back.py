"""Recognises corrections of earlier messages: "no, the second", "not M, S"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import INSTEAD, OTHER
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.negation import DENIERS

PIVOTS = word_set("corrections", "pivots")
CHANGED_TO = word_set("corrections", "changed_to")
NOT = word_set("corrections", "not")
REFUSED = ("colour", "size", "pattern", "name", "category", "occasion")
# "la tatu" is "the third", while "la, ya tatu" begins with "no".
ALSO_WORDS = frozenset(("la", "zi", "siyo"))
PREFER = frozenset(("prefer", "rather", "afadhali", "bora", "heri", "better"))
MOST_POINTED = 2  # "not this, that" points at both
TAKING_BACK = ("~!want", "~!show", "~stop")


def corrects(clause: Message) -> bool:
    """Whether the clause corrects something said or done before."""
    context = clause.context
    if clause.repaired:
        return True
    if only_refuses(clause):
        return False
    if context.step == "start" and not (context.options or context.cart or context.focus):
        at = pivot(clause)
        return at > 0 and (clause.has("correction") or _restated(clause, at))
    if clause.tagged("~add") and clause.slots.wanted("category"):
        return False  # "ngoja kwanza, nataka kuongeza kofia" adds and corrects nothing
    if clause.has("correction") or _opens_with_no(clause):
        return True
    if _restated(clause, pivot(clause)):
        return True
    refused = any(find.denied and find.slot in REFUSED for find in clause.slots.finds)
    return _replaces(clause) or (_takes_back(clause) and refused)


def only_refuses(clause: Message) -> bool:
    """Whether a piece shown is refused and nothing told in its place: "no, not that"."""
    refused = clause.says_any(DENIERS) or clause.tagged("~!want", "~!take", "~!like")
    pointed = sum("@this" in token.tags for token in clause.tokens)
    alone = not (clause.slots.finds or clause.says_any(OTHER) or clause.says_any(INSTEAD))
    others = ("~want", "~take", "~give", "~put", "~add", "~change", "~remove", "~show")
    return refused and alone and pointed < MOST_POINTED and not clause.tagged(*others)


def prefers(clause: Message) -> bool:
    """Whether another value of the ordered piece in focus is preferred: "afadhali nyekundu"."""
    focus, cart = clause.context.focus, clause.context.cart
    ordered = focus is not None and any(line.product_id == focus.product_id for line in cart)
    heads = any(clause.slots.wanted(slot) for slot in ("category", "name", "option"))
    return ordered and clause.says_any(PREFER) and not heads and not clause.asks


def _opens_with_no(clause: Message) -> bool:
    opening = [t for t in clause.tokens if t.tags.isdisjoint(("@hello", "@stopword"))][:1]
    if not opening or "@no" not in opening[0].tags:
        return False
    if opening[0].pause or len(clause.tokens) == 1:
        return True
    following = clause.tokens[clause.tokens.index(opening[0]) + 1 :][:1]
    numbered = any("@number" in token.tags for token in following)  # "no 2" is number two
    return opening[0].text not in ALSO_WORDS and not (opening[0].text == "no" and numbered)


def _takes_back(clause: Message) -> bool:
    return clause.tagged(*TAKING_BACK) or clause.says_any(NOT)


def _replaces(clause: Message) -> bool:
    """Whether one value is denied and another wanted: "si ya pili ni ya kwanza"."""
    slots = clause.slots
    return any(
        slots.unwanted(slot) and slots.wanted(slot)
        for slot in ("option", "size", "colour", "category", "quantity", "name")
    )


def pivot(clause: Message) -> int:
    """The place after the correcting word between old and new values; 0 when there is none."""
    for at in range(len(clause.tokens) - 1, -1, -1):
        text = clause.tokens[at].text
        changed = text in CHANGED_TO and clause.tagged("~change")
        if text not in PIVOTS and not changed:
            continue
        before = any(find.start < at for find in clause.slots.finds)
        if before and any(find.start > at for find in clause.slots.finds):
            return at + 1
    return 0


def _restated(clause: Message, at: int) -> bool:
    """Whether another kind or colour follows a "no": "gauni jekundu, hapana sketi nyeusi"."""
    no = clause.tokens[at - 1] if at else None
    if no is None or "@no" not in no.tags or not (at > 1 and clause.tokens[at - 2].pause):
        return False
    finds = clause.slots.finds
    before, after = ({f.slot for f in finds if (f.start < at) is early} for early in (True, False))
    return bool(before & after & {"category", "colour", "size"})
