"""Whoever runs the installation pauses a boutique or a channel of it, and lets it go on.

Each is a line of the boutique's audit log with the reason, which its owner reads on her dashboard.
Customers are told by their next turn, once (`graph/nodes/perceive.py`); M-Pesa's results are still
taken in and told. Campaigns wait, and go on where they were.
"""

from __future__ import annotations

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.errors import Conflict
from dukani.core.store import audit, platform_pauses
from dukani.core.store.platform_pauses import RestoredPause


class PausedAlready(Conflict):
    """It is paused already: let it go on first, to pause it for another reason."""


class NotPaused(Conflict):
    """It is not paused by the platform."""


async def pause(conn: Connection, *, provider: WhatsAppProvider | None, reason: str) -> None:
    """`provider`: the channel; none is the whole boutique. Raises PausedAlready."""
    if not await platform_pauses.begin(conn, provider=provider, reason=reason):
        raise PausedAlready
    await audit.write_by_member(
        conn,
        action="platform_paused",
        subject=_subject(provider),
        details={"reason": reason},
    )


async def resume(conn: Connection, *, provider: WhatsAppProvider | None) -> None:
    """Raises NotPaused."""
    if not await platform_pauses.end(conn, provider=provider):
        raise NotPaused
    await audit.write_by_member(conn, action="platform_resumed", subject=_subject(provider))


async def resume_restored(conn: Connection, pause: RestoredPause) -> None:
    """Lets a boutique go on after a restore, unless it was paused before it."""
    if not pause.before:
        await resume(conn, provider=None)
        return
    if not await platform_pauses.forget_restore(conn):
        raise NotPaused


def _subject(provider: WhatsAppProvider | None) -> str:
    return f"channel:{provider}" if provider else "boutique"
