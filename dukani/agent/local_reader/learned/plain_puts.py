"""Tells what is put in too plainly for the network: picks of a list, all shown, every colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.edits.each_but_some import says_every_colour
from dukani.agent.local_reader.learned.of_acts import Read
from dukani.agent.local_reader.learned.operations import Operation, PutIn
from dukani.domain import acts as a
from dukani.domain.context import TurnContext


def puts_in_otherwise(
    tokens: Sequence[Token], meant: Sequence[Operation], first: Read, context: TurnContext
) -> bool:
    """Whether other pieces or colours are put in than the words pick or take all of."""
    if says_every_colour(tokens) and _leaves_a_colour_out(meant, first):
        return True
    several = _puts_one_in_for_several(meant, first.acts, context)
    return several or _leaves_one_of_all_shown(meant, first)


def _puts_one_in_for_several(
    meant: Sequence[Operation], acts: Sequence[a.Act], context: TurnContext
) -> bool:
    """Whether of several picks it leaves one out or takes another: "ya pili navy na ya kwanza"."""
    adds = [act for act in acts if isinstance(act, a.Add)]
    shown = {option.number: option.product_id for option in context.options}
    picks = [act for act in adds if act.target.option in shown]
    picked = {shown[act.target.option] for act in picks if act.target.option is not None}
    put = [one.piece.product_id for one in meant if isinstance(one, PutIn)]
    if len(picked) < 2 or len(picked) < len(picks) or not put:
        return False
    if all(act.values.size for act in picks) and not picked <= set(put):
        return True
    return len(picks) == len(adds) == len(put) and set(put) != picked


def _leaves_a_colour_out(meant: Sequence[Operation], first: Read) -> bool:
    """Whether a piece goes in in other colours than every one, as the rules read them."""
    told = _put_in(first.done) or _put_in(first.wished)
    pieces = Counter(piece for piece, _, _ in told)
    several = {piece for piece, count in pieces.items() if count > 1}
    read = {one for one in told if one[0] in several}
    return bool(read) and {one for one in _put_in(meant) if one[0] in several} != read


def _put_in(done: Sequence[Operation]) -> set[tuple[str, str | None, int]]:
    return {
        (one.piece.product_id, one.wanted.colour, one.wanted.quantity or 1)
        for one in done
        if isinstance(one, PutIn)
    }


def _leaves_one_of_all_shown(meant: Sequence[Operation], first: Read) -> bool:
    """Whether only some are put in of what is wanted of all shown: "one of each, size M"."""
    adds = [act for act in first.acts if isinstance(act, a.Add)]
    of_all = len(adds) == 1 and adds[0].target.scope != "one" and adds[0].values.quantity
    put = sum(isinstance(one, PutIn) for one in meant)
    return bool(of_all) and 0 < put < sum(isinstance(one, PutIn) for one in first.done)
