"""Leaves out what pieces are for: "nipe vans black 41, kesho kuna game", "… one is a gift".

An event is left out only where the piece is told without it, and a gift only behind a count of
its own: the "two" of "make it two, one is a gift" is what the customer wants.
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.wishing import wishes

THERE_IS = word_set("remarks", "there_is")
BEGINS_EVENT = word_set("remarks", "begins_event")
NEAR = 2
GIFTS = word_set("remarks", "gifts")


def without_event(message: Message) -> Message:
    """The message without the event it is for: "nipe vans black 41, kesho kuna game".

    Only where the piece is told without it: an occasion may be what is looked for.
    """
    tokens = message.tokens
    at = next((i for i in range(1, len(tokens)) if _begins_event(message, i)), None)
    if at is None or any(token.asked for token in tokens):
        return message
    end = next((e for e in range(at + 1, len(tokens)) if tokens[e - 1].pause), len(tokens))
    inside = {find.slot for find in message.slots.finds if at <= find.start < end}
    rest = message.without(at, end)
    told = {find.slot for find in rest.slots.finds}
    enough = bool({"colour", "size"} & told)
    if inside:
        enough = {"colour", "size"} <= told and _names_which(rest)
    return rest if enough and inside <= {"occasion"} and wishes(rest, 0) else message


def _names_which(message: Message) -> bool:
    """Whether a piece is named as the shop does, or several are told apart."""
    heads = [find for find in message.slots.finds if find.slot in ("name", "category")]
    return any(find.sold for find in heads) or len({find.value for find in heads}) > 1


def _begins_event(message: Message, at: int) -> bool:
    """Whether words like "because there is", or "tomorrow there is", begin here."""
    tokens = message.tokens
    reason, dated = tokens[at].text in BEGINS_EVENT, "@day" in tokens[at].tags
    behind = [token.text for token in tokens[at : at + NEAR + 2]]
    there = not THERE_IS.isdisjoint(behind) or behind[1:3] == ["there", "is"]
    if behind[0] in THERE_IS or behind[:2] == ["there", "is"]:  # "…, kuna harusi kesho"
        return tokens[at - 1].pause > 0 and any("@day" in t.tags for t in tokens[at:])
    return there and (reason or dated)


def without_purpose(message: Message) -> Message:
    """The message without what some pieces are for: "make it two, one is a gift"."""
    if not message.says_any(GIFTS):
        return message
    for at in range(1, len(message.tokens)):
        if message.tokens[at - 1].pause and tells_purpose(message, at):
            return message.without(at, len(message.tokens))
    return message


def tells_purpose(message: Message, start: int) -> bool:
    """Whether the words to the end say what a number of pieces is for: "moja ni zawadi"."""
    counted = [f for f in message.slots.finds if f.slot == "quantity" and f.start == start]
    if len(counted) != 1:
        return False
    behind = message.tokens[counted[0].end :]
    texts = [token.text for token in behind]
    told = texts[:1] in (["ni"], ["is"]) and bool(GIFTS & set(texts))
    return told and not any(token.pause for token in behind[:-1])
