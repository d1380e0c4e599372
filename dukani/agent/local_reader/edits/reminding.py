"""Recognises reminders that a piece be in the order: "na ule mtandio uwemo", "don't forget it"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message

TO_BE_IN = word_set("edits", "to_be_in")


def reminds(clause: Message) -> bool:
    """Whether it is said that something is to be there."""
    return clause.says_any(TO_BE_IN) or any(
        "~forget" in token.tags and _denied(clause, at) for at, token in enumerate(clause.tokens)
    )


def _denied(clause: Message, at: int) -> bool:
    """Whether "don't" stands before: not in "forget the belt, I don't want it"."""
    return any(token.text == "dont" for token in clause.tokens[max(0, at - 2) : at])
