"""What a customer tells of a person and not of a piece: "i wear heels so make it 58"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message

HENCE = word_set("remarks", "hence")
DOING = ("~try_on", "~like", "~use")
TOLD = ("size", "quantity", "option", "colour")


def without_remark(clause: Message) -> Message:
    """The words behind "so", where what is before them only tells of a person."""
    for at in range(1, len(clause.tokens) - 1):
        if clause.tokens[at].text not in HENCE:
            continue
        before = [find for find in clause.slots.finds if find.start < at]
        after = [find for find in clause.slots.finds if find.start > at]
        remarks = any(not token.tags.isdisjoint(DOING) for token in clause.tokens[:at])
        if remarks and before and after and all(find.slot not in TOLD for find in before):
            return clause.clause(at + 1, len(clause.tokens))
    return clause
