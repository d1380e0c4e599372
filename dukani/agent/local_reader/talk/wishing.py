"""Tells whether words wish something: "nataka", "give me", "toa".

What wishes nothing may be a remark: "I usually wear heels"; what does is never left out.
"""

from __future__ import annotations

from dukani.agent.local_reader.parsing.message import Message

WISHING = (
    "~want", "~give", "~show", "~add", "~put", "~take", "~buy", "~change", "~remove", "~bring",
)  # fmt: skip
WISHING_NOW = ("~want", "~add", "~put", "~change", "~remove")


def wishes(message: Message, at: int) -> bool:
    """Whether something is wanted in the words from here on: "nataka", "give me"."""
    behind = message.tokens[at:]
    return any(not token.tags.isdisjoint(("~want", "~give", "~take")) for token in behind)
