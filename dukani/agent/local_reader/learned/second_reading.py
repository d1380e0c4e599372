"""Reads a message a second time, and takes that reading where the first one is unlikely.

The rules of the local reader read first. The network has seen some thousand messages with what
came of them; where it is sure of another effect on the order, its edits stand in the place of the
rules' edits. What else the rules read (an address, a question, a wish to pay) stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.local_reader.learned.as_acts import edits_of
from dukani.agent.local_reader.learned.effect import Lines, effect_of
from dukani.agent.local_reader.learned.features import told
from dukani.agent.local_reader.learned.network import network
from dukani.agent.local_reader.learned.of_acts import operations_of
from dukani.agent.local_reader.learned.operations import (
    Alter,
    AlterSome,
    Amount,
    Beside,
    NotReadable,
    Operation,
    PutIn,
    operations,
)
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

# The logarithm of the probability from which the network's reading is taken: where it reads what
# the rules read and more, where it reads something else, and where it reads no edit. Chosen on
# messages of writers the network had not seen.
SURE_OF_MORE, SURE_OF_ANOTHER, SURE_OF_NONE = -0.75, -0.2, -0.05
_FINAL = (
    a.OptOut, a.OptIn, a.StopPromotions, a.WantPromotions, a.Handoff, a.Complaint, a.ClaimPaid,
    a.StartOver, a.Cancel, a.TellSize, a.WaitForStock, a.SetWearer,
)  # fmt: skip
_BESIDE_EDITS = (
    a.SetAddress, a.SetNote, a.SetPayer, a.Checkout, a.PayAgain, a.ViewOrder, a.AskShop,
    a.OrderStatus,
)  # fmt: skip
_PLAIN = (
    a.Confirm, a.Decline, a.Checkout, a.PayAgain, a.Greeting, a.Thanks, a.Repeat,
)  # fmt: skip
_PAYING = (a.Checkout, a.PayAgain)
_ABOUT_PIECES = (a.AskPrice, a.AskStock, a.AskSize)


def read_again(text: str, context: TurnContext, acts: Sequence[a.Act]) -> tuple[a.Act, ...]:
    """The acts of a message of which the rules read `acts`."""
    if not _may_be_misread(context, acts):
        return tuple(acts)
    message = told(text, context)
    if message.words < 2:
        return tuple(acts)  # a number or a name alone: what it answers is known to the rules
    guess = network().guess(message.places)
    if guess.log_probability < SURE_OF_MORE:
        return tuple(acts)
    try:
        meant = operations(guess.symbols, message)
        read = operations_of(acts, context)
        if not _is_sound(meant, context) or _same_effect(meant, read, context):
            return tuple(acts)
        sure = _sure_enough(effect_of(meant, context), effect_of(read, context), context)
        if any(isinstance(act, _ABOUT_PIECES) for act in acts):
            sure = SURE_OF_NONE  # a question to the rules: "what about black in 38"
    except NotReadable:
        return tuple(acts)
    if guess.log_probability < sure:
        return tuple(acts)
    edits = edits_of(meant, context)
    if not edits and any(isinstance(act, _PAYING) for act in acts):
        return tuple(acts)  # without the edit the sum before it would be charged
    return _in_the_place(acts, edits, asked=Beside("ask") in meant)


def _sure_enough(meant: Lines, read: Lines, context: TurnContext) -> float:
    """How sure the network must be to be believed."""
    present = effect_of((), context)
    if meant == present:
        return SURE_OF_NONE
    touched = (line for line in {*read, *present} if read.get(line) != present.get(line))
    only_more = all(meant.get(line) == read.get(line) for line in touched)
    return SURE_OF_MORE if only_more else SURE_OF_ANOTHER


def _is_sound(meant: Sequence[Operation], context: TurnContext) -> bool:
    """Whether each operation changes something, none is told twice, and no piece is only named.

    A piece out of view that is named without a colour or size ("a straw hat") is to be shown first.
    """
    edits = [one for one in meant if not isinstance(one, Beside)]
    if any(edits.count(one) > 1 for one in edits):
        return False
    return not any(_changes_nothing(one) or _only_named(one, context) for one in edits)


def _only_named(one: Operation, context: TurnContext) -> bool:
    if not isinstance(one, PutIn):
        return False
    near = {option.product_id for option in context.options}
    near |= {line.product_id for line in context.cart}
    focus = context.focus.product_id if context.focus else None
    said = one.wanted.colour or one.wanted.size or one.wanted.age is not None
    return not said and one.piece.product_id not in (*near, focus)


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


def _may_be_misread(context: TurnContext, acts: Sequence[a.Act]) -> bool:
    """Whether an order or pieces are in view that the message may be about."""
    if any(isinstance(act, _FINAL) for act in acts) or context.with_image:
        return False
    if context.step in ("human_handoff", "opted_out", "order_completed"):
        return False
    if context.step == "awaiting_delivery_address" and _only(acts, (a.SetAddress, a.SetNote)):
        return False
    return bool(context.cart or context.options or context.focus) and not _only(acts, _PLAIN)


def _only(acts: Sequence[a.Act], kinds: tuple[type, ...]) -> bool:
    return all(isinstance(act, kinds) for act in acts)


def _same_effect(
    meant: Sequence[Operation], read: Sequence[Operation], context: TurnContext
) -> bool:
    """Whether both lead to the same lines. What an undo leads to is not known here."""
    if Beside("undo") in (*meant, *read):
        return True
    return effect_of(meant, context) == effect_of(read, context)


def _in_the_place(
    acts: Sequence[a.Act], edits: Sequence[a.Edit], *, asked: bool
) -> tuple[a.Act, ...]:
    """The network's edits, and what the rules read beside edits; never a yes."""
    kept = [
        act
        for act in acts
        if isinstance(act, _BESIDE_EDITS) or (asked and isinstance(act, _ABOUT_PIECES))
    ]
    return (*edits, *kept) or (a.Remark(),)
