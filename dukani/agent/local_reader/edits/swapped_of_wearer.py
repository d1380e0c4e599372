"""Reads swaps of a line named by whose it is: "swap my husband's for the fleece one"."""

from __future__ import annotations

from dukani.agent.local_reader.edits.clauses import clauses
from dukani.agent.local_reader.edits.of_wearer import is_whose, lines_worn
from dukani.agent.local_reader.edits.swapping import swapping
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a


def swapped_of_wearer(message: Message) -> list[a.Act]:
    """A Substitute of the one line that is for the person spoken of; else nothing."""
    parts = clauses(message)
    if len(parts) != 1 or len(message.context.cart) < 2:
        return []
    who = [at for at in range(len(message.tokens)) if is_whose(message, at)]
    acts = swapping(message)
    if len(who) != 1 or len(acts) != 1 or not isinstance(acts[0], a.Substitute):
        return []
    if acts[0].target != a.Target(pointed="it"):
        return []  # the words name the line themselves
    lines = lines_worn(message, who[0], [])
    if len(lines) != 1:
        return []
    return [acts[0].model_copy(update={"target": a.Target(line=lines[0].number)})]
