"""Tells whether a message says nothing besides some words."""

from __future__ import annotations

from collections.abc import Collection

from dukani.agent.local_reader.parsing.message import Message


def says_only(message: Message, words: Collection[str], tags: Collection[str] = ()) -> bool:
    """Whether each word is one of these, or of a class of these."""
    return all(token.text in words or not token.tags.isdisjoint(tags) for token in message.tokens)
