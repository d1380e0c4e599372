"""Compares what the network means with what the rules read: is it less, more, or elsewhere?"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.learned.effect import Lines
from dukani.agent.local_reader.learned.of_acts import Read
from dukani.agent.local_reader.learned.operations import (
    Beside,
    Operation,
    PutIn,
    Replace,
    TakeOut,
    product_of,
)
from dukani.domain import acts as a

ALIKE = 0.6  # the share of letters from which a word may be another spelled otherwise


def only_adds_to(after: Lines, lines: Lines, present: Lines) -> bool:
    """Whether all that changes in `lines` changes in `after`, too."""
    touched = (line for line in {*lines, *present} if lines.get(line) != present.get(line))
    return all(after.get(line) == lines.get(line) for line in touched)


def takes_out_more(meant: Sequence[Operation], first: Read) -> bool:
    """Whether it takes a line out that the rules leave: it is at times the one to be kept."""
    by_rules = [one.line for one in first.done if isinstance(one, TakeOut)]
    return any(isinstance(one, TakeOut) and one.line not in by_rules for one in meant)


def takes_out_another_piece(meant: Sequence[Operation], first: Read) -> bool:
    """Whether a line goes of another name than the one that is to, which no line has.

    "Toa kashida" where none is ordered; a word spelled otherwise may be the line's: "toa besti".
    """
    targets = [act.target for act in first.acts if isinstance(act, a.Remove)]
    called = [told for one in targets if (told := one.name or one.category)]
    if first.done or not first.missed or len(called) != len(first.acts):
        return False
    gone = [one.line for one in meant if isinstance(one, TakeOut)]
    words = [word for name in called for word in name.split()]
    return any(
        not any(_alike(word, own) for word in words for own in words_of(f"{x.name} {x.category}"))
        for x in gone
    )


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def does_it_to_another_line(meant: Sequence[Operation], first: Read) -> bool:
    """Whether both mean one edit of one kind, and the network of another line."""
    edits = [one for one in meant if not isinstance(one, Beside)]
    if len(edits) != 1 or len(first.done) != 1 or first.asked or first.missing:
        return False
    mine, theirs = edits[0], first.done[0]
    if isinstance(mine, PutIn | Beside) or isinstance(theirs, PutIn | Beside):
        return False
    return type(mine) is type(theirs) and mine.line != theirs.line


def leaves_a_line_found(meant: Sequence[Operation], first: Read) -> bool:
    """Whether a line stays that the rules found to go by whose it is, and others go.

    "Toa kikoi na kanzu ya yule mdogo": not the kikoi alone. Nor does one more go than they found:
    "she won't take the poncho, just the scarf".
    """
    removals = [act for act in first.acts if isinstance(act, a.Remove)]
    found = [act for act in removals if act.target.line is not None]
    if not found:
        return False
    gone = [one.line for one in meant if isinstance(one, TakeOut)]
    by_rules = [one.line for one in first.done if isinstance(one, TakeOut)]
    if len(gone) > len(by_rules) and len(found) == len(removals) == len(first.acts):
        return all(line in gone for line in by_rules)
    return 0 < len(gone) < len(by_rules) and all(line in by_rules for line in gone)


def leaves_one_of_all(meant: Sequence[Operation], first: Read) -> bool:
    """Whether fewer lines are altered than are told to be, all of them: "change both shirts"."""
    read = first.acts[0] if len(first.acts) == 1 else None
    if not isinstance(read, a.Set) or not read.change or read.target.scope == "one":
        return False
    altered = {one.line.number for one in meant if not isinstance(one, PutIn | Beside)}
    told = {one.line.number for one in first.done if not isinstance(one, PutIn | Beside)}
    return altered < told


def adds_to_a_line_found(meant: Sequence[Operation], first: Read) -> bool:
    """Whether a piece is put in where the rules change a line of it that they found by its place.

    "This parka of mine should be maroon": whose line it is they know better.
    """
    edits = [one for one in meant if not isinstance(one, Beside)]
    if not len(edits) == len(first.acts) == len(first.done) == 1:
        return False
    one, read = edits[0], first.acts[0]
    found = isinstance(read, a.Set) and read.target.line is not None
    same = isinstance(one, PutIn) and one.piece.product_id == product_of(first.done[0])
    return found and same


def says_less_of_the_same(meant: Sequence[Operation], first: Read) -> bool:
    """Whether a piece is put in with less than the rules read of it: "the wrap dress, blue, M"."""
    put = [one for one in meant if isinstance(one, PutIn)]
    by_rules = [one for one in first.done if isinstance(one, PutIn)]
    return any(
        one.piece.product_id == told.piece.product_id
        and one.wanted.age is None
        and one.wanted.colour in (None, told.wanted.colour)
        and one.wanted.size in (None, told.wanted.size)
        and (one.wanted.colour, one.wanted.size) != (told.wanted.colour, told.wanted.size)
        for one in put
        for told in by_rules
    )


def counts_less(meant: Sequence[Operation], first: Read) -> bool:
    """Whether a piece is put in as the rules read it, but fewer of it: "2 tees and a skirt"."""
    put = [one for one in meant if isinstance(one, PutIn)]
    by_rules = [one for one in (*first.done, *first.wished) if isinstance(one, PutIn)]
    return len(put) == len(by_rules) and any(
        one.piece.product_id == told.piece.product_id
        and one.wanted.model_copy(update={"quantity": None})
        == told.wanted.model_copy(update={"quantity": None})
        and (one.wanted.quantity or 1) < (told.wanted.quantity or 1)
        for one in put
        for told in by_rules
    )


def tells_less(meant: Sequence[Operation], acts: Sequence[a.Act]) -> bool:
    """Whether its wishes lack sizes that the rules read: a piece left out, or a child's age."""
    wishes = [act.values for act in acts if isinstance(act, a.Add | a.Set)]
    put = [one.wanted for one in meant if isinstance(one, PutIn)]
    sizes = {values.size for values in wishes if values.size}
    lacking = len(put) < len(sizes) and bool(put) and all(values.size in sizes for values in put)
    sized = {values.colour for values in wishes if values.size or values.age is not None}
    return lacking or any(w.colour in sized and w.size is None and w.age is None for w in put)


def left_out(meant: Sequence[Operation], first: Read) -> Literal["whole", "in part"] | None:
    """Whether one of several pieces the rules put in or search is neither put in nor spoken of.

    "whole": one that was told whole, so that nothing had to be asked of it.
    """
    whole = {one.piece.product_id for one in first.done if isinstance(one, PutIn)}
    asked = [one for one in first.asked if isinstance(one.completes, a.Add)]
    in_part = [{one.product_id} if one.product_id else {*one.choices} for one in asked]
    spoken = {one.piece.product_id for one in meant if isinstance(one, PutIn | Replace)}
    spoken |= {one.line.product_id for one in meant if not isinstance(one, PutIn | Beside)}
    searched = sum(isinstance(act, a.Search) for act in first.acts)
    if not spoken or len(whole) + len(in_part) + searched < 2:
        return None
    if not whole <= spoken:
        return "whole"
    return None if all(one & spoken for one in in_part) else "in part"
