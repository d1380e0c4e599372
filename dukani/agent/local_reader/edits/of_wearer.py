"""Reads removals of a line named by whose it is: "toa hiyo ya beste", "drop my sister's"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.clauses import commands_in
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.wearers_said import relations_said
from dukani.domain import acts as a


def removed_of_wearer(message: Message) -> list[a.Act]:
    """A Remove of the one line that is for the person spoken of; else nothing."""
    worn = [line for line in message.context.cart if line.worn_by is not None]
    if not worn or message.asks or commands_in(message) != {"remove"}:
        return []
    relations = relations_said(message.raw)
    kinds = (find for find in message.slots.finds if find.slot in ("category", "colour"))
    fitting = [
        line
        for line in message.only(kinds).lines_said()  # "beste" may resemble a piece's name
        if line.worn_by is not None and line.worn_by.relation in relations
    ]
    if len(fitting) != 1 or message.slots.wanted("quantity"):
        return []
    return [a.Remove(target=a.Target(line=fitting[0].number))]
