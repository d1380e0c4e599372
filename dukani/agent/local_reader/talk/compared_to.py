"""Leaves out the line that another is to be like: "teal nayo iwe 14 kama grey"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.words import SET_TO
from dukani.agent.local_reader.parsing.message import Message

LIKE = frozenset(("kama", "like"))
POINTING = frozenset(("ile", "ya", "za", "hiyo", "the", "zile", "hizo", "la", "cha", "that"))
VALUES = ("colour", "size")


def without_comparison(message: Message) -> Message:
    """The message without "like the grey one", where a value is set before it.

    So too where a piece is shown beside the line: "beige, size M like the blouse", of a skirt.
    """
    for at, token in enumerate(message.tokens):
        if token.text not in LIKE:
            continue
        if not _sets_before(message, at) and not _tells_of_shown(message, at):
            continue
        start = at + 1
        while start < len(message.tokens) and message.tokens[start].text in POINTING:
            start += 1
        compared = [find for find in message.slots.finds if find.start == start]
        if compared and message.only(compared).lines_said():
            end = compared[0].end
            ones = end < len(message.tokens) and message.tokens[end].text in ("one", "ones")
            return message.without(at, end + ones)
    return message


def _tells_of_shown(message: Message, at: int) -> bool:
    """Whether a value right before is of a shown piece that is not in the order."""
    ordered = {line.product_id for line in message.context.cart}
    shown = any(option.product_id not in ordered for option in message.context.options)
    return shown and any(f.end == at and f.slot in VALUES for f in message.slots.finds)


def _sets_before(message: Message, at: int) -> bool:
    """Whether a colour or size is set before this place, and another line may be compared to."""
    if len(message.context.cart) < 2:
        return False
    set_to = any(t.text in SET_TO or "~change" in t.tags for t in message.tokens[:at])
    return set_to and any(f.end <= at and f.slot in VALUES for f in message.slots.finds)
