"""Reads another value of one line, once a total was shown: "size 41 badala", "vans moja tu"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.agent.local_reader.edits.besides import goes_on
from dukani.agent.local_reader.edits.words import ALL, BOTH, KEEP, MORE, OTHER
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import something_shown
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import SHOWN_A_TOTAL

COMMANDS = ("~remove", "~cancel", "~add", "~reduce", "~change", "~show")
HEADS = ("name", "category")
MEANING_MORE = ALL | BOTH | KEEP | OTHER | MORE - {"tena"}


def only_line(clause: Message) -> list[a.Act]:
    """A Set of the only line or the one named; nothing where it is not made in that value."""
    if clause.context.step not in SHOWN_A_TOTAL or something_shown(clause) or clause.asks:
        return []
    if clause.tagged(*COMMANDS) or clause.says_any(MEANING_MORE) or goes_on(clause):
        return []
    finds = [find for find in clause.slots.finds if not find.denied]
    lines = _lines_named(clause, [find for find in finds if find.slot in HEADS])
    told = [find for find in finds if find.slot not in HEADS]
    if len(lines) != 1 or len(told) != len({find.slot for find in told}):
        return []
    anew = {f.slot: f.value for f in told if f.slot == "quantity" or not _has(lines[0], f)}
    if len(anew) != 1 or not _is_made(clause, lines[0], anew):
        return []
    which = a.Target(line=lines[0].number)
    return [a.Set(target=which, values=a.Values(**anew), change=True)]


def _lines_named(clause: Message, heads: Sequence[Find]) -> list[Line]:
    """The lines of the piece named; the only line where none is named."""
    return clause.only(heads).lines_said() if heads else [*clause.context.cart]


def _has(line: Line, find: Find) -> bool:
    return find.slot in ("colour", "size") and getattr(line, find.slot) == find.value


def _is_made(clause: Message, line: Line, anew: Mapping[str, object]) -> bool:
    sold = clause.context.sold.pieces
    piece = next((one for one in sold if one.product_id == line.product_id), None)
    if piece is None or not set(anew) <= {"colour", "size", "quantity"}:
        return False
    made = {"colour": piece.colours, "size": piece.sizes}
    return all(slot not in made or value in made[slot] for slot, value in anew.items())
