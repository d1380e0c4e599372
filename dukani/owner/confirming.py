"""Takes the owner's answer to what she was asked, and then changes what she said yes to."""

from __future__ import annotations

from datetime import timedelta

from dukani.agent.wording import owner_desk as words
from dukani.core.store import owner_sessions
from dukani.core.store.messages import ABOUT, ASKS
from dukani.domain import owner_commands as c
from dukani.domain.owner_pending import (
    CHANGES,
    MoveOrder,
    MoveStock,
    PauseCustomer,
    PauseShop,
    Pending,
    ResumeShop,
    SellPiece,
    WhichSizes,
    WhichVariant,
)
from dukani.owner import customers, new_piece, orders, pausing, stock
from dukani.owner.captions import sizes_in
from dukani.owner.context import Desk

_MORE = ("but", "lakini", "ila", "only", "tu")


async def take_answer(desk: Desk, command: c.Command | None) -> bool:
    """Whether the message answered what is pending, or an older question."""
    tapped = _tapped(desk)
    if tapped is not None:
        return await _take(desk, yes=tapped[0], version=tapped[1])
    if isinstance(command, c.Yes | c.No):
        version = _quoted_question(desk) or desk.session.version
        if desk.session.pending is None and version == desk.session.version:
            return False
        return await _take(desk, yes=isinstance(command, c.Yes), version=version)
    if command is not None or desk.message.kind != "text":
        return False
    match desk.pending:
        case WhichVariant() as which:
            variant = await stock.variant_said(desk, which)
            if variant is not None and await _in_time(desk):
                await stock.ask_about(desk, variant, units=which.units, sale=which.sale)
            return variant is not None
        case WhichSizes() as which:
            sizes = sizes_in(desk.message.body)
            if sizes and await _in_time(desk):
                await new_piece.ask_to_sell(desk, which.product_id, which.colour, sizes)
            return bool(sizes)
        case None:
            return False
        case _:
            return _is_open(desk) and await _said_more(desk)


async def answer_nothing(desk: Desk) -> None:
    """A yes or a no to nothing: the only waiting customer's, if there is one."""
    if await customers.only_one_waits(desk):
        await customers.pass_on_unquoted(desk)
    else:
        await desk.tell("nothing_asked")


async def _take(desk: Desk, *, yes: bool, version: int) -> bool:
    pending = desk.pending
    if pending is None or version != desk.session.version or _came_before(desk):
        await desk.tell("over")
    elif desk.session.expired:
        await owner_sessions.close(desk.conn, version=version)
        await desk.tell("too_late" if yes else "left")
    elif yes and not isinstance(pending, CHANGES):
        return await _asked_which(desk)
    elif await owner_sessions.close(desk.conn, version=version):
        await (_do(desk, pending) if yes else _leave(desk, pending))
    return True


async def _in_time(desk: Desk) -> bool:
    """Whether her words still answer the question; else she is told that they came too late."""
    if _is_open(desk):
        return True
    if _came_before(desk):
        await desk.tell("over")
        return False
    await owner_sessions.close(desk.conn, version=desk.session.version)
    await desk.tell("too_late")
    return False


def _is_open(desk: Desk) -> bool:
    """Whether an answer still counts."""
    return desk.session.pending is not None and not desk.session.expired and not _came_before(desk)


def _came_before(desk: Desk) -> bool:
    """Whether she wrote it before she was asked, which is no answer and leaves the question open.

    What taps or quotes the question was written by someone who had seen it.
    """
    session, message = desk.session, desk.message
    if session.asked_at is None or _tapped(desk) or _quoted_question(desk):
        return False
    # The provider tells whole seconds. A message that came late counts from when it was written.
    written_at = message.sent_at + timedelta(seconds=1) if message.sent_at else message.created_at
    return written_at <= session.asked_at


async def _asked_which(desk: Desk) -> bool:
    """A yes to "which one?" says nothing: the question stays open."""
    await desk.say(words.told("nothing_asked", desk.language))
    return True


async def _said_more(desk: Desk) -> bool:
    """ "Yes but two" is no yes: nothing is changed, and the question stays open."""
    first, *rest = desk.message.body.lower().split() or [""]
    if not rest or first.strip(",.!") not in ("yes", "no", "ndiyo", "ndio", "hapana", "sawa", "ok"):
        return False
    if not any(word.strip(",.!") in _MORE for word in rest):
        return False
    await desk.tell("yes_or_no")
    return True


def _tapped(desk: Desk) -> tuple[bool, int] | None:
    """The answer of a tapped button, and the version of what it answers."""
    row_id = str(desk.message.payload.get("row_id") or "")
    for prefix, yes in ((words.YES_ROW, True), (words.NO_ROW, False)):
        version = row_id.removeprefix(prefix)
        if row_id.startswith(prefix) and version.isdecimal():
            return yes, int(version)
    return None


def _quoted_question(desk: Desk) -> int | None:
    quoted = desk.quoted
    if quoted is None or ABOUT in quoted.payload or ASKS not in quoted.payload:
        return None
    return int(quoted.payload[ASKS])


async def _do(desk: Desk, pending: Pending) -> None:
    match pending:
        case MoveOrder():
            await orders.move(desk, pending)
        case MoveStock():
            await stock.move(desk, pending)
        case PauseShop():
            await pausing.pause(desk)
        case ResumeShop():
            await pausing.resume(desk)
        case PauseCustomer():
            await customers.pause(desk, pending)
        case SellPiece():
            await new_piece.put_on_sale(desk, pending)


async def _leave(desk: Desk, pending: Pending) -> None:
    if isinstance(pending, SellPiece | WhichSizes):
        await new_piece.leave(desk, pending.product_id)
    else:
        await desk.tell("left")
