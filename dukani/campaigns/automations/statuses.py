"""Accounts for a send once its message arrived or did not: its tokens, and the contact it used up.

The row itself is kept by the database's triggers, whichever room sends or is told. Here is what
moves money and the frequency policy: idempotent, so a webhook does it at once and the clock does
what was left undone.
"""

from __future__ import annotations

from dukani.campaigns import frequency
from dukani.campaigns.send_codes import rule_of
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import automation_statuses, wallet
from dukani.core.store.automation_statuses import OwedSend
from dukani.core.store.messages import ToldStatus

AT_ONCE = 200


def source_of(send_id: str) -> str:
    """What a send's contact is reserved for."""
    return f"automation:{send_id}"


async def note_told(
    conn: Connection, *, message_id: str, send_id: str, status: ToldStatus, code: str | None
) -> None:
    """Notes a status that a webhook told of a send's message, and accounts for the send."""
    await automation_statuses.tell(conn, message_id=message_id, status=status, code=code)
    await account_for(conn, send_id=send_id)


async def account_for(conn: Connection, *, send_id: str) -> None:
    """Settles or gives back the send's tokens and contact; does nothing a second time."""
    send = await automation_statuses.lock_owed(conn, send_id=send_id)
    if send is None:
        return
    if send.state in ("delivered", "read"):
        await frequency.take_back(conn, source_of(send.id))
        await wallet.end_sends(conn, recipients=[send.id], delivered=True)
    elif send.state in ("failed", "cancelled"):
        await _give_contact_back(conn, send)
        await wallet.end_sends(conn, recipients=[send.id], delivered=False)
    await automation_statuses.settled(conn, send_id=send.id)


async def _give_contact_back(conn: Connection, send: OwedSend) -> None:
    if send.state == "failed" and rule_of(send.error_code).keeps_contact:
        await frequency.keep(conn, [source_of(send.id)])
    # Released after all unless it is kept: nothing reached her.
    await frequency.release(conn, [source_of(send.id)])


async def account_for_the_rest(services: Services) -> int:
    """Does it for sends that ended outside of a webhook, or whose process died; how many."""
    database = services.database
    async with database.system_connection() as conn:
        left = await automation_statuses.owed(conn, limit=AT_ONCE)
    for one in left:
        async with database.tenant_connection(one.boutique_id) as conn:
            await account_for(conn, send_id=one.send_id)
    return len(left)
