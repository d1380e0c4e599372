"""Reads that the other lines are not to go: "zingine usitoe", "don't remove the others"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.words import KEEP, ONLY, OTHER
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

REST = word_set("sparing", "rest") | OTHER | {"zilizobaki", "iliyobaki", "zilobaki", "remaining"}
LEAVING = frozenset(("acha", "wacha", "leave", "niachie", "uniachie", "iache", "ziache"))
GOING = ("~remove", "~erase", "~cancel")
NEAR = 3  # words between "the others" and their verb
NOT = frozenset(("not", "dont", "don't", "never", "si", "sio", "siyo"))
DENIED = ("usi", "msi")  # "usitoe", "msiondoe"


def left_with_the_others(message: Message) -> list[a.Act]:
    """No edit where a piece is left and the others are not to go: "keep the bag, don't remove …".

    "Leave only the bag, don't remove the others" says two things, so that it is asked.
    """
    if len(message.context.cart) < 2 or message.asks or not message.says_any(LEAVING | KEEP):
        return []
    if commands_in(message) - {"remove", "keep"} or not others_stay(message.tokens):
        return []
    goes = (at for at, token in enumerate(message.tokens) if _goes(token))
    if not all(is_denied(message.tokens, at) for at in goes) or message.slots.wanted("quantity"):
        return []
    return [a.Unclear() if message.says_any(ONLY) else a.Remark()]


def _goes(token: Token) -> bool:
    return token.text not in LEAVING and not token.tags.isdisjoint(GOING)


def others_stay(tokens: Sequence[Token]) -> bool:
    """Whether a denied verb of removing stands beside the word for the other lines."""
    rest = [at for at, token in enumerate(tokens) if token.text in REST]
    return any(
        is_denied(tokens, at) and any(abs(at - other) <= NEAR for other in rest)
        for at, token in enumerate(tokens)
        if _goes(token) or token.text.startswith(DENIED)
    )


def is_denied(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb here is denied: "usitoe", "do not remove", "never drop"."""
    before = tokens[max(0, at - 2) : at]
    since = max((n + 1 for n, token in enumerate(before) if token.pause), default=0)
    denies = any(token.text in NOT for token in before[since:])
    return tokens[at].text.startswith(DENIED) or denies
