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
    message = _without_reason_told(message)
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


def _without_reason_told(message: Message) -> Message:
    """The message without a value told first that is counted behind it.

    "Actually husband ni XXL, so ziwe L mbili na XXL moja": one in XXL, told once.
    """
    finds, tokens = message.slots.finds, message.tokens
    if len(finds) < 4 or finds[0].slot not in ("colour", "size"):
        return message
    end = next((at + 1 for at in range(finds[0].end - 1, len(tokens)) if tokens[at].pause), None)
    alone = end is not None and finds[1].start >= end
    again = [n for n, find in enumerate(finds[1:], 1) if find.value == finds[0].value]
    beside = {finds[n].slot for m in again for n in (m - 1, m + 1) if 0 < n < len(finds)}
    told = any(token.text in ("ni", "is") for token in tokens[:end])
    if not alone or not told or len(again) != 1 or "quantity" not in beside:
        return message
    return message.without(0, end or 0)
