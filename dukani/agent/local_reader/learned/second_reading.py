"""Reads a message a second time, and takes that reading where the first one is unlikely.

The rules of the local reader read first. The network is told the message and what they read; it
has seen some thousand messages with what came of them. Where it is sure of another effect on the
order, its edits stand in the place of the rules' edits. What else the rules read (an address, a
question, a wish to pay) stays, but a yes: agreeing to a sum is never told by the network, nor
beside its edits.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.learned.as_acts import edits_of
from dukani.agent.local_reader.learned.effect import Lines, effect_of
from dukani.agent.local_reader.learned.features import told
from dukani.agent.local_reader.learned.network import network
from dukani.agent.local_reader.learned.of_acts import Read, read_of
from dukani.agent.local_reader.learned.operations import (
    Alter,
    AlterSome,
    Amount,
    Beside,
    NotReadable,
    Operation,
    PutIn,
    Replace,
)
from dukani.agent.local_reader.learned.opinion import Opinion, opinions_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

# The probability from which the network's reading is taken: where the rules read no edit, where it
# reads what they read and more, where they ask which piece is meant, where it reads something else,
# where it leaves out a piece of several, and where it reads no edit. Chosen on messages of writers
# it had not seen.
SURE_OF_ANY, SURE_OF_MORE, SURE_OF_ONE = 0.4, 0.7, 0.5
SURE_OF_ANOTHER, SURE_OF_LESS, SURE_OF_NONE = 0.75, 0.9, 0.95
_FINAL = (
    a.OptOut, a.OptIn, a.StopPromotions, a.WantPromotions, a.Handoff, a.Complaint, a.ClaimPaid,
    a.StartOver, a.WaitForStock,
)  # fmt: skip
_BESIDE_EDITS = (
    a.SetNote, a.SetPayer, a.Checkout, a.PayAgain, a.ViewOrder, a.AskShop, a.OrderStatus,
    a.TellSize,
)  # fmt: skip
_HEEDED = (a.Confirm, a.Decline, a.Cancel, a.SetAddress, a.TellSize)
_ABOUT_PIECES = (a.AskPrice, a.AskStock, a.AskSize)
_TO_BE_ANSWERED = frozenset(Beside(what) for what in ("ask", "look", "cart"))
_NOT_FOR_THE_NETWORK = frozenset(
    Beside(what) for what in ("which", "nothing", "cancel", "undo", "person")
)


def read_again(text: str, context: TurnContext, acts: Sequence[a.Act]) -> tuple[a.Act, ...]:
    """The acts of a message of which the rules read `acts`."""
    if not _may_be_misread(context, acts):
        return tuple(acts)
    first = read_of(acts, context)
    message = told(text, context, first)
    if message.words < 2:
        return tuple(acts)  # a number or a name alone: what it answers is known to the rules
    opinions = opinions_of(network().guesses(message), message.numbered, context)
    if not opinions or not _is_surer(opinions[0], first, context):
        return tuple(acts)
    meant = [one for one in opinions[0].meant if not _changes_nothing(one)]
    return _in_the_place(acts, meant, context)


def _may_be_misread(context: TurnContext, acts: Sequence[a.Act]) -> bool:
    """Whether the network may know better: not of consent, a person or a photo."""
    if any(isinstance(act, _FINAL) for act in acts) or context.with_image:
        return False
    if context.question == "take_it" and _only(acts, (a.Confirm, a.Decline)):
        return False  # the network does not know what was offered
    return context.step not in ("human_handoff", "opted_out", "order_completed")


def _is_surer(opinion: Opinion, first: Read, context: TurnContext) -> bool:
    """Whether the network means something else, and is sure enough to be believed."""
    if not _is_sound(opinion.meant, context) or _tells_less(opinion.meant, first.acts):
        return False
    if opinion.probability < SURE_OF_LESS and _leaves_out(opinion.meant, first):
        return False
    present = effect_of((), context)
    try:
        read = effect_of(first.operations(), context)
    except NotReadable:
        sure = SURE_OF_NONE if opinion.lines == present else SURE_OF_ONE
        return opinion.probability >= sure
    if opinion.lines == read:
        return False
    if not (context.cart or context.options or context.focus):
        # Nothing was shown yet. One piece is shown first; several that are told whole are put in.
        return len(opinion.meant) > 1 and opinion.probability >= SURE_OF_NONE
    return opinion.probability >= _sure_enough(opinion.lines, read, present, first.acts)


def _sure_enough(after: Lines, read: Lines, present: Lines, acts: Sequence[a.Act]) -> float:
    """How sure the network must be to be believed."""
    if after == present or any(isinstance(act, _ABOUT_PIECES) for act in acts):
        return SURE_OF_NONE
    if any(isinstance(act, _HEEDED) for act in acts):
        return SURE_OF_ANOTHER
    if read == present:
        return SURE_OF_ANY
    touched = (line for line in {*read, *present} if read.get(line) != present.get(line))
    only_more = all(after.get(line) == read.get(line) for line in touched)
    return SURE_OF_MORE if only_more else SURE_OF_ANOTHER


def _is_sound(meant: Sequence[Operation], context: TurnContext) -> bool:
    """Whether no edit is told twice, and no piece is only named.

    A piece out of view that is named without a colour or size ("a straw hat") is to be shown first.
    """
    if any(one in _NOT_FOR_THE_NETWORK for one in meant):
        return False
    edits = [one for one in meant if not isinstance(one, Beside)]
    if any(edits.count(one) > 1 for one in edits):
        return False
    return not any(_only_named(one, context) for one in edits)


def _tells_less(meant: Sequence[Operation], acts: Sequence[a.Act]) -> bool:
    """Whether its wishes lack sizes that the rules read: a piece left out, or a child's age."""
    wishes = [act.values for act in acts if isinstance(act, a.Add | a.Set)]
    put = [one.wanted for one in meant if isinstance(one, PutIn)]
    sizes = {values.size for values in wishes if values.size}
    left_out = len(put) < len(sizes) and bool(put) and all(values.size in sizes for values in put)
    sized = {values.colour for values in wishes if values.size or values.age is not None}
    return left_out or any(w.colour in sized and w.size is None and w.age is None for w in put)


def _leaves_out(meant: Sequence[Operation], first: Read) -> bool:
    """Whether one of several pieces that the rules put in is neither put in nor spoken of."""
    wished = {one.piece.product_id for one in first.done if isinstance(one, PutIn)}
    asked = [one for one in first.asked if isinstance(one.completes, a.Add)]
    wished |= {one.product_id for one in asked if one.product_id}
    spoken = {one.piece.product_id for one in meant if isinstance(one, PutIn | Replace)}
    spoken |= {one.line.product_id for one in meant if not isinstance(one, PutIn | Beside)}
    return len(wished) > 1 and bool(spoken) and not wished <= spoken


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


def _changes_nothing(one: Operation) -> bool:
    match one:
        case Amount(line, to, by):
            return to == line.quantity or by == 0
        case Alter(line, wanted) | AlterSome(line, wanted):
            coloured = wanted.colour not in (None, line.colour)
            sized = wanted.size not in (None, line.size) or wanted.age is not None
            counted = isinstance(one, Alter) and wanted.quantity not in (None, line.quantity)
            return not (coloured or sized or counted)
    return False


def _in_the_place(
    acts: Sequence[a.Act], meant: Sequence[Operation], context: TurnContext
) -> tuple[a.Act, ...]:
    """The network's edits, and what the rules read beside edits."""
    edits = edits_of(meant, context)
    if not edits:
        return _without_edits(acts, meant)
    kinds: tuple[type, ...] = _BESIDE_EDITS
    if Beside("address") in meant or not _only(acts, (a.SetAddress, a.SetNote)):
        kinds = (*kinds, a.SetAddress)
    if Beside("ask") in meant:
        kinds = (*kinds, *_ABOUT_PIECES)
    kept = [act for act in acts if isinstance(act, kinds)]
    kept += _searches(acts, meant)
    wearers = [act for act in acts if isinstance(act, a.SetWearer)]
    if len(wearers) > 1 or any(wearer.target for wearer in wearers):
        return tuple(acts)  # which piece is whose is known to the rules alone
    return (*wearers, *edits, *kept)


def _searches(acts: Sequence[a.Act], meant: Sequence[Operation]) -> list[a.Search]:
    """What the rules search and the network neither puts in nor takes for said of a line."""
    put = [one.piece for one in meant if isinstance(one, PutIn | Replace)]
    searches = [act for act in acts if isinstance(act, a.Search)]
    if Beside("look") in meant:
        return searches
    left = [act for act in searches if act.category not in {piece.category for piece in put}]
    return left if len(searches) > len(put) > 0 else []


def _without_edits(acts: Sequence[a.Act], meant: Sequence[Operation]) -> tuple[a.Act, ...]:
    """What the rules read but their edits."""
    if any(isinstance(act, (a.Checkout, a.PayAgain, a.Confirm)) for act in acts):
        return tuple(acts)  # without the edit the sum before it would be charged
    others = tuple(act for act in acts if not isinstance(act, (*a.EDITS, a.SetWearer)))
    if not others and any(one in _TO_BE_ANSWERED for one in meant):
        return (a.Unclear(),)
    return others or (a.Remark(),)


def _only(acts: Sequence[a.Act], kinds: tuple[type, ...]) -> bool:
    return all(isinstance(act, kinds) for act in acts)
