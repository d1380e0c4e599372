"""Reads a new piece "instead" of the one spoken of last: "give me the hoodie instead".

The old piece may be left before: "leave the skirt, give me the trousers instead". A line in another
size or colour is no new piece: "the dress in L instead".
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.leaving import LEAVE
from dukani.agent.local_reader.edits.swap_parts import is_line, part_between
from dukani.agent.local_reader.edits.words import INSTEAD
from dukani.agent.local_reader.parsing.message import Message

DEAR = frozenset(("ghali", "expensive", "pricey", "much", "dear", "juu", "costly"))


def instead_of_last(clause: Message) -> tuple[Group | None, Group] | None:
    """The new piece of "give me the hoodie instead"; the old one is the piece spoken of last."""
    if not clause.says_any(INSTEAD) or clause.slots.exclusions():
        return None
    if not clause.context.cart and clause.context.focus is None:
        return None
    if (cut := _behind_piece_left(clause)) is not None:
        gone, wanted = part_between(clause, 0, cut), part_between(clause, cut, len(clause.tokens))
        same = {clause.tokens[find.start].text for find in gone.heads}
        other = {clause.tokens[find.start].text for find in wanted.heads} - same
        return (gone, wanted) if other else None
    wanted = part_between(clause, _behind_complaint(clause), len(clause.tokens))
    if not wanted.heads or is_line(clause, wanted) or _only_kind_in_hand(clause, wanted):
        return None
    return None, wanted


def _behind_piece_left(clause: Message) -> int | None:
    """The place after a line that is left: "leave the skirt, give me the trousers instead"."""
    cuts = [at + 1 for at, token in enumerate(clause.tokens) if token.pause]
    for cut in cuts:
        part = clause.clause(0, cut)
        heads = [find for find in part.slots.finds if find.slot in ("name", "category")]
        left = part.says_any(LEAVE) or part.tagged("~remove")
        if left and heads and not part.says_any(INSTEAD) and clause.only(heads).lines_said():
            return cut
    return None


def _behind_complaint(clause: Message) -> int:
    """The place after a complaint about a price: "too much, take the casio instead"."""
    dear = [at for at, token in enumerate(clause.tokens) if token.text in DEAR and token.pause]
    return dear[0] + 1 if dear else 0


def _only_kind_in_hand(clause: Message, wanted: Group) -> bool:
    """Whether only the kind of the piece in focus is named: "the dress in L instead"."""
    focus = clause.context.focus
    kinds = [find for find in wanted.heads if find.slot == "category"]
    return (
        focus is not None
        and [find.value for find in kinds] == [focus.category]
        and len(wanted.heads) == 1
    )
