"""How often marketing may reach one person, in one place for campaigns and automations.

At most two in seven days, and five days between two. Service messages are not counted. A contact
is reserved in the transaction that decides to send, under a lock on the identity: of two campaigns
that want the same person at once, one gets her.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from dukani.core.database import Connection
from dukani.core.store import marketing_contacts

COOLDOWN = timedelta(days=5)
WEEK = timedelta(days=7)
PER_WEEK = 2

TooOften = Literal["cooldown", "frequency_cap"]


def too_often(contacts: Sequence[datetime], now: datetime) -> TooOften | None:
    """Why nothing may be sent now to who was contacted at these times; None: it may."""
    recent = [at for at in contacts if now - at < WEEK]
    if any(now - at < COOLDOWN for at in recent):
        return "cooldown"
    return "frequency_cap" if len(recent) >= PER_WEEK else None


async def reserve(
    conn: Connection, wanted: Sequence[tuple[str, str]]
) -> dict[str, TooOften | None]:
    """Reserves a contact for each of `wanted` (source, identity) that may be sent to.

    By source: None, or why it may not. A source that has its reservation keeps it. The locks last
    until the transaction ends.
    """
    identities = sorted({identity for _, identity in wanted})
    await marketing_contacts.lock(conn, identities=identities)
    known = await marketing_contacts.latest(conn, identities=identities, within=WEEK)
    now = datetime.now(UTC)
    verdicts: dict[str, TooOften | None] = {}
    for source, identity in wanted:
        others = known.setdefault(identity, [])
        verdicts[source] = too_often([at for by, at in others if by != source], now)
        if verdicts[source] is None:
            others.append((source, now))
    may = [(identity, source) for source, identity in wanted if verdicts[source] is None]
    await marketing_contacts.reserve(
        conn, identities=[one for one, _ in may], sources=[source for _, source in may]
    )
    return verdicts


async def keep(conn: Connection, sources: Sequence[str]) -> None:
    """Counts these whatever follows: WhatsApp held them back because they get too much."""
    await marketing_contacts.keep(conn, sources=sources)


async def take_back(conn: Connection, source: str) -> None:
    """Counts this one again: she got it after all, when it was released as one that had failed."""
    await marketing_contacts.take_back(conn, source=source)


async def release(conn: Connection, sources: Sequence[str]) -> None:
    """Gives reservations back: nothing was sent, or nothing since one that is kept."""
    await marketing_contacts.release(conn, sources=sources)
