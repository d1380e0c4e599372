"""Decides what a message of the owner is: a reply to a note, an answer, a command, or nobody's."""

from __future__ import annotations

from dukani.agent.wording.owner_desk import help_text
from dukani.core.store.messages import ABOUT
from dukani.domain import owner_commands as c
from dukani.domain.message_kinds import Decision, decision_on
from dukani.owner import (
    confirming,
    customers,
    new_piece,
    orders,
    pausing,
    reports,
    shopping,
    stock,
)
from dukani.owner.context import Desk
from dukani.owner.photos import shows_a_new_piece
from dukani.owner.reading import read

_UNREAD = (Decision.SILENCE, Decision.DELETION)
_WORDS = (Decision.WORDS, Decision.CORRECTION)


async def answer(desk: Desk) -> None:
    """Does what the message says. A quoted note comes first, then an answer, then a command."""
    decision = decision_on(desk.message.kind)
    if decision in _UNREAD:
        return
    about = _note_about(desk)
    command = read(desk.message.body) if decision in _WORDS else None
    if about is not None:
        await _reply(desk, about, command)
    elif desk.session.shopping and not isinstance(command, c.Desk):
        await shopping.pass_on(desk)
    elif await confirming.take_answer(desk, command):
        return
    elif command is not None:
        await _do(desk, command)
    elif shows_a_new_piece(desk.message):
        await new_piece.draft(desk)
    else:
        await customers.pass_on_unquoted(desk)


def _note_about(desk: Desk) -> str | None:
    """The conversation of the note that she replied to; a note to another phone is none."""
    quoted = desk.quoted
    if quoted is None or quoted.recipient != desk.boutique.owner_phone:
        return None
    about = quoted.payload.get(ABOUT)
    return str(about) if about else None


async def _reply(desk: Desk, conversation_id: str, command: c.Command | None) -> None:
    """A reply to a note is for its customer, but for the commands about that customer."""
    match command:
        case c.MoveOrders():
            await orders.ask_to_move(desk, command)
        case c.Pause():
            await customers.ask_to_pause(desk, conversation_id)
        case c.HandBack() | c.Resume():
            await customers.hand_back(desk, conversation_id)
        case _:
            await customers.pass_on(desk, conversation_id)


async def _do(desk: Desk, command: c.Command) -> None:
    match command:
        case c.Help():
            await desk.say(help_text(desk.language))
        case c.Sales():
            await reports.tell_sales(desk, command)
        case c.Pending():
            await reports.tell_pending(desk)
        case c.MoveOrders():
            await orders.ask_to_move(desk, command)
        case c.Stock():
            await stock.tell_stock(desk, command)
        case c.Sold() | c.Received():
            await stock.ask_to_move(desk, command)
        case c.Pause():
            await pausing.ask_to_pause(desk)
        case c.Resume():
            await pausing.ask_to_resume(desk)
        case c.HandBack():
            await customers.hand_back_unquoted(desk)
        case c.Shop():
            await shopping.begin(desk)
        case c.Desk():
            await shopping.end(desk)
        case c.Yes() | c.No():
            await confirming.answer_nothing(desk)
