"""A customer agrees to a shop's offers outside of the chat, or wants no more of them."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.database import Connection
from dukani.core.store import consents, customers
from dukani.core.store.consent_codes import Channel
from dukani.core.store.consents import Purpose


async def agree(
    conn: Connection, *, customer_id: str, channels: Sequence[Channel], words: str, source: str
) -> bool:
    """Record what she agreed to, in its words. `channels`: where, the one she likes better first.

    WhatsApp is always one of them: no purpose of the ledger keeps offers from going there.

    False: she told this shop to stop writing at all, which only she takes back, in the chat.
    """
    if not await consents.may_answer(conn, customer_id=customer_id):
        return False
    purposes: list[Purpose] = ["marketing", *(["sms"] if "sms" in channels else [])]  # type: ignore[list-item]
    for purpose in purposes:
        await consents.record(
            conn,
            customer_id=customer_id,
            purpose=purpose,
            granted=True,
            source=source,
            words=words,
        )
    await customers.prefer(conn, customer_id=customer_id, channel=channels[0])
    return True


async def stop(conn: Connection, *, customer_id: str, source: str) -> bool:
    """Let no more offers go to her, nor anything by SMS. False: it was so before."""
    await customers.lock(conn, customer_id=customer_id)  # a double click is one stop
    stopped = False
    for purpose in ("marketing", "sms"):
        said = await consents.latest(conn, customer_id=customer_id, purpose=purpose)
        if (said is None and purpose == "sms") or (said is not None and not said.granted):
            continue
        await consents.record(
            conn, customer_id=customer_id, purpose=purpose, granted=False, source=source
        )
        stopped = True
    return stopped
