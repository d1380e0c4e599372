"""Recognises reminders that a piece be in the order: "na ule mtandio uwemo", "don't forget it"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.ops import op_at
from dukani.agent.local_reader.parsing.message import Message

TO_BE_IN = word_set("edits", "to_be_in")


def reminds(clause: Message) -> bool:
    """Whether it is said that something is to be there."""
    return any(_reminds_at(clause, at) for at in range(len(clause.tokens)))


def _reminds_at(clause: Message, at: int) -> bool:
    token = clause.tokens[at]
    return token.text in TO_BE_IN or ("~forget" in token.tags and _denied(clause, at))


def reminds_to_change(clause: Message) -> bool:
    """Whether it is not to be forgotten that a piece goes or changes: "usisahau kutoa kofia"."""
    forget = next((at for at in range(len(clause.tokens)) if _reminds_at(clause, at)), None)
    if forget is None:
        return False
    behind = range(forget + 1, len(clause.tokens))
    return any(op_at(clause, at) in ("remove", "fewer", "set") for at in behind)


def _denied(clause: Message, at: int) -> bool:
    """Whether "don't" stands before: not in "forget the belt, I don't want it"."""
    return any(token.text == "dont" for token in clause.tokens[max(0, at - 2) : at])
