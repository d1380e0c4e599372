"""Reads another piece meant than was just put in: "sorry, I meant the polo"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.besides import goes_on, says_another
from dukani.agent.local_reader.edits.groups import HEADS
from dukani.agent.local_reader.edits.pieces import target, values, whole
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

MEANT = word_set("meant_instead", "meant")
WANTED = word_set("meant_instead", "wanted")  # of a mistake only: "oops, I wanted the polo"
MISTAKEN = word_set("meant_instead", "mistaken")
FURTHER = ("~add", "~show", "~remove")


def meant_instead(clause: Message) -> list[a.Act]:
    """The swap of the line put in last for the piece that was meant."""
    line = _put_in_last(clause)
    told = clause.says_any(MEANT) or (clause.says_any(WANTED) and clause.says_any(MISTAKEN))
    if line is None or not told or clause.asks or clause.tagged(*FURTHER):
        return []
    if says_another(clause) or goes_on(clause):
        return []  # "sorry, I said the polo too"
    wanted = whole(clause)
    heads = [find for find in wanted.heads if find.slot != "option"]
    if not heads or clause.slots.exclusions() or clause.only(heads).lines_said():
        return []
    if "name" not in {find.slot for find in heads} and _is_kind_of(clause, line):
        return []
    piece = target(clause.only(wanted.finds), wanted, HEADS)
    return [a.Substitute(target=a.Target(line=line), piece=piece, values=values(wanted))]


def _put_in_last(clause: Message) -> int | None:
    """The number of the line the reply before was about."""
    context = clause.context
    if context.step != "cart_updated":
        return None
    numbers = [line.number for line in context.cart]
    return context.last_line if context.last_line in numbers else None


def _is_kind_of(clause: Message, number: int) -> bool:
    """Whether only the line's own kind is said: "I meant the shirt in white"."""
    kinds = {str(find.value) for find in clause.slots.wanted("category")}
    return kinds == {line.category for line in clause.context.cart if line.number == number}
