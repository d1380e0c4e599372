"""Leaves out what the counts said come to: "hizo za 34 iwe moja, so tatu jumla"."""

from __future__ import annotations

from dukani.agent.local_reader.parsing.message import Message

SUM = frozenset(("jumla", "total", "altogether", "ujumla", "all"))
AROUND = frozenset((
    "so", "basi", "hivyo", "kwa", "in", "ziwe", "zitakuwa", "zinakuwa", "iwe", "ni", "making",
    "make", "that", "thats", "it", "to", "jumla", "total", "altogether", "kwa jumla", "in total",
    "zote", "pcs", "pieces",
))  # fmt: skip


def without_sum_of_counts(message: Message) -> Message:
    """The message without a count at its end that says what the others come to."""
    counts = message.slots.wanted("quantity")
    if len(counts) < 2 or not message.says_any(SUM):
        return message
    last = counts[-1]
    start, end = last.start, last.end
    tokens = message.tokens
    while start and not tokens[start - 1].pause and tokens[start - 1].text in AROUND:
        start -= 1
    while end < len(tokens) and tokens[end].text in AROUND:
        end += 1
    said = {token.text for token in (*tokens[start : last.start], *tokens[last.end : end])}
    apart = start > 0 and tokens[start - 1].pause
    return message.without(start, end) if said & SUM and apart and end == len(tokens) else message
