"""Reads a swap with a verb: "swap the hoodie for the jacket", "badilisha gauni iwe sketi".

The line may be named before the verb ("hiyo abaya ibadilishe uweke Iliki"), or by its colour and
size where these are of one line only.
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.swap_parts import (
    CONNECTORS,
    differ,
    end_of,
    is_line,
    of_other_kinds,
    part_between,
    swap_verb,
)
from dukani.agent.local_reader.parsing.message import Message

BECOMES = ("iwe", "ziwe", "liwe", "kiwe", "viwe", "yawe")


def exchanged(clause: Message) -> tuple[Group | None, Group] | None:
    """The old and the new piece: "swap the hoodie for the jacket", "badilisha gauni iwe sketi"."""
    verb = swap_verb(clause)
    connectors = CONNECTORS if verb is not None else BECOMES
    start = verb or 0
    for at in range(start + 1, len(clause.tokens)):
        if clause.tokens[at].text not in connectors:
            continue
        end = end_of(clause, at) if verb is not None else _end_of_words(clause, at)
        gone, wanted = part_between(clause, start, at), part_between(clause, at, end)
        if verb is not None and not gone.finds and wanted.heads:
            gone = _line_before(clause, verb) or gone
            if gone.finds and not gone.heads and not is_line(clause, wanted):
                return gone, wanted
        told = bool(gone.heads and wanted.heads)
        if told and (differ(gone, wanted) or of_other_kinds(clause, gone, wanted)):
            return gone, wanted
        if wanted.heads and not gone.finds and not is_line(clause, wanted):
            return None, wanted
    return None


def _line_before(clause: Message, verb: int) -> Group | None:
    """The line named before the verb: "hiyo abaya ibadilishe uweke Iliki"."""
    before = part_between(clause, 0, verb)
    if not before.heads:
        return before if _tells_one_line(clause, before) else None
    named = bool(before.heads) and len(clause.only(before.finds).lines_said()) == 1
    return before if named and not before.slots & {"quantity", "option"} else None


def _tells_one_line(clause: Message, part: Group) -> bool:
    """Whether colour and size name one line: "hiyo white 58 badilisha iwe …"."""
    said = {find.slot: find.value for find in part.finds}
    if len(said) < 2 or not set(said) <= {"colour", "size"}:
        return False
    lines = clause.context.cart
    fitting = [x for x in lines if all(getattr(x, slot) == value for slot, value in said.items())]
    return len(fitting) == 1


def _end_of_words(clause: Message, at: int) -> int:
    """The end of the words behind "iwe": the next comma or joint."""
    pauses = (here + 1 for here in range(at, len(clause.tokens)) if clause.tokens[here].pause)
    return min(end_of(clause, at), next(pauses, len(clause.tokens)))
