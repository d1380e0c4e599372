"""Does the work for one customer apart from the others': what fails takes nobody else's with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from dukani.core.database import Connection
from dukani.core.transient_errors import is_transient

TRY_AGAIN = timedelta(hours=1)  # after what was nobody's fault but ours

log = structlog.get_logger()


async def succeeds(conn: Connection, work: Callable[[], Awaitable[object]], **about: str) -> bool:
    """Whether it was done; else nothing of it is, and the log tells why, and `about` what.

    Raises what another try of the whole transaction mends, such as a deadlock.
    """
    try:
        async with conn.transaction():
            await work()
    except Exception as error:  # a rule, a picture or a piece may be broken in any way
        if is_transient(error):
            raise
        log.exception("automation_failed", **about)
        return False
    return True
