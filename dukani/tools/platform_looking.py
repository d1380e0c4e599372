"""A platform admin begins and ends a look at a boutique's dashboard; its audit log has both."""

from __future__ import annotations

from datetime import timedelta

from dukani.core.database import Connection
from dukani.core.errors import Conflict
from dukani.core.store import audit, members, platform_looks
from dukani.core.store.platform_looks import Look

LONGEST = timedelta(hours=1)


class LooksAlready(Conflict):
    """You look at this shop already: leave it first."""


class NobodyToLookAs(Conflict):
    """The shop has no owner yet: there is no dashboard to look at."""


class OwnShop(Conflict):
    """You are one of this shop's people: open it as yourself."""


async def begin(
    conn: Connection, *, boutique_id: str, admin_id: str, reason: str, minutes: int
) -> Look:
    """Raises LooksAlready, NobodyToLookAs, OwnShop. `conn` is the platform's in the boutique."""
    people = await members.of_boutique(conn, boutique_id=boutique_id)
    if any(one.user_id == admin_id for one in people):
        raise OwnShop
    if not any(one.role == "owner" for one in people):
        raise NobodyToLookAs
    lasts = min(timedelta(minutes=minutes), LONGEST)
    look_id = await platform_looks.begin(conn, admin_id=admin_id, reason=reason, lasts=lasts)
    if look_id is None:
        raise LooksAlready
    await audit.write_by_member(
        conn,
        action="platform_look_began",
        subject=f"platform_look:{look_id}",
        details={"reason": reason, "minutes": int(lasts.total_seconds() // 60)},
    )
    look = await platform_looks.current(conn, admin_id=admin_id)
    assert look is not None  # begun on this connection
    return look


async def end(conn: Connection, *, admin_id: str) -> bool:
    """False when none was under way."""
    look_id = await platform_looks.end(conn, admin_id=admin_id)
    if look_id is None:
        return False
    await audit.write_by_member(
        conn, action="platform_look_ended", subject=f"platform_look:{look_id}"
    )
    return True
