"""Reads how many go and how many stay, of one line: "nyeusi punguza moja zibaki mbili"."""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line

LINE = ("name", "category", "colour", "size")
TAKEN = ("~remove", "~reduce")
SWAHILI_LEFT = ("ibaki", "zibaki", "vibaki", "libaki", "yabaki", "kibaki", "ubaki", "inabaki")
LEFT = frozenset((*SWAHILI_LEFT, "ziwe", "iwe", "remain", "remains", "left", "remaining"))


def taken_off(message: Message) -> list[a.Act]:
    """A Set of the line's count to what stays; nothing where the sum is of no line or of several.

    Both counts make up what is ordered, so the sum tells which line is meant.
    """
    counts = [find for find in message.slots.finds if find.slot == "quantity"]
    named = [find for find in message.slots.finds if find.slot in LINE]
    if len(counts) != 2 or len(counts) + len(named) != len(message.slots.finds) or message.asks:
        return []
    if len({find.slot for find in named}) != len(named):
        return []  # "toa nyeusi moja, nyeupe zibaki mbili"
    off, stays = counts
    if not message.tagged(*TAKEN) or message.tagged("~add") or not _says_stays(message, stays):
        return []
    went, left = int(str(off.value)), int(str(stays.value))
    lines = [line for line in _lines(message, named) if line.quantity == went + left]
    if went < 1 or left < 1 or len(lines) != 1:
        return []
    told = a.Values(quantity=left)
    return [a.Set(target=a.Target(line=lines[0].number), values=told, change=True)]


def _says_stays(message: Message, count: Find) -> bool:
    """Whether the count is of what stays: "zibaki mbili", "ziwe mbili"."""
    near = (*message.tokens[max(0, count.start - 2) : count.start],)
    behind = (*message.tokens[count.end : count.end + 1],)
    return any(token.text in LEFT for token in (*near, *behind))


def _lines(message: Message, named: list[Find]) -> list[Line]:
    """The lines that the words name, of all lines where they name none."""
    part = message.only(replace(find, denied=False) for find in named)
    sizes = {find.value for find in named if find.slot == "size"}
    return [line for line in part.lines_said() if not sizes or line.size in sizes]
