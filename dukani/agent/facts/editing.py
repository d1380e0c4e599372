"""Facts of the order being edited: what was done of a message, what was not, and how it stands."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Line
from dukani.domain.changes import Change


class OrderEdited(Fact):
    """Each part of the message, and then the whole cart with its total."""

    kind: Literal["order_edited"] = "order_edited"
    changes: tuple[Change, ...]
    lines: tuple[Line, ...]  # the cart now
    total_minor: int
    pieces: int
    listed: bool = False  # another fact of the turn lists the order: not said here too


class OfferNearest(Fact):
    """The colour wanted is not there: the nearest is offered, and a yes takes it."""

    kind: Literal["offer_nearest"] = "offer_nearest"
    name: str
    wanted: str
    nearest: str
    size: str | None = None
    price_minor: int
    asked: bool = True  # False: told only, as another question is asked now


class StillOpen(Fact):
    """Asked for before and not settled: named at checkout, before the question about it.

    `ordered`: the piece is in the order, and a change of it is what is open.
    """

    kind: Literal["still_open"] = "still_open"
    name: str
    colour: str | None = None
    size: str | None = None
    ordered: bool = False


class LeftOut(Fact):
    """What was never settled, after it was asked about twice: the order goes on without it."""

    kind: Literal["left_out"] = "left_out"
    name: str  # empty: it was never settled which piece


class LeftAsItIs(Fact):
    """A change of the order that was never settled, or taken back: these lines stay."""

    kind: Literal["left_as_it_is"] = "left_as_it_is"
    lines: tuple[Line, ...]  # one, or those between which it was asked
    declined: bool = False  # she does not want the change any more


class EditsKept(Fact):
    """A prompt is out: the change is noted and applied when its result is known."""

    kind: Literal["edits_kept"] = "edits_kept"
    order_number: str
    total_minor: int  # of the prompt that is out


class ChangeRequested(Fact):
    """The order is paid: the change was passed on to the shop."""

    kind: Literal["change_requested"] = "change_requested"
    order_number: str


class OrderReopened(Fact):
    """A change after a failed payment: the order is a cart again."""

    kind: Literal["order_reopened"] = "order_reopened"
    order_number: str


class PlacedOrderChanged(Fact):
    """Address or note of a placed order, changed before it is sent out."""

    kind: Literal["placed_order_changed"] = "placed_order_changed"
    order_number: str
    what: Literal["address", "note"]
    text: str
    too_late: bool = False  # it is on its way already: passed on to the shop


class FeeDiffers(Fact):
    """Another address of a paid order costs another fee: the shop agrees it with her."""

    kind: Literal["fee_differs"] = "fee_differs"
    order_number: str
    paid_minor: int | None  # for delivery; None: it was to be agreed already
    fee_minor: int | None  # to the new address; None: no zone is known for it


class NoteTaken(Fact):
    """A note for the order that is not placed yet."""

    kind: Literal["note_taken"] = "note_taken"
    text: str


class RequestPassedOn(Fact):
    """Something only the shop can grant or answer; it has been told."""

    kind: Literal["request_passed_on"] = "request_passed_on"
    about: Literal["hold", "complaint", "gift_wrap", "pay_on_delivery", "other"]
    until: str | None = None  # of a hold, as said
