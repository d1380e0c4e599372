"""Runs the edit rules on one clause, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable

from dukani.agent.local_reader.edits.added_up import added_up
from dukani.agent.local_reader.edits.all_then_some import all_then_some
from dukani.agent.local_reader.edits.answering import answering
from dukani.agent.local_reader.edits.as_before import as_before
from dukani.agent.local_reader.edits.both_of_them import both_of_them
from dukani.agent.local_reader.edits.changing import changing
from dukani.agent.local_reader.edits.cheaper_one import cheaper_instead
from dukani.agent.local_reader.edits.choosing import choosing
from dukani.agent.local_reader.edits.count_of_each import count_of_each
from dukani.agent.local_reader.edits.counting import counting
from dukani.agent.local_reader.edits.each_kind import each_kind
from dukani.agent.local_reader.edits.each_line import each_line
from dukani.agent.local_reader.edits.extreme_size import extreme_size
from dukani.agent.local_reader.edits.in_its_place import in_its_place
from dukani.agent.local_reader.edits.keeping import keeping
from dukani.agent.local_reader.edits.kind_of_line import as_kind_of_line
from dukani.agent.local_reader.edits.leaving import left_alone, letting_go, passed_up, putting_off
from dukani.agent.local_reader.edits.likewise import likewise
from dukani.agent.local_reader.edits.meant_instead import meant_instead
from dukani.agent.local_reader.edits.named_by_value import named_by_value
from dukani.agent.local_reader.edits.next_one import next_one
from dukani.agent.local_reader.edits.next_size import next_size
from dukani.agent.local_reader.edits.of_aged import of_aged
from dukani.agent.local_reader.edits.of_ordered_value import of_ordered_value
from dukani.agent.local_reader.edits.only_line import only_line
from dukani.agent.local_reader.edits.only_one_of_them import only_one_of_them
from dukani.agent.local_reader.edits.other_of_them import other_of_them
from dukani.agent.local_reader.edits.other_one import other_one
from dukani.agent.local_reader.edits.pieces import scope_said, whole
from dukani.agent.local_reader.edits.preferring import preferring
from dukani.agent.local_reader.edits.refused_for_ordered import refused_for_ordered
from dukani.agent.local_reader.edits.refused_shown import refused_shown
from dukani.agent.local_reader.edits.removing import removing
from dukani.agent.local_reader.edits.sizes_of_all import sizes_of_all
from dukani.agent.local_reader.edits.split_beside import split_beside
from dukani.agent.local_reader.edits.splitting import splitting
from dukani.agent.local_reader.edits.stature import of_the_bigger_or_smaller
from dukani.agent.local_reader.edits.swapping import swapping
from dukani.agent.local_reader.edits.taking_back import corrects, only_refuses, pivot, prefers
from dukani.agent.local_reader.edits.telegram import telegram
from dukani.agent.local_reader.edits.those_alone import those_alone
from dukani.agent.local_reader.edits.too_dear import too_dear
from dukani.agent.local_reader.edits.undoing import undoing
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

Rule = Callable[[Message], list[a.Act]]

# The first rule that answers counts. A clause that no rule answers is read by `choices`.
OF_LINES: tuple[Rule, ...] = (
    sizes_of_all, those_alone, only_one_of_them, other_one, refused_shown, other_of_them,
    cheaper_instead, in_its_place,
    next_size, next_one, split_beside, each_line, telegram, named_by_value, of_aged,
    of_the_bigger_or_smaller, left_alone,
    letting_go, passed_up, putting_off, too_dear, each_kind, answering, undoing, removing, keeping,
    preferring, swapping, meant_instead, all_then_some, splitting, added_up, count_of_each,
    counting, changing, only_line,
)  # fmt: skip


def line_edits(clause: Message) -> list[a.Act]:
    """The edits of lines of the order in a clause; nothing when there are none."""
    if same := likewise(clause, line_edits):
        return same
    for rule in OF_LINES:
        acts = rule(clause)
        if acts:
            acts = [of_ordered_value(clause, as_kind_of_line(clause, act)) for act in acts]
            return refused_for_ordered(clause, acts)
    return []


def choices(clause: Message) -> list[a.Act]:
    """The picks, values and searches in a clause."""
    focus = clause.context.focus
    if clause.context.question == "take_it" and only_refuses(clause):
        return [a.Decline()]
    if focus is not None and prefers(clause):
        to_be = as_before(clause, whole(clause))
        return [a.Set(target=a.Target(name=focus.name), values=to_be, change=True)]
    if taken := both_of_them(clause) or extreme_size(clause):
        return taken
    if not corrects(clause):
        return [_for_all_asked(clause, act) for act in choosing(clause)]
    return choosing(_later(clause), change=True)


def _for_all_asked(clause: Message, act: a.Act) -> a.Act:
    """The act, an answer to every piece whose colour or size is asked for: "zote navy"."""
    asked = clause.context.question in ("colour", "size")
    if not asked or not isinstance(act, a.Set) or act.change or not act.target.says_nothing:
        return act
    if scope_said(clause) == "one":
        return act
    return act.model_copy(update={"target": a.Target(scope="all")})


def _later(clause: Message) -> Message:
    """The clause with only the last value of each slot: "38, oh wait, that is tight, 39"."""
    at = pivot(clause)
    if not at:
        return clause
    anew = {f.slot for f in clause.slots.finds if f.start >= at and not f.denied}
    return clause.only(
        find for find in clause.slots.finds if find.start >= at or find.slot not in anew
    )
