"""Reads swaps of a line, or of some of its units, named by a value: "swap one lilac for a tote".

One of three lilac scarves is removed and the tote added; "badilisha ya beige kwa vans" replaces the
beige line. The count is of the line that goes.
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import HEADS, Group
from dukani.agent.local_reader.edits.pieces import definite_colour, single, target, values
from dukani.agent.local_reader.edits.swap_parts import (
    CONNECTORS,
    GENITIVE,
    is_line,
    part_between,
    swap_verb,
    what_goes,
)
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a


def some_exchanged(clause: Message) -> list[a.Act]:
    """The swap of a line or some units named by colour or size: "swap one lilac for a tote"."""
    verb = swap_verb(clause)
    if verb is None or not clause.context.cart:
        return []
    for at in range(verb + 1, len(clause.tokens)):
        if clause.tokens[at].text not in CONNECTORS and not _puts_in(clause, at):
            continue
        gone, wanted = part_between(clause, verb, at), part_between(clause, at, len(clause.tokens))
        count = gone.first("quantity")
        pointed = (
            count is not None or definite_colour(clause, gone) or _is_of_it(clause, verb, gone)
        )
        if not pointed or not gone.slots & {"colour", "size"} or not wanted.heads or gone.heads:
            continue
        if is_line(clause, wanted) or not clause.only(gone.finds).lines_said():
            continue
        piece = single(target(clause.only(wanted.finds), wanted, HEADS))
        which = what_goes(clause, gone)
        if count is None:
            return [a.Substitute(target=which, piece=piece, values=values(wanted))]
        return [
            a.Remove(target=which, quantity=int(str(count.value))),
            a.Add(target=piece, values=values(wanted)),
        ]
    return []


def _is_of_it(clause: Message, verb: int, gone: Group) -> bool:
    """Whether the value alone stands behind the verb: "badilisha ya beige", "rudisha ya 40"."""
    said = gone.finds[0].start if gone.finds else 0
    return said == verb + 2 and clause.tokens[verb + 1].text in GENITIVE


def _puts_in(clause: Message, at: int) -> bool:
    """Whether what comes in the place follows here: "badilisha ya grey (na) unipe vans"."""
    return not clause.tokens[at].tags.isdisjoint(("~put", "~give"))
