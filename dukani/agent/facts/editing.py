"""Defines facts about editing an order: edits done, refused, kept for later or still open."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact, Line
from dukani.domain.changes import Change
from dukani.domain.next_opening import Opening


class OrderEdited(Fact):
    """The outcome of each edit, and then the whole cart with its total."""

    kind: Literal["order_edited"] = "order_edited"
    changes: tuple[Change, ...]
    lines: tuple[Line, ...]  # the cart now
    total_minor: int
    pieces: int
    listed: bool = False  # another fact of the turn lists the order, so this one does not


class OfferNearest(Fact):
    """The wanted colour is not sold; offers the nearest, which a yes takes."""

    kind: Literal["offer_nearest"] = "offer_nearest"
    name: str
    wanted: str
    nearest: str
    size: str | None = None
    price_minor: int
    asked: bool = True  # False: only mentioned, because another question is asked now


class StillOpen(Fact):
    """A wish is still unsettled: reminds of it at checkout, before asking again.

    `ordered`: the piece is in the order, and a change of that line is unsettled.
    """

    kind: Literal["still_open"] = "still_open"
    name: str
    colour: str | None = None
    size: str | None = None
    ordered: bool = False


class LeftOut(Fact):
    """A wish was asked about twice and not settled: the order goes on without it."""

    kind: Literal["left_out"] = "left_out"
    name: str  # empty: no piece was ever chosen
    colour: str | None = None  # as far as it was said
    size: str | None = None
    beside: bool = False  # the order has others of the same piece


class LeftAsItIs(Fact):
    """A change was not settled, or was taken back: these lines stay as they are."""

    kind: Literal["left_as_it_is"] = "left_as_it_is"
    lines: tuple[Line, ...]  # one, or the candidates of a "which line?" question
    declined: bool = False  # the customer took the change back


class EditsKept(Fact):
    """A prompt is out: the change is kept, and applied when the payment result is known."""

    kind: Literal["edits_kept"] = "edits_kept"
    order_number: str
    total_minor: int  # of the prompt that is out


class ChangeRequested(Fact):
    """The order is paid, so the change was passed on to the shop."""

    kind: Literal["change_requested"] = "change_requested"
    order_number: str


class OrderReopened(Fact):
    """A change after a failed payment reopened the order as a cart."""

    kind: Literal["order_reopened"] = "order_reopened"
    order_number: str


class PlacedOrderChanged(Fact):
    """The address or note of a placed order was changed before dispatch."""

    kind: Literal["placed_order_changed"] = "placed_order_changed"
    order_number: str
    what: Literal["address", "note"]
    text: str
    too_late: bool = False  # the order is dispatched already: passed on to the shop
    total_minor: int | None = None  # as it stays; None where the shop has yet to agree to it


class FeeDiffers(Fact):
    """A paid order's new address has another fee, which the shop agrees with the customer."""

    kind: Literal["fee_differs"] = "fee_differs"
    order_number: str
    paid_minor: int | None  # delivery fee paid; None: the fee was still to be agreed
    fee_minor: int | None  # fee for the new address; None: the address is in no known zone


class NoteTaken(Fact):
    """A note was taken for an order that is not placed yet."""

    kind: Literal["note_taken"] = "note_taken"
    text: str


class RequestPassedOn(Fact):
    """A request only the shop can grant or answer was passed on to it."""

    kind: Literal["request_passed_on"] = "request_passed_on"
    about: Literal["hold", "complaint", "gift_wrap", "pay_on_delivery", "other"]
    until: str | None = None  # end of a reservation ("hold"), as said
    opens: Opening | None = None  # None: the shop's hours are not known
