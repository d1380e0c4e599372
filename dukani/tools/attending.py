"""What the shop's people keep about a customer and a chat: notes, tags, quick replies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from psycopg.errors import ForeignKeyViolation, UniqueViolation

from dukani.core.database import Connection
from dukani.core.errors import InvalidValue, NotFound
from dukani.core.store import customer_profile, customer_tags, quick_replies
from dukani.core.store.quick_replies import QuickReply

MOST_QUICK_REPLIES = 200  # all of them are read at once


async def lock_customer(conn: Connection, *, customer_id: str) -> datetime:
    """The version of the customer's row, which is locked. Raises NotFound."""
    version = await customer_profile.lock(conn, customer_id=customer_id)
    if version is None:
        raise NotFound("There is no such customer here.")
    return version


async def tag_customer(conn: Connection, *, customer_id: str, tags: Iterable[str]) -> None:
    """Gives the customer these tags and no other. Raises NotFound."""
    try:
        async with conn.transaction():
            await customer_tags.replace(
                conn, customer_id=customer_id, tags=sorted({tag.lower() for tag in tags})
            )
    except ForeignKeyViolation as error:
        raise NotFound("There is no such customer here.") from error


async def add_quick_reply(
    conn: Connection, *, shortcut: str, english: str, swahili: str
) -> QuickReply:
    """Raises InvalidValue for a shortcut that is taken, and beyond MOST_QUICK_REPLIES."""
    if len(await quick_replies.of_boutique(conn)) >= MOST_QUICK_REPLIES:
        raise InvalidValue(
            field="shortcut",
            value=shortcut,
            remedy=f"There are {MOST_QUICK_REPLIES} already: delete one that nobody uses.",
        )
    try:
        async with conn.transaction():
            return await quick_replies.add(
                conn, shortcut=shortcut, english=english, swahili=swahili
            )
    except UniqueViolation as error:
        raise _taken(shortcut) from error


async def change_quick_reply(
    conn: Connection, *, reply_id: str, shortcut: str, english: str, swahili: str
) -> QuickReply:
    """Raises NotFound, and InvalidValue for a shortcut that is taken."""
    try:
        async with conn.transaction():
            changed = await quick_replies.change(
                conn, reply_id=reply_id, shortcut=shortcut, english=english, swahili=swahili
            )
    except UniqueViolation as error:
        raise _taken(shortcut) from error
    if changed is None:
        raise NotFound("There is no such quick reply here.")
    return changed


def _taken(shortcut: str) -> InvalidValue:
    return InvalidValue(
        field="shortcut", value=shortcut, remedy=f"/{shortcut} is there already: take another."
    )
