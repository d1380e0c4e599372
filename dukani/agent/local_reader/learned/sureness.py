"""Weighs the network's opinion against the rules: is it sure enough for what is at stake?"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.learned.comparing import (
    adds_to_a_line_found,
    counts_less,
    does_it_to_another_line,
    leaves_a_line_found,
    leaves_one_of_all,
    left_out,
    only_adds_to,
    says_less_of_the_same,
    takes_out_another_piece,
    takes_out_more,
    tells_less,
)
from dukani.agent.local_reader.learned.effect import UNSAID, Lines, covers, effect_of
from dukani.agent.local_reader.learned.of_acts import Read
from dukani.agent.local_reader.learned.operations import (
    Beside,
    NotReadable,
    Operation,
    PutIn,
    TakeOut,
    product_of,
)
from dukani.agent.local_reader.learned.opinion import Opinion
from dukani.agent.local_reader.learned.piece_looked_at import leaves_the_piece_looked_at
from dukani.agent.local_reader.learned.said_last import QUESTIONS
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells
from dukani.domain.sizes import sizes_for_age

# The probability from which the network's reading is taken: where the rules read no edit, where it
# reads what they read and more, where they ask which piece is meant, where it reads something else,
# where it leaves out a piece of several, and where it reads no edit. Chosen on messages of writers
# it had not seen.
SURE_OF_ANY, SURE_OF_MORE, SURE_OF_ONE = 0.4, 0.7, 0.6
SURE_OF_ANOTHER, SURE_OF_LESS, SURE_OF_NONE = 0.75, 0.9, 0.95
SURE_OF_REMOVAL = 0.8  # at least, where it takes out what the rules leave
LIKELY = 0.3  # the share of guesses from which what the rules read stands
CONFIRMED, CONFIRMED_EDIT = 0.3, 0.4  # where a part of the message is read so by the rules
UNLIKELY = 0.05  # what the rules read is not done below this, but asked
ABOUT_PIECES = (a.AskPrice, a.AskStock, a.AskSize)
_HEEDED = (a.Confirm, a.Decline, a.Cancel, a.SetAddress, a.TellSize)
_NOT_FOR_THE_NETWORK = frozenset(
    Beside(what) for what in ("which", "nothing", "cancel", "undo", "person")
)


def is_surer(opinion: Opinion, first: Read, context: TurnContext) -> bool:
    """Whether the network means another effect than the rules, and is sure enough of it.

    Or the same effect, told more plainly.
    """
    if not is_sound(opinion.meant, context) or says_less_of_the_same(opinion.meant, first):
        return False
    if counts_less(opinion.meant, first):
        return False  # the words of a count the rules know better
    if adds_to_a_line_found(opinion.meant, first) or leaves_a_line_found(opinion.meant, first):
        return False  # whose line it is the rules know better
    if does_it_to_another_line(opinion.meant, first):
        return False  # which line is named the rules know better
    if leaves_one_of_all(opinion.meant, first):
        return False
    if _leaves_a_child_out(opinion.meant, first.acts):
        return False
    if left_out(opinion.meant, first) == "whole" and _names_each(_added(first.acts), context):
        return False
    if _passes_over_a_name(opinion.meant, first.acts, context):
        return False
    if leaves_the_piece_looked_at(opinion.meant, first.acts, context):
        return False
    if first.not_in_order and any(isinstance(one, TakeOut) for one in opinion.meant):
        return False  # "remove the brown one", and none is brown: that is said
    if takes_out_another_piece(opinion.meant, first):
        return False  # nor is another piece taken for it
    if opinion.probability < _sure_enough_of_less(opinion.meant, first):
        return False
    agrees = any(isinstance(act, a.Confirm) for act in first.acts)
    sure_of_removal = SURE_OF_NONE if agrees else SURE_OF_REMOVAL
    if opinion.probability < sure_of_removal and takes_out_more(opinion.meant, first):
        return False  # "let me be clear: yes" clears nothing
    present = effect_of((), context)
    try:
        read = effect_of(first.operations(), context)
    except NotReadable:
        heeded = any(isinstance(act, _HEEDED) for act in first.acts)
        sure = SURE_OF_ANOTHER if heeded else SURE_OF_ONE
        return opinion.probability >= (SURE_OF_NONE if opinion.lines == present else sure)
    if covers(read, opinion.lines):
        asked = not context.cart and _is_a_question(opinion.meant, first.acts)
        better = asked or _is_told_by_the_way(first.acts)
        return opinion.probability >= SURE_OF_NONE and better
    if not (context.cart or context.options or context.focus):
        # Nothing was shown yet. One piece is shown first; several that are told whole are put in.
        return len(opinion.meant) > 1 and opinion.probability >= SURE_OF_NONE
    return opinion.probability >= _sure_enough(opinion.lines, read, present, first.acts)


def _leaves_a_child_out(meant: Sequence[Operation], acts: Sequence[a.Act]) -> bool:
    """Whether fewer ages are heard than were told: "one for 2, one for 5, one for 7"."""
    ages = {act.values.age for act in acts if isinstance(act, a.Add)} - {None}
    told = [one for one in meant if isinstance(one, PutIn) and _is_sized(one)]
    return len(ages) > 1 and len(told) < len(ages)


def _is_sized(one: PutIn) -> bool:
    """Whether its size is told, or an age that it is sized by: no hat is of the age of six."""
    age, piece = one.wanted.age, one.piece
    return one.wanted.size is not None or (
        age is not None and bool(sizes_for_age(age, piece.sizes, piece))
    )


def _passes_over_a_name(
    meant: Sequence[Operation], acts: Sequence[a.Act], context: TurnContext
) -> bool:
    """Whether another piece is touched than is wanted by its name: "ongeza sifa headwrap"."""
    touched = {product_of(one) for one in meant} - {None}
    if not touched:
        return False  # a question, or nothing
    for act in acts:
        if not isinstance(act, a.Add | a.ChangeQuantity) or (name := act.target.name) is None:
            continue
        named = [piece for piece in context.sold.pieces if spells(name, piece.name)]
        if len(named) > 1 and act.target.category is None and not _tells_more(act):
            return True  # which of them is asked
        if (kind := act.target.category) is not None:
            named = [piece for piece in named if piece.category == kind] or named
        elif len(name.split()) < 2:
            continue
        if len(named) == 1 and named[0].product_id not in touched:
            return True
    return False


def _tells_more(act: a.Add | a.ChangeQuantity) -> bool:
    """Whether a colour, size or age is told that may tell pieces of one name apart."""
    values = act.values if isinstance(act, a.Add) else a.Values()
    return not values.model_copy(update={"quantity": None}).says_nothing


def _added(acts: Sequence[a.Act]) -> list[a.Act]:
    """The pieces put in, where no other edit stands beside them; else nothing."""
    edits: list[a.Act] = [act for act in acts if isinstance(act, a.EDITS)]
    return edits if all(isinstance(act, a.Add) for act in edits) else []


def _names_each(acts: Sequence[a.Act], context: TurnContext) -> bool:
    """Whether several pieces are put in, and nothing else is read, each by a name of one piece."""
    names = [act.target.name for act in acts if isinstance(act, a.Add)]
    return 1 < len(names) == len(acts) and all(
        name is not None and sum(spells(name, piece.name) for piece in context.sold.pieces) == 1
        for name in names
    )


def _is_a_question(meant: Sequence[Operation], acts: Sequence[a.Act]) -> bool:
    """Whether "the drop shoulder tees, still there?" was read as a removal."""
    asked = any(one in (Beside("ask"), Beside("look")) for one in meant)
    return asked and any(isinstance(act, a.Remove) for act in acts)


def _is_told_by_the_way(acts: Sequence[a.Act]) -> bool:
    """Whether the rules do not name what is to be altered or put in: "nude 40 for her"."""
    edits = [act for act in acts if isinstance(act, a.Add | a.Set)]
    pointed = any(act.target.pointed == "other" for act in edits)
    return pointed or (len(edits) > 1 and any(act.target.says_nothing for act in edits))


def share_to_confirm(
    opinions: Sequence[Opinion], first: Read, context: TurnContext
) -> float | None:
    """The least probability of a guess that a part of the message confirms; None: none counts.

    What the rules read stands where the network thinks it likely.
    """
    if first.not_in_order or any(one in _NOT_FOR_THE_NETWORK for one in opinions[0].meant):
        return None
    top = opinions[0].meant
    if leaves_a_line_found(top, first) or _leaves_a_child_out(top, first.acts):
        return None
    if first.acts and all(isinstance(act, a.SetAddress | a.SetNote) for act in first.acts):
        return None
    if leaves_the_piece_looked_at(top, first.acts, context):
        return None
    puts_in = bool(first.done) and all(isinstance(one, PutIn) for one in first.done)
    if puts_in and left_out(top, first) == "whole":
        return None  # a part of a list is read alike, but is not all of it
    try:
        read = effect_of(first.operations(), context)
    except NotReadable:
        return CONFIRMED
    if sum(one.probability for one in opinions if one.lines == read) > LIKELY:
        return None
    return CONFIRMED if read == effect_of((), context) else CONFIRMED_EDIT


def is_doubtful(opinions: Sequence[Opinion], first: Read, context: TurnContext) -> bool:
    """Whether the network thinks what the rules would do to the order all but impossible.

    It is not sure enough of another effect: which one is meant is to be asked.
    """
    top = opinions[0]
    if first.not_in_order or any(one in _NOT_FOR_THE_NETWORK for one in top.meant):
        return False
    if context.question in QUESTIONS or does_it_to_another_line(top.meant, first):
        return False  # the rules know better what is answered, and which line is named
    if _passes_over_a_name(top.meant, first.acts, context):
        return False
    if leaves_the_piece_looked_at(top.meant, first.acts, context):
        return False
    if _leaves_a_child_out(top.meant, first.acts) or _names_each(first.acts, context):
        return False
    try:
        read = effect_of(first.operations(), context)
    except NotReadable:
        return False  # they ask themselves
    present = effect_of((), context)
    whole = {line: count for line, count in read.items() if UNSAID not in line}
    if whole == present or not (context.cart or context.options or context.focus):
        return False  # they ask for more, or show the piece first
    share = sum(one.probability for one in opinions if covers(read, one.lines))
    more = top.lines != present and only_adds_to(read, top.lines, present)
    return share < UNLIKELY and not more


def _sure_enough_of_less(meant: Sequence[Operation], first: Read) -> float:
    """How sure the network must be where it leaves out what the rules read."""
    lacking = left_out(meant, first)
    if lacking == "whole" or tells_less(meant, first.acts):
        return SURE_OF_NONE
    return SURE_OF_LESS if lacking else 0.0


def _sure_enough(after: Lines, read: Lines, present: Lines, acts: Sequence[a.Act]) -> float:
    """How sure the network must be to be believed."""
    if after == present or any(isinstance(act, ABOUT_PIECES) for act in acts):
        return SURE_OF_NONE
    if acts and all(isinstance(act, a.SetAddress | a.SetNote) for act in acts):
        return SURE_OF_NONE
    if any(isinstance(act, _HEEDED) for act in acts):
        return SURE_OF_ANOTHER
    if read == present:
        return SURE_OF_ANY
    return SURE_OF_MORE if only_adds_to(after, read, present) else SURE_OF_ANOTHER


def is_sound(meant: Sequence[Operation], context: TurnContext) -> bool:
    """Whether it is for the network to tell, and no piece is only named.

    A piece out of view that is named without a colour or size ("a straw hat") is to be shown first.
    """
    if any(one in _NOT_FOR_THE_NETWORK for one in meant):
        return False
    return not any(_only_named(one, context) for one in meant)


def _only_named(one: Operation, context: TurnContext) -> bool:
    if not isinstance(one, PutIn):
        return False
    near = {option.product_id for option in context.options}
    near |= {line.product_id for line in context.cart}
    focus = context.focus.product_id if context.focus else None
    if one.piece.product_id in (*near, focus):
        return False
    coloured = one.wanted.colour is not None or len(one.piece.colours) == 1
    sized = one.wanted.size is not None or one.wanted.age is not None or len(one.piece.sizes) == 1
    some_said = one.wanted.colour or one.wanted.size or one.wanted.age is not None
    in_view = context.cart or context.options or context.focus
    return not (coloured and sized) and not (some_said and in_view)
